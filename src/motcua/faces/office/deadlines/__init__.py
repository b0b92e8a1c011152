"""The time of a dossier: its ledger, a new date with an apology, suspensions; and the limits of procedures."""
