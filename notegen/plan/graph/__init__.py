"""The map of all notes: where each stands, and the drawing as SVG."""
