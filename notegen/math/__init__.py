"""LaTeX to MathML: engines, macros, numbering, readable text."""
