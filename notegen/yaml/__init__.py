"""YAML as trees with positions, and its mistakes in words for authors."""
