"""Wordings of questions, and what their slots hold; the language is the file's."""

from __future__ import annotations

import re

import pytest

from rag.question.forms import Wording, forms_of

SAY, NAME, PAIR, ENDS = (
    form
    for form in forms_of(
        "# a comment\n$ALL = (all|some)\n\ntalk of: [please] say <what>\nlist: name $ALL <_:few>\n"
        "pair: <one> , or <other:thing>\nlast limited: (!never)<x> ends",
        {"few": re.compile(r"\S+ \S+"), "thing": re.compile("(?!.* of)(?:some )?(.+)")},
    )
)


def test_a_form_holds_what_stands_in_its_slots_and_names_its_fact() -> None:
    assert Wording.of("Please say hello there").parts(SAY) == {"fact": "of", "what": "hello there"}
    assert Wording.of("say “hi”").parts(SAY) == {"fact": "of", "what": "“hi”"}
    assert [Wording.of(text).parts(SAY) for text in ("tell me", "say", "please", "")] == [None] * 4


def test_a_slot_that_nothing_asks_for_is_shaped_and_not_kept() -> None:
    assert Wording.of("name some big cats").parts(NAME) == {}
    assert Wording.of("name all cats").parts(NAME) is None


def test_a_comma_is_only_looked_for_where_a_form_has_one() -> None:
    assert Wording.of("tea, or milk").parts(PAIR) == {"one": "tea", "other": "milk"}
    assert Wording.of("tea or milk").parts(PAIR) is None
    assert Wording.of("say, all, of it").parts(SAY) == {"fact": "of", "what": "all, of it"}


def test_a_slot_holds_the_first_group_of_its_shape() -> None:
    assert Wording.of("tea, or cup of tea").parts(PAIR) is None
    assert Wording.of("tea, or some milk").parts(PAIR) == {"one": "tea", "other": "milk"}


def test_what_is_barred_may_not_stand_there() -> None:
    assert Wording.of("this ends").parts(ENDS) == {"x": "this"}
    assert Wording.of("never ends").parts(ENDS) is None
    assert (ENDS.is_limited, ENDS.fact, SAY.is_limited) == (True, None, False)


def test_more_closed_than_opened_is_refused() -> None:
    with pytest.raises(ValueError, match="more is closed than was opened"):
        forms_of("a: b) c", {})
