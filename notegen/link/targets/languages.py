"""Links between notes in several languages: a name means the note in the language of the note that it stands in."""

from collections.abc import Sequence

import msgspec

from notegen.model.strings import ContentPath


class LinkLanguages(msgspec.Struct, frozen=True):
    """What links need to know of languages, by content path.

    `tags`: of the notes that are not in the site's language; `bare`: path without the language, of notes whose paths
    tell it; `partners`: a note in each of its languages, by their tags.
    """

    tags: dict[ContentPath, str] = {}
    bare: dict[ContentPath, ContentPath] = {}
    partners: dict[ContentPath, dict[str, ContentPath]] = {}

    def version(self, source: ContentPath, content_path: ContentPath) -> ContentPath:
        """Return the note that is meant in `source` by the path of another.

        It is its translation into the language of `source`, if it has one and the path tells no language; but a
        translation may name its original.
        """
        partners = self.partners.get(content_path)
        if partners is None or content_path in self.bare:
            return content_path
        tag = self.tags.get(source, "")
        meant = next((other for other in partners.values() if self.tags.get(other, "") == tag), content_path)
        return content_path if meant == source else meant

    def nearest(self, source: ContentPath, content_paths: Sequence[ContentPath]) -> tuple[ContentPath, ...]:
        """Return those of some notes that are in the language of `source`; else those in the site's; else all."""
        for tag in dict.fromkeys((self.tags.get(source, ""), "")):
            same = tuple(content_path for content_path in content_paths if self.tags.get(content_path, "") == tag)
            if same:
                return same
        return tuple(content_paths)


ONE_LANGUAGE = LinkLanguages()
