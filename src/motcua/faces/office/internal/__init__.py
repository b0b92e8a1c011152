"""Internal cases: drafting of documents by a set process."""
