"""Languages by their BCP 47 tags: whether a tag can be one, by its shape and its first part; their own names."""

import re

from notegen.text.patterns import lazy_regex

# Of ISO 639-1; longer codes are too many to list, and are believed.
_TWO_LETTERS = frozenset(
    re.findall(
        r"[a-z]{2}",
        """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
    ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """,
    )
)
_SHAPE = lazy_regex(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
_KNOWN = "the theme speaks zh-CN, zh-TW, en, ja, ko, de, fr and es; other languages by their tags, such as pt-BR"
_OWN_NAMES = {  # CLDR, "Locale display names", each in its own language and as it begins a line there
    "zh": "中文",
    "zh-cn": "简体中文",
    "zh-hans": "简体中文",
    "zh-tw": "繁體中文",
    "zh-hk": "繁體中文",
    "zh-hant": "繁體中文",
    "ja": "日本語",
    "ko": "한국어",
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "it": "Italiano",
    "nl": "Nederlands",
    "ru": "Русский",
    "uk": "Українська",
    "pl": "Polski",
    "cs": "Čeština",
    "sv": "Svenska",
    "tr": "Türkçe",
    "vi": "Tiếng Việt",
    "id": "Indonesia",
    "ar": "العربية",
    "he": "עברית",
    "fa": "فارسی",
    "hi": "हिन्दी",
    "th": "ไทย",
    "el": "Ελληνικά",
}


def is_language(tag: str) -> bool:
    """Return whether `tag` has the shape of RFC 5646 and begins with a language of ISO 639, or is private (`x-…`)."""
    match = _SHAPE.fullmatch(tag)
    if match is None:
        return tag.lower().startswith("x-")
    language = match["language"].lower()
    return len(language) > 2 or language in _TWO_LETTERS  # noqa: PLR2004 (letters of ISO 639-1)


def language_hint(wrong: str) -> str:
    """Return what to write in the place of a tag that is none: `zh_CN` is a slip of one letter."""
    dashed = wrong.strip().replace("_", "-")
    return f"did you mean {dashed}?" if is_language(dashed) else _KNOWN


def autonym(tag: str) -> str:
    """Return what a language calls itself; the tag where that is not known."""
    lower = tag.lower()
    return _OWN_NAMES.get(lower) or _OWN_NAMES.get(lower.partition("-")[0]) or tag
