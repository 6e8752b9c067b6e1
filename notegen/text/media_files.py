"""Files that browsers play or show by themselves, besides pictures: films, sounds, documents."""

FILMS = (".mp4", ".webm", ".mov", ".ogv", ".m4v")
SOUNDS = (".mp3", ".wav", ".ogg", ".oga", ".m4a", ".flac", ".opus")
DOCUMENTS = (".pdf",)
_KINDS = {**dict.fromkeys(FILMS, "video"), **dict.fromkeys(SOUNDS, "audio"), **dict.fromkeys(DOCUMENTS, "document")}


def kind_of_file(address: str) -> str:
    """Return "video", "audio" or "document" for the address of such a file, else ""."""
    path = address.partition("#")[0].partition("?")[0].lower()
    return _KINDS.get(path[path.rfind(".") :], "") if "." in path else ""
