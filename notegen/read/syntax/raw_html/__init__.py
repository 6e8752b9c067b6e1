"""Raw HTML in Markdown: what of it is markup, and where its blocks end."""
