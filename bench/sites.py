"""The sites that are measured, of the same notes, and the edits that are made to them; peers.py has those of peers."""

import sys
from abc import ABC, abstractmethod
from pathlib import Path

import notegen
from bench.notes import name_of, write_notes

SETTINGS = "title: bench\nbase_url: https://example.org/\n"
# The peers draw no pictures for social media and make no search index.
WITHOUT = "social_cards: {enabled: false}\nsearch: {enabled: false}\n"
SHIPPED = Path(notegen.__file__).parent.parent / "themes" / "transmission" / "templates"


class Bench(ABC):
    """A site of one generator."""

    name = ""
    content = ""
    output = "public"

    def __init__(self, root: Path, count: int, *, math: bool, scholarly: bool = False) -> None:
        self.root = root
        self.count = count
        self.edits = 0
        self._away = 0
        self._prepare()
        write_notes(root / self.content, count, math=math, link=self.link, scholarly=scholarly)

    def bytes_out(self) -> int:
        """Return the size of the output, in bytes."""
        return sum(file.stat().st_size for file in (self.root / self.output).rglob("*") if file.is_file())

    @abstractmethod
    def command(self) -> list[str]:
        """Return the command that builds the site, in its folder."""

    @abstractmethod
    def forget(self) -> None:
        """Put away the output and all that is kept between builds."""

    @abstractmethod
    def link(self, name: str) -> str:
        """Return how a note links to another."""

    @abstractmethod
    def _prepare(self) -> None:
        """Write what is not a note."""

    def write(self, path: str, text: str) -> None:
        """Write a file of the site."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def put_away(self, *names: str) -> None:
        """Move folders of the site out of it. Deleting them would slow the next build down.

        ext4 goes past the places of files deleted within the last minute, one by one, for each new file.
        """
        self._away += 1
        for name in names:
            folder = self.root / name
            if folder.exists():
                target = self.root.with_name(f"{self.root.name}-away") / f"{self._away}-{name}"
                target.parent.mkdir(exist_ok=True)
                folder.rename(target)

    def edit_body(self) -> None:
        """Change a sentence of the note in the middle."""
        self.edits += 1
        file = self._note()
        head, _, _ = file.read_text(encoding="utf-8").partition("\n\nEdited ")
        file.write_text(f"{head}\n\nEdited {self.edits} times.\n", encoding="utf-8")

    def edit_title(self) -> None:
        """Change its title."""
        self.edits += 1
        lines = self._note().read_text(encoding="utf-8").split("\n")
        lines[1] = f'title: "Edited {self.edits} times"'
        self._note().write_text("\n".join(lines), encoding="utf-8")

    def _note(self) -> Path:
        return self.root / self.content / f"{name_of(self.count // 2)}.md"


class Ours(Bench):
    """A site of notegen with its theme; with cards and search if `everything`, which is the default of site.yaml."""

    name = "notegen"
    content = "content"

    def __init__(
        self, root: Path, count: int, *, math: bool, scholarly: bool = False, everything: bool = False
    ) -> None:
        self.settings = SETTINGS + ("" if everything else WITHOUT)
        super().__init__(root, count, math=math, scholarly=scholarly)

    def command(self) -> list[str]:
        """Return the command line."""
        return [sys.executable, "-c", "from notegen.cli.commands import main; main()", "build", "--quiet"]

    def forget(self) -> None:
        """Put away the output and the cache."""
        self.put_away("public", ".notegen")

    def link(self, name: str) -> str:
        """Return a relative path."""
        return f"{name}.md"

    def _prepare(self) -> None:
        self.write("site.yaml", self.settings)
        self.write(
            "themes/transmission/templates/parts/footer.html", (SHIPPED / "parts/footer.html").read_text("utf-8")
        )

    def edit_template(self) -> None:
        """Change the footer, which all pages have."""
        self.edits += 1
        text = (SHIPPED / "parts/footer.html").read_text("utf-8")
        self.write("themes/transmission/templates/parts/footer.html", f"{text}<!-- {self.edits} -->\n")

    def edit_macro(self) -> None:
        """Change a macro, which any note may use."""
        self.edits += 1
        macro = f"math:\n  macros:\n    times: '\\text{{{self.edits}}}'\n"
        self.write("site.yaml", self.settings + macro)
