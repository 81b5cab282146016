"""The tree of a page to what stands beside its headline: byline and date, and what is another article's."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from rag.corpus.formats.facts import dates
from rag.corpus.formats.facts.fields import field_of
from rag.corpus.formats.html.dom import Element, events
from rag.corpus.formats.text.characters import one_line

_LABEL = re.compile(
    r"\b(?:(?P<later>(?:last |zuletzt )?(?:updated?|modified|edited|revised|reviewed|corrected|aktualisiert)"
    r"|mis à jour|actualizado|aggiornato|atualizado)|published|posted|first published|created)\b",
    re.IGNORECASE,
)
_AROUND = frozenset({"aside", "footer", "nav"})
_COMMENT = re.compile(r"(?<![a-z])(?:comments?|disqus|related|recommended|sidebar)(?![a-z])", re.IGNORECASE)
_BLOCKS = frozenset("article br dd div dt h1 h2 h3 h4 h5 h6 header hr li p section table td tr ul".split())
_ROWS = frozenset({"dd", "dl", "dt", "td", "th", "tr"})
"""Elements of tables and lists of definitions at whose end a name begins or ends to hold."""
_TEASERS = frozenset({"article", "li", "td"})
"""Elements that hold one teaser each, where there are several."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BYLINES = frozenset({"author", "authorname", "authors", "byauthor", "byline"})
"""Words of classes and ids of a byline."""
_HUMPED = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_WORD = re.compile(r"\w+")

LONGEST_LINE = 160
"""Characters of a line beside the headline that gives a date, and of a byline; a longer one is prose."""
NEAR = 12
"""Lines behind the headline that may give its date, and above it a third as many."""
MOST_PROSE = 2
"""Paragraphs among them: a standfirst and a caption."""
MOST_BYLINES = 50
"""That are looked at."""
HEADLINE_WORDS = 4
"""That a link or heading has at least which is the headline of another article, and not a name."""
TEASER_LEVELS = 4
"""Elements around a byline, one in the other, that may hold the headline of its article."""
LONGEST_TEASER = 500
"""Characters that tell of another article; what has more holds articles, or is one."""


class Page:
    """A page, and its headline: the heading that shares most words with what the page calls itself."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.headline = _headline(root)
        self._above_headline = set() if self.headline is None else set(self.headline.iterancestors())

    def is_of_another(self, element: Element) -> bool:
        """Say whether `element` is of another article than the page's: it stands below another headline."""
        may_be_teaser = True
        for level, above in enumerate(element.iterancestors()):
            if above in self._above_headline:
                return False
            if is_around(above) and not (element.get("itemprop") and self._is_in_article(above)):
                return True
            may_be_teaser = may_be_teaser and level < TEASER_LEVELS and _is_short(above, LONGEST_TEASER)
            if may_be_teaser and any(_is_headline(each, element) for each in above.iter("a", *_HEADINGS)):
                return True
            may_be_teaser = may_be_teaser and above.tag not in _TEASERS
        return False

    def _is_in_article(self, element: Element) -> bool:
        return next(element.iterancestors("article"), None) in self._above_headline

    def bylines(self) -> Iterator[Element]:
        """Yield what may name the author: what says so to machines first, then by its place.

        What follows the headline comes before what stands above it.
        """
        at = _places(self.root)
        headline = -1 if self.headline is None else at[self.headline]
        found = [each for each in self.root.iter() if each.attrib and _is_byline(each)]
        found.sort(key=lambda each: (not _is_marked(each), at[each] < headline, abs(at[each] - headline)))
        for each in islice(found, MOST_BYLINES):
            if not is_around(each) and not self.is_of_another(each):
                yield each

    def times(self) -> Iterator[str]:
        """Yield the times that elements of the article say it was published."""
        for time in self.root.iter("time", "abbr", "div", "p", "span"):
            is_marked = time.get("itemprop") == "datePublished" or "pubdate" in time.attrib
            if is_marked and not self.is_of_another(time):
                yield time.get("datetime") or time.get("content") or ""

    def lines(self) -> list[str]:
        """Return the lines beside the headline, with times as they are in full, the headline's own first."""
        above: deque[str] = deque(maxlen=NEAR // 3)
        below: list[str] = []
        is_below = False
        prose = 0
        for line, is_headline in self._lines():
            is_prose = len(line) > LONGEST_LINE or (len(line) > 60 and line.endswith((".", "!", "?", "”")))
            if is_headline and not is_below:
                is_below = True
            elif is_below:
                prose += is_prose
                if prose > MOST_PROSE or len(below) == NEAR:
                    break
                below += [] if is_prose else [line]
            elif not is_prose:
                above.append(line)
        return [*below, *reversed(above)] if is_below else []

    def _lines(self) -> Iterator[tuple[str, bool]]:
        """Yield the lines of the page, and whether each is its headline."""
        words: list[str] = []
        name = ""  # of what the next cell or definition tells
        around = 0
        inside: Element | None = None
        is_headline = False
        for event, element, is_seen in events(self.root):
            tag = element.tag
            if is_around(element):
                around += 1 if event == "start" else -1
            if tag in _BLOCKS and (line := " ".join("".join(words).split())):
                if is_headline or not (name and _is_of_subject(name, line)):
                    yield line, is_headline
                words = []
            if event == "end" and tag in _ROWS:
                name = one_line("".join(element.itertext())) if tag in {"dt", "th"} else ""
            if element is self.headline:
                is_headline = event == "start"
            if event == "start" and is_seen and not around and inside is None:
                if tag == "time":
                    words.append("" if self.is_of_another(element) else _time(element))
                    inside = element
                else:
                    words.append(element.text or "")
            elif event == "end":
                inside = None if inside is element else inside
                if not around and inside is None:
                    words.append(element.tail or "")


def shown_date(lines: Iterable[str]) -> str:
    """Return the date of publication that stands beside the headline, never one of a change."""
    for line in lines:
        labels = list(_LABEL.finditer(line))
        starts = [label.start() for label in labels] + [len(line)]
        labelled = [
            line[label.end() : starts[at + 1]] for at, label in enumerate(labels) if not label["later"]
        ]
        for text in [*labelled, line[: starts[0]]]:
            if day := dates.within(text):
                return day.isoformat()
    return ""


def is_around(element: Element) -> bool:
    """Say whether `element` is, or is called, what stands around an article."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in _AROUND or (
        element.tag not in {"html", "body", "main", "article"} and _COMMENT.search(names) is not None
    )


def _is_of_subject(name: str, line: str) -> bool:
    """Say whether a row tells a day of what the article is about: "Born", 3 May 1868."""
    if not dates.within(line) or _LABEL.search(line):
        return False
    label, field = _LABEL.search(name), field_of(name.replace(" of ", " "))
    return not (field and field[0] == "published") and not (label and not label["later"])


def _headline(root: Element) -> Element | None:
    told = [meta.get("content") or "" for meta in root.iter("meta") if meta.get("property") == "og:title"]
    told += ["".join(title.itertext()) for title in root.iter("title")]
    called = _words(" ".join(told))
    best: tuple[int, Element | None] = (-1, None)
    for tag in _HEADINGS[:3]:  # many a page has its site's name in an h1, and its headline below
        for heading in root.iter(tag):
            if said := _words("".join(heading.itertext())):
                shared = len(called & said)
                if shared > best[0] and (tag == "h1" or 2 * shared > len(said)):
                    best = shared, heading
    return best[1]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _places(root: Element) -> dict[Element, int]:
    return {element: at for at, element in enumerate(root.iter())}


def _is_headline(heading: Element, of: Element) -> bool:
    """Say whether `heading` has the words of a headline, and is not around or inside what it is `of`.

    A link within a sentence is none.
    """
    if heading is of or len(one_line("".join(heading.itertext())).split()) < HEADLINE_WORDS:
        return False
    if heading.tag == "a" and (line := heading.getparent()) is not None:
        around = (line.text, *(each.tail for each in line))
        if any(character.isalnum() for text in around if text for character in text):
            return False
    return of not in heading.iterancestors() and heading not in of.iterancestors()


def _is_marked(element: Element) -> bool:
    return element.get("rel") == "author" or "author" in (element.get("itemprop") or "").split()


def _is_byline(element: Element) -> bool:
    cards = [element]
    if "fn" in (element.get("class") or "").split():  # a card's name: the author's where the card is
        cards += element.iterancestors()
    return any(map(_is_called_byline, cards)) and _is_short(element, LONGEST_LINE)


def _is_called_byline(element: Element) -> bool:
    if element.tag in {"html", "body", "main", "article", "meta", "link"}:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _is_marked(element) or not _BYLINES.isdisjoint(map(str.lower, _HUMPED.findall(names)))


def _is_short(element: Element, most: int) -> bool:
    size = 0
    for text in element.itertext():
        size += len(text.strip())
        if size > most:
            return False
    return True


def _time(element: Element) -> str:
    """Return the day of a <time>, as it shows it or else tells it, and that it is of a change."""
    later = " updated " if element.get("itemprop") == "dateModified" else " "
    shown = one_line("".join(element.itertext()))
    day = dates.within(shown) or dates.lone(one_line(element.get("datetime") or ""))
    return f"{later}{day or shown} "
