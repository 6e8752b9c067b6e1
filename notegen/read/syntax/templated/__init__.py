"""Shortcodes that the site or its theme has templates for: as tags and as containers."""
