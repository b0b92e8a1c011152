"""The ground: clock, calendars, organisations, accounts."""
