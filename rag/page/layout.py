"""The components of the page, and what happens when someone asks.

A conversation lives in the browser alone (asking.js): with each question it sends what that may lean on, and
is sent back the turn that answers it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import gradio as gr

from rag.chat import LONGEST_QUESTION, Chat
from rag.corpus.folder import LARGEST
from rag.corpus.formats import FORMATS
from rag.errors import FilterError, RagError
from rag.output.documents import document
from rag.page.article import ArticleView, Place, article_view
from rag.page.asking import LEANT_ON, Asked, asked_of
from rag.page.calls import articles, choosing, endpoints
from rag.page.calls.articles import Cards
from rag.page.calls.cases import Cases
from rag.page.calls.trial import Trial
from rag.page.changes import Changes
from rag.page.running import Running, Teller
from rag.page.strings import ENGLISH, Strings
from rag.page.text import called_with_text
from rag.page.trouble import reason
from rag.page.view import NextView, TurnView, outcome_view, step_view
from rag.types import Answer, Outcome, Progress, Step

EXAMPLES = 4
"""Example questions before the first one is asked."""

FOLLOWING = 3
"""Questions that are suggested after an answer."""

SCRIPTS = (
    "elements.js", "address.js", "export.js", "preview.js", "sources.js", "article.js", "selection.js",
    "filters.js", "asking.js", "history.js", "cases.js", "trial.js", "conversation.js",
)  # fmt: skip
"""Of the conversation and the panel, which share what they know; the last one starts them."""

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


STATIC = Path(__file__).parent / "static"
"""What the browser is given, by suffix."""


def build(
    chat: Chat, strings: Strings = ENGLISH, changes: Changes | None = None, questions: Path | None = None
) -> gr.Blocks:
    """Return the page over `chat`; its public endpoints are those of endpoints.py.

    With `changes`, whoever uses it may add and remove articles; with the file `questions`, keep test cases in
    it and run them.
    """
    newest = Newest(chat)
    running: Running[Step | TurnView | NextView] = Running()
    cards = Cards(newest)
    words = asdict(strings)
    testing = (
        [*Cases(newest, questions, strings).functions(), *Trial(newest, questions, strings).functions()]
        if questions
        else []
    )

    @lru_cache(maxsize=1)
    def examples(chat: Chat) -> list[str]:
        return list(chat.examples(EXAMPLES))  # a second, and the same for every reader of a snapshot

    def greeting(_: object) -> dict[str, Any]:
        """Return what is shown before the first question; the page opens even when that cannot be told."""
        try:
            chat = newest()
            articles, passages = chat.size()
            return {"articles": articles, "passages": passages, "examples": examples(chat)}
        except Exception:
            log.exception("the articles could not be summed up")
            return {"articles": None, "passages": None, "examples": []}

    def read_article(asked: Sequence[Any]) -> ArticleView | None:
        """Return the article that a browser asks for by its id, with places to mark."""
        return opened(newest, *asked)

    def write_document(asked: Sequence[Any]) -> str:
        """Return answers that a browser has, in a format, as the document to copy or save."""
        answers, format = asked
        return document(answers, format, strings)

    def stop(id_: str) -> None:
        """End the work on a question that a browser no longer wants answered."""
        running.stop(id_)

    def is_running(id_: str) -> bool:
        """Return whether a question of a browser is still being answered."""
        return id_ in running

    page = gr.Blocks(title=strings.name, analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        with gr.Row(elem_id="top"):
            gr.HTML(
                html_template=asset("brand.html"),
                js_on_load=asset("views.js"),
                apply_default_css=False,
                strings=words,
                views=views(strings, tests=bool(testing)),
            )
            gr.Button(strings.new_chat, elem_id="new-chat", scale=0, size="sm")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                conversation = gr.HTML(
                    html_template=asset("conversation.html"),
                    js_on_load="".join(map(asset, SCRIPTS)),
                    apply_default_css=False,
                    server_functions=[
                        called_with_text(each)
                        for each in (
                            greeting,
                            read_article,
                            stop,
                            is_running,
                            write_document,
                            *choosing.calls(newest, cards),
                            *testing,
                        )
                    ],
                    longest=LONGEST_QUESTION,
                    leant_on=LEANT_ON,
                    tests=bool(testing),
                    strings=words,
                )
            with gr.Column(elem_id="articles"):
                gr.HTML(
                    html_template=asset("articles.html"),
                    js_on_load=asset("elements.js") + asset("articles.js"),
                    apply_default_css=False,
                    server_functions=list(map(called_with_text, articles.calls(newest, cards, changes))),
                    may_change=changes is not None,
                    formats=",".join(FORMATS),
                    largest=LARGEST,
                    strings=words,
                )
            if testing:
                with gr.Column(elem_id="tests"):
                    gr.HTML(
                        html_template=asset("trial.html"),
                        js_on_load=None,
                        apply_default_css=False,
                        strings=words,
                    )
            with gr.Column(elem_id="shelf"):
                gr.HTML(
                    html_template=asset("sources.html"),
                    js_on_load=None,
                    apply_default_css=False,
                    strings=words,
                )

        async def answer(sent: gr.EventData) -> AsyncIterator[dict[str, Any]]:
            asked = asked_of(sent.asked)
            async for said in running.told(asked.id, partial(tell, newest, asked, strings)):
                yield {"id": asked.id, "turn": step_view(said) if isinstance(said, Step) else said}

        conversation.asked(
            answer,
            outputs=[conversation],
            trigger_mode="multiple",  # else Gradio drops a question that is asked while the last answer ends
            concurrency_limit=None,
            show_progress="hidden",
            api_visibility="private",
        )
        endpoints.serve(newest, strings)
    for block in page.blocks.values():
        # Gradio fetches what is at the address of a "file" in a call, for whoever calls.
        block.async_move_resource_to_block_cache = _no_file  # type: ignore[assignment, method-assign]
    return page


async def _no_file(_: object) -> None:
    """Refuse a file in a call. Raises gradio's Error."""
    raise gr.Error("a call takes no files", print_exception=False)


def views(strings: Strings, *, tests: bool) -> list[dict[str, str]]:
    """Return the columns of the desk that take turns beside the panel, and their names; the first shows."""
    named = {"talk": strings.chat, "articles": strings.articles} | ({"tests": strings.tests} if tests else {})
    return [{"id": id_, "name": name} for id_, name in named.items()]


def outcome_of(newest: Newest, asked: Asked, strings: Strings, progress: Progress) -> Outcome:
    """Return what the newest chat says. Raises RagError when the question is empty or too long."""
    length = len(asked.question)
    if length > LONGEST_QUESTION:  # said here too, in the page's language
        raise RagError(strings.too_long.format(length=length, limit=LONGEST_QUESTION))
    return newest().ask(
        asked.question, asked.limits.filter(), turns=asked.turns, ignored=asked.ignored, progress=progress
    )


def tell(newest: Newest, asked: Asked, strings: Strings, teller: Teller[Step | TurnView | NextView]) -> None:
    """Tell the steps to what was `asked`, its turn whatever goes wrong, and what can be asked next."""
    try:
        outcome = outcome_of(newest, asked, strings, teller.tell)
        teller.tell(outcome_view(outcome, asked.ignored))
    except Exception as error:
        message = reason(error, "a question was not answered", strings.went_wrong)
        teller.tell({"kind": "problem", "message": message})
        return
    if isinstance(outcome, Answer):
        found = newest().following(
            outcome, asked.limits.filter(), past=asked.past, count=FOLLOWING, progress=teller.go_on
        )
        teller.tell({"kind": "next", "questions": list(found)})


def opened(newest: Newest, id_: str, places: Sequence[Place]) -> ArticleView | None:
    """Return the article with this id and `places` marked; None when there is none or it cannot be read."""
    try:
        return article_view(newest().article(id_), places)
    except FilterError:
        return None
    except RagError:
        log.exception("an article was not opened")
        return None


def asset(name: str) -> str:
    """Return one of the static files."""
    return (STATIC / name.rpartition(".")[2] / name).read_text(encoding="utf-8")
