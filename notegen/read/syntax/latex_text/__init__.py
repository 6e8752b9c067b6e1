"""LaTeX for text in Markdown: lists, tables, figures, theorems, headings, and commands such as `textbf`."""
