"""The numbers of theorems, definitions and algorithms: of their kind, shared by all, or of the section they are in."""

from collections.abc import Mapping

from markdown_it.token import Token


class Numbers:
    """Counts what has a number while a note is walked through.

    `counting`: by-kind, shared or by-section, see NumberingConfig. `chapters`: heading tokens by identity -> the
    section's number, where sections count.
    """

    def __init__(self, counting: str, chapters: Mapping[int, str]) -> None:
        self._counting = counting
        self._chapters = chapters
        self._chapter = ""
        self._counts: dict[str, int] = {}

    def next(self, kind: str) -> str:
        """Return the next number of a kind."""
        if self._counting != "by-kind" and kind != "algorithm":
            kind = self._counting
        self._counts[kind] = self._counts.get(kind, 0) + 1
        number = str(self._counts[kind])
        return f"{self._chapter}.{number}" if self._chapter and kind == "by-section" else number

    def enter(self, heading: Token) -> None:
        """Go into a section: the first part of its number is that of the chapter, in which theorems count anew."""
        chapter = self._chapters.get(id(heading), "").partition(".")[0]
        if chapter and chapter != self._chapter:
            self._chapter, self._counts["by-section"] = chapter, 0
