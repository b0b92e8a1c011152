"""Working time of agencies and the arithmetic of legal limits: pure, explained, and the same for every caller.

Not for: which limit a procedure has (procedures) or the clock of one dossier (dossiers). Knows only core; agencies are
plain ids here, because organisations stand above.
"""
