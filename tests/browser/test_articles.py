"""The view of the articles: the table, an article from it, and changes, in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio.utils import get_upload_folder
from playwright.sync_api import expect
from three_articles import APOLLO, HOSTILE, LISTED, SAMPLES, WHEN, ThreeArticles
from web_server import Reply

from rag import build as building
from rag.chat import Chat
from rag.corpus.changed import Changed
from rag.errors import IntakeError
from rag.index.meaning import Meaning
from rag.page.calls.articles import PAGE, table, uploaded
from rag.page.calls.state import EVERY, Older
from rag.settings import Settings
from rag.types import Card

UNTOUCHED = "window.__hacked === undefined"


def card(number: int, **facts: Any) -> Card:
    return replace(
        Card(f"news/{number:03}.md", f"Article {number:03}", date(2026, 1, 1), "BBC", None, None, 100),
        **facts,
    )


def titles(cards: list[Card], **asked: Any) -> list[str]:
    asked = {"search": "", "order": "title", "descending": False, "page": 0} | asked
    return [row["title"] for row in table(cards, **asked)["rows"]]


def test_the_table_is_sorted_with_what_is_empty_last() -> None:
    cards = [
        card(1, published=None, source=None),
        card(2, published=date(2025, 1, 1), source="abc", length=5),
        card(3, title="éclair", source="ABD", length=1000),
    ]
    assert titles(cards) == ["Article 001", "Article 002", "éclair"]
    assert titles(cards, order="published") == ["Article 002", "éclair", "Article 001"]
    assert titles(cards, order="published", descending=True) == ["éclair", "Article 002", "Article 001"]
    assert titles(cards, order="source") == ["Article 002", "éclair", "Article 001"]
    assert titles(cards, order="length", descending=True) == ["éclair", "Article 001", "Article 002"]
    assert titles(cards, order="no such column") == titles(cards)


def test_a_search_finds_the_articles_that_hold_every_word_in_title_source_author_or_id() -> None:
    cards = [card(1, author="Ada Whitlock"), card(2, title="ÉCLAIRS"), card(3, id="food/tea.md", source=None)]
    for search, found in (
        ("ada bbc", ["Article 001"]),
        ("éclair", ["ÉCLAIRS"]),
        ("food/", ["Article 003"]),
        ("article zebra", []),
        ("  ", ["Article 001", "Article 003", "ÉCLAIRS"]),
    ):
        assert titles(cards, search=search) == found


def test_one_page_is_sent_at_a_time() -> None:
    cards = [card(number) for number in range(2 * PAGE + 1)]
    found = table(cards, search="", order="title", descending=False, page=1)
    assert [row["title"] for row in found["rows"]] == [each.title for each in cards[PAGE : 2 * PAGE]]
    assert (found["page"], found["pages"], found["found"], found["total"]) == (1, 3, 101, 101)
    assert titles(cards, page=99) == [cards[-1].title]
    assert titles(cards, page=-1) == titles(cards)


def test_a_row_of_the_table_says_where_the_article_lies_and_whether_it_can_be_removed() -> None:
    cards = [card(1, id="a/b/c.md"), card(2, id="top.md"), card(3, id="a/t.csv#7"), card(4, id="notes #1.md")]
    rows = table(cards, search="", order="title", descending=False, page=0)["rows"]
    assert [row["collection"] for row in rows] == ["a/b", "", "a/t.csv", ""]
    assert [row["is_row"] for row in rows] == [False, False, True, False]


def test_only_a_link_to_the_web_is_sent() -> None:
    cards = [card(1, url="https://bbc.example/1"), card(2, url="javascript:alert(1)")]
    rows = table(cards, search="", order="title", descending=False, page=0)["rows"]
    assert [row["url"] for row in rows] == ["https://bbc.example/1", None]


def test_only_a_file_that_was_uploaded_is_taken_for_one(tmp_path: Path) -> None:
    inside = Path(get_upload_folder()) / "a-test" / "x.txt"
    inside.parent.mkdir(parents=True, exist_ok=True)
    inside.write_text("x", encoding="utf-8")
    outside = tmp_path / "x.txt"
    outside.write_text("secret", encoding="utf-8")
    link = inside.with_name("link.txt")
    link.symlink_to(outside)
    assert uploaded(str(inside)) == inside.resolve()
    for path in (outside, link, inside.parent, inside.with_name("none"), f"{inside.parent}/../../x.txt"):
        with pytest.raises(IntakeError):
            uploaded(str(path))
    link.unlink()
    inside.unlink()


def opened(reader: Any) -> Any:
    """Show the articles and return their column."""
    reader.tab.get_by_role("navigation", name="Views").get_by_role("button", name="Articles").click()
    expect(reader.tab.locator("#articles tbody tr").first).to_be_visible()
    return reader.tab.locator("#articles")


def test_the_table_shows_what_there_is_and_what_could_not_be_read(reader):
    view = opened(reader)
    expect(view.locator(".articles-count")).to_have_text("3 articles")
    rows = view.get_by_role("row")
    expect(rows.nth(1)).to_contain_text(HOSTILE.title)
    expect(rows.nth(2)).to_contain_text("The first landing on the Moon")
    expect(rows.nth(2)).to_contain_text("The Evening Register")
    expect(rows.nth(2).locator("time")).to_have_text("Jul 24, 1969")
    expect(rows.nth(2)).to_contain_text("space")
    expect(rows.nth(3)).to_contain_text("no date")
    view.get_by_text("1 file or row could not be read").click()
    expect(view.locator(".articles-unread li")).to_have_text(
        "odd/<b>.pdf: is encrypted; save a copy without a password"
    )
    expect(reader.tab.locator("#talk")).to_be_hidden()


def test_the_table_is_searched_and_sorted_by_keyboard(reader):
    view = opened(reader)
    view.get_by_role("searchbox").fill("moon rocks")
    expect(view.locator(".articles-count")).to_have_text("1 of 3 articles")
    expect(view.locator(".articles-open")).to_have_text([SAMPLES.title])
    view.get_by_role("searchbox").fill("zebra")
    expect(view.get_by_text("No article has all these words")).to_be_visible()
    view.get_by_role("searchbox").fill("")
    sort = view.get_by_role("button", name="Title", exact=True)
    sort.press("Enter")
    expect(sort).to_be_focused()
    expect(view.get_by_role("columnheader", name="Title")).to_have_attribute("aria-sort", "ascending")
    expect(view.locator(".articles-open").last).to_have_text(SAMPLES.title)
    sort.press("Enter")
    expect(view.locator(".articles-open").first).to_have_text(SAMPLES.title)


def test_a_title_opens_the_article_beside_and_escape_leads_back(reader):
    view = opened(reader)
    title = view.get_by_role("button", name=f"Read the article: {APOLLO.title}")
    title.press("Enter")
    expect(reader.article.locator(".reading-title")).to_be_focused()
    expect(reader.article.locator(".reading-text")).to_contain_text("Buzz Aldrin joined him")
    expect(reader.article.locator("mark")).to_have_count(0)
    expect(reader.article.get_by_role("link")).to_have_attribute("href", APOLLO.url)
    reader.tab.keyboard.press("Escape")
    expect(title).to_be_focused()


def test_the_article_opens_over_a_narrow_screen(new_reader, address):
    reader = new_reader(width=390).open(address)
    view = opened(reader)
    assert reader.tab.evaluate("document.documentElement.scrollWidth") == 390
    title = view.get_by_role("button", name=f"Read the article: {SAMPLES.title}")
    title.click()
    expect(reader.article).to_be_in_viewport()
    reader.tab.get_by_role("button", name="Close").click()
    expect(reader.article).not_to_be_visible()
    expect(title).to_be_focused()


def test_an_article_that_belongs_to_no_answer_is_closed_beside_the_table(reader):
    view = opened(reader)
    title = view.get_by_role("button", name=f"Read the article: {SAMPLES.title}")
    title.click()
    reader.tab.get_by_role("button", name="Close").click()
    expect(reader.article).to_be_hidden()
    expect(title).to_be_focused()
    expect(reader.tab.get_by_role("button", name="Close")).to_be_hidden()


def test_a_listed_article_opens_beside_the_chat_and_leads_to_its_original(reader):
    reader.ask(WHEN)
    entry = reader.ask(LISTED).locator(".entry").first
    expect(entry.get_by_role("link")).to_have_attribute("href", APOLLO.url)
    title = entry.get_by_role("button", name=f"Read the article: {APOLLO.title}")
    title.click()
    expect(reader.article.locator(".reading-text")).to_contain_text("Michael Collins flew")
    expect(reader.article.locator(".walk")).not_to_be_visible()
    reader.tab.keyboard.press("Escape")
    expect(title).to_be_focused()


def test_an_article_that_is_gone_says_so(reader, chat, monkeypatch):
    view = opened(reader)
    left = {id_: article for id_, article in chat.articles.items() if id_ != SAMPLES.id}
    monkeypatch.setattr(chat, "articles", left)  # not delitem, which would put it back at the end
    view.get_by_role("button", name=f"Read the article: {SAMPLES.title}").click()
    expect(reader.article.locator(".reading-note")).to_contain_text("may have been removed")


def test_markup_in_the_table_is_shown_letter_by_letter(reader):
    view = opened(reader)
    title = view.locator(".articles-open").first
    assert title.text_content() == HOSTILE.title
    expect(view.locator("script, img, svg, iframe, b")).to_have_count(0)
    expect(view.get_by_role("row").nth(1).get_by_role("link")).to_have_count(0)
    title.click()
    expect(reader.article.locator(".reading-title")).to_have_text(HOSTILE.title)
    assert reader.tab.evaluate(UNTOUCHED)
    assert reader.tab.evaluate("document.documentElement.scrollWidth") <= 1280


class ManyArticles(ThreeArticles):
    """More articles than one page of the table holds."""

    def cards(self) -> list[Card]:
        return [card(number, published=date(2026, 1, 1) + timedelta(number)) for number in range(120)]


def test_a_long_table_is_leafed_through(new_reader, serve):
    with serve(ManyArticles(), Settings(port=0)) as address:
        reader = new_reader().open(address)
        view = opened(reader)
        expect(view.get_by_text("1 of 3", exact=True)).to_be_visible()
        expect(view.get_by_role("button", name="Previous")).to_be_disabled()
        view.get_by_role("button", name="Next").click()
        expect(view.locator(".articles-open").first).to_have_text("Article 069")
        view.get_by_role("button", name="Next").click()
        expect(view.locator(".articles-open")).to_have_count(20)
        expect(view.get_by_role("button", name="Next")).to_be_disabled()


@pytest.fixture
def own(settings, toy, toy_is_loaded, serve):
    """Serve the page over three short articles, which may be changed; return its address and settings."""
    settings = replace(settings, port=0, private_addresses=True)
    building.build(settings, embedder=toy)
    with serve(Chat.open(settings, toy), settings) as address:
        yield address, settings


@pytest.fixture
def none_yet(settings):
    """Leave no article in the corpus."""
    for path in settings.corpus.iterdir():
        path.unlink()


def choose(view: Any, name: str, text: str) -> None:
    view.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()}]
    )


def test_a_file_is_added_asked_about_removed_and_put_back(new_reader, own):
    address, settings = own
    reader, other = new_reader().open(address), new_reader().open(address)
    view, others = opened(reader), opened(other)
    expect(others.locator(".articles-count")).to_have_text("3 articles")
    choose(view, "cape.txt", "The cape is windy.")
    expect(view.locator(".articles-told li").first).to_have_text("Added cape.txt")
    for each in (view, others):  # whoever looks is told
        expect(each.locator(".articles-doing")).to_contain_text("Up to date")
        expect(each.locator(".articles-count")).to_have_text("4 articles")
    assert (settings.corpus / "added/cape.txt").read_text(encoding="utf-8") == "The cape is windy."

    reader.tab.get_by_role("button", name="Chat", exact=True).click()
    statement = reader.ask("Is the cape windy?").locator(".statement")
    expect(statement).to_contain_text("The cape is windy.")

    view = opened(reader)
    view.get_by_role("button", name="Remove the article: Cape").click()
    expect(view.get_by_role("button", name="Keep")).to_be_focused()
    reader.tab.keyboard.press("Escape")
    away = view.locator("[data-article='added/cape.txt'] .articles-away")
    expect(away).to_be_focused()
    away.press("Enter")
    view.locator(".articles-yes").click()
    expect(view.locator(".articles-told li").first).to_contain_text("Removed added/cape.txt")
    expect(others.locator(".articles-count")).to_have_text("3 articles")
    expect(view.locator(".articles-count")).to_have_text("3 articles")
    assert not (settings.corpus / "added/cape.txt").exists()
    undo = view.get_by_role("button", name="Undo the removal of added/cape.txt")
    expect(undo).to_be_focused()
    undo.press("Enter")
    expect(view.locator(".articles-count")).to_have_text("4 articles")
    expect(view.get_by_role("group", name="Changes")).to_be_focused()
    assert (settings.corpus / "added/cape.txt").exists()


@pytest.mark.parametrize("width", [390, 1024, 1280])
def test_the_question_before_an_article_is_removed_can_be_read(new_reader, address, width):
    view = opened(new_reader(width=width).open(address))
    row = view.locator("[data-article]").nth(1)
    row.locator(".articles-away").click()
    title = row.locator(".articles-open").bounding_box()
    for name in ("Remove", "Keep"):
        button = row.locator("button", has_text=name).bounding_box()
        assert button["height"] < 45  # its word is on one line
        assert button["x"] >= title["x"] + title["width"] or button["y"] >= title["y"] + title["height"]


def test_what_does_not_reach_the_server_is_said_and_asked_for_again(new_reader, own):
    address, _ = own
    reader = new_reader().open(address)
    view = opened(reader)
    count = view.locator(".articles-count")
    expect(count).to_have_text("3 articles")
    reader.tab.route("**/component_server**", lambda route: route.abort())
    box = view.get_by_role("textbox", name="Address of a page, feed or sitemap")
    box.fill("example.org")
    box.press("Enter")
    expect(view.locator(".articles-told li")).to_have_text("Not added https://example.org: could not be sent")
    expect(box).to_have_value("example.org")
    view.get_by_role("searchbox").fill("moon")
    expect(count).to_have_text("That did not work; try again.")
    reader.tab.get_by_role("button", name="New chat").click()
    expect(reader.tab.locator(".welcome")).to_be_visible()
    reader.tab.unroute("**/component_server**")
    reader.tab.get_by_role("navigation", name="Views").get_by_role("button", name="Articles").click()
    expect(count).to_have_text("1 of 3 articles")
    assert [said for said in reader.trouble if "fetch" not in said and "ERR_FAILED" not in said] == []
    reader.trouble.clear()


def test_a_page_is_added_by_its_address(new_reader, own, site):
    address, _ = own
    reader = new_reader().open(address)
    view = opened(reader)
    hostile = "Cape ${window.__hacked=1} {{constructor}} `onerror=alert(1)`"
    story = "<p>The cape is windy and the sea is rough.</p>" * 20
    site.replies["/cape"] = Reply(f"<title>{hostile}</title><article>{story}".encode())
    box = view.get_by_role("textbox", name="Address of a page, feed or sitemap")
    for asked in (f"{site.address}/cape", f"{site.address}/<b>", "javascript:alert(1)"):
        box.fill(asked)
        box.press("Enter")
        expect(box).to_have_value("")
    expect(view.locator(".articles-told li")).to_have_count(3)
    told = view.locator(".articles-told li").all_text_contents()
    assert told[2] == f"Added {site.address}/cape"
    assert told[1] == f"Not added {site.address}/<b>: answers 404 Not Found"
    assert told[0].startswith("Not added https://javascript:alert(1): is not an address")
    expect(view.locator(".articles-count")).to_have_text("4 articles")
    assert view.locator(".articles-open").all_text_contents().count(hostile) == 1
    expect(view.locator("script, img, b")).to_have_count(0)
    assert reader.tab.evaluate(UNTOUCHED)


def test_files_can_be_dropped_and_hostile_names_are_text(new_reader, own):
    address, settings = own
    reader = new_reader().open(address)
    view = opened(reader)
    name = "<img src=x onerror=window.__hacked=1>.txt"
    data = reader.tab.evaluate_handle(
        """name => {
          const data = new DataTransfer();
          data.items.add(new File(["The cape is windy."], name));
          data.items.add(new File(["MZ"], "b.exe"));
          return data;
        }""",
        name,
    )
    view.dispatch_event("dragover", {"dataTransfer": data})
    expect(view).to_have_class(re.compile("dropping"))
    view.dispatch_event("drop", {"dataTransfer": data})
    expect(view.locator(".articles-told li")).to_have_text(
        ["Not added b.exe: is not in a known format (.exe)", f"Added {name}"]
    )
    expect(view.locator(".articles-count")).to_have_text("4 articles")
    [file] = [each.name for each in (settings.corpus / "added").iterdir()]
    assert re.fullmatch(r"[\w.=-]+\.txt", file)
    expect(view.locator("script, img, b")).to_have_count(0)
    assert reader.tab.evaluate(UNTOUCHED)


def test_what_articles_lack_is_said_and_leads_to_them(reader):
    view = opened(reader)
    lacking = view.get_by_role("group", name="What articles lack")
    expect(lacking).to_have_text("1 of 3 articles has no date · 1 has no author")
    button = lacking.get_by_role("button", name="1 of 3 articles has no date")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    expect(view.locator(".articles-count")).to_have_text("1 of 3 articles")
    expect(view.locator(".articles-open")).to_have_text([SAMPLES.title])
    button.press("Enter")
    expect(view.locator(".articles-count")).to_have_text("3 articles")


@pytest.fixture
def odd_ones(settings):
    """Five more articles: one title, two lines in all, code of a template."""
    seen = (
        "The fair was in {{ town }}.",
        "It rained all day.",
        "The bridge is shut.",
        "A pig ran.",
        "It rose.",
    )
    for number, text in enumerate(seen):
        (settings.corpus / f"n{number}.html").write_text(
            f"<title>Daily News</title><article><h1>Daily News</h1><p>{text} Nobody of the village had seen"
            f" the like of it for some {number + 3} years, they said.</p><p>The mayor was there, too.</p>"
            f"<p>It cost {number + 3} crowns.</p><p>Sign up here for our letter.</p></article>",
            encoding="utf-8",
        )
    (settings.corpus / "footnote.toml").write_text('[articles."gone.md"]\ntitle = "<b>"\n', encoding="utf-8")


@pytest.mark.usefixtures("odd_ones")
def test_what_is_odd_in_the_articles_is_listed_and_leads_to_them(own, new_reader):
    view = opened(new_reader().open(own[0]))
    view.get_by_text("5 things in the articles look odd").click()
    expect(view.locator(".articles-odd li")).to_have_text(
        [
            "5 articles are called “Daily News”.",
            "Code of a template is left in n0.html: {{ town }}",
            "“Sign up here for our letter.” is left out of 5 of 8 articles of the top folder as page"
            " furniture; footnote.toml can keep it.",
            "“The mayor was there, too.” stands in 5 of 8 articles of the top folder; footnote.toml can"
            " drop it, or keep it and say so.",
            "footnote.toml speaks of gone.md, which is not there.",
        ]
    )
    view.get_by_role("button", name="5 articles are called “Daily News”.").click()
    expect(view.locator(".articles-count")).to_have_text("5 of 8 articles")


def test_facts_of_an_article_are_corrected_and_the_correction_is_taken_back(new_reader, own):
    address, settings = own
    reader = new_reader().open(address)
    view = opened(reader)
    file = (settings.corpus / "tea.md").read_text(encoding="utf-8")
    edit = view.get_by_role("button", name="Edit facts: Tea")
    edit.press("Enter")
    form = view.get_by_role("form", name="Edit facts: Tea")
    expect(form.get_by_label("Title")).to_be_focused()
    reader.tab.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(edit).to_be_focused()
    edit.press("Enter")
    form.get_by_label("Date").fill("2025-04-11")
    form.get_by_label("Author").fill("<b>Ada</b>")
    form.get_by_label("Web address").fill("https://tea.example/")
    form.get_by_role("button", name="Save").click()
    row = view.locator("[data-article='tea.md']")
    expect(row.locator("time")).to_have_text("Apr 11, 2025", timeout=60_000)
    expect(view.locator(".articles-told li").first).to_have_text("Corrected tea.md")
    expect(row.get_by_role("link")).to_have_attribute("href", "https://tea.example/")
    expect(view.locator("script, img, b")).to_have_count(0)
    assert (settings.corpus / "tea.md").read_text(encoding="utf-8") == file
    view.get_by_role("button", name="Edit facts: Tea").click()
    expect(form.get_by_label("Author")).to_have_value("<b>Ada</b>")
    form.get_by_label("Date").fill("")
    form.get_by_label("Web address").fill("javascript:alert(1)")
    form.get_by_role("button", name="Save").click()
    expect(view.locator(".articles-told li").first).to_contain_text(
        "Not done tea.md: url is javascript:alert(1)"
    )
    view.get_by_role("button", name="Edit facts: Tea").click()
    form.get_by_label("Date").fill("")
    form.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("no date", timeout=60_000)


def test_a_folder_that_changed_since_the_index_was_built_is_said_in_both_views(new_reader, serve):
    chat = ThreeArticles()
    chat.since = Changed(added=("a.md", "b.md"), changed=("c.md",), removed=("d.md",))
    with serve(chat, Settings(port=0)) as address:
        reader = new_reader().open(address)
        words = (
            "3 files were added or changed and 1 file was removed since the index was built; run “rag build”."
        )
        expect(reader.tab.locator("#older")).to_have_text(words)
        expect(opened(reader).locator(".articles-older")).to_have_text(words)


def test_how_far_search_by_meaning_is_stands_above_the_question(new_reader, serve):
    chat = ThreeArticles()
    chat.meaning = Meaning(0.129, True, 1190.0)
    with serve(chat, Settings(port=0)) as address:
        reader = new_reader().open(address)
        line = reader.tab.locator("#older")
        expect(line).to_have_text("Meaning search: 12%, about 20 minutes left.")
        for meaning, words in (
            (Meaning(0.5, True, 5.0), "Meaning search: 50%, less than a minute left."),
            (Meaning(0.5, True), "Meaning search: 50%, being prepared."),
            (Meaning(0.5, False), "Meaning search: 50%, go on with “rag build”."),
        ):
            chat.meaning = meaning
            expect(line).to_have_text(words, timeout=60_000)
        chat.meaning = None
        expect(line).to_be_hidden(timeout=60_000)


def test_the_folder_is_looked_at_once_a_minute_and_not_while_it_is_being_changed() -> None:
    chat, now, busy = ThreeArticles(), [0.0], [False]
    any_chat: Any = chat
    older = Older(lambda: any_chat, is_busy=lambda: busy[0], clock=lambda: now[0])
    assert older.older(None) == {"newer": 0, "removed": 0, "meaning": None}
    chat.since = Changed(added=("a.md",))
    assert older.older(None)["newer"] == 0
    now[0] = EVERY
    assert older.older(None)["newer"] == 1
    busy[0] = True
    assert older.older(None)["newer"] == 0
    busy[0], chat.since, chat.snapshot = False, Changed(), "2"
    assert older.older(None)["newer"] == 0


def test_where_nothing_may_be_changed_there_are_no_controls_and_calls_are_refused(new_reader, serve):
    with serve(ThreeArticles(), Settings(port=0, edit="nobody")) as address:
        view = opened(new_reader().open(address))
        expect(view.locator("form")).to_be_hidden()
        expect(view.get_by_role("button", name=re.compile("Remove"))).to_have_count(0)
        config = httpx.get(f"{address}config", trust_env=False).json()
        [component] = [each["id"] for each in config["components"] if "may_change" in str(each)]
        token = {"x-footnote-token": httpx.get(f"{address}token", trust_env=False).text}
        for name, status in (("news", 200), ("remove_article", 404), ("correct_article", 404)):
            asked = {"data": "moon.md", "fn_name": name, "component_id": component, "session_hash": "x"}
            found = httpx.post(
                f"{address}gradio_api/component_server/", json=asked, headers=token, trust_env=False
            )
            assert found.status_code == status, name
        sent = {"files": ("x.txt", b"x")}
        found = httpx.post(f"{address}gradio_api/upload", files=sent, headers=token, trust_env=False)
        assert found.status_code == 404


def test_a_page_of_another_site_can_change_nothing(address):
    asked = {"data": "https://evil.example", "fn_name": "add_address", "component_id": 1, "session_hash": "x"}
    for headers in (
        {"Origin": "https://evil.example"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ):
        found = httpx.post(
            f"{address}gradio_api/component_server/", json=asked, headers=headers, trust_env=False
        )
        assert found.status_code == 403


@pytest.mark.usefixtures("none_yet")
def test_articles_are_begun_with_on_the_page(own, new_reader) -> None:
    address, _ = own
    reader = new_reader().open(address)
    expect(reader.tab.locator(".welcome-summary")).to_contain_text("No articles yet")
    expect(reader.ask("What is coffee brewed from?").locator(".refusal")).to_be_visible()
    reader.tab.get_by_role("button", name="New chat").click()
    reader.tab.get_by_role("button", name="Articles", exact=True).click()
    view = reader.tab.locator("#articles")
    choose(view, "coffee.md", "Coffee is brewed from roasted beans.")
    expect(view.get_by_role("button", name="Read the article: Coffee")).to_be_visible()
    reader.tab.get_by_role("button", name="Chat", exact=True).click()
    expect(reader.tab.locator(".welcome-summary")).to_have_text("1 article, 1 passage")
    turn = reader.ask("What is coffee brewed from?")
    expect(turn.locator(".statement")).to_contain_text("Coffee is brewed from roasted beans.")
    assert reader.trouble == []
