"""Layer 5: the edges: command line, emit, report."""
