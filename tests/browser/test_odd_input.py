"""What no careful program sends: each is answered, or refused in one line; never a traceback."""

from __future__ import annotations

import json
import logging

import httpx
import pytest
from three_articles import WHEN, ThreeArticles

from rag.settings import Settings

CALLS = (
    ("ask", b'{"question":"\\ud800 moon"}'),
    ("ask", b'{"question":"\\u0000"}'),
    ("ask", b'{"question":""}'),
    ("ask", b'{"question":null}'),
    ("ask", b'{"question":{"a":1}}'),
    ("ask", b'{"question":1e400}'),
    ("ask", b'{"question":"Who?","since":"0000"}'),
    ("ask", b'{"question":"Who?","since":"99999-01-01"}'),
    ("ask", b'{"question":"Who?","since":"' + b"9" * 1_000_000 + b'"}'),
    ("ask", b'{"question":"Who?","until":"\\u001b[2J\\n\\u0000"}'),
    ("ask", b'{"question":"Who?","sources":["\\ud800"]}'),
    ("ask", b'{"question":"Who?","turns":[{"question":"\\ud800","answer":"\\udfff"}]}'),
    ("ask", b'{"question":"Who?","turns":[{}]}'),
    ("ask", b'{"question":"Who?","ignored":["\\udfff"]}'),
    ("ask", b'{"question":"' + b"x" * 10_000_000 + b'"}'),
    ("ask", b'{"question":"What happened in the last 999999999999 days?"}'),
    ("search", b'{"question":"Moon","k":NaN}'),
    ("search", b'{"question":"Moon","k":1e400}'),
    ("search", b'{"question":"Moon","k":' + b"9" * 4000 + b"}"),
    ("article", b'{"id":"\\ud800"}'),
    ("article", b'{"id":"\\u0000"}'),
    ("article", b'{"id":"../../etc/passwd"}'),
)
REFUSED = (
    b"", b"{", b"[1,2]", b'{"question":"\xff"}', b'{"question":' + b"[" * 100_000,
    b'{"question":"x","k":' + b"9" * 5000 + b"}",
)  # fmt: skip
FUNCTIONS = (
    ("greeting", None),
    ("read_article", ["\ud800", []]),
    ("stop", "\ud800"),
    ("is_running", "\0"),
    ("titled", "\ud800"),
    ("titled", 10**40),
    ("passing", {"since": "99999"}),
    ("passing", {"sources": ["\udfff"]}),
)


@pytest.fixture(scope="module")
def address(serve):
    with serve(ThreeArticles(), Settings(port=0)) as served:
        yield served


def posted(address: str, path: str, content: bytes, **headers: str) -> httpx.Response:
    headers = {"content-type": "application/json", **headers}
    return httpx.post(f"{address}gradio_api/{path}", content=content, headers=headers, timeout=30)


@pytest.mark.parametrize(("call", "content"), CALLS, ids=lambda given: ascii(given)[:60])
def test_a_call_is_answered_or_refused_in_one_line(address, caplog, call, content):
    asked = posted(address, f"call/v2/{call}", content)
    with caplog.at_level(logging.ERROR):
        found = httpx.get(f"{address}gradio_api/call/{call}/{asked.json()['event_id']}", timeout=30)
    event, line = found.text.strip().split("\n")
    told = json.loads(line.removeprefix("data: "))
    assert event in ("event: complete", "event: error")
    if event == "event: error":
        assert told["error"].isprintable()
        assert 0 < len(told["error"]) <= 12_000
        assert "log" not in told["error"]  # its caller can put it right
    assert caplog.records == []


@pytest.mark.parametrize("content", REFUSED, ids=lambda given: ascii(given)[:40])
def test_what_is_no_call_is_refused(address, content):
    answer = posted(address, "call/v2/ask", content)
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text


def test_functions_of_the_page_take_anything(address, caplog):
    token = {"x-footnote-token": httpx.get(f"{address}token").text}
    config = httpx.get(f"{address}config").json()
    [component] = [each["id"] for each in config["components"] if "leant_on" in str(each["props"])]
    for name, sent in FUNCTIONS:
        body = {"data": sent, "fn_name": name, "component_id": component, "session_hash": "x"}
        answer = posted(address, "component_server/", json.dumps(body).encode(), **token)
        assert answer.status_code == 200, name
    assert caplog.records == []


def test_half_a_character_that_is_asked_on_the_page_is_asked_as_a_replacement(new_reader, address):
    reader = new_reader().open(address)
    turn = reader.ask(f"{WHEN} \ud800")
    assert turn.locator(".problem").count() == 0
    assert reader.ask(WHEN).locator(".statement").count() > 0
