"""What is read of the PDF files below a folder: seconds a page (of a core), words, facts, and what looks odd.

    python benchmarks/reading_papers.py FOLDER [--all]

With --all, title, authors and date of each file are printed for comparison with its first page.
"""

from __future__ import annotations

import re
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from rag.corpus.formats import pdf
from rag.errors import ReadingError
from rag.types import Article

MOST_SHOWN = 20
"""Of each kind of oddity."""
_SPLICED = re.compile(r"[a-z,] (?:\d{1,2}|[¹²³⁴-⁹]+|[∗†‡§]) ?[A-Z][a-z]+ (?:[a-z]+ ){3}")
_LETTERS = re.compile(r"(?:\b\w ){6}")


def main(folder: str, *flags: str) -> None:
    counts: Counter[str] = Counter()
    oddities: list[str] = []
    seconds = 0.0
    for path in sorted(Path(folder).rglob("*.pdf")):
        began = time.process_time()
        try:
            article = pdf.read(path.read_bytes(), path.name)
        except ReadingError as error:
            counts["refused"] += 1
            print(f"refused: {path.name}: {error}")
            continue
        spent = time.process_time() - began
        seconds += spent
        count(article, counts)
        oddities += odd(article)
        if "--all" in flags:
            print(
                path,
                article.title,
                article.author,
                article.published,
                article.url,
                f"{spent:.1f} s",
                sep=" / ",
            )
    print(*oddities, sep="\n")
    pages = counts["pages"] or 1
    print(
        f"{counts['files']} files, {pages} pages, {counts['words']} words,"
        f" {seconds / pages:.3f} seconds a page"
    )
    print({name: counts[name] for name in ("title", "author", "date", "DOI", "refused")})
    print({name: count for name, count in counts.items() if name.startswith("kind ")})
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def count(article: Article, counts: Counter[str]) -> None:
    counts["files"] += 1
    counts["pages"] += max((block.page or 0 for block in article.blocks), default=1)
    counts["words"] += len(article.text.split())
    counts["title"] += not article.id.startswith(article.title[:5])
    counts["author"] += article.author is not None
    counts["date"] += article.published is not None
    counts["DOI"] += article.url is not None
    for block in article.blocks:
        counts[f"kind {block.kind}"] += 1


def odd(article: Article) -> list[str]:
    """Return paragraphs that begin or end within a sentence, or may hold a note."""
    found = []
    shown: Counter[str] = Counter()
    for block in article.blocks:
        text = article.text[block.start : block.end]
        if block.kind != "paragraph" or len(text) < 80:
            continue
        for name, is_odd in (
            ("note within", _SPLICED.search(text) is not None),
            ("begins low", text[0].islower()),
            ("ends open", text[-1].isalpha()),
            ("letters", _LETTERS.search(text) is not None),
        ):
            if is_odd:
                shown[name] += 1
                if shown[name] <= 2:
                    found.append(f"  {name}: {article.id} p{block.page}: {text[:60]} … {text[-60:]}")
    return found[:MOST_SHOWN]


if __name__ == "__main__":
    main(*sys.argv[1:])
