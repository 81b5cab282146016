"""One reader a format: bytes to Articles."""

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from written_files import docx, epub, pdf

from rag.corpus import formats
from rag.corpus.formats import foreign
from rag.corpus.formats.html import saved
from rag.errors import ReadingError
from rag.index.lexical import Analyzer
from rag.types import Article, Block

ARTICLES = Path(__file__).parents[4].parent / "shared" / "articles"


def only(content, id):
    """Return the one article of a file; raise when it cannot be read."""
    (article,) = formats.articles(content.encode() if isinstance(content, str) else content, id)
    if isinstance(article, ReadingError):
        raise article
    return article


def reason(content, id):
    with pytest.raises(ReadingError) as error:
        only(content, id)
    return str(error.value)


class TestText:
    def test_the_first_line_is_the_title_and_is_not_repeated(self):
        assert only("Storm hits coast\n\nA storm hit the coast.\n", "news/a.txt") == Article(
            id="news/a.txt", title="Storm hits coast", text="A storm hit the coast."
        )

    def test_lone_lines_at_the_top_are_facts_and_leave_the_text(self):
        text = (
            "English\n\nStorm hits coast\nBy Jane Doe and John Smith\n14 August 2025\nhttps://daily.example/storm\n"
            "Source: The Daily\n\nA storm hit the coast.\n"
        )
        assert only(text, "a.txt") == Article(
            id="a.txt",
            title="Storm hits coast",
            text="A storm hit the coast.",
            published=date(2025, 8, 14),
            source="The Daily",
            author="Jane Doe and John Smith",
            url="https://daily.example/storm",
            language="en",
        )

    @pytest.mark.parametrize("line", ["14 August 2025", "Published: 2025-08-14", "August 14, 2025"])
    def test_a_lone_date_line_is_the_publication_date(self, line):
        assert only(f"Storm hits coast\n{line}\n\nIt rained.", "a.txt").published == date(2025, 8, 14)

    def test_a_date_that_may_be_two_days_is_none_and_stays_in_the_text(self):
        article = only("Storm hits coast\n\n03/04/2025\n\nIt rained.", "a.txt")
        assert (article.published, article.text) == (None, "03/04/2025\n\nIt rained.")

    def test_a_date_in_prose_is_no_publication_date(self):
        assert only("Storm\n\nOn 14 August 2025 it rained.\n\n14 August 2025", "a.txt").published is None

    @pytest.mark.parametrize(
        "text",
        [
            "It rained all day on the coast.\n\nIt stopped.",
            "Roses are red\nViolets are blue\nSugar is sweet",
            "Rain",
            "It rained on the coast and\nin the hills, where two people died in a flood.",
            "Jo: Good day. Ilse is here. Welcome!\n\nIlse: Good day.",
            f"Did it rain on {'the hills and ' * 6}the coast?\n\nIt did.",
            "It rained in 1868. #weather #arn\n\nIt stopped.",
        ],
        ids=[
            *("prose", "verse", "one line", "a sentence over two lines", "sentences", "a long question"),
            "tags behind a sentence",
        ],
    )
    def test_without_a_headline_the_file_gives_its_name(self, text):
        assert only(text, "my_article-2.txt") == Article(
            id="my_article-2.txt", title="My article 2", text=text
        )

    @pytest.mark.parametrize("title", ["Did it rain?", "Rain on the coast. Will it last?", "Rain! #weather"])
    def test_a_short_question_is_a_headline(self, title):
        assert only(f"{title}\n\nIt rained all day.", "a.md").title == title

    def test_hard_wrapped_paragraphs_are_joined(self):
        text = (
            "Storm hits coast\n\n"
            "A storm hit the northern coast on Thursday, tearing roofs off houses\n"
            "and cutting power to 12,000 homes, officials of the county said when\n"
            "they met.\n\n"
            "Repairs will take weeks.\n"
        )
        assert only(text, "a.txt").text == (
            "A storm hit the northern coast on Thursday, tearing roofs off houses and cutting power to "
            "12,000 homes, officials of the county said when they met.\n\nRepairs will take weeks."
        )

    def test_a_heading_right_above_a_wrapped_paragraph_stays_on_its_own_line(self):
        text = (
            "What happens next to the towns of the northern\n"
            "A storm hit the northern coast on Thursday, tearing roofs off\n"
            "houses, officials of the county said when they met in the\n"
            "evening.\n"
        )
        assert only(text, "a.txt") == Article(
            id="a.txt",
            title="What happens next to the towns of the northern",
            text=(
                "A storm hit the northern coast on Thursday, tearing roofs off houses, officials of the "
                "county said when they met in the evening."
            ),
        )

    @pytest.mark.parametrize(
        "lines",
        [
            "- the first of the things that were taken from it\n- the second of the things that were taken",
            "Shall I compare thee to a summer’s day?\nThou art more lovely and more temperate:",
            "What next\nand then",
            "The first paragraph of the article is one line.\nThe second one also is a single line of it.",
        ],
        ids=["list", "verse", "headings", "paragraphs"],
    )
    def test_separate_lines_stay_separate(self, lines):
        assert only(f"Storm\n\nIt rained.\n\n{lines}", "a.txt").text == f"It rained.\n\n{lines}"

    def test_the_same_bytes_give_the_same_article(self):
        content = "Storm\n\nIt “rained”.".encode("cp1252")
        assert only(content, "a.txt") == only(content, "a.txt")

    @pytest.mark.parametrize("content", ["", " \n\u200b\n", "Loading\n", "14 August 2025"])
    def test_an_empty_article_holds_no_text(self, content):
        assert reason(content, "a.txt") == "holds no text"

    @pytest.mark.skipif(not ARTICLES.exists(), reason=f"needs the two articles in {ARTICLES}")
    @pytest.mark.parametrize(
        ("name", "title", "first", "last", "caption"),
        [
            (
                "000_4f46b75f769ee47e.txt",
                "UK Defence Secretary John Healey pledges troops on the ground in Ukraine",
                "On the morning of the Alaska summit",
                "at the earliest possible opportunity.",
                "[Photo by Simon Dawson/No 10 Downing Street",
            ),
            (
                "004_670fd78e279c15a9.txt",
                "Labour’s John Healey moots sending British military trainers to Ukraine",
                "UK Defence Secretary John Healey threatened a further escalation",
                "in reaching an agreement.”",
                "An X posting shows Ukrainian Minister of Defence Rustem Umerov (left)",
            ),
        ],
    )
    def test_the_real_articles_keep_their_captions_and_lose_their_furniture(
        self, name, title, first, last, caption
    ):
        article = only((ARTICLES / name).read_bytes(), name)
        assert (article.title, article.language) == (title, "en")
        assert article.text.startswith(first)
        assert article.text.endswith(last)
        assert caption in article.text
        assert "oading" not in article.text
        assert title not in article.text


class TestMarkdown:
    def test_front_matter_gives_the_facts_and_marks_go(self):
        text = (
            "---\ntitle: 1984\ndate: 2025-08-14T23:30:00-05:00\nauthors: [Jane Doe, John Smith]\n"
            "site: The Daily\nlink: https://daily.example/storm\nlang: en-GB\n---\n"
            "# What *happened*\n\nA [storm](x.html) hit the\n**coast**.\n\n![Boats in the harbour](b.jpg)\n\n"
            "- one\n- two\n\n1. first\n2. second\n\n"
            "| Town | Homes |\n|---|---|\n| Whitby | 8,000 |\n\n```\nif x:\n  y()\n```\n"
        )
        article = only(text, "a.md")
        kinds = ["heading", "paragraph", "paragraph", "item", "item", "item", "item", "row", "code"]
        assert [block.kind for block in article.blocks] == kinds
        assert replace(article, blocks=()) == Article(
            id="a.md",
            title="1984",
            text=(
                "What happened\n\nA storm hit the coast.\n\nBoats in the harbour\n\n"
                "one\ntwo\n\n1. first\n2. second\n\nTown: Whitby; Homes: 8,000\n\nif x:\n  y()"
            ),
            published=date(2025, 8, 14),
            source="The Daily",
            author="Jane Doe, John Smith",
            url="https://daily.example/storm",
            language="en",
        )

    def test_the_first_heading_is_the_title(self):
        article = only("![badge](b.svg)\n\n# Storm & *coast*\n\nIt rained.\n", "a.md")
        assert (article.title, article.text) == ("Storm & coast", "badge\n\nStorm & coast\n\nIt rained.")

    @pytest.mark.parametrize("end", ["  ", "\\", "  \r"])
    def test_a_hard_break_ends_the_line(self, end):
        text = (
            f"# Storm\n\n**Published:** August 14, 2025{end}\n**Author:** Jane Doe{end}\n**Source:** BBC\n\n"
            f"Roses are red{end}\nViolets are blue\n"
        )
        assert only(text, "a.md") == Article(
            id="a.md",
            title="Storm",
            text="Roses are red\nViolets are blue",
            published=date(2025, 8, 14),
            source="BBC",
            author="Jane Doe",
        )

    def test_code_that_is_indented_by_tabs_keeps_its_lines(self):
        assert only("It is:\n\n\tif x:\n\t\ty()\n", "a.md").text == "It is:\n\nif x:\n    y()"

    def test_unseen_characters_hide_no_mark(self):
        assert (
            only("#\u00a0Storm\n\n\u200b## What next\n\nIt rained.", "a.md").text == "What next\n\nIt rained."
        )

    @pytest.mark.parametrize(
        ("written", "title"),
        [
            ("The Storm: A History", "The Storm: A History"),
            ("@home", "@home"),
            ('"Quoted" word', '"Quoted" word'),
            ("[Draft] Storm", "[Draft] Storm"),
        ],
    )
    def test_a_value_that_is_no_yaml_is_taken_as_it_is_written(self, written, title):
        text = (
            f"---\ntitle: {written}\ndate : '2025-08-14'\nauthors:\n- Jane Doe\n- John Smith\n---\nIt rained."
        )
        assert only(text, "a.md") == Article(
            id="a.md",
            title=title,
            text="It rained.",
            published=date(2025, 8, 14),
            author="Jane Doe, John Smith",
        )

    def test_front_matter_in_toml_gives_the_facts(self):
        text = (
            '+++\ntitle = "1984"\ndate = 2025-08-14T23:30:00-05:00\nauthors = ["Jane Doe", "John Smith"]\n'
            "+++\nIt rained.\n"
        )
        assert only(text, "a.md") == Article(
            id="a.md",
            title="1984",
            text="It rained.",
            published=date(2025, 8, 14),
            author="Jane Doe, John Smith",
        )
        assert only("+++\ndate = 2025-08-14\n+++\nIt rained.", "a.md").published == date(2025, 8, 14)

    def test_an_address_that_cannot_be_stored_is_none(self):
        assert only('---\nurl: "https://x/\\ud83d"\n---\nIt rained.', "a.md").url is None

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("---\nweight: 1\nmenu: [\n---\nText.", "front matter, line 4: "),
            (
                "+++\ntitle = 'A'\ndate = soon\n+++\nText.",
                "front matter: Invalid value (at line 3, column 8)",
            ),
        ],
    )
    def test_front_matter_that_gives_nothing_is_named_by_its_line(self, text, said):
        assert reason(text, "a.md").startswith(said)

    def test_a_rule_at_the_top_is_no_front_matter(self):
        assert only("---\n\nIt rained.\n\n---\n\nIt stopped.", "a.md").text == "It rained.\n\nIt stopped."
        assert only("---\n\nNote: it rained.\n\n---\n\nIt stopped.", "a.md").text.startswith(
            "Note: it rained."
        )


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="{charset}">
<title>Storm hits coast - Daily News</title>
<meta property="og:site_name" content="Daily News"><meta name="author" content="Jane Doe">
<meta name="last-modified" content="2025-09-01"><link rel="canonical" href="https://daily.example/storm">{head}</head>
<body><nav><a href="/">Home</a><a href="/w">World</a></nav><article><h1>Storm hits coast</h1>
<p>A storm hit the northern coast on Thursday,
tearing <b>roofs</b> off houses and cutting power to 12,000 homes, officials said on 2 May 2019.</p>
<figure class="image"><img src="a.jpg" alt=""><figcaption class="caption"><span class="caption-text">Boats
lie wrecked at Whitby on Thursday.</span></figcaption></figure>
<p>The mayor said: “We have not seen anything like this since 1953.” Repairs will take weeks.</p>
<p>Advertisement</p>
<h2>What next</h2><ul><li>Schools stay shut.</li><li>Trains resume on Friday.</li></ul></article>
<footer>© 2024 Daily News. All rights reserved.</footer></body></html>"""
STORM = Article(
    id="a.html",
    title="Storm hits coast",
    text=(
        "A storm hit the northern coast on Thursday, tearing roofs off houses and cutting power to 12,000 "
        "homes, officials said on 2 May 2019.\n\n"
        "Boats lie wrecked at Whitby on Thursday.\n\n"
        "The mayor said: “We have not seen anything like this since 1953.” Repairs will take weeks.\n\n"
        "What next\n\n"
        "Schools stay shut.\nTrains resume on Friday."
    ),
    published=date(2025, 8, 14),
    source="Daily News",
    author="Jane Doe",
    url="https://daily.example/storm",
    language="en",
)


class TestHtml:
    @pytest.mark.parametrize(
        "head",
        [
            '<meta property="article:published_time" content="2025-08-14T23:30:00-05:00">',
            '<meta itemprop="datePublished" content="2025-08-14">',
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, '
            '{"datePublished": "2025-08-14T10:00:00Z"}]}</script>',
        ],
        ids=["property", "itemprop", "JSON-LD"],
    )
    def test_a_page_gives_its_text_captions_and_stated_facts(self, head):
        read = only(PAGE.format(charset="utf-8", head=head), "a.html")
        assert replace(read, blocks=()) == STORM
        assert [block.kind for block in read.blocks] == [
            *("paragraph", "caption", "paragraph", "heading", "item", "item")
        ]

    def test_a_date_that_cannot_be_read_does_not_hide_one_that_can(self):
        head = (
            '<meta name="date" content="soon"><meta name="pubdate" content="">'
            '<script type="application/ld+json">{"datePublished": "2025-08-14"}</script>'
        )
        assert only(PAGE.format(charset="utf-8", head=head), "a.html").published == date(2025, 8, 14)

    def test_a_page_without_a_stated_date_has_none(self):
        assert only(PAGE.format(charset="utf-8", head=""), "a.html").published is None

    def test_the_declared_encoding_is_used(self):
        page = PAGE.format(charset="windows-1252", head="").encode("cp1252")
        assert "“We have not seen anything like this since 1953.”" in only(page, "a.htm").text

    def test_a_page_that_leaves_out_what_html_may_leave_out_has_its_facts(self):
        page = "<title>Storm hits coast</title><p>A storm hit the northern coast on Thursday."
        assert only(page, "a.html").title == "Storm hits coast"

    @pytest.mark.parametrize("charset", [None, "utf-8", "windows-1252"])
    def test_a_page_from_the_web_knows_its_address_unless_it_says_another(self, charset):
        page = PAGE.format(charset="utf-8", head="").encode()
        told = PAGE.replace("https://daily.example/storm", "").format(charset="utf-8", head="").encode()
        for content, address in (
            (page, "https://daily.example/storm"),
            (told, "https://elsewhere.example/2024/01/02/a-%2Db"),
        ):
            kept = saved(content, "https://elsewhere.example/2024/01/02/a--b", charset)
            assert only(kept, "a.html").url == address
            assert only(kept, "a.html").text == STORM.text

    def test_a_page_without_text_is_refused(self):
        assert reason("<html><head><title>T</title></head><body></body></html>", "a.html") == "holds no text"


RAISED = (
    '<p>It sold 4,000<sup>12</sup> units in 2019<sup><a href="#fn3">3</a></sup>, said the makers'
    '<a href="#fn4"><sup id="r4">4</sup></a>. About 10<sup>6</sup> people and 10<sup>&minus;9</sup> '
    "m<sup>2</sup> in the 19<sup>th</sup> century.<sup>[4]</sup> "
    "A storm<sup>1, 2</sup> hit.<sup>3</sup> It cost $19.<sup>99</sup>.</p>"
)
READ = (
    "It sold 4,000 ¹² units in 2019, said the makers. About 10⁶ people and 10⁻⁹ m² "
    "in the 19th century.[4] A storm ¹, ² hit. It cost $19.⁹⁹."
)


class TestRaisedNumbers:
    """A number above the line is never read on the line: 10 to the 6 is not 106, nor a note's 3 a digit."""

    def test_in_a_page(self):
        article = only(
            PAGE.format(charset="utf-8", head="").replace("<p>Advertisement</p>", RAISED), "a.html"
        )
        assert READ in article.text

    def test_in_markdown(self):
        assert only(f"# Dams\n\n{RAISED}\n", "a.md").text == READ

    def test_in_a_book(self):
        chapter = f"<html><body>{RAISED}</body></html>"
        assert only(epub(**{"OEBPS/two.xhtml": chapter}), "a.epub").text.endswith(READ)

    def test_the_number_before_is_found(self):
        terms = Analyzer().terms(READ)
        assert "20193" not in terms
        assert {"2019", "4", "000", "storm", "hit"} <= set(terms)


class TestPdf:
    def test_lines_become_paragraphs_and_broken_words_are_joined(self):
        lines = [
            "Storm hits coast",
            "By Jane Doe",
            "A storm hit the northern coast on Thursday, tearing well-",
            "known roofs off houses and cutting power to many house-",
            "holds, officials said.",
            "The mayor is well-known. Repairs will take many weeks or",
            "even months.",
        ]
        info = "/Title (Microsoft Word - storm.doc) /Author (jdoe) /CreationDate (D:20250814)"
        assert only(pdf(lines, info=info), "a.pdf") == Article(
            id="a.pdf",
            title="Storm hits coast",
            text=(
                "A storm hit the northern coast on Thursday, tearing well-known roofs off houses and cutting "
                "power to many households, officials said.\n\n"
                "The mayor is well-known. Repairs will take many weeks or even months."
            ),
            author="Jane Doe",
            blocks=(Block(0, 133, page=1), Block(135, 204, page=1)),
        )

    def test_the_files_own_title_and_author_count_where_the_text_has_none(self):
        article = only(pdf(["It rained all day."], info="/Title (Rain) /Author (Jane Doe)"), "a.pdf")
        assert article == Article(
            id="a.pdf",
            title="Rain",
            text="It rained all day.",
            author="Jane Doe",
            blocks=(Block(0, 18, page=1),),
        )

    def test_page_numbers_and_running_heads_do_not_cut_sentences(self):
        pages = [
            ["The Daily", "It rained on the first day and", "1"],
            ["The Daily", "on the second day it rained", "2"],
            ["The Daily", "and on the third.", "3"],
        ]
        text = "It rained on the first day and on the second day it rained and on the third."
        assert only(pdf(*pages), "a.pdf").text == text

    def test_heads_of_two_lines_and_of_left_and_right_pages_go_with_their_numbers(self):
        said = "It rained on the|first day and on|the second day,|on the third|and on the fourth|of May."
        pages = [
            [("The Daily", "Storms: a study")[number % 2], f"Vol. {number}", part, "A note", f"Page {number}"]
            for number, part in enumerate(said.split("|"))
        ]
        assert only(pdf(*pages), "a.pdf").text == said.replace("|", " ")

    def test_a_page_number_goes_where_there_are_two_pages(self):
        pages = [["The roads were shut and the dam", "1"], ["broke at noon.", "2"]]
        assert only(pdf(*pages), "a.pdf").text == "The roads were shut and the dam broke at noon."

    def test_rows_of_figures_at_the_edges_of_pages_stay(self):
        pages = [
            ["It rained in the towns and in the hills.", "12 15", "30", "1"],
            ["13 16", "It dried.", "2"],
        ]
        assert only(pdf(*pages, info="/Title (Rain)"), "a.pdf").text.split() == (
            "It rained in the towns and in the hills. 12 15 30 13 16 It dried.".split()
        )

    def test_each_bullet_begins_a_line(self):
        lines = [
            "It brings these things along, which are",
            "• rain that goes on for a whole day and",
            "night",
        ]
        assert only(pdf([*lines, "• wind"]), "a.pdf").text == (
            "It brings these things along, which are\n• rain that goes on for a whole day and night\n• wind"
        )

    def test_a_pdf_without_text_is_refused_with_what_to_do(self):
        assert reason(pdf([]), "a.pdf") == "holds images without text; run text recognition (OCR) on it first"

    def test_an_encrypted_pdf_is_refused_with_what_to_do(self):
        from reportlab.pdfgen.canvas import Canvas

        canvas = Canvas(content := io.BytesIO(), encrypt="password")
        canvas.drawString(72, 700, "Secret.")
        canvas.save()
        assert reason(content.getvalue(), "a.pdf") == "is encrypted; save a copy without a password"

    def test_a_broken_pdf_is_a_reason_not_a_crash(self):
        assert reason(b"%PDF-1.4 broken", "a.pdf").startswith("is not a readable PDF: ")


class TestDocx:
    def test_paragraphs_and_tables_come_in_order(self):
        def build(document):
            document.add_heading("Storm hits coast", 0)
            document.add_paragraph("Published: 14 August 2025")
            document.add_paragraph("A storm hit the coast.")
            table = document.add_table(rows=2, cols=2)
            for cell, words in zip(table._cells, ["Town", "Homes", "Whitby", "8,000"], strict=True):
                cell.text = words
            document.add_paragraph("Repairs will take weeks.")

        assert only(docx(build), "a.docx") == Article(
            id="a.docx",
            title="Storm hits coast",
            text="A storm hit the coast.\n\nTown: Homes\nWhitby: 8,000\n\nRepairs will take weeks.",
            published=date(2025, 8, 14),
            blocks=(
                Block(0, 22),
                Block(24, 35, "row"),
                Block(36, 49, "row"),
                Block(51, 75),
            ),
        )

    def test_core_properties_give_title_and_author_but_no_date(self):
        content = docx(lambda document: document.add_paragraph("It rained."), title="Rain", author="Jane Doe")
        assert only(content, "a.docx") == Article(
            id="a.docx", title="Rain", text="It rained.", author="Jane Doe"
        )

    @pytest.mark.parametrize("program", ["Un-named", "python-docx", " user "])
    def test_what_programs_write_where_no_author_is_given_is_none(self, program):
        content = docx(lambda document: document.add_paragraph("It rained."), author=program)
        assert only(content, "a.docx").author is None

    @pytest.mark.parametrize("content", [b"no zip", b""])
    def test_a_broken_file_is_a_reason_not_a_crash(self, content):
        assert reason(content, "a.docx").startswith("is not a readable Word file: ")


class TestEpub:
    def test_a_book_is_one_article_in_the_order_of_its_spine(self):
        assert only(epub(), "a.epub") == Article(
            id="a.epub",
            title="Of Storms",
            text="Chapter One\n\nIt was a “dark” night.\n\nChapter Two\n\nIt rained.\nIt stopped.",
            published=date(2025, 8, 14),
            source="Daily Books",
            author="Jane Doe, John Smith",
            language="en",
            blocks=(
                Block(0, 11, "heading", 1),
                Block(13, 35),
                Block(37, 48, "heading", 1),
                Block(50, 72),
            ),
        )

    def test_a_protected_book_is_refused(self):
        locked = '<e xmlns:x="x"><x:CipherReference URI="OEBPS/two.xhtml"/></e>'
        assert reason(epub(**{"META-INF/encryption.xml": locked}), "a.epub").startswith(
            "is protected against copying"
        )

    def test_a_broken_book_is_a_reason_not_a_crash(self):
        assert reason(epub(**{"OEBPS/book.opf": "<package>"}), "a.epub").startswith(
            "is not a readable EPUB book: "
        )

    def test_a_zip_bomb_is_not_unpacked(self, monkeypatch):
        monkeypatch.setattr(foreign, "LARGEST_UNPACKED", 1_000_000)
        bomb = epub(**{"OEBPS/bomb": "0" * 2_000_000})
        assert len(bomb) < 10_000
        assert "more than the 1,000,000 that are read" in reason(bomb, "a.epub")
        assert "more than the 1,000,000 that are read" in reason(bomb, "a.docx")


def listed(content, id):
    """Return the articles of a table, with the words of its errors."""
    return [
        str(found) if isinstance(found, ReadingError) else found
        for found in formats.articles(content.encode(), id)
    ]


class TestTables:
    def test_each_line_of_json_is_an_article_and_a_bad_one_is_named(self):
        rows = (
            '{"_id": "a1", "headline": "Storm", "body": "It rained.", "pub_date": "2025-08-14", '
            '"byline": ["Jane Doe"], "source": {"name": "The Daily"}, "link": "https://daily.example/1", '
            '"language": "English"}\n'
            "storm\n\n[1]\n"
            '{"title": "Empty", "text": ""}\n'
            '{"id": 7, "title": "Sun", "text": "Sun\\n\\nIt \\u2028shone."}\n'
            '{"text": "It snowed."}\n'
        )
        assert listed(rows, "n.jsonl") == [
            Article(
                id="n.jsonl#a1",
                title="Storm",
                text="It rained.",
                published=date(2025, 8, 14),
                source="The Daily",
                author="Jane Doe",
                url="https://daily.example/1",
                language="en",
            ),
            "line 2: is not JSON: Expecting value: line 1 column 1 (char 0)",
            "line 4: is not a JSON object",
            "line 5: holds no text",
            Article(id="n.jsonl#7", title="Sun", text="It\nshone."),
            Article(
                id="n.jsonl#7", title="N 7", text="It snowed."
            ),  # by its line; corpus.py refuses the second
        ]

    @pytest.mark.parametrize(
        "name",
        "publishedAt pubDate datePublished publishDate pubdate publication_date published_date date_publish "
        "created_at datetime Date-Published".split(),
    )
    def test_a_date_is_known_by_the_names_that_exports_use(self, name):
        [article] = listed(f'{{"text": "It rained.", "{name}": "2025-08-14"}}', "n.jsonl")
        assert article.published == date(2025, 8, 14)

    @pytest.mark.parametrize("text", ["It rained.", "2025-08-14\\n\\nIt rained."])
    def test_a_date_that_cannot_be_read_does_not_hide_one_that_can(self, text):
        created = "" if "2025" in text else ', "created_at": "2025-08-14"'
        [article] = listed(f'{{"text": "{text}", "date": "n/a"{created}}}', "n.jsonl")
        assert (article.published, article.text) == (date(2025, 8, 14), "It rained.")

    def test_a_row_named_by_its_address_has_that_url_and_its_date(self):
        url = "https://daily.example/2025/08/14/storm-hits-coast/index.html"
        assert listed(f'{{"_id": "{url}", "text": "It rained."}}', "n.ndjson") == [
            Article(
                id=f"n.ndjson#{url}",
                title="Storm hits coast",
                text="It rained.",
                published=date(2025, 8, 14),
                url=url,
            )
        ]

    def test_each_row_of_a_csv_is_an_article_known_by_the_line_it_begins_on(self):
        rows = (
            '\ufeffTitle,Content,Date\nStorm,"It rained.\n\nIt stopped.",14/08/2025\n'
            "Too,many,fields,here\nSun,It shone.,\n"
        )
        assert listed(rows, "n.csv") == [
            Article(
                id="n.csv#2", title="Storm", text="It rained.\n\nIt stopped.", published=date(2025, 8, 14)
            ),
            "line 5: has 4 fields for 3 columns",
            Article(id="n.csv#6", title="Sun", text="It shone."),
        ]

    def test_a_row_with_a_damaged_address_is_reported_and_the_others_are_read(self):
        rows = (
            '{"id": "http://[x", "text": "It rained."}\n'
            '{"url": "https://x/\\ud83d", "text": "It rained."}\n'
            '{"id": "a\\ud83d", "title": "T\\ud83d", "text": "It shone."}\n'
        )
        first, second, third = listed(rows, "n.jsonl")
        assert first == "line 1: Invalid IPv6 URL"
        assert second.startswith("line 2: 'utf-8' codec can't encode character")
        assert third == Article(id="n.jsonl#a", title="T", text="It shone.")

    def test_a_row_without_a_field_of_text_says_what_it_has(self):
        assert listed('{"title": "T", "tale": "It rained."}\n{}\n', "n.jsonl") == [
            "line 1: has no field of text: its fields are title, tale;"
            " name one of them text or body or content or article",
            "line 2: has no field of text: its fields are none;"
            " name one of them text or body or content or article",
        ]

    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("x <b>bold</b> &amp; <p>para</p>", "x bold &\n\npara"),
            ("One\nline.<br/>Two.<BR>Three.", "One line.\nTwo.\nThree."),
            ("One <em>line</em>.\n\nTwo.\nThree.", "One line.\n\nTwo.\nThree."),
            ("One.\r\n\r\nTwo.\n<h2>Three</h2>\nFour\nis long.", "One.\n\nTwo.\n\nThree\n\nFour is long."),
            ("10<sup>6</sup> people", "10⁶ people"),
            ("If a < b and c > d, <x> &amp; 5 <sup>.", "If a < b and c > d, <x> &amp; 5 <sup>."),
        ],
    )
    def test_html_in_a_table_is_read_as_its_reader_sees_it(self, text, read):
        [article] = listed(json.dumps({"title": "T", "text": text}), "n.jsonl")
        assert article.text == read

    def test_semicolons_and_tabs_separate_too(self):
        expected = [Article(id="n.csv#a", title="T", text="One, two.")]
        assert listed("id;title;text\na;T;One, two.\n", "n.csv") == expected
        assert [article.text for article in listed("id\ttitle\ttext\na\tT\tOne, two.\n", "n.tsv")] == [
            "One, two."
        ]

    def test_a_field_may_be_as_long_as_an_article(self):
        long = "It rained. " * 20_000
        assert listed(f'title,text\nT,"{long}"\n', "n.csv") == [
            Article(id="n.csv#2", title="T", text=long.strip())
        ]

    def test_a_quote_that_never_closes_is_reported_with_the_line_it_opens_on(self):
        found = listed('title,text\nA,One.\nB,"Two.\nC,Three.\n', "n.csv")
        assert found == [Article(id="n.csv#2", title="A", text="One."), "line 3: unexpected end of data"]

    def test_a_table_without_a_column_of_text_says_what_it_has(self):
        assert listed("a,b\n1,2\n", "n.csv") == [
            "has no column of text: its columns are a, b; name one of them text or body or content or article"
        ]
