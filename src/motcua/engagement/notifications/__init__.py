"""Messages to citizens, written when something happens to their dossier."""
