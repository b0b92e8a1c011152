"""The citizen's account: signing up and in, contacts, sessions, and for whom one acts."""
