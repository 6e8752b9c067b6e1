"""Commands of LaTeX's packages as LaTeX that the engines know: physics, siunitx, mhchem, mathtools, tikz-cd.

Sources: the manuals of these packages, and of amscd and xy, in the Comprehensive TeX Archive Network (ctan.org).
"""
