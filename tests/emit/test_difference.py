"""The plan of an emit, from values alone: what is written, deleted, kept, or not touched."""

from collections.abc import Iterable

from notegen.emit.difference import Difference, difference_of, unproven
from notegen.emit.manifest import Manifest, ManifestEntry
from notegen.model.output import Inline, OutputFile
from notegen.system.disk import FileStat
from tests.support.cases import all_cases

STAT = FileStat(size=1, modified=1, changed=1, number=1)
OLD = ManifestEntry("old", STAT)


def files(*paths: str) -> list[OutputFile]:
    return [OutputFile(path, f"digest of {path}", Inline(b"x")) for path in paths]


def plan(
    new: Iterable[str],
    *,
    changed: Iterable[str] = (),
    before: Iterable[str] = (),
    there: Iterable[str] = (),
    ours: Iterable[str] = (),
    delete: bool = True,
    force: bool = False,
) -> Difference:
    """Return the plan for files with these paths; `before`: those of an earlier build, `there`: those on the disk."""
    manifest = Manifest(dict.fromkeys(before, OLD))
    exists, own = set(there).__contains__, set(ours).__contains__
    return difference_of(files(*new), files(*changed), manifest, exists, own, delete=delete, force=force)


def test_what_the_manifest_proves_is_not_looked_at() -> None:
    known, other = files("a", "b")
    manifest = Manifest(
        {"a": ManifestEntry(known.digest, STAT), "b": ManifestEntry("another", STAT)}, time=10_000_000_000
    )
    assert unproven([known, other], manifest, {"a": STAT, "b": STAT}) == [other]
    assert unproven([known, other], manifest, {"a": None, "b": None}) == [known, other]


def test_an_output_folder_that_is_equal_needs_nothing() -> None:
    assert plan(["a", "b"], before=["a", "b"], there=["a", "b"]).empty


def test_changed_files_are_written_in_order_and_stale_ones_deleted() -> None:
    found = plan(["a", "b", "c"], changed=["c", "a"], before=["a", "old/x"], there=["a", "old/x"])
    assert [file.path for file in found.write] == ["c", "a"]
    assert (found.remove, found.remove_first, found.keep, found.foreign) == ({"old/x": OLD}, {}, {}, ())


@all_cases(("stale", "new"), [("a", "a/index.html"), ("a/b", "a"), ("a/b/c", "a")])
def test_what_stands_in_the_way_goes_first_also_when_stale_files_stay(stale: str, new: str) -> None:
    found = plan([new], changed=[new], before=[stale, "z"], there=[stale, "z"], delete=False)
    assert (found.remove_first, found.remove, found.keep) == ({stale: OLD}, {}, {"z": OLD})
    assert not found.empty


def test_a_foreign_file_stops_everything_unless_it_is_forced() -> None:
    found = plan(["a", "b"], changed=["a", "b"], before=["old"], there=["a", "b"], ours=["b"])
    assert found == Difference(foreign=("a",))
    forced = plan(["a", "b"], changed=["a", "b"], before=["old"], there=["a", "b"], force=True)
    assert [file.path for file in forced.write] == ["a", "b"]


def test_a_foreign_file_that_is_equal_or_of_an_earlier_build_is_none() -> None:
    assert plan(["a", "b"], changed=["b"], before=["b"], there=["a", "b"]).foreign == ()


def test_a_lost_manifest_is_made_up_for_by_the_home_page() -> None:
    assert plan(["a"], changed=["a"], there=["a"], ours=["index.html"]).foreign == ()
    assert plan(["a"], changed=["a"], before=["b"], there=["a"], ours=["index.html"]).foreign == ("a",)
