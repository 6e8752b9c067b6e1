"""Shortcodes of Hugo, and the tags of Hexo, Jekyll and Liquid: read, never run."""
