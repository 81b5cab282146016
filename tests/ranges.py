"""Whether the blocks of an article are what they say: ranges of its text, in order, nothing left out."""

from __future__ import annotations

from rag.types import Article


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
