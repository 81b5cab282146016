"""Articles to skeletons of questions: a sentence that can stand alone, the question left to a person."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from itertools import islice, zip_longest

from rag.index.sentences import split_sentences
from rag.types import Article

SHORTEST, LONGEST = 8, 40
"""Words: fewer say too little to be asked about, more hold several answers."""

_LEANING = re.compile(
    r"(?:he|she|it|they|we|you|i|his|her|hers|its|their|our|your|my|this|that|these|those|there|here|such|both"
    r"|another|others?|and|but|or|so|yet|nor|then|thus|also|still|however|meanwhile|instead|moreover|therefore"
    r"|nevertheless|afterwards|later|earlier)\b",
    re.IGNORECASE,
)
"""First words that lean on the sentence before."""

_TELLING = re.compile(r"\d|(?<=[\w,;] )[^\W\d_a-z][\w’'-]+")
"""A number, or a capital inside the sentence: something to ask for."""


def draft(articles: Iterable[Article], *, count: int, language: str = "en") -> list[dict[str, str]]:
    """Return up to `count` skeletons, spread over `articles`: a second of one only after a first of all."""
    rounds = zip_longest(*(_ordered(article, language) for article in articles))
    found = ((article, sentence) for each in rounds for article, sentence in filter(None, each))
    return [
        {"question": "", "article": article.id, "quote": sentence}
        for article, sentence in islice(found, count)
    ]


def stands_alone(sentence: str) -> bool:
    """Say whether `sentence` can be understood, and asked about, without the sentences around it."""
    return (
        SHORTEST <= len(sentence.split()) <= LONGEST
        and sentence[0].isalnum()
        and not sentence[0].islower()
        and sentence[-1] in ".!"
        and _LEANING.match(sentence) is None
        and _TELLING.search(sentence, 1) is not None
    )


def _ordered(article: Article, language: str) -> list[tuple[Article, str]]:
    """Return the sentences that stand alone, in an order that favours no part of the article."""
    sentences = {
        article.text[start:end] for start, end in split_sentences(article.text, article.language or language)
    }
    standing = [sentence for sentence in sentences if stands_alone(sentence)]
    return [
        (article, each) for each in sorted(standing, key=lambda text: hashlib.sha256(text.encode()).digest())
    ]
