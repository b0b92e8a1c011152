"""How long like dossiers took: median and 90th percentile of working time, and the honest forecast made of them."""
