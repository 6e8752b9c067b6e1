"""Sites of Hugo as they arrive: home, headless bundles, addresses in languages, links to edit."""

from pathlib import Path

from tests.support.site import SiteTest

HEAD = "---\ntitle: X\ndate: 2024-01-02\n"


def test_a_text_of_home_stands_above_the_list(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.write("hugo.yaml", "title: T\nlanguageCode: en\n").write("content/_index.md", "---\ntitle: H\n---\nWelcome.\n")
    site.write("content/posts/a.md", f"{HEAD}---\nSome words.\n").init().build()
    html = site.html("index.html")
    assert html.index("<p>Welcome.</p>") < html.index('href="/posts/a/"')


def test_a_headless_bundle_has_no_page(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.write("hugo.yaml", "title: T\nlanguageCode: en\n").write(
        "content/posts/a.md", f"{HEAD}headless: true\n---\nx\n"
    )
    site.write("content/posts/parts/index.md", f"{HEAD}headless: true\n---\nx\n")
    site.write("content/posts/more/index.md", f"{HEAD}headless: false\n---\nx\n").init().build()
    pages = [path for path in site.files() if path.startswith("posts/") and path.endswith("/index.html")]
    assert pages == ["posts/a/index.html", "posts/index.html", "posts/more/index.html"]  # a is no bundle


def test_an_address_with_a_slash_in_front_has_its_language(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.write("hugo.yaml", "title: T\nlanguages: {en: {weight: 1}, zh: {weight: 2}}\n")
    site.write("content/posts/a.md", f"{HEAD}---\nx\n").write("content/posts/a.zh.md", f"{HEAD}---\n字\n")
    for name, url in (("b", "/zh/b/"), ("c", "/c/"), ("d", "d/")):
        site.write(f"content/posts/{name}.zh.md", f"{HEAD}url: {url}\n---\n字\n")
    site.init().build()
    pages = {name: [path for path in site.files() if path.endswith(f"/{name}/index.html")] for name in "abcd"}
    assert pages["a"] == ["posts/a/index.html", "zh/posts/a/index.html"]
    assert pages["b"] == ["zh/b/index.html"]
    assert site.output("c/index.html").exists()
    assert pages["d"] == ["zh/d/index.html"]


def test_a_link_to_edit_has_the_path_below_the_notes(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    edit = "{URL: 'https://e.org/blog/content', appendFilePath: true}"
    site.write("hugo.yaml", f"title: T\nlanguageCode: en\nparams: {{editPost: {edit}}}\n")
    site.write("content/posts/my note.md", f"{HEAD}---\nx\n").init().build()
    assert 'href="https://e.org/blog/content/posts/my%20note.md"' in site.html("posts/my-note/index.html")


def test_a_permalink_that_has_its_language_is_not_put_below_it_again(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguages: [en, zh]\n").note("a", "x", permalink="/b/")
    site.note("c.zh", "字", permalink="/zh/c/").note("d.zh", "字", permalink="/d/").build()
    pages = [path for path in site.files() if path.endswith(("/c/index.html", "/d/index.html"))]
    assert pages == ["zh/c/index.html", "zh/d/index.html"]
