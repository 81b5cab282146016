"""Words: BM25 as the formula says, on texts small enough to work it out."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from rag.errors import SettingError, SnapshotError
from rag.index.lexical import Analyzer, LexicalIndex, held

TEXTS = [
    ("Moon", "the moon orbits the earth"),
    ("Bread", "bread is baked from flour"),
    ("Tea", "tea leaves and the moon of june"),
    ("Bakers", "bakers bake"),
]


@pytest.fixture
def words(tmp_path: Path) -> LexicalIndex:
    folder = tmp_path / "words"
    folder.mkdir()
    LexicalIndex.write(folder, TEXTS, Analyzer("en"))
    return LexicalIndex.load(folder, Analyzer("en"))


def test_terms_are_stems_without_case_accents_and_marks() -> None:
    assert Analyzer("en").terms("Healey’s SOLDIERS trained in Café No. 10: 51,000!") == (
        "healey", "s", "soldier", "train", "in", "cafe", "no", "10", "51", "000",
    )  # fmt: skip


def test_words_that_a_text_holds_are_given_as_the_question_has_them() -> None:
    analyzer = Analyzer("en")
    text = "Britain has trained 51,000 soldiers; Russia’s losses are not known, the U.S. said."

    def shared(question: str) -> tuple[str, ...]:
        return held(analyzer.words(question), analyzer.terms(text))

    assert shared("How many soldier training in Britain's 51,000?") == (
        "soldier", "training", "Britain", "51,000",
    )  # fmt: skip
    assert shared("Is Jack’s loss well-known?") == ("loss",), "neither a lone s nor half a word is shared"
    assert shared("...?") == ()


def test_the_analyzer_follows_the_language() -> None:
    assert Analyzer("de").terms("Häuser") == Analyzer("de").terms("Hauser")
    with pytest.raises(SettingError, match="RAG_LANGUAGE=xx has no stemmer; known are ar, da"):
        Analyzer("xx")


def test_scores_are_bm25(words: LexicalIndex) -> None:
    """Okapi BM25 with k1 = 1.2, b = 0.75; `bake` stands in passages 1 ("baked") and 3."""
    lengths = [len(text.split()) for _, text in TEXTS]
    idf = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    expected = {
        row: idf * 2.2 / (1 + 1.2 * (0.25 + 0.75 * lengths[row] / (sum(lengths) / 4))) for row in (1, 3)
    }
    rows, scores = words.best(["bake"], k=10, title_weight=0)
    assert rows.tolist() == [3, 1]
    assert scores.tolist() == pytest.approx([expected[3], expected[1]], rel=0.01)
    assert words.weight("bake") == pytest.approx(idf)


def test_the_title_counts_as_much_as_it_is_given(words: LexicalIndex) -> None:
    rows, _ = words.best(["moon"], k=10, title_weight=1.0)
    assert rows.tolist() == [0, 2]
    with_title, without = (
        words.scores(["moon"], np.array([0]), title_weight=weight) for weight in (1.0, 0.0)
    )
    assert with_title[0] > without[0] > 0


def test_scores_of_given_rows_come_in_their_order_with_0_for_no_match(words: LexicalIndex) -> None:
    rows, scores = words.best(["moon", "tea"], k=10, title_weight=0.5)
    by_row = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    asked = np.array([3, 2, 0])
    assert words.scores(["moon", "tea"], asked, title_weight=0.5).tolist() == pytest.approx(
        [0.0, by_row[2], by_row[0]]
    )


@pytest.mark.parametrize("few", [0.0, 1.0])
def test_only_allowed_rows_are_found_whether_few_or_many(tmp_path: Path, monkeypatch, few: float) -> None:
    """The rows come the same through the engine's own restriction and through its deepened list."""
    monkeypatch.setattr("rag.index.lexical.FEW", few)
    texts = [(f"{n}", "moon " * (n % 7) + "tea " * (n % 5) + "bread") for n in range(200)]
    LexicalIndex.write(tmp_path, texts, Analyzer("en"))
    words = LexicalIndex.load(tmp_path, Analyzer("en"))
    allowed = np.arange(200) % 9 == 4
    every, scores = words.best(["moon", "tea"], k=200, title_weight=0.5)
    rows, found = words.best(["moon", "tea"], k=10, title_weight=0.5, allowed=allowed)
    assert found.tolist() == pytest.approx(scores[allowed[every]][:10].tolist())
    assert allowed[rows].all()
    assert len(words.best(["moon"], k=200, title_weight=0.5, allowed=allowed)[0]) == sum(
        n % 9 == 4 and n % 7 > 0 for n in range(200)
    )
    assert len(words.best(["moon"], k=5, title_weight=0.5, allowed=allowed & False)[0]) == 0


def test_rows_that_hold_the_words_of_a_phrase_are_found_unstemmed_in_title_and_text(
    words: LexicalIndex,
) -> None:
    assert words.holding("THE moon").tolist() == [0, 2]
    assert words.holding("bakers").tolist() == [3]
    assert words.holding("bake").tolist() == [3]
    assert words.holding("moon the").tolist() == []
    assert words.holding("Bread bread").tolist() == []  # the title and the text are not one


@pytest.mark.parametrize("terms", [[], ["zorblax"]])
def test_words_that_no_passage_holds_find_nothing(words: LexicalIndex, terms: list[str]) -> None:
    rows, scores = words.best(terms, k=10, title_weight=0.5)
    assert (rows.tolist(), scores.tolist()) == ([], [])
    assert words.scores(terms, np.array([0, 1]), title_weight=0.5).tolist() == [0, 0]


def test_equal_scores_keep_the_order_of_the_corpus(tmp_path: Path) -> None:
    LexicalIndex.write(tmp_path, [("", "same text")] * 50, Analyzer("en"))
    rows, _ = LexicalIndex.load(tmp_path, Analyzer("en")).best(["same"], k=50, title_weight=0.5)
    assert rows.tolist() == list(range(50))


def test_a_missing_or_damaged_index_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="rag build"):
        LexicalIndex.load(tmp_path / "nowhere", Analyzer("en"))
    (tmp_path / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotError, match="rag build"):
        LexicalIndex.load(tmp_path, Analyzer("en"))
