"""Shortcodes and shortcodes of Hexo, Hugo and Jekyll."""
