"""Damages to the folder of an index: each is found, none is quoted, and `rag build` repairs all.

Each is done to a fresh copy of one built index, asked by a chat that opens it afterwards and by one that was
open before. An answer is either that of the whole index or one line that says what to do.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rag import doctor
from rag.build import build
from rag.chat import Chat
from rag.errors import RagError
from rag.index import snapshots
from rag.index.opened import Index
from rag.index.recipes import recipe_of
from rag.output.json import as_json
from rag.settings import Settings
from rag.types import Filter

ARTICLES = {
    "bread.md": "---\ntitle: Bread\ndate: 2026-01-05\nsource: Baker\nauthor: Ann Oven\n---\n"
    "Bread is baked from flour and water. Sourdough is made without added yeast.",
    "bridge.md": "---\ntitle: The bridge\ndate: 2026-02-07\nsource: Herald\nurl: https://example.org/b\n---\n"
    "The bridge carries 40 trains a day. It was painted red in 1995 and has two tracks of equal width.",
    "copy.md": "---\ntitle: The bridge again\ndate: 2026-02-09\nsource: Echo\n---\n"
    "The bridge carries 40 trains a day. It was painted red in 1995 and has two tracks of equal width.",
    "moon.md": "---\ntitle: The Moon\ndate: 2026-03-01\n---\n"
    "The Moon orbits the Earth. Its distance from us is about 384,400 kilometres.\n\n"
    "Neil Armstrong walked on the Moon in July 1969.",
}
OTHERS = {
    name: text.replace("40 trains", "90 trains").replace("384,400", "584,400").replace("flour", "stone")
    for name, text in ARTICLES.items()
} | {"tea.md": "Tea is made from leaves. Green tea is not oxidised, and black tea is."}
"""The articles of another index: the same ones with wrong words, and one more."""

QUESTIONS: tuple[tuple[str, Filter | None], ...] = (
    ("What is Bread baked from?", None),
    ("How many trains does the bridge carry a day?", None),
    ("What is the distance of the Moon in kilometres?", Filter(since=date(2026, 2, 20))),
    ("Which articles do you have?", None),
    ('Who "walked on the Moon"?', None),
    ("What is the latest about the bridge?", Filter(sources=("Echo", "Herald"))),
)

FILES = ("articles.sqlite", "vectors.faiss", "sentences.npy", "manifest.json", "words/meta.json")


@dataclass(frozen=True)
class Place:
    """Where damage is done."""

    index: Path
    snapshot: Path
    before: Path
    """The snapshot that was in use before, of the same index."""
    other: Path
    """The snapshot of another index."""

    def file(self, name: str) -> Path:
        """Return a file of the index in use; "*.idx" stands for the first of that kind among the words."""
        if name == "CURRENT":
            return self.index / name
        folder, _, pattern = name.rpartition("/")
        return sorted((self.snapshot / folder).glob(pattern))[0]

    def twin(self, file: Path, elsewhere: Path) -> Path:
        """Return the file of another snapshot that answers to `file`, whose own name may be random."""
        if file.parent == self.index:
            return elsewhere.parents[1] / file.name
        folder = elsewhere / file.parent.relative_to(self.snapshot)
        return next(iter(sorted(folder.glob(file.name)) or sorted(folder.glob(f"*{file.suffix}"))))


Damage = Callable[[Place], None]


def in_place(file: Path, content: bytes) -> None:
    """Write over a file as `cp` does, so that who has it open sees the change."""
    file.write_bytes(content)


def flipped(name: str, at: float, place: Place) -> None:
    file = place.file(name)
    content = bytearray(file.read_bytes())
    content[int(at * (len(content) - 1))] ^= 4
    in_place(file, bytes(content))


def cut(name: str, share: float, place: Place) -> None:
    file = place.file(name)
    in_place(file, file.read_bytes()[: int(share * file.stat().st_size)])


def lengthened(name: str, place: Place) -> None:
    file = place.file(name)
    in_place(file, file.read_bytes() + b"\0 more")


def garbage(name: str, place: Place) -> None:
    file = place.file(name)
    in_place(file, b"\xff garbage\n" * (file.stat().st_size // 10 + 1))


def removed(name: str, place: Place) -> None:
    place.file(name).unlink()


def a_folder(name: str, place: Place) -> None:
    file = place.file(name)
    file.unlink()
    file.mkdir()
    (file / "inside").write_text("?", encoding="utf-8")


def a_link_to_itself(name: str, place: Place) -> None:
    file = place.file(name)
    file.unlink()
    file.symlink_to(file)


def of_another(name: str, place: Place) -> None:
    file = place.file(name)
    in_place(file, place.twin(file, place.other).read_bytes())


def of_the_one_before(name: str, place: Place) -> None:
    file = place.file(name)
    in_place(file, place.twin(file, place.before).read_bytes())


def replaced(old: bytes, new: bytes, place: Place) -> None:
    file = place.file("articles.sqlite")
    assert old in file.read_bytes()
    in_place(file, file.read_bytes().replace(old, new))


def sql(statement: str, place: Place) -> None:
    with contextlib.closing(sqlite3.connect(place.file("articles.sqlite"))) as database:
        assert database.execute(statement).rowcount > 0
        database.commit()


def manifest(change: Callable[[dict[str, Any]], object], place: Place) -> None:
    file = place.file("manifest.json")
    found = json.loads(file.read_text(encoding="utf-8"))
    change(found)
    in_place(file, json.dumps(found, ensure_ascii=False, indent=1).encode())


def edited(path: str, value: object) -> Damage:
    def change(found: dict[str, Any]) -> None:
        *parents, last = path.split(".", 1) if path.startswith(("recipe.", "checksums.")) else [path]
        for parent in parents:
            found = found[parent]
        assert found[last] != value
        found[last] = value

    return partial(manifest, change)


def without(field: str) -> Damage:
    return partial(manifest, lambda found: found.pop(field))


def resealed(place: Place) -> None:
    """Change the text, and the manifest's checksum with it."""
    sql("UPDATE articles SET text = replace(text, '40 trains', '90 trains')", place)
    sums = snapshots.checksums(place.snapshot)
    manifest(lambda found: found["checksums"].update(sums), place)


def whole(swapped: str, place: Place) -> None:
    shutil.rmtree(place.snapshot)
    shutil.copytree(getattr(place, swapped), place.snapshot)


def current(text: bytes, place: Place) -> None:
    in_place(place.index / "CURRENT", text)


def without_its_checksum(place: Place) -> None:
    in_place(place.index / "CURRENT", f"{place.snapshot.name}\n".encode())


def gone(what: str, place: Place) -> None:
    shutil.rmtree(place.index / what)


def a_file_for(what: str, place: Place) -> None:
    gone(what, place)
    (place.index / what).write_text("a file", encoding="utf-8")


def a_folder_at(name: str, place: Place) -> None:
    """Leave a folder where a build writes a file."""
    (place.index / name).mkdir()
    (place.index / "CURRENT").write_bytes(b"")


def words_gone(place: Place) -> None:
    shutil.rmtree(place.snapshot / "words")


def words_of_another(place: Place) -> None:
    words_gone(place)
    shutil.copytree(place.other / "words", place.snapshot / "words")


WORDS = ("words/.managed.json", *(f"words/*.{kind}" for kind in "fast fieldnorm idx pos store term".split()))

TABLE: dict[str, Damage] = {
    **{
        f"flipped: {name} at {at:.0%}": partial(flipped, name, at)
        for name in ("CURRENT", *FILES, *WORDS)
        for at in (0, 0.5, 0.98)
    },
    **{f"cut: {name} to {share:.0%}": partial(cut, name, share) for name in ("CURRENT", *FILES, *WORDS)
       for share in (0, 0.6)},
    **{
        f"replaced: {name} {damage.__name__.replace('_', ' ')}": partial(damage, name)
        for damage in (lengthened, garbage, removed, a_folder, a_link_to_itself)
        for name in ("CURRENT", *FILES)
    },
    **{
        f"replaced: {name} {damage.__name__}": partial(damage, name)
        for damage in (removed, garbage)
        for name in WORDS
    },
    **{
        f"swapped: {name} of another index": partial(of_another, name)
        for name in ("CURRENT", *FILES, *WORDS)
    },
    **{f"swapped: {name} of the snapshot before": partial(of_the_one_before, name) for name in FILES},
    "swapped: words of another index": words_of_another,
    "replaced: words removed": words_gone,
    "edited: a digit in the text": partial(replaced, b"384,400", b"384,900"),
    "edited: a digit in a sentence": partial(replaced, b"40 trains", b"90 trains"),
    "edited: a letter in a title": partial(replaced, b"The Moon", b"The Noon"),
    "edited: a digit of a date": partial(replaced, b"2026-03-01", b"2026-01-01"),
    "edited: the source's name": partial(replaced, b"Herald", b"Harald"),
    **{
        f"statement: {statement[:60]}": partial(sql, statement)
        for statement in (
            "UPDATE articles SET text = replace(text, '40 trains', '90 trains')",
            "UPDATE articles SET text = 'Nothing.'",
            "UPDATE articles SET text = x'ff00'",
            "UPDATE articles SET title = 'Another title'",
            "UPDATE articles SET published = '2020-01-01'",
            "UPDATE articles SET published = 'someday'",
            "UPDATE articles SET published = NULL",
            "UPDATE articles SET source = 'Elsewhere'",
            "UPDATE articles SET author = 'Nobody'",
            "UPDATE articles SET url = 'https://example.com/'",
            "UPDATE articles SET language = 'de'",
            "UPDATE articles SET id = 'x' || id",
            "UPDATE articles SET path = 'x' || path",
            "UPDATE articles SET number = number + 100",
            "UPDATE articles SET seal = x'00'",
            "DELETE FROM articles WHERE number = 1",
            "DELETE FROM articles",
            "UPDATE passages SET sentences = '[[0, 5]]'",
            "UPDATE passages SET sentences = '[]'",
            "UPDATE passages SET sentences = 'not JSON'",
            "UPDATE passages SET article = 0",
            "UPDATE passages SET article = 77",
            "UPDATE passages SET row = row + 100",
            "UPDATE passages SET row = -row",
            "UPDATE passages SET first_sentence = 0",
            "UPDATE passages SET first_sentence = 9999",
            "UPDATE passages SET digest = x'00'",
            "DELETE FROM passages",
            "DELETE FROM passages WHERE row = 2",
            "INSERT INTO passages SELECT row + 50, article, sentences, 0, digest, seal FROM passages",
        )
    },
    "field: checksum and text together": resealed,
    **{
        f"field: {path} is {value!r:.30}": edited(path, value)
        for path, value in (
            ("recipe.model", "another"),
            ("recipe.model_sha256", "0"),
            ("recipe.language", "de"),
            ("recipe.passage_tokens", 99),
            ("recipe.format", 3),
            ("recipe.format", 99),
            ("created", "2099-01-01T00:00:00+00:00"),
            ("corpus", "elsewhere"),
            ("files", {}),
            ("unread", {"a": "b"}),
            ("articles", 3),
            ("passages", 2),
            ("sentences", 1),
            ("dimension", 3),
            ("checksums", {}),
            ("checksums", None),
            ("checksums.articles.sqlite", "0" * 64),
        )
    },
    **{
        f"field: {field} missing": without(field)
        for field in ("recipe", "created", "corpus", "files", "unread", "articles", "passages", "checksums")
    },
    "field: one too many": partial(manifest, lambda found: found.update(more=1)),
    "field: nested too deeply": lambda place: in_place(place.file("manifest.json"), b"[" * 100_000),
    "whole: the snapshot of another index": partial(whole, "other"),
    "whole: the snapshot before": partial(whole, "before"),
    "whole: the snapshot removed": lambda place: shutil.rmtree(place.snapshot),
    "whole: all snapshots removed": partial(gone, "snapshots"),
    "whole: a file where snapshots should be": partial(a_file_for, "snapshots"),
    "named: without the checksum": without_its_checksum,
    "whole: a folder at .CURRENT.new": partial(a_folder_at, ".CURRENT.new"),
    **{
        f"named: {text[:30]!r}": partial(current, text)
        for text in (
            b"../..", b"..", b"/etc", b"\n", b"20260101T000000000000\n", b"CURRENT", b"\xff\xfe\x00",
            b"a\0b", b"x" * 100_000,
        )
    },
}  # fmt: skip


def said(chat: Chat) -> list[object]:
    """Return what each question is told: its answer, or the line of an error."""
    found: list[object] = []
    for question, among in QUESTIONS:
        try:
            found.append(as_json(chat.ask(question, among)))
        except RagError as error:
            found.append(error)
    return found


def written(corpus: Path, articles: dict[str, str]) -> Path:
    corpus.mkdir(parents=True, exist_ok=True)
    for name, text in articles.items():
        (corpus / name).write_text(text, encoding="utf-8")
    return corpus


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of two snapshots, and beside it another one."""
    from conftest import ToyEmbedder

    home = tmp_path_factory.mktemp("built")
    settings = Settings(corpus=home / "corpus", index=home / "index", passage_tokens=24, reader=False)
    for articles in (OTHERS, ARTICLES):
        shutil.rmtree(written(settings.corpus, articles))
        written(settings.corpus, articles)
        build(settings, embedder=ToyEmbedder())
    others = replace(settings, corpus=written(home / "others", OTHERS), index=home / "other")
    build(others, embedder=ToyEmbedder())
    return settings


@pytest.fixture(scope="module")
def right(built: Settings) -> list[object]:
    """What the whole index says."""
    from conftest import ToyEmbedder

    found = said(Chat.open(built, ToyEmbedder()))
    assert not any(isinstance(each, RagError) for each in found)
    assert sum(bool(each.get("answered")) for each in found if isinstance(each, dict)) >= 4
    return found


@pytest.fixture
def place(built: Settings, tmp_path: Path) -> Iterator[Place]:
    """A copy of the index, to be damaged."""
    copy = shutil.copytree(built.index, tmp_path / "index")
    name = snapshots.current(copy)
    other = snapshots.current(built.index.parent / "other")
    assert name and other
    [before] = [each for each in (copy / "snapshots").iterdir() if each.name != name]
    yield Place(copy, copy / "snapshots" / name, before, built.index.parent / "other" / "snapshots" / other)


@pytest.fixture
def settings(built: Settings, place: Place, toy, monkeypatch) -> Settings:
    """Settings of the copy, for a doctor who knows the toy model."""
    monkeypatch.setattr(doctor, "recipe_of", lambda settings: recipe_of(settings, toy))
    return replace(built, index=place.index)


def refuse(found: list[object], right: list[object]) -> list[str]:
    """Return the lines of errors. Fails when anything else is not what the whole index says."""
    lines = []
    for each, expected in zip(found, right, strict=True):
        if isinstance(each, RagError):
            assert "\n" not in str(each)
            lines.append(str(each))
        else:
            assert each == expected
    return lines


def test_there_are_enough_damages() -> None:
    assert len(TABLE) >= 130


@pytest.mark.parametrize("name", TABLE)
def test_a_damage_is_found_never_quoted_and_repaired(
    name: str, place: Place, settings: Settings, right: list[object], toy
) -> None:
    open_before = Chat.open(settings, toy)
    TABLE[name](place)

    refuse(said(open_before), right)
    with pytest.raises(RagError) as found:
        Index.open(settings.index, recipe_of(settings, toy))
    assert "\n" not in str(found.value)
    assert "rag build" in str(found.value)
    findings = list(doctor.examine(settings))
    assert any(not each.good and "rag build" in each.text for each in findings)

    assert build(settings, embedder=toy).changed
    assert said(Chat.open(settings, toy)) == right
    assert all(each.good for each in doctor.examine(settings) if each.subject in ("index", "fresh", "stale"))
    assert not build(settings, embedder=toy).changed
