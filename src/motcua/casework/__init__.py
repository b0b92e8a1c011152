"""The main job: procedures, workflow, documents, dossiers."""
