"""Reading a published record into a draft: pure, tolerant of the portal's known defects, inventing nothing."""
