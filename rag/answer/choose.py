"""Evidence to Answer | Unanswered, in verbatim sentences; no language model needed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from rag.answer.evidence import MARGIN, Evidence, about, bare, citation_of, probability
from rag.answer.lead import highlighted, said, same, short_answer
from rag.answer.lists import cell_of, counted, meant, whole_list, with_cell, with_cells
from rag.answer.missing import missing_from
from rag.answer.reader import told
from rag.answer.widened import ending, naming
from rag.corpus.structure import kind_at
from rag.index.lexical import LexicalIndex
from rag.question.phrases import holds
from rag.question.quote import LONGEST_QUOTE
from rag.question.understood import Understood
from rag.settings import Settings
from rag.types import Answer, Citation, Hit, Statement, Unanswered

SAME = 0.7
"""Share of common terms from which on two sentences say the same."""

NEAR = 2.5
"""Score that a further sentence is behind the best at most, where one answer is asked for; ..."""

NEARER = 2.1
"""... where a reader has read it and it names nothing of the question that the best leaves out, this, ..."""

FAINT = 9.0
"""... and so much is the score of its short answer behind; chosen on our own, see docs/answers.md."""

LISTED = 2
"""Sentences that a question for several things gets beyond the usual ones."""

NEW = 1.5
"""Added to a further sentence's score when all its names and numbers are new to such a list."""

WORDED = 5.0
"""Least score of the best sentence's short answer at which it may be more than likely an answer; chosen on
questions of our own, see docs/answers.md."""


def choose(
    question: Understood,
    hits: Sequence[Hit],
    evidence: Iterable[Evidence],
    words: LexicalIndex,
    settings: Settings,
) -> Answer | Unanswered:
    """Return the sentences of `evidence` that answer best, or Unanswered when it is not likely that they do.

    They are a likely answer at most when they, and what stands above them, lack a name or a number that the
    question asks about, or any unit of the measure that it asks for: they would answer about another one. So
    are they where the reader finds no words in the best that answer. `hits` are what was considered.
    """
    text, considered = question.text, tuple(hits)
    found = with_cells(question, meant(question, _quoting(question, evidence)), words)
    if not found:
        return Unanswered(text, 0.0, considered)
    confidence = probability(question, found[0], words)
    chosen = _chosen(question, found, settings)
    statements = _stated(question, found, chosen, words)
    shown = _read(statements)
    is_worded = _is_worded(question, chosen[0])
    if confidence >= settings.threshold and is_worded and _is_about(question, statements, shown):
        short = cell_of(statements) or short_answer(question, found, confidence)
        return Answer(text, statements, confidence, considered, short)
    if confidence < settings.related:
        passages = [hit.passage for hit in hits]
        context = "\n".join(
            chain.from_iterable((*about(each.article, each.start, ""), each.text) for each in passages)
        )
        return Unanswered(text, confidence, considered, missing=missing_from(question, context, words))
    missing = missing_from(question, shown, words)
    return Answer(text, statements, confidence, considered, likely=True, missing=missing)


def with_missing(answer: Answer, question: Understood, words: LexicalIndex) -> Answer:
    """Return a likely `answer` with what its quotes, longer now, still leave out; any other as it is."""
    if not answer.missing:
        return answer
    return replace(answer, missing=missing_from(question, _read(answer.statements), words))


def _chosen(question: Understood, found: Sequence[Evidence], settings: Settings) -> list[Evidence]:
    """Return the sentences of `found`, best first, that are quoted."""
    listed = _is_for_several(question)
    numbers = question.language.NUMBERS
    chosen = _distinct(found, settings.statements + LISTED * listed, numbers, new=NEW * listed)
    return chosen if listed else _saying_more(question, chosen)


def _stated(
    question: Understood, found: Sequence[Evidence], chosen: Sequence[Evidence], words: LexicalIndex
) -> tuple[Statement, ...]:
    """Return the whole list that is asked for, or else what is quoted of the `chosen`, marked up."""
    quoted = whole_list(question, found, words) or [
        counted(each, question) for each in _named(question, _quoted(question, chosen))
    ]
    bold = () if question.is_for_yes_or_no else found
    return tuple(with_cell(highlighted(each, bold), question, words) for each in quoted)


def _named(question: Understood, quoted: Sequence[Statement]) -> Iterator[Statement]:
    """Yield what is `quoted`, the first with what its paragraph has of the names and units that all lack."""
    [first, *others] = quoted
    read = _read(quoted)
    lacking = question.language.missing_names(question.names, read)
    units = [unit for unit in question.units if not unit.search(read)]

    def holds(text: str) -> bool:
        named = not question.language.missing_names(lacking, text)
        return named and all(unit.search(text) for unit in units)

    if (lacking or units) and kind_at(first.citations[0].article, first.citations[0].start) == "paragraph":
        first = naming(first, holds)
    yield first
    yield from others


def _is_worded(question: Understood, best: Evidence) -> bool:
    """Say whether a reader finds words that answer in the `best` sentence, if one has read it.

    Words of an ordinary question itself answer nothing; no words of an article say yes or no.
    """
    if best.short_answer is None or question.is_for_yes_or_no:
        return True
    is_new = question.kind is not None or not question.words.issuperset(told(said(best)).split())
    return _is_told(best) and is_new


def _is_about(question: Understood, statements: Sequence[Statement], shown: str) -> bool:
    """Say whether the `statements`, as `shown`, have the names, numbers, day and units that `question` needs.

    The best one has the units, unless several things are asked for: another's sum may be for something else.
    """
    lacking = question.language.missing_names(question.names, shown)
    measured = shown if question.kind else _read(statements[:1])
    first = statements[0].citations[0]
    is_of_day = question.is_of_day(f"{shown}\n{first.passage.text}", first.article.published)
    return not lacking and is_of_day and all(unit.search(measured) for unit in question.units)


def _is_for_several(question: Understood) -> bool:
    return question.kind is not None and question.kind.name == "list"


def _read(statements: Sequence[Statement]) -> str:
    """Return what a reader sees of `statements`: quotes, what leads to them, headings, titles and dates."""
    citations = [citation for statement in statements for citation in statement.citations]
    return "\n".join(chain.from_iterable(map(_seen, citations)))


def _seen(citation: Citation) -> Iterator[str]:
    """Yield what a reader sees of a quote; a row does not repeat what is said around its table."""
    article = citation.article
    yield from about(article, citation.start, citation.quote)
    yield from (citation.lead_text, citation.quote)
    if kind_at(article, citation.start) == "row":
        yield citation.passage.text


def _quoting(question: Understood, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the sentences that may be quoted, best first.

    They hold a phrase quoted in the question, where any does.
    """
    every = sorted(evidence, key=lambda each: -each.score)
    quoting = (each for each in every if any(holds(each.sentence.text, question.phrases)))
    return list(quoting) or every


def _distinct(
    evidence: Sequence[Evidence], count: int, numbers: Container[str], *, new: float = 0.0
) -> list[Evidence]:
    """Return the best `count` that come close to the first and do not repeat one before them.

    One that states another figure, in digits or one of the words `numbers`, repeats none. `new` is added to
    the score of one whose names and numbers are all new.
    """
    left = [each for each in evidence if each.score >= evidence[0].score - MARGIN]
    chosen: list[Evidence] = []
    known: set[str] = set()
    while left and len(chosen) < count:
        best = max(left, key=lambda each: each.score + (new * _news(each, known) if new and chosen else 0.0))
        chosen.append(best)
        known |= _items(best)
        left = [each for each in left if each is not best and not _repeats(each, best, numbers)]
    return chosen


def _repeats(one: Evidence, other: Evidence, numbers: Container[str]) -> bool:
    """Say whether two sentences say the same: the same short answer, or nearly the same words and figures.

    With a figure of its own neither says the same as the other.
    """
    if _is_told(one) and _is_told(other) and told(said(one)) == told(said(other)):
        return True
    if _overlap(one.terms, other.terms) < SAME:
        return False
    mine, others = (_figures(each.sentence.text, numbers) for each in (one, other))
    return not (mine - others and others - mine)


def _is_told(evidence: Evidence) -> bool:
    """Say whether a reader finds words that answer in a sentence."""
    return evidence.short_answer is not None and evidence.short_answer.score >= WORDED


def _figures(text: str, numbers: Container[str]) -> set[str]:
    """Return the figures of `text`, in digits or in one of the words `numbers`."""
    words = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d]+", text.lower())
    return {word for word in words if word[0].isdigit() or word in numbers}


def _saying_more(question: Understood, chosen: Sequence[Evidence]) -> list[Evidence]:
    """Return the first of the `chosen` sentences and those close behind it that answer with other words.

    Where the same words are the answer, one quote is enough. One that names what the first leaves out may be
    further behind.
    """
    best, missing_names = chosen[0], question.language.missing_names
    lacking = missing_names(question.names, f"{best.hit.passage.article.title}\n{best.sentence.text}")
    return [
        best,
        *(
            each
            for each in chosen[1:]
            if each.score >= best.score - NEAR
            and not (each.short_answer and same(said(each), said(best)))
            and (len(missing_names(lacking, each.sentence.text)) < len(lacking) or _is_beside(each, best))
        ),
    ]


def _is_beside(one: Evidence, best: Evidence) -> bool:
    """Say whether `one` is hardly behind the `best`, by its short answer too; always where none is read."""
    if one.short_answer is None or best.short_answer is None:
        return True
    is_faint = one.short_answer.score < best.short_answer.score - FAINT
    return one.score >= best.score - NEARER and not is_faint


def _items(evidence: Evidence) -> set[str]:
    """Return the names and numbers in a sentence, its first word aside."""
    return {
        bare(word) for word in evidence.sentence.text.split()[1:] if word[:1].isupper() or word[:1].isdigit()
    }


def _news(evidence: Evidence, known: set[str]) -> float:
    """Return the share of a sentence's names and numbers that are not `known`, 0 to 1."""
    items = _items(evidence)
    return len(items - known) / len(items) if items else 0.0


def _quoted(question: Understood, chosen: Sequence[Evidence]) -> tuple[Statement, ...]:
    """Return what is quoted of the `chosen` sentences, no stretch of an article twice.

    Neighbours in a paragraph are one quote, but where each is a thing that is asked for, or is about a side.
    """
    shown: list[Citation] = []
    for each in chosen:
        sentence = each.sentence
        known = [citation for citation in shown if citation.article.id == sentence.article.id]
        if any(citation.start <= sentence.start < citation.end for citation in known):
            continue
        after = max((citation.end for citation in known if citation.end <= sentence.start), default=0)
        shown.append(citation_of(each, question.language, after=after))
    is_apart = question.kind is not None and question.kind.name in ("list", "comparison")
    statements = [Statement(citation.quote, (citation,), "exact") for citation in _unled(shown)]
    return tuple(statements if is_apart else _joined(statements))


def _joined(statements: Sequence[Statement]) -> list[Statement]:
    """Return `statements` with neighbours as one quote, in the place of the better one."""
    kept: list[Statement] = []
    for statement in statements:
        for at, each in enumerate(kept):
            first, last = sorted((each, statement), key=lambda one: one.citations[0].start)
            if _adjoin(first.citations[0], last.citations[0]):
                kept[at] = ending(first, last.citations[0].end)
                break
        else:
            kept.append(statement)
    return kept


def _adjoin(first: Citation, last: Citation) -> bool:
    """Say whether nothing but a space stands between two quotes that are short enough to be one."""
    between = first.article.text[first.end : last.start]
    is_near = first.article.id == last.article.id and last.end - first.start <= LONGEST_QUOTE
    return is_near and not between.strip() and "\n" not in between


def _unled(quotes: Sequence[Citation]) -> list[Citation]:
    """Return `quotes` without those that lead to another one, which shows them and stands in their place."""
    kept = [
        (min([at, *(place for place, each in enumerate(quotes) if _leads(each, quote))]), quote)
        for at, quote in enumerate(quotes)
        if not any(_leads(quote, other) for other in quotes)
    ]
    return [quote for _, quote in sorted(kept, key=lambda placed: placed[0])]


def _leads(quote: Citation, other: Citation) -> bool:
    """Say whether all of `quote` is shown as what leads to the `other` one."""
    first, last = other.lead or (0, 0)
    return quote.article.id == other.article.id and first <= quote.start and quote.end <= last


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard index of two sets of terms."""
    return len(one & other) / len(one | other) if one | other else 1.0
