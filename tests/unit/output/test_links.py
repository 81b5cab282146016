"""The link that opens the original at a quote."""

from __future__ import annotations

import pytest

from rag.output.links import is_web_address, original

PAGE = "https://example.org/a?b=1&c=2"


def test_a_quote_is_looked_for_word_for_word_with_the_marks_of_a_text_fragment_encoded():
    assert original(PAGE, "A well-known name, R&D:\n100% “so” #1/2?") == (
        f"{PAGE}#:~:text=A%20well%2Dknown%20name%2C%20R%26D%3A%20100%25%20%E2%80%9Cso%E2%80%9D%20%231%2F2%3F"
    )


def test_of_a_long_quote_its_first_and_last_words_are_looked_for():
    said = " ".join(str(number) for number in range(1, 22))
    assert original(PAGE, said) == (
        f"{PAGE}#:~:text=1%202%203%204%205%206%207%208,14%2015%2016%2017%2018%2019%2020%2021"
    )
    assert "," not in str(original(PAGE, said.removeprefix("1 ")))


def test_a_link_that_names_a_part_of_its_page_keeps_it():
    assert original("https://example.org/a#b", "c") == "https://example.org/a#b:~:text=c"


def test_half_a_character_does_not_stop_the_link():
    assert original(PAGE, "a \ud83d b") == f"{PAGE}#:~:text=a%20%3F%20b"


def test_without_a_quote_it_is_the_address_itself():
    assert original(PAGE) == PAGE


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", None])
def test_what_could_run_code_is_no_link(url):
    assert original(url, "a quote") is None


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https:alert", False),
        ("http://[::1", False),
        ("//example.org", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url, safe):
    assert is_web_address(url) is safe
