"""What a browser is told about an article that is opened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from three_articles import APOLLO, COLLINS, HOSTILE, LANDED, LAUNCH, OUTSIDE, SAMPLES, STEPPED

from rag.corpus.folder import read_folder
from rag.page.article import article_view, segments
from rag.types import Article, Block

MOON = "👩‍🚀 walked. "


def place(article, text, *highlights):
    return {"start": article.text.index(text), "text": text, "highlights": highlights}


PLAIN = {"kind": "paragraph", "level": 0, "page": None}
"""What is told of a paragraph whose file has no structure."""


def test_a_quote_is_marked_in_the_paragraph_where_it_stands():
    assert article_view(APOLLO, [place(APOLLO, OUTSIDE), place(APOLLO, LANDED)]) == {
        "language": "en",
        "paragraphs": [
            {
                **PLAIN,
                "start": 0,
                "segments": [
                    {"text": LAUNCH + " ", "marks": [], "bold": False},
                    {"text": LANDED, "marks": [1], "bold": False},
                    {"text": " " + STEPPED, "marks": [], "bold": False},
                ],
            },
            {
                **PLAIN,
                "start": APOLLO.text.index("Buzz"),
                "segments": [
                    {"text": "Buzz Aldrin joined him 19 minutes after that. ", "marks": [], "bold": False},
                    {"text": OUTSIDE, "marks": [0], "bold": False},
                    {"text": " " + COLLINS, "marks": [], "bold": False},
                ],
            },
        ],
        "changed": False,
    }


def test_a_place_counts_characters_whatever_a_browser_counts():
    odd = replace(APOLLO, text=MOON + APOLLO.text)
    first = article_view(odd, [place(odd, LAUNCH)])["paragraphs"][0]["segments"]
    assert first[0] == {"text": MOON, "marks": [], "bold": False}
    assert first[1] == {"text": LAUNCH, "marks": [0], "bold": False}


def test_a_place_over_two_paragraphs_is_marked_in_both():
    across = place(APOLLO, f"{STEPPED}\n\nBuzz Aldrin")
    marked = [
        part["text"]
        for each in article_view(APOLLO, [across])["paragraphs"]
        for part in each["segments"]
        if part["marks"] == [0]
    ]
    assert marked == [STEPPED, "Buzz Aldrin"]


@pytest.mark.parametrize("start", [1, -1, 10**9])
def test_what_no_longer_stands_at_its_place_is_not_marked_and_that_is_told(start):
    view = article_view(
        SAMPLES,
        [{"start": start, "text": SAMPLES.text[:20], "highlights": [(0, 2)]}, place(SAMPLES, "No trace")],
    )
    assert view["changed"]
    assert [part["marks"] for part in view["paragraphs"][0]["segments"]] == [[], [1], []]
    assert not any(part["bold"] for part in view["paragraphs"][0]["segments"])


def test_the_words_that_answer_are_bold_in_the_article_too():
    [first, *_] = article_view(APOLLO, [place(APOLLO, LANDED, (17, 22))])["paragraphs"]
    assert [(part["text"], part["marks"], part["bold"]) for part in first["segments"]] == [
        (LAUNCH + " ", [], False),
        (LANDED[:17], [0], False),
        ("Eagle", [0], True),
        (LANDED[22:], [0], False),
        (" " + STEPPED, [], False),
    ]


def test_segments_are_the_text_whatever_is_marked():
    text = HOSTILE.text
    for marks in ([], [(0, len(text))], [(3, 9), (5, 12), (5, 12), (12, 20)], [(0, 0), (4, 4)]):
        assert "".join(part["text"] for part in segments(text, 2, 30, marks)) == text[2:30]


def test_the_paragraphs_of_every_article_are_all_of_its_text(root):
    for article in read_folder(root / "corpus").articles:
        shown = "".join(
            part["text"] for each in article_view(article, [])["paragraphs"] for part in each["segments"]
        )
        assert "".join(shown.split()) == "".join(article.text.split())


def test_blocks_and_the_pages_that_begin_with_them_are_told() -> None:
    blocks = (Block(0, 4, "heading", 2, 1), Block(6, 9, page=1), Block(11, 16, "item", 1, 2))
    article = Article("a.pdf", "A", "Keys\n\nTwo\n\n1. ab", blocks=blocks)
    told = article_view(article, [place(article, "ab")])["paragraphs"]
    assert [(each["kind"], each["level"], each["page"], each["start"]) for each in told] == [
        ("heading", 2, 1, 0),
        ("paragraph", 0, None, 6),
        ("item", 1, 2, 11),
    ]
    assert told[2]["segments"] == [
        {"text": "1. ", "marks": [], "bold": False},
        {"text": "ab", "marks": [0], "bold": False},
    ]
