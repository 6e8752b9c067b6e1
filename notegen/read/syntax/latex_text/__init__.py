"""LaTeX for text in Markdown: lists, tables, figures, theorems, headings, and commands such as `textbf`.

Source: L. Lamport, "LaTeX: A Document Preparation System"; the manuals of graphicx, booktabs and subfig.
"""
