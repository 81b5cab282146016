"""Nasty files: each is read, or refused with its reason, within the limit, and costs no other file anything."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nasty_files
import pytest
from nasty_files import FEEDS, NASTY, STORY

from rag.corpus import folder as corpus
from rag.corpus import intake
from rag.corpus.folder import Corpus
from rag.errors import CorpusError, ReadingError, WebError
from rag.index.passages import split_passages
from rag.corpus.formats.apart import Limits, Pool
from rag.corpus.formats.records import articles, records
from rag.corpus.formats.worker import Record
from rag.settings import Settings
from rag.types import Article
from rag.corpus.web.get import Fetched
from rag.corpus.web.lists import links

QUICK = Limits(seconds=2, pace=10**12, memory=1_500_000_000, output=50_000_000)
"""So that what would take long is refused soon."""

SLACK = 5.0
"""Seconds that starting, ending and replacing a process may add on a busy machine."""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Corpus, float]:
    """The nasty files, an honest one after each of them, and how long reading them took."""
    folder = tmp_path_factory.mktemp("nasty")
    for number, nasty in enumerate(NASTY):
        (folder / f"{number:03}-{nasty.name}").write_bytes(nasty.make(nasty.size))
        (folder / f"{number:03}-z-honest.txt").write_text(STORY, encoding="utf-8")
    started = time.monotonic()
    return corpus.read(folder, limits=QUICK), time.monotonic() - started


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


def test_no_file_takes_longer_than_the_limit(read: tuple[Corpus, float]) -> None:
    """Each costs a process two limits at most: what ends a used process is read again in a fresh one."""
    assert read[1] < len(NASTY) * (QUICK.seconds + SLACK)
    assert read[1] < 120


def test_what_is_read_and_refused_is_the_same_in_the_order_of_the_folder(read: tuple[Corpus, float]) -> None:
    paths = [article.id.partition("#")[0] for article in read[0].articles]
    assert paths == sorted(paths)


KNOWN = {
    "yaml-aliases.md": "read",
    "yaml-aliases-in-authors.md": "front matter, line 3: *a repeats what stands elsewhere; write it out",
    "chapter-named-often.epub": "read",
    "chapter-under-many-names.epub": "read",
    "captions.html": "read",
    "wide-cell.docx": "read",
    "merged-column.docx": "read",
    "wrapped-lines.txt": "read",
    "combining-marks.txt": "read",
    "long-s.txt": "read",
}
"""Those that are mended at their cause: no limit is needed for them."""


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_bomb_is_mended_at_its_cause(name: str) -> None:
    nasty = next(each for each in NASTY if each.name == name)
    with Pool(records, QUICK) as pool:
        found = next(articles(pool.find(name, nasty.make(nasty.size)), name))
    assert (str(found) if isinstance(found, ReadingError) else "read") == KNOWN[name]
