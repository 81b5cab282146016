"""Hits to what they state differently for the same question: figures, days or names, side by side.

A false alarm is worse than a miss. So a sentence only counts when it states what is asked (the unit, the
thing counted, the death toll), about what is asked; and two sentences only stand against each other when
neither speaks of a part, another place or another time. What they are about is often said before them, so
a sentence that does not name it counts only when it gives a source: such figures are meant to be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from rag.answer.evidence import Evidence, citation_of
from rag.index.lexical import LexicalIndex
from rag.question.stated import YEAR, Claims, Day, Quantity
from rag.question.understood import Understood
from rag.types import Answer, Sentence, Side, Statement, Unanswered

DEPTH = 30
"""Passages looked through: the other side is often not among the ten that an answer is chosen from."""

MOST = 4
"""Sides shown."""

CONFIDENCE = 0.7
"""Least probability of an answer when two sentences state what is asked."""

ALIKE = 0.4
"""Cosine of the question and a sentence that states what is asked; below, it is about something else."""
CLOSE = 0.55
"""The same where the sentence and what stands before it lack words of the question, other than names."""

ABOUT = 0.7
"""Share of what the question is about that a sentence holds, or it and what stands before it."""
SHARED = 0.5
"""Share of it, names aside, that a count or a sum of money needs in its own sentence: others are nearby."""

HEADING_WITHIN = 3000
"""Characters before a paragraph in which the heading above it is looked for."""

LIFETIME = 150 * YEAR
"""Seconds; an age below it is another one when the next article is written."""


@dataclass(frozen=True, slots=True)
class Name:
    """Who did it, and where that stands in its text."""

    start: int
    end: int
    words: frozenset[str]

    def agrees(self, other: object) -> bool:
        """Say whether both may be the same: they share a word."""
        return isinstance(other, Name) and bool(self.words & other.words)


Stated: TypeAlias = Quantity | Day | Name


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence states for the question."""

    evidence: Evidence
    value: Stated
    is_sourced: bool
    times: frozenset[str]
    """Years and days that it is true of, as far as it says."""

    def stands_beside(self, other: Claim) -> bool:
        """Say whether both can be compared: no other time and, within an article, each with its source."""
        same = self.evidence.sentence.article.id == other.evidence.sentence.article.id
        if same and not (self.is_sourced and other.is_sourced and isinstance(self.value, Quantity)):
            return False
        return not self.times or not other.times or bool(self.times & other.times)

    def repeats(self, other: Claim) -> bool:
        """Say whether both are one side."""
        return self.value.agrees(other.value) or self.evidence.sentence == other.evidence.sentence


class Wanted:
    """What a question wants to know, as sentences state it; `wants` is empty when none can be compared."""

    def __init__(self, question: Understood, words: LexicalIndex) -> None:
        self.question, self.words = question, words
        self.measures: frozenset[str] = frozenset()
        self.said = re.compile("")
        self.noun: frozenset[str] = frozenset()
        self.verb = ""
        self.wants = ""
        claims = question.language.CLAIMS
        self.years: frozenset[str] = frozenset()
        self.given: tuple[Quantity, ...] = ()
        if claims:
            self.years = frozenset(str(day.year) for day in claims.days(question.asked))
            self.given = tuple(claims.quantities(question.asked))
            self._read(question.asked, claims)
        left_out = self._terms(" ".join(claims.ignored if claims else ())) | self.noun
        self.names = self._terms(" ".join(question.names))
        self.subject = {term: weight for term, weight in question.weights.items() if term not in left_out}

    def _read(self, text: str, claims: Claims) -> None:
        if claims.of_one.search(text):
            return
        if found := claims.measure_of(text):
            measure, asking = found
            self.wants, self.measures, self.said = "measure", measure.measures, measure.said
            self.noun = self._terms(asking)
            return
        counted = claims.counted.search(text)
        if claims.deaths.search(text) and (counted or claims.toll.search(text)):
            self.wants, self.measures, self.said = "deaths", frozenset({""}), claims.deaths
            self.noun = self._terms(" ".join([*claims.deaths.findall(text), *claims.people]))
        elif counted and counted[1].lower() not in self.question.language.QUESTION_WORDS:
            self.wants, self.measures, self.noun = "count", frozenset({""}), self._terms(counted[1])
        elif claims.when.search(text):
            self.wants = "day"
        elif who := claims.who.match(text):
            self.wants, self.verb = "name", (who["first"] or who["deed"]).lower()

    @property
    def told(self) -> Claims:
        """Return what the language tells of claims. Raises ValueError where it tells nothing."""
        if self.question.language.CLAIMS is None:
            raise ValueError("nothing is wanted in a language that tells of no claims")
        return self.question.language.CLAIMS

    @property
    def is_plain(self) -> bool:
        """Say whether figures of many things have the unit asked for: counts, and sums of money."""
        return self.wants == "count" or "dollars" in self.measures

    def _terms(self, text: str) -> frozenset[str]:
        return frozenset(self.words.analyzer.terms(text))

    @property
    def depth(self) -> int:
        """Return how many passages are looked through: none when articles cannot differ about it."""
        return DEPTH if self.wants else 0

    def claims(self, evidence: Iterable[Evidence]) -> Iterator[Claim]:
        """Yield what the sentences of `evidence` state for the question."""
        for each in evidence if self.wants else ():
            is_near = each.similarity >= ALIKE and not each.is_of_another_day
            if is_near and (claim := self._claim(each)):
                yield claim

    def _claim(self, evidence: Evidence) -> Claim | None:
        text = evidence.sentence.text
        told = self.told
        others = (told.part, told.deaths) if self.wants == "count" else (told.part,)
        if any(other.search(text) and not other.search(self.question.asked) for other in others):
            return None
        value = self._value(text)
        sourced = told.source.search(text) is not None
        if value is None or not self._is_about(evidence, sourced) or self._is_elsewhere(evidence, value):
            return None
        times = self._times(evidence, value)
        if times and self.years and not times & self.years:
            return None
        return Claim(evidence, value, sourced, times)

    def _value(self, text: str) -> Stated | None:
        """Return what `text` states of what is asked; for a measure what stands nearest to its name."""
        if self.wants == "day":
            stated = [day for day in self.told.days(text) if str(day.year) not in self.question.words]
            return stated[0] if len(stated) == 1 else None
        if self.wants == "name":
            return self._name(text)
        fitting = [
            quantity
            for quantity in self.told.quantities(text)
            if self._fits(text, quantity) and not any(map(quantity.agrees, self.given))
        ]
        places = [found.span() for found in self.said.finditer(text)]
        if not fitting or not places or (len(fitting) > 1 and "share" in self.measures):
            return None  # of two shares, one may be a share of the other
        return min(
            fitting,
            key=lambda quantity: min(
                max(start - quantity.end, quantity.start - end) for start, end in places
            ),
        )

    def _fits(self, text: str, quantity: Quantity) -> bool:
        """Say whether `figure` has a unit of the measure asked for, or counts what is to be counted."""
        if quantity.measure not in self.measures:
            return False
        if quantity.measure:
            return True
        following = re.match(r"((?:[ -][a-z][\w’'-]*){0,4})", text[quantity.end :])
        after = following[1] if following else ""
        if self.wants == "count":
            return bool(self.noun & self._terms(after))
        if after.split()[:1] and after.split()[0] not in self.told.goes_on:
            return self.told.dead.search(after) is not None
        return self.told.deaths.search(text, 0, quantity.start) is not None

    def _name(self, text: str) -> Name | None:
        """Return who did what the question asks for; None for nobody, and for whom it names itself."""
        found = self.told.doer(text, self.verb)
        if (
            found is None
            or self.told.nobody.fullmatch(found[1])
            or not (named := frozenset(self.words.analyzer.terms(found[1])) - set(self.question.weights))
        ):
            return None
        return Name(found.start(1), found.end(1), named)

    def _is_about(self, evidence: Evidence, sourced: bool) -> bool:
        own = self._share(evidence.terms, self.subject)
        others = {term: weight for term, weight in self.subject.items() if term not in self.names}
        if self.is_plain and self._share(evidence.terms, others) < SHARED:
            return False
        if own >= ABOUT and not self.question.language.missing_names(
            self.question.names, evidence.sentence.text
        ):
            return True
        context = _leading_to(evidence.sentence)
        if (
            not sourced
            or self.wants in ("day", "name")
            or self.question.language.missing_names(self.question.names, context)
        ):
            return False
        share = self._share(self._terms(context), self.subject)
        return share >= ABOUT or (bool(self.question.names) and evidence.similarity >= CLOSE)

    def _share(self, terms: frozenset[str], subject: dict[str, float]) -> float:
        """Return the share of the weight of `subject` that `terms` hold, 0 to 1."""
        stems = {term[:5] for term in terms}
        held = sum(weight for term, weight in subject.items() if term[:5] in stems)
        return held / sum(subject.values()) if subject else 1.0

    def _is_elsewhere(self, evidence: Evidence, value: Stated) -> bool:
        """Say whether the sentence restricts `value` to a place that is not asked about."""
        text, title = evidence.sentence.text, evidence.sentence.article.title
        for place in self.told.place.finditer(text) if isinstance(value, Quantity) else ():
            follows = place.start() >= value.end and len(text[value.end : place.start()].split()) < 4
            known = any(word in title or word.lower() in self.question.words for word in place[1].split())
            if (place.start() == 0 or follows) and not known:
                return True
        return False

    def _times(self, evidence: Evidence, value: Stated) -> frozenset[str]:
        """Return when what is stated is true: a year between a source and its figure dates the source.

        Unless it belongs to what the source is about: "a study put the toll of the 1918 pandemic at ...".
        """
        text, published = evidence.sentence.text, evidence.sentence.article.published
        grows = (
            isinstance(value, Quantity)
            and value.high < LIFETIME
            and self.told.age.search(self.question.asked)
        )
        times = {str(published)} if published and (grows or self.told.now.search(text)) else set()
        is_sourced = self.told.source.search(text, 0, value.start) is not None
        for day in self.told.days(text) if not isinstance(value, Day) else ():
            if not is_sourced or day.end > value.start or text.endswith("the ", 0, day.start):
                times.add(str(day.year))
        return frozenset(times)


def with_sides(
    outcome: Answer | Unanswered, wanted: Wanted, evidence: Iterable[Evidence]
) -> Answer | Unanswered:
    """Return the sides alone when `evidence` states different things for the question, else `outcome`.

    Two sentences that state what is asked are an answer, even where each by itself was too weak for one.
    """
    found = sides(wanted, evidence)
    if not found:
        return outcome
    stated = tuple(
        Side(
            claim.evidence.sentence.text[claim.value.start : claim.value.end],
            _statement(claim.evidence, wanted, [other.evidence.sentence for other in found]),
        )
        for claim in found
    )
    deeper = [claim.evidence.hit for claim in found if claim.evidence.hit not in outcome.closest]
    return Answer(
        outcome.question,
        tuple(side.statement for side in stated),
        max(outcome.confidence, CONFIDENCE),
        (*outcome.closest, *dict.fromkeys(deeper)),
        reading=outcome.reading,
        sides=stated,
    )


def sides(wanted: Wanted, evidence: Iterable[Evidence]) -> list[Claim]:
    """Return one claim a side, the likeliest or the newest first; none when all that is stated agrees."""
    found: list[Claim] = []
    for claim in sorted(wanted.claims(evidence), key=lambda claim: -claim.evidence.score):
        if all(claim.stands_beside(known) and not claim.repeats(known) for known in found):
            found.append(claim)
    if wanted.question.is_for_newest or wanted.question.is_of_now:
        found.sort(key=lambda claim: claim.evidence.sentence.article.published or date.min, reverse=True)
    return found[:MOST] if len(found) > 1 else []


def _statement(evidence: Evidence, wanted: Wanted, others: Sequence[Sentence]) -> Statement:
    """Return the quote of a side, which holds none of the `others`."""
    article, start = evidence.sentence.article, evidence.sentence.start
    before = (other.end for other in others if other.article.id == article.id and other.end <= start)
    citation = citation_of(evidence, wanted.question.language, after=max(before, default=0))
    return Statement(citation.quote, (citation,), "exact")


def _leading_to(sentence: Sentence) -> str:
    """Return what a reader has in mind at `sentence`: title, heading, and its paragraph up to its end."""
    article = sentence.article
    *above, paragraph = article.text[max(0, sentence.start - HEADING_WITHIN) : sentence.end].split("\n\n")
    heading = next((each for each in reversed(above) if each and each[-1].isalnum()), "")
    return f"{article.title} {heading} {paragraph}"
