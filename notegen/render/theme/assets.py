"""The static files of a theme: stylesheets joined into one, scripts joined into one, everything else copied."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.digest import digest_bytes
from notegen.model.output import Copy, Inline, OutputFile
from notegen.model.source import Asset, ThemeLayer
from notegen.model.theme import ThemeSettings
from notegen.text.patterns import lazy_regex

Reader = Callable[[Asset], bytes]
_CSS_COMMENT = lazy_regex(
    # Each alternative begins with its character, for which the engine can look ahead; the look-behinds stand after it.
    r""""(?<!\\")(?:[^"\\\n]|\\.)*+"|'(?<!\\')(?:[^'\\\n]|\\.)*+'|/\*(?:[^*]|\*(?!/))*+(?P<end>\*/)?""",
    re.DOTALL,
)
_MODULES = lazy_regex(
    r'^import \{[^{}\n]*+\} from "\./[\w./-]++";\n\n?|^export (?=(?:async )?function |const |let |class )', re.MULTILINE
)


def read_asset(asset: Asset) -> bytes:
    """Return the bytes of an asset."""
    return Path(asset.location).read_bytes()


def static_files(layers: Sequence[ThemeLayer]) -> dict[str, Asset]:
    """Return every static file by path; the first layer that has a path wins."""
    return {path: asset for layer in reversed(layers) for path, asset in layer.static.items()}


def build_assets(
    static: Mapping[str, Asset], settings: ThemeSettings, extra_css: str, base_path: str, read: Reader
) -> Result[tuple[tuple[OutputFile, ...], dict[str, str]]]:
    """Return the output files, and the map from asset name to URL (`main.css`, `main.js`, static paths).

    Stylesheets: those theme.yaml lists, in its order, then any other file below css/ by name, so a site adds colours
    with one file; `extra_css` (highlighting, fonts) goes after the listed ones and before the others. Scripts: those
    theme.yaml lists; others are copied for pages that load them on demand. A listed file that is missing or not UTF-8
    is `theme-file`. Joined files carry a digest of their bytes in their names and may be cached for ever.
    """
    listed = set(settings.css) | set(settings.js)
    more = sorted(path for path in static if path.startswith("css/") and path.endswith(".css") and path not in listed)
    diagnostics: list[Diagnostic] = []
    css = [*_texts(settings.css, static, read, diagnostics), extra_css, *_texts(more, static, read, diagnostics)]
    js = _texts(settings.js, static, read, diagnostics)
    files = [_joined("css", minify_css("\n".join(css))), _joined("js", wrap_js("".join(js)))]
    urls = {"main.css": files[0].path, "main.js": files[1].path}
    for path, asset in sorted(static.items()):
        if path not in listed and path not in more:
            files.append(OutputFile(path, asset.digest, Copy(asset)))
            urls[path] = path
    addresses = {name: base_path + quote(path) for name, path in urls.items()}
    return Result((tuple(files), addresses), tuple(diagnostics))


def minify_css(text: str) -> str:
    """Return a stylesheet without comments and indentation. Strings stay as they are."""
    bare = _CSS_COMMENT.sub(lambda match: "" if match["end"] else match[0], text)
    return "\n".join(filter(None, map(str.strip, bare.split("\n")))) + "\n"


def wrap_js(text: str) -> str:
    """Return scripts as one strict function, so that none of their names reaches the page.

    Modules that import from each other are joined into that function, where each sees the names of the others.
    """
    text = _MODULES.sub("", text)
    return f'(() => {{\n"use strict";\n{text}}})();\n'


def _texts(names: Sequence[str], static: Mapping[str, Asset], read: Reader, diagnostics: list[Diagnostic]) -> list[str]:
    texts = []
    for name in names:
        try:
            texts.append(read(static[name]).decode("utf-8").replace("\r\n", "\n").rstrip() + "\n")
        except KeyError:
            diagnostics.append(diagnose("theme-file", f"theme.yaml lists {name}, which no layer has"))
        except (OSError, UnicodeDecodeError) as error:
            diagnostics.append(diagnose("theme-file", f"cannot be read: {error}", path=static[name].path))
    return texts


def _joined(kind: str, text: str) -> OutputFile:
    data = text.encode()
    digest = digest_bytes(data)
    return OutputFile(f"{kind}/main.{digest[:12]}.{kind}", digest, Inline(data))
