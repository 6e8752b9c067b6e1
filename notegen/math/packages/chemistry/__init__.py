r"""The package mhchem: `\ce{H2O}`, `\ce{CO2 + C ->[\Delta] 2 CO}`, `\pu{1.2e3 kJ//mol}`.

Source: the manual of mhchem, "mhchem for MathJax", whose parser KaTeX has, too.
"""

from notegen.math.packages.chemistry.formula import chemical
from notegen.math.packages.chemistry.units import physical_unit
from notegen.math.packages.rule import Rule

RULES: dict[str, Rule] = {r"\ce": chemical, r"\cee": chemical, r"\cf": chemical, r"\pu": physical_unit}
