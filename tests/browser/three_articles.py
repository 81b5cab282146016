"""A chat made of three articles, for a page that needs no model and no index.

It knows a handful of questions by heart. Its articles are real nouns with real offsets, so every promise
about quotes holds here as it does over a corpus.
"""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from rag.answer.overview.held import Overview
from rag.answer.overview.named import Named
from rag.corpus.changed import Changed
from rag.corpus.health import Health, examine
from rag.errors import FilterError, RagError
from rag.index.embedding import Vectors
from rag.index.meaning import Meaning
from rag.question.language import language_of
from rag.types import (
    Answer,
    Article,
    Card,
    Citation,
    Filter,
    Found,
    Hit,
    Listing,
    Outcome,
    Passage,
    Progress,
    Reading,
    Sentence,
    Statement,
    Step,
    TimeWords,
    Turn,
    Unanswered,
    unheard,
)

APOLLO = Article(
    id="space/apollo-11.md",
    title="The first landing on the Moon",
    text=(
        "Apollo 11 was launched from Kennedy Space Center on July 16, 1969. "
        "The lunar module Eagle landed on the Moon on July 20, 1969, at 20:17 UTC. "
        "Neil Armstrong stepped onto the surface six hours and 39 minutes later.\n\n"
        "Buzz Aldrin joined him 19 minutes after that. "
        "They spent about two and a quarter hours outside and collected 47.5 pounds of lunar material. "
        "Michael Collins flew the command module Columbia alone in lunar orbit."
    ),
    published=date(1969, 7, 24),
    source="The Evening Register",
    author="Ada Whitlock",
    url="https://example.org/apollo-11?a=1&b=2",
    language="en",
)
SAMPLES = Article(
    id="space/samples.md",
    title="What the Moon rocks told us",
    text=(
        "The samples brought back in July 1969 were kept in quarantine for three weeks. "
        "Geologists found that the basalts of the Sea of Tranquility were about 3.7 billion years old. "
        "No trace of life was found in them."
    ),
    published=None,
    source="Letters on Geology",
    author=None,
    url=None,
    language="en",
)
HOSTILE = Article(
    id="odd/<img src=x onerror=hack()>.html",
    title='"><svg onload="window.__hacked=1"><b>Bold</b> ${window.__hacked=2} {{constructor}}',
    text=(
        "<script>window.__hacked = 3</script> is how the page was broken. "
        '<img src=x onerror="window.__hacked=4"> came next, then ${window.__hacked=5} and {{constructor}}. '
        "`${alert(1)}` was tried, and \\u003cscript\\u003e as well. "
        'An __i18n__{"key":"common.submit"} was left alone. '
        "A name was written \u202egnp.exe backwards. " + "W" * 400 + " is one very long word."
    ),
    published=date(2024, 2, 29),
    source="</aside><script>window.__hacked=6</script>",
    author="Robert'); DROP TABLE articles;--",
    url="javascript:window.__hacked=7",
    language="en",
)


COPIES = (
    replace(APOLLO, id="copy/1.md", title="Eagle has landed", source="<b>The Copyist</b>"),
    replace(APOLLO, id="copy/2.md", title="Moon reached", source=None, published=None),
    replace(APOLLO, id="copy/3.md", title="Landed", source="The Echo"),
    replace(APOLLO, id="copy/4.md", title="One more"),
)
"""Articles that say the same as APOLLO."""


def passage(article: Article, *sentences: str) -> Passage:
    """Return the passage from the first to the last of `sentences`, which stand in the article."""
    places = [(article.text.index(text), article.text.index(text) + len(text)) for text in sentences]
    return Passage(
        article,
        places[0][0],
        places[-1][1],
        tuple(Sentence(article, start, end) for start, end in places),
    )


def quote(cited: Passage, text: str) -> Citation:
    start = cited.article.text.index(text, cited.start)
    return Citation(cited, start, start + len(text), text)


def hit(
    found: Passage, score: float = 0.5, duplicates: tuple[Article, ...] = (), fit: tuple[float, ...] = ()
) -> Hit:
    return Hit(
        found,
        score=score,
        similarity=score,
        bm25=1.0,
        dense_rank=1,
        bm25_rank=22,
        words=("Moon", "<b>lunar</b>"),
        duplicates=duplicates,
        sentence_similarities=fit,
    )


def said(*citations: Citation) -> Statement:
    return Statement(citations[0].quote, citations, "exact")


LAUNCH = "Apollo 11 was launched from Kennedy Space Center on July 16, 1969."
LANDED = "The lunar module Eagle landed on the Moon on July 20, 1969, at 20:17 UTC."
STEPPED = "Neil Armstrong stepped onto the surface six hours and 39 minutes later."
OUTSIDE = "They spent about two and a quarter hours outside and collected 47.5 pounds of lunar material."
COLLINS = "Michael Collins flew the command module Columbia alone in lunar orbit."
QUARANTINE = "The samples brought back in July 1969 were kept in quarantine for three weeks."
BASALTS = "Geologists found that the basalts of the Sea of Tranquility were about 3.7 billion years old."

LANDING = passage(APOLLO, LAUNCH, LANDED, STEPPED)
WALK = passage(APOLLO, STEPPED, OUTSIDE, COLLINS)
ROCKS = passage(SAMPLES, QUARANTINE, BASALTS)
ODD = passage(
    HOSTILE,
    "<script>window.__hacked = 3</script> is how the page was broken.",
    "W" * 400 + " is one very long word.",
)

YESTERDAY = Article("probe.txt", "Probe", "Yesterday the probe landed.", date(2024, 2, 29))
PROBE = passage(YESTERDAY, YESTERDAY.text)

WHEN = "When did Apollo 11 land on the Moon?"
ROCK_AGE = "How old are the Moon rocks?"
TWICE = "What happened in the landing?"
HACK = "How was the page broken? <img src=x onerror='window.__hacked=8'> ${window.__hacked=9} {{constructor}}"
NOWHERE = "What is the capital of the planet Zorblax?"
MISSING = 'Is the Moon made of "green cheese" or "<i>$&"?'
ALMOST = "When did Apollo 12 land on the Moon?"
TIMED = "What is new about the <b>Moon</b> since 1969, now?"
"""Answered by less when its words of time are heeded."""
RELATIVE = "What landed?"
SLOW = "Take your time."
BROKEN = "Break."
REFUSED = "Refuse."
NOTHING_NEAR = "Anything?"
FOLLOW_UP = "And <b>when?</b>"
"""Understood as WHEN, after any turn."""
SHUT_OUT = "What is hostile?"
"""Answered by an article that a filter shuts out."""
LISTED = "Which articles are there?"
UNLISTED = "Which articles are there on <b>jam</b>?"
TWO_PLACES = "Who stepped out first, and who flew?"
"""Answered by two passages of one article."""
UNNAMED = "Who is <b>Zorblax</b>?"
"""Refused, because no passage mentions it."""
OVERVIEW = "What are these articles about?"
COMPARED = "Who was outside longer, Armstrong or <i>Gagarin</i>?"


OF_THEIR_OWN_KIND: dict[str, Outcome] = {
    LISTED: Listing(LISTED, (APOLLO, HOSTILE), 1234, "from 1969"),
    TWO_PLACES: Answer(
        TWO_PLACES,
        (said(quote(LANDING, STEPPED)), said(quote(ROCKS, BASALTS)), said(quote(WALK, COLLINS))),
        0.8,
        (),
    ),
    UNNAMED: Unanswered(
        UNNAMED, 0.1, (hit(ROCKS, 0.1), hit(WALK, fit=(0.1, 0.2, 0.4))), missing=("<b>Zorblax</b>",)
    ),
    OVERVIEW: Answer(
        OVERVIEW,
        tuple(
            replace(said(quote(found, text)), label=head)
            for head, found, text in (
                ("In brief", LANDING, LAUNCH),
                ("In brief", ROCKS, QUARANTINE),
                ("People", WALK, COLLINS),
            )
        ),
        1.0,
        (),
    ),
    UNLISTED: Listing(UNLISTED, (), 0, "about <b>jam</b>"),
    COMPARED: Answer(
        COMPARED,
        (replace(said(quote(WALK, OUTSIDE)), label="Armstrong"),),
        0.8,
        (hit(WALK),),
        uncovered_sides=("<i>Gagarin</i>",),
    ),
}


def _passes(article: Article, filter: Filter) -> bool:
    if filter.sources and article.source not in filter.sources:
        return False
    if not (filter.since or filter.until):
        return True
    day = article.published
    return day is not None and (filter.since or day) <= day <= (filter.until or day)


class NoMeaning:
    """A model to which no two texts are close."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return np.stack([np.eye(1000, dtype=np.float32)[zlib.crc32(text.encode()) % 1000] for text in texts])


class ThreeArticles:
    """The chat; `gate` and `second_gate` hold back two steps to SLOW, `articles` can be opened.

    What went on to its answer is `finished`.
    """

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.second_gate = threading.Event()
        self.second_gate.set()
        self.finished: list[str] = []
        self.asked: list[str] = []
        self.since = Changed()
        self.filter: Filter | None = None
        self.turns: tuple[Turn, ...] = ()
        self.past: tuple[str, ...] = ()
        self.articles = {article.id: article for article in (APOLLO, SAMPLES, HOSTILE)}

    meaning: Meaning | None = None

    def latest(self) -> ThreeArticles:
        return self

    def size(self) -> tuple[int, int]:
        return 3, 4

    def overview(self) -> Overview:
        """Return one with a hostile sentence, and somebody who is what a script would be."""
        landed = replace(said(quote(WALK, OUTSIDE)), label="20 July 1969")
        odd = replace(said(quote(ODD, ODD.sentences[0].text)), label=HOSTILE.title)
        people = (
            Named("Neil Armstrong", "astronaut", 1, landed),
            Named("<img src=x onerror=hack()>", "<b>bold</b>", 1, odd),
        )
        places = (Named("Moon", None, 2, landed),)
        briefs = (replace(landed, label=APOLLO.title), odd)
        return Overview(3, APOLLO.published, HOSTILE.published, briefs, people, places, (landed,), (landed,))

    snapshot = "1"
    embedder = NoMeaning()
    language = language_of("en")

    @property
    def unread(self) -> dict[str, str]:
        return {"odd/<b>.pdf": "is encrypted; save a copy without a password"}

    def changed(self) -> Changed:
        return self.since

    def health(self) -> Health:
        return examine(self.articles.values())

    def cards(self) -> list[Card]:
        return [
            Card(each.id, each.title, each.published, each.source, each.author, each.url, len(each.text))
            for each in self.articles.values()
        ]

    def passing(self, filter: Filter | None) -> int:
        return sum(_passes(article, filter or Filter()) for article in self.articles.values())

    def examples(self, count: int) -> tuple[str, ...]:
        return (WHEN, ROCK_AGE, TWICE, NOWHERE)[:count]

    def ask(
        self,
        question: str,
        filter: Filter | None = None,
        *,
        turns: Sequence[Turn] = (),
        ignored: Container[str] = (),
        progress: Progress = unheard,
    ) -> Outcome:
        self.filter = filter
        self.turns = tuple(turns)
        if not question.strip():
            raise RagError("the question is empty")
        self.asked.append(question)
        if question == BROKEN:
            raise ZeroDivisionError("a secret of the server")
        if question == REFUSED:
            raise RagError("no index in index/. Build it with: rag build")
        if filter and not self.passing(filter):
            raise FilterError("no article passes the filter (since 2025); loosen it")
        progress(Step("searching", 1234, question))
        if question == SLOW and not self.gate.wait(timeout=30):
            raise TimeoutError
        progress(Step("reading", 1, "Apollo <b>11</b>" if question == SLOW else question))
        if question == SLOW and not self.second_gate.wait(timeout=30):
            raise TimeoutError
        self.finished.append(question)
        time.sleep(0.05)
        if question == FOLLOW_UP and turns:
            return replace(self._outcome(WHEN), reading=Reading(question))
        if question == TIMED:
            return self._timed(question, ignored)
        if question == RELATIVE:
            cited = replace(quote(PROBE, PROBE.text), relative=("Yesterday",))
            return Answer(question, (said(cited),), 0.8, (hit(PROBE),))
        if question == SHUT_OUT and filter:
            return Unanswered(question, 0.1, (hit(ROCKS),), outside=HOSTILE)
        return OF_THEIR_OWN_KIND.get(question) or self._outcome(question)

    def following(
        self,
        answer: Answer | Unanswered,
        filter: Filter | None = None,
        *,
        past: Iterable[str] = (),
        count: int,
        progress: Progress = unheard,
    ) -> tuple[str, ...]:
        self.past = tuple(past)
        progress(Step("searching", 1, ROCK_AGE))
        if answer.question == UNNAMED:
            return (WHEN,)[:count]
        return tuple(each for each in (HACK, TWICE) if answer.question == TWICE)

    def search(self, question: str, *, k: int, filter: Filter | None = None) -> Found:
        self.filter = filter
        found = (hit(LANDING, 0.9), hit(WALK, 0.8, duplicates=COPIES), hit(ODD, 0.1))
        return Found(question, found[:k], ("green cheese",) if question == MISSING else ())

    def article(self, id_: str) -> Article:
        if id_ in self.articles:
            return self.articles[id_]
        raise FilterError(f"no article {id_}; did you mean {APOLLO.id}?")

    def _timed(self, question: str, ignored: Container[str]) -> Outcome:
        words = (
            TimeWords(words="since 1969", since=date(1969, 1, 1)),
            TimeWords(words="new", newest=True),
            TimeWords(words="now", newest=True),
        )
        times = tuple(each for each in words if each.words not in ignored)
        reading = Reading(question, times) if times else None
        statements = (said(quote(LANDING, LANDED)), said(quote(ROCKS, QUARANTINE)))
        return Answer(
            question, statements if words[0] not in times else statements[:1], 0.9, (), reading=reading
        )

    def _outcome(self, question: str) -> Outcome:
        statements: tuple[Statement, ...]
        closest: tuple[Hit, ...]
        if question in (WHEN, SLOW):
            statements = (
                said(quote(LANDING, LANDED)),
                said(quote(ROCKS, QUARANTINE)),
                said(quote(LANDING, STEPPED)),
            )
            return Answer(
                question, statements, 0.9, (hit(LANDING),), short_answer="July 20, 1969, at 20:17 UTC"
            )
        if question == ROCK_AGE:
            closest = (hit(ROCKS), hit(WALK, fit=(0.1, 0.2, 0.4)), hit(ODD))
            return Answer(question, (said(quote(ROCKS, BASALTS)),), 0.8, closest)
        if question == TWICE:
            statements = (said(quote(WALK, OUTSIDE), quote(ROCKS, QUARANTINE)), said(quote(WALK, COLLINS)))
            return Answer(question, statements, 0.7, (hit(WALK, duplicates=COPIES),))
        if question == HACK:
            statements = (
                said(quote(ODD, "<script>window.__hacked = 3</script> is how the page was broken.")),
                said(quote(ODD, ODD.text[ODD.text.index("<img") : ODD.text.index(" `${alert")])),
                said(quote(ODD, "A name was written \u202egnp.exe backwards.")),
                said(quote(ODD, "W" * 400 + " is one very long word.")),
            )
            short = "<b onclick=window.__hacked=10>${1+1}</b>"
            return Answer(question, statements, 0.9, (hit(ODD),), short_answer=short)
        if question == ALMOST:
            statements = (said(quote(LANDING, LANDED)), said(quote(ROCKS, QUARANTINE)))
            closest = (hit(LANDING), hit(WALK))
            return Answer(question, statements, 0.6, closest, likely=True, missing=("Apollo 12",))
        closest = (hit(ROCKS, 0.3), hit(LANDING, 0.2), hit(ODD, 0.1), hit(WALK, 0.1))
        if question == MISSING:
            closest = (hit(WALK, duplicates=COPIES[1:2]),)
        elif question == NOTHING_NEAR:
            closest = ()
        return Unanswered(question, 0.1, closest, ("green cheese", "<i>$&") if question == MISSING else ())
