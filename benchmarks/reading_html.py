"""How well saved web pages are read, measured on the pages of Mozilla's Readability test set.

    git clone https://github.com/mozilla/readability ../readability
    python benchmarks/reading_html.py ../readability/test/test-pages

Words are compared as bags: precision is the share of our words that the expected text has, recall the share
of the expected words that ours has; the headline is set aside. The expected text is what Readability gives:
on some pages it keeps struck-out words and comments, drops lists and captions, and takes "Follow" or a date
for the author. So the worst pages and each wrong fact are printed (`--each` prints all pages).
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from statistics import mean, median

from rag.corpus import formats
from rag.corpus.formats.facts import dates
from rag.errors import ReadingError
from rag.types import Article

WORST = 15
_INLINE = frozenset("a abbr b cite code em font i kbd mark q s small span strong sub sup time u".split())


class _Words(HTMLParser):
    """Collects the words between tags, by other code than the one that is measured."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in {"script", "style", "title"}
        self.parts += [] if tag in _INLINE else [" "]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "title"}
        self.parts += [] if tag in _INLINE else [" "]

    def handle_data(self, data: str) -> None:
        self.parts += [] if self.silent else [data]


@dataclass(frozen=True)
class Reading:
    """How one page was read."""

    page: str
    precision: float
    recall: float
    seconds: float
    facts: dict[str, bool]
    """Whether each fact that is expected is right."""
    said: str


def words_of(text: str) -> Counter[str]:
    """Return the words of a text; of scripts without blanks the characters."""
    return Counter(re.findall(r"[\u3040-\u9fff]|[^\W\u3040-\u9fff]+", text.casefold()))


def expected_words(html: str) -> Counter[str]:
    parser = _Words()
    parser.feed(html)
    parser.close()
    return words_of("".join(parser.parts))


def is_title(found: str, expected: str) -> bool:
    """Say whether two titles are the same, but for the name of a site behind or before a mark."""
    short, long = sorted((" ".join(text.casefold().split()) for text in (found, expected)), key=len)
    rest = long.removeprefix(short) if long.startswith(short) else long.removesuffix(short)
    return not rest or (
        rest != long and re.search(r"^\W*[|\-–—:·»@_＜(\[]|[|\-–—:·»@_]\W*$", rest) is not None
    )


def is_author(found: str | None, expected: str) -> bool:
    """Say whether a byline's names are found and nothing that is not in it."""
    words = words_of(re.sub(r"\b(?:by|par|von|and|written|edited)\b", " ", expected, flags=re.IGNORECASE))
    return bool(found) and not set(words_of(found or "")) - {"and"} - set(words)


def read(folder: Path) -> Reading:
    """Return how the page in `folder` is read."""
    content = (folder / "source.html").read_bytes()
    facts = json.loads((folder / "expected-metadata.json").read_text(encoding="utf-8"))
    expected = expected_words((folder / "expected.html").read_text(encoding="utf-8"))
    start = time.perf_counter()
    [found] = formats.articles(content, f"{folder.name}.html")
    seconds = time.perf_counter() - start
    if isinstance(found, ReadingError):
        found = Article(folder.name, str(found), "")
    title = words_of(facts["title"] or "") + words_of(found.title)
    ours, theirs = words_of(found.text) - title, expected - title
    both = sum((ours & theirs).values())
    return Reading(
        folder.name,
        both / max(1, sum(ours.values())) if ours else float(not theirs),
        both / max(1, sum(theirs.values())) if theirs else 1.0,
        seconds,
        _facts(found, facts),
        f"{found.title!r} for {facts['title']!r}; {found.author!r} for {facts['byline']!r}; {found.published}"
        f" for {facts['publishedTime']!r}",
    )


def _facts(found: Article, expected: dict[str, str | None]) -> dict[str, bool]:
    right = {}
    if title := expected["title"]:
        right["title"] = is_title(found.title, title)
    if byline := expected["byline"]:
        right["author"] = is_author(found.author, byline)
    if (stated := expected["publishedTime"]) and (day := _day(stated)):
        right["date"] = found.published == day
    return right


def _day(stated: str) -> date | None:
    return dates.lone(stated.strip()) or dates.lone(stated.strip()[:10])


def report(readings: Sequence[Reading], *, each: bool) -> None:
    for name in ("recall", "precision"):
        values = [getattr(reading, name) for reading in readings]
        print(f"{name:<10} median {median(values):.3f}  mean {mean(values):.3f}")
    for fact in ("title", "author", "date"):
        right = [reading.facts[fact] for reading in readings if fact in reading.facts]
        print(f"{fact + 's':<10} {sum(right)} of {len(right)} right ({mean(right):.1%})")
    seconds = sum(reading.seconds for reading in readings)
    print(f"{seconds:.1f} s for {len(readings)} pages")
    worst = sorted(readings, key=lambda reading: min(reading.precision, reading.recall))
    for reading in worst if each else worst[:WORST]:
        print(f"{reading.page:<34} recall {reading.recall:.2f} precision {reading.precision:.2f}")
    for reading in readings:
        if wrong := [fact for fact, right in reading.facts.items() if not right]:
            print(f"{reading.page}: {' and '.join(wrong)}: {reading.said}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="test-pages of a checkout of Readability")
    parser.add_argument("--each", action="store_true", help="print each page, not only the worst")
    arguments = parser.parse_args()
    folders = sorted(path.parent for path in arguments.folder.glob("*/source.html"))
    report([read(folder) for folder in folders], each=arguments.each)


if __name__ == "__main__":
    main()
