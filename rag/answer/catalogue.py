"""A question about the collection itself to a Listing of its articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from math import inf

import numpy as np

from rag.index.opened import Index, Order
from rag.question import times
from rag.question.understood import Understood
from rag.retrieval.retrieve import Retriever
from rag.types import Article, Filter, Listing, Reading

SHOWN = 20
"""Articles that a listing names; of the others, their number is."""

DEPTH = 1000
"""Passages taken from each list to look for articles on a topic."""

COVERED = 0.2
"""Added to a passage's similarity to a topic when it holds, with its title, all the topic's words.

A quarter of it when it holds half of them: in a large collection some passage always holds some."""

ON_TOPIC = 0.36
"""Such a score of an article's best passage from which on the article is on the topic."""

BESIDE = 0.6
"""Share of the best article's score from which on another one belongs beside it.

These three were chosen on half of the topics in docs/answers.md."""

UNKNOWN = ON_TOPIC - COVERED + 0.01
"""Similarity that a passage without a vector is taken to have: it is on a topic if it holds all its words."""

WORDS = {
    "topic": "about",
    "mention": "with the words",
    "source": "from",
    "author": "by",
}
"""What is asked for, in words and in their order."""

ORDERS: Mapping[Order, Callable[[Article], float]] = {
    "newest": lambda article: -article.published.toordinal() if article.published else 0,
    "oldest": lambda article: article.published.toordinal() if article.published else inf,
    "longest": lambda article: -len(article.text),
    "shortest": lambda article: len(article.text),
}
"""Places in which articles are asked for, and what sorts them so; undated ones come last."""

_SOURCE = re.compile(r"(?P<topic>.+?) (?P<word>from|by) (?:the )?(?P<name>.+)", re.IGNORECASE)
"""A topic that may end with a source or an author; whether it does depends on what there is."""


def listing(
    question: Understood, retriever: Retriever, understand: Callable[[str], Understood], among: Filter | None
) -> Listing:
    """Return the articles that `question` asks for, `among` those that pass.

    `understand` is asked about its topic. Raises FilterError when no article passes `among`, and ValueError
    for a question that asks for none.
    """
    if question.kind is None or question.kind.name != "catalogue":
        raise ValueError(f"{question.text!r} asks for no articles")
    if among:
        retriever.index.allowed(among)
    parts = _named_last(question.kind.parts, retriever.index)
    within, reading = limited(question, among)
    found, total = meant(parts, retriever, understand, within)
    return Listing(question.text, tuple(found), total, described(parts, reading), reading=reading)


def limited(question: Understood, among: Filter | None) -> tuple[Filter | None, Reading | None]:
    """Return `among` limited by the words of time of `question`, and these; None where they limit nothing."""
    within = times.limits(question.times, among)
    return within or among, Reading(question.text, question.times) if within else None


def described(parts: Mapping[str, str], reading: Reading | None) -> str:
    """Return in words which articles `parts` of a question and its words of time ask for."""
    asked = [f"{word} {parts[name]}" for name, word in WORDS.items() if name in parts]
    return " ".join([*asked, *(words.words for words in (reading.times if reading else ()))])


def meant(
    parts: Mapping[str, str],
    retriever: Retriever,
    understand: Callable[[str], Understood],
    among: Filter | None,
    *,
    count: int = SHOWN,
    anywhere: bool = False,
) -> tuple[list[Article], int]:
    """Return the first `count` of the articles that `parts` of a question name, and how many there are.

    They are those that pass `among`, of an author or a source, on a topic or with a title; by the place that
    is asked for, the newest or the longest say, else those most on the topic first, else the newest. Where
    none is on it, one that speaks of it `anywhere` will do.
    """
    index = retriever.index
    passing = _filter(parts, index, among)
    if passing is None:
        return [], 0
    asked = None if passing == Filter() else passing
    order = next((order for order in ORDERS if order in parts), None)
    topic = f'"{parts["mention"]}"' if "mention" in parts else parts.get("topic") or parts.get("title")
    first, total = index.first(asked, order=order or "newest", count=count)
    if topic is None or not total:
        return first, total
    about = understand(topic)
    found = articles_on(about, retriever, asked) or (_with_words(about, retriever, asked) if anywhere else [])
    if order:
        found.sort(key=ORDERS[order])
    return found[:count], len(found)


def articles_on(topic: Understood, retriever: Retriever, among: Filter | None = None) -> list[Article]:
    """Return the articles on `topic`, those most about it first; all that hold it when it is quoted."""
    index = retriever.index
    ranking = replace(retriever, depth=DEPTH, reranker=None).rank(topic, filter=among)
    if ranking.missing_phrases:
        return []
    is_quoted = topic.text.startswith('"')
    similarity = ranking.similarity
    if index.embedded is not None:
        similarity = np.where(index.embedded[ranking.fused], similarity, UNKNOWN)
    near = similarity >= (-1.0 if is_quoted else ON_TOPIC - COVERED)
    rows, similarity = ranking.fused[near], similarity[near]
    terms = index.words.analyzer.terms
    scores: dict[int, tuple[float, int]] = {}
    for row, number, score, (title, text) in zip(
        rows.tolist(),
        index.article_numbers(rows).tolist(),
        similarity.tolist(),
        index.texts(rows),
        strict=True,
    ):
        covered = topic.coverage(frozenset(terms(f"{title} {text}")))
        scores[number] = max(scores.get(number, (-1.0, row)), (score + COVERED * covered**2, row))
    ordered = sorted(scores.values(), key=lambda each: (-each[0], each[1]))
    least = -1.0 if is_quoted or not ordered else max(ON_TOPIC, BESIDE * ordered[0][0])
    return [passage.article for passage in index.passages(row for score, row in ordered if score >= least)]


def _with_words(topic: Understood, retriever: Retriever, among: Filter | None) -> list[Article]:
    """Return the article of the passage found first for `topic`, if it holds every word of it."""
    index = retriever.index
    rows = replace(retriever, reranker=None).rank(topic, filter=among).fused[:1]
    terms = index.words.analyzer.terms
    return [
        passage.article
        for passage in index.passages(rows)
        if topic.coverage(frozenset(terms(f"{passage.article.title} {passage.text}"))) == 1.0
    ]


def _named_last(parts: Mapping[str, str], index: Index) -> Mapping[str, str]:
    """Return `parts` with the source or author that ends the topic apart, if there is one of that name."""
    if found := _SOURCE.fullmatch(parts.get("topic", "")):
        column = "source" if found["word"].lower() == "from" else "author"
        if _known(found["name"], index.sources() if column == "source" else index.authors()):
            return {**parts, "topic": found["topic"], column: found["name"]}
    return parts


def _filter(parts: Mapping[str, str], index: Index, among: Filter | None) -> Filter | None:
    """Return `among` with the source and author that `parts` name; None when no article has such."""
    sources = _known(parts["source"], index.sources()) if "source" in parts else ()
    authors = _known(parts["author"], index.authors()) if "author" in parts else ()
    if ("source" in parts and not sources) or ("author" in parts and not authors):
        return None
    among = among or Filter()
    return replace(among, sources=sources or among.sources, authors=authors or among.authors)


def _known(wanted: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of `names` that hold `wanted` as whole words: "BBC" is "BBC News" too."""
    pattern = re.compile(rf"\b{re.escape(wanted.removeprefix('the '))}\b", re.IGNORECASE)
    return tuple(name for name in names if pattern.search(name))
