"""The tests of the page: run over the cases that were kept, and told what went wrong and what changed."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from test_access import CONTRAST
from test_barriers import AXE, FOUND
from test_cases import RIGHT, WRONG, called, kept, select, thumb

from rag.build import build
from rag.chat import Chat
from rag.evaluation.questions import read
from rag.evaluation.report.html import page
from rag.evaluation.results import METRICS, PROBLEMS
from rag.evaluation.run import evaluate
from rag.page.calls.trial import MEASURES, Trial
from rag.page.strings import ENGLISH
from rag.settings import Settings

BREAD = "What is bread baked from?"
ZORBLAX = "Zorblax quuxes?"
ORBIT = "What does the Moon orbit?"
NOISE = "What does the Moon orbit is asked often."
"""It is quoted for ORBIT as long as it is there."""
RIGHT_ORBIT = "The Moon orbits the Earth."
ODD = (
    "Is <img src=x onerror='window.__hacked=1'> ${window.__hacked=2} {{constructor}} bread baked from flour?"
)
CASES = (
    {"question": BREAD, "article": "bread.md", "quote": "Bread is baked from flour and water."},
    {"question": ZORBLAX, "unanswerable": True},
    {"question": ORBIT, "article": "moon.md", "quote": RIGHT_ORBIT},
)


@pytest.fixture
def tested(settings: Settings, toy) -> Settings:
    """Settings of an index in which the answer to ORBIT is not quoted."""
    settings = replace(settings, threshold=0.2, statements=1, port=0)
    (settings.corpus / "noise.md").write_text(f"---\ntitle: Noise\n---\n{NOISE} Nobody knows why.", "utf-8")
    build(settings, embedder=toy)
    return settings


@pytest.fixture
def chat(tested: Settings, toy) -> Chat:
    return Chat.open(tested, toy)


@pytest.fixture
def trial(chat: Chat, tested: Settings) -> Trial:
    return Trial(lambda: chat, tested.questions, ENGLISH)


def written(path: Path, *rows: dict[str, Any]) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")


def run(reader: Any) -> Any:
    """Run the tests and return the report."""
    reader.tab.get_by_role("button", name="Tests", exact=True).click()
    tests = reader.tab.locator("#tests")
    before = tests.locator(".report-about").text_content() if tests.locator(".report-about").count() else ""
    tests.get_by_role("button", name="Run the tests").click()
    # Plots are imported first.
    expect(tests.locator(".report-about")).not_to_have_text(before)
    expect(tests.get_by_role("button", name="Run the tests")).to_be_focused()
    return tests.locator(".trial-report")


def keep_cases(reader: Any) -> None:
    """Say of two answers that they are right, and of one what is right instead."""
    for question in (BREAD, ZORBLAX):
        thumb(reader.ask(question), RIGHT).click()
        expect(reader.tab.locator(".kept").last).to_contain_text("Saved as a test.")
    bad = reader.ask(ORBIT)
    expect(bad.locator(".statement")).to_contain_text(NOISE)
    thumb(bad, WRONG).click()
    reader.tab.locator(".found-list .source-open", has_text="The Moon").first.click()
    select(reader, "orbits the")
    reader.tab.get_by_role("button", name="This is right", exact=True).click()
    expect(bad.get_by_role("radio", checked=True)).to_have_accessible_name(f"{RIGHT_ORBIT} The Moon")
    bad.get_by_role("button", name="Save as test").click()
    expect(reader.tab.locator(".turn .chosen")).to_be_visible()  # asked anew, with what is right


def look_into(reader: Any, miss: Any) -> None:
    """Open what a question that went wrong should have quoted, and come back."""
    expected = miss.get_by_role("button", name="Read the article: The Moon")
    expected.click()
    expect(reader.article.locator("mark.current")).to_have_text(RIGHT_ORBIT)
    reader.tab.keyboard.press("Escape")
    expect(expected).to_be_focused()


def test_from_a_bad_answer_to_a_test_that_fails_and_passes_after_a_change(
    new_reader, serve, chat, tested, toy
):
    with serve(chat, tested) as address:
        reader = new_reader().open(address)
        keep_cases(reader)
        assert kept(tested.questions) == list(CASES)

        report = run(reader)
        expect(report.get_by_role("heading", name="2 of 3 right", exact=True)).to_be_visible()
        expect(report.locator("table")).to_be_hidden()
        report.get_by_text("Details").click()
        expect(report.get_by_role("columnheader")).to_have_text(["Measure", "Value (95% interval)"])
        first = report.locator("tbody tr").first
        expect(first).to_have_text("Right sentence quoted first0.50 0.00–1.00")
        drawn = "all => all.map((each) => each.complete && each.naturalWidth > 0)"
        assert report.locator("img").evaluate_all(drawn) == [True, True]
        miss = report.locator(".miss")
        expect(miss.get_by_role("heading", name=ORBIT)).to_be_visible()
        expect(miss).to_contain_text("It is answered, but with no right sentence.")
        expect(miss.locator("blockquote")).to_have_text([RIGHT_ORBIT, NOISE])
        expect(miss.locator(".case-article")).to_have_text(["The Moon", "Noise"])
        look_into(reader, miss)
        miss.get_by_role("button", name=f"Ask in the chat: {ORBIT}").click()
        expect(reader.tab.locator(".turn .statement").last).to_contain_text(RIGHT_ORBIT)

        (tested.corpus / "noise.md").unlink()
        build(tested, embedder=toy)
        report = run(reader)
        expect(report.get_by_role("heading", name="3 of 3 right, 1 got better")).to_be_visible()
        report.get_by_text("Details").click()
        compared = "compared with the run before over 3 questions"
        expect(report.locator(".report-about")).to_contain_text(compared)
        expect(report.get_by_role("columnheader").last).to_have_text("Change")
        expect(first).to_have_text("Right sentence quoted first1.00 1.00–1.00+0.50 may be chance")
        expect(report.locator(".mended li")).to_have_text([ORBIT])
        expect(report.locator(".miss")).to_have_count(0)


def test_the_report_is_saved_as_the_page_that_the_command_line_writes(new_reader, serve, chat, tested):
    written(tested.questions, *CASES)
    with serve(chat, tested) as address:
        reader = new_reader().open(address)
        report = run(reader)
        report.get_by_text("Details").click()
        button = report.get_by_role("button", name="Download the report")
        with reader.tab.expect_download() as download:
            button.click()
        assert download.value.suggested_filename == "footnote-tests.html"
        found = evaluate(chat, read(tested.questions))
        timeless = [line for line in page(found, threshold=0.2).splitlines() if " ms <small>" not in line]
        saved = Path(download.value.path()).read_text("utf-8").splitlines()
        assert [line for line in saved if " ms <small>" not in line] == timeless


def test_the_chat_answers_while_the_tests_run_and_they_can_be_stopped(
    new_reader, serve, chat, tested, monkeypatch
):
    written(tested.questions, *CASES)

    def slow(chat, questions, *, progress):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            progress(1, len(questions))
            time.sleep(0.02)
        raise AssertionError("was not stopped")

    monkeypatch.setattr("rag.page.calls.trial.evaluate", slow)
    with serve(chat, tested) as address:
        reader = new_reader().open(address)
        reader.tab.get_by_role("button", name="Tests", exact=True).click()
        tests = reader.tab.locator("#tests")
        tests.get_by_role("button", name="Run the tests").click()
        expect(tests.locator(".trial-count")).to_have_text("1 of 3")
        expect(tests.get_by_role("progressbar", name="Questions asked")).to_have_attribute("max", "3")
        again = new_reader().open(address)
        expect(again.ask(BREAD).locator(".statement")).to_contain_text("Bread is baked from flour and water.")
        again.tab.get_by_role("button", name="Tests", exact=True).click()
        expect(again.tab.locator(".trial-count")).to_have_text("1 of 3")
        tests.get_by_role("button", name="Stop").click()
        for each in (reader, again):
            expect(each.tab.get_by_role("button", name="Run the tests")).to_be_enabled()
            expect(each.tab.locator(".trial-report")).to_be_hidden()
            expect(each.tab.locator(".trial-trouble")).to_be_hidden()


def test_what_is_wrong_with_the_file_is_said_and_the_case_that_is_no_longer_right_is_removed(
    new_reader, serve, chat, tested
):
    gone = {"question": "What is gone?", "article": "gone.md", "quote": "It is gone."}
    written(tested.questions, *CASES, gone)
    with serve(chat, tested) as address:
        reader = new_reader().open(address)
        reader.tab.get_by_role("button", name="Tests", exact=True).click()
        tests = reader.tab.locator("#tests")
        expect(tests.locator(".case").first).to_contain_text("This no longer stands in the articles: gone.md")
        tests.get_by_role("button", name="Run the tests").click()
        expect(tests.get_by_role("alert")).to_contain_text("question 4: no article gone.md")
        tests.get_by_role("button", name="Remove: What is gone?").click()
        expect(tests.get_by_role("heading", name="3 tests")).to_be_visible()
        expect(tests.get_by_role("alert")).to_be_hidden()
        assert kept(tested.questions) == list(CASES)
        run(reader)
        tested.questions.write_text("nonsense", "utf-8")
        tests.get_by_role("button", name="Run the tests").click()
        expect(tests.get_by_role("alert")).to_contain_text("line 1: is not JSON")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_report_fits_the_screen_and_can_be_read_whatever_the_questions_are(
    new_reader, serve, chat, width, scheme
):
    tested = replace(chat.settings, port=0)
    wrong = {"question": ODD, "article": "tea.md", "quote": "Green tea is not oxidised."}
    written(tested.questions, *CASES, wrong, {"question": "W" * 300, "unanswerable": True})
    with serve(chat, tested) as address:
        reader = new_reader(width=width, scheme=scheme).open(address)
        report = run(reader)
        report.get_by_text("Details").click()
        expect(report.locator(".miss")).to_have_count(2)
        assert report.get_by_role("heading", name=ODD).text_content() == ODD
        expect(report.locator("img")).to_have_count(2)
        assert reader.tab.evaluate("document.documentElement.scrollWidth") <= width
        wide = "() => { const t = document.querySelector('.trial'); return t.scrollWidth - t.clientWidth; }"
        assert reader.tab.evaluate(wide) <= 0
        seen = reader.tab.evaluate(CONTRAST)
        assert seen["poor"] == []
        assert seen["seen"] > 40
        if AXE.is_file():
            reader.tab.evaluate(AXE.read_text("utf-8"))
            assert reader.tab.evaluate(FOUND) == []
        assert reader.tab.evaluate("window.__hacked === undefined")
        ink = {"light": "#1e1d1a", "dark": "#ecebe6"}[scheme]
        assert f"color%3A{ink.replace('#', '%23')}" in report.locator("img").first.get_attribute("src")


def finished(trial: Trial) -> Any:
    """Run to the end and return the state."""
    trial.start()
    until = time.monotonic() + 30
    while trial.state()["running"] and time.monotonic() < until:
        time.sleep(0.02)
    return trial.state()


def test_a_run_is_kept_for_the_next_one_and_for_the_command_line(trial, tested, chat):
    written(tested.questions, *CASES)
    assert finished(trial)["report"] == 1
    last = tested.questions.with_name("questions.run.json")
    assert json.loads(last.read_text("utf-8"))["questions"] == 3
    another = Trial(lambda: chat, tested.questions, ENGLISH)
    finished(another)
    report = called(another, "trial_report", None)
    assert (report["before"], report["mended"], report["misses"][0]["is_new"]) == (3, [], False)
    assert {each["moved"] for each in report["measures"]} == {None}
    last.write_text("{}", "utf-8")
    finished(another)
    assert called(another, "trial_report", None)["before"] == 0


def test_a_question_that_goes_wrong_now_is_new_among_the_failures(trial, tested, chat, toy):
    (tested.corpus / "noise.md").unlink()
    build(tested, embedder=toy)
    written(tested.questions, *CASES)
    finished(Trial(chat.latest, tested.questions, ENGLISH))
    finished(trial)  # over the snapshot before, with the noise
    report = called(trial, "trial_report", None)
    [miss] = report["misses"]
    assert report["worse"] == 1
    assert (miss["question"], miss["problem"], miss["is_new"]) == (ORBIT, "sentence", True)


def test_without_cases_nothing_is_run_and_that_is_said(trial, tested):
    assert "cannot be read" in finished(trial)["trouble"]
    tested.questions.touch()
    assert "holds no question" in finished(trial)["trouble"]


def test_an_error_of_the_program_is_not_told_to_the_browser(trial, tested, monkeypatch, caplog):
    written(tested.questions, *CASES)
    monkeypatch.setattr("rag.page.calls.trial.evaluate", lambda *_, **__: 1 / 0)
    assert finished(trial) == {
        "running": False,
        "done": 0,
        "total": 0,
        "trouble": ENGLISH.went_wrong,
        "report": 0,
    }
    assert "ZeroDivisionError" in caplog.text


def test_every_measure_and_every_problem_has_its_words():
    assert set(MEASURES) <= set(METRICS)
    assert list(ENGLISH.measure_names) == list(MEASURES)
    assert set(ENGLISH.problems) == set(PROBLEMS)
