"""The components of the page, and what each asks of the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from rag.chat import Chat
from rag.corpus.folder import LARGEST
from rag.corpus.formats import FORMATS
from rag.evaluation.chosen import Chosen
from rag.page.asking import LEANT_ON
from rag.page.calls import articles, choosing, endpoints, state
from rag.page.calls.articles import Cards
from rag.page.calls.cases import Cases
from rag.page.calls.conversation import Conversation, Newest
from rag.page.calls.state import Older
from rag.page.calls.trial import Trial
from rag.page.changes import Changes
from rag.page.modules import STATIC, starter
from rag.page.queue import Queue, cores
from rag.page.shared import Shared
from rag.page.strings import ENGLISH, Strings
from rag.page.text import called_with_text
from rag.question.typed import LONGEST_QUESTION
from rag.settings import Settings

ADDABLE = {"formats": ",".join(FORMATS), "largest": LARGEST}
"""What files may be added."""


def build(
    chat: Chat, settings: Settings, strings: Strings = ENGLISH, changes: Changes | None = None
) -> gr.Blocks:
    """Return the page over `chat`; its public endpoints are those of endpoints.py.

    With `changes`, whoever uses it may add and remove articles, and keep test cases in the file of `settings`
    and run them. What was chosen there as right comes first in answers, whoever asks.
    """
    newest = Newest(chat)
    questions = settings.questions if changes else None
    chosen, shared = Chosen(settings.questions), Shared(settings.index / "shared")
    queue = Queue(settings.at_once or cores(), settings.waiting, strings.busy)
    conversation, cards = Conversation(newest, strings, queue, chosen, shared), Cards(newest)
    older = Older(newest, is_busy=lambda: changes is not None and changes.status.doing is not None)
    tests = _tests(newest, questions, strings) if questions else []
    show = partial(_shown, strings=asdict(strings))
    page = gr.Blocks(title=strings.name, analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        with gr.Row(elem_id="top"):
            show("brand", started=True, views=views(strings, tests=bool(tests)))
            gr.Button(strings.new_chat, elem_id="new-chat", scale=0, size="sm")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                calls = [*conversation.functions(), *choosing.calls(newest, cards), older.older, *tests]
                limits = {"longest": LONGEST_QUESTION, "leant_on": LEANT_ON}
                talk = show("conversation", calls, started=True, tests=bool(tests), **limits)
            with gr.Column(elem_id="articles"):
                calls = [*articles.calls(newest, cards, older, changes), *state.calls(newest)]
                show("articles", calls, started=True, may_change=changes is not None, **ADDABLE)
            if tests:
                with gr.Column(elem_id="tests"):
                    show("trial")
            with gr.Column(elem_id="shelf"):
                show("sources")
        talk.asked(
            conversation.answer,
            outputs=[talk],
            trigger_mode="multiple",  # else Gradio drops a question that is asked while the last answer ends
            concurrency_limit=None,
            show_progress="hidden",
            api_visibility="private",
        )
        endpoints.serve(newest, strings, queue, chosen)
    for block in page.blocks.values():
        # Gradio fetches what is at the address of a "file" in a call, for whoever calls.
        block.async_move_resource_to_block_cache = _no_file  # type: ignore[assignment, method-assign]
    return page


def _tests(newest: Newest, questions: Path, strings: Strings) -> list[Callable[[Any], Any]]:
    return [*Cases(newest, questions, strings).functions(), *Trial(newest, questions, strings).functions()]


def _shown(
    name: str, calls: Sequence[Callable[[Any], Any]] = (), *, started: bool = False, **properties: Any
) -> gr.HTML:
    """Show the template called `name`; when `started`, start.js gets what it may call and read."""
    return gr.HTML(
        html_template=asset(f"{name}.html"),
        js_on_load=starter(name) if started else None,
        apply_default_css=False,
        server_functions=list(map(called_with_text, calls)) or None,
        **properties,
    )


async def _no_file(_: object) -> None:
    """Refuse a file in a call. Raises gradio's Error."""
    raise gr.Error("a call takes no files", print_exception=False)


def views(strings: Strings, *, tests: bool) -> list[dict[str, str]]:
    """Return the columns of the desk that take turns beside the panel, and their names; the first shows."""
    named = {"talk": strings.chat, "articles": strings.articles} | ({"tests": strings.tests} if tests else {})
    return [{"id": id_, "name": name} for id_, name in named.items()]


def asset(name: str) -> str:
    """Return one of the static files."""
    return (STATIC / name.rpartition(".")[2] / name).read_text(encoding="utf-8")
