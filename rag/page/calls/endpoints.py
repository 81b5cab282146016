"""Three calls for programs and agents: ask, search and article, by Gradio's API and, where set, as MCP tools.

Gradio reads what it says of itself from the docstring:
the paragraphs at its head, and a line for each parameter.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import wraps
from inspect import signature
from typing import Any, TypeAlias

import gradio as gr
from gradio.events import api
from pydantic import ValidationError, validate_call

from rag.chat import Chat
from rag.corpus.filters import filter_of
from rag.errors import RagError
from rag.evaluation.chosen import Chosen
from rag.output.json import JSON, article_as_json, as_json, found_as_json
from rag.page.queue import Queue
from rag.page.strings import Strings
from rag.page.text import text_in
from rag.page.trouble import reason
from rag.types import Filter, Turn

GivenNames: TypeAlias = list[str] | None


ASKER = "programs"
"""Who asks, for the queue: all programs together, so that people do not wait behind one that asks much."""


def serve(newest: Callable[[], Chat], strings: Strings, queue: Queue, chosen: Chosen) -> None:
    """Add the three calls, answered by the `newest` chat in their turns, to the page that is being built."""
    calls = Calls(newest, chosen)
    for call in (calls.ask, calls.search, calls.article):
        # Not in Gradio's queue, but in ours: an agent then is answered without a detour.
        api(_told(call, strings, queue), api_name=call.__name__, queue=False)


class Calls:
    """The calls, each an endpoint and a tool of its name."""

    def __init__(self, newest: Callable[[], Chat], chosen: Chosen) -> None:
        self._newest = newest
        self._chosen = chosen

    def ask(  # noqa: PLR0917 - callers name them
        self,
        question: str,
        since: str | None = None,
        until: str | None = None,
        sources: GivenNames = None,
        authors: GivenNames = None,
        articles: GivenNames = None,
        collections: GivenNames = None,
        turns: list[dict[str, str]] | None = None,
        ignored: GivenNames = None,
    ) -> dict[str, Any]:
        """Answer a question with verbatim, cited sentences of the indexed articles, or say they do not.

        Returns JSON. "answered" says whether they do. Each of "statements" has a "text" that is a verbatim
        quote, and "citations" with the article's id, title, date, source and url, the quote, and its place
        (start and end count the characters of the article's text). Nothing is paraphrased or generated:
        quote "text" as it is and cite its article. Where "sides" is not empty, articles give different
        answers: report every side with its article. Where "likely" is true, they come close and may not
        answer: say so, and that they do not mention what "missing" has of the question. Where "chosen" is a
        question, a reader chose the first statements as right for it. Where "answered" is false, "closest"
        has the passages that were considered; do not present those as an answer. A
        question about the collection itself ("which articles ...?") is answered in "listing", without
        statements. "confidence" estimates from 0 to 1 how probable it is that the articles answer. Ask one
        self-contained question at a time;
        one that leans on "turns" is completed from them, and "reading" then has it as it was typed. "reading"
        also tells which words of time, such as "since 2024" or "latest", kept to some articles or put newer
        ones first. A phrase in double quotes has to stand in a passage word for word.

        Args:
            question: One question, at most 1000 characters; self-contained unless turns are given.
            since: Only articles published on or after this day: 2026, 2026-03 or 2026-03-05.
            until: Only articles published on or before this day, given likewise.
            sources: Only articles of any of these publishers or sites, whatever their case.
            authors: Only articles by any of these authors, whatever their case.
            articles: Only the articles with these ids.
            collections: Only articles in any of these sub-folders of the corpus, or tables.
            turns: What was asked before, oldest first, each with its "question" and the "answer" given.
            ignored: Words of time, as "reading" has them, that are to have no part in it.
        """
        among = _among(since, until, sources, authors, articles, collections)
        given = _turns(turns or ())
        return as_json(self._chosen.ask(self._newest(), question, among, turns=given, ignored=ignored or ()))

    def search(  # noqa: PLR0917 - callers name them
        self,
        question: str,
        k: int = 10,
        since: str | None = None,
        until: str | None = None,
        sources: GivenNames = None,
        authors: GivenNames = None,
        articles: GivenNames = None,
        collections: GivenNames = None,
    ) -> dict[str, Any]:
        """Find the passages of the indexed articles that fit a question or some words best, best first.

        Returns JSON. Each of "passages" has its "rank" from 1, the verbatim "text" of a few whole sentences,
        the article's id, title, date, source and url, the place of the text in the article (start and end
        count characters), "score" (comparable within one search only), "similarity" (cosine in meaning, -1
        to 1), "bm25", and "why" it was found: the words that match, and its places in the list by words and
        in the list by meaning. A search always finds something: whether a passage answers is left to you; ask
        judges that. "duplicates" names articles that say nearly the same. "missing_phrases" has phrases in
        double quotes that no passage holds.

        Args:
            question: A question or some words, at most 1000 characters.
            k: How many passages, 1 to 100.
            since: Only articles published on or after this day: 2026, 2026-03 or 2026-03-05.
            until: Only articles published on or before this day, given likewise.
            sources: Only articles of any of these publishers or sites, whatever their case.
            authors: Only articles by any of these authors, whatever their case.
            articles: Only the articles with these ids.
            collections: Only articles in any of these sub-folders of the corpus, or tables.
        """
        among = _among(since, until, sources, authors, articles, collections)
        return found_as_json(self._newest().search(question, k=k, filter=among))

    def article(self, id: str) -> dict[str, Any]:
        """Return one indexed article with its whole text, to read a quote in its context.

        Returns JSON: "article" (the id), title, published, source, author, url, language and "text". The
        start and end of a citation count the characters of this text.

        Args:
            id: The id of an article, as "article" has it in what ask and search return.
        """
        return article_as_json(self._newest().article(id))


def _among(  # noqa: PLR0917 - in the order of the calls
    since: str | None,
    until: str | None,
    sources: GivenNames,
    authors: GivenNames,
    articles: GivenNames,
    collections: GivenNames,
) -> Filter | None:
    return filter_of(
        since=since,
        until=until,
        sources=sources or (),
        authors=authors or (),
        articles=articles or (),
        collections=collections or (),
    )


def _turns(given: Iterable[dict[str, str]]) -> tuple[Turn, ...]:
    """Return the turns that a caller gives. Raises RagError for one without a question."""
    try:
        return tuple(Turn(each["question"], each.get("answer", "")) for each in given)
    except KeyError:
        raise RagError('a turn has a question: {"question": "...", "answer": "..."}') from None


def _told(call: Callable[..., JSON], strings: Strings, queue: Queue) -> Callable[..., Awaitable[JSON]]:
    """Return `call` with arguments checked and errors that say what its caller can put right, no more."""
    checked = validate_call(call)
    names = tuple(signature(call).parameters)

    def found(arguments: Iterable[Any]) -> JSON:
        return checked(**text_in(dict(zip(names, arguments, strict=True))))

    @wraps(call)
    async def told(*arguments: Any) -> JSON:
        try:
            turn = await queue.turn(ASKER)
            try:
                return await asyncio.to_thread(found, arguments)
            finally:
                turn.end()
        except ValidationError as error:
            message = "; ".join(f"{each['loc'][0]}: {each['msg']}" for each in error.errors())
        except Exception as error:
            message = reason(error, "a call was not answered", strings.went_wrong)
        raise gr.Error(message, print_exception=False)

    return told
