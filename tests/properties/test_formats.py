"""What every reader of a format makes can be cited: its sentences are verbatim and hold all of its text."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ranges import assert_blocks_are_exact
from written_files import docx, epub, pdf

from rag.corpus import formats
from rag.index.passages import split_passages
from rag.index.sentences import split_sentences
from rag.types import Article, Citation

WORDS = (
    "It The storm Dr. naïve “quoted,” 3.5 km U.S. approx. — e.g. ﬁne 東京。 a\u0301 😀 He said: (so) no!"
).split()
PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join), min_size=1, max_size=5
)
"""Of words and marks that sentences are cut at, or wrongly would be."""


def _table(rows: list[list[str]], **dialect: Any) -> bytes:
    csv.writer(written := io.StringIO(), **dialect).writerows(rows)
    return written.getvalue().encode()


def _lines(paragraphs: list[str]) -> bytes:
    return json.dumps({"title": "A title", "text": "\n\n".join(paragraphs)}).encode()


def _text(paragraphs: list[str]) -> bytes:
    return "\n\n".join(["A title", *paragraphs]).encode()


def _markdown(paragraphs: list[str]) -> bytes:
    return "\n\n".join(["# A title", *paragraphs]).encode()


def _html(paragraphs: list[str]) -> bytes:
    return (
        f"<html><body><article>{''.join(f'<p>{escape(each)}</p>' for each in paragraphs)}</article>".encode()
    )


def _docx(paragraphs: list[str]) -> bytes:
    def build(document: Any) -> None:
        for each in paragraphs:
            document.add_paragraph(each)

    return docx(build)


def _epub(paragraphs: list[str]) -> bytes:
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    return epub(**{"OEBPS/two.xhtml": f"<html><body>{body}</body></html>"})


def _pdf(paragraphs: list[str]) -> bytes:
    plain = [each.encode("cp1252", "ignore").decode("cp1252") for each in paragraphs]
    return pdf(["A title", *(each.replace("(", r"\(").replace(")", r"\)") for each in plain)])


WRITERS: dict[str, Callable[[list[str]], bytes]] = {
    **dict.fromkeys([".txt", ".text"], _text),
    **dict.fromkeys([".md", ".markdown"], _markdown),
    **dict.fromkeys([".html", ".htm", ".xhtml"], _html),
    **dict.fromkeys([".jsonl", ".ndjson"], _lines),
    ".json": lambda paragraphs: b"[" + _lines(paragraphs).strip() + b"]",
    ".csv": lambda paragraphs: _table([["title", "text"], ["A title", "\n\n".join(paragraphs)]]),
    ".tsv": lambda paragraphs: _table(
        [["title", "text"], ["A title", "\n\n".join(paragraphs)]], delimiter="\t"
    ),
    ".docx": _docx,
    ".epub": _epub,
    ".pdf": _pdf,
}


def test_every_format_is_written_here() -> None:
    assert set(WRITERS) == set(formats.FORMATS)


def count_words(texts: Any) -> list[int]:
    return [len(text.split()) for text in texts]


def check(article: Article) -> None:
    """Every character that is not white space lies in one block and in one sentence, which can be cited."""
    assert_blocks_are_exact(article)
    held: list[tuple[int, int]] = []
    for passage in split_passages(article, count_words, limit=12):
        assert passage.text == article.text[passage.start : passage.end]
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        for sentence in passage.sentences:
            assert sentence.text == article.text[sentence.start : sentence.end] == sentence.text.strip() != ""
            assert Citation(passage, sentence.start, sentence.end, sentence.text).article is article
            held.append((sentence.start, sentence.end))
    assert held == sorted(held)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(held))
    between = [
        article.text[end:start]
        for (_, end), (start, _) in zip([(0, 0), *held], [*held, (len(article.text), 0)], strict=True)
    ]
    assert "".join(between).strip() == ""


@pytest.mark.parametrize("suffix", formats.FORMATS)
@settings(max_examples=20)
@given(paragraphs=PARAGRAPHS)
def test_what_is_read_is_held_by_its_sentences_to_the_character(suffix: str, paragraphs: list[str]) -> None:
    for article in formats.articles(WRITERS[suffix](paragraphs), f"folder/a{suffix}"):
        if isinstance(article, Article):
            check(article)


@pytest.mark.parametrize("suffix", formats.FORMATS)
@settings(max_examples=20)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_an_article_or_a_reason(suffix: str, content: bytes) -> None:
    for article in formats.articles(content, f"folder/a{suffix}"):
        if isinstance(article, Article):
            check(article)


@given(text=st.text(max_size=300))
def test_any_text_is_cut_into_sentences_that_leave_out_only_white_space(text: str) -> None:
    check(Article("a.txt", "Title", text))
    assert [text[start:end] for start, end in split_sentences(text)] == [
        text[start:end].strip() for start, end in split_sentences(text)
    ]
