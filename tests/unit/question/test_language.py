"""English rules read English alone; other languages are read without rules, and nothing is vetoed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from inspect import ismodule
from pathlib import Path

import pytest

from rag.answer.disagreement import Wanted
from rag.build import build
from rag.chat import Chat
from rag.output.json import as_json
from rag.question import english, plain
from rag.question.language import Language, language_of
from rag.settings import Settings
from rag.types import Answer, Listing, Turn

MOUNTAIN = "Der Gipfel der Zugspitze liegt 2962 Meter über dem Meer."
TEA = "Tee war in den Alpen immer ein Monday Market."


@pytest.fixture
def german(tmp_path: Path, toy) -> Chat:
    corpus = tmp_path / "berge"
    corpus.mkdir()
    (corpus / "zugspitze.md").write_text(f"---\ntitle: Zugspitze\n---\n{MOUNTAIN}", encoding="utf-8")
    facts = "title: Tee\ndate: 2024-03-01"
    (corpus / "tee.md").write_text(f"---\n{facts}\n---\n{TEA}", encoding="utf-8")
    settings = Settings(
        corpus=corpus, index=tmp_path / "index", language="de", passage_tokens=32, threshold=0.1, reader=False
    )
    build(settings, embedder=toy)
    return Chat.open(settings, toy)


def test_english_is_read_by_its_rules_and_every_other_language_without_any() -> None:
    assert language_of("en") is english
    assert language_of("de") is language_of("ja") is plain


def test_either_module_tells_all_that_a_language_does_and_nothing_else() -> None:
    told = {name for name in (*vars(Language), *Language.__annotations__) if not name.startswith("_")}
    assert {name for name, value in vars(english).items() if name[0] != "_" and not ismodule(value)} == told
    assert [name for name in told if not hasattr(plain, name)] == []
    assert "two" in english.NUMBERS
    assert "two" not in plain.NUMBERS


def test_a_german_noun_is_no_name_that_a_passage_has_to_hold(german: Chat) -> None:
    found = german.ask("Wie hoch liegt der Berg Zugspitze über dem Meer?")
    assert isinstance(found, Answer)
    assert found.statements[0].text == MOUNTAIN
    english_rules = replace(german, settings=replace(german.settings, language="en"))
    assert "Berg Zugspitze" in english_rules.understand("Wie hoch liegt der Berg Zugspitze?").names


def test_no_english_pattern_reads_a_question_in_another_language(german: Chat) -> None:
    asked = german.understand("List articles about Tee since 2024?")
    assert (asked.kind, asked.names, asked.times, asked.units) == (None, (), (), ())
    assert not isinstance(german.ask("Which articles do you have on Tee?"), Listing)
    turns = [Turn("Wo liegt die Zugspitze?", MOUNTAIN)]
    assert german.ask("And when?", turns=turns).question == "And when?"
    assert german.examples(3) == ()
    assert Wanted(german.understand("How many people died?"), german.index.words).wants == ""


def test_no_word_of_another_language_is_taken_for_an_english_one(german: Chat) -> None:
    question = "Was war Tee in den Alpen?"
    [found, *_] = as_json(german.ask(question))["statements"]
    [cited] = found["citations"]
    assert (cited["quote"], cited["relative"]) == (TEA, [])
    assert cited["why"]["words"] == ["war", "Tee", "in", "den", "Alpen"]
    english_rules = replace(german, settings=replace(german.settings, language="en"))
    [read, *_] = as_json(english_rules.ask(question))["statements"]
    assert read["citations"][0]["relative"] == ["Monday"]
    assert "in" not in read["citations"][0]["why"]["words"]


def test_a_phrase_in_quotes_and_the_rarer_words_count_in_every_language(german: Chat) -> None:
    asked = german.understand("Wer sagte „über dem Meer“?")
    assert asked.phrases == ("über dem Meer",)
    assert asked.coverage(frozenset(asked.weights)) == 1.0


def test_plain_says_nothing_of_any_sentence() -> None:
    assert plain.kind("Which articles are there?") is None
    assert not plain.denies("It is not so.")
    assert not plain.is_for_yes_or_no("Is it?")
    assert plain.missing_names(["France"], "Spain") == ()
    assert plain.without_courtesy("Please tell me") == "Please tell me"
    days = (date(2020, 1, 1), date(2026, 1, 1))
    assert plain.words_of_time("since 2024", days, today=days[1]) == ()
    assert plain.stands_alone("He said so.")
