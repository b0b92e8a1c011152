"""Working calendars in the office: looked at by all, changed with a preview of every due date that would move."""
