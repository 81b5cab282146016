"""What the view of the articles asks of the server: a table of what there is, and changes to that.

The table is searched and sorted here, and sent a page at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, TypedDict

from gradio.utils import get_upload_folder

from rag.chat import Chat
from rag.corpus.corrections import SETTABLE
from rag.corpus.filters import collection_of
from rag.corpus.formats import TABLE_READERS
from rag.corpus.health import LACKS
from rag.errors import IntakeError
from rag.page.article import FactsView, facts
from rag.page.calls.state import Older, OlderView
from rag.page.changes import Changes
from rag.types import Card

PAGE = 50
"""Rows that are sent at once."""

MOST_UNREAD = 200
"""Files and rows that could not be read, of which the reason is sent."""

COLUMNS: Mapping[str, Callable[[Card], Any]] = {
    "title": lambda card: card.title.casefold(),
    "source": lambda card: (card.source or "").casefold(),
    "published": lambda card: card.published.isoformat() if card.published else "",
    "length": lambda card: card.length,
    "collection": lambda card: collection_of(card.id).casefold(),
}
"""What the table can be sorted by; what is empty comes last either way."""


class RowView(FactsView):
    """A row of the table."""

    length: int
    """Characters."""
    collection: str
    is_row: bool
    """Of a table, which can only be removed as a whole."""


class TableView(TypedDict):
    """One page of the table."""

    rows: list[RowView]
    page: int
    """From 0; the last one when there are not so many as were asked for."""
    pages: int
    found: int
    """Articles that the search leaves."""
    total: int


class News(TypedDict):
    """What may have changed since a browser last asked."""

    snapshot: str
    """Name of the snapshot in use; the table is of another one when it differs."""
    unread: list[tuple[str, str]] | None
    """The files and rows that could not be read, and why; None where the browser knows the snapshot."""
    more_unread: int
    """How many are not among them."""
    older: OlderView
    status: dict[str, Any] | None
    """What is going on, a rag.page.changes.Status; None where nothing can be changed."""


class Cards:
    """The cards of the newest snapshot, read once for all who look."""

    def __init__(self, newest: Callable[[], Chat]) -> None:
        self._newest = newest
        self._lock = threading.Lock()
        self._chat: Chat | None = None
        self._cards: list[Card] = []

    def __call__(self) -> list[Card]:
        """Return the newest cards. Raises SnapshotError when there are none to read."""
        chat = self._newest()
        with self._lock:
            if chat is not self._chat:
                self._cards, self._chat = chat.cards(), chat
            return self._cards


def calls(
    newest: Callable[[], Chat], cards: Cards, older: Older, changes: Changes | None
) -> list[Callable[[Any], Any]]:
    """Return the functions that a browser calls, with what may be anything.

    Without `changes`, those that would change something are not among them.
    """

    def find_articles(asked: Mapping[str, Any]) -> TableView:
        return table(
            cards(),
            search=str(asked["search"]),
            order=str(asked["order"]),
            descending=bool(asked["descending"]),
            page=int(asked["page"]),
            lacking=str(asked["lacking"]),
        )

    def news(known: object) -> News:
        chat = newest()
        unread = None if chat.snapshot == known else list(islice(chat.unread.items(), MOST_UNREAD))
        return {
            "snapshot": chat.snapshot,
            "unread": unread,
            "more_unread": max(0, len(chat.unread) - MOST_UNREAD),
            "older": older.older(None),
            "status": asdict(changes.status) if changes else None,
        }

    return [find_articles, news, *(_edits(changes) if changes else [])]


def _edits(changes: Changes) -> list[Callable[[Any], Any]]:
    """Return the functions that change something."""

    def add_file(sent: Sequence[Any]) -> None:
        name, path = sent
        changes.add(str(name), uploaded(str(path)))

    def add_address(address: object) -> None:
        changes.add(str(address))

    def remove_article(id_: object) -> None:
        changes.remove(str(id_))

    def restore_article(id_: object) -> None:
        changes.restore(str(id_))

    def correct_article(sent: Sequence[Any]) -> None:
        id_, facts = sent
        changes.correct(str(id_), {name: str(facts[name]) for name in SETTABLE if name in facts})

    return [add_file, add_address, remove_article, restore_article, correct_article]


def uploaded(path: str) -> Path:
    """Return the file that a browser uploaded to `path`. Raises IntakeError for any other file."""
    file = Path(path).resolve()
    if not file.is_relative_to(Path(get_upload_folder()).resolve()) or not file.is_file():
        raise IntakeError("was not uploaded")
    return file


def table(
    cards: Sequence[Card], *, search: str, order: str, descending: bool, page: int, lacking: str = ""
) -> TableView:
    """Return the `page` of those `cards` that hold every word of `search`, in their title or their facts.

    With the name of a fact that is `lacking`, only those without it are found.
    """
    words = search.casefold().split()
    total = len(cards)
    for fact, lacks in LACKS.items():
        if fact == lacking:
            cards = [card for card in cards if lacks(card)]
    found = [card for card in cards if all(word in _searched(card) for word in words)] if words else cards
    key = COLUMNS.get(order, COLUMNS["title"])
    known = sorted((card for card in found if key(card)), key=key, reverse=descending)
    ordered = [*known, *(card for card in found if not key(card))]
    pages = max(1, -(-len(ordered) // PAGE))
    page = min(max(page, 0), pages - 1)
    return {
        "rows": [_row(card) for card in ordered[page * PAGE : (page + 1) * PAGE]],
        "page": page,
        "pages": pages,
        "found": len(ordered),
        "total": total,
    }


def _searched(card: Card) -> str:
    return "\n".join(filter(None, (card.title, card.source, card.author, card.id))).casefold()


def _row(card: Card) -> RowView:
    return {
        **facts(card),
        "length": card.length,
        "collection": collection_of(card.id),
        "is_row": PurePosixPath(card.id.rpartition("#")[0]).suffix.lower() in TABLE_READERS,
    }
