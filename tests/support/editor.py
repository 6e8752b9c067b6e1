"""An author at random: edits the site of `full_site` as authors, editors of text, version control and accidents do."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from tests.support.full_site import (
    FILES,
    FIRST_SETTINGS,
    FRONT,
    PLACES,
    SETTINGS,
    block,
    front_line,
    note_text,
    settings_text,
    write,
)
from tests.support.site import NOW

_KEPT = 12  # how many earlier states of files can come back


class Editor:
    """Makes one edit after another; the same number makes the same edits."""

    def __init__(self, root: Path, chance: Random) -> None:
        self.root = root
        self.now = self.begin = datetime.fromisoformat(NOW)
        self._chance = chance
        self._settings = dict(FIRST_SETTINGS)
        self._before: list[tuple[Path, bytes | None]] = []
        edits: tuple[tuple[int, Callable[[], str]], ...] = (
            (22, self._change_body),
            (14, self._change_front),
            (9, self._change_setting),
            (12, self._change_file),
            (4, self._move_note),
            (3, self._delete_note),
            (3, self._add_note),
            (2, self._copy_note),
            (2, self._swap_notes),
            (8, self._undo),
            (2, self._change_clock),
            (1, self._move_folder),
            (1, self._damage),
            (1, self._touch),
        )
        self._edits = [edit for _, edit in edits]
        self._weights = [weight for weight, _ in edits]

    def edit(self) -> str:
        """Change something, and return what."""
        return self._chance.choices(self._edits, self._weights)[0]()

    def mend(self) -> str:
        """Take away what keeps a site from being built: broken files and settings become as they were at first."""
        self._settings = dict(FIRST_SETTINGS)
        self._write("site.yaml", settings_text(self._settings))
        for path, contents in FILES.items():
            if not path.endswith((".md", ".ipynb", ".png")) and contents[0] is not None:
                self._write(path, contents[0])
        for path in ("content/docs/broken.md", "static/posts/n01/index.html"):
            (self.root / path).unlink(missing_ok=True)
        for file in self.root.glob("content/**/*.md"):
            text = file.read_bytes()
            if b'slug: "../up"' in text:
                write(file, text.replace(b'slug: "../up"\n', b""))
        return "mend"

    def _write(self, path: str, data: str | bytes | None) -> None:
        file = self.root / path
        self._before.append((file, file.read_bytes() if file.is_file() else None))
        del self._before[:-_KEPT]
        if data is None:
            file.unlink(missing_ok=True)
        else:
            write(file, data)

    def _note(self) -> str:
        """Return the path of a note that is there."""
        files = sorted(self.root.glob("content/**/*.md"))
        return self._chance.choice(files).relative_to(self.root).as_posix() if files else "content/n00.md"

    def _text(self, path: str) -> str:
        file = self.root / path
        return file.read_text("utf-8", errors="replace") if file.is_file() else ""

    def _change_body(self) -> str:
        path = self._note()
        front, mark, body = self._text(path).rpartition("\n---\n")
        parts = body.strip("\n").split("\n\n")
        place = self._chance.randrange(len(parts) + 1)
        kind = self._chance.choice(("add", "delete", "replace", "double", "swap", "number"))
        if kind == "add":
            parts.insert(place, block(self._chance))
        elif kind == "number":
            old, new = (str(self._chance.randint(1, 6)) for _ in range(2))
            parts = [part.replace(old, new) if number == place else part for number, part in enumerate(parts)]
        elif place < len(parts):
            if kind == "delete":
                del parts[place]
            elif kind == "replace":
                parts[place] = block(self._chance)
            elif kind == "double":
                parts.append(parts[place])
            else:
                parts[place], parts[0] = parts[0], parts[place]
        self._write(path, f"{front}{mark}\n" + "\n\n".join(parts) + "\n")
        return f"{kind} a part of {path}"

    def _change_front(self) -> str:
        path = self._note()
        text = self._text(path)
        key = self._chance.choice(tuple(FRONT))
        if not text.startswith("---\n") or "\n---\n" not in text:
            self._write(path, f"---\n{front_line(key, self._chance)}\n---\n\n{text}")
            return f"front matter of {path}"
        front, mark, body = text[4:].partition("\n---\n")
        lines = [line for line in front.split("\n") if not line.startswith(f"{key}:")]
        if len(lines) == len(front.split("\n")) or self._chance.random() < 0.7:
            lines.append(front_line(key, self._chance))
        self._write(path, "---\n" + "\n".join(lines) + mark + body)
        return f"{key} of {path}: {lines[-1]}"

    def _change_setting(self) -> str:
        key = self._chance.choice(tuple(SETTINGS))
        if key in self._settings and self._chance.random() < 0.5:
            del self._settings[key]
        else:
            self._settings[key] = self._chance.choice(SETTINGS[key])
        self._write("site.yaml", settings_text(self._settings))
        return f"setting {key}: {self._settings.get(key)}"

    def _change_file(self) -> str:
        path = self._chance.choice(tuple(FILES))
        number = self._chance.randrange(len(FILES[path]))
        self._write(path, FILES[path][number])
        return f"form {number} of {path}"

    def _move_note(self) -> str:
        path, other = self._note(), f"content/{self._chance.choice(PLACES)}.md"
        data = (self.root / path).read_bytes() if (self.root / path).is_file() else b""
        self._write(path, None)
        self._write(other, data)
        return f"move {path} to {other}"

    def _delete_note(self) -> str:
        path = self._note()
        self._write(path, None)
        return f"delete {path}"

    def _add_note(self) -> str:
        path = f"content/{self._chance.choice(PLACES)}.md"
        self._write(path, note_text(self._chance, self._chance.randrange(20)))
        return f"write {path}"

    def _copy_note(self) -> str:
        path, other = self._note(), f"content/{self._chance.choice(PLACES)}.md"
        self._write(other, self._text(path))
        return f"copy {path} to {other}"

    def _swap_notes(self) -> str:
        path, other = self._note(), self._note()
        first, second = self._text(path), self._text(other)
        self._write(path, second)
        self._write(other, first)
        return f"swap {path} and {other}"

    def _undo(self) -> str:
        if not self._before:
            return "nothing"
        file, data = self._chance.choice(self._before)
        self._write(file.relative_to(self.root).as_posix(), data)
        if file.name == "site.yaml" and data is not None:
            lines = data.decode().splitlines()
            self._settings = {key: value for key, _, value in (line.partition(": ") for line in lines)}
        return f"bring back an earlier {file.relative_to(self.root)}"

    def _change_clock(self) -> str:
        self.now = datetime.fromisoformat(NOW) + timedelta(days=self._chance.randint(-30, 30))
        return f"it is {self.now:%d %B}"

    def _move_folder(self) -> str:
        old, new = self._chance.sample(("ml", "docs", "数学", "moved", "ml/deep"), 2)
        source, target = self.root / "content" / old, self.root / "content" / new
        if not source.is_dir() or target.exists() or target.is_relative_to(source):
            return "nothing"
        shutil.move(source, target)
        return f"move the folder {old} to {new}"

    def _damage(self) -> str:
        """Damage what earlier builds have left."""
        file = self.root / ".notegen/cache.sqlite"
        if self._chance.random() < 0.5 or not file.is_file():
            outputs = sorted(path for path in self.root.glob("public/**/*") if path.is_file())
            if not outputs:
                return "nothing"
            file = self._chance.choice(outputs)
            self._chance.choice((file.unlink, lambda: file.write_bytes(b"x")))()
            return f"damage {file.relative_to(self.root)}"
        data = bytearray(file.read_bytes())
        for _ in range(self._chance.choice((1, 30))):
            data[self._chance.randrange(len(data))] ^= 1 << self._chance.randrange(8)
        file.write_bytes(data)
        return "damage the cache"

    def _touch(self) -> str:
        path = self._note()
        if (self.root / path).is_file():
            os.utime(self.root / path)
        return f"touch {path}"
