"""Layer 3: looks at ONE page's values: theme layers and rendering."""
