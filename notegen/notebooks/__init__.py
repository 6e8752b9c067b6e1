"""Notebooks, of Jupyter and of scripts with `# %%`, to the Markdown text of a note and what else it shows."""
