"""Characters that stand for nothing a reader sees, as parts of character classes of regular expressions."""

CONTROL = r"\x00-\x1f\x7f"  # of ASCII: C0 and DEL
C1_CONTROL = r"\x80-\x9f"
C0_IN_TEXT = r"\x00-\x08\x0b\x0c\x0e-\x1f"  # C0 but for tab, line feed and carriage return
CONTROL_IN_TEXT = rf"{C0_IN_TEXT}\x7f"
SURROGATES = r"\ud800-\udfff"  # halves of a character in UTF-16
NOT_YAML = rf"{CONTROL_IN_TEXT}{C1_CONTROL}{SURROGATES}\ufeff\ufffe\uffff"  # not `c-printable` in YAML 1.2
NOT_XML = rf"{C0_IN_TEXT}{SURROGATES}\ufffe\uffff"  # not `Char` in XML 1.0
# Also the soft hyphen, joiners, marks of direction, invisible operators, and selectors of a character's variant.
INVISIBLE = rf"{CONTROL}{C1_CONTROL}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
