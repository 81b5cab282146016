"""Nasty files: each is read, or refused with a reason, within the limit, and costs no other anything."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from misbehaving import misbehave
from nasty_files import FEEDS, NASTY, STORY, Nasty

from rag.corpus import intake
from rag.corpus.folder import Corpus, Unread, fingerprints, read_folder
from rag.corpus.formats.apart import Limits, Pool
from rag.corpus.formats.records import articles, records
from rag.corpus.web.get import Fetched
from rag.corpus.web.lists import links
from rag.errors import CorpusError, ReadingError, WebError
from rag.index.duplicates import Known, find
from rag.index.passages import split_passages
from rag.settings import Settings
from rag.types import Article

QUICK = Limits(seconds=3, pace=10**12, memory=1_500_000_000, output=50_000_000)
"""So that what would take long is refused soon."""

PART = 20
"""The files are as much smaller here than in benchmarks/nasty.py, so that most take no time."""


def small(nasty: Nasty) -> bytes:
    is_long = 1000 < nasty.size < 100_000_000
    return nasty.make(max(nasty.size // PART, 1000) if is_long else nasty.size)


def used() -> float:
    """Return the seconds of processor time that this process and those it ended have used."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Corpus, float]:
    """The nasty files, an honest one after each of them, and how long reading them took."""
    folder = tmp_path_factory.mktemp("nasty")
    for number, nasty in enumerate(NASTY):
        (folder / f"{number:03}-{nasty.name}").write_bytes(small(nasty))
        (folder / f"{number:03}-z-honest.txt").write_text(STORY, encoding="utf-8")
    started = used()
    return read_folder(folder, limits=QUICK), used() - started


def outcomes(read: Corpus) -> dict[str, str]:
    """Return for each nasty file what became of it."""
    unread = {each.path: each.reason for each in read.unread}
    return {
        f"{number:03}-{nasty.name}": unread.get(f"{number:03}-{nasty.name}", "read")
        for number, nasty in enumerate(NASTY)
    }


def test_there_are_more_than_150_of_eight_formats() -> None:
    assert len(NASTY) >= 150
    assert len({nasty.suffix for nasty in NASTY}) == 8
    assert len({nasty.name for nasty in NASTY}) == len(NASTY)


def test_every_file_beside_a_nasty_one_is_read(read: tuple[Corpus, float]) -> None:
    honest = [article for article in read[0].articles if article.id.endswith("-z-honest.txt")]
    assert [article.text for article in honest] == [STORY.strip()] * len(NASTY)


def test_every_nasty_file_is_read_or_refused_with_a_reason(read: tuple[Corpus, float]) -> None:
    ids = {article.id.partition("#")[0] for article in read[0].articles}
    for path, outcome in outcomes(read[0]).items():
        assert path in ids if outcome == "read" else outcome.strip(), path


def test_all_take_less_than_a_limit_for_each_would(read: tuple[Corpus, float]) -> None:
    """Each may cost two of them, as what ends a used process is read again; most cost nothing."""
    assert read[1] < 2 * QUICK.seconds * len(NASTY) / 4


def test_articles_come_in_the_order_of_the_folder_whoever_was_ready_first(read: tuple[Corpus, float]) -> None:
    paths = [article.id.partition("#")[0] for article in read[0].articles]
    assert paths == sorted(paths)


KNOWN = (
    "yaml-aliases.md",
    "yaml-aliases-in-authors.md",
    "yaml-aliases-in-broken-front-matter.md",
    "yaml-alias-to-itself.md",
    "chapter-named-often.epub",
    "chapter-under-many-names.epub",
    "wide-cell.docx",
    "merged-column.docx",
    "wrapped-lines.txt",
    "combining-marks.txt",
    "long-s.txt",
    "deep-below-the-limit.jsonl",
)
"""Those that are mended at their cause: they are read, and need no limit."""


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_bomb_is_mended_at_its_cause(name: str) -> None:
    nasty = next(each for each in NASTY if each.name == name)
    with Pool(records, replace(QUICK, seconds=15)) as pool:
        (found,) = articles(pool.find(name, nasty.make(nasty.size)), name)
    assert isinstance(found, Article), found


# Processes that misbehave in every way a parser may.


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hang", "took longer than 3 seconds to read; split it, or save it in another format"),
        ("exit", "ended the process that read it (status 0); save it anew, or in another format"),
        ("crash", "ended the process that read it (status -6); save it anew, or in another format"),
        ("memory", "takes more than 1,500,000,000 bytes of memory to read; split it"),
        ("bug", "cannot be read: KeyError: 'a slip of ours'"),
        ("output", "gives too much text to be read at once; split it"),
        ("records", "gives too much text to be read at once; split it"),
        ("length", "gives too much text to be read at once; split it"),
    ],
)
def test_a_process_that_fails_costs_the_file_it_read(name: str, reason: str) -> None:
    with Pool(misbehave, replace(QUICK, output=5_000_000)) as pool:
        outcomes = dict(pool.find_all([("a", b"1"), (name, b"2"), ("b", b"3"), ("c", b"4")]))
    assert [str(each) for each in outcomes.pop(name)] == [reason]
    assert outcomes == {"a": [("a", "1")], "b": [("b", "3")], "c": [("c", "4")]}


def test_nonsense_from_a_process_is_no_record_and_ends_it() -> None:
    with Pool(misbehave, QUICK) as pool:
        (found,) = pool.find("nonsense", b"1")
        assert isinstance(found, ReadingError)
        assert pool.find("a", b"2") == [("a", "2")]


def test_what_a_library_prints_is_no_part_of_the_answer() -> None:
    with Pool(misbehave, QUICK) as pool:
        assert pool.find("print", b"1") == [("print", "1")]


def test_a_file_is_not_blamed_for_what_the_one_before_it_left() -> None:
    """Its process was ended behind the pool's back; a fresh one reads it."""
    with Pool(misbehave, QUICK) as pool:
        assert pool.find("a", b"1") == [("a", "1")]
        for process in pool._processes:
            if process._running:
                process._running.kill()
        assert pool.find("b", b"2") == [("b", "2")]


def test_records_that_cannot_be_articles_of_the_file_are_refused() -> None:
    whole = ("a.txt", "T", "Text.", "2025-08-14", "", "", "", "", "[[0, 5]]")
    for record in (
        (),
        whole[:8],
        ("b.txt", *whole[1:]),
        (*whole[:2], "", *whole[3:]),
        (*whole[:3], "soon", *whole[4:]),
        (*whole[:8], "[[0, 6]]"),
        (*whole[:8], "[[0, 3], [2, 5]]"),
        (*whole[:8], "[0]"),
        (*whole[:8], "{"),
    ):
        (found,) = articles([record], "a.txt")
        assert isinstance(found, ReadingError), record
    assert isinstance(next(articles([whole], "a.txt")), Article)


def test_no_process_is_left_when_the_pool_is_closed() -> None:
    with Pool(misbehave, QUICK) as pool:
        pool.find("a", b"1")
        started = [process._running for process in pool._processes if process._running]
    assert started
    assert all(process.poll() is not None for process in started)


def test_a_process_that_does_not_start_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", sys.executable + "-none")
    with Pool(misbehave, QUICK) as pool, pytest.raises(CorpusError, match="no process can be started"):
        pool.find("a", b"1")


def test_the_processes_that_read_import_no_model_and_no_page() -> None:
    code = (
        "import sys, rag.corpus.formats.worker, rag.corpus.formats.records as r\n"
        "[*r.records(b'<p>' + b'It rained. ' * 50, 'a.html'), *r.records(b'%PDF-', 'a.pdf')]\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert {"torch", "gradio", "faiss", "onnxruntime", "transformers", "httpx"} & set(loaded.split()) == set()


# Uploads, feeds, links and what reaches the passages


def test_a_poisoned_upload_is_refused_and_later_changes_go_on(settings: Settings) -> None:
    poison = next(each for each in NASTY if each.name == "references.md")
    with pytest.raises(ReadingError, match="took longer than 2 seconds to read"):
        intake.keep(settings, "poison.md", poison.make(poison.size), limits=replace(QUICK, seconds=2))
    assert intake.keep(settings, "cape.txt", STORY.encode()).path == "added/cape.txt"
    assert [each.id for each in read_folder(settings.corpus).articles] == [
        "added/cape.txt",
        "bread.md",
        "moon.md",
        "tea.md",
    ]


@pytest.mark.parametrize("kind", FEEDS)
def test_a_nasty_feed_or_sitemap_is_read_or_refused(kind: str) -> None:
    make, size = FEEDS[kind]
    found = Fetched("http://a.example/feed", 200, "application/rss+xml", None, make(size))
    started = used()
    try:
        links(found, limits=QUICK)
    except (ReadingError, WebError) as error:
        assert str(error)
    assert used() - started < 30


def test_links_to_themselves_and_around_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "one.txt").symlink_to("two.txt")
    (tmp_path / "two.txt").symlink_to("one.txt")
    (tmp_path / "folder").symlink_to("folder")
    (tmp_path / "long.txt").symlink_to("x" * 300)
    (tmp_path / "above").symlink_to("..")
    (tmp_path / "here").symlink_to(".")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "to-pipe.txt").symlink_to("pipe.txt")
    read = read_folder(tmp_path)
    assert [article.id for article in read.articles] == ["a.txt"]
    assert read.unread == (
        Unread("above", "is a link that leads out of the folder; copy the file itself"),
        Unread("folder", "is not in a known format (no suffix)"),
        Unread("long.txt", "cannot be opened: File name too long"),
        Unread("one.txt", "is not a file that can be read"),
        Unread("pipe.txt", "is not a file that can be read"),
        Unread("self.txt", "is not a file that can be read"),
        Unread("to-pipe.txt", "is not a file that can be read"),
        Unread("two.txt", "is not a file that can be read"),
        Unread("zero.txt", "is a link that leads out of the folder; copy the file itself"),
    )
    assert fingerprints(tmp_path)[1].keys() == {each.path for each in read.unread}


def test_folders_deeper_than_calls_may_be_are_read(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(1200):
        deep /= "d"
        deep.mkdir()
    (deep / "a.txt").write_text("It rained.", encoding="utf-8")
    try:
        assert [article.text for article in read_folder(tmp_path).articles] == ["It rained."]
    finally:  # pytest's own way to clean up calls itself for each
        (deep / "a.txt").unlink()
        while deep != tmp_path:
            deep.rmdir()
            deep = deep.parent


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2_000_000,
        "word " * 100_000,
        "A. " * 100_000,
        "a\n" * 100_000,
        "Ends here. and goes on! " * 20_000,
        "\u201c" * 300_000,
        "'" * 300_000,
        "Word" + ".)\"']" * 60_000,
        "a" + " " * 500_000 + "b",
    ],
    ids=["word", "line", "letters", "lines", "lower", "quotes", "apostrophes", "stops", "blanks"],
)
def test_no_text_holds_up_the_splitting_or_the_search_for_copies(text: str) -> None:
    """In seconds of this process: on the code before, the row of quotes took minutes."""
    article = Article(id="a", title="A", text=text)
    started = time.process_time()
    passages = list(
        split_passages(article, lambda texts: [1 + len(each.split()) for each in texts], limit=160)
    )
    find({0: Known.of(article)}, lambda _: text)
    assert time.process_time() - started < 20
    assert max(len(passage.text) for passage in passages) <= 160 * 100 * 2
    covered = "".join(passage.text for passage in passages)
    assert covered.replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
