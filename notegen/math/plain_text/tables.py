"""Tables for readable text: superscripts, subscripts, accents, alphabets, and how commands are read."""

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθιφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥᶲᵡ",
        strict=True,
    )
) | {"⊤": "ᵀ", "∗": "*", "*": "*", "′": "′", "″": "″", "∘": "°", "†": "†"}
SUBSCRIPTS = dict(zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))

# Combining characters for accents over one letter.
ACCENTS = {
    r"\hat": "\u0302",
    r"\widehat": "\u0302",
    r"\bar": "\u0304",
    r"\overline": "\u0305",
    r"\underline": "\u0332",
    r"\tilde": "\u0303",
    r"\widetilde": "\u0303",
    r"\vec": "\u20d7",
    r"\overrightarrow": "\u20d7",
    r"\dot": "\u0307",
    r"\ddot": "\u0308",
    r"\acute": "\u0301",
    r"\grave": "\u0300",
    r"\breve": "\u0306",
    r"\check": "\u030c",
    r"\mathring": "\u030a",
}

ALPHABETS = {
    r"\mathcal": "script",
    r"\mathscr": "script",
    r"\mathbb": "double-struck",
    r"\Bbb": "double-struck",
    r"\mathfrak": "fraktur",
    r"\mathbf": "bold",
    r"\bold": "bold",
    r"\boldsymbol": "bold-italic",
    r"\bm": "bold-italic",
    r"\pmb": "bold-italic",
}
_WORD_NAMES = "operatorname operatornamewithlimits mathrm mathsf mathtt mathit mathnormal symup symbf"
_TEXT_NAMES = "text textbf textit textrm textsf texttt textnormal textup textmd mbox hbox emph"
# Commands whose argument is read as words.
WORDS = frozenset("\\" + name for name in _WORD_NAMES.split())
# Commands whose argument is text, with spaces.
TEXTS = frozenset("\\" + name for name in _TEXT_NAMES.split())
# Commands that are not read, with that many arguments.
SILENT = {
    r"\label": 1,
    r"\tag": 1,
    r"\ref": 1,
    r"\eqref": 1,
    r"\hspace": 1,
    r"\vspace": 1,
    r"\phantom": 1,
    r"\hphantom": 1,
    r"\vphantom": 1,
    r"\color": 1,
    r"\textcolor": 1,
    r"\colorbox": 1,
    r"\raisebox": 1,
    r"\href": 1,
    r"\require": 1,
    r"\notag": 0,
    r"\nonumber": 0,
    r"\limits": 0,
    r"\nolimits": 0,
    r"\displaystyle": 0,
    r"\textstyle": 0,
    r"\scriptstyle": 0,
    r"\scriptscriptstyle": 0,
    r"\middle": 0,
    r"\mathop": 0,
    r"\mathrel": 0,
    r"\mathbin": 0,
    r"\mathord": 0,
    r"\mathopen": 0,
    r"\mathclose": 0,
    r"\mathpunct": 0,
    r"\mathinner": 0,
    r"\boxed": 0,
    r"\underbrace": 0,
    r"\overbrace": 0,
    r"\cancel": 0,
    r"\smash": 0,
    r"\bf": 0,
    r"\rm": 0,
    r"\it": 0,
    r"\sf": 0,
    r"\tt": 0,
    r"\cal": 0,
    r"\hline": 0,
    r"\!": 0,
    r"\,": 0,
} | {"\\" + size + side: 0 for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")}
FRACTIONS = frozenset({r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"})
# What is read for a command, where the engine's characters would be less clear.
READ = {
    r"\\": "; ",
    r"\ ": " ",
    r"\;": " ",
    r"\:": " ",
    r"\>": " ",
    r"\quad": " ",
    r"\qquad": " ",
    r"\enspace": " ",
    r"\{": "{",
    r"\}": "}",
    r"\|": "‖",
    r"\mid": "|",
    r"\vert": "|",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\ldots": "…",
    r"\dots": "…",
    r"\dotsc": "…",
    r"\dotso": "…",
    r"\cdots": "⋯",
    r"\dotsb": "⋯",
    r"\dotsm": "⋯",
    r"\to": "→",
    r"\cdot": "·",
    r"\backslash": "∖",
    "~": " ",
    "&": " ",
    "'": "′",
    "$": "",
}
FENCES = {
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
    "cases": ("{", ""),
    "dcases": ("{", ""),
}
