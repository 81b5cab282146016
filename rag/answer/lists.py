"""Evidence to the items of a list or the rows of a table that are asked for.

What leads to an item, and the heads of a table, are shared by neighbours: what a question holds beyond them
tells which of these is meant, and where it holds nothing beyond what leads to a list, all of it is.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TypeAlias

from rag.answer.evidence import Evidence, leads_to_list, led_by
from rag.answer.widened import ending, sentences_behind
from rag.corpus.structure import block_at, kind_at, place_of, section_at
from rag.index.lexical import LexicalIndex
from rag.index.sentences import Span, split_sentences
from rag.question.understood import Understood
from rag.types import Block, Citation, Sentence, Statement

NEAR = 2.5
"""Score by which the item of a list may be behind the best sentence, where several things are asked for."""

BESIDE = 0.5
"""Score by which the text of its article may be behind it otherwise."""

LED = 0.5
"""Share of the weight of a question for several things that what leads to a list, and its title, hold."""
LED_PLAINLY = 0.8
"""The same where the question may as well be for one thing."""

OWN = 0.1
"""Share of that weight from which on what only the item holds says that it alone is asked for."""

MOST = 7
"""Things at most that sentences name one by one."""
BEFORE = 3
"""Words of a question before the number of things that it asks for at most: "What were the three ..."."""
ENDING = 60
"""Characters at the end of a sentence in which it says how many follow."""
LONGEST = 1200
"""Characters of such a quote at most."""

CELL = 12.0
"""Score of the cell that is asked for in the row that is: a reader, which knows prose, is as sure where it is
right three times in four."""

_CELL = re.compile(r"(?:^|; )(?P<head>[^:;]+): (?P<value>(?:[^;]|;(?! [^:;]+: ))+)")
"""A cell of a row, as its table is read: "Height: 38 metres"."""

_NUMBERED = re.compile(r"(?P<what>[^\W\d]*) ?(?P<number>\d{1,2})\b")
"""The beginning of a heading that counts: "Step 1: ...", "1. ..."."""


Run: TypeAlias = tuple[str, int]
"""Items or rows that follow each other: their article's id and where the first begins."""


def meant(question: Understood, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return `evidence`, best first, without the items and rows whose neighbours hold more of the question.

    Where the best is one, nor does its article say more elsewhere, unless that is hardly behind an item.
    """
    runs = [_run(each.sentence) for each in evidence]
    places = [place_of(each.sentence.article, each.sentence.start) for each in evidence]
    held: defaultdict[Run | None, defaultdict[int | None, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each, run, place in zip(evidence, runs, places, strict=True):
        held[run][place] |= question.weights.keys() & each.terms
    kept = [
        (each, run)
        for each, run, place in zip(evidence, runs, places, strict=True)
        if run is None or not any(held[run][place] < others for others in held[run].values())
    ]
    if not kept or (first := kept[0][1]) is None:
        return [each for each, _ in kept]
    least = math.inf if _is_row(kept[0][0]) else kept[0][0].score - BESIDE
    return [
        each
        for each, run in kept
        if run == first or each.sentence.article.id != first[0] or each.score >= least
    ]


def _is_row(evidence: Evidence) -> bool:
    return kind_at(evidence.sentence.article, evidence.sentence.start) == "row"


def with_cells(question: Understood, evidence: Iterable[Evidence], words: LexicalIndex) -> list[Evidence]:
    """Return `evidence`, best first, with the cell as a row's short answer where that is asked for.

    It is the only one under a head that the question names, in a row that holds more of the question.
    """
    told = (_with_cell_asked(each, question, words) for each in evidence)
    return sorted(told, key=lambda each: -each.score)


def _with_cell_asked(evidence: Evidence, question: Understood, words: LexicalIndex) -> Evidence:
    sentence, short = evidence.sentence, evidence.short_answer
    if short is None or not _is_row(evidence):
        return evidence
    cells, wanted = _record(sentence.text, question, words)
    heads = words.analyzer.terms(" ".join(cell["head"] for cell in cells))
    if len(wanted) != 1 or not question.coverage(evidence.terms.difference(heads)):
        return evidence
    start, end = (sentence.start + bound for bound in wanted[0])
    cell = replace(short, start=start, end=end, score=max(CELL, short.score))
    return replace(evidence, short_answer=cell)


def whole_list(
    question: Understood, evidence: Sequence[Evidence], words: LexicalIndex
) -> tuple[Statement, ...]:
    """Return the items of the list that is asked for, in order; none where it is not for all of a list.

    `evidence` begins with the best.
    """
    several = question.kind is not None and question.kind.name in ("list", "steps")
    if question.is_for_yes_or_no or (question.kind and not several):
        return ()
    for each in evidence if several else evidence[:1]:
        items = _items(each) or _steps(each, words)
        is_near = each.score >= evidence[0].score - NEAR
        leads = each is evidence[0] and leads_to_list(each.sentence)
        is_for_all = leads or (items and _leads(question, each, items[0], words, several=several))
        if len(items) > 1 and is_near and is_for_all:
            return tuple(_statement(each, item, _lead(each, item)) for item in items)
        if several and is_near and (headings := _headings(question, each, words)):
            return tuple(_statement(each, heading) for heading in headings)
    return ()


def counted(statement: Statement, question: Understood) -> Statement:
    """Return `statement`, where it ends with as many things as are asked for, with what names them.

    "..., as a result of three key issues." For "What three issues ...?" that is the next three sentences of
    its paragraph at most.
    """
    claims, [citation, *_] = question.language.CLAIMS, statement.citations
    last, _ = split_sentences(citation.quote)[-1]
    if claims is None or kind_at(citation.article, citation.start) != "paragraph":
        return statement
    asked = {
        each.low
        for each in claims.quantities(question.asked)
        if not each.measure and len(question.asked[: each.start].split()) <= BEFORE
    }
    said = list(claims.quantities(citation.quote[max(last, len(citation.quote) - ENDING) :]))
    if not said or said[-1].measure or said[-1].low not in asked or not 2 <= said[-1].low <= MOST:
        return statement
    ends = [end for _, end in sentences_behind(citation)[: int(said[-1].low)]]
    return ending(
        statement, max((end for end in ends if end - citation.start <= LONGEST), default=citation.end)
    )


def with_cell(statement: Statement, question: Understood, words: LexicalIndex) -> Statement:
    """Return `statement`, where it is the row of a table, with the cell that is asked for in bold."""
    [citation, *_] = statement.citations
    block = block_at(citation.article, citation.start)
    if block is None or block.kind != "row":
        return statement
    cells, wanted = _record(statement.text, question, words)
    told = [
        cell.span("value")
        for cell in cells
        if any(start < cell.end("value") and cell.start("value") < end for start, end in statement.highlights)
    ]
    return replace(statement, highlights=tuple(wanted if len(wanted) == 1 else told))


def cell_of(statements: Sequence[Statement]) -> str | None:
    """Return the cell in bold of a row that alone is quoted."""
    [first, *others] = statements
    block = block_at(first.citations[0].article, first.citations[0].start)
    if others or block is None or block.kind != "row" or len(first.highlights) != 1:
        return None
    return first.text[slice(*first.highlights[0])]


def _record(row: str, question: Understood, words: LexicalIndex) -> tuple[list[re.Match[str]], list[Span]]:
    """Return the cells of `row`, or of one of its records, and where the values are that are asked for.

    Heads that come again begin another record. It is the first of those whose values hold most of `question`.
    """
    records: list[list[re.Match[str]]] = [[]]
    for cell in _CELL.finditer(row):
        if any(each["head"] == cell["head"] for each in records[-1]):
            records.append([])
        records[-1].append(cell)

    def held(record: Iterable[re.Match[str]]) -> float:
        return question.coverage(words.analyzer.terms(" ".join(cell["value"] for cell in record)))

    best = max(records, key=held)
    return best, [cell.span("value") for cell in best if _is_wanted(cell, question, words)]


def _is_wanted(cell: re.Match[str], question: Understood, words: LexicalIndex) -> bool:
    """Say whether `question` has words of the head of `cell`, and none of its value."""
    head, value = (question.coverage(words.analyzer.terms(cell[part])) for part in ("head", "value"))
    return head > 0 and not value


def _run(sentence: Sentence) -> Run | None:
    """Return what is the same for all items or rows that follow each other; None for what is neither."""
    blocks, at = sentence.article.blocks, place_of(sentence.article, sentence.start)
    if at is None or blocks[at].kind not in ("item", "row"):
        return None
    first = at
    while first and blocks[first - 1].kind == blocks[at].kind:
        first -= 1
    return sentence.article.id, blocks[first].start


def _items(evidence: Evidence) -> Sequence[Block]:
    """Return the items of the list that a sentence is in or leads to; none where it does neither."""
    article, sentence = evidence.sentence.article, evidence.sentence
    blocks, at = article.blocks, place_of(article, sentence.start)
    if at is None:
        return ()
    if leads_to_list(sentence) and (blocks[at].kind != "item" or blocks[at + 1].level > blocks[at].level):
        at += 1
    if blocks[at].kind != "item":
        return ()
    level, first, last = blocks[at].level, at, at + 1
    while first and blocks[first - 1].kind == "item" and blocks[first - 1].level >= level:
        first -= 1
    while last < len(blocks) and blocks[last].kind == "item" and blocks[last].level >= level:
        last += 1
    return blocks[first:last]


def _steps(evidence: Evidence, words: LexicalIndex) -> Sequence[Block]:
    """Return the headings that a sentence before them announces: "four steps", then "Step 1", "Step 2" ..."""
    article, at = evidence.sentence.article, place_of(evidence.sentence.article, evidence.sentence.start)
    later = () if at is None else article.blocks[at + 1 :]
    if not later or later[0].kind != "heading":
        return ()
    level = later[0].level
    within = takewhile(lambda block: block.kind != "heading" or block.level >= level, later)
    heads = [block for block in within if block.kind == "heading" and block.level == level]
    for count, head in enumerate(heads):
        number = _NUMBERED.match(article.text, head.start, head.end)
        announced = number and evidence.terms.issuperset(words.analyzer.terms(number["what"]))
        if not number or not announced or int(number["number"]) != count + 1:
            return heads[:count]
    return heads


def _headings(question: Understood, evidence: Evidence, words: LexicalIndex) -> Sequence[Block]:
    """Return the headings right below one, or the title, that names what is asked for; most name it too.

    None of them asks. "Challenge types", then "HTTP-01 challenge", "DNS-01 challenge" and "TLS-ALPN-01".
    """
    article, at = evidence.sentence.article, evidence.sentence.start
    headings = [block for block in article.blocks if block.kind == "heading"]
    above = [Block(0, 0, "heading"), *(block for block in headings if block.start <= at)]
    while above:
        heading = above.pop()
        name = words.analyzer.terms(article.text[heading.start : heading.end] or article.title)
        behind = [block for block in headings if block.start >= heading.end]
        ends = (at for at, block in enumerate(behind) if block.level <= heading.level)
        within = behind[: next(ends, None)]
        below = [block for block in within if block.level == min(each.level for each in within)]
        texts = [article.text[block.start : block.end] for block in below]
        named = sum(question.coverage(words.analyzer.terms(text)) > 0 for text in texts)
        are_things = len(below) > 1 and 2 * named >= len(below) and not any("?" in text for text in texts)
        if question.coverage(name) >= LED_PLAINLY and are_things:
            return below
        above = [block for block in above if block.level < heading.level]
    return ()


def _leads(
    question: Understood, evidence: Evidence, item: Block, words: LexicalIndex, *, several: bool
) -> bool:
    """Say whether the question is for what leads to `item` rather than for what `evidence` alone holds."""
    article, lead = evidence.sentence.article, _lead(evidence, item)
    above = article.text[slice(*lead)] if lead else ""
    context = {*words.analyzer.terms(" ".join((article.title, *section_at(article, item.start), above)))}
    led = question.coverage(context)
    own = question.coverage(context | evidence.terms) - led
    return led >= (LED if several else LED_PLAINLY) and (several or own < OWN)


def _lead(evidence: Evidence, item: Block) -> Span | None:
    """Return where the sentence stands that leads to `item`; a heading's is that of `evidence`."""
    sentence = evidence.sentence
    if item.kind == "heading":
        return sentence.start, sentence.end
    return led_by(sentence.article, item.start)


def _statement(evidence: Evidence, item: Block, lead: Span | None = None) -> Statement:
    quote = evidence.sentence.article.text[item.start : item.end]
    citation = Citation(evidence.hit.passage, item.start, item.end, quote, lead)
    return Statement(quote, (citation,), "exact")
