"""Electronic forms: the list, the designer, preview, differences, blocks, examples, publishing."""
