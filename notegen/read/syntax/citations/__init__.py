"""Citations of works in a bibliography, in the spellings of Pandoc, MyST, LaTeX, Jekyll, Hugo and distill."""
