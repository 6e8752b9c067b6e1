"""The math font of a site: STIX Two Math or its own, cut to the glyphs that it uses and mended for browsers."""
