"""Shortcodes that a site has templates for: what these get, and which notes use which."""
