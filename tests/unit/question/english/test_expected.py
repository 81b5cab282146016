"""What a sentence that answers holds: a number, a date, a name, a reason; and what is denied."""

from __future__ import annotations

import pytest

from rag.question.english.expected import denies, expected, is_for_yes_or_no

HOLDS = {
    "number": "There were 12.",
    "date": "it was a year ago",
    "name": "There came Rustem Umerov.",
    "reason": "It was caused by rain.",
    "nothing": "it rained and it rained",
}
"""A sentence that holds only what it is named after."""


def wanted(question: str) -> str:
    """Return what `question` wants a sentence to hold."""
    pattern = expected(question)
    if pattern is None:
        return "unclear"
    [held] = [kind for kind, sentence in HOLDS.items() if pattern.search(sentence)]
    return held


@pytest.mark.parametrize(
    ("asked", "rest", "kind"),
    [
        ("how", "many much long old far high tall big large fast deep often heavy wide hot cold", "number"),
        (
            "what",
            "percent percentage number amount proportion fraction share distance height population age cost"
            " price size length temperature speed rate",
            "number",
        ),
        ("which", "number age", "number"),
        ("what total", "number cost", "number"),
        ("what", "year date day month century decade time", "date"),
        ("which", "year month", "date"),
        ("what exact", "date day", "date"),
        (
            "what",
            "city country countries place state town river region area county continent",
            "name",
        ),
        ("which", "city country", "name"),
        ("which small", "town river", "name"),
        ("what", "caused reason", "reason"),
    ],
)
def test_the_word_after_how_or_what_says_what_is_expected(asked: str, rest: str, kind: str) -> None:
    assert {word: wanted(f"{asked} {word} was it?") for word in rest.split()} == dict.fromkeys(
        rest.split(), kind
    )
    assert wanted(f"{asked} {rest.split(maxsplit=1)[0]} was it?".upper()) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did it sink?", "date"),
        ("Who came?", "name"),
        ("Whom did he meet?", "name"),
        ("Whose ship is it?", "name"),
        ("Where is it?", "name"),
        ("Why did it sink?", "reason"),
        ("What is inflation?", "unclear"),
        ("How does it work?", "unclear"),
        ("What did they do?", "unclear"),
        ("What mistake was made that year?", "unclear"),
        ("How many came, and when?", "number"),
        ("", "unclear"),
    ],
)
def test_the_first_that_fits_is_what_a_question_expects(question: str, kind: str) -> None:
    assert wanted(question) == kind


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "How many?",
            "7 one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty"
            " seventy eighty ninety hundred thousand million billion trillion half dozen once twice third"
            " quarter Seven",
        ),
        (
            "When?",
            "1066 1912 2024 January February March April May June July August September October November"
            " December Monday Tuesday Wednesday Thursday Friday Saturday Sunday century centuries decade year"
            " month week yesterday today ago morning night noon midnight years weeks",
        ),
        ("Why?", "because since due therefore cause causes caused reason reasons led lead leads result"
         " results resulted to Because"),
    ],
)  # fmt: skip
def test_any_of_these_words_is_what_is_expected(question: str, words: str) -> None:
    pattern = expected(question)
    assert pattern is not None
    assert [word for word in words.split() if not pattern.search(f"it was {word} that")] == []
    assert [word for word in words.split() if pattern.search(f"it was x{word}x that") and word != "7"] == []


@pytest.mark.parametrize(
    ("question", "text", "is_held"),
    [
        ("When?", "in 912", False),
        ("When?", "in 3012", False),
        ("When?", "in 19125", False),
        ("When?", "they may march", False),
        ("Why?", "so that they could", True),
        ("Why?", "in order that", True),
        ("Why?", "as a result", True),
        ("Why?", "so they could", False),
        ("Who?", "Umerov came", False),
        ("Who?", "there Umerov came", True),
        ("Who?", "there, “Umerov came", True),
        ("Who?", "Rustem Umerov came", True),
        ("Who?", "Vincent van Gogh came", True),
        ("Who?", "They came", False),
    ],
)
def test_a_sentence_holds_it_or_not(question: str, text: str, is_held: bool) -> None:
    pattern = expected(question)
    assert pattern is not None
    assert (pattern.search(text) is not None) == is_held


DENIED = (
    "not no never none nobody nothing neither nor without least lowest fewest rarely seldom hardly lack lacks"
    " lacked lacking unable fail fails failed except cannot don't don’t isn’t Never"
)


def test_words_of_denial_deny() -> None:
    assert [word for word in DENIED.split() if not denies(f"they {word} it")] == []
    assert [
        word for word in "note now nonetheless knot ant want fewer low".split() if denies(f"a {word} b")
    ] == []


YES_OR_NO = "did do does is are was were am has have had can could will would shall should may might must"


def test_an_auxiliary_in_front_asks_for_yes_or_no() -> None:
    for word in YES_OR_NO.split():
        assert is_for_yes_or_no(f"{word.capitalize()} they come?")
        assert is_for_yes_or_no(f"{word}n’t they come?"), word
        assert is_for_yes_or_no(f"{word}n't they come?"), word
        assert not is_for_yes_or_no(f"{word} they come or go?")
        assert not is_for_yes_or_no(f"when {word} they come?")
    assert not is_for_yes_or_no("Mayors come?")
    assert is_for_yes_or_no("Is it in order?")
