"""People of the staff: their posts, leave and who stands in, handover of work, and how units are staffed."""
