"""A question to all that the program reads in it, worked out once and handed on."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rag.index.embedding import Embedder, Vectors
from rag.index.lexical import LexicalIndex
from rag.question import times
from rag.question.kind import Kind
from rag.question.language import Language
from rag.question.phrases import names_another, quoted, versions
from rag.question.times import Days
from rag.types import TimeWords

OF_ARTICLES = frozenset(
    ("catalogue", "metadata", "overview", "summary", "people", "timeline", "new", "disagreements")
)
"""Kinds of question for articles, which words of time limit; what is new of a topic is no such question."""

_WORD = re.compile(r"[\w’'-]+")
_ENDING = re.compile(r"(?:['’]s|s['’]?)$")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Understood:
    """A question that stands alone: what it is about, what it asks for, and when that should be from."""

    language: Language
    text: str
    """As it is searched and shown."""
    asked: str
    """Without "Could you tell me" and the like: what the rules and the reader read."""
    vector: Vectors
    """Shape (dimension,)."""
    terms: tuple[str, ...]
    """As BM25 looks for them, in order, repeated ones too."""
    words: frozenset[str]
    """Of `asked`, in small letters."""
    weights: Mapping[str, float]
    """The terms that it is about; rarer ones weigh more."""
    surprises: Mapping[str, float]
    """The words that it is about, as `asked` has them, and how much it tells that a text leaves each out:
    minus the log of the probability that one which answers does."""
    phrases: tuple[str, ...]
    """Between double quotes: a passage has to hold them word for word."""
    versions: tuple[str, ...]
    """As "3.1.6" in "Jekyll 3.1.6": a passage that holds them is preferred to all that don't."""
    names: tuple[str, ...]
    """Names and numbers that it is about; see rag.question.english.names."""
    kind: Kind | None
    """None for an ordinary question."""
    day: date | None
    """The one day that it names with its year."""
    units: tuple[re.Pattern[str], ...]
    """Of the measure that is asked for: a text that answers holds one of each."""
    is_for_name: bool
    """Whether a name would answer it."""
    is_for_yes_or_no: bool
    denies: bool
    """Whether it asks for what is not so."""
    times: tuple[TimeWords, ...]
    """Words that say from when the articles should be, or that newer ones come first."""

    @property
    def is_for_newest(self) -> bool:
        """Whether newer articles come first."""
        return any(words.newest for words in self.times)

    @property
    def is_of_now(self) -> bool:
        """Whether an ordinary question means what is so today, and names no time."""
        return self.kind is None and not self.times and self.language.is_of_now(self.asked)

    def is_about(self, word: str) -> bool:
        """Say whether `word` of the question tells what it is about, and does not only shape it."""
        return word.lower() not in self.language.QUESTION_WORDS

    def names_some_of(self, text: str) -> bool:
        """Say whether any of its names is in `text`."""
        return len(self.language.missing_names(self.names, text)) < len(self.names)

    def is_told(self, text: str) -> bool:
        """Say whether `text` has the kind of thing that it asks for: the units, or a name that it has not.

        What tells of another version does not tell of the one that is asked about.
        """
        if self.versions and names_another(text, self.versions):
            return False
        return (not self.is_for_name or self._lacks_name_in(text)) and all(
            unit.search(text) for unit in self.units
        )

    def _lacks_name_in(self, text: str) -> bool:
        """Say whether `text` names somebody whom it does not; a word that begins a text may be no name."""
        known = {_ENDING.sub("", word) for word in self.words}
        for start, end in self.language.names_in(text):
            words = _WORD.findall(text[start:end].lower())
            if (start or len(words) > 1) and not known.issuperset(_ENDING.sub("", each) for each in words):
                return True
        return False

    def names_another_day(self, text: str, written: date | None) -> bool:
        """Say whether `text`, `written` on a day, names days and not the one that the question names."""
        told = set(_days(text, self.language, written)) if self.day else set()
        return bool(told) and self.day not in told

    def is_of_day(self, text: str, written: date | None) -> bool:
        """Say whether `text`, `written` on a day, names the one that the question names, if that does."""
        return self.day is None or self.day in _days(text, self.language, written)

    def coverage(self, terms: Container[str]) -> float:
        """Return the share of the weight of what it is about that `terms` hold, 0 to 1."""
        return share(self.weights, terms)


def understand(
    text: str,
    words: LexicalIndex,
    embedder: Embedder,
    language: Language,
    *,
    published: Days | None,
    today: date,
    ignored: Container[str] = (),
    vector: Vectors | None = None,
) -> Understood:
    """Return the question `text` as it is understood over the passages of `words`.

    Their articles were `published` from the first to the second of these days; None when none has a date.
    Words of time that are `ignored` have no part in it. It is embedded, unless its `vector` is given.
    """
    asked = language.without_courtesy(text)
    weights = weights_of(asked, words, language)
    kind, read = _kind_and_times(text, language, published, today)
    left_out = [kind.parts.get(side, "") for side in ("one", "other")] if kind else []  # by what tells of one
    left_out += [each.words for each in read if each.newest]  # nobody writes that it is the latest
    unasked = words.analyzer.words(" ".join(left_out))
    return Understood(
        language=language,
        text=text,
        asked=asked,
        vector=embedder.embed_questions([text])[0] if vector is None else vector,
        terms=words.analyzer.terms(text),
        words=frozenset(word.lower() for word in _WORD.findall(asked)),
        weights=weights,
        surprises={
            word: language.surprise(word)
            for word, terms in words.analyzer.words(asked).items()
            if word not in unasked and any(weights.get(term) for term in terms)
        },
        phrases=quoted(text),
        versions=versions(text),
        names=language.named(asked),
        kind=kind,
        day=_day(asked, language),
        units=() if kind and kind.name == "steps" else language.units(text),
        is_for_name=language.is_for_name(asked) and (kind is None or kind.name == "list"),
        is_for_yes_or_no=language.is_for_yes_or_no(asked),
        denies=language.denies(asked),
        times=tuple(each for each in read if each.words not in ignored),
    )


def weights_of(text: str, words: LexicalIndex, language: Language) -> dict[str, float]:
    """Return the terms that `text` is about, all of its terms when it is about none, with their weight."""
    found = _WORD.findall(text)
    shaping = language.QUESTION_WORDS
    about = " ".join(word for word in found if word.lower() not in shaping)
    terms = words.analyzer.terms(about or text)
    return {term: words.weight(term) for term in terms if term not in shaping or not about}


def share(weights: Mapping[str, float], terms: Container[str]) -> float:
    """Return the share of `weights` that `terms` hold, 0 to 1; 0 of none."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in terms) / total if total else 0.0


def _day(text: str, language: Language) -> date | None:
    """Return the day that `text` names; None for none and for several."""
    found = set(_days(text, language, None))
    return found.pop() if len(found) == 1 else None


def _days(text: str, language: Language, now: date | None) -> Iterator[date]:
    """Yield the days that `text` names, without months and years."""
    return (first for _, (first, last) in language.dates_in(text, now) if first == last)


def _kind_and_times(
    text: str, language: Language, published: Days | None, today: date
) -> tuple[Kind | None, Sequence[TimeWords]]:
    """Return the kind of the question `text`, and its words of time.

    A question for articles is told once its words of time are out of it. A time from which there are no
    articles may belong to its topic: "articles about the crisis of May 1968".
    """
    stretches = language.stretches(text, published, today=today)
    reached = tuple(words for words in stretches if published and times.reaches(words, published))
    kind = None
    for taken in dict.fromkeys((reached, stretches)):
        kind = language.kind(times.without(text, taken), is_limited=bool(taken))
        if kind and kind.name in OF_ARTICLES and (kind.name != "new" or "topic" not in kind.parts):
            return kind, taken
    kind = language.kind(text) if stretches else kind  # without any, it has just been told
    return kind, language.words_of_time(text, published, today=today)
