"""An index and what people put beside the articles are kept in one file, and come back as they were."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from rag import files
from rag.build import build
from rag.chat import Chat
from rag.corpus import corrections, intake
from rag.errors import SnapshotError
from rag.index import archive, snapshots
from rag.settings import Settings

CASE = '{"question": "What is tea made from?", "relevant": ["tea.md"]}\n'


@pytest.fixture
def used(settings: Settings, toy) -> Settings:
    """Settings over an index with labelled questions, a correction and a removed article."""
    settings.questions.write_text(CASE, encoding="utf-8")
    corrections.correct(settings.corpus, "tea.md", {"author": "Ada"})
    intake.remove(settings, "bread.md")
    build(settings, embedder=toy)
    return settings


@pytest.fixture
def elsewhere(used: Settings, tmp_path: Path) -> Settings:
    """Settings of another machine, where there is nothing."""
    new = tmp_path / "new"
    return replace(used, index=new / "index", corpus=new / "corpus", questions=new / "questions.jsonl")


def contents(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_all_but_the_articles_comes_back(used: Settings, elsewhere: Settings, toy, tmp_path: Path) -> None:
    kept = archive.backup(used, tmp_path / "a.tar")
    back = archive.restore(elsewhere, tmp_path / "a.tar")
    assert kept.told() == back.told()
    assert kept.told() == "an index of 2 articles, 3 passages, labelled questions, corrections, 1 removed"
    assert elsewhere.questions.read_text(encoding="utf-8") == CASE
    assert sorted(contents(elsewhere.corpus)) == [".removed/bread.md", "footnote.toml"]
    assert sorted(path.name for path in elsewhere.index.iterdir()) == ["CURRENT", "build.lock", "snapshots"]
    asked = "What is Tea made from?"
    assert Chat.open(elsewhere, toy).ask(asked) == Chat.open(used, toy).ask(asked)


def test_with_its_articles_a_build_has_nothing_to_do(
    used: Settings, elsewhere: Settings, toy, tmp_path: Path
) -> None:
    archive.backup(used, tmp_path / "a.tar", articles=True)
    archive.restore(elsewhere, tmp_path / "a.tar")
    assert contents(elsewhere.corpus) == contents(used.corpus)
    toy.seen.clear()
    assert not build(elsewhere, embedder=toy).changed
    assert toy.seen == []


def test_large_files_that_come_back_are_not_hashed_at_each_opening(
    used: Settings, elsewhere: Settings, toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.backup(used, tmp_path / "a.tar")
    monkeypatch.setattr(snapshots, "LARGE", 0)
    archive.restore(elsewhere, tmp_path / "a.tar")
    assert snapshots.damaged(elsewhere.index) == []
    monkeypatch.setattr(hashlib, "file_digest", None)
    Chat.open(elsewhere, toy)


def test_nothing_is_replaced_without_being_told(used: Settings, toy, tmp_path: Path) -> None:
    file = tmp_path / "a.tar"
    archive.backup(used, file)
    content = file.read_bytes()
    with pytest.raises(SnapshotError, match="is there already"):
        archive.backup(used, file)
    archive.backup(used, file, replace=True)
    assert file.read_bytes() == content
    used.questions.write_text("", encoding="utf-8")
    (used.corpus / "tea.md").write_text("Tea is drunk hot.", encoding="utf-8")
    build(used, embedder=toy)
    before = contents(used.index) | contents(used.corpus)
    with pytest.raises(SnapshotError, match=r"CURRENT, .*questions.jsonl would be replaced"):
        archive.restore(used, file)
    assert contents(used.index) | contents(used.corpus) == before
    assert used.questions.read_text(encoding="utf-8") == ""
    archive.restore(used, file, replace=True)
    assert used.questions.read_text(encoding="utf-8") == CASE
    assert "leaves" in Chat.open(used, toy).article("tea.md").text
    archive.restore(used, file, replace=True)  # the same snapshot again
    assert "leaves" in Chat.open(used, toy).article("tea.md").text


def packed(members: dict[str, bytes], change: Callable[[tarfile.TarInfo], object] | None = None) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as made:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            if change and name != archive.LIST:
                change(member)
            made.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def listed(members: dict[str, bytes]) -> dict[str, bytes]:
    """Return `members` with a right list of them."""
    found = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
    return members | {archive.LIST: json.dumps({"format": 1, "files": found}).encode()}


def unpacked(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as made:
        return {each.name: made.extractfile(each).read() for each in made if each.name != archive.LIST}


@pytest.mark.parametrize(
    "name",
    [
        "../outside", "corpus/../../outside", "/tmp/outside", "corpus/./a", "corpus//a", "corpus\\..\\a",
        "C:/a", "outside", "index/other", "index/snapshots/other/a", "corpus/a\0b",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(
    used: Settings, elsewhere: Settings, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "a.tar"
    archive.backup(used, file)
    file.write_bytes(packed(listed(unpacked(file) | {name: b"content"})))
    with pytest.raises(SnapshotError, match="is no whole backup"):
        archive.restore(elsewhere, file)
    assert sorted(contents(elsewhere.index.parent)) == []
    assert not (tmp_path / "outside").exists()


def test_links_and_devices_are_refused(used: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    file = tmp_path / "a.tar"
    archive.backup(used, file)
    members = listed(unpacked(file))
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):

        def change(member: tarfile.TarInfo, kind: bytes = kind) -> None:
            if member.name == archive.QUESTIONS:
                member.type, member.linkname, member.size = kind, "/etc/passwd", 0

        file.write_bytes(packed(members, change))
        with pytest.raises(SnapshotError, match="is no whole backup"):
            archive.restore(elsewhere, file)
        assert contents(elsewhere.index.parent) == {}


def test_a_link_in_the_corpus_leads_nothing_out_of_it(
    used: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    archive.backup(used, tmp_path / "a.tar")
    elsewhere.corpus.mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (elsewhere.corpus / ".removed").symlink_to(tmp_path / "outside")
    with pytest.raises(SnapshotError, match="leads out of"):
        archive.restore(elsewhere, tmp_path / "a.tar")
    assert not list((tmp_path / "outside").iterdir())


def test_an_archive_that_is_cut_or_changed_puts_nothing_anywhere(
    used: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "a.tar"
    archive.backup(used, file)
    content = file.read_bytes()
    places = [content.index(word) for word in (b"leaves", b"Ada", b"relevant", b'"format"')]
    damaged = [content[: len(content) * part // 5] for part in range(5)]
    damaged += [content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :] for place in places]
    damaged += [b"not a tar at all", bytes(10_000)]
    for each in damaged:
        file.write_bytes(each)
        with pytest.raises(SnapshotError, match="is no whole backup"):
            archive.restore(elsewhere, file)
        assert contents(elsewhere.index.parent) == {}
    with pytest.raises(SnapshotError, match="is not there"):
        archive.restore(elsewhere, tmp_path / "none.tar")


def test_a_damaged_index_is_not_kept(used: Settings, tmp_path: Path) -> None:
    snapshot, _ = snapshots.in_use(used.index)
    (snapshot / "overview.json").write_bytes(b"{}")
    with pytest.raises(SnapshotError, match="damaged"):
        archive.backup(used, tmp_path / "a.tar")
    assert not (tmp_path / "a.tar").exists()


def test_a_restore_that_fails_half_way_leaves_the_index_in_use(
    used: Settings, toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.tar"
    archive.backup(used, file)
    (used.corpus / "tea.md").write_text("Tea is drunk hot.", encoding="utf-8")
    build(used, embedder=toy)
    name = snapshots.current(used.index)

    def full(path: Path) -> None:
        if path.name.startswith(".CURRENT"):
            raise OSError(28, "No space left on device", str(path))
        sync(path)

    sync = files.sync
    monkeypatch.setattr(files, "sync", full)
    with pytest.raises(SnapshotError, match=r"No space left on device\); make some room there"):
        archive.restore(used, file, replace=True)
    assert snapshots.current(used.index) == name
    assert not (used.index / archive.STAGED).exists()
    assert "hot" in Chat.open(used, toy).article("tea.md").text


def test_a_build_at_work_is_waited_for(used: Settings, tmp_path: Path) -> None:
    with FileLock(used.index / "build.lock"), pytest.raises(SnapshotError, match="a build is writing"):
        archive.backup(used, tmp_path / "a.tar")


def test_what_is_staged_by_a_killed_restore_is_deleted(used: Settings, elsewhere, tmp_path: Path) -> None:
    archive.backup(used, tmp_path / "a.tar")
    left = elsewhere.index / archive.STAGED
    left.mkdir(parents=True)
    (left / "questions.jsonl").write_text("half", encoding="utf-8")
    archive.restore(elsewhere, tmp_path / "a.tar")
    assert elsewhere.questions.read_text(encoding="utf-8") == CASE
    shutil.rmtree(elsewhere.index)
