"""Files of formats that no text editor writes, made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any


def pdf(*pages: Sequence[str], info: str = "") -> bytes:
    """Return a PDF whose pages hold these lines, written by hand."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj T* " for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown}ET"
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        bodies.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    bodies.append(f"<< {info} >>")
    content = "%PDF-1.4\n"
    places: list[int] = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(bodies) + 1
    content += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    content += f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\n"
    return (content + f"startxref\n{content.index('xref')}\n%%EOF\n").encode("cp1252")


def docx(build: Callable[[Any], object], title: str = "", author: str = "python-docx") -> bytes:
    """Return a Word file that `build` has filled."""
    from docx import Document

    document = Document()
    document.core_properties.title, document.core_properties.author = title, author
    build(document)
    document.save(content := io.BytesIO())
    return content.getvalue()


def epub(**more: str) -> bytes:
    """Return a book of two chapters, with `more` files or others in their place."""
    parts = {
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" version="2.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Of Storms</dc:title>
<dc:creator>Jane Doe</dc:creator><dc:creator>John Smith</dc:creator>
<dc:date opf:event="modification">2025-09-01</dc:date><dc:date>2025-08-14</dc:date>
<dc:publisher>Daily Books</dc:publisher><dc:language>en-GB</dc:language></metadata>
<manifest><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="chapter%20one.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>""",
        "OEBPS/nav.xhtml": "<html><body><a>Contents</a></body></html>",
        "OEBPS/chapter one.xhtml": '<?xml version="1.0" encoding="utf-8"?><html><head><title/></head><body>'
        "<h1>Chapter One</h1><p>It was a “dark”\n night.</p></body></html>",
        "OEBPS/two.xhtml": "<html><body><h1>Chapter Two</h1><p>It rained.<br/>It stopped.</p></body></html>",
        **more,
    }
    with zipfile.ZipFile(content := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
    return content.getvalue()
