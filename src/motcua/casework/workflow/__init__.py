"""BPMN processes compiled to graphs; runs and their tokens. Knows no dossier."""
