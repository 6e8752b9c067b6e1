"""Quarto's content for some formats only: `::: {.content-hidden when-format="html"}`, `.content-visible`.

Here the format is HTML, and no profile is active. What depends on metadata (`when-meta`) is shown: its author decides
by values that other files may give.

Source: Quarto docs, "Conditional Content".
"""

from notegen.read.syntax.attributes.list import AttributeList

CONDITIONAL = frozenset({"content-visible", "content-hidden"})
_HTML = frozenset({"html", "html:js", "html4", "html5"})


def is_shown(attributes: AttributeList) -> bool:
    """Return whether a container of one of the CONDITIONAL classes is shown on a page."""
    values = attributes.values
    if "when-meta" in values or "unless-meta" in values:
        return True
    is_met = values.get("when-format", "html") in _HTML and values.get("unless-format") not in _HTML
    is_met = is_met and "when-profile" not in values
    return is_met != ("content-hidden" in attributes.classes)
