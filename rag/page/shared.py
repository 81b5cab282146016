"""Answers that readers share, kept as they were: an outcome as a browser was told of it, each in a file.

A link names the file and nothing else. What is kept is what this server said; a browser sends none of it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import secrets
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

from cachetools import LRUCache

from rag.chat import Chat
from rag.errors import FilterError
from rag.files import replace_file
from rag.page.asking import SentLimits, SentQuestion
from rag.page.view import OutcomeView
from rag.types import Article

MOST_KEPT = 1000
"""Answers that are kept; the oldest make room."""

LARGEST = 200_000
"""Bytes of one: an answer with ten long passages has about 60,000."""

REMEMBERED = 128
"""Answers that can be shared without being asked anew, the latest ones."""

_KEY = re.compile(r"[A-Za-z0-9_-]{22}")

log = logging.getLogger(__name__)


class NamedArticle(TypedDict):
    """An article that a filter names."""

    article: str
    title: str


class FilterView(TypedDict):
    """A filter as a browser draws it."""

    since: str | None
    until: str | None
    sources: list[str]
    authors: list[str]
    collections: list[str]
    articles: list[NamedArticle]


class RequestView(TypedDict):
    """What was asked, and how."""

    question: str
    ignored: list[str]
    alone: bool
    filter: FilterView


class SharedView(TypedDict):
    """An answer as it was when it was shared."""

    at: str
    """UTC, ISO 8601."""
    request: RequestView
    turn: OutcomeView
    changed: list[str]
    """Titles of the articles shown with it that are no longer as they were."""
    rebuilt: bool
    """Whether the articles, these or others, have been read anew since."""


class Shared:
    """What is shared, in `folder`. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told: LRUCache[str, tuple[SentQuestion, OutcomeView]] = LRUCache(REMEMBERED)
        self._lock = threading.Lock()

    def remember(self, asked: SentQuestion, view: OutcomeView) -> None:
        """Remember what a browser is told, so that it can be shared."""
        with self._lock:
            self._told[asked.id] = asked, view

    def keep(self, chat: Chat, id_: str) -> str | None:
        """Keep what the turn of this name was told, and return the key to it; None when that fails."""
        with self._lock:
            found = self._told.get(id_)
        if found is None:
            return None
        asked, view = found
        content = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "request": _request(chat, asked),
            "turn": view,
            "articles": {id_: _digest(article) for id_ in _shown(view) if (article := _article(chat, id_))},
            "snapshot": chat.snapshot,
        }
        written = json.dumps(content, ensure_ascii=False).encode()
        if len(written) > LARGEST:
            return None
        key = secrets.token_urlsafe(16)
        try:
            with self._lock:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._make_room()
                replace_file(self._file(key), written)
        except OSError:
            log.exception("an answer was not shared")
            return None
        return key

    def opened(self, chat: Chat, key: str) -> SharedView | None:
        """Return what `key` opens; None when there is no such answer any more."""
        if not _KEY.fullmatch(key):
            return None
        try:
            kept = json.loads(self._file(key).read_bytes())
        except (OSError, ValueError):
            return None
        titles = {each["article"]: each["title"] for each in _facts(kept["turn"])}
        changed = [
            titles[id_] for id_, was in kept["articles"].items() if _digest(_article(chat, id_)) != was
        ]
        return {
            "at": kept["at"],
            "request": kept["request"],
            "turn": kept["turn"],
            "changed": changed,
            "rebuilt": kept["snapshot"] != chat.snapshot,
        }

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def _make_room(self) -> None:
        kept = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
        for file in kept[: max(0, len(kept) + 1 - MOST_KEPT)]:
            file.unlink(missing_ok=True)


def _request(chat: Chat, asked: SentQuestion) -> RequestView:
    return {
        "question": asked.question,
        "ignored": list(asked.ignored),
        "alone": True,
        "filter": _filter(chat, asked.limits),
    }


def _filter(chat: Chat, limits: SentLimits) -> FilterView:
    articles = ((id_, _article(chat, id_)) for id_ in limits.articles)
    return {
        "since": limits.since,
        "until": limits.until,
        "sources": list(limits.sources),
        "authors": list(limits.authors),
        "collections": list(limits.collections),
        "articles": [
            {"article": id_, "title": article.title if article else id_} for id_, article in articles
        ],
    }


def _facts(view: OutcomeView) -> Iterable[NamedArticle]:
    """Yield the articles that `view` shows."""
    shown = view["articles"] if view["kind"] == "listing" else [*view["sources"], *view["found"]]
    for each in shown:
        yield {"article": each["article"], "title": each["title"]}


def _shown(view: OutcomeView) -> Iterable[str]:
    return dict.fromkeys(each["article"] for each in _facts(view))


def _article(chat: Chat, id_: str) -> Article | None:
    try:
        return chat.article(id_)
    except FilterError:
        return None


def _digest(article: Article | None) -> str:
    """Return what tells a text from every other; of no article, of none."""
    return hashlib.sha256(article.text.encode(errors="surrogatepass")).hexdigest() if article else ""
