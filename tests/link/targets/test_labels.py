"""References by a label alone, of MyST and Quarto: to this note, to another one, to none."""

from tests.support.site import SiteTest


def test_a_label_of_another_note_is_found(site: SiteTest) -> None:
    site.note("a", "{ref}`sec-b`, {ref}`here <sec-b>`, {eq}`eq-b` and {prf:ref}`thm-b`")
    site.note(
        "b", "(sec-b)=\n## 节 $x$\n\n```{math}\n:label: eq-b\nx\n```\n\n```{prf:theorem}\n:label: thm-b\ny\n```"
    ).build().expect_clean()
    body = site.body("a")
    assert '<a href="/posts/b/#sec-b">节 <math' in body
    assert '<a href="/posts/b/#sec-b">here</a>' in body
    assert '<a href="/posts/b/#eq-b">(1)</a>' in body
    assert '<a href="/posts/b/#thm-b">定理 1</a>' in body
    assert ">a</a>" in site.html("posts/b/index.html"), "a backlink"


def test_the_label_of_this_note_is_nearer_and_that_of_several_is_none(site: SiteTest) -> None:
    for name in "abc":
        site.note(name, f"(s)=\n## {name}\n\n" + ("{ref}`s`" if name == "a" else f"(t)=\n\n{name}"))
    site.note("d", "{ref}`t` {eq}`e`").build().expect_lines(
        "content/d.md:6:7: warning[label-unknown]: several notes have the label t: content/b.md, content/c.md",
        "content/d.md:6:15: warning[label-unknown]: nothing has the label e",
    )
    assert '<a href="#s">a</a>' in site.body("a")
    assert '<span class="broken">t</span> <span class="broken">e</span>' in site.body("d")
