"""Whether blocks and quotes are what they say: exact ranges of an article's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from rag.types import Article, Citation, Outcome, Passage, Statement


def assert_blocks_are_exact(article: Article) -> None:
    """Each block holds words without white space around, and between two of them is nothing else."""
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(article.text), (article.id, block)
        assert article.text[end : block.start].strip() == "", (article.id, block)
        text = article.text[block.start : block.end]
        assert text.strip("\n") == text and text.strip(), (article.id, block)
        end = block.end
    assert not article.blocks or end == len(article.text), article.id


def assert_quotes_are_exact(outcome: Outcome, articles: Mapping[str, Article]) -> int:
    """All that `outcome` quotes is a range of one of `articles`, by their ids; return how many quotes."""
    quoted = 0
    for value in parts(outcome):
        if isinstance(value, Citation):
            quoted += 1
            _assert_is_exact(value, articles[value.article.id])
        elif isinstance(value, Statement):
            assert value.support != "exact" or value.text == value.citations[0].quote
            assert all(0 <= start < end <= len(value.text) for start, end in value.highlights)
        elif isinstance(value, Passage):
            assert articles[value.article.id].text[value.start : value.end] == value.text
    return quoted


def _assert_is_exact(citation: Citation, article: Article) -> None:
    """Its quote and what leads to it are ranges of the article as it lies in the corpus."""
    assert article.text[citation.start : citation.end] == citation.quote
    if citation.lead:
        start, end = citation.lead
        assert citation.lead_text == article.text[start:end] == article.text[start:end].strip() != ""


def parts(value: object) -> Iterator[object]:
    """Yield all that an outcome is made of, articles left out."""
    yield value
    if isinstance(value, tuple | list):
        for each in value:
            yield from parts(each)
    elif is_dataclass(value) and not isinstance(value, Article):
        for field in fields(value):
            yield from parts(getattr(value, field.name))
