"""What is read of the PDF files below a folder: seconds a page (of a core), words, facts, and what looks odd.

    python benchmarks/reading_papers.py FOLDER [--all]

With --all, title, authors and date of each file are printed for comparison with its first page. Where
Crossref's record lies beside a file, as in a journal's repository (`NAME.crossref.xml` in
openjournals/jose-papers), the three are compared with it, and what differs is printed. Letters are compared,
without accents, marks and case. Crossref leaves out middle names: an author is the same where all words of
the record's name are words of ours.
"""

from __future__ import annotations

import html
import re
import resource
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from rag.corpus.formats import pdf
from rag.errors import ReadingError
from rag.types import Article

MOST_SHOWN = 20
"""Of each kind of oddity."""
FACTS = ("title", "authors", "date")
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
        compare(article, path.with_suffix(".crossref.xml"), counts)
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
    if counts["records"]:
        print(
            ", ".join(
                f"{name} as Crossref: {counts[f'same {name}']} of {counts['records']}" for name in FACTS
            )
        )
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


def compare(article: Article, record: Path, counts: Counter[str]) -> None:
    """Count which facts are those of a record of Crossref's, where there is one, and print what differs."""
    if not record.exists():
        return
    counts["records"] += 1
    work = ElementTree.parse(record).find(".//{*}journal_article")
    assert work is not None, f"{record} is about no article"
    day = work.find("{*}publication_date")
    assert day is not None, f"{record} has no date"
    theirs = (
        work.findtext(".//{*}title") or "",
        ", ".join(map(named, work.iterfind(".//{*}person_name[@contributor_role='author']"))),
        "-".join(day.findtext(f"{{*}}{part}") or "" for part in ("year", "month", "day")),
    )
    ours = (article.title, article.author or "", str(article.published))
    same = (
        letters(theirs[0]) == letters(ours[0]),
        are_same_people(theirs[1].split(", "), ours[1].split(", ")),
        theirs[2] == ours[2],
    )
    for name, is_same, their, our in zip(FACTS, same, theirs, ours, strict=True):
        counts[f"same {name}"] += is_same
        if not is_same:
            print(f"{name} of {article.id}: {our!r}; Crossref: {their!r}")


def named(person: ElementTree.Element) -> str:
    """Return the name of a person of a record, of which some have HTML for a space."""
    parts = (person.findtext("{*}given_name"), person.findtext("{*}surname"))
    return " ".join(html.unescape(part) for part in parts if part)


def are_same_people(theirs: Sequence[str], ours: Sequence[str]) -> bool:
    """Return whether as many people are named, and each with all words of the record's name."""
    return len(theirs) == len(ours) and all(
        set(map(letters, their.split())) <= set(map(letters, our.split()))
        for their, our in zip(theirs, ours, strict=True)
    )


def letters(text: str) -> str:
    """Return the letters and digits of a text, without accents and case."""
    return "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if each.isalnum())


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
