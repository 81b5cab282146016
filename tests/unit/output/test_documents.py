"""Answers as documents: numbered footnotes, and everything from articles and questions as text."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import combinations

import pytest
from markdown_it import MarkdownIt

from rag.output.documents import Format, Words, document
from rag.output.documents.markdown import plain
from rag.output.json import as_json
from rag.output.text import as_text
from rag.types import (
    Answer,
    Article,
    Citation,
    Hit,
    Outcome,
    Passage,
    Reading,
    Sentence,
    Side,
    Statement,
    TimeWords,
    Unanswered,
)

MOON = Article(
    id="moon.md",
    title="The Moon",
    text="It is far. It is grey.\n\nIt is old.",
    published=date(1969, 7, 24),
    source="The Register",
    author="Ada",
    url="https://example.org/moon?a=1&b=2",
)
CHEESE = Article(id="cheese.md", title="Cheese", text="It is round. It is not the Moon.")
HOSTILE = (
    "*star* _line_ **both** ~~gone~~",
    "[x](javascript:alert(1)) ![x](https://evil.example/x.png) [x]: javascript:alert(1)",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> </li></ol><!-- &lt; &amp; &#65;",
    "`code` ``` fence",
    "```\nfenced\n```",
    "| a | b |\n|---|---|\n| c | d |",
    "# heading\n## another",
    "heading\n===\n---",
    "- list",
    "+ list",
    "1. list\n2) list",
    "> quoted",
    "    indented",
    "~~~\nfenced",
    "[^1]: a note of its own [^1]",
    "https://evil.example www.evil.example",
    "back\\slash \\* and $math$ and {attribute}",
    "Stop!",
    '" onmouseover="alert(1)" x=\'',
    "\u202egnp.exe",
)


def passage(article: Article) -> Passage:
    ends = [at + 1 for at, mark in enumerate(article.text) if mark == "."]
    starts = [0, *(end + len(re.match(r"\s*", article.text[end:])[0]) for end in ends[:-1])]
    sentences = tuple(Sentence(article, *span) for span in zip(starts, ends, strict=True))
    return Passage(article, 0, len(article.text), sentences)


def said(article: Article, *texts: str) -> Statement:
    whole = passage(article)
    places = [(article.text.index(text), text) for text in texts]
    citations = tuple(Citation(whole, start, start + len(text), text) for start, text in places)
    return Statement(texts[0], citations, "exact")


def near(article: Article) -> Hit:
    return Hit(passage(article), score=0.5, similarity=0.5, bm25=1.0, dense_rank=1, bm25_rank=1)


def written(*outcomes: Outcome, format: Format = "markdown", words: Words | None = None) -> str:
    answers = [as_json(outcome) for outcome in outcomes]
    return document(answers, format, words) if words else document(answers, format)


def hostile(text: str) -> Outcome:
    """Return an answer that is `text` wherever an article or a question can be."""
    article = Article(text, text, text, source=text, author=text, url=f"https://example.org/{text}")
    statement = Statement(text, (Citation(Passage(article, 0, len(text), ()), 0, len(text), text),), "exact")
    side = Side(text, statement)
    return Answer(text, (statement, statement), 0.9, (), short_answer=text, sides=(side, side))


ANSWER = Answer(
    "How is it?",
    (said(MOON, "It is far."), said(CHEESE, "It is round."), said(MOON, "It is far.", "It is grey.")),
    0.9,
    (),
    short_answer="far",
)


def test_markdown_numbers_each_quote_once_and_says_where_it_is_from():
    assert written(ANSWER) == (
        "# How is it?\n\n**far**\n\nIt is far.[^1]\n\nIt is round.[^2]\n\nIt is far.[^1][^3]\n\n"
        "Word for word: every sentence is an exact quote.\n\n"
        "[^1]: “It is far.” [The Moon](<https://example.org/moon?a=1&b=2#:~:text=It%20is%20far.>),"
        " The Register, Ada, 1969-07-24\n"
        "[^2]: “It is round.” Cheese, no date\n"
        "[^3]: “It is grey.” [The Moon](<https://example.org/moon?a=1&b=2#:~:text=It%20is%20grey.>),"
        " The Register, Ada, 1969-07-24\n"
    )


def test_a_conversation_has_a_heading_a_question_and_numbers_that_go_on():
    text = written(ANSWER, replace(ANSWER, question="And now?", short_answer=None))
    assert text.startswith("# Conversation\n\n## How is it?\n")
    assert "\n## And now?\n\nIt is far.[^4]\n" in text
    assert re.findall(r"^\[\^(\d)\]:", text, re.MULTILINE) == list("123456")


def test_a_follow_up_is_shown_as_typed_and_as_understood():
    text = written(
        replace(ANSWER, question="How is the Moon?", reading=Reading("And it?"), short_answer=None)
    )
    assert text.startswith("# And it?\n\nUnderstood as: How is the Moon?\n\nIt is far.[^1]\n")


def test_days_that_were_read_from_a_question_are_named_and_so_is_that_nothing_of_them_answers():
    times = (
        TimeWords(words="in July 1969", since=date(1969, 7, 1), until=date(1969, 7, 31)),
        TimeWords(words="latest", newest=True),
        TimeWords(words="since 2020", since=date(2020, 1, 1), applied=False),
    )
    text = written(replace(ANSWER, reading=Reading(ANSWER.question, times), short_answer=None))
    assert text.startswith(
        "# How is it?\n\n“in July 1969”: from 1969-07-01 until 1969-07-31\n\n"
        "Nothing since 2020 answers, so this is from all articles.\n\nIt is far.[^1]\n"
    )


def test_a_refusal_names_the_closest_passages_three_at_most():
    text = written(Unanswered("Why?", 0.1, (near(MOON), near(CHEESE), near(MOON), near(MOON))))
    assert text == (
        "# Why?\n\nThe articles don't answer this.\n\n"
        "Closest passages, which may be about something else:\n\n"
        "- The Moon[^1]\n- Cheese[^2]\n- The Moon[^1]\n\n"
        "[^1]: “It is far. It is grey. It is old.” [The Moon]"
        "(<https://example.org/moon?a=1&b=2#:~:text=It%20is%20far.%20It%20is%20grey.%20It%20is%20old.>),"
        " The Register, Ada, 1969-07-24\n"
        "[^2]: “It is round. It is not the Moon.” Cheese, no date\n"
    )
    assert written(Unanswered("Why?", 0.1, ())) == "# Why?\n\nThe articles don't answer this.\n"
    missing = written(Unanswered("Why?", 0.1, (), missing_phrases=("green cheese", "{names}")))
    assert missing == "# Why?\n\nNo passage says “green cheese” and “\\{names\\}”.\n"


def test_a_likely_answer_says_so_and_what_it_does_not_mention():
    statements = (said(MOON, "It is far."),)
    assert written(Answer("Why?", statements, 0.3, (), likely=True)).startswith(
        "# Why?\n\nThe articles may not answer this. The closest sentences:\n\nIt is far.[^1]\n\n"
        "Word for word: every sentence is an exact quote.\n\n[^1]: "
    )
    likely = Answer("Why?", statements, 0.3, (), likely=True, missing=("Mars", "red"))
    assert (
        "\nThe articles may not answer this: no sentence quoted here mentions “Mars” or “red”.\n"
        in written(likely)
    )
    assert "no sentence quoted here mentions “Mars” or “red”.</p>" in written(likely, format="html")


def test_an_answer_says_which_name_its_quotes_do_not_mention():
    answer = Answer("Why?", (said(MOON, "It is far."),), 0.9, (), missing=("Mars",))
    first = "No sentence quoted here mentions “Mars”."
    assert written(answer).startswith(f"# Why?\n\n{first}\n\nIt is far.[^1]")
    assert as_text(answer).startswith(f"{first}\n\nIt is far. [1]")


def test_an_article_outside_the_filter_is_named_before_the_quotes():
    article = said(CHEESE, "It is round.").citations[0].article
    likely = Answer("Why?", (said(MOON, "It is far."),), 0.3, (), likely=True, outside=article)
    refusal = Unanswered("Why?", 0.1, (), outside=article)
    for outcome in (likely, refusal):
        assert "\n\nAn article outside the filter answers it: Cheese.\n" in written(outcome)
        assert as_json(outcome)["outside"] == {"article": article.id, "title": "Cheese"}


def test_where_articles_differ_each_value_stands_before_its_sentence():
    sides = (Side("far", said(MOON, "It is far.")), Side("round", said(CHEESE, "It is round.")))
    outcome = Answer("How?", tuple(side.statement for side in sides), 0.9, (), sides=sides)
    assert (
        "The articles give different answers:\n\n- **far** It is far.[^1]\n- **round** It is round.[^2]\n"
        in written(outcome)
    )
    assert '<li dir="auto"><strong><bdi>round</bdi></strong> <bdi>It is round.</bdi>' in written(
        outcome, format="html"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_a_text_letter_by_letter(text):
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    line = " ".join(text.split())
    for before in ("", "- ", "[^9]: "):
        [inline] = [
            token for token in reader.parse(f"{before}{plain(text)} and more") if token.type == "inline"
        ]
        assert {child.type for child in inline.children} == {"text"}
        shown = "".join(child.content for child in inline.children)
        assert shown.removeprefix("[^9]: ") == f"{line} and more"


@pytest.mark.parametrize("text", [*HOSTILE, "“Stop!” she said (twice)", "1. Ten—“or so”—left", "a\u0301(b)c"])
def test_markdown_makes_the_words_that_answer_bold_and_still_shows_every_letter(text):
    article = Article("a", "A", text)
    citation = Citation(Passage(article, 0, len(text), ()), 0, len(text), text)
    seen = set()
    for start, end in combinations(range(0, len(text) + 1, 1 + len(text) // 12), 2):
        statement = Statement(text, (citation,), "exact", highlights=((start, end),))
        tokens = MarkdownIt("commonmark").parse(written(Answer("How?", (statement,), 0.9, ())))
        inline = next(each for each in tokens[3:] if each.type == "inline")
        assert "".join(child.content for child in inline.children) == f"{' '.join(text.split())}[^1]"
        seen |= {child.type for child in inline.children}
    assert seen == {"text", "strong_open", "strong_close"}


@pytest.mark.parametrize(
    ("text", "bold", "expected"),
    [
        ("It cost £225 million.", "£225 million", "It cost **£225 million**.[^1]"),
        ("She said “no” twice.", "“no”", "She said **“no”** twice.[^1]"),
        ("It is 5*5.", "5*5", r"It is **5\*5**.[^1]"),
        ("51,000 left.", "51,000", "**51,000** left.[^1]"),
    ],
)
def test_the_words_that_answer_are_bold_in_markdown_and_in_html(text, bold, expected):
    article = Article("a", "A", text)
    start = text.index(bold)
    citation = Citation(Passage(article, 0, len(text), ()), 0, len(text), text)
    statement = Statement(text, (citation,), "exact", highlights=((start, start + len(bold)),))
    answer = Answer("How?", (statement,), 0.9, ())
    assert f"\n\n{expected}\n\n" in written(answer)
    before, after = text.split(bold)
    assert f"<bdi>{before}<strong>{html.escape(bold)}</strong>{after}</bdi>" in written(answer, format="html")


def test_an_exclamation_mark_does_not_make_an_image_of_the_footnote_after_it():
    assert plain("Stop!") == r"Stop\!"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_markdown_document_holds_no_markup_but_its_own(text):
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(written(hostile(text)))
    assert [token.type for token in tokens if token.type.endswith("_open")] == (
        ["heading_open", *["paragraph_open"] * 2, "bullet_list_open"]
        + ["list_item_open", "paragraph_open"] * 2
        + ["paragraph_open"] * 2
    )
    inside = [child for token in tokens if token.type == "inline" for child in token.children]
    assert {child.type for child in inside} <= {
        "text",
        "strong_open",
        "strong_close",
        "link_open",
        "link_close",
    }
    links = [child.attrs["href"] for child in inside if child.type == "link_open"]
    assert len(links) == 1
    assert links[0].startswith("https://example.org/")


class Outline(HTMLParser):
    """The elements of a page, their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_a_text_letter_by_letter(text):
    page = Outline(written(hostile(text), format="html"))
    plainly = Outline(written(hostile("nothing"), format="html"))
    assert page.tags == plainly.tags
    assert [name for name, _ in page.attributes] == [name for name, _ in plainly.attributes]
    assert page.words.count(text) == len([word for word in plainly.words if word == "nothing"])
    links = {value for name, value in page.attributes if name == "href"}
    assert all(link.startswith(("#note-", "https://example.org/")) for link in links)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<b>", "//example.org", "file:///etc"])
def test_what_is_not_on_the_web_is_no_link(url):
    article = replace(MOON, url=url)
    outcome = Answer("How?", (said(article, "It is far."),), 0.9, ())
    assert "](" not in written(outcome)
    assert f'href="{html.escape(url)}' not in written(outcome, format="html")


def test_html_stands_alone_and_runs_nothing():
    page = written(ANSWER, ANSWER, format="html")
    outline = Outline(page)
    assert not {"script", "link", "img", "iframe", "form"} & set(outline.tags)
    policy = next(value for name, value in outline.attributes if "default-src" in (value or ""))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not [name for name, _ in outline.attributes if name.startswith("on") or name == "src"]
    anchors = {value for name, value in outline.attributes if name == "id"}
    assert anchors == {f"note-{number}" for number in range(1, 7)}
    assert {value for name, value in outline.attributes if (value or "").startswith("#")} == {
        f"#{anchor}" for anchor in anchors
    }


def test_json_is_the_answer_or_the_answers_as_exported():
    assert json.loads(written(ANSWER, format="json")) == as_json(ANSWER)
    assert json.loads(written(ANSWER, ANSWER, format="json")) == [as_json(ANSWER)] * 2


def test_a_document_can_speak_another_language():
    words = Words(language="de", refusal="Die Artikel sagen es nicht.", no_date="ohne Datum")
    page = written(Unanswered("Warum?", 0.1, (near(CHEESE),)), format="html", words=words)
    assert '<html lang="de">' in page
    assert "Die Artikel sagen es nicht." in page
    assert "ohne Datum" in page
