"""Question and hits to Answer | Unanswered, in verbatim sentences; no language model needed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag import kinds
from rag.names import named, unheld
from rag.phrases import holds, quoted
from rag.quotes import widened
from rag.ranker import Ranker, told, unread
from rag.settings import Settings
from rag.speech import mentions, voice
from rag.types import Answer, Citation, Hit, Sentence, ShortAnswer, Statement, Unanswered
from rag.units import may_tell
from rag.words import WordIndex


@dataclass(frozen=True, slots=True)
class Weights:
    """What a sentence's signals count, fitted on SQuAD articles; see docs/answers.md."""

    sentence: Mapping[str, float]
    """In its score, so that exp(score) is proportional to the probability that it holds the answer."""
    answered: Mapping[str, float]
    """Of the best sentence, in the log-odds that the articles answer at all."""
    bias: float
    """Added to those log-odds."""


UNREAD = Weights(
    {"similarity": 6.0, "coverage": 3.0, "titled_coverage": 4.4, "passage": 4.7, "kind": 0.7},
    {
        "similarity": 2.4, "coverage": 1.7, "passage_similarity": 2.4, "passage_coverage": 0.4,
        "kind_missing": -0.25, "names_missing": -1.3, "denial_missing": -2.7,
    },
    bias=-3.5,
)  # fmt: skip
"""Where no ranker has read the passages."""

READ = Weights(
    {"similarity": 1.0, "coverage": 1.9, "titled_coverage": 1.9, "passage": 0.9, "short_answer": 0.22},
    {
        "similarity": 2.7, "coverage": 1.3, "passage_similarity": 1.5, "kind_missing": -0.2,
        "names_missing": -1.5, "denial_missing": -2.1, "short_answer": 0.07,
    },
    bias=-3.0,
)  # fmt: skip
"""Where one has."""

MARGIN = 4.0
"""A further sentence is shown when it is at most exp(4), 55 times, less likely to hold the answer."""

MOST_READ = 7
"""Passages that a ranker reads for a question; more of them, or all, bring nothing (docs/answers.md)."""

SAME = 0.7
"""Share of common terms from which on two sentences say the same."""

TOLD = 22.0
"""Least score of a short answer that is shown; this and the next three were chosen on SQuAD."""
SURE = 0.8
"""Least probability that the articles answer at which one is shown."""
CLEAR = 10.0
"""Score by which it leads every other."""
FEW = 8
"""Words that it has at most."""

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
_YES_OR_NO = re.compile(
    r"(?:did|do|does|is|are|was|were|am|has|have|had|can|could|will|would|shall|should|may|might|must)"
    r"(?:n['’]t)?\b(?!.* or\b)",
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
    short: ShortAnswer | None = None
    """Its best short answer, where there is a ranker."""

    @property
    def context(self) -> str:
        """Its passage, with what the article says of itself."""
        article = self.hit.passage.article
        return f"{article.title} {article.published or ''} {self.hit.passage.text}"

    @property
    def weights(self) -> Weights:
        """What its signals count."""
        return UNREAD if self.short is None else READ

    @property
    def signals(self) -> dict[str, float]:
        """What `score` is made of, by name."""
        found = {
            "similarity": self.similarity,
            "coverage": self.coverage,
            "titled_coverage": self.titled_coverage,
            "passage": self.hit.score,
            "kind": float(self.kind),
        }
        return found if self.short is None else {**found, "short_answer": self.short.score}

    @property
    def score(self) -> float:
        """Log of the probability that the sentence holds the answer, up to a constant."""
        signals = self.signals
        weighed = sum(weight * signals[name] for name, weight in self.weights.sentence.items())
        return weighed + OWN_WORDS * self.voice


class Question:
    """A question with what it is about and what it asks for."""

    def __init__(self, text: str, words: WordIndex) -> None:
        text = kinds.without_courtesy(text)
        found = re.findall(r"[\w’'-]+", text)
        about = [word for word in found if word.lower() not in QUESTION_WORDS]
        analyze = words.analyzer.terms
        self.text = text
        self.words = frozenset(word.lower() for word in found)
        self.weights = {term: words.weight(term) for term in analyze(" ".join(about) or text)}
        """Terms that it is about; rarer ones weigh more."""
        self.names = named(text)
        """Names and numbers that it is about; see rag.names."""
        self.is_for_yes_or_no = _YES_OR_NO.match(text) is not None
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


def choose(
    text: str, hits: Sequence[Hit], words: WordIndex, settings: Settings, ranker: Ranker | None = None
) -> Answer | Unanswered:
    """Return the sentences of `hits` that answer best, or Unanswered when it is not likely that they do.

    Nor do they when the best one's passage lacks a name or a number that the question asks about, or any
    unit of the measure that it asks for: it would answer about another one.
    """
    question = Question(text, words)
    evidence = sorted(_quoting(text, weigh(question, hits, words, ranker)), key=lambda each: -each.score)
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
        return Answer(text, statements, confidence, tuple(hits), _short(question, evidence, confidence))
    if confidence >= settings.related:
        return Unanswered(text, confidence, tuple(hits), related=statements, unheld=lacking)
    return Unanswered(text, confidence, tuple(hits))


def _short(question: Question, evidence: Sequence[Evidence], confidence: float) -> str | None:
    """Return the few words of the best sentence that answer, when that is sure and none gives others.

    Not for somebody's words, nor for several things, of which they would be one.
    """
    words = [_told(each) for each in evidence]
    best, *others = (each.short for each in evidence)
    if best is None or best.score < TOLD or confidence < SURE or question.asked:
        return None
    rivals = (
        each.score for each, said in zip(others, words[1:], strict=True) if each and not _same(said, words[0])
    )
    is_clear = best.score - max(rivals, default=-math.inf) >= CLEAR
    return words[0] if is_clear and len(words[0].split()) <= FEW else None


def _told(evidence: Evidence) -> str:
    """Return the short answer of a sentence in its words."""
    short = evidence.short
    return evidence.sentence.article.text[short.start : short.end] if short else ""


def _same(one: str, other: str) -> bool:
    """Say whether two answers are the same but for what one leaves out, such as a first name."""
    one, other = f" {told(one)} ", f" {told(other)} "
    return one in other or other in one


def _quoting(text: str, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the sentences that hold a phrase quoted in the question; all when none does."""
    every = list(evidence)
    phrases = quoted(text)
    return [each for each in every if any(holds(each.sentence.text, phrases))] or every


def weigh(
    question: Question, hits: Sequence[Hit], words: WordIndex, ranker: Ranker | None = None
) -> list[Evidence]:
    """Return every sentence of `hits` that states something, with its signals.

    Where there is a `ranker`, it reads the few passages whose best sentence is close to the best of all by
    the other signals; every other sentence counts as saying nothing (a cascade, Wang et al., 2011). It does
    not read for yes or no: those words stand in no article, and it was trained on no such question.
    """
    found = [_weighed(question, hit, words) for hit in hits]
    every = [each for part in found for each in part]
    if ranker is None or question.is_for_yes_or_no:
        return every
    best = {at: max(each.score for each in part) for at, part in enumerate(found) if part}
    order = sorted(best, key=lambda at: -best[at])[:MOST_READ]
    near = [hits[at].passage for at in order if best[at] >= best[order[0]] - MARGIN]
    shorts = {
        (sentence.article.id, sentence.start): short
        for passage, part in zip(near, ranker.read(question.text, near), strict=True)
        for sentence, short in zip(passage.sentences, part, strict=True)
    }
    return [
        replace(
            each, short=shorts.get((each.sentence.article.id, each.sentence.start)) or unread(each.sentence)
        )
        for each in every
    ]


def _weighed(question: Question, hit: Hit, words: WordIndex) -> list[Evidence]:
    title = frozenset(words.analyzer.terms(hit.passage.article.title))
    found = []
    for sentence, similarity in zip(hit.passage.sentences, hit.sentence_similarities, strict=True):
        if states(sentence.text):
            terms = frozenset(words.analyzer.terms(sentence.text))
            found.append(
                Evidence(
                    sentence,
                    hit,
                    terms,
                    similarity,
                    question.coverage(terms),
                    question.coverage(terms | title),
                    question.kind_of(sentence.text),
                    question.voice_of(sentence),
                )
            )
    return found


def probability(question: Question, best: Evidence, words: WordIndex) -> float:
    """Return how likely the articles answer, judged by the `best` sentence and its passage."""
    found = signals(question, best, words)
    odds = best.weights.bias + sum(weight * found[name] for name, weight in best.weights.answered.items())
    return 1 / (1 + math.exp(-odds))


def signals(question: Question, best: Evidence, words: WordIndex) -> dict[str, float]:
    """Return what `probability` is made of, by name."""
    context = frozenset(words.analyzer.terms(best.context))
    found = {
        "similarity": best.similarity,
        "coverage": best.coverage,
        "passage_similarity": best.hit.similarity,
        "passage_coverage": question.coverage(context),
        "kind_missing": float(best.kind < 0),
        "names_missing": len(unheld(question.names, best.context)) / max(len(question.names), 1),
        "denial_missing": float(question.denies and _DENIAL.search(best.sentence.text) is None),
    }
    return found if best.short is None else {**found, "short_answer": best.short.score}


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
