"""A sentence to questions that it answers, where they can be worded soundly. English only.

Nothing is parsed: a table has the beginnings of sentences that can be turned, and the question each answers.
A subject is taken over as it stands, so it has to be a name, or what the article is about; a verb is turned
only when a table has its forms. A sentence that fits nowhere is left alone: one question that reads well is
worth more than ten that nearly do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations, product

from rag.question.english.asking.forms import FIRST, FORMS
from rag.question.english.asking.vocabulary import NAMELESS, PAST
from rag.types import Article

LONGEST_SENTENCE = 300
"""Characters; what is longer says several things."""

LONGEST_QUESTION = 100
"""Characters that read well on a button."""

LONGEST_TOPIC = 4
"""Words in the first part of a title that says what the article is about; a longer one is a headline."""

_NAMING = ("subject", "agent", "object", "topic")
"""Parts of a form that have to name something."""

_CLAUSES = re.compile(r"(?:;|[,;] (?:and|but|while)) (?=[A-Z])")
"""Before a further clause that has a subject of its own."""

_CUT = re.compile(r"\b(?:[A-Z]|St|Mr|Dr|Jr|No|vs)\?$|['’] ")
"""Where a question was cut at a full stop that ends no sentence, or lacks what a name owns."""


class Names:
    """What an article names, told from words that only begin a sentence by how it writes them elsewhere."""

    def __init__(self, article: Article) -> None:
        self._inside = frozenset(re.findall(r"(?<=[a-z,] )[A-Z][\w’'-]*", article.text))
        self._small = frozenset(re.findall(r"\b[a-z][\w’'-]*", article.text))
        self._topic = frozenset(topic_of(article).lower().split())

    def named(self, phrase: str, part: str) -> str | None:
        """Return `phrase`, a `part` of a form, as it stands inside a sentence; None when it names nothing."""
        if re.fullmatch(FIRST, phrase):
            return "t" + phrase[1:]
        bare = re.sub("^[Tt]he (?:[a-z]+ )*(?:of )?(?:the )?", "", phrase)
        first, *others = bare.split()
        if first in NAMELESS or not first[0].isupper():
            return None
        is_name, is_topic = first in self._inside, first.lower() in self._topic
        if first.lower() in self._small and not is_name:
            return bare[0].lower() + bare[1:] if is_topic and bare == phrase else None
        if part != "topic" and others and all(word[0].islower() for word in others):
            return None
        return re.sub("^The ", "the ", phrase) if is_name or is_topic or others or bare != phrase else None


def topic_of(article: Article) -> str:
    """Return what `article` is about, as its title has it; empty when that is a headline."""
    topic = re.split("[:,–—]", article.title)[0]
    return topic if len(topic.split()) <= LONGEST_TOPIC else ""


def questions(sentence: str, names: Names) -> Iterator[str]:
    """Yield questions that `sentence` answers, of an article that has these `names`."""
    if len(sentence) > LONGEST_SENTENCE or "\n" in sentence:
        return
    starts = [0, *(found.end() for found in _CLAUSES.finditer(sentence))]
    for (pattern, question), start in product(FORMS, starts):
        if found := pattern.match(sentence, start):
            asked = _asked(question, found.groupdict(default=""), names)
            if asked and len(asked) <= LONGEST_QUESTION and not _CUT.search(asked):
                yield asked


def _asked(question: str, parts: dict[str, str], names: Names) -> str | None:
    """Return `question` with the `parts` of a sentence; None when they name nothing, or one thing twice."""
    named = {part: names.named(parts[part], part) for part in _NAMING if part in parts}
    if not all(named.values()) or any(
        one in other for one, other in permutations(map(str, named.values()), 2)
    ):
        return None
    return question.format(**parts | named, base=PAST.get(parts.get("past", "")))
