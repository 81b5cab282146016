"""Text to an understood question: what it is about, what it asks for, of which kind it is, and from when."""

from rag.question.understood import Understood, understand, weights_of

__all__ = ["Understood", "understand", "weights_of"]
