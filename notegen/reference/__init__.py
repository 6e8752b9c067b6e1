"""What the reference is made of: an explanation of each diagnostic, comments of settings, JSON Schemas."""
