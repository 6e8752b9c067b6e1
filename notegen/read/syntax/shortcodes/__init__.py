"""Shortcodes and template tags of Hexo, Hugo and Jekyll."""
