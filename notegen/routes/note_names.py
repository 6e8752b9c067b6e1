"""The names in a note's path: its folders and its own, as addresses have them before they are written as parts."""

import msgspec

from notegen.model.addressing import AddressesConfig
from notegen.model.note import Note
from notegen.model.strings import ContentPath
from notegen.routes.names import without_number
from notegen.text.paths import strip_suffix, undated

_NO_PART = frozenset({"_posts", "_drafts"})  # folders of Hexo and Jekyll that are no part of addresses


class NoteNames(msgspec.Struct, frozen=True):
    """The folders around a note and its name; of an index file, its folder's name.

    `category_folders`: folders above Jekyll's _posts, which are categories. `is_index`: the note stands for its folder.
    """

    folders: tuple[str, ...]
    name: str
    file_name: str  # as the file or its bundle is called, with date and number
    category_folders: tuple[str, ...] = ()
    is_index: bool = False


def note_names(note: Note, content_path: ContentPath, config: AddressesConfig) -> NoteNames:
    """Return the names of the note at a path below the content folder, without a language in it."""
    *folders, stem = strip_suffix(content_path).split("/")
    posts = next((number for number, folder in enumerate(folders) if folder in _NO_PART), 0)
    categories = tuple(folders[:posts])
    folders = [without_number(folder, config) for folder in folders if folder not in _NO_PART]
    is_index = _stands_for_folder(stem, folders, config)
    name = stem
    if is_index:
        name = folders.pop() if folders else ""
    file_name = name
    name = without_number(undated(name) if config.dates == "cut" else name, config)
    named = note.meta.extra.get("id") if config.ids else None
    if isinstance(named, (str, int)) and not isinstance(named, bool) and str(named).strip():
        return NoteNames((*folders, *((name,) if is_index and name else ())), str(named), file_name, categories)
    return NoteNames(tuple(folders), name, file_name, categories, is_index)


def _stands_for_folder(stem: str, folders: list[str], config: AddressesConfig) -> bool:
    if stem.casefold() in config.index_files:
        return True
    return config.folder_notes and bool(folders) and stem == folders[-1]
