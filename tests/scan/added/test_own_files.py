"""Style sheets and HTML that site.yaml adds to every page."""

from tests.support.site import SiteTest

PLACES = ("head_start", "head_end", "body_start", "body_end", "note_start", "note_end")


def test_html_stands_where_it_is_wanted(site: SiteTest) -> None:
    lines = "".join(f"  {place}: <!-- {place} & -->\n" for place in PLACES)
    site.write("site.yaml", f"language: en\ninject:\n{lines}").note("a", "Words.").build()
    html = site.html("posts/a/index.html")
    order = [html.index(f"<!-- {place} & -->") for place in PLACES]
    head_start, head_end, body_start, body_end, note_start, note_end = order
    assert html.index("<meta charset") < head_start < html.index('rel="stylesheet"') < head_end < html.index("</head>")
    assert html.index("<body") < body_start < html.index("<header") < note_start < html.index("Words.</p>") < note_end
    assert note_end < html.index("<footer") < body_end < html.index("</body>")
    assert "note_start" not in site.html("index.html")
    assert "head_end" in site.html("404.html")


def test_html_may_be_a_file(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\ninject: {body_end: parts/end.html}\n").write(
        "parts/end.html", "<i>\nE</i>\n"
    )
    site.note("a", "Words.").build()
    assert "<i>\nE</i></body>" in site.html("index.html").replace("</i>\n", "</i>")
    site.write("parts/end.html", "<i>F</i>").build()
    assert "<i>F</i>" in site.html("posts/a/index.html")


def test_style_sheets_follow_those_of_the_theme(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\ncss: [static/look/my.css, other.css, look/my.css]\n").note("a", "A.")
    site.write("static/look/my.css", "h1{}").write("other.css", "h2{}").build()
    html = site.html("index.html")
    names = [path for path in site.files() if path.startswith(("look/my.", "css/other."))]
    hashed = sorted(path for path in names if path.count(".") > 1)
    assert len(hashed) == 2
    assert html.index("css/main.") < html.index(hashed[1]) < html.index(hashed[0])
    site.write("other.css", "h3{}").build()
    assert hashed[0] not in site.html("index.html")


def test_what_is_not_there_is_told_at_its_place(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\ncss: [no.css]\ninject:\n  head_end: no/x.html\n").note("a", "A.").build(
        expect=1
    )
    site.expect_lines("site.yaml:2:7: error[config-file]", "site.yaml:4:13: error[config-file]")


def test_files_outside_of_the_site_are_not_read(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\ncss: [../../../etc/passwd, /etc/passwd]\n").note("a", "A.").build(expect=1)
    assert site.stderr.count("config-file") == 2
