"""Tags in raw HTML that may ask another site for something: patterns of them, of attributes and addresses."""

import re

from notegen.text.patterns import lazy_regex

# What holds no tags, to its end or that of the text; or a tag, of which the attributes may look like tags.
TAG = lazy_regex(
    r"<!--(?:(?!-->).)*+|<(script|style|textarea|template)\b(?:(?!</\1).)*+"
    r"""|<(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?P<attributes>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""",
    re.IGNORECASE | re.DOTALL,
)
ATTRIBUTE = lazy_regex(r"""(?<![^\s"'/])(?P<name>[A-Za-z-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>`]++))""")
REMOTE = lazy_regex(r"(?:https?:)?//[^/\s]", re.IGNORECASE)
