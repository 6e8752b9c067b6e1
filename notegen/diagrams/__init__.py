"""Diagrams drawn at build time: Mermaid, Graphviz and TikZ as SVG in the colours of the theme."""
