"""The units, prefixes and powers of siunitx as LaTeX. Source: the manual of siunitx, version 3, tables 2 to 6."""

_PREFIXES = """
quecto q ronto r yocto y zepto z atto a femto f pico p nano n milli m centi c deci d deca da deka da hecto h kilo k
mega M giga G tera T peta P exa E zetta Z yotta Y ronna R quetta Q kibi Ki mebi Mi gibi Gi tebi Ti pebi Pi exbi Ei
zebi Zi yobi Yi
"""
_UNITS = """
ampere A candela cd kelvin K kilogram kg metre m meter m mole mol second s becquerel Bq coulomb C farad F gray Gy
hertz Hz henry H joule J katal kat lumen lm lux lx newton N pascal Pa radian rad siemens S sievert Sv steradian sr
tesla T volt V watt W weber Wb astronomicalunit au bel B dalton Da day d decibel dB electronvolt eV hectare ha hour h
litre L liter L minute min neper Np tonne t gram g bar bar barn b knot kn nauticalmile M mmHg mmHg bit bit byte B
"""
_ABBREVIATIONS = """
fg pg ng mg g kg u pm nm mm cm dm m km as fs ps ns ms s fmol pmol nmol mmol mol kmol pA nA mA A kA ml l hl mL L hL
mHz Hz kHz MHz GHz THz mN N kN MN Pa kPa MPa GPa pV nV mV V kV nW mW W kW MW GW J mJ kJ eV meV keV MeV GeV TeV F fF
pF nF mF H fH pH nH mH C nC mC T mT K dB kWh
"""
_MICRO = "ug us um umol uA ul uL uV uW uJ uF uH uC uT"


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


PREFIXES = {**_pairs(_PREFIXES), "micro": "µ"}
UNITS = {
    **_pairs(_UNITS),
    "degreeCelsius": r"{}^{\circ}\mathrm{C}",
    "celsius": r"{}^{\circ}\mathrm{C}",
    "degree": r"{}^{\circ}",
    "arcminute": "'",
    "arcsecond": "''",
    "ohm": r"\Omega ",
    "angstrom": "Å",
    "percent": r"\%",
    "permille": "‰",
}
ABBREVIATIONS = {
    **{name: name for name in _ABBREVIATIONS.split()},
    **{name: "µ" + name[1:] for name in _MICRO.split()},
    "mohm": r"m\Omega ",
    "kohm": r"k\Omega ",
    "Mohm": r"M\Omega ",
}
POWERS = {"squared": "2", "cubed": "3", "square": "2", "cubic": "3"}
