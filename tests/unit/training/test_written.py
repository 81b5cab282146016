"""Questions of our own: each is about a text that is there, and told where that answers it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from training import written
from training.sets import rows, source_of

SHARED = Path(__file__).parents[3].parent / "shared" / "data"
ROW = {
    "id": "x1",
    "title": "The Ferry",
    "date": "2024-03-05",
    "text": "## Its end\n\n- It was sold for scrap. The *pier* went too.\n\nMost feared the road.",
    "questions": [
        ["What became of the boat?", "It was sold", "sold for scrap"],
        ["why was it kept", "Most feared", ""],
        ["Who paid for it?"],
    ],
}


def test_a_document_of_our_own_is_read_as_the_product_reads_it() -> None:
    found = written.own(ROW)
    assert (found.title, found.published) == ("The Ferry", date(2024, 3, 5))
    assert found.text == "Its end\n\nIt was sold for scrap. The pier went too.\n\nMost feared the road."
    assert [each.kind for each in found.blocks] == ["heading", "item", "paragraph"]


def test_a_question_is_told_where_it_is_answered_or_that_it_is_not() -> None:
    short, sentence, none = written.labelled(ROW, written.OWN, written.own(ROW))
    text = short.document.text
    assert [text[a:b] for a, b in short.answers] == ["sold for scrap"]
    assert [text[a:b] for a, b in sentence.sentences] == ["Most feared the road."]
    assert none.is_known
    assert not none.is_answered


@pytest.mark.parametrize("begins", ["It", "Nothing begins so"])
def test_words_that_stand_twice_or_not_at_all_are_refused(begins: str) -> None:
    with pytest.raises(ValueError, match="places have"):
        written.sentence_at("It was sold. It sank.", begins)


def test_every_question_of_our_own_finds_its_sentence() -> None:
    if not (SHARED / "training").is_dir():
        pytest.skip("the shared data are not here")
    found = list(written.load(SHARED))
    assert {source_of(each.source).name for each in found} == {written.OWN, written.GIVEN}
    assert sum(each.is_answered for each in found) > 0.7 * len(found)
    asked = [
        question[0]
        for name in ("own", "given")
        for row in rows(written.FOLDER / f"{name}.jsonl")
        for question in row["questions"]
    ]
    assert len(found) == len(asked)
