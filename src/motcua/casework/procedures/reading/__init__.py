"""Reading one published record into a draft: pure functions that tolerate the portal's known defects and invent nothing."""
