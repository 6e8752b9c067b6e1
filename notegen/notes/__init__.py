"""Layer 3: looks at ONE note: front matter, Markdown, excerpt."""
