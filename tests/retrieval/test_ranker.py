"""The packaged reader: short answers are stretches of their sentence, whatever stands beside them."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.answer.reader import MODEL, NOTHING, Reader, load_reader, pooled
from rag.errors import ModelError
from rag.index.sentences import split_sentences
from rag.settings import Settings
from rag.types import Article, Passage, Sentence

MOON = (
    "The Moon orbits the Earth. Neil Armstrong walked on it in July 1969 — “one small step”, he said. "
    "Its distance from us is about 384,400 kilometres."
)
WALK = "When did Neil Armstrong walk on the Moon?"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def passage(text: str, title: str = "The Moon", start: int = 0) -> Passage:
    """The passage of `text` from `start`, with a heading and other text before it in its article."""
    article = Article("moon.md", title, text)
    sentences = [Sentence(article, *span) for span in split_sentences(text) if span[0] >= start]
    return Passage(article, sentences[0].start, len(text), tuple(sentences))


def words(found: Passage, answers) -> list[str]:
    return [found.article.text[each.start : each.end] for each in answers]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (WALK, 1, "July 1969"),
        ("Who walked on the Moon?", 1, "Neil Armstrong"),
        ("How far away is the Moon?", 2, "384,400 kilometres"),
    ],
)
def test_the_sentence_that_answers_scores_highest_with_the_words_that_do(
    reader: Reader, question: str, sentence: int, expected: str
) -> None:
    about = passage(MOON)
    [answers] = reader.read(question, [about])
    assert expected in words(about, answers)[sentence]
    assert max(answers, key=lambda each: each.score) is answers[sentence]


def test_a_short_answer_lies_within_its_sentence_wherever_the_passage_begins(reader: Reader) -> None:
    before = "Naïve visitors — 12,000 of them — came in 2019. 東京 was quiet.\n\n"
    late = passage(before + MOON, start=len(before))
    [answers] = reader.read(WALK, [late])
    assert len(answers) == len(late.sentences) == 3
    for sentence, each in zip(late.sentences, answers, strict=True):
        assert sentence.start <= each.start < each.end <= sentence.end
    assert "July 1969" in words(late, answers)[1]


def test_a_sentence_has_one_state_whether_it_was_read_before_or_not() -> None:
    about, other = passage(MOON), passage("Bread is baked from flour. It takes an hour.", "Bread")
    before, after = Reader(), Reader()
    before.read(WALK, [about, other])
    known, new = before.states(WALK, [about, other]), after.states(WALK, [other, about])[::-1]
    assert [each.shape for each in known] == [(3, 384), (2, 384)]
    assert all(np.array_equal(one, same) for one, same in zip(known, new, strict=True))
    [asked_otherwise] = before.states("How far away is the Moon?", [about])
    assert not np.allclose(known[0], asked_otherwise, atol=0.1)


def test_what_else_is_read_changes_nothing(reader: Reader) -> None:
    about, other = passage(MOON), passage("Bread is baked from flour and water. " * 12, "Bread")
    [alone] = reader.read(WALK, [about])
    [beside, unlike] = reader.read(WALK, [about, other])
    assert beside == alone
    assert max(each.score for each in unlike) < beside[1].score


def test_sentences_that_give_the_same_words_are_as_sure_as_all_of_them(reader: Reader) -> None:
    about = passage(MOON)
    weak = passage("In July 1969 the landing was watched by 600 million people.", "Television")
    apart = reader.read(WALK, [about, weak])
    [[_, walk, away], [beside]] = pooled([about, weak], apart)
    assert words(about, [walk]) == words(weak, [beside]) == ["July 1969"]
    assert walk.score == beside.score > apart[0][1].score > apart[1][0].score + 5
    assert away.score < walk.score - 5


def test_nothing_to_read_is_nothing_found(reader: Reader) -> None:
    assert reader.read(WALK, []) == []


def test_what_is_too_long_is_cut_off_and_not_refused(reader: Reader) -> None:
    long = passage("The lake is quiet, and nobody goes there. " * 60, "Lake")
    [answers] = reader.read("東" * 1000, [long])
    assert len(answers) == len(long.sentences)
    assert answers[0].score > NOTHING == answers[-1].score


def test_it_loads_in_less_than_a_second_of_processor_time() -> None:
    started = time.process_time()
    Reader()
    assert time.process_time() - started < 1


def test_a_file_that_is_no_model_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "reader.onnx"
    broken.write_bytes(b"nothing")
    with pytest.raises(ModelError, match="RAG_READER=0"):
        Reader(broken)
    with pytest.raises(ModelError, match="cannot be loaded"):
        Reader(tmp_path / "missing.onnx")


def test_it_reads_only_english_and_only_where_it_is_wanted() -> None:
    assert isinstance(load_reader(Settings()), Reader)
    assert load_reader(Settings(reader=False)) is None
    assert load_reader(replace(Settings(), language="de")) is None


def test_its_card_tells_which_file_it_is_and_what_it_weighs() -> None:
    card = MODEL.with_name("MODEL_CARD.md").read_text(encoding="utf-8")
    assert hashlib.sha256(MODEL.read_bytes()).hexdigest() in card
    assert MODEL.stat().st_size <= 25_000_000
