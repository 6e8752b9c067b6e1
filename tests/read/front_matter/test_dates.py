from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.read.front_matter.dates import NoDate, date_from_filename, read_date, year_first
from tests.support.cases import all_cases
from tests.support.site import SiteTest

SHANGHAI = ZoneInfo("Asia/Shanghai")


@all_cases(
    ("text", "expected"),
    [
        ("2024-01-02", "2024-01-02T00:00:00+08:00"),
        ("2024-1-2", "2024-01-02T00:00:00+08:00"),
        ("2024/1/2", "2024-01-02T00:00:00+08:00"),
        ("2013/7/13 20:46:25", "2013-07-13T20:46:25+08:00"),
        ("2024.1.2", "2024-01-02T00:00:00+08:00"),
        ("2024年1月2日", "2024-01-02T00:00:00+08:00"),
        ("2024 年 1 月 2 日", None),
        ("2024年1月2日 8:00", "2024-01-02T08:00:00+08:00"),
        ("2024-05-01 8:00", "2024-05-01T08:00:00+08:00"),
        ("2024-05-01T08:00", "2024-05-01T08:00:00+08:00"),
        ("  2024-05-01 08:00:00  ", "2024-05-01T08:00:00+08:00"),
        ("2024-05-01T08:00:00.5", "2024-05-01T08:00:00.500000+08:00"),
        ("2024-05-01T08:00:00.123456789Z", "2024-05-01T16:00:00.123456+08:00"),
        ("2024-05-01T08:00:00Z", "2024-05-01T16:00:00+08:00"),
        ("2024-05-01T08:00:00+08:00", "2024-05-01T08:00:00+08:00"),
        ("2024-05-01T08:00:00-0330", "2024-05-01T19:30:00+08:00"),
        ("2024-05-01 08:00:00+0800", "2024-05-01T08:00:00+08:00"),
        ("2024-05-01 08:00:00 +0800", "2024-05-01T08:00:00+08:00"),
        ("2024-05-01 08:00:00 +08", "2024-05-01T08:00:00+08:00"),
        ("2024-05-01 08:00 Asia/Shanghai", "2024-05-01T08:00:00+08:00"),
        ("2024-07-01 08:00 America/New_York", "2024-07-01T20:00:00+08:00"),
        ("2024-05-01 08:00 UTC", "2024-05-01T16:00:00+08:00"),
    ],
)
def test_every_form_of_date_is_read_in_the_zone_of_the_site(text: str, expected: str | None) -> None:
    moment = read_date(text, SHANGHAI)
    assert (moment.isoformat() if isinstance(moment, datetime) else None) == expected


@all_cases(
    ("text", "reason"),
    [
        ("2024-02-30", "no such day"),
        ("2023-02-29", "no such day"),
        ("0000-01-01", "no such day"),
        ("2024-05-01 25:00", "no such day or time"),
        ("2024-05-01 08:60", "no such day or time"),
        ("2024-05-01 08:00 +25:00", "no time zone +25:00"),
        ("2024-05-01 08:00 CST", "no time zone CST"),
        ("2024-05-01 08:00 localtime", "no time zone localtime"),
        ("2024-05-01 08:00 asia/shanghai", "did you mean Asia/Shanghai?"),
        ("9999-12-31 23:59 -12:00", "outside the years"),
        ("0001-01-01 00:00 +14:00", "outside the years"),
        ("", "not a known form"),
        ("today", "not a known form"),
        ("2024", "not a known form"),
        ("2024-1/2", "not a known form"),
        ("2024-01-02 and more", "not a known form"),
        ("２０２４-01-02", "not a known form"),
        ("2024-01-02" + " " * 1_000_000 + "x", "not a known form"),
    ],
)
def test_what_is_no_date_says_why(text: str, reason: str) -> None:
    moment = read_date(text, SHANGHAI)
    assert isinstance(moment, NoDate)
    assert reason in moment.reason


def test_values_of_toml_are_read_too() -> None:
    expected = datetime(2024, 1, 2, tzinfo=SHANGHAI)
    assert read_date(date(2024, 1, 2), SHANGHAI) == expected
    assert read_date(datetime(2024, 1, 2), SHANGHAI) == expected  # noqa: DTZ001  naive on purpose
    assert read_date(datetime(2024, 1, 1, 16, tzinfo=UTC), SHANGHAI) == expected


def test_result_is_in_the_zone_of_the_site() -> None:
    moment = read_date("2024-01-02 00:00 UTC", SHANGHAI)
    assert isinstance(moment, datetime)
    assert moment.tzinfo is SHANGHAI


def test_machine_zone_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_date("2024-01-02 08:00", SHANGHAI)
    monkeypatch.setenv("TZ", "America/New_York")
    assert read_date("2024-01-02 08:00", SHANGHAI) == expected


@given(st.datetimes(min_value=datetime(1950, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001  zone is added
def test_iso_form_is_read_back(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert read_date(aware.isoformat(), UTC) in {aware, NoDate("the date is outside the years 1 to 9999")}


@given(st.text() | st.from_regex(r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}( [0-9]{1,2}:[0-9]{2}( .{0,6})?)?"))
def test_any_text_gives_an_aware_date_or_a_reason(text: str) -> None:
    moment = read_date(text, SHANGHAI)
    if isinstance(moment, datetime):
        assert moment.tzinfo is SHANGHAI
        msgspec.msgpack.encode(moment)
    else:
        assert moment.reason


@all_cases(
    ("stem", "day", "rest"),
    [
        ("2024-01-02-title", "2024-01-02", "title"),
        ("2024-1-2-a-b", "2024-01-02", "a-b"),
        ("2024-01-02_标题", "2024-01-02", "标题"),
        ("2024-02-30-title", None, "2024-02-30-title"),
        ("2024-01-02", "2024-01-02", "2024-01-02"),
        ("2024-01-02 周二", "2024-01-02", "2024-01-02 周二"),
        ("2024-02-30", None, "2024-02-30"),
        ("2024-01-02-", None, "2024-01-02-"),
        ("title", None, "title"),
        ("12024-01-02-title", None, "12024-01-02-title"),
    ],
)
def test_date_in_a_file_name(stem: str, day: str | None, rest: str) -> None:
    moment, remainder = date_from_filename(stem, SHANGHAI)
    assert remainder == rest
    assert (moment.isoformat() if moment else None) == (f"{day}T00:00:00+08:00" if day else None)


def test_a_new_time_zone_shows_although_no_moment_has_changed(site: SiteTest) -> None:
    site.write("site.yaml", "timezone: UTC\n").note("late", "x", date="2026-01-02 23:30:00+00:00").build()
    assert "2026-01-02" in site.output("posts/late/index.html").read_text("utf-8")
    site.write("site.yaml", "timezone: Asia/Shanghai\n").build()
    for page in ("posts/late/index.html", "index.html"):
        assert "2026-01-03" in site.output(page).read_text("utf-8")


@all_cases(
    ("text", "expected"),
    [
        ("5/23/2024", "2024-05-23"),
        (" 05-03-2024 ", "2024-05-03"),
        ("2024/5/23", "2024-05-23"),
        ("23/5/2024", None),
        ("5/23-2024", None),
        ("5/23/24", None),
    ],
)
def test_the_month_goes_first_in_dates_of_quarto(text: str, expected: str | None) -> None:
    moment = read_date(year_first(text), SHANGHAI)
    assert (moment.date().isoformat() if isinstance(moment, datetime) else None) == expected
