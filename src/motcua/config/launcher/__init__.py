"""Our own launcher over the binaries of the embedded PostgreSQL: a database that starts and ends with whoever needs it.

No Django here: the launcher runs before the settings are read.
"""
