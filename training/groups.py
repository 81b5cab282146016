"""Labelled questions to groups: a question, the passage that answers, and passages that do not.

Passages are cut as the product cuts them. "None" is the answer of a group without a right passage: questions
that their authors left unanswered, questions whose passage is left out, whose sentence is taken out of the
passage, or whose words are turned (near misses).
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rag.index.passages import CountTokens, model_input, split_passages
from rag.types import Article, Passage
from training.packed import NO_PASSAGE
from training.sets import Document, Labelled, places

Rows = npt.NDArray[np.int64]

LIMIT = 160
"""Tokens of a passage, the product's setting."""
WRONG = 8
"""Passages in a group that do not answer, at most."""
BESIDE = 5
"""Of them from the document or its article, where those have as many."""
VALIDATION = 0.03
"""Share of articles that are kept for validation."""
LEFT_OUT, TAKEN_OUT, TURNED = 0.08, 0.10, 0.10
"""Shares of answered questions that are asked once more: without their passage, with their sentence taken out
of it, with their words turned."""

KINDS = ("short answer", "sentence", "unanswerable", "left out", "taken out", "turned", "unknown")
"""The first two are answered; of the last nobody knows; nothing answers the others."""

OPPOSITES = {
    one: other
    for pair in (
        "first last|largest smallest|biggest smallest|highest lowest|oldest youngest|earliest latest"
        "|most least|best worst|before after|north south|northern southern|east west|eastern western"
        "|increase decrease|increased decreased|more fewer|won lost|win lose|begin end|began ended"
        "|started ended|start end|born died|male female|men women|father mother|son daughter"
        "|brother sister|husband wife|upper lower|left right|longest shortest|major minor|can cannot"
        "|successful unsuccessful|legal illegal|possible impossible|support oppose|supported opposed"
        "|minimum maximum|old new|rise fall|rose fell|same different|above below|common rare|enter leave"
        "|entered left|buy sell|bought sold|accept reject|accepted rejected|usually never|always never"
        "|inside outside|internal external|gain lose|gained lost|positive negative|open close"
        "|opened closed|majority minority|strongest weakest|fastest slowest|hot cold|early late"
        "|require forbid"
    ).split("|")
    for one, other in (pair.split(), pair.split()[::-1])
}
"""Words that turn a question round (Rajpurkar et al., 2018, found such pairs in a fifth of near misses)."""


@dataclass(frozen=True, slots=True)
class Group:
    """A question and the passages that compete for it, as rows of a pool."""

    source: str
    kind: str
    """One of KINDS: why it is in."""
    question: str
    right: int
    """NO_PASSAGE where none answers."""
    answers: tuple[tuple[int, int, bool], ...]
    """Where the right passage answers, in characters of its article; whether that is a short answer."""
    wrong: tuple[int, ...]
    is_validation: bool


@dataclass(slots=True)
class Pool:
    """All passages, and where they are from."""

    passages: list[Passage] = field(default_factory=list)
    article_of: list[str] = field(default_factory=list)
    of_document: dict[Document, list[int]] = field(default_factory=dict)
    of_article: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, document: Document, count_tokens: CountTokens) -> list[int]:
        """Cut `document` to passages and return their rows; the same ones for the same document."""
        if document not in self.of_document:
            article = Article(
                document.article,
                document.title,
                document.text,
                published=document.published,
                blocks=document.blocks,
            )
            first = len(self.passages)
            self.passages += split_passages(article, count_tokens, limit=LIMIT)
            rows = list(range(first, len(self.passages)))
            self.article_of += [document.article] * len(rows)
            self.of_document[document] = rows
            self.of_article[document.article] += rows
        return self.of_document[document]


def is_for_validation(article: str) -> bool:
    """Say whether an article is kept for validation: its name alone decides."""
    return int.from_bytes(hashlib.sha256(article.encode()).digest()[:4]) < VALIDATION * 2**32


def grouped(
    labelled: Sequence[Labelled],
    retrieved: Sequence[Iterable[int]],
    pool: Pool,
    count_tokens: CountTokens,
    draw: random.Random,
) -> Iterator[Group]:
    """Yield the groups of all `labelled` questions; `retrieved` are each one's rows in `pool`, best first."""
    for each, found in zip(labelled, retrieved, strict=True):
        yield from _groups(each, list(found), pool, count_tokens, draw)


def _groups(
    each: Labelled, found: list[int], pool: Pool, count_tokens: CountTokens, draw: random.Random
) -> Iterator[Group]:
    own = pool.of_document[each.document]
    is_validation = is_for_validation(each.document.article)
    says = _saying(each)
    near = [row for row in own if not _answers(each, pool.passages[row])]
    near += [row for other in each.beside for row in pool.of_document[other]]
    near += [row for row in pool.of_article[each.document.article] if row not in own and row not in near][
        :WRONG
    ]
    near = [row for row in near if not says(pool.passages[row].text)]
    far = [
        row
        for row in found
        if pool.article_of[row] != each.document.article
        and not says(pool.passages[row].text)
        and (is_validation or not is_for_validation(pool.article_of[row]))
    ]

    def group(
        kind: str, wrong: Iterable[int], *, right: int = NO_PASSAGE, question: str = each.question
    ) -> Group:
        answers = _answers(each, pool.passages[right]) if right != NO_PASSAGE else ()
        chosen = tuple(dict.fromkeys(wrong))[:WRONG]
        return Group(each.source, kind, question, right, answers, chosen, is_validation)

    beside = draw.sample(near, min(BESIDE, len(near)))
    if not each.is_known or not each.is_answered:
        kind = "unanswerable" if each.is_known else "unknown"
        yield group(kind, [*own, *beside, *far])
        return
    [right, *_] = sorted(own, key=lambda row: -len(_answers(each, pool.passages[row])))
    if not _answers(each, pool.passages[right]):
        return  # cut between two passages
    yield group("short answer" if each.answers else "sentence", [*beside, *far], right=right)
    chance = draw.random()
    if chance < LEFT_OUT:
        yield group("left out", [*near[:1], *far, *near[1:]])
    elif chance < LEFT_OUT + TAKEN_OUT and (rest := _rest(each, pool.passages[right])):
        yield group("taken out", [*pool.add(rest, count_tokens), *beside, *far])
    elif each.answers and (question := turned(each.question, draw)) and draw.random() < TURNED / 0.2:
        yield group("turned", [right, *beside, *far], question=question)


def _answers(each: Labelled, passage: Passage) -> tuple[tuple[int, int, bool], ...]:
    """Return the places where `passage` answers; of a sentence only what lies in it."""
    short = [(a, b, True) for a, b in each.answers if passage.start <= a and b <= passage.end]
    whole = [
        (max(a, sentence.start), min(b, sentence.end), False)
        for a, b in each.sentences
        for sentence in passage.sentences
        if max(a, sentence.start) < min(b, sentence.end)
    ]
    return tuple(short or whole)


def _saying(each: Labelled) -> Callable[[str], bool]:
    """Return what tells whether a text says one of the answers."""
    said = {each.document.text[a:b] for a, b in each.answers or each.sentences}
    return lambda text: bool(places(text, said))


def _rest(each: Labelled, passage: Passage) -> Document | None:
    """Return `passage` without the sentences that answer, or None when hardly anything is left."""
    says = _saying(each)
    right = _answers(each, passage)
    kept = [
        sentence.text
        for sentence in passage.sentences
        if not says(sentence.text) and not any(a < sentence.end and sentence.start < b for a, b, _ in right)
    ]
    text = " ".join(kept)
    return Document(each.document.article, each.document.title, text) if len(text.split()) > 20 else None


def turned(question: str, draw: random.Random) -> str | None:
    """Return `question` with one of its words turned to the opposite, None where it has no such word.

    A year is turned to another one.
    """
    words = question.split(" ")
    able = [
        at
        for at, word in enumerate(words)
        if _bare(word) in OPPOSITES or re.fullmatch(r"1[5-9]\d\d\W*", word)
    ]
    if not able:
        return None
    at = draw.choice(able)
    bare = _bare(words[at])
    if bare in OPPOSITES:
        other = OPPOSITES[bare]
        words[at] = re.sub(
            r"\w+", other.capitalize() if words[at][0].isupper() else other, words[at], count=1
        )
    else:
        year = int(words[at][:4]) + draw.choice([-1, 1]) * draw.randint(3, 40)
        words[at] = str(year) + words[at][4:]
    return " ".join(words)


def _bare(word: str) -> str:
    return word.strip("?.,;:!'\"()").lower()


def place_in(passage: Passage) -> int:
    """Return what is added to a character's place in its article to get its place in the model's input."""
    return len(model_input(passage)) - len(passage.text) - passage.start
