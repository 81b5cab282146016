"""Hits to evidence: each sentence weighed against the question, and how probable it makes an answer."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rag.answer.missing import unsaid
from rag.answer.reader import Reader, pooled, unread
from rag.corpus.structure import block_at, kind_at, lead_of, place_of, section_at
from rag.index.lexical import LexicalIndex
from rag.index.sentences import Span, split_sentences
from rag.question.language import Language
from rag.question.times import day_named, years_in
from rag.question.understood import Understood
from rag.types import Article, Citation, Hit, Passage, Sentence, ShortAnswer


@dataclass(frozen=True, slots=True)
class Weights:
    """What a sentence's signals count, fitted on SQuAD's articles and our own; see docs/answers.md."""

    sentence: Mapping[str, float]
    """In its score, so that exp(score) is proportional to the probability that it holds the answer."""
    answered: Mapping[str, float]
    """Of the best sentence, in the log-odds that the articles answer at all."""
    bias: float
    """Added to those log-odds."""


UNREAD = Weights(
    {"similarity": 8.0, "coverage": 1.0, "titled_coverage": 5.0, "passage": 3.5},
    {
        "similarity": 2.4, "coverage": 1.7, "passage_similarity": 2.4, "passage_coverage": 0.4,
        "names_missing": -1.3, "denial_missing": -2.7, "unsaid": -0.4,
    },
    bias=-3.2,
)  # fmt: skip
"""Where no reader has read the passages."""

READ = Weights(
    {
        "similarity": 3.6, "coverage": 0.5, "titled_coverage": 1.5, "passage": 1.8,
        "short_answer": 0.1, "relevance": 0.2,
    },
    {
        "similarity": 1.8, "coverage": 0.9, "passage_similarity": 2.1,
        "names_missing": -1.2, "denial_missing": -2.5, "unsaid": -0.2, "short_answer": 0.12,
    },
    bias=-3.0,
)  # fmt: skip
"""Where one has."""

MARGIN = 4.0
"""Scores that are at most so far apart are close: exp(4) is 55 times less likely to hold the answer."""

ASIDE = 2.5
"""Score that a caption, a note or a labelled line loses: it answers where nothing in the text says nearly the
same. Set by hand, for the questions that the weights are fitted on are about texts without any."""

ANOTHER_DAY = 2.5
"""Score that a sentence loses which tells of another day than the question. Set by hand likewise."""

UNTOLD = 1.5
"""Score that one loses which lacks the kind of thing that is asked for: a sum, a date, somebody's name."""

MOST_READ = 4
"""Passages that a reader reads for a question; more bring nothing (docs/answers.md)."""

OPENING = 400
"""Characters at the beginning of an article in which it says what it is about."""

HEADING_WORDS = 12
"""A line with fewer words and no closing mark is a heading or a label: it states nothing."""

_CLOSED = re.compile(r"[.!?…][\"'”’)\]]*$")
_DASHES = ("—", "–", "--")
_LABELLED = re.compile(r"[^:.!?]{1,40}: \S+(?: \S+)+")
"""Such a line that may say something of what it names: "Where: in the town hall", "14: languages in use"."""

_MARK = re.compile(r"\W?\w{1,3}[.)]\s")
"""Before the item of a list: "3. ", "(a) "."""


@dataclass(frozen=True)
class Evidence:
    """A sentence weighed against the question."""

    sentence: Sentence
    hit: Hit
    terms: frozenset[str]
    similarity: float
    """Cosine of question and sentence, read in its context, or of what leads to it or it replies to."""
    coverage: float
    """Share of the question's weight that the sentence's own words hold, 0 to 1; of the item of a list, with
    those of what leads to it."""
    titled_coverage: float
    """The same for its words and those of its article's title and of the headings above it: every sentence is
    about what they name."""
    is_of_another_day: bool = False
    """Whether it names a day, and not the one that the question names."""
    lacks_kind: bool = False
    """Whether it has no unit of the measure, no number or no new name, as the question asks for, or tells of
    another version than the question."""
    short_answer: ShortAnswer | None = None
    """Its best short answer, where there is a reader."""

    @property
    def context(self) -> str:
        """Its passage, with the headings above it and what the article says of itself."""
        passage, article = self.hit.passage, self.hit.passage.article
        return "\n".join((*about(article, passage.start, self.sentence.text), passage.text))

    @property
    def opening(self) -> str:
        """How its article begins: there it says who and what it is about."""
        return self.sentence.article.text[:OPENING]

    @property
    def is_aside(self) -> bool:
        """Whether it stands beside the text: below a picture, at the foot of a page, as a labelled line."""
        kind = kind_at(self.sentence.article, self.sentence.start)
        return kind in ("caption", "note") or (kind == "paragraph" and _is_labelled(self.sentence.text))

    @property
    def weights(self) -> Weights:
        """What its signals count."""
        return UNREAD if self.short_answer is None else READ

    @property
    def signals(self) -> dict[str, float]:
        """What `score` is made of, by name."""
        found = {
            "similarity": self.similarity,
            "coverage": self.coverage,
            "titled_coverage": self.titled_coverage,
            "passage": self.hit.score,
        }
        if self.short_answer is None:
            return found
        return {**found, "short_answer": self.short_answer.score, "relevance": self.short_answer.relevance}

    @cached_property
    def score(self) -> float:
        """Log of the probability that the sentence holds the answer, up to a constant."""
        signals = self.signals
        weighed = sum(weight * signals[name] for name, weight in self.weights.sentence.items())
        beside = ASIDE * self.is_aside + ANOTHER_DAY * self.is_of_another_day + UNTOLD * self.lacks_kind
        return weighed - beside


def weigh(question: Understood, hits: Sequence[Hit], words: LexicalIndex) -> list[list[Evidence]]:
    """Return for each of `hits` its sentences that state something, with their signals."""
    articles = {hit.passage.article.id: hit.passage.article for hit in hits}.values()
    by = {each.id: each.author for each in articles if each.author and question.names_some_of(each.author)}
    return [_weighed(question, hit, words, by.get(hit.passage.article.id, "")) for hit in hits]


def with_short_answers(
    question: Understood, weighed: Sequence[Sequence[Evidence]], reader: Reader
) -> list[list[Evidence]]:
    """Return `weighed` with the short answers that `reader` finds.

    It reads the few passages whose best sentence is close to the best of all by the other signals; every
    other sentence counts as saying nothing (a cascade, Wang et al., 2011).
    """
    read = [part[0].hit.passage for part in _near(weighed)]
    return _told(weighed, read, reader.read(question.asked, read))


def _near(weighed: Sequence[Sequence[Evidence]]) -> list[Sequence[Evidence]]:
    """Return the parts of `weighed`, a passage each, that are worth reading, best first."""
    best = {at: max(each.score for each in part) for at, part in enumerate(weighed) if part}
    order = sorted(best, key=lambda at: -best[at])[:MOST_READ]
    return [weighed[at] for at in order if best[at] >= best[order[0]] - MARGIN]


def _told(
    weighed: Sequence[Sequence[Evidence]],
    passages: Sequence[Passage],
    found: Sequence[tuple[ShortAnswer, ...]],
) -> list[list[Evidence]]:
    """Return `weighed` with what was `found` in the `passages` that were read."""
    kept = [
        tuple(
            replace(unread(sentence), relevance=short.relevance) if _is_mark(short, sentence) else short
            for sentence, short in zip(passage.sentences, part, strict=True)
        )
        for passage, part in zip(passages, found, strict=True)
    ]
    shorts = {
        (sentence.article.id, sentence.start): short
        for passage, part in zip(passages, pooled(passages, kept), strict=True)
        for sentence, short in zip(passage.sentences, part, strict=True)
    }
    return [
        [
            replace(
                each,
                short_answer=shorts.get((each.sentence.article.id, each.sentence.start))
                or unread(each.sentence),
            )
            for each in part
        ]
        for part in weighed
    ]


def _is_mark(short: ShortAnswer, sentence: Sentence) -> bool:
    """Say whether `short` is the number before the item of a list, which counts nothing."""
    mark = _MARK.match(sentence.text)
    return mark is not None and short.end <= sentence.start + mark.end() and _begins_item(sentence)


def _begins_item(sentence: Sentence) -> bool:
    block = block_at(sentence.article, sentence.start)
    return block is not None and block.kind == "item" and block.start == sentence.start


def _weighed(question: Understood, hit: Hit, words: LexicalIndex, author: str) -> list[Evidence]:
    """Return the sentences of `hit` weighed; its article is about the `author` too."""
    article, last = hit.passage.article, hit.passage.sentences[-1]
    # All of a passage stands in one section, whose heading it may begin with.
    above = words.analyzer.terms(" ".join((article.title, author, *section_at(article, last.start))))
    found = []
    near = {
        each.start: how for each, how in zip(hit.passage.sentences, hit.sentence_similarities, strict=True)
    }
    asked = 0.0  # how near the question is that the sentence replies to
    for sentence in hit.passage.sentences:
        if sentence.text.endswith("?"):
            asked = near[sentence.start]
        if states(sentence):
            read = terms = frozenset(words.analyzer.terms(sentence.text))
            similarity = max(near[sentence.start], asked)
            if lead := led_by(article, sentence.start):
                start, end = lead
                read = terms.union(words.analyzer.terms(article.text[start:end]))
                similarity = max(similarity, near.get(start, 0.0))
            found.append(
                Evidence(
                    sentence,
                    hit,
                    terms,
                    similarity,
                    question.coverage(read),
                    question.coverage(read.union(above)),
                    question.names_another_day(sentence.text, article.published),
                    not question.is_told(sentence.text),
                )
            )
            asked = 0.0
    return found


def probability(question: Understood, best: Evidence, words: LexicalIndex) -> float:
    """Return how likely the articles answer, judged by the `best` sentence and its passage."""
    found = signals(question, best, words)
    odds = best.weights.bias + sum(weight * found[name] for name, weight in best.weights.answered.items())
    return 1 / (1 + math.exp(-odds))


def signals(question: Understood, best: Evidence, words: LexicalIndex) -> dict[str, float]:
    """Return what `probability` is made of, by name."""
    context = frozenset(words.analyzer.terms(best.context))
    found = {
        "similarity": best.similarity,
        "coverage": best.coverage,
        "passage_similarity": best.hit.similarity,
        "passage_coverage": question.coverage(context),
        "names_missing": len(
            question.language.missing_names(question.names, f"{best.context}\n{best.opening}")
        )
        / max(len(question.names), 1),
        "unsaid": max(unsaid(question, context, words).values(), default=0.0),
        "denial_missing": float(question.denies and not question.language.denies(best.sentence.text)),
    }
    return found if best.short_answer is None else {**found, "short_answer": best.short_answer.score}


def citation_of(evidence: Evidence, language: Language, *, after: int) -> Citation:
    """Return the quote of a sentence, with what it needs to stand alone as far as that begins `after`."""
    start, end = language.widened(evidence.sentence, after=after)
    article = evidence.sentence.article
    lead = lead_at(article, start)
    return Citation(evidence.hit.passage, start, end, article.text[start:end], lead)


def about(article: Article, start: int, quote: str) -> Iterator[str]:
    """Yield what `article` says of a `quote` that stands at `start`: its title, authors and date, headings.

    Not its date where the quote names a year: what happened then was told later.
    """
    yield from filter(None, (article.title, article.author, *section_at(article, start)))
    if article.published and not years_in(quote):
        yield day_named(article.published)


def lead_at(article: Article, start: int) -> Span | None:
    """Return where the sentence stands that leads to the item of a list at `start`; None without one.

    An item that is a whole sentence was only written below another one or below a heading that does not ask,
    and any item below the name that a quotation ends with.
    """
    item, lead = block_at(article, start), lead_of(article, start)
    if lead and item and item.kind == "item" and lead.kind != "item":
        above = article.text[lead.start : lead.end]
        is_apart = ends(above) or (lead.kind == "heading" and not above.endswith("?"))
        if above.startswith(_DASHES) or (is_apart and ends(article.text[item.start : item.end])):
            return None
    return led_by(article, start)


def led_by(article: Article, start: int) -> Span | None:
    """Return where the last sentence of what leads to the text at `start` stands; see `lead_of`."""
    if (block := lead_of(article, start)) is None:
        return None
    first, last = split_sentences(article.text[block.start : block.end])[-1]
    return block.start + first, block.start + last


def ends(text: str) -> bool:
    """Say whether `text` has the mark of a whole sentence at its end."""
    return _CLOSED.search(text) is not None and not text.endswith("?")


def states(sentence: Sentence) -> bool:
    """Say whether `sentence` can answer: a heading cannot, nor a question, unless somebody is quoted asking.

    Nor can a reference. A short line without a closing mark is taken for a heading, unless the article's
    structure is known and it is labelled, "Where: in the town hall", or leads to a list.
    """
    text, block = sentence.text, block_at(sentence.article, sentence.start)
    if text.endswith("?"):
        return False
    if block and block.kind in ("item", "row"):
        return len(text.split()) > 1
    if block and block.kind in ("heading", "reference"):
        return False
    return not _is_short(text) or (block is not None and (_is_labelled(text) or leads_to_list(sentence)))


def leads_to_list(sentence: Sentence) -> bool:
    """Say whether a list follows `sentence`, which ends in a colon."""
    at = place_of(sentence.article, sentence.start)
    following = sentence.article.blocks[at + 1 : at + 2] if at is not None else ()
    return sentence.text.endswith(":") and any(block.kind == "item" for block in following)


def _is_short(text: str) -> bool:
    return len(text.split()) < HEADING_WORDS and _CLOSED.search(text) is None


def _is_labelled(text: str) -> bool:
    return _is_short(text) and _LABELLED.fullmatch(text) is not None


def bare(word: str) -> str:
    """Return `word` in small letters without the marks around it."""
    return word.strip("“”\"‘’'().,;:!?").lower()
