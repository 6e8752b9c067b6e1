"""One module a program: its dialect as a value, and what turns its configuration into settings."""
