"""Which words a follow-up can mean, and which it cannot."""

from __future__ import annotations

from rag.question.english.followups.mentions import mentions, telling, words_of
from rag.question.english.words import FUNCTION, VAGUE, VERBS


def texts(question: str) -> list[str]:
    return [each.text for each in mentions(question)]


def test_function_words_and_verbs_are_in_no_noun_phrase() -> None:
    assert {"of", "which", "isn't", "them", "because"} < FUNCTION
    assert [
        word for word in FUNCTION - {"who"} if texts(f"with {word} tea") not in (["tea"], ["the tea"])
    ] == []
    assert [word for word in FUNCTION if not words_of(f"with {word}")[1].ends] == []


def test_a_verb_is_one_unless_a_determiner_stands_before_it() -> None:
    assert {"cost", "led", "wrote"} < VERBS
    assert [verb for verb in VERBS if not words_of(f"they {verb}")[1].verb] == []
    assert [verb for verb in VERBS if words_of(f"the {verb}")[1].verb] == []
    assert words_of("they wrapped and slowly boxing")[1].verb
    assert not words_of("they tea")[1].verb
    assert [each.verb for each in words_of("they slowly killed boxing")] == [False, True, True, True]
    assert not words_of("Fleming found it")[0].verb


def test_a_verb_that_no_table_has_is_told_by_its_place() -> None:
    assert texts("When did the Eagle dock?") == ["the Eagle"]
    assert texts("When was Marie Curie married?") == ["Marie Curie"]
    assert texts("Who owns the ship?") == ["the ship"]
    assert texts("What is Rome's population?") == ["Rome's population"]


def test_words_that_name_nothing_alone_cannot_be_meant() -> None:
    assert {"kind", "monday", "two"} < VAGUE
    assert [word for word in VAGUE if telling(f"of the {word}")] == []
    assert [each.text for each in telling("of the bridge in 1912, and 50,000 men")] == ["the bridge"]


def test_names_that_belong_together_are_one() -> None:
    assert texts("with the Bank of England") == ["the Bank of England"]
    assert texts("with Ann Lee, Bo Cy and Di Fox, Ed Gee") == ["Ann Lee, Bo Cy and Di Fox", "Ed Gee"]
    assert texts("from Peru, and Ann Lee") == ["Peru", "Ann Lee"]


def test_a_name_of_two_to_four_words_is_a_full_one_of_a_person() -> None:
    def person(text: str, before: str = "by") -> int:
        return mentions(f"{before} {text}")[0].person

    assert person("Ann Smith") == person("Ann Lee Bo Smith") == 2
    assert (person("Smith"), person("Smith", "of"), person("Smith", "from"), person("tea")) == (1, 0, 0, 0)
    assert person("Ann Lee Bo Cy Smith") == 0
    assert person("the Smiths") == person("Ann and Bo") == person("NATO") == person("Apollo 11") == 0


def test_a_plural_is_told_by_its_ending() -> None:
    def plural(text: str) -> bool:
        return mentions(f"with the {text}")[0].plural

    assert all(plural(word) for word in "people ships cars".split())
    assert not any(plural(word) for word in "bus glass crisis politics ship".split())
