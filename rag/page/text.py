"""What a browser or a program sends to text that can be searched, kept and sent back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from rag.question.typed import whole


def text_in(sent: Any) -> Any:
    """Return what was `sent` as JSON with a replacement character for each half of a surrogate pair."""
    if isinstance(sent, str):
        return whole(sent)
    if isinstance(sent, list):
        return [text_in(each) for each in sent]
    if isinstance(sent, dict):
        return {text_in(name): text_in(value) for name, value in sent.items()}
    return sent


def called_with_text(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return `function`, which a browser calls, given what is sent as text."""

    @wraps(function)
    def called(sent: Any) -> Any:
        return function(text_in(sent))

    return called
