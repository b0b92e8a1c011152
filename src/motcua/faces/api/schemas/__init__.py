"""Shapes that the API takes in and gives out. Descriptions are English and translated when the document is drawn."""
