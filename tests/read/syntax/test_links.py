"""Wikilinks, image embeds, and code in Liquid tags."""

from typing import Any

from markdown_it.token import Token

from notegen.read.token_data import WIKI_TARGET, WikiTarget
from tests.support.cases import all_cases
from tests.support.math_fixtures import formulas, parser, types, visible_text, walk

_MD = parser()


def _links(source: str) -> list[tuple[str, str, bool]]:
    targets = [WIKI_TARGET.of(token) for token in walk(_MD.parse(source)) if token.type == "wikilink_open"]
    return [(link.target, link.fragment, link.has_text) for link in targets]


@all_cases(
    ("source", "links"),
    [
        ("见 [[梯度]] 与 [[a/b|文字]]", [("梯度", "", False), ("a/b", "", True)]),
        ("[[note#Some heading]][[#^eq-f]]", [("note", "Some heading", False), ("", "^eq-f", False)]),
        ("[[note#eq:elbo|式]]", [("note", "eq:elbo", True)]),
        ("[[a|$x[[1]]$ and `]]`]]", [("a", "", True)]),
        ("**[[a]]** [[a|*b*]]", [("a", "", False), ("a", "", True)]),
        ("`[[a]]` \\[[a]] [[]] [[a\nb]] [[{x}]]", []),
        ("[[1,2],[3,4]] [[1]](https://a.com) [[a|b [[c]]", [("c", "", False)]),
        ("[text [[a]] more](u)", [("a", "", False)]),
    ],
)
def test_wikilinks(source: str, links: list[tuple[str, str, bool]]) -> None:
    assert _links(source) == links


def test_text_of_a_wikilink_is_parsed() -> None:
    assert types(_MD.parse("[[a|*b* $c$]]"))[2:-1] == [
        *("wikilink_open", "em_open", "text", "em_close", "text", "math_inline", "wikilink_close"),
    ]


@all_cases(
    ("source", "attributes", "alt"),
    [
        ("![[pic.png|300]]", {"src": "pic.png", "alt": "", "width": "300"}, ""),
        ("![[a/图 1.JPG|200x100]]", {"src": "a/%E5%9B%BE%201.JPG", "alt": "", "width": "200", "height": "100"}, ""),
        ("![[p.svg|说明]]", {"src": "p.svg", "alt": ""}, "说明"),
        ("![[p.svg|说明|50]]", {"src": "p.svg", "alt": "", "width": "50"}, "说明"),
    ],
)
def test_image_embeds(source: str, attributes: dict[str, Any], alt: str) -> None:
    image: Token = next(token for token in walk(_MD.parse(source)) if token.type == "image")
    assert (image.attrs, image.content) == (attributes, alt)


def test_embeds_among_words_are_links() -> None:
    assert types(_MD.parse("![[note]] and ![[a|b]]"))[1:-1] == [
        *("inline", "wikilink_open", "wikilink_close", "text", "wikilink_open", "text", "wikilink_close"),
    ]


def test_an_embed_beside_an_image_leaves_the_image() -> None:
    found = [token.type for token in walk(_MD.parse("![[a.png|200]] ![[note]]")) if token.type != "text"]
    assert "image" in found
    assert "wikilink_open" in found


def test_embeds_alone_on_their_lines_are_blocks() -> None:
    tokens = _MD.parse("- x\n\n  ![[Note#Part|text]]\n  ![[b.csv]]\n")
    embeds = [token for token in walk(tokens) if token.type == "note_embed"]
    assert [(WIKI_TARGET.of(token), token.content, token.map) for token in embeds] == [
        (WikiTarget("Note", "Part", has_text=True), "text", [2, 3]),
        (WikiTarget("b.csv"), "", [3, 4]),
    ]
    assert "paragraph_open" in types(tokens)


@all_cases(
    ("source", "info", "content"),
    [
        ("{% highlight python linenos %}\nx = $a$\n{% endhighlight %}", "python", "x = $a$\n"),
        ("{% codeblock lang:c title %}\n$1\n\n$2\n{% endcodeblock %}", "c", "$1\n\n$2\n"),
        ("{% codeblock %}\na\n{% endcodeblock %}", "", "a\n"),
        ("{%- raw -%}\n{{ a }} $b$ $c$\n{%- endraw -%}", "", "{{ a }} $b$ $c$\n"),
        ("- a\n  {% highlight sh %}\n  $b\n    c\n  {% endhighlight %}", "sh", "$b\n  c\n"),
    ],
)
def test_code_tags_are_fences(source: str, info: str, content: str) -> None:
    fence = next(token for token in _MD.parse(source) if token.type == "fence")
    assert (fence.info, fence.content) == (info, content)
    assert formulas(_MD.parse(source)) == []


def test_raw_tags_around_displays_are_dropped() -> None:
    tokens = _MD.parse("{% raw %}\n$$\\frac{{a}}{b}$$\ntext $x$\n{% endraw %}\nafter")
    assert formulas(tokens) == [("display", r"\frac{{a}}{b}"), ("inline", "x")]
    assert "raw" not in visible_text(tokens)


def test_code_tag_without_an_end_is_text() -> None:
    assert formulas(_MD.parse("{% highlight python %}\n\n$x$")) == [("inline", "x")]
