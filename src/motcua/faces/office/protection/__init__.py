"""Personal data: requests to correct them, how long they are kept."""
