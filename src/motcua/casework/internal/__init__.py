"""Internal procedures: work of the agencies that runs by a set process and is no dossier of a citizen."""
