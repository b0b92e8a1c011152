"""Reading dossiers: one, the register, results lying at the desk."""
