"""MDX, as Docusaurus and others write it: what it adds to Markdown, and tabs."""
