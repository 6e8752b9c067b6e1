"""Which notes are published: drafts, the future, expiry, and the clock, which is never that of the machine's zone."""

from typing import Any

import pytest

from tests.support.html import titles
from tests.support.site import SiteTest


@pytest.fixture
def mixed(site: SiteTest) -> SiteTest:
    """Return a site with one note of each kind; the build's clock is 2026-06-01 12:00 in Shanghai."""
    site.note("public", "x", tags=["a"]).note("draft", "x", draft=True, tags=["b"])
    site.note("future", "x", date="2026-06-01 15:00", tags=["c"]).note("far", "x", date="2026-07-01")
    return site.note("expired", "x", expiryDate="2026-05-01").note("pages/later", "x", date="2027-01-01")


def test_what_is_left_out_is_always_told(mixed: SiteTest) -> None:
    mixed.build().expect_lines(
        "content/draft.md: info[note-skipped]: left out: a draft",
        "content/expired.md: info[note-skipped]: left out: expired",
        "content/far.md: info[note-skipped]: left out: dated 29 days in the future (Asia/Shanghai): 3 notes; "
        "also content/future.md, content/pages/later.md",
    )
    mixed.expect_report("hint: --drafts shows it", "hint: --future shows it", "hint: --expired shows it")
    everything = "".join(mixed.html(path) for path in mixed.files() if path.endswith((".html", ".xml")))
    for name in ("draft", "future", "expired"):
        assert f"posts/{name}" not in everything
    assert [path for path in mixed.files() if path.startswith("tags/")] == ["tags/a/index.html", "tags/index.html"]


@pytest.mark.parametrize(
    ("flags", "shown"),
    [
        ([], ["public"]),
        (["-D"], ["draft", "public"]),
        (["--drafts"], ["draft", "public"]),
        (["-F"], ["far", "future", "public"]),
        (["--future"], ["far", "future", "public"]),
        (["-E"], ["expired", "public"]),
        (["--expired"], ["expired", "public"]),
        (["-DFE"], ["draft", "expired", "far", "future", "public"]),
    ],
)
def test_flags_show_them(mixed: SiteTest, flags: list[str], shown: list[str]) -> None:
    assert sorted(titles(mixed.build(*flags).html("index.html"))) == shown


@pytest.mark.parametrize(("setting", "count"), [("drafts", 2), ("future", 3), ("expired", 2)])
def test_settings_show_them_too(mixed: SiteTest, setting: str, count: int) -> None:
    mixed.write("site.yaml", f"title: T\nbase_url: /\n{setting}: true\n").build()
    assert len(titles(mixed.html("index.html"))) == count


def test_a_shown_draft_is_marked_and_kept_from_crawlers(mixed: SiteTest) -> None:
    mixed.build("-D", "-F")
    assert "mark-draft" in mixed.html("posts/draft/index.html")
    assert "mark-draft" in mixed.html("posts/future/index.html")
    assert "mark-draft" not in mixed.html("posts/public/index.html")
    assert "posts/draft" not in mixed.html("sitemap.xml")


@pytest.mark.parametrize("front", [{"draft": True}, {"draft": "yes"}, {"published": False}, {"status": "draft"}])
def test_every_spelling_of_a_draft(site: SiteTest, front: dict[str, Any]) -> None:
    site.note("x", "x", **front).build().expect_lines("content/x.md: info[note-skipped]: left out: a draft")


@pytest.mark.parametrize(
    ("date", "now", "shown"),
    [
        ("2026-06-02", "2026-06-01T15:59:59Z", False),  # midnight in Shanghai is 16:00 UTC the day before
        ("2026-06-02", "2026-06-01T16:00:00Z", True),
        ("2026-06-02 00:00:00 +0000", "2026-06-01T16:00:00Z", False),
        ("2026-06-02T00:00:00Z", "2026-06-02T00:00:00Z", True),
        ("2026-06-02 08:00 Asia/Shanghai", "2026-06-02T08:00:00+08:00", True),
    ],
)
def test_a_date_without_a_zone_is_in_the_sites_zone(site: SiteTest, date: str, now: str, shown: bool) -> None:
    site.note("x", "x", date=date).build("--now", now)
    assert ("posts/x/index.html" in site.files()) is shown


def test_the_zone_is_a_setting(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: https://example.org/\ntimezone: America/New_York\n")
    site.note("x", "x", date="2026-01-02 08:00").build()
    assert "2026-01-02T08:00:00-05:00" in site.html("posts/x/index.html")
    site.build("--now", "2026-01-02T12:59:00Z").expect_report("dated 1 min in the future (America/New_York)")


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_zone_of_the_machine_does_not_matter(site: SiteTest, zone: str) -> None:
    site.write("site.yaml", "title: T\nbase_url: https://example.org/\npermalink: hexo\n")
    site.note("x", "x", date="2026-06-01").note("2026-05-31-y", "x", date=None)
    site.note("z", "x", date="2026-06-01 13:00").process("build", TZ=zone)
    site.expect_lines("content/z.md: info[note-skipped]: left out: dated 60 min in the future (Asia/Shanghai)")
    assert "2026/06/01/x/index.html" in site.files()
    assert "2026/05/31/2026-05-31-y/index.html" in site.files() or "2026/05/31/y/index.html" in site.files()
    assert 'datetime="2026-06-01T00:00:00+08:00"' in site.html("2026/06/01/x/index.html")


def test_the_clock_comes_from_source_date_epoch(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")  # 2026-05-28T20:26:40Z
    site.note("x", "x", date="2026-05-30").build("--now", "").expect_report("dated 19 h in the future")
