"""What changed in a folder since it was read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rag.corpus import changed
from rag.corpus.changed import Changed, since
from rag.corpus.corrections import FILE
from rag.corpus.folder import fingerprints, states
from rag.errors import CorpusError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.md", "b.md", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"It rained on {name}.", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("knows_states", [True, False])
def test_what_was_added_changed_and_removed_is_told(folder: Path, knows_states: bool) -> None:
    files, then = fingerprints(folder)[0], states(folder) if knows_states else {}
    assert since(folder, files, then) == Changed()
    assert since(folder, files, then).told() == ""
    (folder / "new.txt").write_text("New.", encoding="utf-8")
    (folder / "a.md").write_text("Changed.", encoding="utf-8")
    (folder / "sub/c.txt").unlink()
    (folder / "photo.jpg").write_bytes(b"no article")
    found = since(folder, files, then)
    assert found == Changed(("new.txt",), ("a.md",), ("sub/c.txt",))
    assert found.told() == (
        "2 files were added or changed and 1 was removed since the index was built; run rag build"
    )


def test_a_change_of_the_same_size_is_found_and_a_file_that_was_touched_is_not(folder: Path) -> None:
    files, then = fingerprints(folder)[0], states(folder)
    (folder / "a.md").write_text("It poured on a.md.", encoding="utf-8")
    (folder / "a.md").write_text("It roared on a.md"[:17] + ".", encoding="utf-8")
    (folder / "b.md").write_text("It snowed on b.md", encoding="utf-8")
    (folder / "b.md").write_text("It rained on b.md.", encoding="utf-8")
    os.utime(folder / "sub/c.txt", (1, 1))
    assert since(folder, files, then) == Changed(changed=("a.md",))


def test_files_that_look_the_same_are_not_opened_and_not_all_that_were_touched(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, then = fingerprints(folder)[0], states(folder)
    monkeypatch.setattr(changed, "content_of", lambda file: pytest.fail(f"{file} was opened"))
    assert since(folder, files, then) == Changed()
    monkeypatch.setattr(changed, "MOST_READ", 0)
    for name in files:
        os.utime(folder / name, (1, 1))
    assert since(folder, files, then) == Changed()


def test_what_could_not_be_read_is_not_new_and_corrections_count(folder: Path) -> None:
    (folder / "out.txt").symlink_to("/etc/hostname")
    files, then = fingerprints(folder)[0], states(folder)
    assert since(folder, files, then) == Changed()
    (folder / FILE).write_text('[files.sub]\nsource = "S"\n', encoding="utf-8")
    assert since(folder, files, then) == Changed(added=(FILE,))
    assert fingerprints(folder)[0].keys() == states(folder).keys()


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Changed(added=("a",)), "1 file was added or changed since the index was built; run rag build"),
        (Changed(removed=("a",)), "1 file was removed since the index was built; run rag build"),
        (
            Changed(changed=("a", "b", "c"), removed=("d", "e")),
            "3 files were added or changed and 2 were removed since the index was built; run rag build",
        ),
    ],
)
def test_one_line_says_it(found: Changed, told: str) -> None:
    assert found.told() == told


def test_no_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        since(tmp_path / "none", {}, {})
