"""The bytes of one file of the site as an HTTP response: type, ETag, ranges."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response

from notegen.cache.page_store import bytes_of
from notegen.emit.image_copies import make_variants, read_variant
from notegen.model.output import Copy, OutputFile, Resized, Stripped
from notegen.model.source import Asset, ImageVariant
from notegen.notebooks.pictures import asset_bytes
from notegen.server.origin_check import HEADERS
from notegen.system.disk import Disk
from notegen.system.photos.metadata import without_metadata
from notegen.text.patterns import lazy_regex

# Types by suffix, never by the settings of this machine.
_TYPES = dict(mimetypes.MimeTypes().types_map[1]) | {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".mp4": "video/mp4",
    ".otf": "font/otf",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
}
_TEXT = lazy_regex(r"text/.*|application/(json|xml|javascript|yaml|.*\+(json|xml))|image/svg\+xml")
_RANGE = lazy_regex(r"bytes=(\d{0,18})-(\d{0,18})")


def content_type(path: str) -> str:
    """Return the media type of a file by its name, with the charset of text."""
    kind = _TYPES.get(Path(path).suffix.lower(), "application/octet-stream")
    return f"{kind}; charset=utf-8" if _TEXT.fullmatch(kind) else kind


def data_response(data: bytes, path: str, tag: str, headers: Mapping[str, str], status: int = 200) -> Response:
    """Return bytes as a response: 304 for who has them, 206 for a range of them."""
    response_headers = {**HEADERS, "etag": f'"{tag}"', "accept-ranges": "bytes", "content-type": content_type(path)}
    if status == 200 and has_tag(headers, tag):  # noqa: PLR2004 (OK)
        return Response(status_code=304, headers=response_headers)
    asked = headers.get("range", "") if headers.get("if-range", f'"{tag}"') == f'"{tag}"' else ""
    span = byte_range(asked, len(data)) if status == 200 else None  # noqa: PLR2004 (OK)
    if span is None:
        return Response(data, status, response_headers)
    start, end = span
    if start >= end:
        return Response(status_code=416, headers={**response_headers, "content-range": f"bytes */{len(data)}"})
    return Response(data[start:end], 206, {**response_headers, "content-range": f"bytes {start}-{end - 1}/{len(data)}"})


def has_tag(headers: Mapping[str, str], tag: str) -> bool:
    """Return whether the browser has this version already."""
    known = [item.strip().removeprefix("W/") for item in headers.get("if-none-match", "").split(",")]
    return f'"{tag}"' in known or "*" in known


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the one range that is asked for, end excluded; an empty one when there is no such part.

    None for no range, and for several, which a server may answer whole (RFC 9110, 14.2).
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return max(0, size - int(match[2])), size
    start, end = int(match[1]), min(int(match[2]) + 1, size) if match[2] else size
    return None if match[2] and int(match[2]) < start else (start, end)


async def file_response(
    file: OutputFile, headers: Mapping[str, str], images: Path, roots: tuple[Path, ...]
) -> Response:
    """Return a file of the site that is no page. `images`: the folder of smaller ones; `roots`: where files may be."""
    content = file.content
    data = bytes_of(content)
    if isinstance(content, Resized):
        data = await run_in_threadpool(_copy, content.variant, images)
        content = Stripped(content.variant.asset)  # the whole image, where no smaller one can be made
    if data is not None:
        return data_response(data, file.path, file.digest, headers)
    if not isinstance(content, (Copy, Stripped)):
        raise TypeError(f"a file of a preview whose bytes are elsewhere: {file.path}")
    location = await run_in_threadpool(_inside, Path(content.asset.location), roots)
    if location is None:
        return Response("gone", 404, HEADERS, "text/plain")
    asset = msgspec.structs.replace(content.asset, location=str(location))
    response_headers = {**HEADERS, "etag": f'"{file.digest}"', "content-type": content_type(file.path)}
    if has_tag(headers, file.digest):
        return Response(status_code=304, headers=response_headers)
    if isinstance(content, Stripped):
        data = await run_in_threadpool(_stripped, asset)
        return data_response(data, file.path, file.digest, headers)
    if asset.end:
        data = await run_in_threadpool(asset_bytes, asset, Disk())
        return data_response(data, file.path, file.digest, headers)
    return FileResponse(location, headers=response_headers)


def _copy(variant: ImageVariant, images: Path) -> bytes | None:
    """Return a smaller image, made when it is first asked for."""
    make_variants([variant], images, Disk())
    return read_variant(variant, images, Disk())


def _stripped(asset: Asset) -> bytes:
    return without_metadata(asset_bytes(asset, Disk()))


def _inside(location: Path, roots: tuple[Path, ...]) -> Path | None:
    """Return where a file really is; None when it is gone, or a link that now leads elsewhere."""
    try:
        real = location.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return real if real.is_file() and any(real.is_relative_to(root) for root in roots) else None
