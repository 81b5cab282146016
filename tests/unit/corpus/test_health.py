"""What is missing or odd in articles, and what is said of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.corpus import advice
from rag.corpus.corrections import FILE, Corrections
from rag.corpus.health import Group, examine
from rag.types import Article, Block

DAY = date(2025, 1, 1)


def article(id_: str, text: str = "", **facts: Any) -> Article:
    whole = Article(id_, f"About {id_}", text or f"Only {id_} says this of the matter.", DAY, "S", "A")
    return replace(whole, **facts)


def test_whole_articles_have_nothing_to_say() -> None:
    found = examine([article("a.md"), article("b.md")])
    assert (found.articles, found.lacking, found.titles, found.lines) == (2, {}, (), ())
    assert list(advice.summary(found)) == list(advice.findings(found)) == []


def test_what_is_lacking_is_counted_by_kind_of_file_with_a_cause_and_the_next_step() -> None:
    articles = [
        *(article(f"news/{n}.html", published=None) for n in range(5)),
        article("a b.pdf", published=None, author=""),
        article("shop.csv#7", published=None),
        article("c.md", source=None),
    ]
    found = examine(articles)
    assert found.lacking["date"] == (
        Group("web pages", 5, ("news/0.html", "news/1.html", "news/2.html")),
        Group("PDF files", 1, ("a b.pdf",)),
        Group("tables", 1, ("shop.csv#7",)),
    )
    assert list(advice.summary(found)) == ["of 8 articles 7 have no date, 1 has no author, 1 has no source"]
    told = [text for subject, text in advice.findings(found) if subject == "date"]
    assert "03/04/2025" in told[0]
    assert "rag set news/0.html --date 2025-04-11" in told[0]
    assert "a PDF says when the file was made" in told[1]
    assert "rag set 'a b.pdf' --date 2025-04-11" in told[1]
    assert 'Name the column under [files."shop.csv".columns] in footnote.toml: date = "..."' in told[2]
    json = advice.as_json(found)
    assert json["lacking"]["date"]["count"] == 7
    assert json["lacking"]["date"]["kinds"][1]["examples"] == ["a b.pdf"]


@pytest.mark.parametrize(
    ("id_", "title", "is_named"),
    [
        ("news/my_article-2.txt", "My article 2", True),
        ("news/my_article-2.txt", "My article", False),
        ("t.csv#7", "T 7", True),
        ("t.jsonl#https://x.example/news/storm-hits.html", "Storm hits", True),
        ("t.csv#7", "Storm", False),
        ("notes #1.md", "Notes #1", True),
    ],
)
def test_titles_that_are_the_names_of_files_are_told(id_: str, title: str, is_named: bool) -> None:
    assert ("title" in examine([article(id_, title=title)]).lacking) == is_named


def test_titles_that_repeat_are_named_but_not_those_of_copies() -> None:
    site = [article(f"{n}.html", title="Yahoo News") for n in range(12)]
    copies = [article(f"c{n}.html", "It rained.", title="Rain") for n in range(12)]
    twice = [article(f"d{n}.html", title="Correction") for n in range(2)]
    found = examine([*site, *copies, *twice])
    assert found.titles == (Group("Yahoo News", 12, ("0.html", "1.html", "2.html")),)
    assert list(advice.summary(found)) == ["12 articles are called “Yahoo News”"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hello {{ user.name }}, it rained.", "{{ user.name }}"),
        ("{% include 'ad.html' %}\nIt rained.", "{% include 'ad.html' %}"),
        ("It rained. <%= date %>", "<%= date %>"),
        ("By ${author} in Rome.", "${author}"),
        ("It cost ${5} or $5, {so}, {{}} and 5% {x}.", None),
    ],
)
def test_code_of_templates_that_was_left_is_named(text: str, code: str | None) -> None:
    found = examine([article("a.html", text), article("b.html", text.replace("rained", "snowed"))])
    assert [group.name for group in found.templates] == ([code] if code else [])


def test_code_that_an_article_shows_as_code_is_no_template() -> None:
    shown = "Write this:\n\n{{ name }}"
    blocks = (Block(0, 11), Block(13, 23, "code"))
    assert examine([article("a.md", shown, blocks=blocks)]).templates == ()
    assert examine([article("a.md", shown, blocks=(Block(0, 11), Block(13, 23)))]).templates


SIGN = "Get the best of it by mail every week."


def test_lines_that_repeat_across_articles_of_one_source_or_folder_are_listed() -> None:
    post = [article(f"x/{n}.md", f"Storm number {n} was strong.\n\n{SIGN}", source="Post") for n in range(4)]
    folder = [
        article(f"y/{n}.md", f"Flood number {n} was deep.\nRead on there", source=None) for n in range(3)
    ]
    few = [article(f"z/{n}.md", f"Frost {n} was hard and long.\n{SIGN}", source="Z") for n in range(2)]
    found = examine([*post, *folder, *few])
    assert found.lines == (
        Group(SIGN, 4, ("x/0.md", "x/1.md", "x/2.md"), "Post", 4),
        Group("Read on there", 3, ("y/0.md", "y/1.md", "y/2.md"), "y", 3),
    )
    assert f"“{SIGN}” stands in 4 articles of Post (and 1 more line)" in list(advice.summary(found))


def test_a_line_longer_than_the_articles_is_listed_too() -> None:
    long = "All that is said here is said by others and " + "for nothing is anybody liable, " * 7 + "ever."
    texts = [f"Storm number {n} was strong. It came over the sea at {n} in the morning." for n in range(4)]
    found = examine([article(f"{n}.md", f"{text}\n\n{long}\n\n{SIGN}") for n, text in enumerate(texts)])
    assert {line.name for line in found.lines} == {long, SIGN}


def test_lines_of_copies_headings_and_short_words_are_not_listed() -> None:
    copy = "It rained on Monday, they said.\nIt snowed on Tuesday, they said.\nThen it was over."
    copies = [article(f"c/{n}.md", copy, source="C") for n in range(6)]
    texts = [f"What it means\n\nStory {n} is of its own.\n\nNo, never." for n in range(6)]
    blocks = (Block(0, 13, "heading", 2), Block(15, len(texts[0])))
    heads = [article(f"h/{n}.md", text, source="H", blocks=blocks) for n, text in enumerate(texts)]
    assert examine([*copies, *heads]).lines == ()


def test_a_line_that_is_to_be_kept_is_not_listed_and_what_is_gone_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        f'[files."."]\nkeep = ["{SIGN}"]\n[articles."gone.md"]\ntitle = "x"\n', encoding="utf-8"
    )
    articles = [article(f"{n}.md", f"Storm number {n} was strong.\n\n{SIGN}") for n in range(4)]
    found = examine(articles, files=["0.md"], corrections=Corrections.read(tmp_path))
    assert (found.lines, found.idle) == ((), ("gone.md",))
    assert list(advice.summary(found)) == ["footnote.toml speaks of gone.md, which is not there"]


def many(count: int) -> Iterator[Article]:
    for number in range(count):
        lines = [
            f"Sentence {line} of article {number} says what nobody else does, at length."
            for line in range(30)
        ]
        yield article(f"n/{number}.html", "\n\n".join([*lines, SIGN]), published=None)


def test_four_thousand_articles_take_less_than_a_second_beyond_reading_them() -> None:
    articles = list(many(4_000))
    started = time.process_time()
    found = examine(articles)
    assert time.process_time() - started < 1.5  # measured 0.5 s; the machine may be busy
    assert found.lines[0].count == 4_000
