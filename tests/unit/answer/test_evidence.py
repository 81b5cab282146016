"""What each signal of a sentence counts, and how probable it makes an answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from understanding import understood

from rag.answer.evidence import (
    ANOTHER_DAY,
    ASIDE,
    MARGIN,
    MOST_READ,
    OPENING,
    READ,
    UNREAD,
    Weights,
    about,
    bare,
    citation_of,
    lead_at,
    leads_to_list,
    probability,
    signals,
    states,
    weigh,
    with_short_answers,
)
from rag.answer.reader import unread
from rag.corpus.formats.text.lines import Line, joined
from rag.index.lexical import Analyzer, LexicalIndex
from rag.question import english
from rag.types import Article, Hit, Passage, Sentence, ShortAnswer

SAID = "Healey said that 51,000 soldiers were trained."
NOT_SAID = "The trained soldiers went to Kent."


@pytest.fixture
def words(tmp_path: Path) -> LexicalIndex:
    texts = [("Training", f"{SAID} {NOT_SAID}"), *[("Tea", "tea is made from leaves")] * 10]
    LexicalIndex.write(tmp_path, texts, Analyzer("en"))
    return LexicalIndex.load(tmp_path, Analyzer("en"))


def hit(*sentences: str, similarity: float = 0.5, score: float = 0.9, title: str = "Army") -> Hit:
    """A passage of `sentences`; the first is as `similarity` says, each other one less like the question."""
    article = Article(f"{title}.txt", title, " ".join(sentences), published=date(2024, 5, 6))
    found, at = [], 0
    for sentence in sentences:
        found.append(Sentence(article, at, at + len(sentence)))
        at += len(sentence) + 1
    passage = Passage(article, 0, len(article.text), tuple(found))
    likeness = tuple(similarity - 0.1 * place for place in range(len(sentences)))
    return Hit(passage, score, 0.6, 5.0, 1, 1, likeness)


def test_the_weights_are_those_that_were_fitted() -> None:
    assert (
        Weights(
            {"similarity": 8.0, "coverage": 1.0, "titled_coverage": 5.0, "passage": 3.5},
            {
                "similarity": 2.4,
                "coverage": 1.7,
                "passage_similarity": 2.4,
                "passage_coverage": 0.4,
                "names_missing": -1.3,
                "denial_missing": -2.7,
                "unsaid": -0.4,
            },
            bias=-3.2,
        )
        == UNREAD
    )
    assert (
        Weights(
            {
                "similarity": 3.6,
                "coverage": 0.5,
                "titled_coverage": 1.5,
                "passage": 1.8,
                "short_answer": 0.1,
                "relevance": 0.2,
            },
            {
                "similarity": 1.8,
                "coverage": 0.9,
                "passage_similarity": 2.1,
                "names_missing": -1.2,
                "denial_missing": -2.5,
                "unsaid": -0.2,
                "short_answer": 0.12,
            },
            bias=-3.0,
        )
        == READ
    )


def test_a_sentence_is_weighed_by_its_own_words_and_with_its_title(words: LexicalIndex) -> None:
    question = understood("How many soldiers of the army were trained?", words)
    [[first, second]] = weigh(question, [hit(SAID, NOT_SAID)], words)
    weights = question.weights
    assert set(weights) == {"soldier", "armi", "train"}
    own = (weights["soldier"] + weights["train"]) / sum(weights.values())
    assert first.terms == frozenset(words.analyzer.terms(SAID))
    assert (first.similarity, first.coverage, first.titled_coverage) == (0.5, pytest.approx(own), 1.0)
    assert first.short_answer is None
    assert (second.similarity, second.sentence.text) == (0.4, NOT_SAID)
    assert first.context == f"Army\n6 May 2024\n{SAID} {NOT_SAID}"


def test_a_day_in_the_head_of_an_article_dates_no_quote_that_names_a_year(words: LexicalIndex) -> None:
    article = replace(hit(SAID).passage.article, author="Ada Lund")
    assert list(about(article, 0, SAID)) == ["Army", "Ada Lund", "6 May 2024"]
    assert list(about(article, 0, "In 2022 none were trained.")) == ["Army", "Ada Lund"]


def test_a_name_in_the_opening_of_an_article_is_not_missing(words: LexicalIndex) -> None:
    found = hit(SAID)
    opened = f"The NATO fund grows. {'x' * OPENING} {SAID}"
    article = replace(found.passage.article, text=opened)
    at = opened.index(SAID)
    sentence = Sentence(article, at, at + len(SAID))
    within = replace(found.passage, article=article, start=at, end=len(opened), sentences=(sentence,))
    question = understood("How many soldiers did NATO train with Bo Ek?", words)
    [[plain]] = weigh(question, [found], words)
    [[other]] = weigh(question, [replace(found, passage=within)], words)
    assert [signals(question, each, words)["names_missing"] for each in (plain, other)] == [1.0, 0.5]


@pytest.mark.parametrize(
    ("question", "loses"),
    [
        ("How many died by 25 January 2020?", [False, True, False]),
        ("How many died by January 30th, 2020?", [True, False, False]),
        ("How many died in January 2020?", [False, False, False]),
        ("How many died from 25 January 2020 to 30 January 2020?", [False, False, False]),
    ],
)
def test_a_sentence_of_another_day_scores_less(words: LexicalIndex, question: str, loses: list[bool]) -> None:
    texts = ("By 25 January 2020 42 had died.", "By January 30, 2020 170 had died.", "More died since 2020.")
    [weighed] = weigh(understood(question, words), [hit(*texts)], words)
    assert [each.is_of_another_day for each in weighed] == loses
    plain = [replace(each, is_of_another_day=False).score for each in weighed]
    assert [each.score for each in weighed] == pytest.approx(
        [score - ANOTHER_DAY * lost for score, lost in zip(plain, loses, strict=True)]
    )


def test_a_sentence_is_as_near_as_the_question_that_it_replies_to(words: LexicalIndex) -> None:
    asked = "How many soldiers were trained?"
    [weighed] = weigh(understood(asked, words), [hit(asked, "51,000 of them.", SAID)], words)
    assert [each.similarity for each in weighed] == pytest.approx([0.5, 0.3])


@pytest.mark.parametrize(
    ("above", "item", "lead"),
    [
        ("There were three.", "One is red.", None),
        ("There were these:", "One is red.", "There were these:"),
        ("There were three.", "a red one", "There were three."),
        ("Many came. Who is red?", "Bo is red.", "Who is red?"),
        ("— Ada Lund", "One is red.", None),
    ],
)
def test_an_item_and_what_leads_to_it_are_not_two_whole_sentences(above: str, item: str, lead: str) -> None:
    text, blocks = joined([Line(above), Line(item, "item")])
    article = Article("a.md", "A", text, blocks=blocks)
    found = lead_at(article, text.index(item))
    assert (text[slice(*found)] if found else None) == lead


def test_a_whole_sentence_is_not_led_to_by_a_heading_that_does_not_ask() -> None:
    for above, item, leads in (
        ("News", "Bo won.", False),
        ("News", "a win", True),
        ("Who won?", "Bo won.", True),
    ):
        text, blocks = joined([Line(above, "heading", 2), Line(item, "item")])
        found = lead_at(Article("a.md", "A", text, blocks=blocks), text.index(item))
        assert (found is not None) == leads


@pytest.mark.parametrize(("kind", "does"), [("item", True), ("paragraph", False)])
def test_a_short_line_that_leads_to_a_list_states_something(kind: Any, does: bool) -> None:
    text, blocks = joined([Line("The team has:"), Line("a cook", kind)])
    sentence = Sentence(Article("a.md", "A", text, blocks=blocks), 0, len("The team has:"))
    assert states(sentence) == leads_to_list(sentence) == does


def test_the_score_of_a_sentence_is_its_signals_weighed(words: LexicalIndex) -> None:
    question = understood("How many soldiers of the army were trained?", words)
    [[first, _]] = weigh(question, [hit(SAID, NOT_SAID)], words)
    assert first.signals == {
        "similarity": 0.5,
        "coverage": first.coverage,
        "titled_coverage": 1.0,
        "passage": 0.9,
    }
    assert first.weights is UNREAD
    assert first.score == pytest.approx(8.0 * 0.5 + first.coverage + 5.0 + 3.5 * 0.9)


@pytest.mark.parametrize(
    ("kind", "loses"), [("paragraph", 0), ("item", 0), ("quotation", 0), ("caption", ASIDE), ("note", ASIDE)]
)
def test_what_stands_beside_the_text_scores_less(words: LexicalIndex, kind: Any, loses: float) -> None:
    found = hit(SAID)
    text, blocks = joined([Line(SAID, kind)])
    article = replace(found.passage.article, text=text, blocks=blocks)
    beside = replace(found.passage, article=article, sentences=(Sentence(article, 0, len(text)),))
    question = understood("How many soldiers were trained?", words)
    [[plain]] = weigh(question, [found], words)
    [[other]] = weigh(question, [replace(found, passage=beside)], words)
    assert plain.score - other.score == pytest.approx(loses)


@pytest.mark.parametrize(
    ("text", "is_aside"),
    [
        ("Where: in the town hall", True),
        ("Champion: the Otters in six.", False),
        ("She said: “We will not stop.”", False),
        ("Where: in the hall of a town that had one for each of its guilds", False),
        ("They met in the town hall.", False),
    ],
)
def test_a_labelled_line_stands_beside_the_text(words: LexicalIndex, text: str, is_aside: bool) -> None:
    _, blocks = joined([Line(text, "paragraph", page=1)])
    found = hit(SAID)
    article = replace(found.passage.article, text=text, blocks=blocks)
    beside = replace(found.passage, article=article, sentences=(Sentence(article, 0, len(text)),))
    [[weighed]] = weigh(understood("Where was it?", words), [replace(found, passage=beside)], words)
    assert weighed.is_aside == is_aside


class Telling:
    """A reader that finds the whole of every sentence, with this score and half of it as relevance."""

    def __init__(self, score: float) -> None:
        self.score = score
        self.asked: list[tuple[str, list[str]]] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[tuple[ShortAnswer, ...]]:
        self.asked.append((question, [passage.text for passage in passages]))
        return [
            tuple(ShortAnswer(each.start, each.end, self.score, self.score / 2) for each in passage.sentences)
            for passage in passages
        ]


def telling(score: float) -> Any:
    return Telling(score)


def test_once_read_its_short_answer_counts_in_its_score(words: LexicalIndex) -> None:
    question = understood("How many soldiers of the army were trained?", words)
    [[first, _]] = with_short_answers(question, weigh(question, [hit(SAID, NOT_SAID)], words), telling(10.0))
    assert first.weights is READ
    assert first.signals["short_answer"] == 10.0
    assert first.score == pytest.approx(3.6 * 0.5 + 0.5 * first.coverage + 1.5 + 1.8 * 0.9 + 1.5 + 0.5)


@pytest.mark.parametrize(
    ("text", "said", "is_short_answer"),
    [
        ("3. Nine soldiers came", "3", False),
        ("3. Nine soldiers came", "Nine", True),
        ("34 came.", "34", True),
    ],
)
def test_the_number_of_an_item_is_no_short_answer(
    words: LexicalIndex, text: str, said: str, is_short_answer: bool
) -> None:
    class Counting(Telling):
        def read(self, question: str, passages: Sequence[Passage]) -> list[tuple[ShortAnswer, ...]]:
            return [(ShortAnswer(text.index(said), text.index(said) + len(said), 10.0, 0.0),)]

    reader: Any = Counting(10.0)
    written, blocks = joined([Line(text, "item")])
    found = hit(text)
    article = replace(found.passage.article, text=written, blocks=blocks)
    passage = replace(found.passage, article=article, sentences=(Sentence(article, 0, len(text)),))
    question = understood("How many soldiers were trained?", words)
    [[first]] = with_short_answers(
        question, weigh(question, [replace(found, passage=passage)], words), reader
    )
    assert (first.short_answer != replace(unread(first.sentence), relevance=0.0)) == is_short_answer


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("How many soldiers were trained?", SAID, {"names": 0.0, "denial": 0.0}),
        ("Were soldiers trained?", SAID, {"names": 0.0, "denial": 0.0}),
        ("How many did France and Healey train?", SAID, {"names": 0.5, "denial": 0.0}),
        ("How many did France train?", SAID, {"names": 1.0, "denial": 0.0}),
        ("How many were never trained?", SAID, {"names": 0.0, "denial": 1.0}),
        (
            "How many were never trained?",
            "None of 51 was trained.",
            {"names": 0.0, "denial": 0.0},
        ),
    ],
)
@pytest.mark.parametrize("score", [None, 10.0])
def test_a_probability_is_of_the_best_sentence_and_its_passage(
    words: LexicalIndex, question: str, text: str, missing: dict[str, float], score: float | None
) -> None:
    asked = understood(question, words)
    weighed = weigh(asked, [hit(text, "It was so.")], words)
    if score is not None and not asked.is_for_yes_or_no:
        weighed = with_short_answers(asked, weighed, telling(score))
    best = weighed[0][0]
    found = signals(asked, best, words)
    held = frozenset(words.analyzer.terms(best.context))
    in_passage = asked.coverage(held)
    left_out = [
        asked.surprises[word]
        for word, terms in words.analyzer.words(question).items()
        if word in asked.surprises and not held.issuperset(terms)
    ]
    expected = {
        "similarity": 0.5,
        "coverage": best.coverage,
        "passage_similarity": 0.6,
        "passage_coverage": in_passage,
        "unsaid": max(left_out, default=0.0),
        **{f"{name}_missing": value for name, value in missing.items()},
    }
    if best.short_answer:
        expected["short_answer"] = 10.0
        odds = -3.0 + 1.8 * 0.5 + 0.9 * best.coverage + 2.1 * 0.6 + 0.12 * 10.0
        odds += -1.2 * missing["names"] - 2.5 * missing["denial"] - 0.2 * expected["unsaid"]
    else:
        odds = -3.2 + 2.4 * 0.5 + 1.7 * best.coverage + 2.4 * 0.6 + 0.4 * in_passage
        odds += -1.3 * missing["names"] - 2.7 * missing["denial"] - 0.4 * expected["unsaid"]
    assert found == pytest.approx(expected)
    assert probability(asked, best, words) == pytest.approx(1 / (1 + math.exp(-odds)))


def texts_read(question: str, hits: list[Hit], words: LexicalIndex) -> list[int]:
    """Return how many passages the reader is given each time."""
    asked = understood(question, words)
    reader: Any = Telling(20.0)
    with_short_answers(asked, weigh(asked, hits, words), reader)
    return [len(texts) for _, texts in reader.asked]


def test_a_reader_reads_the_likeliest_four_within_four_points(words: LexicalIndex) -> None:
    assert (MARGIN, MOST_READ) == (4.0, 4)
    question = understood("Who trained soldiers?", words)
    near = [hit(SAID, title=f"Army {at}", score=0.9 - at / 100) for at in range(9)]
    found = with_short_answers(question, weigh(question, [*reversed(near)], words), telling(20.0))
    parts = [each for [each, *_] in found]
    told = {each.hit.passage.article.title for each in parts if each.short_answer != unread(each.sentence)}
    assert told == {f"Army {at}" for at in range(4)}
    # 3.5 of a score for each point of the passage's
    apart = [hit(SAID, title="Best", score=0.9), hit(SAID, title="Army", score=0.9 - 3.9 / 3.5)]
    assert texts_read("Who trained soldiers?", apart, words) == [2]
    apart = [hit(SAID, title="Best", score=0.9), hit(SAID, title="Army", score=0.9 - 4.1 / 3.5)]
    assert texts_read("Who trained soldiers?", apart, words) == [1]


def test_a_reader_is_asked_without_the_courtesy(words: LexicalIndex) -> None:
    question = understood("Could you tell me who trained soldiers?", words)
    reader: Any = Telling(1.0)
    with_short_answers(question, weigh(question, [hit(SAID)], words), reader)
    assert reader.asked == [("who trained soldiers?", [SAID])]


def test_passages_without_a_sentence_that_states_something_are_not_read(words: LexicalIndex) -> None:
    question = understood("Who trained soldiers?", words)
    reader: Any = Telling(1.0)
    found = with_short_answers(question, weigh(question, [hit("A heading"), hit(SAID)], words), reader)
    assert [len(part) for part in found] == [0, 1]
    assert reader.asked == [("Who trained soldiers?", [SAID])]
    assert with_short_answers(question, weigh(question, [hit("A heading")], words), reader) == [[]]


@pytest.mark.parametrize(
    ("text", "is_statement"),
    [
        ("It rained.", True),
        ("It rained!", True),
        ("It rained…", True),
        ("“It rained.”", True),
        ("(It rained.)", True),
        ('It rained.’"]', True),
        ("“Did it rain?”", True),
        ("Did it rain?", False),
        ("one two three four five six seven eight nine ten eleven", False),
        ("one two three four five six seven eight nine ten eleven twelve", True),
        ("one two three four five six seven eight nine ten eleven twelve thirteen?", False),
        ("The Great Fire", False),
        ("It rained. Then", False),
        ("Where: in the town hall", False),
        ("", False),
    ],
)
def test_a_heading_and_a_question_state_nothing(text: str, is_statement: bool) -> None:
    assert states(Sentence(Article("a.txt", "A", text), 0, len(text))) == is_statement


@pytest.mark.parametrize(
    ("line", "is_statement"),
    [
        (Line("Milk and eggs", "item"), True),
        (Line("Height: 38 metres", "row"), True),
        (Line("Height", "row"), False),
        (Line("It rained all day and nobody came.", "heading", 1), False),
        (Line("Doe, J. (1999). A history of rain.", "reference"), False),
        (Line("A caption of rain.", "caption"), True),
        (Line("A short line", "paragraph", page=1), False),
        (Line("Where: in the town hall", "paragraph", page=1), True),
        (Line("14: languages in use", "paragraph", page=1), True),
        (Line("Where: Ostrel", "paragraph", page=1), False),
        (Line("Where:", "paragraph", page=1), False),
        (Line("It rained. Where: in the town hall", "paragraph", page=1), False),
        (Line("Where: in the town hall?", "paragraph", page=1), False),
        (Line("Where: in the town hall", "heading", 1), False),
    ],
)
def test_an_item_and_a_row_state_and_a_heading_and_a_reference_never_do(
    line: Line, is_statement: bool
) -> None:
    text, blocks = joined([line])
    assert states(Sentence(Article("a.md", "A", text, blocks=blocks), 0, len(text))) == is_statement


@pytest.mark.parametrize("mark", "“”\"‘’'().,;:!?")
def test_a_word_is_bare_without_the_marks_around_it(mark: str) -> None:
    assert bare(f"{mark}Don’t{mark}") == "don’t"


def test_a_citation_is_widened_from_after_what_is_quoted(words: LexicalIndex) -> None:
    [[_, second]] = weigh(understood("Who came?", words), [hit("Healey came.", "He left soon.")], words)
    whole = citation_of(second, english, after=0)
    assert (whole.start, whole.end, whole.quote) == (0, 26, "Healey came. He left soon.")
    alone = citation_of(second, english, after=13)
    assert (alone.start, alone.end, alone.quote) == (13, 26, "He left soon.")
    assert whole.passage is second.hit.passage
