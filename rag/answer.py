"""Question and hits to Answer | Unanswered, in verbatim sentences; no language model needed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag import kinds
from rag.names import named, unheld
from rag.phrases import holds, quoted
from rag.quotes import widened
from rag.settings import Settings
from rag.short import short
from rag.speech import mentions, voice
from rag.types import Answer, Citation, Hit, Sentence, Statement, Unanswered
from rag.units import may_tell
from rag.words import WordIndex

SENTENCE_WEIGHTS = {"similarity": 6.0, "coverage": 3.0, "titled_coverage": 4.4, "passage": 4.7, "kind": 0.7}
"""Of a sentence's signals in its score. Fitted on SQuAD articles so that exp(score) is proportional to the
probability that the sentence holds the answer; see docs/answers.md."""

ANSWERED_WEIGHTS = {
    "similarity": 2.4, "coverage": 1.7, "passage_similarity": 2.4, "passage_coverage": 0.4,
    "kind_missing": -0.25, "names_missing": -1.3, "denial_missing": -2.7,
}  # fmt: skip
"""Of the best sentence's signals in the log-odds that the articles answer at all; fitted likewise."""
ANSWERED_BIAS = -3.5

MARGIN = 4.0
"""A further sentence is shown when it is at most exp(4), 55 times, less likely to hold the answer."""

SAME = 0.7
"""Share of common terms from which on two sentences say the same."""

SURE = 0.6
"""Least probability at which the few words that answer are shown; this and the next fitted on SQuAD."""
ABOUT = 0.7
"""Share of the question's weight that their sentence holds itself: one about the same ship is not enough."""
CLEAR = 0.5
"""Score by which it leads one that says something else; none that is quoted beside it does."""

OWN_WORDS = 0.5
"""Added to the score of a sentence that reports the words of the one who is asked about."""

LISTED = 2
"""Sentences that a question for several things gets beyond the usual ones."""

NEW = 1.5
"""Added to a further sentence's score when all its names and numbers are new to such a list."""

HEADING_WORDS = 12
"""A line with fewer words and no closing mark is a heading or a label: it states nothing."""

QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how much many long do did does done is are was were be been"
    " has have had can could will would should may might must the a an of in on at to for from by with and"
    " or as that this these those it its he she they his her their there about into than then so if not no"
    " any some i you we me my your our us tell say said please give name list s t".split()
)
"""Words that shape a question and do not say what it is about."""


def _one_of(words: str) -> str:
    return rf"\b(?:{'|'.join(words.split())})\b"


_NUMBER = re.compile(
    r"\d|"
    + _one_of(
        "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty"
        " seventy eighty ninety hundred thousand million billion trillion half dozen once twice third quarter"
    ),
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b1\d{3}\b|\b20\d\d\b|"
    + _one_of(
        "January February March April May June July August September October November December"
        " Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    )
    + r"|\b(?:century|centuries|decade|year|month|week|yesterday|today|ago|morning|night|noon|midnight)s?\b"
)
_NAME = re.compile(r"(?<=[\w,;:’'”\")] )[“\"‘(]?[A-Z][\w’'-]+|\b[A-Z][\w’'-]+ (?:[a-z]{2,3} )?[A-Z][\w’'-]+")
_DENIAL = re.compile(
    _one_of(
        "not no never none nobody nothing neither nor without least lowest fewest rarely seldom hardly"
        " lacks? lacked lacking unable fails? failed except cannot"
    )
    + r"|n['’]t\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    _one_of("because since due therefore causes? caused reasons? led leads? results? resulted to")
    + r"|so that|in order|as a result",
    re.IGNORECASE,
)

KINDS = tuple(
    (re.compile(asked, re.IGNORECASE), given)
    for asked, given in (
        (
            r"\bhow (?:many|much|long|old|far|high|tall|big|large|fast|deep|often|heavy|wide|hot|cold)\b",
            _NUMBER,
        ),
        (
            r"\bwh(?:at|ich) (?:\w+ )?(?:percent\w*|number|amount|proportion|fraction|share|distance|height"
            r"|population|age|cost|price|size|length|temperature|speed|rate)\b",
            _NUMBER,
        ),
        (r"\bwhen\b|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time)\b", _DATE),
        (r"\bwho(?:m|se)?\b|\bwhere\b", _NAME),
        (
            r"\bwh(?:at|ich) (?:\w+ )?(?:city|country|countries|place|state|town|river|region|area|county"
            r"|continent)\b",
            _NAME,
        ),
        (r"\bwhy\b|\bwhat (?:caused|reason)\b", _REASON),
    )
)
"""What a question asks for, and what a sentence that answers it holds."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence weighed against the question."""

    sentence: Sentence
    hit: Hit
    terms: frozenset[str]
    similarity: float
    """Cosine of question and sentence, read in its context."""
    coverage: float
    """Share of the question's weight that the sentence's own words hold, 0 to 1."""
    titled_coverage: float
    """The same for its words and its article's title: every sentence is about what the title names."""
    kind: int
    """1 when it holds what the question asks for (a number, a date, a name), -1 when not, 0 when unclear."""
    voice: int = 0
    """Where somebody's words are asked for, 1 when it reports them and -1 when it reports another's."""

    @property
    def context(self) -> str:
        """Its passage, with what the article says of itself."""
        article = self.hit.passage.article
        return f"{article.title} {article.published or ''} {self.hit.passage.text}"

    @property
    def score(self) -> float:
        """Log of the probability that the sentence holds the answer, up to a constant."""
        return (
            SENTENCE_WEIGHTS["similarity"] * self.similarity
            + SENTENCE_WEIGHTS["coverage"] * self.coverage
            + SENTENCE_WEIGHTS["titled_coverage"] * self.titled_coverage
            + SENTENCE_WEIGHTS["passage"] * self.hit.score
            + SENTENCE_WEIGHTS["kind"] * self.kind
            + OWN_WORDS * self.voice
        )


class Question:
    """A question with what it is about and what it asks for."""

    def __init__(self, text: str, words: WordIndex) -> None:
        found = re.findall(r"[\w’'-]+", text)
        about = [word for word in found if word.lower() not in QUESTION_WORDS]
        analyze = words.analyzer.terms
        self.text = text
        self.words = frozenset(word.lower() for word in found)
        self.weights = {term: words.weight(term) for term in analyze(" ".join(about) or text)}
        """Terms that it is about; rarer ones weigh more."""
        self.names = named(text)
        """Names and numbers that it is about; see rag.names."""
        self.denies = _DENIAL.search(text) is not None
        """Whether it asks for what is not so."""
        self.kind = next((given for asked, given in KINDS if asked.search(text)), None)
        self.asked = kinds.read(text)
        self.speaker = self.asked.parts["speaker"] if self.asked and self.asked.name == "speech" else None
        """Whose words are asked for."""

    def coverage(self, terms: frozenset[str]) -> float:
        """Return the share of the question's weight that `terms` hold, 0 to 1."""
        return _share(self.weights, {term for term in self.weights if term in terms})

    def kind_of(self, sentence: str) -> int:
        """Return `Evidence.kind` of `sentence`: the question's own words in it do not count."""
        if self.kind is None:
            return 0
        new = " ".join(word if _bare(word) not in self.words else "" for word in sentence.split(" "))
        return 1 if self.kind.search(new) else -1

    def voice_of(self, sentence: Sentence) -> int:
        """Return `Evidence.voice` of `sentence`."""
        before = sentence.article.text[: sentence.start]
        return voice(self.speaker, sentence.text, before) if self.speaker else 0


def choose(text: str, hits: Sequence[Hit], words: WordIndex, settings: Settings) -> Answer | Unanswered:
    """Return the sentences of `hits` that answer best, or Unanswered when it is not likely that they do.

    Nor do they when the best one's passage lacks a name or a number that the question asks about, or any
    unit of the measure that it asks for: it would answer about another one.
    """
    question = Question(text, words)
    evidence = sorted(_quoting(text, weigh(question, hits, words)), key=lambda each: -each.score)
    if question.asked and "said" in question.asked.parts:
        evidence = [each for each in evidence if each.voice > 0]
    if not evidence:
        return Unanswered(text, 0.0, tuple(hits))
    confidence = probability(question, evidence[0], words)
    listed = question.asked is not None and question.asked.name == "list"
    chosen = _distinct(evidence, settings.statements + LISTED * listed, new=NEW * listed)
    # The names of a question for several things may be spread over what is quoted.
    context = "\n".join(each.context for each in (chosen if listed else chosen[:1]))
    lacking = unheld(question.names, context)
    statements = tuple(_labelled(each, question.speaker) for each in _quoted(chosen))
    if confidence >= settings.threshold and not lacking and may_tell(text, context):
        return Answer(text, statements, confidence, tuple(hits), _short(text, evidence, chosen, confidence))
    if confidence >= settings.related:
        return Unanswered(text, confidence, tuple(hits), related=statements, unheld=lacking)
    return Unanswered(text, confidence, tuple(hits))


def _short(
    text: str, evidence: Sequence[Evidence], chosen: Sequence[Evidence], confidence: float
) -> str | None:
    """Return the few words of the best sentence that answer, when that is sure and nothing contradicts it.

    A close sentence does when it gives other words or none, one of those `chosen` when it gives others.
    """
    best, *others = evidence
    if confidence < SURE or best.coverage < ABOUT:
        return None
    found = short(text, best.sentence.text)
    close = {short(text, each.sentence.text) for each in others if best.score - each.score < CLEAR}
    beside = {short(text, each.sentence.text) for each in chosen} - {None}
    return found if close | beside <= {found} else None


def _quoting(text: str, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the sentences that hold a phrase quoted in the question; all when none does."""
    every = list(evidence)
    phrases = quoted(text)
    return [each for each in every if any(holds(each.sentence.text, phrases))] or every


def weigh(question: Question, hits: Sequence[Hit], words: WordIndex) -> Iterator[Evidence]:
    """Yield every sentence of `hits` that states something, with its signals."""
    for hit in hits:
        title = frozenset(words.analyzer.terms(hit.passage.article.title))
        for sentence, similarity in zip(hit.passage.sentences, hit.sentence_similarities, strict=True):
            if states(sentence.text):
                terms = frozenset(words.analyzer.terms(sentence.text))
                yield Evidence(
                    sentence,
                    hit,
                    terms,
                    similarity,
                    question.coverage(terms),
                    question.coverage(terms | title),
                    question.kind_of(sentence.text),
                    question.voice_of(sentence),
                )


def probability(question: Question, best: Evidence, words: WordIndex) -> float:
    """Return how likely the articles answer, judged by the `best` sentence and its passage."""
    found = signals(question, best, words)
    odds = ANSWERED_BIAS + sum(ANSWERED_WEIGHTS[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-odds))


def signals(question: Question, best: Evidence, words: WordIndex) -> dict[str, float]:
    """Return what `probability` is made of, named and ordered as ANSWERED_WEIGHTS."""
    context = frozenset(words.analyzer.terms(best.context))
    return {
        "similarity": best.similarity,
        "coverage": best.coverage,
        "passage_similarity": best.hit.similarity,
        "passage_coverage": question.coverage(context),
        "kind_missing": float(best.kind < 0),
        "names_missing": len(unheld(question.names, best.context)) / max(len(question.names), 1),
        "denial_missing": float(question.denies and _DENIAL.search(best.sentence.text) is None),
    }


def _distinct(evidence: Sequence[Evidence], count: int, *, new: float = 0.0) -> list[Evidence]:
    """Return the best `count` that come close to the first and do not repeat one before them.

    `new` is added to the score of one whose names and numbers are all new.
    """
    left = [each for each in evidence if each.score >= evidence[0].score - MARGIN]
    chosen: list[Evidence] = []
    known: set[str] = set()
    while left and len(chosen) < count:
        best = max(left, key=lambda each: each.score + (new * _news(each, known) if chosen else 0.0))
        chosen.append(best)
        known |= _items(best)
        left = [each for each in left if _overlap(each.terms, best.terms) < SAME]
    return chosen


def _items(evidence: Evidence) -> set[str]:
    """Return the names and numbers in a sentence, its first word aside."""
    return {
        _bare(word) for word in evidence.sentence.text.split()[1:] if word[:1].isupper() or word[:1].isdigit()
    }


def _news(evidence: Evidence, known: set[str]) -> float:
    """Return the share of a sentence's names and numbers that are not `known`, 0 to 1."""
    items = _items(evidence)
    return len(items - known) / len(items) if items else 0.0


def _quoted(chosen: Sequence[Evidence]) -> tuple[Statement, ...]:
    """Return what is quoted of the `chosen` sentences, no stretch of an article twice."""
    shown: list[Citation] = []
    for each in chosen:
        sentence = each.sentence
        known = [citation for citation in shown if citation.article.id == sentence.article.id]
        if any(citation.start <= sentence.start < citation.end for citation in known):
            continue
        after = max((citation.end for citation in known if citation.end <= sentence.start), default=0)
        shown.append(citation_of(each, after=after))
    return tuple(Statement(citation.quote, (citation,), "exact") for citation in shown)


def citation_of(evidence: Evidence, *, after: int) -> Citation:
    """Return the quote of a sentence, with what it needs to stand alone as far as that begins `after`."""
    start, end = widened(evidence.sentence, after=after)
    return Citation(evidence.hit.passage, start, end, evidence.sentence.article.text[start:end])


def _labelled(statement: Statement, speaker: str | None) -> Statement:
    """Return `statement` with the `speaker` it quotes, where it does not say itself who "he" is."""
    if speaker is None or mentions(statement.text, speaker):
        return statement
    [citation, *_] = statement.citations
    is_theirs = voice(speaker, statement.text, citation.article.text[: citation.start]) == 1
    return replace(statement, label=speaker) if is_theirs else statement


def _share(weights: dict[str, float], part: set[str]) -> float:
    total = sum(weights.values())
    return sum(weights[term] for term in part) / total if total else 0.0


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard index of two sets of terms."""
    return len(one & other) / len(one | other) if one | other else 1.0


def states(text: str) -> bool:
    """Say whether `text` can answer: a heading cannot, nor a question, unless somebody is quoted asking."""
    if text.endswith("?"):
        return False
    return len(text.split()) >= HEADING_WORDS or re.search(r"[.!?…][\"'”’)\]]*$", text) is not None


def _bare(word: str) -> str:
    return word.strip("“”\"‘’'().,;:!?").lower()
