"""What was typed, or sent, to text that can be searched, kept and sent back."""

from __future__ import annotations

from rag.errors import RagError

LONGEST_QUESTION = 1000
"""Characters; the model reads about as many."""


def whole(text: str) -> str:
    """Return `text` with a replacement character for each half of a surrogate pair.

    JSON can hold one, and Python puts one in the place of a byte that it cannot read.
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def accepted(question: str) -> str:
    """Return `question` with single spaces. Raises RagError when it is empty or far too long."""
    question = " ".join(question.split())
    if not question:
        raise RagError("the question is empty; type one")
    if len(question) > LONGEST_QUESTION:
        raise RagError(f"the question has {len(question)} characters; {LONGEST_QUESTION} are read")
    return question
