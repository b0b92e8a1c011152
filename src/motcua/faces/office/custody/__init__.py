"""Paper handed over: what lies here to go on, lots made up, sent and received, where each folder is."""
