"""The components of the page, and what happens when someone asks.

Python holds a conversation as the list of its turns and sends it as JSON; conversation.js draws it. A
conversation belongs to one browser tab: it lives in a gr.State and nowhere else.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import gradio as gr

from rag.chat import LONGEST_QUESTION, Chat
from rag.documents import document
from rag.errors import FilterError, RagError
from rag.page import endpoints
from rag.page.article import ArticleView, Place, article_view
from rag.page.strings import ENGLISH, Strings
from rag.page.view import TurnView, outcome_view, turns_of
from rag.types import Outcome, Turn

EXAMPLES = 4
"""Example questions before the first one is asked."""

SCRIPTS = (
    "elements.js", "address.js", "export.js", "preview.js", "sources.js", "article.js", "selection.js",
    "conversation.js",
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


def build(chat: Chat, strings: Strings = ENGLISH) -> gr.Blocks:
    """Return the page over `chat`; its public endpoints are those of endpoints.py."""
    newest = Newest(chat)
    words = asdict(strings)

    def read_article(asked: Sequence[Any]) -> ArticleView | None:
        """Return the article that a browser asks for by its id, with places to mark."""
        return opened(newest, *asked)

    def write_document(asked: Sequence[Any]) -> str:
        """Return answers that a browser has, in a format, as the document to copy or save."""
        answers, format = asked
        return document(answers, format, strings)

    page = gr.Blocks(title=strings.name, analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        turns = gr.State([])
        with gr.Row(elem_id="top"):
            gr.HTML(
                html_template=asset("brand.html"),
                js_on_load=asset("views.js"),
                apply_default_css=False,
                strings=words,
                views=views(strings),
            )
            new_chat = gr.Button(strings.new_chat, elem_id="new-chat", scale=0, size="sm")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                conversation = gr.HTML(
                    html_template=asset("conversation.html"),
                    js_on_load="".join(map(asset, SCRIPTS)),
                    apply_default_css=False,
                    server_functions=[read_article, write_document],
                    longest=LONGEST_QUESTION,
                    strings=words,
                )
                with gr.Row(elem_id="compose"):
                    question = gr.Textbox(
                        elem_id="question",
                        label=strings.question,
                        placeholder=strings.question_hint,
                        lines=1,  # so that Enter sends and Shift+Enter breaks the line
                        max_lines=6,
                        show_label=False,
                        container=False,
                        autofocus=True,
                    )
                    send = gr.Button(strings.send, elem_id="send", variant="primary", scale=0)
            with gr.Column(elem_id="shelf"):
                gr.HTML(
                    html_template=asset("sources.html"),
                    js_on_load=None,
                    apply_default_css=False,
                    strings=words,
                )

        def ask(
            asked: str,
            before: list[TurnView],
            *,
            at: int | None = None,
            ignored: Sequence[str] = (),
            alone: bool = False,
        ) -> Iterator[dict[Any, Any]]:
            asked = asked.strip()
            if not asked:
                yield {conversation: gr.skip()}
                return
            above, below = (before, []) if at is None else (before[:at], before[at + 1 :])
            searching: TurnView = {"kind": "searching", "question": clip(asked)}
            yield {conversation: {"turns": [*above, searching, *below]}}
            after = [*above, turn(newest, asked, strings, [] if alone else above, ignored), *below]
            yield {conversation: {"turns": after}, turns: after}

        def ask_typed(asked: str, before: list[TurnView]) -> Iterator[dict[Any, Any]]:
            for step, update in enumerate(ask(asked, before)):
                emptied = step == 0 and len(asked.strip()) <= LONGEST_QUESTION
                yield {**update, question: ""} if emptied else update

        def ask_again(chosen: gr.EventData, before: list[TurnView]) -> Iterator[dict[Any, Any]]:
            old = before[chosen.at] if is_place(chosen.at, before) else None
            asked = (old.get("typed") or old["question"]) if old else ""
            yield from ask(asked, before, at=chosen.at, ignored=chosen.ignored)

        def ask_chosen(chosen: gr.EventData, before: list[TurnView]) -> Iterator[dict[Any, Any]]:
            yield from ask(chosen.question, before, alone=True)  # what is on the page follows nothing up

        def welcome() -> tuple[dict[str, Any], list[TurnView]]:
            return {"turns": [], "welcome": greeting(newest)}, []

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asking = {"outputs": [conversation, turns, question], "concurrency_limit": None, **quiet}
        typed = gr.on([question.submit, send.click], ask_typed, inputs=[question, turns], **asking)
        chosen = conversation.chosen(ask_chosen, inputs=[turns], **asking)
        again = conversation.reread(ask_again, inputs=[turns], **asking)
        new_chat.click(welcome, outputs=[conversation, turns], cancels=[typed, chosen, again], **quiet)
        page.load(welcome, outputs=[conversation, turns], **quiet)
        endpoints.serve(newest, strings)
    return page


def views(strings: Strings) -> list[dict[str, str]]:
    """Return the columns of the desk that take turns beside the panel, and their names; the first shows."""
    return [{"id": "talk", "name": strings.chat}]


def is_place(at: object, before: Sequence[TurnView]) -> bool:
    """Say whether `at`, which a browser sent, is the place of a turn."""
    return isinstance(at, int) and 0 <= at < len(before)


def outcome_of(
    newest: Newest, question: str, strings: Strings, turns: Sequence[Turn], ignored: Sequence[str]
) -> Outcome:
    """Return what the newest chat says after `turns`, without the `ignored` words of time.

    Raises RagError when the question is empty or too long.
    """
    if len(question) > LONGEST_QUESTION:  # said here too, in the page's language
        raise RagError(strings.too_long.format(length=len(question), limit=LONGEST_QUESTION))
    return newest().ask(question, turns=turns, ignored=ignored)


def turn(
    newest: Newest, question: str, strings: Strings, before: Sequence[TurnView], ignored: Sequence[str]
) -> TurnView:
    """Return the turn for `question` after those `before`, whatever goes wrong.

    Its `ignored` words of time have no part in it.
    """
    try:
        return outcome_view(outcome_of(newest, question, strings, turns_of(before), ignored), ignored)
    except RagError as error:
        message = str(error)
    except Exception:
        log.exception("a question was not answered")
        message = strings.went_wrong
    return {"kind": "problem", "question": clip(question), "message": message}


def opened(newest: Newest, id_: str, places: Sequence[Place]) -> ArticleView | None:
    """Return the article with this id and `places` marked; None when there is none or it cannot be read."""
    try:
        return article_view(newest().article(id_), places)
    except FilterError:
        return None
    except RagError:
        log.exception("an article was not opened")
        return None


def greeting(newest: Newest) -> dict[str, Any]:
    """Return what is shown before the first question; the page opens even when the index cannot be read."""
    try:
        chat = newest()
        return {"summary": chat.summary(), "examples": list(chat.examples(EXAMPLES))}
    except Exception:
        log.exception("the articles could not be summed up")
        return {"summary": "", "examples": []}


def clip(question: str) -> str:
    """Shorten a question that is too long to be sent back whole."""
    return question if len(question) <= LONGEST_QUESTION else question[:200] + "…"


def asset(name: str) -> str:
    """Return one of the files that lie beside this module."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
