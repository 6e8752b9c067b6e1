"""Files that browsers play or show by themselves, by their suffixes: pictures, films, sounds, documents."""

PICTURES = (".png", ".apng", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".webp", ".avif", ".heic", ".heif", ".svg")
PICTURE_NAMES = r"png|jpe?g|gif|svg|webp|avif|bmp"  # the same for patterns: those that authors name in their texts
FILMS = (".mp4", ".webm", ".mov", ".ogv", ".m4v")
SOUNDS = (".mp3", ".wav", ".ogg", ".oga", ".m4a", ".flac", ".opus")
DOCUMENTS = (".pdf",)
_KINDS = {**dict.fromkeys(FILMS, "video"), **dict.fromkeys(SOUNDS, "audio"), **dict.fromkeys(DOCUMENTS, "document")}


def kind_of_file(address: str) -> str:
    """Return "video", "audio" or "document" for the address of such a file, else ""."""
    path = address.partition("#")[0].partition("?")[0].lower()
    return _KINDS.get(path[path.rfind(".") :], "") if "." in path else ""
