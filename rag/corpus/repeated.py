"""Articles to the lines that repeat across those of a source: page furniture that no pattern knows.

Which lines these are depends on all articles, so they are learned whenever a folder is read, and forgotten
again where they repeat no more. The text stays as it is: such a line becomes a block of its own that is no
sentence, and so is neither searched nor quoted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from rag.corpus import filters
from rag.corpus.formats.hints import Hints, plain_line
from rag.types import Article, Block

FEWEST, SHARE, ENOUGH = 3, 0.3, 10
"""Articles of one source or folder in which a line repeats: so many, and this share of them or `ENOUGH`."""

FEWEST_LEFT_OUT = 5
"""Of these articles, for the line to be left out too; fewer may well speak of the same."""

OWN = 60
"""Characters of an article, or a third of them, that stand in no other: else it counts as a copy here."""

SHORTEST_LINE, LONGEST_LINE = 12, 300
"""Characters: shorter ones are words that people say, longer ones are prose."""

LABEL = 60
"""Characters of a line without a full stop that is furniture between paragraphs too: "Story goes on"."""

_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*$|[^\s:]:\s")
_PIECE = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LINE = re.compile(r"[^\n]+")

HintsOf: TypeAlias = Callable[[str], Hints]
"""From the path of a file to how it is to be read."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A line that repeats across the articles of a source or folder."""

    line: str
    """As it stands in one of them."""
    within: str
    """The source or, of articles without, the folder."""
    holders: tuple[str, ...]
    """Ids of the articles, of copies one."""
    of: int
    """Articles within."""

    @property
    def is_usual(self) -> bool:
        """Whether it stands in so many of them that it is left out where it stands around the text."""
        return len(self.holders) >= max(FEWEST_LEFT_OUT, min(ENOUGH, SHARE * self.of))


def set_apart(articles: Sequence[Article], hints: HintsOf) -> tuple[list[Article], list[Repeated]]:
    """Return `articles` with the lines left out that all of them together tell for furniture.

    Then the lines that repeat in what is left, the most frequent first.
    """
    repeats = Repeats.of(map(_as_read, articles))
    usual = repeats.usual(hints)
    apart = [_without_usual(article, usual, hints) for article in articles]
    for before, after in zip(articles, apart, strict=True):
        if after is not before:
            repeats.see(after)
    return apart, list(repeats.found(hints))


def set_apart_beside(
    there: Sequence[Article], gone: Iterable[str], new: Sequence[Article], hints: HintsOf
) -> list[Article] | None:
    """Return `new` articles as `set_apart` gives them with those `there` whose ids are not `gone`.

    None where it would give others of these than it gave before.
    """
    repeats = Repeats.of(map(_as_read, there))
    before = repeats.usual(hints)
    for id_ in gone:
        repeats.forget(id_)
    for article in new:
        repeats.see(article)
    usual = repeats.usual(hints)
    return [_without_usual(article, usual, hints) for article in new] if usual == before else None


def _as_read(article: Article) -> Article:
    """Return `article` with its furniture as paragraphs again, a line or more each.

    So articles tell the same lines for furniture whether such lines were set apart in them already.
    """
    if all(block.kind != "furniture" for block in article.blocks):
        return article
    blocks = (
        replace(block, kind="paragraph") if block.kind == "furniture" else block for block in article.blocks
    )
    return replace(article, blocks=tuple(blocks))


def _without_usual(article: Article, usual: Mapping[str, set[str]], hints: HintsOf) -> Article:
    there = usual.get(within_of(article))
    if not there or there.isdisjoint(map(plain_line, _prose(article))):
        return article
    return _without(article, there - hints(filters.file_of(article.id)).keep)


def left_out(article: Article) -> Iterator[str]:
    """Yield the lines of `article` that are left out."""
    for block in article.blocks:
        if block.kind == "furniture":
            yield from article.text[block.start : block.end].split("\n")


def within_of(article: Article) -> str:
    """Return the source or, without one, the folder in which lines of `article` repeat."""
    return article.source or filters.collection_of(article.id)


class Repeats:
    """Counts the lines of articles.

    Copies of one article repeat all their lines. So an article of which little else is left counts as one
    with all those that have the same lines.
    """

    def __init__(self) -> None:
        self._seen: dict[str, tuple[str, dict[int, int]]] = {}
        """Of each article, by its id, the source or folder, and the lengths of its lines by their hashes."""
        self._counts: Counter[tuple[str, int]] = Counter()
        self._lines: dict[int, str] = {}
        """Those that stand in a second article, by their hashes."""

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Repeats:
        """Count the lines of `articles`."""
        repeats = cls()
        for article in articles:
            repeats.see(article)
        return repeats

    def see(self, article: Article) -> None:
        """Take an article into account, in place of the one that was seen with this id."""
        self._discount(article.id)
        within = within_of(article)
        lines = {hash(line): line for line in map(str.strip, _prose(article)) if line}
        self._seen[article.id] = (within, {key: len(line) for key, line in lines.items()})
        for key, line in lines.items():
            if _may_repeat(line):
                self._counts[within, key] += 1
                if self._counts[within, key] > 1:
                    self._lines[key] = line

    def forget(self, id_: str) -> None:
        """Take the article with this id out of account."""
        self._discount(id_)
        del self._seen[id_]

    def _discount(self, id_: str) -> None:
        within, lines = self._seen.get(id_, ("", {}))
        for key in lines:
            if (within, key) in self._counts:
                self._counts[within, key] -= 1

    def usual(self, hints: HintsOf) -> dict[str, set[str]]:
        """Return by source or folder the lines that all articles together tell for furniture."""
        usual: dict[str, set[str]] = defaultdict(set)
        for each in self.found(hints):
            if each.is_usual and not each.line.endswith(":"):  # it leads to what follows
                usual[each.within].add(plain_line(each.line))
        return dict(usual)

    def found(self, hints: HintsOf) -> Iterator[Repeated]:
        """Yield the lines that repeat often enough, and are not to be kept, the most frequent first."""
        sizes = Counter(within for within, _ in self._seen.values())
        by_count = sorted(
            self._holders().items(), key=lambda each: (-len(each[1]), each[0][0], self._lines[each[0][1]])
        )
        for (within, key), articles in by_count:
            line, ids = self._lines[key], tuple(articles.values())
            often = len(ids) >= max(FEWEST, min(ENOUGH, SHARE * sizes[within]))
            if often and not hints(filters.file_of(ids[0])).keeps(line):
                yield Repeated(line, within, ids, sizes[within])

    def _holders(self) -> Mapping[tuple[str, int], dict[object, str]]:
        """Return the articles that hold each line that repeats within a source, by what tells copies."""
        repeated = {line for line, count in self._counts.items() if count >= FEWEST}
        holders: dict[tuple[str, int], dict[object, str]] = defaultdict(dict)
        for id_, (within, lines) in self._seen.items():
            again = [key for key in lines if (within, key) in repeated]
            own = sum(lines.values()) - sum(lines[key] for key in again)
            mark = id_ if own >= min(OWN, sum(lines.values()) / 3) else frozenset(again)
            for key in again:
                holders[within, key].setdefault(mark, id_)
        return holders


def _may_repeat(line: str) -> bool:
    return SHORTEST_LINE <= len(line) <= LONGEST_LINE and " " in line


def _prose(article: Article) -> Iterator[str]:
    """Yield the lines of an article but for headings, rows, code and references: those repeat by nature."""
    if not article.blocks:
        yield from article.text.split("\n")
    for block in article.blocks:
        if block.kind not in ("heading", "row", "code", "reference", "furniture"):
            yield from article.text[block.start : block.end].split("\n")


def _without(article: Article, usual: Collection[str]) -> Article:
    """Return `article` with those of the `usual` lines as furniture that stand above or below its own text.

    Between its paragraphs only what is no sentence is furniture: clauses of contracts and rules of safety
    repeat too. An article is never without any text of its own.
    """
    lines = list(_lines(article))
    kept = [at for at, (_, line) in enumerate(lines) if line.kind == "paragraph"]
    usual_ones = {at for at in kept if plain_line(_text(article, lines[at][1])) in usual}
    own = [at for at in kept if at not in usual_ones]
    if not usual_ones or not own:
        return article
    furniture = {
        at for at in usual_ones if not own[0] < at < own[-1] or _is_label(_text(article, lines[at][1]))
    }
    return replace(article, blocks=tuple(_joined(lines, furniture))) if furniture else article


def _lines(article: Article) -> Iterator[tuple[int, Block]]:
    """Yield the blocks of `article` with their numbers, a paragraph of several lines as one for each."""
    blocks = article.blocks or [Block(*piece.span()) for piece in _PIECE.finditer(article.text)]
    for number, block in enumerate(blocks):
        if block.kind == "paragraph" and "\n" in _text(article, block):
            for line in _LINE.finditer(article.text, block.start, block.end):
                yield number, replace(block, start=line.start(), end=line.end())
        else:
            yield number, block


def _joined(lines: Iterable[tuple[int, Block]], furniture: Collection[int]) -> Iterator[Block]:
    """Yield the blocks that the `lines` are of, each line that is `furniture` as one of its own."""
    parts = ((number, at in furniture, block) for at, (number, block) in enumerate(lines))
    for (_, is_furniture), group in groupby(parts, key=lambda part: part[:2]):
        blocks = [block for _, _, block in group]
        whole = blocks[0] if len(blocks) == 1 else replace(blocks[0], end=blocks[-1].end)
        yield replace(whole, kind="furniture") if is_furniture else whole


def _text(article: Article, block: Block) -> str:
    return article.text[block.start : block.end]


def _is_label(line: str) -> bool:
    return len(line) <= LABEL and not _SENTENCE.search(line)
