"""A text to questions that it answers: who somebody is, what something is, and what is said about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from rag.question.english.people import is_office, names_in, role_of

EXAMPLES: Mapping[str, str] = {
    "person": "Who is {}?",
    "abbreviation": "What does {} stand for?",
    "title": "What is “{}” about?",
    "said": "What did {} say?",
    "timeline": "What happened when?",
    "disagreements": "Where do the articles disagree?",
}
"""Questions of a kind, for what they are about."""


def asks_what(title: str, text: str) -> str | None:
    """Return the question for what the thing called `title` is, where `text` says so: "A burin is a ..."."""
    said = re.search(rf"(?i)(?:^|[.!?:“\"]\W*)((?:an?|the) )?({re.escape(title)}) (is|are) an?\b", text)
    if not said:
        return None
    article, term, be = said[1] or "", said[2], said[3]
    is_word = article or re.search(rf"[a-z,] {re.escape(term.lower())}\b", text)
    return f"What {be} {article.lower()}{term.lower() if is_word else term}?"


def questions_in(text: str) -> Iterator[str]:
    """Yield questions about those that `text` names by two words or more.

    Those for whom it gives an office come first, then the others, the most named of them first.
    """
    counts: Counter[str] = Counter()
    article: dict[str, str] = {}
    told: dict[str, None] = {}
    for start, end in names_in(text):
        name = text[start:end]
        if " " in name and "\n" not in name:
            counts[name] += 1
            article.setdefault(name, "the " if text[max(0, start - 4) : start].lower() == "the " else "")
            role = role_of(text, start, end) if name not in told else None
            if role and is_office(text[slice(*role)]):
                told[name] = None
    yield from (f"Who is {name}?" for name in told)
    for name, _ in counts.most_common():
        if name not in told:
            yield f"What do the articles say about {article[name]}{name}?"
