"""The page over the real chat and the real corpus, and the documented examples of its calls."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag import build
from rag.chat import Chat
from rag.corpus.folder import read_folder
from rag.settings import Settings

ROOT = Path(__file__).parents[2]
ADDRESS = "http://127.0.0.1:7860"


def examples(language: str) -> list[str]:
    """Return the code of that language in the documentation."""
    texts = [(ROOT / name).read_text("utf-8") for name in ("README.md", "docs/api.md")]
    return [code for text in texts for code in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)]


@pytest.fixture(scope="module")
def real_address(serve, tmp_path_factory):
    settings = Settings(corpus=ROOT / "corpus", index=tmp_path_factory.mktemp("index"), port=0, mcp=True)
    build.build(settings)
    with serve(Chat.open(settings), settings) as address:
        yield address


def test_a_question_the_articles_answer_gets_a_citation_that_can_be_followed(new_reader, real_address):
    reader = new_reader().open(real_address)
    turn = reader.ask("When did Apollo 11 land on the Moon?")
    sentence = turn.locator(".statement").first.locator(".words").all_text_contents()
    turn.get_by_role("button", name="Citation 1").first.click()
    expect(reader.article.locator("mark.current")).to_have_text("".join(sentence))
    expect(reader.article.locator("mark.current")).to_be_in_viewport()
    shown = "".join(reader.article.locator(".reading-text .passage").all_text_contents())
    articles = {article.title: article for article in read_folder(ROOT / "corpus").articles}
    title = reader.article.get_by_role("heading", level=2).text_content()
    assert "".join(shown.split()) == "".join(articles[title].text.split())


def test_a_question_the_articles_do_not_answer_is_refused(new_reader, real_address):
    reader = new_reader().open(real_address)
    turn = reader.ask("What is the capital of the planet Zorblax?")
    expect(turn.locator(".refusal")).to_contain_text(
        "The articles don't answer this: no passage that was found mentions"
    )
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
    expect(reader.article.locator("mark.current")).to_contain_text("British inquiry is 1,503.")


@pytest.mark.parametrize("code", examples("python"))
def test_the_documented_examples_in_python_print_what_stands_in_the_articles(real_address, code):
    code = code.replace(ADDRESS, real_address.rstrip("/"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Apollo 11" in done.stdout


def test_the_documented_example_over_http_returns_the_answer(real_address):
    [script] = examples("sh")
    done = subprocess.run(
        ["sh", "-c", script.replace(ADDRESS, real_address.rstrip("/"))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"answered": true' in done.stdout
