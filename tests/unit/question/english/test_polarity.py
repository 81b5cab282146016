"""Questions for yes or no and for names, and what is denied."""

from __future__ import annotations

from rag.question.english.polarity import denies, is_for_name, is_for_yes_or_no

DENIED = (
    "not no never none nobody nothing neither nor least lowest fewest rarely seldom hardly lack lacks"
    " lacked lacking unable fail fails failed except cannot don't don’t isn’t Never"
)


def test_words_of_denial_deny() -> None:
    assert [word for word in DENIED.split() if not denies(f"they {word} it")] == []
    assert [
        word
        for word in "note now nonetheless knot ant want fewer low without".split()
        if denies(f"a {word} b")
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


def test_who_asks_for_a_name() -> None:
    for question in (
        "Who won?",
        "By whom was it built?",
        "whose idea was it",
        "When and by whom was it built?",
    ):
        assert is_for_name(question), question
    for question in (
        "Who can apply?",
        "who are the Quakers",
        "What do those who won get?",
        "The WHO said so",
    ):
        assert not is_for_name(question), question
