"""What citizens say of a settled dossier. Not for complaints. Knows dossiers; nobody below knows it."""
