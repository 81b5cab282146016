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


@pytest.mark.parametrize("width", [390, 1280])
def test_articles_that_disagree_are_shown_side_by_side_and_stacked_on_a_phone(
    new_reader, real_address, width
):
    reader = new_reader(width=width).open(real_address)
    turn = reader.ask("How many people died on the Titanic?")
    expect(turn.locator(".sides-lead")).to_have_text("The articles give different answers:")
    sides = turn.locator(".side")
    expect(sides.locator("strong")).to_have_text(["1,517", "1,503"])
    expect(sides.locator("time")).to_have_text(["April 14, 2026", "August 17, 2026"])
    expect(sides.locator(".chip")).to_have_text(["1", "2"])
    first, second = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert (first["y"] == second["y"]) == (width > 800)
    sides.nth(1).get_by_role("button").click()
    expect(reader.sources.nth(1).locator("mark.current")).to_contain_text("British inquiry is 1,503.")
