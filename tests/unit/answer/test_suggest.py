"""Questions to start and to go on with come from the articles and are kept only when these answer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from rag.answer.overview.held import Overview
from rag.answer.overview.named import Named
from rag.answer.suggest import TRIED, examples, following
from rag.question import english, plain
from rag.types import (
    Answer,
    Article,
    Block,
    BlockKind,
    Citation,
    Hit,
    Passage,
    Sentence,
    Statement,
    Unanswered,
)

TUNNEL = Article(
    "tunnel.md",
    "The Channel Tunnel",
    "The engineer Ada Lane built the Channel Tunnel. The Channel Tunnel is long. Bo Cy saw it.",
)
KYIV = Article("kyiv.md", "Talks", "The minister Rustem Umerov met Ann Lee.")
WHO = "Who is Ada Lane?"
TUNNELS = "What do the articles say about the Channel Tunnel?"
BO = "What do the articles say about Bo Cy?"
ANN = "What do the articles say about Ann Lee?"


def saying(article: Article, question: str = "?", *, similarity: float = 0.8) -> Answer:
    text = article.text
    passage = Passage(article, 0, len(text), (Sentence(article, 0, len(text)),))
    statement = Statement(text, (Citation(passage, 0, len(text), text),), "exact")
    return Answer(question, (statement,), 1.0, (Hit(passage, 1.0, similarity, 1.0, 1, 1),))


def answered(question: str) -> Answer:
    return saying(KYIV if question in ("Who is Rustem Umerov?", ANN) else TUNNEL, question)


def refused(question: str) -> Unanswered:
    return Unanswered(question, 0.0, ())


def trying() -> tuple[list[str], Callable[[str], Unanswered]]:
    """Return what was asked, and what asks it in vain."""
    tried: list[str] = []

    def ask(question: str) -> Unanswered:
        tried.append(question)
        return refused(question)

    return tried, ask


NOTHING = Overview(2, None, None, (), (), (), (), ())
BARE: Any = SimpleNamespace(**{**vars(english), "EXAMPLES": {}})
"""A language in which a question is worded for names only."""


def test_without_wordings_examples_are_for_what_articles_name() -> None:
    assert examples([TUNNEL, KYIV], NOTHING, answered, BARE, count=3) == (WHO, TUNNELS, BO)
    assert examples([TUNNEL, KYIV], NOTHING, answered, BARE, count=1) == (WHO,)
    assert examples([TUNNEL], NOTHING, answered, plain, count=3) == ()


def test_a_question_that_its_article_does_not_surely_answer_is_no_example() -> None:
    assert examples([TUNNEL], NOTHING, refused, BARE, count=3) == ()
    assert examples([TUNNEL], NOTHING, lambda _: saying(KYIV), BARE, count=3) == ()
    assert examples([TUNNEL], NOTHING, lambda _: replace(saying(TUNNEL), likely=True), BARE, count=3) == ()
    asked = examples(
        [TUNNEL], NOTHING, lambda each: answered(each) if each == BO else refused(each), BARE, count=3
    )
    assert asked == (BO,)


def test_of_one_kind_no_more_than_three_questions_are_tried() -> None:
    tried, ask = trying()
    many = replace(TUNNEL, text=TUNNEL.text + " Di Fox left. Ed Gee left.")
    assert examples([many], NOTHING, ask, BARE, count=1) == ()
    assert tried == [WHO, TUNNELS, BO]


BURIN = Article("burin.md", "Burin", "A burin is a tool. The Royal Academy (RA) had one.")


def test_examples_are_of_as_many_kinds_as_the_articles_allow() -> None:
    statement = saying(TUNNEL).statements[0]
    lane = Named("Ada Lane", "engineer", 1, statement)
    overview = replace(NOTHING, people=(lane, Named("Bo Cy", None, 1, statement)), timeline=(statement,) * 4)

    def ask(question: str) -> Answer:
        if "say" in question:
            return quoting("“It is long”, said Ada Lane.", "“It is long")
        return saying(BURIN if "urin" in question else TUNNEL, question)

    assert examples([BURIN, TUNNEL], overview, ask, english, count=10) == (
        WHO,
        "What is a burin?",
        "Where do the articles disagree?",
        "What did Ada Lane say?",
        "What does RA stand for?",
        "What happened when?",
        "What is “Burin” about?",
        TUNNELS,
        "What is “The Channel Tunnel” about?",
        BO,
    )
    short = replace(overview, timeline=(statement,) * 3)
    assert "What happened when?" not in examples([BURIN], short, ask, english, count=9)


def quoting(text: str, answer: str, kind: BlockKind = "paragraph") -> Answer:
    """Return what quotes `text`, with `answer` in bold."""
    whole = saying(replace(TUNNEL, text=text, blocks=(Block(0, len(text), kind),)))
    at = text.index(answer) if answer else 0
    bold = ((at, at + len(answer)),) if answer else ()
    return replace(whole, statements=(replace(whole.statements[0], highlights=bold),))


@pytest.mark.parametrize(
    ("answer", "is_said"),
    [
        (quoting("“It is long”, said Ada Lane.", "It is long"), True),
        (quoting("Ada Lane called it “long”.", "called it “long"), True),
        (quoting("Ada Lane called it “long”.", ""), False),
        (quoting("Ada Lane called it long.", "long"), False),
        (quoting("The son of Ada Lane told Bo Cy to call it “long”.", "“long"), False),
        (quoting("“Bo Cy is long”, said Ada Lane.", "Bo Cy is"), True),
        (quoting("“It is long”, said he.", "It is long"), False),
        (quoting("“It is long, Ada Lane.” So she heard.", "It is long"), False),
        (quoting("Ada Lane, “On Length”, 1990.", "On Length", "note"), False),
        (quoting("Ada Lane, “On Length”, 1990.", "On Length", "caption"), False),
    ],
)
def test_whoever_is_said_to_say_something_is_quoted_with_nobody_between(
    answer: Answer, is_said: bool
) -> None:
    overview = replace(NOTHING, people=(Named("Ada Lane", "engineer", 1, answer.statements[0]),))
    found = examples([], overview, lambda each: answer if "say" in each else refused(each), english, count=9)
    assert found == ("What did Ada Lane say?",) * is_said


def test_after_an_answer_come_questions_about_what_its_passages_name() -> None:
    answer = saying(TUNNEL)
    assert following(answer, answered, english, past=[], count=3, tries=TRIED) == (WHO, TUNNELS, BO)
    assert following(answer, refused, english, past=[], count=3, tries=TRIED) == ()
    assert following(answer, answered, plain, past=[], count=3, tries=TRIED) == ()


def test_passages_far_from_the_question_suggest_nothing() -> None:
    near, far = (saying(TUNNEL).closest[0], saying(KYIV, similarity=0.5).closest[0])
    answer = replace(saying(TUNNEL), closest=(near, far))
    assert following(answer, answered, english, past=[], count=9, tries=TRIED) == (WHO, TUNNELS, BO)
    both = replace(answer, closest=(near, replace(far, similarity=0.65), near))
    found = following(both, answered, english, past=[], count=9, tries=TRIED)
    assert found == (WHO, TUNNELS, BO, "Who is Rustem Umerov?", ANN)


def test_what_was_asked_is_not_suggested_and_no_more_than_asked_for_or_tried() -> None:
    answer = saying(TUNNEL, "who is ada lane")
    assert following(answer, answered, english, past=[TUNNELS.upper()], count=3, tries=TRIED) == (BO,)
    assert following(answer, answered, english, past=[], count=1, tries=TRIED) == (TUNNELS,)
    tried, ask = trying()
    following(answer, ask, english, past=[], count=3, tries=1)
    assert tried == [TUNNELS]


def test_after_a_refusal_come_questions_of_the_passages_and_then_of_the_closest_article() -> None:
    [hit] = saying(TUNNEL).closest
    short = replace(hit, passage=replace(hit.passage, start=0, end=1, sentences=()))
    nothing = Unanswered("Who is Zorblax?", 0.0, (short,))
    assert following(nothing, answered, english, past=[], count=1, tries=TRIED) == (WHO,)
    assert following(replace(nothing, closest=()), answered, english, past=[], count=1, tries=TRIED) == ()
