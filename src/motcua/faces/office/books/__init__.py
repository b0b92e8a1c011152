"""Books (sổ) of the agency: their list, pages, corrections, signatures, closing and print."""
