"""Following a dossier: by its code for anybody, in full for its parties."""
