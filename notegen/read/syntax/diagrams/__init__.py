"""Diagrams in notes: fences, tags, containers and raw HTML that hold Mermaid, Graphviz or TikZ."""
