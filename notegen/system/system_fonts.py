"""A font for social cards: the one that site.yaml names, else one of the system's with Chinese letters."""

from pathlib import Path

from notegen.model.digest import digest
from notegen.model.source import Asset
from notegen.system.disk import Disk

_HEAD = 65_536  # bytes; holds the tables' checksums, of every font of a collection
_PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",  # Debian, Ubuntu: fonts-noto-cjk
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",  # Arch
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Bold.ttc",  # Fedora
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/source-han-sans/SourceHanSans-Bold.ttc",
    "/usr/share/fonts/adobe-source-han-sans/SourceHanSansCN-Bold.otf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/wenquanyi/wqy-microhei/wqy-microhei.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "/System/Library/Fonts/STHeiti Medium.ttc",
    "C:/Windows/Fonts/msyhbd.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simhei.ttf",
)
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


def find_font(disk: Disk) -> Asset | None:
    """Return a font of the system that has Chinese letters, or None. Where none is known, fontconfig is asked."""
    for place in _PLACES:
        if Path(place).is_file():
            return font_file(Path(place), place, disk)
    asked = _ask_fontconfig()
    return font_file(asked, asked.as_posix(), disk) if asked else None


def font_file(location: Path, path: str, disk: Disk) -> Asset | None:
    """Return a font file, or None for one that cannot be read. Its digest is of its head: fonts are large."""
    try:
        with disk.open(location) as file:
            head = file.read(_HEAD)
        size = disk.size(location)
    except OSError:
        return None
    return Asset(path, str(location), digest(head, size, _drawing()), size)


def _ask_fontconfig() -> Path | None:
    import shutil
    import subprocess

    program = shutil.which("fc-match")
    if program is None:
        return None
    command = [program, "--format=%{file}", "sans:bold:lang=zh-cn"]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=10, encoding="utf-8")  # noqa: S603 (fc-list)
    except (OSError, subprocess.SubprocessError):
        return None
    file = Path(done.stdout.strip())
    return file if file.suffix.lower() in _SUFFIXES and file.is_file() else None


def _drawing() -> str:
    """Return what draws letters, with its versions: others may draw other pixels."""
    from PIL import __version__, features

    return f"Pillow {__version__}, FreeType {features.version('freetype2')}, Raqm {features.version('raqm')}"
