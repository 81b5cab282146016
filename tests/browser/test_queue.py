"""Who asks is answered in turn, is told when too many do, and never gets the answer to another's question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from many_askers import Asker, connected
from three_articles import SLOW, WHEN, ThreeArticles

from rag.build import build
from rag.chat import Chat
from rag.errors import RagError
from rag.page.queue import Queue
from rag.page.view import outcome_view
from rag.settings import Settings

TOWNS = 24


def running(work: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Run `work`: Playwright's own loop runs on this thread."""
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, work()).result()


async def given(queue: Queue, asker: str, order: list[str]) -> None:
    turn = await queue.turn(asker)
    order.append(asker)
    await asyncio.sleep(0)
    turn.end()


def test_who_asks_much_waits_behind_who_asks_once() -> None:
    order: list[str] = []

    async def work() -> None:
        queue = Queue(1, 10, "busy")
        await asyncio.gather(*(given(queue, asker, order) for asker in "aaaabc"))

    running(work)
    assert order == ["a", "a", "b", "c", "a", "a"]


def test_so_many_have_turns_at_once_and_so_many_wait() -> None:
    async def work() -> None:
        queue = Queue(2, 1, "busy")
        first, _ = await queue.turn("a"), await queue.turn("b")
        assert (queue.ahead, queue.is_wanted) == (1, False)
        waits = asyncio.create_task(queue.turn("c"))
        await asyncio.sleep(0)
        assert (queue.ahead, queue.is_wanted) == (2, True)
        with pytest.raises(RagError, match="busy"):
            await queue.turn("d")
        first.end()
        await waits
        assert not queue.is_wanted

    running(work)


def test_who_no_longer_waits_takes_nobodys_turn() -> None:
    async def work() -> None:
        queue = Queue(1, 10, "busy")
        first = await queue.turn("a")
        leaves, stays = (asyncio.create_task(queue.turn(asker)) for asker in "bc")
        await asyncio.sleep(0)
        leaves.cancel()
        first.end()
        (await stays).end()
        late = asyncio.create_task(queue.turn("d"))
        await asyncio.sleep(0)
        leaves_as_it_comes = asyncio.create_task(queue.turn("e"))
        await asyncio.sleep(0)
        (await late).end()
        await asyncio.sleep(0)
        leaves_as_it_comes.cancel()
        await asyncio.sleep(0)
        assert queue.ahead == 0

    running(work)


@pytest.fixture
def narrow(serve):
    """A page that answers one question at a time and lets none wait, and its chat, which stands still."""
    chat = ThreeArticles()
    chat.gate.clear()
    with serve(chat, Settings(port=0, at_once=1, waiting=0)) as address:
        yield address, chat
        chat.gate.set()


async def last(asker: Asker, question: str) -> dict[str, object]:
    """Return the outcome of a question."""
    return [turn async for turn in asker.told(question) if turn["kind"] not in ("searching", "next")][-1]


def test_past_the_limit_people_and_programs_are_told_that_it_is_busy(narrow) -> None:
    address, chat = narrow

    async def work() -> None:
        async with connected(address) as client:
            first, second = await Asker.open(client, "first"), await Asker.open(client, "second")
            answered = asyncio.create_task(last(first, SLOW))
            while not chat.asked:
                await asyncio.sleep(0.01)
            assert await last(second, WHEN) == {
                "kind": "problem",
                "message": "Many people are asking just now. Try again in a moment.",
            }
            program = await asyncio.to_thread(Client, address, verbose=False, analytics_enabled=False)
            with pytest.raises(AppError, match="Many people are asking"):
                await asyncio.to_thread(program.predict, WHEN, api_name="/ask")
            chat.gate.set()
            assert (await answered)["kind"] == "answer"
            assert (await last(second, WHEN))["kind"] == "answer"

    running(work)


def test_a_question_that_waits_says_how_many_come_before_it(serve) -> None:
    chat = ThreeArticles()
    chat.gate.clear()

    async def work(address: str) -> None:
        async with connected(address) as client:
            first, second = await Asker.open(client, "first"), await Asker.open(client, "second")
            answered = asyncio.create_task(last(first, SLOW))
            while not chat.asked:
                await asyncio.sleep(0.01)
            turns = second.told(WHEN)
            told = await anext(turns)
            assert (told["doing"], told["passages"]) == ("queued", 1)
            chat.gate.set()
            await answered
            assert [turn["kind"] async for turn in turns if turn["kind"] not in ("searching", "next")] == [
                "answer"
            ]

    with serve(chat, Settings(port=0, at_once=1)) as address:
        running(lambda: work(address))


def test_no_answer_of_one_goes_to_another(serve, settings, toy) -> None:
    for path in settings.corpus.iterdir():
        path.unlink()
    for town in range(TOWNS):
        text = f"The mast of Town{town} is {100 + town} metres tall. Red paint protects Town{town}."
        (settings.corpus / f"{town}.md").write_text(f"---\ntitle: Town{town}\n---\n{text}", encoding="utf-8")
    build(settings, embedder=toy)
    chat = Chat.open(settings, toy)
    questions = [f"How tall is the mast of Town{town}?" for town in range(TOWNS)]
    alone = {question: said(outcome_view(chat.ask(question))) for question in questions}
    assert len(set(alone.values())) > TOWNS / 2

    async def ask(client: httpx.AsyncClient, number: int) -> None:
        asker = await Asker.open(client, f"asker-{number}")
        for question in (questions[number], questions[number - 1]):
            turn = await last(asker, question)
            assert turn["question"] == question
            assert said(turn) == alone[question]

    async def work(address: str) -> None:
        async with connected(address) as client:
            await asyncio.gather(*(ask(client, number) for number in range(TOWNS)))

    with serve(chat, replace(settings, port=0, at_once=4)) as address:
        running(lambda: work(address))


def said(turn: Mapping[str, Any]) -> str:
    """Return the words of an outcome, as a browser is told of it."""
    return " ".join(each["text"] for each in turn.get("statements", ()))
