"""Fetches CommonMark's spec examples, which are CC-BY-SA, so the repository does not hold them.

tests/read/test_commonmark.py reads them. They come inside the source distribution of markdown-it-py, through pip and
its settings. pip builds what it downloads to see what it is: with the flit-core of the lock, so nothing that runs is
without a digest. Run once by the Makefile; kept in the virtual environment, checked by digest. Exits 0 when they are
there, 1 with a message when they are not.
"""

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

SPEC = "0.31.2"
SOURCE = "markdown-it-py==4.3.0"
SOURCE_DIGEST = "91a58fa5b72c71a40cf7177250fd767480d7a2bb3ac426ccfb76fb90305fdaaa"  # SHA-256
MEMBER = "tests/test_cmark_spec/commonmark.json"
DIGEST = "d431b29d97b6f73e69d547109cf5081578fac931e72afe95639ebe766c1b2a20"  # SHA-256
CACHE = Path(sys.prefix) / "share" / "commonmark" / f"spec-{SPEC}.json"


def cached() -> bytes | None:
    """Return the examples as JSON, or None when they were never fetched or are not what they should be."""
    data = CACHE.read_bytes() if CACHE.is_file() else b""
    return data if hashlib.sha256(data).hexdigest() == DIGEST else None


def fetch() -> bytes:
    """Return the examples out of the source distribution. Raises OSError or CalledProcessError when there is none."""
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder, "requirements.txt")
        requirements.write_text(f"{SOURCE} --hash=sha256:{SOURCE_DIGEST}\n", "utf-8")
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--dest", folder]
        kind = ["--no-deps", "--no-binary", "markdown-it-py", "--no-build-isolation", "--require-hashes"]
        subprocess.run([*pip, *kind, "-r", str(requirements)], check=True)
        return member(next(Path(folder).glob("*.tar.gz")).read_bytes())


def member(archive: bytes) -> bytes:
    """Return the file of examples in a .tar.gz. Raises OSError when it is missing or another version's."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        name = next((item for item in tar.getnames() if item.endswith(MEMBER)), None)
        file = tar.extractfile(name) if name else None
        data = file.read() if file else b""
    if hashlib.sha256(data).hexdigest() != DIGEST:
        raise OSError(f"{SOURCE} does not hold the examples of CommonMark {SPEC}")
    return data


def main() -> int:
    """Fetch the examples unless they are there."""
    if cached() is not None:
        return 0
    try:
        data = fetch()
    except (OSError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"CommonMark's examples could not be fetched, their tests will be skipped: {error}\n")
        return 1
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    CACHE.write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
