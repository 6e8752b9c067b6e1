"""Commands of LaTeX's packages as LaTeX that the engines know: physics, siunitx, mhchem, mathtools, tikz-cd."""
