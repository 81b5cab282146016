"""What was typed, or sent, to text that can be searched, kept and sent back."""

from __future__ import annotations


def whole(text: str) -> str:
    """Return `text` with a replacement character for each half of a surrogate pair.

    JSON can hold one, and Python puts one in the place of a byte that it cannot read.
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
