"""Labelled questions to Results, over the small corpus with the toy model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.build import build
from rag.chat import Chat
from rag.errors import QuestionsError
from rag.evaluation.measures import Figure
from rag.evaluation.questions import LabelledQuestion, Place
from rag.evaluation.results import LISTS, METRICS, as_json
from rag.evaluation.run import evaluate, failure, refuse_misfits
from rag.settings import Settings

BREAD = LabelledQuestion(
    "What is Bread baked from?", "bread", {"bread.md": 1}, quotes=("Bread is baked from flour and water.",)
)
MOON = LabelledQuestion(
    "Who walked on the Moon in July 1969?", "moon", {"moon.md": 1}, answers=("Neil Armstrong",)
)
WRONG = LabelledQuestion("What orbits the Earth?", "wrong", {"tea.md": 1}, answers=("Green tea",))
ZORBLAX = LabelledQuestion("Zorblax quuxes?", "zorblax", unanswerable=True)
ASKED = (BREAD, MOON, WRONG, ZORBLAX)


@pytest.fixture
def chat(settings: Settings, toy) -> Chat:
    settings = replace(settings, threshold=0.2)
    build(settings, embedder=toy)
    return Chat.open(settings, toy)


def timeless(found) -> dict[str, Any]:
    return {name: value for name, value in as_json(found).items() if name != "latency"}


def test_every_question_is_measured_on_every_list(chat: Chat) -> None:
    found = evaluate(chat, ASKED)
    bread, moon, wrong, zorblax = found.cases
    assert bread.ranks == bread.passage_ranks == bread.sentence_ranks == dict.fromkeys(LISTS, 1)
    assert (moon.ranks["fused"], moon.sentence_ranks["fused"]) == (1, 1)
    assert (wrong.ranks["fused"] or 0) > 1
    assert wrong.ranks["bm25"] is None
    assert wrong.sentence_ranks["bm25"] is None
    assert (zorblax.answered, zorblax.ranks, zorblax.sentence_ranks) == (False, {}, {})
    assert bread.answered
    assert [case.question.id for case in found.failures] == ["wrong"]


def test_figures_are_the_means_of_what_the_questions_show(chat: Chat) -> None:
    found = evaluate(chat, ASKED)
    wrong = found.cases[2].ranks["fused"] or 0
    assert found.figures["fused.hit@1"].value == pytest.approx(2 / 3, abs=1e-4)
    assert found.figures["fused.mrr@10"].value == pytest.approx((2 + 1 / wrong) / 3, abs=1e-4)
    assert found.figures["fused.sentence@1"].value == pytest.approx(2 / 3, abs=1e-4)
    assert found.figures["bm25.recall@50"].value == pytest.approx(2 / 3, abs=1e-4)
    assert found.figures["refusal.recall"] == Figure(1, 1, 1)
    assert found.figures["refusal.auc"] == Figure(1, 1, 1)
    assert set(found.figures) == set(METRICS)


def test_the_same_run_twice_is_the_same_but_for_its_times(chat: Chat) -> None:
    assert timeless(evaluate(chat, ASKED)) == timeless(evaluate(chat, ASKED))


def test_progress_and_times_are_told(chat: Chat) -> None:
    told = []
    ticks = iter(range(100))
    found = evaluate(
        chat, ASKED, progress=lambda done, total: told.append((done, total)), clock=lambda: next(ticks) / 1000
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert found.latency == {"p50": Figure(1, 1, 1), "p95": Figure(1, 1, 1)}


def test_json_has_every_promised_key(chat: Chat) -> None:
    found = as_json(evaluate(chat, ASKED))
    assert {name: found[name] for name in ("questions", "answerable", "unanswerable", "model")} == {
        "questions": 4,
        "answerable": 3,
        "unanswerable": 1,
        "model": "all-MiniLM-L6-v2",
    }
    assert found["index"] == chat.index.folder.name
    assert found["corpus"] == str(chat.settings.corpus)
    ranked = {"recall@1", "recall@5", "recall@10", "recall@50", "mrr@10", "ndcg@10", "hit@1", "hit@10"}
    for name in LISTS:
        assert found["passages"][name].keys() == ranked
        assert found[name].keys() == ranked | {"sentence@1", "sentence@3"}
    assert found["refusal"].keys() == {"precision", "recall", "auc", "answerable_refused", "likely"}
    assert found["latency"].keys() == {"p50", "p95"}
    assert found["fused"]["recall@1"].keys() == {"value", "low", "high"}
    assert found["each"][3] == {
        "id": "zorblax",
        "question": "Zorblax quuxes?",
        "unanswerable": True,
        "answered": False,
        "likely": False,
        "confidence": pytest.approx(0, abs=0.2),
        "rank": {},
        "passage_rank": {},
        "sentence_rank": {},
        "problem": None,
        "values": {"refusal.recall": 1.0, "refusal.likely": 0.0, "refusal.precision": 1.0},
    }


def test_what_cannot_be_judged_is_left_out(chat: Chat) -> None:
    found = as_json(evaluate(chat, [LabelledQuestion("What is Bread baked from?", "1", {"bread.md": 1})]))
    assert "passages" not in found
    assert "sentence@1" not in found["fused"]
    assert found["fused"]["recall@1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert found["refusal"].keys() == {"answerable_refused", "likely"}
    strict = replace(chat, settings=replace(chat.settings, threshold=1.0))
    assert as_json(evaluate(strict, [BREAD]))["refusal"].keys() == {"answerable_refused", "likely"}
    answered = as_json(evaluate(chat, [LabelledQuestion("Who walked?", "1", answers=("Neil Armstrong",))]))
    assert "recall@1" not in answered["fused"]
    assert "sentence@1" in answered["fused"]
    assert answered["passages"]["fused"]["recall@50"]["value"] == 1.0


def test_sentences_are_judged_as_if_nothing_were_refused(chat: Chat) -> None:
    strict = replace(chat, settings=replace(chat.settings, threshold=1.0, related=1.0, statements=1))
    [case] = evaluate(strict, [BREAD]).cases
    assert (case.answered, case.sentence_ranks["fused"]) == (False, 1)
    assert case.failure is not None
    assert case.failure.problem == "is refused, should be answered"
    lacking = replace(MOON, text="Who walked on the Moon in July 1969 before Zorblax?")
    [case] = evaluate(chat, [replace(lacking, answers=("nobody",))]).cases
    assert (case.likely, case.sentence_ranks["fused"]) == (True, None)
    assert case.failure is not None
    assert case.failure.quote


def test_a_likely_answer_counts_where_there_is_an_answer_and_not_where_there_is_none(chat: Chat) -> None:
    unsure = replace(chat, settings=replace(chat.settings, threshold=1.0, related=0.0))
    [there, absent] = evaluate(unsure, [BREAD, replace(BREAD, id="absent", unanswerable=True)]).cases
    assert (there.likely, there.answered, there.failure) == (True, True, None)
    assert (absent.likely, absent.answered, absent.failure) == (True, False, None)


def test_a_quote_alone_tells_its_article(chat: Chat) -> None:
    [case] = evaluate(
        chat, [LabelledQuestion("What is Bread baked from?", "1", quotes=("flour and\nwater.",))]
    ).cases
    assert case.ranks["fused"] == case.passage_ranks["fused"] == case.sentence_ranks["fused"] == 1


def test_a_quote_across_two_passages_is_in_both(chat: Chat) -> None:
    quote = "384,400 kilometres. Neil Armstrong walked"
    [case] = evaluate(chat, [LabelledQuestion("Who walked?", "1", {"moon.md": 1}, quotes=(quote,))]).cases
    assert case.values["passages.fused.recall@50"] == 1.0
    assert case.values["passages.fused.recall@1"] == 0.5


def test_a_place_counts_in_its_passage_and_its_words_in_a_sentence(chat: Chat) -> None:
    [moon] = [article for article in chat.index.articles() if article.id == "moon.md"]
    start = moon.text.index("Moon", 20)
    question = LabelledQuestion(
        "Who walked on the Moon?",
        "1",
        {"moon.md": 1},
        answers=("Moon",),
        places=(Place("moon.md", start, start + 4),),
    )
    [case] = evaluate(chat, [question]).cases
    assert case.values["passages.fused.recall@50"] == 1.0
    assert case.values["passages.fused.hit@1"] == 1.0


def test_a_judged_article_that_is_not_there_counts_as_missed(chat: Chat) -> None:
    [case] = evaluate(chat, [LabelledQuestion("What is Bread?", "1", {"bread.md": 1, "gone.md": 1})]).cases
    assert case.values["fused.recall@50"] == 0.5


def test_near_duplicates_are_one_article_whichever_is_expected(settings: Settings, toy) -> None:
    text = " ".join(f"Loaf number {number} was sold in Rome for {number} lire." for number in range(100, 140))
    for name in ("one.md", "two.md"):
        (settings.corpus / name).write_text(f"---\ntitle: Loaves\n---\n{text}", encoding="utf-8")
    build(settings, embedder=toy)
    chat = Chat.open(settings, toy)
    assert chat.index.has_copies
    for name in ("one.md", "two.md"):
        question = LabelledQuestion(
            "Where was loaf number 117 sold?", "1", {name: 1}, quotes=("Loaf number 117 was sold",)
        )
        [case] = evaluate(chat, [question]).cases
        assert case.values["fused.recall@1"] == 1.0
        assert case.values["passages.fused.recall@50"] == 1.0
        assert case.sentence_ranks["fused"] is not None


def test_a_quoted_phrase_that_no_article_holds_is_a_refusal_whatever_the_threshold(chat: Chat) -> None:
    chat = replace(chat, settings=replace(chat.settings, threshold=0.0))
    [case] = evaluate(chat, [LabelledQuestion('Is bread "baked from snow"?', "1", unanswerable=True)]).cases
    assert (case.answered, case.confidence) == (False, 0.0)


def test_a_failure_is_told_in_lines_and_a_success_is_none(chat: Chat) -> None:
    assert failure(chat, BREAD) is None
    assert failure(chat, ZORBLAX) is None
    told = failure(chat, WRONG)
    assert told is not None
    first, problem, *rest = told.split("\n")
    assert first == "What orbits the Earth?"
    assert problem.startswith(
        ("is answered, but with no right sentence (", "is refused, should be answered (")
    )
    assert "  expected article  tea.md" in rest
    assert "  expected answer   Green tea" in rest
    assert any(line.startswith("  expected passage  tea.md: fused ") for line in rest)
    assert any(line.startswith("  first passage     moon.md: fused 1, dense 1, BM25 1;") for line in rest)
    assert any(line.endswith("words in common: orbits, Earth") for line in rest)


def test_an_unanswerable_question_that_is_answered_is_a_failure(chat: Chat) -> None:
    told = failure(chat, replace(BREAD, articles={}, quotes=(), unanswerable=True))
    assert told is not None
    assert "is answered, should be refused" in told
    assert "  quoted first      Bread is baked from flour and water." in told


def test_an_article_without_a_label_for_words_has_to_be_among_the_first_ten(chat: Chat) -> None:
    assert failure(chat, LabelledQuestion("What is Bread baked from?", "1", {"bread.md": 1})) is None
    told = failure(chat, LabelledQuestion("What is Bread baked from?", "1", {"gone.md": 1}))
    assert told is not None
    assert "finds no expected article among the first 10" in told


def test_a_question_for_articles_is_judged_by_its_listing(chat: Chat) -> None:
    listed = LabelledQuestion("Which articles do you have on bread?", "listed", {"bread.md": 1})
    empty = LabelledQuestion("Which articles do you have on zorblax?", "empty", unanswerable=True)
    found, none = evaluate(chat, [listed, empty]).cases
    assert (found.answered, found.confidence, found.ranks["fused"]) == (True, 1.0, 1)
    assert (none.answered, none.confidence) == (False, 0.0)


def test_labels_that_do_not_fit_the_articles_are_named_before_the_run(chat: Chat) -> None:
    refuse_misfits(chat.index, ASKED)
    with pytest.raises(QuestionsError) as raised:
        refuse_misfits(
            chat.index, [LabelledQuestion("?", "7", {"bred.md": 1}), replace(BREAD, quotes=("Never said.",))]
        )
    assert str(raised.value).split("\n") == [
        "the questions don't fit the articles in the index; correct them, or build the index anew",
        "  question 7: no article bred.md; did you mean bread.md?",
        "  question bread: its articles don't hold 'Never said.'; copy it word for word",
    ]


def test_a_passage_of_headings_alone_is_refused_even_without_a_threshold(tmp_path: Path, toy) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("Weather\n\nNews\n\nSport", encoding="utf-8")
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", threshold=0.0)
    build(settings, embedder=toy)
    [case] = evaluate(Chat.open(settings, toy), [LabelledQuestion("Sport?", "1", answers=("x",))]).cases
    assert not case.answered


def test_an_answer_that_its_articles_never_say_is_a_misfit(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    index = Chat.open(settings, toy).index
    refuse_misfits(index, [LabelledQuestion("When?", "1", {"moon.md": 1}, answers=("never", "July 1969"))])
    with pytest.raises(QuestionsError, match="question 1: its articles never say zzzz; write it as they do"):
        refuse_misfits(index, [LabelledQuestion("When?", "1", {"moon.md": 1}, answers=("zzzz",))])
