"""MyST, the Markdown of Jupyter Book and Sphinx: directives, roles, targets, comments."""
