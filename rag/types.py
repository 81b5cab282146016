"""The nouns: articles, their passages and sentences, and answers that cite them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, TypeGuard

Support: TypeAlias = Literal["exact"]
"""How a statement was checked: "exact" is the quote itself."""

BlockKind: TypeAlias = Literal[
    "paragraph", "heading", "item", "row", "quotation", "code", "caption", "note", "reference", "furniture"
]
"""What a stretch of an article is: "item" of a list, "row" of a table, "note" at the foot of a page. What
leads to other texts or stands around this one is a "reference": a list of sources, an imprint, an address.
"furniture" repeats across articles and is no sentence of any: "Sign up for more stories like this"."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article's text that its reader sees as one: a paragraph, an item of a list, a row."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    level: int = 0
    """Of a heading, from 1; of an item, how many lists it stands in beside its own."""
    page: int | None = None
    """Where it begins, as the file counts its pages, from 1."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its reader sees it."""

    id: str
    """Stable and readable: the path inside the corpus, with "#row" for a row of a table."""
    title: str
    text: str
    """Exactly what the page shows; every offset in this program counts its characters."""
    published: date | None = None
    """The date the article itself gives; never a file's modification time."""
    source: str | None = None
    """The publisher or site."""
    author: str | None = None
    url: str | None = None
    language: str | None = None
    """ISO 639-1 code, such as "en"."""
    blocks: tuple[Block, ...] = ()
    """In the order of the text, none over another; none where its file tells no structure."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a catalogue says of an article: all but its text."""

    id: str
    title: str
    published: date | None
    source: str | None
    author: str | None
    url: str | None
    length: int
    """Characters of its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which articles may answer: those that pass every field that is set."""

    since: date | None = None
    """First day, itself included; an article without a date passes neither bound."""
    until: date | None = None
    """Last day, itself included."""
    sources: tuple[str, ...] = ()
    """Any of these, whatever their case."""
    authors: tuple[str, ...] = ()
    """Any of these, whatever their case."""
    articles: tuple[str, ...] = ()
    """Any of these ids."""
    collections: tuple[str, ...] = ()
    """Any of these sub-folders of the corpus, with what lies below them, or tables."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of an article that the splitter takes for one sentence."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """A few whole sentences of an article: the unit that is embedded and searched."""

    article: Article
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    """In reading order; the first begins at `start`, the last ends at `end`."""

    @property
    def text(self) -> str:
        """The passage, verbatim, without the title and date that the model is given as context."""
        return self.article.text[self.start : self.end]

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells it from every other passage."""
        return self.article.id, self.start, self.end


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, and why."""

    passage: Passage
    score: float
    """Fused score or, where one is set, the reranker's, 0 to 1; comparable within one question only."""
    similarity: float
    """Cosine of passage and question, -1 to 1."""
    bm25: float
    """BM25 score, 0 when no word of the question occurs."""
    dense_rank: int | None
    """Place in the list by vectors, from 1; None when beyond the depth searched."""
    bm25_rank: int | None
    """Place in the list by words, from 1; None when beyond the depth searched."""
    sentence_similarities: tuple[float, ...] = ()
    """Cosine of the question and each of the passage's sentences, read in their context."""
    words: tuple[str, ...] = ()
    """What the question is about, in its own words, and the passage or its title says in some form."""
    duplicates: tuple[Article, ...] = ()
    """The article's near-duplicates, earliest first: they say the same and count as one source."""

    def duplicates_with(self, texts: Sequence[str]) -> tuple[Article, ...]:
        """Return those of `duplicates` that hold each of `texts`, spacing aside: one may lack a quote."""
        wanted = [" ".join(text.split()) for text in texts]
        spaced = ((article, " ".join(article.text.split())) for article in self.duplicates)
        return tuple(article for article, held in spaced if all(text in held for text in wanted))


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The few words of a sentence that answer best, at a place in its article, whether they do or not."""

    start: int
    end: int
    score: float
    """The reader's log-odds that it begins and ends there, not nowhere; odds of the same words are added."""
    relevance: float  # those that its sentence answers, whichever of its words do


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and the place it stands."""

    passage: Passage
    start: int
    end: int
    quote: str
    lead: tuple[int, int] | None = None
    """Where in the article stands what the quote needs before it: what leads to the item of a list."""
    relative: tuple[str, ...] = ()
    """Words of the quote, as "Wednesday" and "last month", that count from the day of its article."""

    def __post_init__(self) -> None:
        """Refuse a quote that does not stand at its place, so that none can ever be shown."""
        found = self.passage.article.text[self.start : self.end]
        if not self.quote or found != self.quote:
            raise ValueError(
                f"{self.passage.article.id}[{self.start}:{self.end}] is {found!r}, not {self.quote!r}"
            )
        if self.lead and not 0 <= self.lead[0] < self.lead[1] <= self.start:
            raise ValueError(f"{self.article.id}[{self.lead}] does not lead to {self.quote!r}")

    @property
    def article(self) -> Article:
        """The article that is quoted."""
        return self.passage.article

    @property
    def lead_text(self) -> str:
        """What leads to the quote, verbatim; empty where nothing has to."""
        return self.article.text[self.lead[0] : self.lead[1]] if self.lead else ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the citations that bear it out."""

    text: str
    citations: tuple[Citation, ...]
    support: Support
    label: str | None = None
    """What it is about or whose words it reports, where the answer has parts: of two things compared, one."""
    highlights: tuple[tuple[int, int], ...] = ()
    """Where in `text` the words stand that answer, in order and apart; none where they are not told."""

    def __post_init__(self) -> None:
        """Refuse a statement without a citation, an "exact" one that is not its quote, and words outside."""
        if not self.citations:
            raise ValueError(f"no citation for {self.text!r}")
        if self.support == "exact" and self.text != self.citations[0].quote:
            raise ValueError(f"{self.text!r} is not the quote {self.citations[0].quote!r}")
        bounds = [bound for highlight in self.highlights for bound in highlight]
        if bounds != sorted({*bounds}) or any(not 0 <= bound <= len(self.text) for bound in bounds):
            raise ValueError(f"{self.highlights} are not stretches of {self.text!r}, in order and apart")


@dataclass(frozen=True, slots=True)
class Side:
    """One of several different things that articles state for the same question."""

    value: str
    """The figure, day or name, as it stands in the statement: "about 21.5 million"."""
    statement: Statement

    def __post_init__(self) -> None:
        """Refuse a value that the statement does not hold."""
        if not self.value or self.value not in self.statement.text:
            raise ValueError(f"{self.value!r} is not in {self.statement.text!r}")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was asked before, as a follow-up needs it."""

    question: str
    """Stand-alone, as it was searched."""
    answer: str
    """The quoted sentences it was answered with; empty when the articles did not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """Words of a question that say when the articles should be from, or that newer ones come first."""

    words: str
    """As they stand in the question: "since 2024"."""
    since: date | None = None
    """First day, itself included."""
    until: date | None = None
    """Last day, itself included."""
    newest: bool = False
    """Whether newer articles come first."""
    firm: bool = False
    """Whether they plainly say when articles are from, and not when something was."""
    applied: bool = True
    """False where nothing from that time answers and all articles do."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was understood, for its reader to see and to undo."""

    typed: str
    """The question as it was typed; the outcome's own `question` is the stand-alone one that was searched."""
    times: tuple[TimeWords, ...] = ()
    """What was taken for a filter or an ordering by time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say: at least one statement, the one that answers best first."""

    question: str
    statements: tuple[Statement, ...]
    confidence: float
    """Estimated probability that the articles answer the question, 0 to 1."""
    closest: tuple[Hit, ...]
    """The passages that were considered, best first; none when it was one whole article."""
    short_answer: str | None = None
    """The few words that answer, when they were found."""
    uncovered_sides: tuple[str, ...] = ()
    """Of two things compared, the one that no article was found to speak of."""
    outside: Article | None = None
    """An article that the filter shut out and that answers, where nothing that passed it surely does."""
    reading: Reading | None = None
    """How the question was understood; None where it was taken as it stands."""
    sides: tuple[Side, ...] = ()
    """What the articles state differently; where they do, `statements` are the sides' own."""
    likely: bool = False
    """Whether the statements come close to an answer, and may not be one."""
    missing: tuple[str, ...] = ()
    """Of a likely answer, the names, numbers and words of the question that no statement says."""
    chosen: str | None = None
    """The question, this or one like it, for which a reader chose the first statements; None without."""

    def __post_init__(self) -> None:
        """Refuse an answer that says nothing, a side without another, and sides that are not what it says."""
        if not self.statements:
            raise ValueError("an answer needs at least one statement")
        if self.sides and (
            len(self.sides) == 1 or self.statements != tuple(side.statement for side in self.sides)
        ):
            raise ValueError("sides are two or more, and their statements those of the answer")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The articles do not say; the closest passages are offered as such."""

    question: str
    confidence: float
    """Estimated probability that the articles answer the question, 0 to 1."""
    closest: tuple[Hit, ...]
    missing_phrases: tuple[str, ...] = ()
    """The question's quoted phrases, when no passage holds them."""
    missing: tuple[str, ...] = ()
    """The names and the words that the question is about and none of the passages says."""
    outside: Article | None = None
    """An article that the filter shut out and that answers, where nothing that passed it surely does."""
    reading: Reading | None = None
    """How the question was understood; None where it was taken as it stands."""


@dataclass(frozen=True, slots=True)
class Found:
    """Passages found for a question that was only searched for."""

    question: str
    hits: tuple[Hit, ...]
    """Best first."""
    missing_phrases: tuple[str, ...] = ()
    """The question's quoted phrases, when no passage holds them: then it was searched without them."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What articles there are: the answer to a question about the collection itself."""

    question: str
    articles: tuple[Article, ...]
    """The first of them, by how much they are about what is asked for, else the newest first."""
    total: int
    """How many there are."""
    asked: str
    """Which articles, in words: "about volcanoes from BBC"; empty when all."""
    lead: str | None = None
    """What was asked of the articles, where it is one of their facts: "Anna Berg", "12 March 2024"."""
    reading: Reading | None = None
    """How the question was understood; None where it was taken as it stands."""

    @property
    def confidence(self) -> float:
        """Return 1 when there are such articles, else 0: that is known, not estimated."""
        return float(self.total > 0)


def hit_of(passage: Passage, closest: Sequence[Hit]) -> Hit | None:
    """Return the one of the `closest` to a question that is `passage`."""
    return next((hit for hit in closest if hit.passage.key == passage.key), None)


def duplicates_in(passage: Passage, closest: Sequence[Hit], texts: Sequence[str]) -> tuple[Article, ...]:
    """Return `Hit.duplicates_with` of `passage`, which is one of the `closest` to a question."""
    hit = hit_of(passage, closest)
    return hit.duplicates_with(texts) if hit else ()


Outcome: TypeAlias = Answer | Unanswered | Listing


def is_firm(outcome: Outcome) -> TypeGuard[Answer]:
    """Say whether `outcome` answers, and not merely likely."""
    return isinstance(outcome, Answer) and not outcome.likely


def turn_of(outcome: Outcome) -> Turn:
    """Return `outcome` as a later question sees it."""
    statements = outcome.statements if isinstance(outcome, Answer) else ()
    return Turn(outcome.question, " ".join(statement.text for statement in statements))


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done to answer a question."""

    doing: Literal["searching", "comparing", "reading"]
    """Searching passages, comparing the best with the question one by one, or choosing sentences of them."""
    passages: int
    question: str
    """What it is done for: the question that stands alone, or one that is part of it."""


Progress: TypeAlias = Callable[[Step], object]
"""Is told each step as it begins; what it raises ends the work."""


def unheard(_: Step) -> None:
    """Let nobody know."""
