"""HTML of an export to Markdown, by markdownify: headings, lists, tables, code with its language, figures."""

import re
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from notegen.importers.formulas import CODE_SIGNS, Kept, keep_rendered, keep_written
from notegen.text.patterns import lazy_regex

_LANGUAGE = lazy_regex(r"(?:language-|lang-|lang:|brush:\s*)([\w+#.-]+)")
_NAMED = ("data-enlighter-language", "data-lang", "data-language", "data-code-block-lang", "lang")
_TAG = lazy_regex(r"<(?=[A-Za-z/!?])")
_LINK = lazy_regex(r"\[(?=[^\[\]\n]*\][(\[])|\[(?=\[)")
_START = lazy_regex(r"^(?=(?:[#>+-]|\d{1,9}[.)])(?:\s|$)|={3,}\s*$|~{3,})")
_BLANK_LINES = lazy_regex(r"\n{3,}")
_TRAILING = lazy_regex(r"(?<=\S)[ \t](?=\n)|^[ \t]+$", re.MULTILINE)
Address = Callable[[str, str], str]  # (address, "link" or "image") -> the address in the note


class _Converter(MarkdownConverter):
    """The Markdown that notegen reads; addresses are what `address` makes of them."""

    def __init__(self, address: Address, code: Kept) -> None:
        super().__init__(heading_style="ATX", bullets="-", autolinks=True, table_infer_header=True)
        self._address, self._code = address, code

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Return a text that Markdown shows as it is."""
        plain = text.replace("\\", "\\\\").replace("`", "\\`")
        escaped = str(super().escape(plain, parent_tags))  # type: ignore[misc]
        escaped = _LINK.sub(r"\\[", _TAG.sub(r"\\<", escaped))
        return _START.sub(lambda _: "\\", escaped) if not text[:1].isspace() else str(escaped)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a link."""
        href = str(el.get("href") or "")
        if href:
            el["href"] = self._address(href, "link")
        return str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a picture, in headings and cells too."""
        del text, parent_tags
        source = str(el.get("src") or el.get("data-src") or "")
        alt = re.sub(r"[\[\]\n]", " ", str(el.get("alt") or "")).strip()
        return f"![{alt}]({self._address(source, 'image')})" if source else ""

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a cell; its own bars end it nowhere."""
        return str(super().convert_td(el, text.replace("|", "\\|"), parent_tags))  # type: ignore[misc]

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a cell of the header."""
        return str(super().convert_th(el, text.replace("|", "\\|"), parent_tags))  # type: ignore[misc]

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a fence, longer than any in the code."""
        del text, parent_tags
        code = el.get_text().strip("\n")
        longest = max((len(run) for run in re.findall(r"`{3,}", code)), default=2)
        fence = "`" * (longest + 1)
        block = self._code.mark(f"{fence}{code_language(el)}\n{code}\n{fence}")
        return f"\n\n{block}\n\n"

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a picture with its caption; anything else as it is."""
        del parent_tags
        image, caption = el.find("img"), el.find("figcaption")
        if not isinstance(image, Tag) or el.find(["table", "pre", "blockquote", "iframe"]):
            return f"\n\n{text.strip()}\n\n"
        if isinstance(caption, Tag) and len(el.find_all("img")) == 1 and not image.get("alt"):
            image["alt"] = caption.get_text(" ", strip=True)
        pictures = [self.convert_img(one, "", set()) for one in el.find_all("img")]
        words = caption.get_text(" ", strip=True) if isinstance(caption, Tag) else ""
        shown = f"\n\n*{words}*" if words and words != image.get("alt") else ""
        return "\n\n" + " ".join(pictures) + shown + "\n\n"

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a link to what is shown from elsewhere, which notegen makes a film where it knows the host."""
        del text, parent_tags
        source = str(el.get("src") or "")
        return f"\n\n![{el.get('title') or ''}]({source})\n\n" if source.startswith("http") else ""


def code_language(pre: Tag) -> str:
    """Return the language that a block of code names; "" for none."""
    for tag in (pre, *pre.find_all("code", limit=1)):
        for name in _NAMED:
            if value := str(tag.get(name) or ""):
                return value.lower()
        if match := _LANGUAGE.search(" ".join(tag.get("class") or ())):
            return match[1].lower()
    return ""


def _link_gists(soup: BeautifulSoup) -> None:
    """Put a link to its page in the place of each script that would show a gist of GitHub's."""
    for script in soup.select('script[src*="//gist.github.com/"]'):
        page = str(script["src"]).partition(".js")[0]
        link = soup.new_tag("a", href=page)
        link.string = page
        script.replace_with(link)


def as_markdown(html: str, address: Address, prepare: Callable[[BeautifulSoup], Any] | None = None) -> str:
    """Return HTML as Markdown, formulas to the letter. `prepare`: changes the tree before."""
    kept, code = Kept(), Kept(CODE_SIGNS)
    soup = BeautifulSoup(keep_written(html, kept), "html.parser")
    keep_rendered(soup, kept)
    _link_gists(soup)
    for junk in soup(["script", "style", "noscript"]):
        junk.decompose()
    if prepare is not None:
        prepare(soup)
    try:
        markdown = str(_Converter(address, code).convert_soup(soup))
    except RecursionError:  # thousands of elements inside of one another: the words alone
        markdown = soup.get_text("\n\n")
    markdown = kept.restored(markdown)
    markdown = _BLANK_LINES.sub("\n\n", _TRAILING.sub("", markdown)).strip("\n")
    return code.restored(markdown) + "\n"
