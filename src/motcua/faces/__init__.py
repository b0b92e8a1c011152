"""What people and machines touch: no models, no rules."""
