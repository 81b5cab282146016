"""A question for what something is, or stands for, to the sentences that define it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.answer.evidence import states
from rag.answer.overview.quotes import Quote, Quotes
from rag.question.phrases import fold, plain
from rag.question.understood import Understood
from rag.retrieval.retrieve import TITLE_WEIGHT, Retriever
from rag.types import Answer, Article, Filter

LOOKED_AT = 60
"""Passages with the words of the term whose articles are looked through: they tell what it is, mostly."""

SHOWN = 3
"""Sentences of an answer at most, each of another article."""

CALLED = 0.6
"""How plainly it has to define the term at least, unless it opens an article about it."""

ALONE = 0.3
"""Added to how plainly a sentence defines the term when it needs no other to be understood, ..."""

REPLY = 1.0
"""... and when it stands below the very question: nothing else defines it as surely."""

ALIKE = 0.85
"""Cosine of two sentences that say the same."""

OPENING = 3
"""Sentences at the beginning of an article in which it says what it is about."""

ASKED = 20
"""Characters that a question for a term has beside it at most: "What is a ...?"."""

STEM = 4
"""Letters of a term that stand in whatever defines it."""

PLAIN = 0.8
"""How plainly a sentence has to define the term to stand beside another that does."""

_NAME = re.compile(r"[^\W\d_]\S*(?: (?:[^\W\d_a-z]\S*|[a-z]{1,3} [^\W\d_a-z]\S*))*")
"""Words with capitals, and short ones between them."""
_SHORT_FORM = re.compile(r"[^\W\d_][\w&.-]{1,9}")


@dataclass(frozen=True, slots=True, eq=False)
class _Definition:
    quote: Quote
    plainness: float
    """0 to 1."""
    likeness: float
    """Cosine of question and sentence, -1 to 1."""
    replies: bool
    """Whether it stands below the same question."""
    long_form: str | None
    """What an abbreviation stands for."""

    @property
    def score(self) -> float:
        return self.plainness + ALONE * self.quote.is_alone + REPLY * self.replies + self.likeness

    def adds_to(self, other: Quote) -> bool:
        """Say whether it stands in another article and says something else."""
        is_another = self.quote.citation.article.id != other.citation.article.id
        return is_another and float(self.quote.vector @ other.vector) < ALIKE


def defined(question: Understood, retriever: Retriever, filter_: Filter | None = None) -> Answer | None:
    """Return the sentences that say what the term of `question` is; None where none does."""
    if question.kind is None or "term" not in question.kind.parts:
        return None
    found = sorted(_definitions(question, retriever, filter_), key=lambda each: -each.score)
    if not found:
        return None
    shown: list[_Definition] = []
    for each in found:
        beside = (known.quote for known in shown)
        if not shown or (each.plainness >= PLAIN and all(each.adds_to(quote) for quote in beside)):
            shown.append(each)
    shown = shown[:SHOWN]
    statements = tuple(each.quote.statement() for each in shown)
    return Answer(question.text, statements, shown[0].plainness, (), short_answer=shown[0].long_form)


def _definitions(question: Understood, retriever: Retriever, filter_: Filter | None) -> Iterator[_Definition]:
    assert question.kind is not None
    term = question.kind.parts["term"]
    is_short = question.kind.name == "abbreviation" and "meant" not in question.kind.parts
    quotes = Quotes(retriever.index, question.language)
    articles = _speaking_of(term, retriever, filter_)
    quotes.load(articles)
    folded, wanted, may_be_short = fold(term), plain(term), _SHORT_FORM.fullmatch(term) is not None
    for article in articles:
        for quote in quotes.of(article):
            text = quote.citation.quote
            replies = _replies(quote, folded)
            if not replies and folded[:STEM] not in fold(text):
                continue
            form = long_form(text, term) if may_be_short else None
            plainness = float(bool(form))
            if not form and not is_short:
                plainness = question.language.defines(plain(text), wanted)
            if replies or (plainness and _opens(quote, folded)):
                plainness = 1.0
            if plainness >= CALLED and states(quote.sentence):
                yield _Definition(quote, plainness, float(quote.vector @ question.vector), replies, form)


def _opens(quote: Quote, folded: str) -> bool:
    """Say whether `quote` opens an article that is titled by the term that is `folded`."""
    return quote.place < OPENING and folded.removesuffix("s") in fold(quote.citation.article.title)


def _replies(quote: Quote, folded: str) -> bool:
    """Say whether a question for the term that is `folded`, and for nothing else, stands before `quote`."""
    text, end = quote.citation.article.text, quote.citation.start
    start = max(0, end - len(folded) - ASKED)
    before = text[start:end].rstrip()
    asked = re.split(r"[\n.!]", before)[-1]
    return asked.endswith("?") and folded in fold(asked) and (start == 0 or asked != before)


def _speaking_of(term: str, retriever: Retriever, filter_: Filter | None) -> list[Article]:
    index = retriever.index
    allowed = None if filter_ is None else index.allowed(filter_)
    rows, _ = index.words.best(
        index.words.analyzer.terms(term), k=LOOKED_AT, title_weight=TITLE_WEIGHT, allowed=allowed
    )
    return list({each.article.id: each.article for each in index.passages(rows)}.values())


def long_form(text: str, short: str) -> str | None:
    """Return what `text` says that the abbreviation `short` stands for, as it stands there.

    "Long Form (LF)", "LF (Long Form)", "Long Form, or LF" or, as in a glossary, "LF - Long Form": not so "a
    short form or LF". Its letters are looked for in the words before, from the last to the first, and the
    first has to begin a word (Schwartz and Hearst, 2003).
    """
    plain = re.escape(short.replace(".", ""))
    if after := re.search(rf"(?<!\w){plain} \(([^()]{{4,80}})\)", text):
        return _ending_in(after[1], short)
    if listed := re.match(rf"\W*{plain} ?(?:[–—:-]|--) ([^.;:()–—]{{4,80}})", text):
        return _beginning(listed[1], short)
    before = re.search(
        rf" ?\([\"“]?(?:(?:or|the) )?{plain}[\"”]?(?:[;,][^()]*)?\)|(?:, or|,? known as) {plain}(?!\w)", text
    )
    return _ending_in(text[: before.start()], short) if before else None


def _beginning(text: str, short: str) -> str | None:
    """Return the name, or else the words, that `text` begins with and that have the letters of `short`."""
    words = text.split()
    named = _NAME.match(text)
    tried = [named[0], *(" ".join(words[:count]) for count in range(2, len(words) + 1))] if named else []
    return next((each.rstrip(",;") for each in tried if _ending_in(each, short) == each), None)


def _ending_in(text: str, short: str) -> str | None:
    """Return the shortest end of `text` whose words have the letters of `short` in their order."""
    letters = [letter.lower() for letter in short if letter.isalnum()]
    words = text.split()[-min(len(letters) + 5, 2 * len(letters)) :]  # no long form is longer
    text = text[text.rfind(" ".join(words)) if words else 0 :] if len(words) > 1 else text
    at = len(text)
    for number, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and (text[at].lower() != letter or (number == 0 and at and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    found = text[at:].strip()
    return found if len(found) > len(short) and short.lower() not in found.lower().split() else None
