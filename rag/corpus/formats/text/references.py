"""Lines to those below a heading for references: they state nothing of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rag.corpus.formats.text.lines import Line

REFERENCES = re.compile(
    r"(?:[\dIVX]{1,4}\.? +|[A-Z]\.? +)?(?:references(?: and (?:notes|further reading))?|bibliography"
    r"|works cited"
    r"|literature cited|cited literature|literatur(?:verzeichnis)?|références|bibliographie"
    r"|referencias(?: bibliográficas)?"
    r"|bibliografía|bibliografia|riferimenti(?: bibliografici)?|referências|литература|参考文献)\W*",
    re.IGNORECASE,
)
"""What stands above a list of what was cited."""


def marked(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield `lines`, paragraphs and items below such a heading as references, up to the next of its rank."""
    under: int | None = None
    for line in lines:
        if line.kind == "heading" and (under is None or line.level <= under):
            under = line.level if REFERENCES.fullmatch(line.text) else None
        is_cited = under is not None and line.kind in ("paragraph", "item")
        yield replace(line, kind="reference", level=0) if is_cited else line
