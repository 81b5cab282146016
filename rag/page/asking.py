"""What a browser sends with a question to what may be trusted of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from rag.corpus.filters import filter_of
from rag.page.text import text_in
from rag.types import Filter, Turn

LEANT_ON = 20
"""Turns that a question may follow up."""

_TURN = TypeAdapter(Turn)


def _turns(sent: Any) -> tuple[Turn, ...]:
    """Return the last of the turns that were `sent`; one that is none is left out."""
    return tuple(turn for each in list(sent)[-LEANT_ON:] for turn in _fitting(each))


def _fitting(sent: object) -> Iterable[Turn]:
    try:
        yield _TURN.validate_python(sent, strict=False)
    except ValidationError:
        return


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLimits:
    """A filter as it is set by hand; see rag.corpus.filters.filter_of."""

    since: str | None = None
    until: str | None = None
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()

    def filter(self) -> Filter | None:
        """Return the filter that is asked for, None when nothing is. Raises FilterError as filter_of does."""
        return filter_of(
            since=self.since,
            until=self.until,
            sources=self.sources,
            authors=self.authors,
            articles=self.articles,
            collections=self.collections,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SentQuestion:
    """A question and how it is to be answered."""

    id: str
    """What the browser calls its turn."""
    question: str
    turns: Annotated[tuple[Turn, ...], BeforeValidator(_turns)]
    ignored: tuple[str, ...]
    """Words of time that have no part in the answer."""
    past: tuple[str, ...]
    """All questions of the conversation."""
    limits: SentLimits


_ASKED = TypeAdapter(SentQuestion)
_LIMITS = TypeAdapter(SentLimits)


def asked_of(sent: object) -> SentQuestion:
    """Return what was asked. Raises pydantic's ValidationError for what the page does not send."""
    return _ASKED.validate_python(text_in(sent))


def limits_of(sent: object) -> SentLimits:
    """Return the limits that are set. Raises pydantic's ValidationError for what the page does not send."""
    return _LIMITS.validate_python(sent)
