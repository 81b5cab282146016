"""English: a module that is a rag.question.language.Language."""

from rag.conversation import standalone
from rag.kinds import read as kind
from rag.kinds import without_courtesy
from rag.names import named, unheld
from rag.question.english.expected import QUESTION_WORDS, denies, expected, is_for_yes_or_no
from rag.quotes import stands_alone, widened
from rag.speech import mentions, voice
from rag.times import named as stretches
from rag.times import read as times
from rag.units import asked_for as units

__all__ = [
    "QUESTION_WORDS",
    "WORDS_QUESTIONS",
    "denies",
    "expected",
    "is_for_yes_or_no",
    "kind",
    "mentions",
    "named",
    "standalone",
    "stands_alone",
    "stretches",
    "times",
    "unheld",
    "units",
    "voice",
    "widened",
    "without_courtesy",
]

WORDS_QUESTIONS = True
