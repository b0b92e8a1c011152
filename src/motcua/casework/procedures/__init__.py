"""The published record of administrative procedures and who offers them."""
