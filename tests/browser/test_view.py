"""What a browser is told about an outcome."""

from __future__ import annotations

from dataclasses import replace

import pytest
from three_articles import (
    ALMOST,
    APOLLO,
    BASALTS,
    COLLINS,
    HACK,
    LANDED,
    LANDING,
    LAUNCH,
    LISTED,
    MISSING,
    NOWHERE,
    ODD,
    OUTSIDE,
    QUARANTINE,
    RELATIVE,
    ROCK_AGE,
    ROCKS,
    STEPPED,
    TIMED,
    TWICE,
    WALK,
    WHEN,
    ThreeArticles,
    hit,
    passage,
    quote,
    said,
)

from rag.page.view import outcome_view
from rag.types import Answer, Citation, Reading, Side, Unanswered


def test_passages_are_numbered_by_first_use_and_keep_their_number():
    view = outcome_view(ThreeArticles().ask(WHEN))
    assert [statement["citations"] for statement in view["statements"]] == [
        [{"source": 1, "quote": 0}],
        [{"source": 2, "quote": 0}],
        [{"source": 1, "quote": 1}],
    ]
    assert view["sources"] == [
        {
            "number": 1,
            "article": "space/apollo-11.md",
            "title": APOLLO.title,
            "published": "1969-07-24",
            "source": "The Evening Register",
            "author": "Ada Whitlock",
            "url": APOLLO.url,
            "duplicates": [],
            "more": 0,
            "why": {
                "words": ["Moon", "<b>lunar</b>"],
                "closeness": "close",
                "by_words": 22,
                "by_meaning": 1,
            },
            "section": [],
            "page": None,
            "start": 0,
            "passage": [
                {"text": LAUNCH + " ", "marks": [], "bold": False},
                {"text": LANDED, "marks": [0], "bold": False},
                {"text": " ", "marks": [], "bold": False},
                {"text": STEPPED, "marks": [1], "bold": False},
            ],
            "quotes": [
                {
                    "start": 67,
                    "text": LANDED,
                    "highlights": (),
                    "before": LAUNCH + " ",
                    "after": " " + STEPPED,
                    "original": f"{APOLLO.url}#:~:text=The%20lunar%20module%20Eagle%20landed%20on%20the"
                    "%20Moon%20on%20July%2020%2C%201969%2C%20at%2020%3A17%20UTC.",
                },
                {
                    "start": 141,
                    "text": STEPPED,
                    "highlights": (),
                    "before": LANDED + " ",
                    "after": "",
                    "original": f"{APOLLO.url}#:~:text=Neil%20Armstrong%20stepped%20onto%20the%20surface"
                    "%20six%20hours%20and%2039%20minutes%20later.",
                },
            ],
            "best": None,
        },
        {
            "number": 2,
            "article": "space/samples.md",
            "title": "What the Moon rocks told us",
            "published": None,
            "source": "Letters on Geology",
            "author": None,
            "url": None,
            "duplicates": [],
            "more": 0,
            "why": None,
            "section": [],
            "page": None,
            "start": 0,
            "passage": [
                {"text": QUARANTINE, "marks": [0], "bold": False},
                {"text": ROCKS.text.removeprefix(QUARANTINE), "marks": [], "bold": False},
            ],
            "quotes": [
                {
                    "start": 0,
                    "text": QUARANTINE,
                    "highlights": (),
                    "before": "",
                    "after": " " + BASALTS,
                    "original": None,
                },
            ],
            "best": None,
        },
    ]


def test_an_equal_passage_that_is_another_object_is_the_same_source():
    again = passage(APOLLO, LAUNCH, LANDED, STEPPED)
    answer = Answer("?", (said(quote(LANDING, LANDED)), said(quote(again, LAUNCH))), 1.0, ())
    assert [source["number"] for source in outcome_view(answer)["sources"]] == [1]


@pytest.mark.parametrize("question", [WHEN, TWICE, HACK, NOWHERE])
def test_the_segments_of_a_source_are_its_passage_verbatim(question):
    texts = {"".join(s["text"] for s in source["passage"]) for source in view_of(question)["sources"]}
    assert texts <= {LANDING.text, ROCKS.text, WALK.text, ODD.text}


def test_the_words_that_answer_are_bold_in_the_statement_and_in_its_passage():
    statement = replace(said(quote(LANDING, LANDED)), highlights=((17, 22),))
    view = outcome_view(Answer("?", (statement,), 1.0, ()))
    pieces = [(LANDED[:17], False), ("Eagle", True), (LANDED[22:], False)]
    assert view["statements"][0]["stretches"] == pieces
    [source] = view["sources"]
    assert [(part["text"], part["bold"]) for part in source["passage"] if part["marks"]] == pieces
    assert source["quotes"][0]["highlights"] == ((17, 22),)


def test_quotes_that_overlap_are_both_marked_whole():
    whole = Citation(WALK, WALK.start, WALK.end, WALK.text)
    part = quote(WALK, OUTSIDE)
    inside = Answer("?", (said(whole), said(part)), 1.0, ())
    assert [segment["marks"] for segment in outcome_view(inside)["sources"][0]["passage"]] == [
        [0],
        [0, 1],
        [0],
    ]
    middle = WALK.article.text.index(COLLINS) + 10
    across = Citation(WALK, part.start, middle, WALK.article.text[part.start : middle])
    joined = Answer("?", (said(across), said(quote(WALK, COLLINS))), 1.0, ())
    marked = outcome_view(joined)["sources"][0]["passage"]
    assert marked[-2:] == [
        {"text": COLLINS[:10], "marks": [0, 1], "bold": False},
        {"text": COLLINS[10:], "marks": [1], "bold": False},
    ]


def test_a_quote_that_runs_past_its_passage_is_shown_whole():
    short = passage(APOLLO, LANDED)
    start, end = LANDING.start, LANDING.end
    wide = Answer("?", (said(Citation(short, start, end, APOLLO.text[start:end])),), 1.0, (hit(short),))
    view = outcome_view(wide)
    assert view["sources"][0]["passage"] == [{"text": LANDING.text, "marks": [0], "bold": False}]
    assert view["sources"][0]["start"] == start
    assert view["found"] == []


def test_the_sentences_beside_a_quote_are_cut_where_they_are_far_from_it():
    long = replace(APOLLO, text=f"{'Far ' * 60}near. {LANDED} Near{' far' * 60}.")
    cited = passage(long, "Far " * 60 + "near.", LANDED, "Near" + " far" * 60 + ".")
    [found] = outcome_view(Answer("?", (said(quote(cited, LANDED)),), 1.0, ()))["sources"][0]["quotes"]
    assert found["before"] == "… " + "Far " * 38 + "near. "
    assert found["after"] == " Near" + " far" * 38 + " …"


def test_passages_that_were_found_and_not_cited_are_named_after_the_cited_ones():
    [cited, *others] = map(hit, (WALK, ROCKS, LANDING, ODD))
    again = hit(passage(APOLLO, STEPPED, OUTSIDE, COLLINS))  # equal to the one that is cited
    view = outcome_view(Answer("?", (said(quote(WALK, OUTSIDE)),), 1.0, (cited, again, *others)))
    assert [(source["number"], source["title"], source["quotes"]) for source in view["found"]] == [
        (2, ROCKS.article.title, []),
        (3, APOLLO.title, []),
        (4, ODD.article.title, []),
    ]
    many = outcome_view(Answer("?", (said(quote(ROCKS, BASALTS)),), 1.0, tuple(map(hit, PARTS))))
    assert len(many["found"]) == 5
    assert view_of(NOWHERE)["found"] == []
    assert [source["number"] for source in view_of(ALMOST)["found"]] == [3]


def test_a_refusal_offers_the_three_closest_passages_unmarked():
    refusal = outcome_view(Unanswered("?", 0.0, tuple(map(hit, (WALK, ROCKS, LANDING, ODD)))))
    assert [source["number"] for source in refusal["sources"]] == [1, 2, 3]
    assert refusal["sources"][0]["passage"] == [{"text": WALK.text, "marks": [], "bold": False}]


def test_a_refusal_offers_the_closest_sentence_first_and_nothing_that_has_nothing_of_the_question():
    alien = replace(hit(ODD, 0.1), words=())
    refusal = outcome_view(
        Unanswered("?", 0.0, (alien, hit(ROCKS, 0.2), hit(WALK, 0.1, fit=(0.1, 0.2, 0.9))))
    )
    assert [source["article"] for source in refusal["sources"]] == [APOLLO.id, ROCKS.article.id]
    assert refusal["sources"][0]["best"]["text"] == COLLINS


def test_a_passage_that_is_not_cited_is_told_with_the_sentence_that_fits_best():
    refusal = outcome_view(Unanswered("?", 0.0, (hit(WALK, fit=(0.1, 0.5, 0.3)), hit(ROCKS))))
    near, unknown = refusal["sources"]
    assert (near["best"]["start"], near["best"]["text"]) == (APOLLO.text.index(OUTSIDE), OUTSIDE)
    assert near["best"]["after"] == f" {COLLINS}"
    assert unknown["best"] is None
    cited = Answer("?", (said(quote(WALK, COLLINS)),), 1.0, (hit(WALK, fit=(0.1, 0.5, 0.3)),))
    assert outcome_view(cited)["sources"][0]["best"] is None


def test_words_of_time_and_what_their_days_are_reach_the_browser():
    view = outcome_view(ThreeArticles().ask(TIMED, ignored=["now"]), ["now"])
    assert view["times"] == [
        {"words": "since 1969", "since": "1969-01-01", "until": None, "newest": False, "applied": True},
        {"words": "new", "since": None, "until": None, "newest": True, "applied": True},
    ]
    assert view["ignored"] == ["now"]


def test_a_statement_says_which_of_its_words_the_day_of_its_article_places():
    [statement] = view_of(RELATIVE)["statements"]
    assert statement["dated"] == {"words": ["Yesterday"], "published": "2024-02-29"}
    assert view_of(ROCK_AGE)["statements"][0]["dated"] is None


def test_a_listing_is_its_articles_with_safe_links_only():
    view = view_of(LISTED)
    assert (view["kind"], view["total"], view["asked"]) == ("listing", 1234, "from 1969")
    assert view["articles"][0] == {
        "article": APOLLO.id,
        "title": APOLLO.title,
        "source": "The Evening Register",
        "author": "Ada Whitlock",
        "published": "1969-07-24",
        "url": APOLLO.url,
    }
    assert view["articles"][1]["url"] is None


def test_near_duplicates_are_named_up_to_three_and_the_others_counted():
    walk, rocks = view_of(TWICE)["sources"]
    assert walk["duplicates"] == [
        {"title": "Eagle has landed", "source": "<b>The Copyist</b>", "published": "1969-07-24"},
        {"title": "Moon reached", "source": None, "published": None},
        {"title": "Landed", "source": "The Echo", "published": "1969-07-24"},
    ]
    assert (walk["more"], rocks["duplicates"], rocks["more"]) == (1, [], 0)


def test_a_refusal_names_the_phrases_that_no_passage_holds():
    assert view_of(MISSING)["missing_phrases"] == ["green cheese", "<i>$&"]
    assert view_of(MISSING)["sources"][0]["duplicates"][0]["title"] == "Moon reached"
    assert view_of(NOWHERE)["missing_phrases"] == []


def test_a_link_that_could_run_code_is_left_out():
    odd = replace(APOLLO, url="javascript:alert(1)")
    answer = Answer("?", (said(quote(passage(odd, LANDED), LANDED)),), 1.0, ())
    assert outcome_view(answer)["sources"][0]["url"] is None


PARTS = tuple(passage(APOLLO, part) for part in (LAUNCH, LANDED, STEPPED, OUTSIDE, COLLINS, LANDED[4:]))


def test_the_typed_question_is_told_when_another_one_was_searched():
    assert view_of(WHEN)["typed"] is None
    for outcome in (ThreeArticles().ask(WHEN), ThreeArticles().ask(NOWHERE)):
        assert outcome_view(replace(outcome, reading=Reading("And?")))["typed"] == "And?"
        assert outcome_view(replace(outcome, reading=Reading(outcome.question)))["typed"] is None


def view_of(question):
    return outcome_view(ThreeArticles().ask(question))


def test_sides_are_their_values_and_their_statements_are_numbered_like_any_others():
    one, other = said(quote(LANDING, LANDED)), said(quote(ROCKS, QUARANTINE))
    answer = Answer(
        "?", (one, other), 1.0, (), sides=(Side("July 20, 1969", one), Side("three weeks", other))
    )
    view = outcome_view(answer)
    assert view["sides"] == ["July 20, 1969", "three weeks"]
    assert [each["citations"][0]["source"] for each in view["statements"]] == [1, 2]
    assert view_of(WHEN)["sides"] == []
