"""The kinds of callouts: Obsidian's and GitHub's with their aliases, and those of mathematical texts; their words."""

import msgspec

LANGUAGES = frozenset({"zh", "en"})  # first subtags of the languages that the kinds have words in


class Kind(msgspec.Struct, frozen=True):
    """A kind of callout: the name in its CSS class, its words, and whether it is counted in each note."""

    name: str
    zh: str
    en: str
    theorem: bool = False
    numbered: bool = False


class Word(msgspec.Struct, frozen=True):
    """A word that authors write between `[!` and `]`: its kind, its title, and the name of its own class."""

    kind: Kind
    zh: str
    en: str
    name: str

    def title(self, language: str) -> str:
        """Return the default title in a language given by its BCP 47 tag: Chinese or English."""
        return self.zh if language.lower().startswith("zh") else self.en


# Name, Chinese and English title, then aliases in the same form: as in Obsidian, an alias has a title of its own.
_CALLOUTS: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (("note", "说明", "Note"),),
    (("abstract", "摘要", "Abstract"), ("summary", "总结", "Summary"), ("tldr", "太长不看", "TL;DR")),
    (("info", "信息", "Info"),),
    (("todo", "待办", "Todo"),),
    (("tip", "提示", "Tip"), ("hint", "提示", "Hint"), ("important", "重要", "Important")),
    (("success", "成功", "Success"), ("check", "检查", "Check"), ("done", "完成", "Done")),
    (("question", "问题", "Question"), ("help", "求助", "Help"), ("faq", "常见问题", "FAQ")),
    (("warning", "警告", "Warning"), ("caution", "小心", "Caution"), ("attention", "注意", "Attention")),
    (("failure", "失败", "Failure"), ("fail", "失败", "Fail"), ("missing", "缺失", "Missing")),
    (("danger", "危险", "Danger"), ("error", "错误", "Error")),
    (("bug", "缺陷", "Bug"),),
    (("quote", "引用", "Quote"), ("cite", "引用", "Cite")),
)
_Rows = tuple[tuple[tuple[str, str, str], tuple[str, ...]], ...]
_NUMBERED: _Rows = (
    (("definition", "定义", "Definition"), ("def", "defn")),
    (("theorem", "定理", "Theorem"), ("thm",)),
    (("lemma", "引理", "Lemma"), ("lem",)),
    (("proposition", "命题", "Proposition"), ("prop",)),
    (("corollary", "推论", "Corollary"), ("cor",)),
    (("axiom", "公理", "Axiom"), ()),
    (("assumption", "假设", "Assumption"), ()),
    (("algorithm", "算法", "Algorithm"), ("algo",)),
    (("example", "例", "Example"), ("示例", "例子")),
    (("exercise", "练习", "Exercise"), ("习题",)),
    (("conjecture", "猜想", "Conjecture"), ("cnj",)),
    (("property", "性质", "Property"), ()),
    (("observation", "观察", "Observation"), ()),
    (("criterion", "准则", "Criterion"), ()),
)
_UNNUMBERED: _Rows = (
    (("proof", "证明", "Proof"), ("pf",)),
    (("remark", "备注", "Remark"), ("rem", "注记")),
    (("solution", "解答", "Solution"), ("sol",)),
)


def _words() -> dict[str, Word]:
    words: dict[str, Word] = {}
    for row in _CALLOUTS:
        kind = Kind(*row[0])
        for written, zh, en in row:
            words[written] = Word(kind, zh, en, written)
            words.setdefault(zh, words[written])
    for rows, numbered in ((_NUMBERED, True), (_UNNUMBERED, False)):
        for (name, zh, en), aliases in rows:
            kind = Kind(name, zh, en, theorem=True, numbered=numbered)
            words.update(dict.fromkeys((name, zh, *aliases), Word(kind, zh, en, name)))
    return words


WORDS: dict[str, Word] = _words()


def find_word(written: str) -> Word:
    """Return what a written kind means; an unknown one is a note with that word as its title."""
    word, note = written.strip(), WORDS["note"]
    return WORDS.get(word.lower().replace(";", "")) or Word(note.kind, word, word, note.name)
