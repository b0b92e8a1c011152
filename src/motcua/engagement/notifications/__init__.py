"""Messages to citizens about their dossiers, by e-mail. Not for staff: officers see their work in the office.

Stands on events of dossiers; nothing below knows that anybody is written to.
"""
