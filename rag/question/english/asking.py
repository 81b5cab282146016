"""A text to questions that it answers: who somebody is, and what is said about what it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rag.question.english.people import is_office, names_in, role_of


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
