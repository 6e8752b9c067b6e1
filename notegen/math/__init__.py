"""Layer 2: LaTeX to MathML: engines, normalising, numbering, readable text."""
