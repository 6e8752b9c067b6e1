"""The section `addresses` of site.yaml: how names become parts of addresses."""

from typing import Literal

import msgspec

Punctuation = Literal["keep", "drop", "hyphen", "letters", "signs"]


class AddressesConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How names become parts of addresses, where another program made them otherwise."""

    lower: bool = False  # letters become small (Hugo)
    spaces: str = "-"  # what stands for spaces in names; "" keeps them, as %20 (Hexo, MkDocs)
    punctuation: Punctuation = "keep"  # signs: drop (Hugo), hyphen (Jekyll), letters: no _ and . either (MyST)
    replace: dict[str, str] = {}  # signs or words -> what stands for them, such as {"&": "-and-"}
    dates: Literal["cut", "keep"] = "cut"  # in front of names of files and bundles: 2026-01-31-x is x
    number_prefixes: Literal["keep", "strip", "strip_all"] = "keep"  # 01-intro is intro (Docusaurus)
    index_files: tuple[str, ...] = ("index", "_index", "readme")  # files that stand for their folder
    asset_folders: bool = False  # files in the folder called as a note, a/x.png of a.md, are at its address (Hexo)
    section_lists: bool = False  # folders at the top have lists wherever their notes are (Hugo, Docusaurus)
    folder_notes: bool = False  # intro/intro.md stands for its folder (Docusaurus)
    ids: bool = False  # `id:` in front matter is the name (Docusaurus)
    lower_categories: bool = False  # in the addresses of notes (Jekyll)
    category_spaces: str = "-"  # in the addresses of notes; "" keeps them (Jekyll)
    term_punctuation: Punctuation = "keep"  # of categories and tags; signs: those of ASCII become hyphens (Hexo)
    lower_terms: bool = False  # letters of categories, tags and series become small, series are as tags else (Hugo)
    categories: dict[str, str] = {}  # names -> what stands for them in addresses (Hexo's category_map)
    tags: dict[str, str] = {}  # likewise (Hexo's tag_map)
    nested_tags: bool = False  # the tag a/b is at /tags/a/b/, not at /tags/a-b/ (Quartz)
    default_category: str = ""  # of notes without one, in addresses (Hexo: uncategorized)
    absolute_permalinks: bool = False  # one with a / in front gets no folder of the note's language (Hugo)
    pages: str = ""  # pattern for pages that are no notes; empty: as notes, if these are at /:path, else /:path/
    aliases: Literal["names", "beside", "root"] = "names"  # without /: names, or old addresses beside it, below /
