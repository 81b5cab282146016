"""Files made to hang, fill or crash whoever reads them, each from a number that says how large it gets."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nasty:
    """A kind of nasty file."""

    kind: str
    suffix: str
    make: Callable[[int], bytes]
    size: int
    """What `make` is given where the file is to be as nasty as it gets."""

    @property
    def name(self) -> str:
        return f"{self.kind.replace(' ', '-')}{self.suffix}"


def overstated(archive: bytes, name: str, size: int) -> bytes:
    """Return the zip file with another size for the part called `name` in its table of contents."""
    at = archive.rindex(b"PK\1\2", 0, archive.rindex(name.encode()))
    return archive[: at + 24] + size.to_bytes(4, "little") + archive[at + 28 :]


def repeated(opening: str, body: str, closing: str = "") -> Callable[[int], bytes]:
    """Return what makes `body` n times between `opening` and `closing`."""
    return lambda n: (opening + body * n + closing).encode(errors="surrogatepass")


def nested(opening: str, start: str, end: str, closing: str = "", inner: str = "x") -> Callable[[int], bytes]:
    """Return what makes `start` n times, `inner`, and `end` n times."""
    return lambda n: (opening + start * n + inner + end * n + closing).encode()


def zipped(parts: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


# Text and Markdown

STORY = "The lighthouse on the northern cape was lit for the first time in 1854.\n\n"

TEXT = {
    "one long word": (repeated("", "x"), 5_000_000),
    "one long line": (repeated("", "word "), 1_000_000),
    "one letter sentences": (repeated("", "A. "), 500_000),
    "lower case sentences": (repeated("", "Ends here. and goes on! "), 100_000),
    "signs alone": (repeated("", "… "), 500_000),
    "one letter lines": (repeated("", "a\n"), 1_000_000),
    "blank lines": (repeated("a", "\n", "b"), 5_000_000),
    "blanks": (repeated("a", " ", "b"), 5_000_000),
    "wrapped lines": (repeated("", "and the long line of a page goes on to the next one below it\n"), 60_000),
    "headlines": (repeated("", "A Headline\n\n"), 200_000),
    "facts": (repeated("", "Source: The Daily News\n"), 100_000),
    "bylines": (repeated("By ", "De La Van "), 100_000),
    "labels": (repeated("", "date published on: "), 100_000),
    "dates": (repeated("", "14 August 2025 "), 100_000),
    "full stops": (repeated("Word", ".)\"']", "x"), 500_000),
    "combining marks": (repeated("a", "\u0315\u0300"), 500_000),
    "carriage returns": (repeated("a", "\r", "b"), 2_000_000),
    "digits": (repeated("", "1"), 2_000_000),
    "figures": (repeated("1", ".1"), 1_000_000),
    "hyphens": (repeated("", "a-\n"), 500_000),
    "unseen": (repeated("a", "\u200b\u202e", "b"), 1_000_000),
    "share lines": (repeated("", "follow us on facebook, and x, and "), 100_000),
    "footer signs": (repeated("©", " - ", "all rights"), 500_000),
    "long s": (lambda n: f"14 \u017feptember 2025\n\n{STORY * n}".encode(), 1),
    "old bytes": (lambda n: b"\xe9\xb5\x81 \xd0\x9f" * n, 200_000),
    "signs in words": (lambda n: b"A" + b"\xa1" * n + b" \xff", 1_000_000),
    "nul bytes": (lambda n: b"a" * 5000 + b"\0" * n, 2_000_000),
    "half pairs": (repeated("", "\ud800"), 500_000),
    "utf-16": (lambda n: b"\xff\xfe" + b"\x00\xd8" * n, 500_000),
    "emoji": (repeated("", "👩\u200d"), 300_000),
    "arabic ligatures": (repeated("", "\ufdfa"), 500_000),
    "tabs": (repeated("a", "\t", "b"), 2_000_000),
    "page breaks": (repeated("a", "\f", "b"), 2_000_000),
}

LAUGHS = "\n".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
ALIASES = "---\na: &a [x, x, x, x, x, x, x, x, x]\n" + LAUGHS + "\n{}\n---\nText.\n"

MARKDOWN = {
    "yaml aliases": (lambda n: ALIASES.format("title: *i").encode(), 1),
    "yaml aliases in authors": (lambda n: ALIASES.format("authors: [*i, *h]").encode(), 1),
    "yaml aliases in broken front matter": (
        lambda n: (
            "---\ntitle: Storm: a history\nauthors: [&a [x, x, x, x, x, x, x, x, x], "
            + ", ".join(
                f"&{b} [{', '.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + "]\n---\nText.\n"
        ).encode(),
        1,
    ),
    "yaml alias to itself": (lambda n: b"---\nauthors: &a [*a]\n---\nText.\n", 1),
    "yaml merges": (lambda n: ALIASES.format("<<: [{title: *i}]").encode(), 1),
    "yaml names": (lambda n: b"---\nauthors: &a {name: *a}\n---\nText.\n", 1),
    "yaml nested": (nested("---\ntitle: ", "[", "]", "\n---\nText."), 100_000),
    "yaml half nested": (repeated("---\ntitle: ", "[", "\n---\nText."), 100_000),
    "yaml nested maps": (repeated("---\ntitle: ", "{a: ", "\n---\nText."), 50_000),
    "yaml dashes": (repeated("---\ntitle:\n", "- ", "x\n---\nText."), 50_000),
    "yaml questions": (repeated("---\ntitle: x\n", "? ", "x\n---\nText."), 50_000),
    "yaml many entries": (
        lambda n: b"---\n" + b"".join(b"k%d: v\n" % k for k in range(n)) + b"---\nText.",
        200_000,
    ),
    "yaml broken entries": (
        lambda n: b"---\ntitle: a: b\n" + b"".join(b"k%d: v: w\n" % k for k in range(n)) + b"---\nText.",
        50_000,
    ),
    "yaml long entry": (repeated("---\ntitle: a: b\nk:", "\n - a: b: c", "\n---\nText."), 100_000),
    "yaml anchors": (repeated("---\ntitle: [", "&a x, ", "]\n---\nText."), 50_000),
    "yaml quotes": (repeated('---\ntitle: "', "\\\n", '"\n---\nText.'), 200_000),
    "yaml tags": (repeated("---\ntitle: ", "!!python/name:os.system ", "\n---\nText."), 10_000),
    "yaml without an end": (repeated("---\n", "title: x\n"), 200_000),
    "rules": (repeated("", "---\n"), 300_000),
    "rules with blanks": (repeated("---\n", "---" + " " * 100 + "x\n"), 20_000),
    "toml nested": (nested("+++\ntitle = ", "[", "]", "\n+++\nText."), 100_000),
    "toml dots": (repeated("+++\na", ".a", " = 1\n+++\nText."), 20_000),
    "toml tables": (
        lambda n: b"+++\n" + b"".join(b"[a.b%d]\nc = 1\n" % k for k in range(n)) + b"+++\nText.",
        50_000,
    ),
    "toml digits": (repeated("+++\ntitle = ", "1", "\n+++\nText."), 500_000),
    "toml quotes": (repeated("+++\ntitle = '''", "''", "\n+++\nText."), 300_000),
    "brackets": (repeated("", "["), 50_000),
    "closed brackets": (nested("", "[", "]"), 50_000),
    "links": (repeated("", "[a]("), 50_000),
    "link openings": (repeated("", "[a](<b"), 50_000),
    "images": (repeated("", "![a"), 50_000),
    "references": (lambda n: b"[a]: /" + b"x" * n + b"\n\n" + b"[a] " * n, 30_000),
    "definitions": (repeated("", "[a]: b\n"), 50_000),
    "open definitions": (repeated("", "[a\n"), 50_000),
    "emphasis": (repeated("", "*a_ "), 50_000),
    "stars": (repeated("a", "**", "b"), 100_000),
    "mixed emphasis": (repeated("", "*a **b "), 50_000),
    "underscores": (repeated("", "a_"), 100_000),
    "strikes": (repeated("", "~~a "), 100_000),
    "backticks": (lambda n: b"".join(b"e" + b"`" * k for k in range(n)), 2_000),
    "open backticks": (repeated("", "` ``"), 50_000),
    "quotes": (repeated("", "> ", "x"), 50_000),
    "quoted lines": (lambda n: b"".join(b">" * k + b"a\n" for k in range(n)), 1_000),
    "lists": (repeated("", "- ", "x"), 50_000),
    "deep lists": (lambda n: b"".join(b"  " * k + b"- x\n" for k in range(n)), 1_000),
    "numbers": (repeated("", "1. ", "x"), 50_000),
    "tables": (repeated("", "|a", "|\n"), 50_000),
    "wide table": (lambda n: b"|a" * n + b"|\n" + b"|-" * n + b"|\n" + b"|b|\n" * n, 5_000),
    "angles": (repeated("", "<"), 100_000),
    "autolinks": (repeated("", "<http://a"), 50_000),
    "html openings": (repeated("", "<a "), 50_000),
    "html comments": (repeated("x ", "<!--"), 50_000),
    "html declarations": (repeated("x ", "<!A "), 50_000),
    "html instructions": (repeated("x ", "<?"), 50_000),
    "html data": (repeated("x ", "<![CDATA["), 50_000),
    "html headings": (repeated("", "<h1>"), 100_000),
    "headings": (repeated("", "# "), 100_000),
    "setext": (repeated("", "a\n=\n"), 50_000),
    "entities": (repeated("", "&a"), 200_000),
    "escapes": (repeated("", "\\"), 200_000),
    "fences": (repeated("", "```\n"), 100_000),
    "open fences": (repeated("", "~~~a\n"), 100_000),
    "indented": (repeated("", "    a\n\n"), 50_000),
    "tabbed": (repeated("", "\t"), 500_000),
}

# HTML

HEAD = "<html><head><title>T</title></head><body><article><p>" + STORY * 5
DATED = '<html><head><script type="application/ld+json">'

HTML = {
    "captions": (repeated(HEAD, "<figcaption>a"), 40_000),
    "caption openings": (repeated(HEAD, "<figcaption "), 40_000),
    "figures": (repeated(HEAD, "<figure "), 60_000),
    "links to notes": (repeated(HEAD, "<a "), 150_000),
    "notes": (repeated(HEAD, "<sup>1"), 50_000),
    "open notes": (repeated(HEAD, "<sup "), 100_000),
    "linked notes": (repeated(HEAD, "<a> <sup>"), 50_000),
    "languages": (repeated("", "<html "), 100_000),
    "language": (repeated("<html ", "lang "), 100_000),
    "angles": (repeated(HEAD, "<"), 200_000),
    "closing angles": (repeated(HEAD, "</"), 200_000),
    "comments": (repeated(HEAD, "<!--"), 100_000),
    "comment ends": (repeated(HEAD, "<!-- --!"), 100_000),
    "declarations": (repeated(HEAD, "<!"), 200_000),
    "doctypes": (repeated(HEAD, "<!DOCTYPE "), 50_000),
    "marked": (repeated(HEAD, "<![CDATA["), 100_000),
    "instructions": (repeated(HEAD, "<?"), 200_000),
    "tag names": (repeated(HEAD, "<a<b"), 100_000),
    "attributes": (repeated(HEAD + "<p ", "a "), 200_000),
    "attribute values": (repeated(HEAD + "<p ", "a=' "), 100_000),
    "attribute quotes": (repeated(HEAD, "<a b='"), 100_000),
    "attribute signs": (repeated(HEAD + "<p ", "a=b/"), 100_000),
    "blanks in tags": (repeated(HEAD + "<p", " "), 500_000),
    "entities": (repeated(HEAD, "&amp"), 200_000),
    "numbers": (repeated(HEAD, "&#"), 200_000),
    "scripts": (repeated(HEAD, "<script>"), 100_000),
    "styles": (repeated(HEAD, "<style>a</style "), 100_000),
    "titles": (repeated("<html><head>", "<title>"), 100_000),
    "textareas": (repeated(HEAD, "<textarea>"), 100_000),
    "plaintext": (repeated(HEAD, "<plaintext>"), 100_000),
    "divisions": (nested(HEAD, "<div>", "</div>"), 50_000),
    "open divisions": (repeated(HEAD, "<div>"), 100_000),
    "paragraphs": (repeated(HEAD, "<p>" + STORY), 10_000),
    "empty paragraphs": (repeated(HEAD, "<p>"), 100_000),
    "spans": (nested(HEAD, "<span>", "</span>"), 50_000),
    "bold": (repeated(HEAD, "<b><p>"), 50_000),
    "anchors": (repeated(HEAD, "<a href=x>a"), 50_000),
    "fonts": (repeated(HEAD, "<font><table>"), 10_000),
    "lists": (repeated(HEAD, "<ol><li>"), 50_000),
    "items": (repeated(HEAD + "<ul>", "<li>a"), 100_000),
    "tables": (repeated(HEAD, "<table><tr><td>"), 20_000),
    "rows": (repeated(HEAD + "<table>", "<tr><td>a<td>b"), 50_000),
    "cells": (repeated(HEAD + "<table><tr>", "<td>"), 200_000),
    "span of cells": (lambda n: (HEAD + f"<table><tr><td colspan={10**9} rowspan={10**9}>a").encode(), 1),
    "breaks": (repeated(HEAD, "<br>"), 200_000),
    "quotes": (repeated(HEAD, "<blockquote>"), 50_000),
    "preformatted": (repeated(HEAD, "<pre>  "), 50_000),
    "articles": (repeated("<html><body>", "<article><time datetime='x'>"), 20_000),
    "times": (repeated("<html><body><article>", "<time datetime=x></time>"), 50_000),
    "metas": (repeated("<html><head>", "<meta name=date content=x>"), 50_000),
    "json deep": (nested(DATED, "[", "]", f"</script></head><body><p>{STORY * 5}"), 100_000),
    "json wide": (repeated(DATED + "[", "[],", f"0]</script></head><body><p>{STORY * 5}"), 300_000),
    "json dates": (
        repeated(DATED + "[", '{"datePublished": "x"},', f"0]</script></head><body><p>{STORY * 5}"),
        100_000,
    ),
    "json digits": (repeated(DATED, "1", f"</script></head><body><p>{STORY * 5}"), 100_000),
    "images": (repeated(HEAD, "<img alt=a>"), 50_000),
    "long word": (repeated(HEAD, "x"), 3_000_000),
    "long line": (repeated(HEAD, "word "), 500_000),
    "nul bytes": (repeated(HEAD, "\0"), 100_000),
    "no html": (repeated("", "a < b "), 200_000),
    "charsets": (repeated("<meta ", "charset="), 100_000),
    "saved from": (repeated("", "<!-- saved from url=(0001"), 50_000),
    "forms": (repeated(HEAD, "<form><input>"), 50_000),
    "selects": (repeated(HEAD, "<select><option>"), 50_000),
    "templates": (repeated(HEAD, "<template>"), 50_000),
    "svg": (repeated(HEAD, "<svg><g>"), 50_000),
    "frames": (repeated(HEAD, "<iframe>"), 50_000),
}

# Tables of articles

CELL = '{"text": "'

JSONL = {
    "deep": (nested('{"text": ', "[", "]", "}"), 100_000),
    "deep below the limit": (nested('{"text": "x", "author": ', "[", "]", "}", inner='"x"'), 900),
    "deep names": (nested('{"text": "x", "author": ', '{"name": ', "}", "}", inner='"x"'), 450),
    "open": (repeated('{"text": ', "["), 200_000),
    "quotes": (repeated('{"text": "', '\\"'), 500_000),
    "digits": (repeated('{"text": ', "1", "}"), 500_000),
    "keys": (lambda n: ("{" + ",".join(f'"k{k}":1' for k in range(n)) + "}").encode(), 200_000),
    "rows": (repeated("", '{"text": "a"}\n'), 100_000),
    "rows with one name": (repeated("", '{"id": 1, "text": "a"}\n'), 100_000),
    "bad rows": (repeated("", "1\n"), 500_000),
    "empty rows": (repeated("", "{}\n"), 200_000),
    "long row": (repeated(CELL, "word ", '"}'), 500_000),
    "addresses": (repeated('{"text": "a", "id": "http://[', ":", '"}'), 500_000),
    "long name": (repeated('{"text": "a", "id": "', "x", '"}'), 1_000_000),
    "humps": (repeated('{"text": "a", "', "aB", '": 1}'), 300_000),
    "half pairs": (repeated(CELL, "\\ud800", '"}'), 200_000),
    "infinite": (repeated('{"text": "a", "date": ', "9", "e999999}"), 4_000),
    "paragraphs": (repeated(CELL + "<p>", "\\n \\n", '"}'), 200_000),
    "markup": (repeated(CELL + "</p>", "<p ", '"}'), 100_000),
    "notes": (repeated(CELL + "</p>", "<a <sup ", '"}'), 60_000),
    "comments": (repeated(CELL + "</p>", "<!--", '"}'), 100_000),
    "breaks": (repeated(CELL, "<br ", '"}'), 200_000),
    "authors": (repeated('{"text": "a", "author": [', '"x",', '"y"]}'), 300_000),
}

CSV = {
    "open quote": (repeated('title,text\na,"', "b,\n"), 500_000),
    "quotes": (repeated("title,text\na,", '"', "\n"), 1_000_001),
    "broken quotes": (repeated("title,text\n", '"a"b,c\n'), 100_000),
    "columns": (repeated("text", ",a", "\nx\n"), 500_000),
    "columns without text": (repeated("a", ",b", "\nx\n"), 300_000),
    "fields": (repeated("text\n", ",a"), 500_000),
    "wide rows": (lambda n: b"text" + b",c" * n + b"\n" + b"a,b,c\n" * n, 20_000),
    "long field": (repeated("text\n", "x"), 5_000_000),
    "empty rows": (repeated("text\n", ",\n"), 200_000),
    "carriage returns": (repeated("text\n", "a\r"), 300_000),
    "nul bytes": (repeated("text\n" + "a" * 5000, "\0"), 300_000),
    "one line": (repeated("text", ";"), 1_000_000),
}


# Books and Word files

CONTAINER = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
CHAPTER = f"<html><body><p>{STORY}</p></body></html>"


def book(package: str, chapters: Mapping[str, bytes | str], *, container: str = CONTAINER) -> bytes:
    return zipped({"META-INF/container.xml": container, "c.opf": package, **chapters})


def package(manifest: str, spine: str, *, before: str = "", title: str = "A book") -> str:
    return (
        f'{before}<package><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
        f"</metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )


def item(id: object, href: str = "c.xhtml") -> str:
    return f'<item id="{id}" href="{href}" media-type="application/xhtml+xml"/>'


def laughing(levels: int) -> str:
    entities = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, levels))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'


def _books() -> Iterator[tuple[str, Callable[[int], bytes], int]]:
    one = item("a")
    ref = '<itemref idref="a"/>'
    page = {"c.xhtml": CHAPTER}
    yield (
        "chapter named often",
        lambda n: book(package(one, ref * n), {"c.xhtml": "<p>" + STORY * 2000}),
        3_000,
    )
    yield (
        "chapter under many names",
        lambda n: book(
            package("".join(item(k) for k in range(n)), "".join(f'<itemref idref="{k}"/>' for k in range(n))),
            {"c.xhtml": "<p>" + STORY * 2000},
        ),
        3_000,
    )
    yield (
        "chapter under many ways",
        lambda n: book(
            package(
                "".join(item(k, "./" * k + "c.xhtml") for k in range(n)),
                "".join(f'<itemref idref="{k}"/>' for k in range(n)),
            ),
            {"c.xhtml": "<p>" + STORY * 2000},
        ),
        2_000,
    )
    yield (
        "entities in package",
        lambda n: book(package(one, ref, before=laughing(n), title=f"&l{n - 1};"), page),
        10,
    )
    yield (
        "entities in container",
        lambda n: book(package(one, ref), page, container=laughing(n) + f"<a>&l{n - 1};</a>"),
        10,
    )
    yield (
        "long entity",
        lambda n: book(
            package(one, ref, before=f'<!DOCTYPE x [<!ENTITY a "{"x" * n}">]>', title="&a;" * n), page
        ),
        50_000,
    )
    yield (
        "entities outside",
        lambda n: book(
            package(one, ref, before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///dev/zero">]>', title="&a;"),
            page,
        ),
        1,
    )
    yield (
        "entities in chapter",
        lambda n: book(package(one, ref), {"c.xhtml": laughing(n) + f"<p>&l{n - 1};"}),
        30,
    )
    yield "bomb", lambda n: book(package(one, ref), {"c.xhtml": "<p>" + "x " * n}), 20_000_000
    yield "bomb of tags", lambda n: book(package(one, ref), {"c.xhtml": "<p>" * n}), 10_000_000
    yield "bomb of captions", lambda n: book(package(one, ref), {"c.xhtml": "<sup " * n}), 200_000
    yield (
        "bomb over the limit",
        lambda n: overstated(book(package(one, ref), page), "c.xhtml", n),
        500_000_001,
    )
    yield "deep package", lambda n: book(package("<a>" * n + "</a>" * n + one, ref), page), 200_000
    yield "deep container", lambda n: book(package(one, ref), page, container="<a>" * n), 500_000
    yield "package of itself", lambda n: book(package(item("a", "c.opf"), ref), page), 1
    yield (
        "many creators",
        lambda n: book(
            package(one, ref).replace("</metadata>", "<dc:creator>x</dc:creator>" * n + "</metadata>"), page
        ),
        100_000,
    )
    yield (
        "many roots",
        lambda n: book(
            package(one, ref), page, container="<c>" + '<rootfile full-path="c.opf"/>' * n + "</c>"
        ),
        100_000,
    )
    yield "way up", lambda n: book(package(item("a", "../" * n + "etc/passwd"), ref), page), 10_000
    yield (
        "many parts",
        lambda n: book(package(one, ref), {**page, **{f"p{k}": b"" for k in range(n)}}),
        20_000,
    )
    yield (
        "locked parts",
        lambda n: book(
            package(one, ref),
            {**page, "META-INF/encryption.xml": "<e>" + '<CipherReference URI="x"/>' * n + "</e>"},
        ),
        100_000,
    )
    yield "not a book", lambda n: zipped({"a": b"x" * n}), 10
    yield "cut off", lambda n: book(package(one, ref), page)[:-n], 30
    yield (
        "bomb by bzip2",
        lambda n: zipped(
            {"META-INF/container.xml": CONTAINER, "c.opf": package(one, ref), "c.xhtml": "<p>" + "x " * n},
            method=zipfile.ZIP_BZIP2,
        ),
        2_000_000,
    )
    yield (
        "bomb by lzma",
        lambda n: zipped(
            {"META-INF/container.xml": CONTAINER, "c.opf": package(one, ref), "c.xhtml": "<p>" + "x " * n},
            method=zipfile.ZIP_LZMA,
        ),
        20_000_000,
    )


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARAGRAPH = f"<w:p><w:r><w:t>{STORY}</w:t></w:r></w:p>"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml'
    '.document.main+xml"/>{}</Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(
    body: str,
    *,
    before: str = "",
    relations: str = "",
    types: str = "",
    parts: Mapping[str, str] | None = None,
) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": TYPES.format(types),
            "_rels/.rels": RELATIONS.format(
                f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
            ),
            "word/_rels/document.xml.rels": RELATIONS.format(relations),
            "word/document.xml": f"{before}<w:document {W}><w:body>{body}</w:body></w:document>",
            **(parts or {}),
        }
    )


def table(rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"


def cell(text: str = "a", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


MERGED = '<w:vMerge w:val="restart"/>'
MERGED_ABOVE = "<w:vMerge/>"


def relation(k: int, target: str) -> str:
    return f'<Relationship Id="x{k}" Type="{OFFICE}/x" Target="{target}"/>'


def _word_files() -> Iterator[tuple[str, Callable[[int], bytes], int]]:
    yield "paragraphs", lambda n: word(PARAGRAPH * n), 20_000
    yield "runs", lambda n: word("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * n + "</w:p>"), 100_000
    yield "open paragraphs", lambda n: word("<w:p>" * n), 100_000
    yield "nested paragraphs", lambda n: word("<w:p>" * n + "</w:p>" * n), 100_000
    yield (
        "nested tables",
        lambda n: word("<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p/>" * n + "</w:tc></w:tr></w:tbl>" * n),
        5_000,
    )
    yield (
        "wide cell",
        lambda n: word(table(f"<w:tr>{cell('a', f'''<w:gridSpan w:val='{n}'/>''')}</w:tr>")),
        2_000_000_000,
    )
    yield (
        "wide row",
        lambda n: word(table(f"<w:tr><w:trPr><w:gridBefore w:val='{n}'/></w:trPr>{cell()}</w:tr>")),
        2_000_000_000,
    )
    yield (
        "merged column",
        lambda n: word(
            table(f"<w:tr>{cell('a', MERGED)}</w:tr>" + f"<w:tr>{cell('', MERGED_ABOVE)}</w:tr>" * n)
        ),
        5_000,
    )
    yield (
        "merged long cell",
        lambda n: word(
            table(f"<w:tr>{cell(STORY * n, MERGED)}</w:tr>" + f"<w:tr>{cell('', MERGED_ABOVE)}</w:tr>" * n)
        ),
        10_000,
    )
    yield "rows", lambda n: word(table(f"<w:tr>{cell()}{cell()}</w:tr>" * n)), 10_000
    yield "cells", lambda n: word(table(f"<w:tr>{cell() * n}</w:tr>")), 20_000
    yield "entities", lambda n: word(PARAGRAPH.replace("The", f"&l{n - 1};"), before=laughing(n)), 10
    yield (
        "long entity",
        lambda n: word(PARAGRAPH.replace("The", "&a;" * n), before=f'<!DOCTYPE x [<!ENTITY a "{"x" * n}">]>'),
        50_000,
    )
    yield (
        "entities outside",
        lambda n: word(
            PARAGRAPH.replace("The", "&a;"), before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///dev/zero">]>'
        ),
        1,
    )
    yield (
        "relations",
        lambda n: word(
            PARAGRAPH, relations="".join(relation(k, "p.xml") for k in range(n)), parts={"word/p.xml": "<x/>"}
        ),
        50_000,
    )
    yield (
        "parts",
        lambda n: word(
            PARAGRAPH,
            relations="".join(relation(k, f"p{k}.xml") for k in range(n)),
            parts={f"word/p{k}.xml": "<x/>" for k in range(n)},
        ),
        3_000,
    )
    yield (
        "chain of parts",
        lambda n: word(
            PARAGRAPH,
            relations=relation(0, "p0.xml"),
            parts={f"word/p{k}.xml": "<x/>" for k in range(n)}
            | {
                f"word/_rels/p{k}.xml.rels": RELATIONS.format(relation(k, f"p{k + 1}.xml"))
                for k in range(n - 1)
            },
        ),
        3_000,
    )
    yield (
        "parts in a ring",
        lambda n: word(
            PARAGRAPH,
            relations=relation(0, "p.xml"),
            parts={
                "word/p.xml": "<x/>",
                "word/_rels/p.xml.rels": RELATIONS.format(relation(1, "document.xml")),
            },
        ),
        1,
    )
    yield (
        "types",
        lambda n: word(
            PARAGRAPH, types="".join(f'<Override PartName="/p{k}" ContentType="x/y"/>' for k in range(n))
        ),
        100_000,
    )
    yield "bomb", lambda n: word(f"<w:p><w:r><w:t>{'x ' * n}</w:t></w:r></w:p>"), 4_000_000
    yield "bomb of runs", lambda n: word(f"<w:p>{'<w:r><w:t>x</w:t></w:r>' * n}</w:p>"), 2_000_000
    yield "bomb over the limit", lambda n: overstated(word(""), "word/document.xml", n), 500_000_001
    yield "breaks", lambda n: word(f"<w:p><w:r>{'<w:br/>' * n}</w:r></w:p>"), 200_000
    yield "cut off", lambda n: word(PARAGRAPH)[:-n], 30


# PDF


def pdf(*objects: bytes | str, trailer: str = "", root: int = 1) -> bytes:
    """Return a PDF of these objects, numbered from 1, with a table of them."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, written in enumerate(objects, start=1):
        places.append(out.tell())
        body = written.encode() if isinstance(written, str) else written
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    told = f"/Size {len(objects) + 1} /Root {root} 0 R {trailer}"
    out.write(f"trailer\n<< {told} >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def stream(content: bytes, extra: str = "", *, packed: int = 0) -> bytes:
    filters = ""
    for _ in range(packed):
        content = zlib.compress(content, 9)
    if packed:
        filters = f"/Filter [{'/FlateDecode ' * packed}]"
    return f"<< /Length {len(content)} {filters} {extra} >>\nstream\n".encode() + content + b"\nendstream"


CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
    " /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>"
)
SHOWN = b"BT /F 12 Tf 50 700 Td (The lighthouse was lit in 1854.) Tj ET\n"


def one_page(content: bytes, *more: bytes | str, packed: int = 0, font: bytes | str = FONT) -> bytes:
    return pdf(
        CATALOG,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE,
        stream(content, packed=packed),
        font,
        *more,
    )


def _form(content: bytes, named: Mapping[str, int]) -> bytes:
    inner = " ".join(f"/{name} {number} 0 R" for name, number in named.items())
    resources = f"<< /Font << /F 5 0 R >> /XObject << {inner} >> >>"
    return stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources {resources}")


def before_itself() -> bytes:
    """Return a PDF whose table of objects says that it follows itself."""
    made = pdf(
        CATALOG,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE,
        stream(SHOWN),
        FONT,
        "null",
        trailer="/Prev 0000000000",
    )
    return made.replace(b"/Prev 0000000000", b"/Prev %010d" % made.index(b"xref\n"))


def expanding_table(n: int) -> bytes:
    packed = zlib.compress(b"\1" + b"\0" * (17 * n), 9)
    said = f"/Type /XRef /Size {n} /W [1 8 8] /Root 1 0 R /Filter /FlateDecode /Length {len(packed)}"
    head = b"%PDF-1.7\n1 0 obj\n<< " + said.encode() + b" >>\nstream\n"
    return head + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"


def _pdfs() -> Iterator[tuple[str, Callable[[int], bytes], int]]:
    yield (
        "pages",
        lambda n: pdf(
            CATALOG,
            f"<< /Type /Pages /Kids [{'3 0 R ' * n}] /Count {n} >>",
            PAGE,
            stream(SHOWN),
            FONT,
            "null",
        ),
        20_000,
    )
    yield (
        "page tree in a ring",
        lambda n: pdf(
            CATALOG,
            "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 2 0 R >>",
            PAGE,
            stream(SHOWN),
            FONT,
            "null",
        ),
        1,
    )
    yield (
        "page tree that doubles",
        lambda n: pdf(
            "<< /Type /Catalog /Pages 7 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            PAGE,
            stream(SHOWN),
            FONT,
            "null",
            *(f"<< /Type /Pages /Kids [{k + 8} 0 R {k + 8} 0 R] /Count {2 ** (n - k)} >>" for k in range(n)),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        ),
        25,
    )
    yield (
        "deep page tree",
        lambda n: pdf(
            "<< /Type /Catalog /Pages 7 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            PAGE,
            stream(SHOWN),
            FONT,
            "null",
            *(f"<< /Type /Pages /Kids [{k + 8} 0 R] /Count 1 >>" for k in range(n)),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        ),
        3_000,
    )
    yield (
        "count that lies",
        lambda n: pdf(
            CATALOG, f"<< /Type /Pages /Kids [3 0 R] /Count {n} >>", PAGE, stream(SHOWN), FONT, "null"
        ),
        2_000_000_000,
    )
    yield (
        "parents in a ring",
        lambda n: pdf(
            CATALOG,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 6 0 R >>",
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            stream(SHOWN),
            FONT,
            "<< /Type /Pages /Parent 2 0 R >>",
        ),
        1,
    )
    yield "object of itself", lambda n: pdf(CATALOG, "2 0 R"), 1
    yield "objects in a ring", lambda n: pdf(CATALOG, "3 0 R", "2 0 R"), 1
    yield "chain of objects", lambda n: pdf(CATALOG, *(f"{k + 3} 0 R" for k in range(n)), "null"), 5_000
    yield (
        "length of itself",
        lambda n: pdf(
            CATALOG,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            PAGE,
            b"<< /Length 4 0 R >>\nstream\n" + SHOWN + b"endstream",
            FONT,
            "null",
        ),
        1,
    )
    yield (
        "tables in a ring",
        lambda n: pdf(CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>", trailer="/Prev 9"),
        1,
    )
    yield "table before itself", lambda n: before_itself(), 1
    yield (
        "table of many",
        lambda n: pdf(CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>").replace(
            b"xref\n0 3\n", b"xref\n0 %d\n" % n
        ),
        2_000_000_000,
    )
    yield "stream of tables that expands", expanding_table, 3_000_000
    yield "bomb", lambda n: one_page(b" " * n, packed=1), 300_000_000
    yield "bomb of text", lambda n: one_page(SHOWN * n, packed=1), 100_000
    yield "bomb in a bomb", lambda n: one_page(b" " * n, packed=2), 300_000_000
    yield "many filters", lambda n: one_page(SHOWN, packed=n), 2_000
    yield "form of itself", lambda n: one_page(b"/X Do\n" + SHOWN, _form(b"/X Do\n" + SHOWN, {"X": 6})), 1
    yield (
        "forms that double",
        lambda n: one_page(
            b"/X Do", *(_form(b"/X Do /Y Do", {"X": k + 7, "Y": k + 7}) for k in range(n)), _form(SHOWN, {})
        ),
        25,
    )
    yield "forms often", lambda n: one_page(b"/X Do\n" * n, _form(SHOWN * 100, {})), 5_000
    yield "open arrays", lambda n: one_page(b"[" * n), 300_000
    yield "open dictionaries", lambda n: one_page(b"<<" * n), 300_000
    yield "open strings", lambda n: one_page(b"(" * n), 500_000
    yield "long string", lambda n: one_page(b"BT /F 12 Tf (" + b"x" * n + b") Tj ET"), 2_000_000
    yield (
        "long word in lines",
        lambda n: one_page(b"BT /F 12 Tf (" + b"a" * n + b"-) Tj T* (b) Tj ET"),
        300_000,
    )
    yield "many strings", lambda n: one_page(b"BT /F 12 Tf " + b"(a) Tj T* " * n + b"ET"), 50_000
    yield "many moves", lambda n: one_page(b"BT /F 12 Tf " + b"1 0 Td (a) Tj " * n + b"ET"), 50_000
    yield "saved states", lambda n: one_page(b"q " * n + SHOWN), 100_000
    yield "inline images", lambda n: one_page(b"BI /W 1 ID " * n + SHOWN), 50_000
    yield "many operands", lambda n: one_page(b"1 " * n + SHOWN), 500_000
    yield (
        "character map",
        lambda n: one_page(
            SHOWN,
            "null",
            stream(b"begincmap 1 beginbfrange <0000> <%b> <0041> endbfrange endcmap" % (b"f" * n)),
            font="<< /Type /Font /Subtype /Type0 /BaseFont /A /ToUnicode 7 0 R >>",
        ),
        8,
    )
    yield (
        "character maps",
        lambda n: one_page(
            SHOWN,
            "null",
            stream(b"begincmap " + b"100 beginbfrange <0000> <ffff> <0041> endbfrange\n" * n + b"endcmap"),
            font="<< /Type /Font /Subtype /Type0 /BaseFont /A /ToUnicode 7 0 R >>",
        ),
        1_000,
    )
    yield "deep arrays", lambda n: pdf(CATALOG, "[" * n + "]" * n), 100_000
    yield "comments", lambda n: b"%PDF-1.7\n" + b"%\n" * n, 500_000
    yield "end marks", lambda n: b"%PDF-1.7\n" + b"%%EOF\n" * n, 300_000
    yield "start marks", lambda n: b"%PDF-1.7\n" + b"startxref\n0\n%%EOF\n" * n, 100_000
    yield (
        "objects without a table",
        lambda n: b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * n + b"startxref\n0\n%%EOF",
        100_000,
    )
    yield "blanks at the end", lambda n: pdf(CATALOG) + b"\n" * n, 3_000_000
    yield (
        "predictor",
        lambda n: pdf(
            CATALOG,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            PAGE,
            stream(
                zlib.compress(b"\2" * n, 9),
                f"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns {10**9} >>",
            ),
            FONT,
            "null",
        ),
        10_000_000,
    )
    yield (
        "run lengths",
        lambda n: pdf(
            CATALOG,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            PAGE,
            stream(b"\x81 " * n + b"\x80", "/Filter /RunLengthDecode"),
            FONT,
            "null",
        ),
        1_000_000,
    )
    yield (
        "pairs of codes",
        lambda n: pdf(
            CATALOG,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            PAGE,
            stream(b"\x80" * n, "/Filter /LZWDecode"),
            FONT,
            "null",
        ),
        500_000,
    )
    yield (
        "title",
        lambda n: pdf(
            CATALOG,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            PAGE,
            stream(SHOWN),
            FONT,
            f"<< /Title ({'.' * n}) >>",
            trailer="/Info 6 0 R",
        ),
        500_000,
    )


def _all() -> Iterator[Nasty]:
    for suffix, made in (
        (".txt", TEXT),
        (".md", MARKDOWN),
        (".html", HTML),
        (".jsonl", JSONL),
        (".csv", CSV),
    ):
        for kind, (make, size) in made.items():
            yield Nasty(kind, suffix, make, size)
    for suffix, found in ((".epub", _books()), (".docx", _word_files()), (".pdf", _pdfs())):
        for kind, make, size in found:
            yield Nasty(kind, suffix, make, size)


NASTY = tuple(_all())

FEEDS: dict[str, tuple[Callable[[int], bytes], int]] = {
    "items": (repeated("<rss><channel>", "<item><link>http://a.example/x</link></item>"), 20_000),
    "open items": (repeated("<rss><channel>", "<item><link>"), 100_000),
    "tags": (repeated("<rss><channel>", "<"), 200_000),
    "comments": (repeated("<rss><channel>", "<!--"), 100_000),
    "deep": (nested("<rss><channel>", "<a>", "</a>"), 50_000),
    "attributes": (repeated("<feed ", "a='x' "), 100_000),
    "entities": (repeated("<rss><channel><item><title>", "&amp"), 200_000),
    "hidden entities": (
        lambda n: f"<rss>{laughing(n)}&l{n - 1};</rss>".replace("<rss><!DOCTYPE", "<!DOCTYPE").encode(
            "utf-16"
        ),
        10,
    ),
    "sitemap": (repeated("<urlset>", "<url><loc>http://a.example/x</loc></url>"), 200_000),
    "open addresses": (repeated("<urlset>", "<url><loc><![CDATA["), 200_000),
    "sitemap entities": (repeated("<urlset><url><loc>http://a.example/", "&amp"), 500_000),
    "packed": (lambda n: gzip.compress(b"<urlset>" + b" " * n, mtime=0), 21_000_000),
}
