"""What the catalogue gives to walls, programs and search machines: posters, open data, the map of the site."""
