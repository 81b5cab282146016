"""The command line: clear lines, exit statuses, JSON that programs can rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from web_server import Reply, Site

from rag.retrieval import rerank
from rag.settings import Settings


def test_build_says_what_it_did_and_what_it_could_not_read(rag, settings: Settings) -> None:
    (settings.corpus / "broken.pdf").write_bytes(b"nothing")
    status, out, _ = rag("build")
    assert status == 0
    assert "3 articles, 4 passages (4 embedded, 0 unchanged)" in out
    assert "not read: broken.pdf" in out
    assert "is up to date: 3 articles, 4 passages" in rag("build")[1]


def test_add_and_remove_change_the_articles_and_the_index(rag, tmp_path: Path) -> None:
    rag("build")
    (tmp_path / "cape.txt").write_text("The cape is windy.", encoding="utf-8")
    status, out, _ = rag("add", str(tmp_path / "cape.txt"))
    assert status == 0
    assert out.startswith("  added: added/cape.txt\n1 added\n")
    assert "4 articles, 5 passages (1 embedded, 4 unchanged)" in out
    assert "The cape is windy. [1]" in rag("ask", "Is the cape windy?")[1]
    status, out, _ = rag("remove", "added/cape.txt")
    assert status == 0
    assert "removed: added/cape.txt; its file is now" in out
    assert "3 articles, 4 passages" in out
    assert rag("remove", "added/cape.txt")[0] == 1


def test_add_names_what_it_could_not_add_and_goes_on(rag, tmp_path: Path) -> None:
    (tmp_path / "cape.txt").write_text("The cape is windy.", encoding="utf-8")
    things = [str(tmp_path / "cape.txt"), str(tmp_path / "none.txt"), str(tmp_path / "cape.txt")]
    status, out, _ = rag("add", "--no-build", *things, "http://127.0.0.1:1/", "ftp://example.org/x")
    assert status == 1
    assert out.splitlines() == [
        "  added: added/cape.txt",
        f"  not added: {tmp_path}/none.txt is not there",
        "  unchanged: added/cape.txt",
        "  not added: http://127.0.0.1:1/ leads to 127.0.0.1, which is not a public address;"
        " whoever starts the program may allow such with RAG_PRIVATE_ADDRESSES=1",
        "  not added: ftp://example.org/x is or leads to an address of another kind;"
        " only http and https are spoken",
        "1 added, 1 already there, 3 not added",
    ]


def test_add_fetches_the_pages_of_a_feed(rag, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_PRIVATE_ADDRESSES", "1")
    site.replies["/feed"] = Reply(b"<rss><channel><item><link>/cape</link></item></channel></rss>")
    site.replies["/cape"] = Reply(b"<title>Cape</title><article>" + b"<p>The cape is windy.</p>" * 20)
    status, out, _ = rag("add", f"{site.address}/feed")
    assert status == 0
    assert out.startswith("  added: added/cape-")
    assert "4 articles" in out


def test_ask_prints_sentences_with_numbers_and_their_sources(rag) -> None:
    rag("build")
    status, out, _ = rag("ask", "What is Bread baked from?")
    assert status == 0
    assert out.startswith("flour and water\n\nBread is baked from flour and water. [1]\n")
    assert "[1] Bread, no date  bread.md" in out
    assert "\n    Matches “Bread”, “baked”; close in meaning; 1st by words, 1st by meaning.\n" in out


def test_ask_says_how_words_of_time_were_read_and_what_relative_days_count_from(
    rag, settings: Settings
) -> None:
    for day, text in (("01", "Moon mist was seen on Wednesday."), ("20", "Moon dust was found.")):
        (settings.corpus / f"new{day}.md").write_text(
            f"---\ntitle: Moon news\ndate: 2026-04-{day}\n---\n{text}", encoding="utf-8"
        )
    rag("build")
    out = rag("ask", "In articles from 2026-04-01, moon mist seen lately now")[1]
    read = "(from 2026-04-01: published between 2026-04-01 and 2026-04-01)\n(now: newer articles first)\n"
    assert out.startswith(read)
    assert (
        "Moon mist was seen on Wednesday. [1]\n    “Wednesday”: the article is from Wednesday, 1 April 2026\n"
    ) in out
    as_typed = rag("ask", "--as-typed", "In articles from 2026-04-01, moon mist now")[1]
    assert "Moon mist was seen on Wednesday." in as_typed
    assert not as_typed.startswith("(")


def test_ask_prints_a_refusal_with_the_closest_passages(rag) -> None:
    rag("build")
    status, out, _ = rag("ask", "Zorblax quuxes?")
    assert status == 0
    assert out.startswith(
        "The articles don't answer this: no passage that was found mentions “Zorblax” or “quuxes”. "
    )


def test_ask_names_the_phrase_that_no_passage_says(rag) -> None:
    rag("build")
    _, out, _ = rag("ask", 'Is there a "rye bread" and “malt”?')
    assert out.startswith("No passage says “rye bread” and “malt”. Closest passages:\n")


def test_ask_says_where_else_an_article_stands(rag, settings: Settings) -> None:
    moon = (settings.corpus / "moon.md").read_text(encoding="utf-8")
    for number in range(1, 6):
        copy = moon.replace("2026-03-01", f"2026-03-1{number}\nsource: Paper {number}")
        (settings.corpus / f"moon{number}.md").write_text(copy, encoding="utf-8")
    rag("build")
    shown = (
        "    also in The Moon, Paper 1, 11 March 2026; The Moon, Paper 2, 12 March 2026;"
        " The Moon, Paper 3, 13 March 2026, and 2 more\n"
    )
    answered = rag("ask", "What is the distance of the Moon?")[1]
    assert f"[1] The Moon, 1 March 2026  moon.md:0-76\n{shown}" in answered
    assert f"  The Moon, 1 March 2026\n{shown}" in rag("ask", 'Moon "zorblax"')[1]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--since", "2026", "--until", "2026-03"], {"moon.md"}),
        (["--article", "tea.md", "--article", "bread.md"], {"tea.md", "bread.md"}),
        (["--source", "the post"], {"sky/stars.md"}),
        (["--author", "ada", "--author", "nobody"], None),
        (["--collection", "sky"], {"sky/stars.md"}),
    ],
)
def test_ask_looks_only_into_articles_that_pass_the_filter(rag, settings: Settings, options, found) -> None:
    (settings.corpus / "sky").mkdir()
    (settings.corpus / "sky" / "stars.md").write_text(
        "---\ntitle: Stars\nsource: The Post\nauthor: Ada\n---\nStars are suns.", encoding="utf-8"
    )
    rag("build")
    status, out, err = rag("ask", "--json", "What is the Moon?", *options)
    if found is None:
        assert (status, err) == (1, "rag: no author nobody; known are Ada\n")
    else:
        assert {each["article"] for each in json.loads(out)["closest"]} == found


def test_ask_json_prints_one_object(rag) -> None:
    rag("build")
    found = json.loads(rag("ask", "--json", "What is Bread baked from?")[1])
    assert found["answered"] is True
    assert found["statements"][0]["citations"][0]["quote"] == "Bread is baked from flour and water."


def test_ask_json_reads_a_question_a_line_and_prints_an_object_a_line(rag) -> None:
    rag("build")
    status, out, _ = rag("ask", "--json", "-", lines="What is Bread baked from?\n\nZorblax?\n" + "x" * 2000)
    found = [json.loads(line) for line in out.splitlines()]
    assert [each.get("answered") for each in found] == [True, False, None]
    assert found[2]["error"].startswith("the question has 2000 characters")
    assert status == 1


def test_lines_are_follow_ups_only_in_a_conversation(rag) -> None:
    rag("build")
    lines = "What is Bread baked from?\nHow is it baked?"
    apart = [json.loads(line)["question"] for line in rag("ask", "--json", "-", lines=lines)[1].splitlines()]
    assert apart == ["What is Bread baked from?", "How is it baked?"]
    out = rag("ask", "--conversation", "-", lines=lines)[1]
    assert out.count("Understood as:") == 1
    assert "Understood as: How is Bread baked?\n\n" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask", "What?"), "no index in"),
        (("ask", "What?", "--since", "March"), "since March is not a date; write 2026,"),
        (("ask", "What?", "--since", "2026", "--until", "2025"), "since 2026 is after until 2025"),
        (("build", "--corpus", "nowhere"), "no folder nowhere"),
        (("serve", "--port", "70000"), "RAG_PORT=70000 is outside 0 to 65535"),
    ],
)
def test_what_a_reader_can_put_right_is_one_line_and_status_1(rag, arguments, message: str) -> None:
    status, out, err = rag(*arguments)
    assert (status, out) == (1, "")
    assert err.startswith(f"rag: {message}")
    assert err.count("\n") == 1


def test_doctor_is_content_with_a_fresh_index_and_names_a_stale_one(rag, settings: Settings) -> None:
    assert rag("doctor")[0] == 1
    rag("build")
    status, out, _ = rag("doctor")
    assert status == 0
    assert "3 articles, 4 passages" in out
    (settings.corpus / "tea.md").write_text("Changed.", encoding="utf-8")
    (settings.corpus / "new.md").write_text("New.", encoding="utf-8")
    (settings.corpus / "moon.md").unlink()
    status, out, _ = rag("doctor")
    assert status == 1
    assert "files since the build: 1 added, 1 changed, 1 removed" in out


def test_doctor_names_the_reranker_where_one_is_set(rag, tmp_path, monkeypatch) -> None:
    rag("build")
    assert "ok  reranker" not in rag("doctor")[1]
    monkeypatch.setattr(rerank, "fingerprint", lambda name, folder: "123abc")
    monkeypatch.setenv("RAG_RERANKER", str(tmp_path))
    assert f"ok  reranker   {tmp_path}, SHA-256 of its weights 123abc" in rag("doctor")[1]
    monkeypatch.setenv("RAG_RERANKER", "no-such-reranker")
    status, out, _ = rag("doctor")
    assert (status, "!!  reranker   no model no-such-reranker on this machine" in out) == (1, True)


def test_doctor_finds_a_damaged_file(rag, settings: Settings) -> None:
    rag("build")
    [sentences] = settings.index.rglob("sentences.npy")
    content = bytearray(sentences.read_bytes())
    content[-1] ^= 1
    sentences.write_bytes(content)
    status, out, _ = rag("doctor")
    assert status == 1
    assert "damaged: sentences.npy" in out


def test_ask_writes_a_document_with_footnotes(rag) -> None:
    rag("build")
    status, out, _ = rag("ask", "--format", "markdown", "What is Bread baked from?")
    assert status == 0
    answer = "**flour and water**\n\nBread is baked from **flour and water**.[^1]\n"
    assert out.startswith(f"# What is Bread baked from?\n\n{answer}")
    assert out.endswith("[^1]: “Bread is baked from flour and water.” Bread, no date\n")
    assert rag("ask", "--format", "html", "Bread?")[1].startswith("<!doctype html>")
    assert rag("ask", "--format", "json", "Bread?") == rag("ask", "--json", "Bread?")


def test_ask_writes_one_document_of_all_the_questions_that_it_reads(rag) -> None:
    rag("build")
    lines = "What is Bread baked from?\nZorblax?\n" + "x" * 2000
    status, out, err = rag("ask", "--format", "markdown", "-", lines=lines)
    assert status == 1
    assert err.startswith("the question has 2000 characters")
    assert [line for line in out.splitlines() if line.startswith("#")] == [
        "# Conversation",
        "## What is Bread baked from?",
        "## Zorblax?",
    ]


def test_build_names_what_was_read_in_part(rag, settings: Settings) -> None:
    (settings.corpus / "n.csv").write_text("title,text,when\nT,It rained all day.,2024-12-25\n", "utf-8")
    status, out, _ = rag("build")
    assert status == 0
    assert "  read in part: n.csv: “when” looks like dates and is not used; name it date\n" in out


def test_set_corrects_facts_that_stay_and_takes_them_back(rag, settings: Settings) -> None:
    rag("build")
    file = (settings.corpus / "tea.md").read_text(encoding="utf-8")
    status, out, _ = rag("set", "tea.md", "--date", "2025-04-11", "--title", "Green tea", "--author", "Ada")
    assert status == 0
    assert out.startswith(f"  corrected in {settings.corpus}/footnote.toml: tea.md\n")
    assert "3 articles, 4 passages" in out
    assert rag("set", "tea.md") == (0, "  title: Green tea\n  date: 2025-04-11\n  author: Ada\n", "")
    assert "Green tea, 11 April 2025" in rag("ask", "What is tea made from?", "--author", "ada")[1]
    assert (settings.corpus / "tea.md").read_text(encoding="utf-8") == file
    assert "is up to date" in rag("build")[1]
    rag("set", "tea.md", "--date", "", "--title", "", "--author", "")
    assert not (settings.corpus / "footnote.toml").exists()
    assert rag("set", "tea.md") == (0, "  nothing is corrected of tea.md\n", "")
    assert "Tea, no date" in rag("ask", "What is tea made from?")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("moons.md", "--date", "2025-04-11"), "no file moons.md; did you mean moon.md?"),
        (("tea.md", "--date", "last week"), "date is last week, which is no date; write 2025-04-11"),
        (("tea.md", "--url", "tea"), "url is tea, which is no address of the web; write https://..."),
    ],
)
def test_set_refuses_what_cannot_be_right(rag, arguments, message: str) -> None:
    assert rag("set", *arguments) == (1, "", f"rag: {message}\n")


def test_a_mistake_in_footnote_toml_stops_the_build_and_is_named(rag, settings: Settings) -> None:
    rag("build")
    (settings.corpus / "footnote.toml").write_text('[files."."]\nsorce = "S"\n', encoding="utf-8")
    status, _, err = rag("build")
    assert status == 1
    assert err.endswith('"." has sorce, which is unknown; did you mean source?\n')
    assert "The Moon" in rag("ask", "What orbits the Earth?")[1]


def test_build_sums_up_what_articles_lack_and_doctor_says_what_to_do(rag, settings: Settings) -> None:
    (settings.corpus / "footnote.toml").write_text('[articles."gone.md"]\ntitle = "x"\n', encoding="utf-8")
    (settings.corpus / "broken.pdf").write_bytes(b"nothing")
    out = rag("build")[1]
    assert "\n  of 3 articles 2 have no date, " in out
    assert "\n  footnote.toml speaks of gone.md, which is not there\n" in out
    assert out.endswith("  why, and what to do about it: rag doctor\n")
    (settings.corpus / "broken.pdf").unlink()
    rag("build")
    status, out, _ = rag("doctor")
    assert status == 0
    assert (
        "\n--  date       of 3 articles 2 have no date, from Markdown files, such as bread.md, tea.md: "
        in out
    )
    status, out, _ = rag("doctor", "--json")
    found = json.loads(out)
    assert (status, found["good"]) == (0, True)
    assert found["health"]["lacking"]["date"]["count"] == 2
    assert found["health"]["corrections_without_article"] == ["gone.md"]
    assert {name: found["findings"][0][name] for name in ("subject", "good")} == {
        "subject": "python",
        "good": True,
    }


def test_ask_says_in_a_line_that_the_folder_changed_since_the_build(rag, settings: Settings) -> None:
    rag("build")
    assert rag("ask", "What is Bread baked from?")[2] == ""
    (settings.corpus / "tea.md").write_text("Tea is drunk hot.", encoding="utf-8")
    (settings.corpus / "new.md").write_text("New.", encoding="utf-8")
    (settings.corpus / "moon.md").unlink()
    status, out, err = rag("ask", "--json", "What is Bread baked from?")
    assert (status, json.loads(out)["answered"]) == (0, True)
    assert err == (
        "rag: 2 files were added or changed and 1 was removed since the index was built; run rag build\n"
    )
    rag("build")
    assert rag("ask", "What is Bread baked from?")[2] == ""


def test_an_index_is_asked_without_its_articles_and_from_another_folder(
    rag, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rag("build")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.md").write_text("It rained.", encoding="utf-8")
    for folder in ("none", "other"):
        monkeypatch.setenv("RAG_CORPUS", str(tmp_path / folder))
        assert rag("ask", "What is Bread baked from?")[2] == ""


def test_serve_says_what_it_loads_until_the_page_is_ready(rag, monkeypatch) -> None:
    from rag import page

    monkeypatch.setattr(page, "launch", lambda *_, announce, **__: announce("Footnote is ready"))
    rag("build")
    status, out, err = rag("serve")
    assert (status, out) == (0, "Footnote is ready\n")
    assert err.startswith("Opening the index in ")
    assert "Loading the page over 3 articles, 4 passages …" in err
