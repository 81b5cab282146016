"""What the conversation asks of the server: an answer step by step, an article, a document, and an end to it.

A conversation lives in the browser alone (turns.js): with each question it sends what that may lean on, and
is sent back the turn that answers it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from functools import lru_cache, partial
from typing import Any

import gradio as gr

from rag.chat import Chat
from rag.errors import FilterError, RagError
from rag.evaluation.chosen import Chosen
from rag.output.documents import document
from rag.page.article import ArticleView, PlaceView, article_view
from rag.page.asking import SentQuestion, asked_of
from rag.page.holdings import holdings
from rag.page.queue import Queue
from rag.page.running import Running, Stopped, Teller
from rag.page.shared import Shared, SharedView
from rag.page.strings import Strings
from rag.page.trouble import reason
from rag.page.view import NextView, OutcomeView, TurnView, outcome_view, queued_view, step_view
from rag.question.typed import LONGEST_QUESTION
from rag.types import Answer, Listing, Outcome, Progress, Step, unheard

EXAMPLES = 4
"""Example questions before the first one is asked."""

FOLLOWING = 3
"""Questions that are suggested after an answer; after a refusal, the nearest alone."""

log = logging.getLogger(__name__)


class Newest:
    """The chat over the newest snapshot, for all threads; a new snapshot is opened once."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._opening = threading.Lock()

    def __call__(self) -> Chat:
        """Return the newest chat."""
        with self._opening:
            self._chat = self._chat.latest()
            return self._chat


class Conversation:
    """Answers what browsers ask, each question in a thread of its own when its turn comes."""

    def __init__(
        self, newest: Newest, strings: Strings, queue: Queue, chosen: Chosen, shared: Shared
    ) -> None:
        self._newest = newest
        self._strings = strings
        self._queue = queue
        self._chosen = chosen
        self._shared = shared
        self._running: Running[Step | TurnView | NextView] = Running(queue)
        # A second, and the same for every reader of a snapshot.
        self._examples = lru_cache(maxsize=1)(lambda chat: list(chat.examples(EXAMPLES)))

    def functions(self) -> list[Callable[[Any], Any]]:
        """Return what a browser may call, each with whatever it sends."""
        return [
            self.greeting,
            self.read_article,
            self.stop,
            self.is_running,
            self.write_document,
            self.share_answer,
            self.shared_answer,
        ]

    async def answer(self, sent: gr.EventData, request: gr.Request) -> AsyncIterator[dict[str, Any]]:
        """Yield the steps to an answer, the turn whatever goes wrong, and what can be asked next."""
        asked = asked_of(sent.asked)
        if ahead := self._queue.ahead:
            yield {"id": asked.id, "turn": queued_view(ahead, asked.question)}
        work, asker = partial(self._tell, asked), request.session_hash or ""
        try:
            async for said in self._running.told(asked.id, work, asker=asker):
                yield {"id": asked.id, "turn": step_view(said) if isinstance(said, Step) else said}
        except RagError as error:  # too many wait
            yield {"id": asked.id, "turn": {"kind": "problem", "message": str(error)}}

    def greeting(self, _: object) -> dict[str, Any]:
        """Return what is shown before the first question; the page opens even when that cannot be told."""
        try:
            chat = self._newest()
            articles, passages = chat.size()
            held = holdings(chat.overview()) if articles else None
            counts = {"articles": articles, "passages": passages}
            return {**counts, "examples": self._examples(chat), "holdings": held}
        except Exception:
            log.exception("the articles could not be summed up")
            return {"articles": None, "passages": None, "examples": [], "holdings": None}

    def read_article(self, asked: Sequence[Any]) -> ArticleView | None:
        """Return the article that a browser asks for by its id, with places to mark."""
        return self._opened(*asked)

    def stop(self, id_: str) -> None:
        """End the work on a question that a browser no longer wants answered."""
        self._running.stop(id_)

    def is_running(self, id_: str) -> bool:
        """Return whether a question of a browser is still being answered."""
        return id_ in self._running

    def write_document(self, asked: Sequence[Any]) -> str:
        """Return answers that a browser has, in a format, as the document to copy or save."""
        answers, format = asked
        return document(answers, format, self._strings)

    def share_answer(self, sent: object) -> str | None:
        """Return the key of an answer that is kept as it is; None when that fails.

        What was said is remembered for a while; after that, the question that was `sent` is asked anew.
        """
        asked = asked_of(sent)
        if key := self._shared.keep(self._newest(), asked.id):
            return key
        try:
            self._answered(asked, unheard)
        except RagError:
            return None
        return self._shared.keep(self._newest(), asked.id)

    def shared_answer(self, key: object) -> SharedView | None:
        """Return the answer that a key opens, as it was; None when it is not kept any more."""
        return self._shared.opened(self._newest(), str(key))

    def _opened(self, id_: str, places: Sequence[PlaceView]) -> ArticleView | None:
        """Return this article with `places` marked; None when there is none or it cannot be read."""
        try:
            return article_view(self._newest().article(id_), places)
        except FilterError:
            return None
        except RagError:
            log.exception("an article was not opened")
            return None

    def _tell(self, asked: SentQuestion, teller: Teller[Step | TurnView | NextView]) -> None:
        try:
            outcome, view = self._answered(asked, teller.tell)
            teller.tell(view)
        except Exception as error:
            message = reason(error, "a question was not answered", self._strings.went_wrong)
            teller.tell({"kind": "problem", "message": message})
            return
        if not isinstance(outcome, Listing):
            count = FOLLOWING if isinstance(outcome, Answer) else 1
            spare = partial(self._go_on_if_spare, teller)
            found = self._newest().following(
                outcome, asked.limits.filter(), past=asked.past, count=count, progress=spare
            )
            teller.tell({"kind": "next", "questions": list(found)})

    def _go_on_if_spare(self, teller: Teller[Step | TurnView | NextView], _: Step) -> None:
        """Do nothing, or raise Stopped: questions are suggested while nobody waits for an answer."""
        teller.go_on()
        if self._queue.is_wanted:
            raise Stopped

    def _answered(self, asked: SentQuestion, progress: Progress) -> tuple[Outcome, OutcomeView]:
        """Return the outcome, and what a browser is told of it, which can be shared from now on."""
        outcome = self._outcome(asked, progress)
        view = outcome_view(outcome, asked.ignored)
        self._shared.remember(asked, view)
        return outcome, view

    def _outcome(self, asked: SentQuestion, progress: Progress) -> Outcome:
        """Return what the newest chat says. Raises RagError when the question is empty or too long."""
        length = len(asked.question)
        if length > LONGEST_QUESTION:  # said here too, in the page's language
            raise RagError(self._strings.too_long.format(length=length, limit=LONGEST_QUESTION))
        return self._chosen.ask(
            self._newest(),
            asked.question,
            asked.limits.filter(),
            turns=asked.turns,
            ignored=asked.ignored,
            progress=progress,
        )
