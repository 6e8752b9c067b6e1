"""SVG that a program has drawn, made fit to stand in a page: harmless, without style sheets, light and dark at once."""
