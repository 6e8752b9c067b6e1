"""KaTeX, the engine for formulas that math-core rejects."""
