"""An EPUB book as its reader sees it."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from rag.corpus.formats import epub
from rag.errors import ReadingError, Remark
from rag.types import Article

PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Of Storms</dc:title>{metadata}</metadata>
<manifest><item id="a" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
    )


ONE, TWO = "<h1>One</h1><p>It was dark.</p>", "<h1>Two</h1><p>It rained.</p>"


def book(one: str | None = ONE, two: str | None = TWO, metadata: str = "", **more: str) -> bytes:
    parts = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": PACKAGE.format(metadata=metadata),
        **({"OEBPS/text/one.xhtml": page(one)} if one is not None else {}),
        **({"OEBPS/text/two b.xhtml": page(two)} if two is not None else {}),
        **{f"OEBPS/{name.replace('_', '.')}": text for name, text in more.items()},
    }
    with zipfile.ZipFile(content := io.BytesIO(), "w") as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
    return content.getvalue()


def read(content: bytes) -> Article:
    article = next(epub.read(content, "a.epub"))
    assert isinstance(article, Article)
    return article


def told(content: bytes) -> list[tuple[str, str]]:
    article = read(content)
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


class TestChapters:
    def test_a_chapter_begins_with_its_heading(self) -> None:
        assert told(book()) == [
            ("heading", "One"),
            ("paragraph", "It was dark."),
            ("heading", "Two"),
            ("paragraph", "It rained."),
        ]

    def test_the_table_of_contents_names_chapters_without_a_heading(self) -> None:
        nav = page(
            '<nav epub:type="toc"><ol><li><a href="text/one.xhtml">The <i>dark</i> &amp; cold</a></li>'
            '<li><a class="x" href="text/two%20b.xhtml#start">Rain</a></li></ol></nav>'
        )
        found = told(book("<p>It was dark.</p>", "<p>RAIN</p><p>It rained.</p>", nav_xhtml=nav))
        assert found == [
            ("heading", "The dark & cold"),
            ("paragraph", "It was dark."),
            ("heading", "RAIN"),
            ("paragraph", "It rained."),
        ]

    def test_the_older_table_of_contents_names_them_too(self) -> None:
        ncx = (
            '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint>'
            '<navLabel><text>Dark &amp; cold</text></navLabel><content src="text/one.xhtml"/>'
            "<navPoint><navLabel><text>Later</text></navLabel>"
            '<content src="text/one.xhtml#b"/></navPoint></navPoint></navMap></ncx>'
        )
        assert told(book("<p>It was dark.</p>", toc_ncx=ncx))[0] == ("heading", "Dark & cold")

    @pytest.mark.parametrize("contents", ["", "<ncx", "<a href="])
    def test_a_damaged_table_of_contents_names_nothing(self, contents: str) -> None:
        found = told(book("<p>It was dark.</p>", toc_ncx=contents, nav_xhtml=contents))
        assert found[0] == ("paragraph", "It was dark.")

    def test_a_missing_part_costs_that_part(self) -> None:
        assert read(book(one=None)).text == "Two\n\nIt rained."
        with pytest.raises(ReadingError, match="holds no text"):
            read(book(one=None, two=None))

    def test_a_damaged_part_costs_that_part(self) -> None:
        content = book().replace(b"It was dark.", b"It was dork.")  # its checksum is wrong now
        assert read(content).text == "Two\n\nIt rained."

    def test_a_part_that_is_no_xml_is_read(self) -> None:
        assert read(book("<p>It was <b>dark.<p>And cold.")).text.startswith("It was dark.\n\nAnd cold.")

    @pytest.mark.parametrize("type", ["imprint", "colophon", "copyright-page"])
    def test_what_is_said_of_the_edition_is_no_text_of_the_work(self, type: str) -> None:
        found = told(
            book(f'<section epub:type="{type}"><h2>Of this book</h2><p>It is made in May.</p></section>')
        )
        assert found[:2] == [("heading", "Of this book"), ("reference", "It is made in May.")]


class TestNotes:
    @pytest.mark.parametrize("type", ["footnote", "rearnote", "endnote"])
    def test_notes_stand_apart_and_their_marks_in_no_word(self, type: str) -> None:
        body = (
            '<h1>One</h1><p>The fee<a epub:type="noteref" href="#n1">1</a> rises<sup><a role="doc-noteref"'
            ' href="#n2">2</a></sup>.</p>'
            f'<aside epub:type="{type}" id="n1"><p>1. It was 5.</p></aside>'
            f'<div epub:type="{type}" id="n2"><p>2. By 2. <a epub:type="backlink" href="#r">↩</a></p></div>'
        )
        assert told(book(body))[1:4] == [
            ("paragraph", "The fee rises."),
            ("note", "1. It was 5."),
            ("note", "2. By 2."),
        ]


class TestFacts:
    @pytest.mark.parametrize(
        "metadata",
        [
            '<dc:date opf:event="modification">2025-09-01</dc:date><dc:date>2019-08-14</dc:date>',
            '<dc:date opf:event="modification">2025-09-01</dc:date>'
            '<dc:date opf:event="publication">2019-08-14</dc:date><dc:date>2024-01-01</dc:date>',
            '<dc:date>2024-01-01</dc:date><meta property="dcterms:issued">2019-08-14</meta>'
            '<meta property="dcterms:modified">2025-09-01T00:00:00Z</meta>',
            '<dc:date id="d">2024-01-01</dc:date><meta refines="#d" property="event">conversion</meta>'
            "<dc:date>2019-08-14T00:00:00+00:00</dc:date>",
        ],
    )
    def test_the_day_is_the_works_and_not_the_files(self, metadata: str) -> None:
        assert read(book(metadata=metadata)).published == date(2019, 8, 14)

    def test_a_day_that_is_only_of_the_file_is_none(self) -> None:
        metadata = '<dc:date opf:event="creation">2025-09-01</dc:date>'
        metadata += '<meta property="dcterms:modified">2025-09-01</meta>'
        assert read(book(metadata=metadata)).published is None

    def test_authors_are_told_from_others(self) -> None:
        metadata = (
            '<dc:creator opf:role="aut">Jane Doe</dc:creator><dc:creator opf:role="ill">Ann Ill</dc:creator>'
            '<dc:creator id="c">John Smith</dc:creator><meta refines="#c" property="role">aut</meta>'
            "<dc:creator>Jane Doe</dc:creator><dc:language>de-AT</dc:language>"
            "<dc:publisher>Daily Books</dc:publisher>"
        )
        article = read(book(metadata=metadata))
        assert (article.author, article.language, article.source) == (
            "Jane Doe, John Smith",
            "de",
            "Daily Books",
        )

    def test_the_main_title_is_the_title(self) -> None:
        metadata = '<dc:title id="t">A History</dc:title><meta refines="#t" property="title-type">main</meta>'
        assert read(book(metadata=metadata)).title == "A History"


def test_a_part_that_is_missing_is_told() -> None:
    article, remark = epub.read(book(two=None), "a.epub")
    assert isinstance(article, Article)
    assert article.text == "One\n\nIt was dark."
    assert remark == Remark("OEBPS/text/two b.xhtml is missing or damaged")


@pytest.mark.parametrize(
    ("creator", "author"),
    [("Varga, Ilse", "Ilse Varga"), ("Ilse Varga", "Ilse Varga"), ("van Holm, Jan, Dr", "van Holm, Jan, Dr")],
)
def test_an_author_whose_family_stands_first_is_one_person(creator: str, author: str) -> None:
    assert read(book(metadata=f"<dc:creator>{creator}</dc:creator>")).author == author
