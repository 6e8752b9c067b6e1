"""Links that open a file in an editor: the editors that are known, and which patterns are safe to put into a page."""

from notegen.text.patterns import lazy_regex

EDITORS = {
    "vscode": "vscode://file{file}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file{file}:{line}:{column}",
    "cursor": "cursor://file{file}:{line}:{column}",
    "zed": "zed://file{file}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
    "subl": "subl://open?url=file://{file}&line={line}&column={column}",
    "mvim": "mvim://open?url=file://{file}&line={line}&column={column}",
    "txmt": "txmt://open?url=file://{file}&line={line}&column={column}",
}
_PATTERN = lazy_regex(r"([a-z-]+)://[\x21\x23-\x26\x28-\x3b\x3d\x3f-\x7e]*")  # ASCII without space, quotes, < and >


def editor_pattern(value: str) -> str:
    """Return the address pattern for a setting: the name of an editor, or a pattern whose scheme is an editor's.

    `{file}` stands for the absolute path. Anything else gives "": above all `javascript:` never becomes a link.
    """
    pattern = EDITORS.get(value, value)
    match = _PATTERN.fullmatch(pattern)
    return pattern if match and match[1] in EDITORS and "{file}" in pattern else ""
