"""What the prefixes of labels mean, and what a number is called in each language.

Source: Quarto docs, "Cross References"; pandoc-crossref's manual; what LaTeX's users write (`tab:`, `alg:`).
"""

from notegen.text.patterns import lazy_regex

# Prefixes of labels -> what floats: pictures, tables, code.
FLOATS = {
    "fig": "figure",
    "figure": "figure",
    "tbl": "table",
    "tab": "table",
    "table": "table",
    "lst": "listing",
    "listing": "listing",
    "code": "listing",
}
# Prefixes of labels -> the words of callouts/kinds.py.
THEOREMS = {
    "thm": "theorem",
    "lem": "lemma",
    "cor": "corollary",
    "prp": "proposition",
    "cnj": "conjecture",
    "def": "definition",
    "exm": "example",
    "exr": "exercise",
    "sol": "solution",
    "rem": "remark",
    "alg": "algorithm",
}
# What `@prefix-x` refers to: as it would be a citation otherwise, only the prefixes that programs document.
REFERRED = ("fig", "tbl", "tab", "lst", "sec", "eq", *THEOREMS)
_PREFIX = lazy_regex(r"([A-Za-z]{3,7})[-:]")
_ENGLISH = {"figure": "Figure {}", "table": "Table {}", "listing": "Listing {}", "section": "Section {}"}
_WORDS: dict[str, dict[str, str]] = {
    "zh": {"figure": "图 {}", "table": "表 {}", "listing": "代码 {}", "section": "第 {} 节"},
    "zh-tw": {"figure": "圖 {}", "table": "表 {}", "listing": "程式碼 {}", "section": "第 {} 節"},
    "en": _ENGLISH,
    "ja": {"figure": "図 {}", "table": "表 {}", "listing": "コード {}", "section": "第 {} 節"},
    "ko": {"figure": "그림 {}", "table": "표 {}", "listing": "코드 {}", "section": "{}절"},
    "de": {"figure": "Abbildung {}", "table": "Tabelle {}", "listing": "Listing {}", "section": "Abschnitt {}"},
    "fr": {"figure": "Figure {}", "table": "Tableau {}", "listing": "Listing {}", "section": "Section {}"},
    "es": {"figure": "Figura {}", "table": "Tabla {}", "listing": "Listado {}", "section": "Sección {}"},
    "pt": {"figure": "Figura {}", "table": "Tabela {}", "listing": "Listagem {}", "section": "Seção {}"},
    "it": {"figure": "Figura {}", "table": "Tabella {}", "listing": "Listato {}", "section": "Sezione {}"},
    "ru": {"figure": "Рис. {}", "table": "Таблица {}", "listing": "Листинг {}", "section": "Раздел {}"},
}
_TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")


def float_of(label: str) -> str:
    """Return what a label's prefix says that it names: "figure", "table" or "listing"; "" for anything else."""
    prefix = _PREFIX.match(label)
    return FLOATS.get(prefix[1].lower(), "") if prefix else ""


def numbered_words(kind: str, number: str, languages: tuple[str, ...]) -> str:
    """Return what something with a number is called, `图 1`, in the first of these languages that we have words in."""
    return next((words for tag in languages if (words := _words(tag))), _ENGLISH)[kind].format(number)


def _words(language: str) -> dict[str, str]:
    """Return the words of a language, a BCP 47 tag; none where we have none."""
    tag = language.lower()
    return _WORDS["zh-tw"] if tag.startswith(_TRADITIONAL) else _WORDS.get(tag.partition("-")[0], {})
