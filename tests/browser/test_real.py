"""The page over the real chat and the real corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag import build
from rag.chat import Chat
from rag.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def real_address(serve, tmp_path_factory):
    settings = Settings(corpus=CORPUS, index=tmp_path_factory.mktemp("index"), port=0)
    build.build(settings)
    with serve(Chat.open(settings), settings) as address:
        yield address


def test_a_question_the_articles_answer_gets_a_citation_that_can_be_followed(new_reader, real_address):
    reader = new_reader().open(real_address)
    turn = reader.ask("When did Apollo 11 land on the Moon?")
    sentence = turn.locator(".statement").first.locator(".words").all_text_contents()
    turn.get_by_role("button", name="Citation 1").first.click()
    source = reader.sources.first
    expect(source).to_be_focused()
    expect(source.locator("mark.current")).to_have_text("".join(sentence))


def test_a_question_the_articles_do_not_answer_is_refused(new_reader, real_address):
    reader = new_reader().open(real_address)
    turn = reader.ask("What is the capital of the planet Zorblax?")
    expect(turn.locator(".refusal")).to_have_text("The articles don't answer this.")
    expect(turn.locator(".chip")).to_have_count(0)
