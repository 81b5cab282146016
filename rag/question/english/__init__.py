"""English: a module that is a rag.question.language.Language."""

from rag.question.english import words
from rag.question.english.asking import EXAMPLES, asks_what, questions_in
from rag.question.english.claims import CLAIMS
from rag.question.english.defining import defines
from rag.question.english.followups import standalone
from rag.question.english.kinds import kind, without_courtesy
from rag.question.english.measures import units
from rag.question.english.names import missing_names, named
from rag.question.english.people import names_in, role_of
from rag.question.english.polarity import denies, is_for_name, is_for_yes_or_no
from rag.question.english.quotes import stands_alone, widened
from rag.question.english.relative import relative_words
from rag.question.english.silence import is_word, surprise
from rag.question.english.speech import author_speaks
from rag.question.english.times import dates_in, is_of_now, stretches, words_of_time
from rag.question.english.words import QUESTION_WORDS

NUMBERS = frozenset((*words.NUMBERS, *words.ORDINALS))
