"""The template language: its environments, its filters, and what a template can reach and read."""
