"""The page's scripts: modules of their own, at an address that a browser may keep."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import httpx
import pytest

from rag.page.modules import HOME, MODULES, STATIC
from rag.page.strings import ENGLISH

GLOBALS = "Object.getOwnPropertyNames(window).sort()"
MOST_LINES = 400


@pytest.mark.parametrize("name", MODULES)
def test_a_browser_may_keep_a_module_until_one_changes(address, name):
    answer = httpx.get(urljoin(address, f"{HOME}/{name}"))
    assert answer.content == MODULES[name]
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path", [f"{HOME}/nothing.js", f"{HOME}/types.d.ts", f"{HOME}/..%2fcss%2fpage.css", "modules/0/start.js"]
)
def test_nothing_else_is_a_module(address, path):
    assert httpx.get(urljoin(address, path)).status_code == 404


def test_the_page_fetches_each_module_once(reader):
    fetched = [url.partition(f"{HOME}/")[2] for url in reader.requests if HOME in url]
    assert sorted(fetched) == sorted(MODULES)


def test_a_module_shares_names_with_others_by_import_alone(new_reader, address):
    tab = new_reader().open(address).tab
    with_modules = tab.evaluate(GLOBALS)
    context = tab.context.browser.new_context()
    plain = context.new_page()
    plain.route("**/modules/**", lambda route: route.abort())
    plain.goto(address)
    plain.wait_for_selector(".conversation")
    assert set(with_modules) - set(plain.evaluate(GLOBALS)) == set()
    context.close()


def test_modules_are_checked_and_read_without_much_scrolling():
    for name, module in MODULES.items():
        lines = module.decode().splitlines()
        assert lines[0] == "// @ts-check", name
        assert len(lines) <= MOST_LINES, name


def test_scripts_and_templates_name_only_words_that_there_are():
    templates = (path.read_text(encoding="utf-8") for path in (STATIC / "html").iterdir())
    text = "".join([*templates, *(module.decode() for module in MODULES.values())])
    named = set(re.findall(r"\bstrings\.(?!js\b)(\w+)", text))
    assert len(named) > 100
    assert {name for name in named if not hasattr(ENGLISH, name)} == set()
