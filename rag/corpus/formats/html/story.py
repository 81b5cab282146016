"""The tree of a page to the part of it that is its article, without what stands around and in between.

trafilatura finds the prose of an article and loses lists, code and headings on the way. So its verdict only
tells where the article stands: the smallest element that holds nearly all of that prose is read whole, but
for what is marked as foreign (navigation, comments, related stories) or leads elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rag.corpus.formats.html import teasers
from rag.corpus.formats.html.dom import Element, events
from rag.corpus.formats.html.looks import notes_in

AROUND = frozenset({"aside", "footer", "nav"})
ROLES = frozenset(
    {"alert", "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar"}
    | {"navigation", "search", "tablist", "toolbar"}
)
_MARK = re.compile(
    r"ads?|advert\w*|adslot|adsbygoogle|dfp|outbrain|taboola|sponsor(?:ed)?|promo(?:ted|tion)?|newsletters?"
    r"|subscri(?:be|ption)|signup|paywall|regwall|cookies?|consent|gdpr|popup|modal|overlay|disqus|livefyre"
    r"|comments?(?:list|section|area)?|respond|replies|reply|related(?:posts?|articles?|stories|links|content)?"
    r"|recirc(?:ulation)?|recommend(?:ed|ations?)?|trending|read(?:more|next|also)|upnext|(?:most)?popular"
    r"|teasers?|shar(?:e|ing|ebar|edaddy)|social|follow|addthis|sociable|nav(?:bar|box|igation)?|(?:sub)?menu"
    r"|breadcrumbs?|pagination|pager|sidebar|footer|masthead|toolbar|skip(?:link)?|noprint|printfriendly"
    r"|tag(?:s|list)|editsection|catlinks|toc",
    re.IGNORECASE,
)
"""Words of classes and ids of what stands around an article."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
MOST_WORDS = 4
"""Of such a name; a longer one is a heading's: id="sharing-with-a-single-developer"."""
_WHOLE = frozenset({"article", "body", "html", "main"})
"""Elements whose names tell what may stand on the page: <body class="has-sidebar">."""

_ALSO = re.compile(
    r"\W*(?:read|see|watch|listen|more|also|related|next|recommended|lesen|lies|lire|leer|lea|leggi|leia|lees)\b"
    r"(?:[^:.?!]|\.(?=\w)){0,40}[:»›>]",
    re.IGNORECASE,
)
"""How a line begins that leads to another article."""

_TERM = re.compile(r"\w+")
_LEAVES = frozenset(
    {"article", "blockquote", "body", "center", "dd", "div", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "li", "main", "p", "pre", "section", "td", "th"}
)
"""Elements that hold a paragraph, if only words in a line stand in them."""
_BYLINES = _LEAVES - {"figcaption", "li", "td", "th"}
"""Elements that may hold a byline; pictures, tables and lists of points are the article's."""
_GROUPS = frozenset({"article", "body", "center", "div", "main", "section", "td", "tr", "tbody", "table"})
"""Elements that hold several paragraphs."""

_WITH_SOURCE = frozenset({"blockquote", "figure"})
"""Elements whose <footer> says whose words they hold."""

_LINKED = frozenset({"div", "ol", "section", "table", "ul"})

LONGEST_TEASER = 400
"""Characters of what leads to another article, its heading a link."""
FEWEST_TEASERS = 3
"""In a row, so that they are told from a section of the article whose heading is a link."""
LONGEST_NAME = 60
"""Characters of what a row of teasers is called."""
MUCH = 0.4
"""Of the prose of an article: what holds more is not foreign, whatever it is called."""
SAME_PLACE = 0.2
"""Of the prose in a kind of place, what has to be known for all of it to be the article's."""
MOSTLY = 0.7
"""Of the words of a list: where so many are links it leads elsewhere."""
NEARLY_ALL = 0.9
"""Of the prose of an article: a stray paragraph may look like one of it."""
STANDFIRST = 50
"""Characters of prose that what stands between headline and text has at least, unless it is a byline."""
RUN = 4
"""Words that are compared at a time, so that a paragraph is known though a link of it is lost."""
SHORTEST = 25
"""Characters that a paragraph of prose has at least, as in Readability."""


@dataclass(slots=True)
class _Size:
    """How much stands in an element, in characters."""

    words: int = 0
    links: int = 0
    prose: int = 0
    """In paragraphs."""
    known: int = 0
    """Of the prose, what is the article's."""
    headlines: int = 0


@dataclass(slots=True, eq=False)
class _Part:
    """An element of a page."""

    element: Element
    above: _Part | None
    place: int
    """Tells what kind of place it is: that of all elements of the same names inside the same names."""
    text: list[str] = field(default_factory=list)
    """Words of its paragraph."""
    own: _Size = field(default_factory=_Size)
    """What stands in it and in no element inside it; of a paragraph all its prose."""
    all: _Size = field(default_factory=_Size)
    is_gone: bool = False
    is_notes: bool = False
    """Whether it holds nothing but notes."""


def article_in(root: Element, verdict: str) -> Element:
    """Return the element of a tree that holds its article; what is foreign to it is hidden in the tree.

    The `verdict` is the prose of the article, as far as it is known.
    """
    body = root.find("body")
    page = _Page(root if body is None else body, _runs(verdict))
    page.take_out_marked()
    page.take_out_teasers()
    page.know_places()
    here = page.with_notes(page.with_head(page.smallest()))
    page.take_out_links(here)
    page.take_out_rest(here)
    return here.element


class _Page:
    """The parts of a page in their order, and what of them is the article."""

    def __init__(self, body: Element, known: set[int]) -> None:
        self._parts = list(_parts(body))
        notes = notes_in(body)
        self._of = {part.element: part for part in self._parts}
        for part in self._parts:
            part.is_notes = part.element in notes
            text = " ".join("".join(part.text).split())
            if len(text) >= SHORTEST:
                runs = _runs(text)
                part.own.prose = len(text)
                part.own.known = len(text) if 2 * len(runs & known) > len(runs) else 0
        self._sum()

    def _sum(self) -> None:
        for part in self._parts:
            own = part.own  # `replace` would take a seventh of the time that a page takes
            part.all = _Size(own.words, own.links, own.prose, own.known, own.headlines)
            part.is_gone = part.is_gone or (part.above is not None and part.above.is_gone)
        for part in reversed(self._parts):
            if part.above and not part.is_gone:
                above = part.above.all
                above.words += part.all.words
                above.links += part.all.links
                above.prose += part.all.prose
                above.known += part.all.known
                above.headlines += part.all.headlines

    def _take_out(self, part: _Part) -> None:
        part.is_gone = True
        part.element.set("hidden", "")  # what follows in its line stays

    def take_out_marked(self) -> None:
        """Take out what is called something foreign, unless much of the article stands in it."""
        total = self._parts[0].all
        for part in self._left(self._parts[1:]):
            if _is_marked(part.element) and not part.is_notes:
                size = part.all
                share = size.known / total.known if total.known else size.prose / (total.prose or 1)
                if share < MUCH and not size.headlines:
                    self._take_out(part)
        self._sum()

    def take_out_teasers(self) -> None:
        """Take out teasers and what they are called together, unless they are much of the page.

        One is told by its link to the rest of it, several in a row by their headings.
        """
        total = self._parts[0].all.prose
        rows: dict[int, list[_Part]] = {}
        for part in self._left(self._parts[1:]):
            if part.element.tag in teasers.ELEMENTS and part.all.links and part.all.words <= LONGEST_TEASER:
                if teasers.leads_on(part.element) and part.all.prose < MUCH * total:
                    self._take_out(_whole(part, [part]))
                elif teasers.has_linked_heading(part.element):
                    rows.setdefault(part.place, []).append(part)
        for row in rows.values():
            if len(row) >= FEWEST_TEASERS and sum(part.all.prose for part in row) < MUCH * total:
                for part in row:
                    self._take_out(_whole(part, row))
        self._sum()

    def know_places(self) -> None:
        """Take all prose for the article's that stands in the same kind of place as known prose does."""
        places: dict[int, _Size] = {}
        for part in self._parts:
            if not part.is_gone:
                place = places.setdefault(part.place, _Size())
                place.prose += part.own.prose
                place.known += part.own.known
        for part in self._parts:
            place = places.get(part.place, part.own)
            if not part.is_gone and place.known > SAME_PLACE * place.prose:
                part.own.known = part.own.prose
        self._sum()

    def smallest(self) -> _Part:
        """Return the smallest part that holds NEARLY_ALL known prose; all prose where none is known."""
        total = self._parts[0].all
        here = self._parts[0]
        for part in self._parts:
            share = part.all.known / total.known if total.known else part.all.prose / (total.prose or 1)
            if not part.is_gone and share >= NEARLY_ALL and part.element.tag in _GROUPS:
                here = part
        return here

    def with_head(self, here: _Part) -> _Part:
        """Return the part that holds the headline too, without what stands before that or behind `here`."""
        at = self._parts.index(here)
        heads = [number for number, part in enumerate(self._parts[:at]) if part.own.headlines]
        heads = [number for number in heads if not self._parts[number].is_gone]
        if not heads or here.all.headlines:
            return here
        head, between = self._parts[heads[-1]], self._parts[heads[-1] + 1 : at]
        if sum(part.own.prose for part in between if not part.is_gone) > here.all.prose:
            return here
        around = {id(part) for part in _above(head)}
        top = next(part for part in (here, *_above(here)) if id(part) in around)
        self._cut(head, top, before=True)
        self._cut(here, top, before=False)
        kept = around | {id(part) for part in _above(here)}
        for part in self._left(between):  # a byline and its like are facts
            if id(part) not in kept and part.element.tag in _BYLINES and part.all.prose < STANDFIRST:
                self._take_out(part)
        return top

    def with_notes(self, here: _Part) -> _Part:
        """Return the part that holds the notes behind `here` too, and nothing else beside it."""
        part = top = here
        while part.above:
            if any(each.is_notes and not each.is_gone for each in self._beside(part, before=False)):
                top = part.above
            part = part.above
        for before in (True, False):
            self._cut(here, top, before=before)
        return top

    def take_out_links(self, here: _Part) -> None:
        """Take out paragraphs and lists that lead to other articles."""
        known = self._ends_of_known()
        numbers = {id(part): number for number, part in enumerate(self._parts)}
        for part in self._left(self._parts):
            number = numbers[id(part)]
            size, tag = part.all, part.element.tag
            if part is here or part.is_notes or 2 * size.links <= size.words:
                continue
            leads = tag in {"p", "div", "li"} and _ALSO.match("".join(part.text).lstrip())
            is_list = tag in _LINKED and size.links > MOSTLY * size.words and 2 * size.known < size.words
            first, last = known.get(id(part.above), (number, number))
            if leads or (is_list and not (tag in {"ol", "ul"} and first < number < last)):
                self._take_out(part)

    def take_out_rest(self, here: _Part) -> None:
        """Take out what follows the last known prose and is other prose or links.

        Beside that prose only groups go: a list or table that stands there is the article's.
        """
        last = next((part for part in reversed(self._parts) if part.own.known and not part.is_gone), None)
        is_beside = True
        while last and last is not here:
            for part in self._beside(last, before=False):
                size, may_stay = part.all, is_beside and part.element.tag not in _GROUPS
                if not (size.known or may_stay or part.is_notes) and (
                    size.prose > STANDFIRST or size.links > 0.3 * size.words
                ):
                    self._take_out(part)
            is_beside = False
            last = last.above

    def _ends_of_known(self) -> dict[int, tuple[int, int]]:
        """Return for each part, by its id, the numbers of the first and last part in it with known prose."""
        found: dict[int, tuple[int, int]] = {}
        for number, part in enumerate(self._parts):
            if part.above and part.all.known:
                first, _ = found.get(id(part.above), (number, number))
                found[id(part.above)] = first, number
        return found

    def _left(self, parts: Iterable[_Part]) -> Iterator[_Part]:
        """Yield those of `parts` that are not gone, be it while they are yielded."""
        for part in parts:
            part.is_gone = part.is_gone or (part.above is not None and part.above.is_gone)
            if not part.is_gone:
                yield part

    def _beside(self, part: _Part, *, before: bool) -> list[_Part]:
        elements = part.element.itersiblings(preceding=before)
        return [self._of[element] for element in elements if element in self._of]

    def _cut(self, part: _Part, top: _Part, *, before: bool) -> None:
        """Take out all of `top` that stands before or behind `part`."""
        while part is not top and part.above:
            for each in self._beside(part, before=before):
                if before or not each.is_notes:
                    self._take_out(each)
            part = part.above


def _whole(part: _Part, row: list[_Part]) -> _Part:
    """Return what holds a `row` of teasers and no more than a heading beside, `part` at least."""
    said = sum(each.all.words for each in row)
    whole = part
    for above in _above(part):
        if above.element.tag not in _GROUPS - _WHOLE or above.all.words > said + LONGEST_NAME:
            break
        whole = above
    return whole


def _above(part: _Part) -> Iterator[_Part]:
    """Yield each part that `part` stands in, the smallest first."""
    above = part.above
    while above:
        yield above
        above = above.above


def _parts(body: Element) -> Iterator[_Part]:
    """Yield each element that is seen as it starts; all words are in their parts once all are yielded."""
    open_parts: list[_Part] = []
    leaves: list[_Part] = []
    linked = 0
    whole = _whole_articles(body)
    for event, element, is_seen in events(body):
        tag = element.tag
        if event == "start":
            above = open_parts[-1] if open_parts else None
            own = id(element) if element in whole else 0
            part = _Part(element, above, hash((above and above.place, tag, element.get("class"), own)))
            part.own.headlines = int(tag == "h1")
            open_parts.append(part)
            if tag in _LEAVES or not leaves:
                leaves.append(part)
            linked += tag == "a"
            text = element.text if is_seen else None
            yield part
        else:
            part = open_parts.pop()
            if leaves[-1] is part:
                leaves.pop()
            linked -= tag == "a"
            text = element.tail
        if text and open_parts:
            size = len(text.strip())
            open_parts[-1].own.words += size
            open_parts[-1].own.links += size if linked else 0
            leaves[-1].text.append(text)


def _whole_articles(body: Element) -> set[Element]:
    """Return each <article> with a headline of its own: what stands in one is no place in another."""
    found: set[Element] = set()
    for headline in body.iter("h1"):
        for element in headline.iterancestors("article"):
            if element in found:
                break
            found.add(element)
    return found


def _runs(text: str) -> set[int]:
    """Return what tells each run of words in `text`."""
    words = _TERM.findall(text.casefold())
    return {hash(tuple(words[at : at + RUN])) for at in range(max(1, len(words) - RUN + 1))}


def _is_marked(element: Element) -> bool:
    """Say whether an element is, or is called, what stands around an article."""
    if element.tag in AROUND:
        above = element.getparent()
        return above is None or above.tag not in _WITH_SOURCE
    told = element.attrib
    if not told or element.tag in _WHOLE:
        return False
    if told.get("role") in ROLES:
        return True
    return any(
        len(words := _WORD.findall(name)) <= MOST_WORDS and any(_MARK.fullmatch(word) for word in words)
        for name in f"{told.get('class', '')} {told.get('id', '')}".split()
    )
