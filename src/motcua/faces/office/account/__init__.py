"""One's own sign-in: password, second factor, sessions; and the administrator's view of the sign-ins of staff."""
