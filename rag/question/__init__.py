"""Text to an understood question: what it is about, what it asks for, of which kind it is, and from when."""

from rag.question.language import Language, language_of
from rag.question.understood import Understood, understand, weights_of

__all__ = ["Language", "Understood", "language_of", "understand", "weights_of"]
