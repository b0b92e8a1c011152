"""The benchmark: acts over HTTP against the production server, each beside a bare Django view in the same minute.

Run by `make bench` (`DOSSIERS=` rows). Nothing here is imported by the product.
"""
