"""What citizens say of a settled dossier."""
