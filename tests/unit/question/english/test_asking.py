"""A sentence becomes a question that it answers, or none."""

from __future__ import annotations

import pytest

from rag.question.english.asking import LONGEST_SENTENCE, Names, questions
from rag.types import Article


def asked(sentence: str, *, title: str = "News", text: str = "") -> list[str]:
    return list(questions(sentence, Names(Article("a.md", title, f"{text} {sentence}"))))


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        # who
        ("Angelo Moriondo of Turin patented a steam coffee machine in 1884.",
         "Who patented a steam coffee machine?"),
        ("John Healey, the UK defence secretary, said so on Wednesday.", "Who is John Healey?"),
        # when
        ("The Channel Tunnel was opened by the Queen in May 1994.", "When was the Channel Tunnel opened?"),
        ("The first server outside Europe, at Stanford, was launched in December 1991.",
         "When was the first server outside Europe launched?"),
        ("The Titanic sank in 1912.", "When did the Titanic sink?"),
        # what
        ("Joe Biden told CNN on Monday that European sanctions would bite.",
         "What did Joe Biden say about European sanctions?"),
    ],
)  # fmt: skip
def test_a_sentence_that_fits_becomes_a_question(sentence: str, question: str) -> None:
    assert question in asked(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was opened in 1994.",  # what was?
        "The bridge was opened in May 1994.",  # which bridge?
        "President Trump visited the island on 3 October 2017.",  # which island?
        "He said Joe Biden was ill.",
        "Scientists discovered water in 1990.",  # begins a sentence, and is no name
        "In 2006, Joe Biden became one of eight leaders vowing to act.",  # nothing is cut in the middle
        "Marie Curie won the 1985 U.S. Open.",
        "Anna Masters agreed to a contract.",
        "I’ve lost 82 pounds since March.",
        "She told the Lincoln Star that it was dangerous.",
        "New Zealand was the first country.",
        "Marie Curie proposed a variation of.",
    ],
)
def test_what_cannot_be_worded_soundly_is_left_alone(sentence: str) -> None:
    assert asked(sentence) == []


def test_a_word_that_only_begins_the_sentence_is_told_from_a_name_by_the_rest_of_the_article() -> None:
    sentence = "Coffee was invented in 1500."
    assert asked(sentence) == []
    assert asked(sentence, text="We like Coffee.") == ["When was Coffee invented?"]
    assert asked(sentence, text="We like coffee.") == []
    assert asked(sentence, title="Coffee: a history", text="We like coffee.") == ["When was coffee invented?"]
    assert asked(sentence, title="How coffee conquered the whole world", text="We like coffee.") == []


def test_a_question_does_not_name_a_thing_twice() -> None:
    assert asked("Foreign Minister Ann Lee of Peru said Peru was ready.") == []


def test_long_sentences_and_those_over_lines_are_left_alone() -> None:
    assert asked("The Titanic sank in 1912" + ", and more" * (LONGEST_SENTENCE // 10) + ".") == []
    assert asked("The Titanic sank in 1912.\nA caption.") == []


MADE = (
    "discovered invented founded designed built composed developed created established won launched proposed"
    " coined bought defeated assassinated acquired replaced patented isolated identified introduced measured"
    " calculated solved opened commanded completed published released elected killed arrested signed"
    " destroyed closed abolished adopted rebuilt restored approved dissolved described"
)
WITH_OBJECT = (
    "became/become joined/join reached/reach invaded/invade entered/enter signed/sign moved/move won/win"
    " lost/lose gained/gain adopted/adopt introduced/introduce published/publish released/release"
    " struck/strike hit/hit crossed/cross visited/visit bought/buy acquired/acquire sold/sell founded/found"
    " completed/complete received/receive graduated/graduate ratified/ratify passed/pass"
    " destroyed/destroy banned/ban rejected/reject withdrew/withdraw cancelled/cancel"
    " climbed/climb"
    " recorded/record made/make built/build took/take"
    " abolished/abolish flew/fly discovered/discover"
)
WITHOUT_OBJECT = (
    "began/begin died/die landed/land sank/sink opened/open closed/close ended/end started/start left/leave"
    " arrived/arrive erupted/erupt exploded/explode collapsed/collapse married/marry resigned/resign"
    " retired/retire returned/return launched/launch spread/spread appeared/appear"
)
PEOPLE = (
    "politician actor actress president minister secretary scientist writer author singer player journalist"
    " engineer physicist mathematician lawyer judge senator general composer painter poet philosopher king"
    " queen emperor explorer doctor physician chemist biologist astronomer economist inventor director"
    " activist professor soldier officer artist musician rapper comedian founder CEO historian mountaineer"
    " astronaut architect leader governor mayor spokesman spokeswoman spokesperson chairman coach chef"
    " businessman executive analyst expert commander chief"
)


def turned(verbs: str) -> list[tuple[str, str]]:
    return [(past, base) for past, base in (pair.split("/") for pair in verbs.split())]


def wrong(sentences: dict[str, str]) -> list[str]:
    """Return the sentences that do not become their question."""
    return [sentence for sentence, question in sentences.items() if question not in asked(sentence)]


def test_what_is_done_to_a_thing_once_is_asked_for_its_year() -> None:
    tower = {f"The Eiffel Tower was {done} in 1912.": f"When was the Eiffel Tower {done}?"
             for done in MADE.split()}  # fmt: skip
    assert wrong(tower) == []
    assert asked("The Eiffel Tower was painted in 1912.") == []


def test_what_one_does_to_a_thing_is_asked_for_who_did_it() -> None:
    made = {f"Ann Lee {verb} the Eiffel Tower.": f"Who {verb} the Eiffel Tower?" for verb in MADE.split()}
    assert wrong(made) == []
    assert asked("Ann Lee painted the Eiffel Tower.") == []


def test_a_verb_in_the_past_is_asked_with_did() -> None:
    dated = {
        f"Ann Lee {past} Mount Etna in 1912.": f"When did Ann Lee {base} Mount Etna?"
        for past, base in turned(WITH_OBJECT)
    }
    assert wrong(dated) == []
    alone = {f"Ann Lee {past} in 1912.": f"When did Ann Lee {base}?" for past, base in turned(WITHOUT_OBJECT)}
    assert wrong(alone) == []


def test_a_verb_that_needs_more_than_its_subject_is_not_asked_about_alone() -> None:
    for past, base in turned(WITH_OBJECT):
        assert f"When did Ann Lee {base}?" not in asked(f"Ann Lee {past} in 1912.")


def test_what_somebody_is_is_asked_for() -> None:
    said = {f"Ann Lee, a {who} from Peru, went home.": "Who is Ann Lee?" for who in PEOPLE.split()}
    assert wrong(said) == []
    assert asked("Ann Lee, a woman from Peru, went home.") == []


NAMELESS = (
    "He She They This That These Those There We You I A An In On At By From With And But Or If When While"
    " After Before As Although Though Because Since Both Each Other Others Some Most Many All Such One Two"
    " Three Four Five Another Few Several His Her Its Their Our My Your What Who How Why Where Which Not No"
    " Only Even Also Then Now Today Yesterday Tomorrow Here Once During Under Over Between Among Despite Like"
    " Unlike Instead However Moreover It For Meanwhile According Later Earlier Still Yet So Thus Hence Nearly"
    " About Around Almost Every Either Neither Just Perhaps Maybe Nothing Everything Something Someone"
    " Everyone Nobody Anyone Jan Feb Aug Sept Oct Nov Dec Former Late Photo Image Video Read More Democrat"
    " Republican Americans Monday Sunday January December"
)


def test_words_with_a_capital_that_name_nothing_are_not_asked_about() -> None:
    names = Names(Article("a.md", "News", f"x {', '.join(NAMELESS.split())}"))
    assert [word for word in NAMELESS.split() if names.named(word, "subject")] == []
    assert [word for word in NAMELESS.split() if names.named(f"{word} Lee", "subject")] == []
    assert Names(Article("a.md", "News", "x, Peru")).named("Peru", "subject") == "Peru"


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("In 1912 Mount Etna erupted on Sicily.", "When did Mount Etna erupt on Sicily?"),
    ],
)
def test_each_form_has_its_question(sentence: str, question: str) -> None:
    assert question in asked(sentence, text="so, Peru and, Caffeine" if "Peru" in sentence else "")


def test_questions_are_at_most_as_long_as_a_button() -> None:
    long = "Ann " + "Lee" * 24
    assert len(f"When did {long} die?") <= 100
    assert asked(f"{long} died in 1912.") == [f"When did {long} die?"]
    longer = "Ann " + "Lee" * 30
    assert asked(f"{longer} died in 1912.") == []
