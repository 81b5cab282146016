"""Sentence to the stretch that is quoted: one that cannot stand alone brings the sentences before it.

The rules are English and read the first words: "He said ...", "But they ...", "That was ...", "The minister
added ...", "“...,” she said". What they do not know stands alone.
"""

from __future__ import annotations

import re

from rag.index.sentences import Span, sentences_before
from rag.question.english.speech import SAYING
from rag.question.english.words import LEADS, any_of
from rag.question.quote import LONGEST_QUOTE, MOST_MORE
from rag.types import Sentence

_CONJUNCTIONS = frozenset(
    "because since as while when after before until if once although though whenever unless where".split()
)
_SUBORDINATE = _CONJUNCTIONS.union("in on at by with despite during like unlike from for without".split())
"""Openings after which a pronoun may be named later: "In his speech, Starmer said"."""

_PRONOUNS = frozenset("he she they his her their him them it its".split())
_POINTERS = frozenset("this that these those such another others".split())
_NOT_POINTED = frozenset(
    "who which morning afternoon evening week weekend month year season spring summer autumn fall winter"
    " century decade time majesty royal".split()
)
"""After a pointer or a possessive these need nothing before: "this year", "those who", "Her Majesty"."""

_FRONTED = re.compile(r"(?P<phrase>[^,;:.!?()–—“”\"]{1,60}), (?=(?P<subject>he|she|it|they)\b)")
"""What stands before a pronoun and may name it: "As a result, it went", "Born in 1879, he moved"."""

_PLACED = frozenset("In At On From Near".split())
"""Before a place, which "she" does not stand for."""

_SHORT = 3
"""Words of a phrase that begins with a conjunction at most; with more it is a clause with its own subject."""

_COUNTED = re.compile(
    any_of("one two three some many most all none both neither each several few half") + r" of them\b"
)
_REFERENCE = re.compile(
    r"the (?:latter|pair|duo|two)\b"
    r"|the (?!government|police|army|military|public|state|world)"
    r"(?:(?!is |was |are |were |has |had |have )[a-z-]+ ){1,3}?"
    rf"(?:{SAYING.pattern}|found\b)"
)
"""Somebody or something introduced before: "The minister added", "The study found"."""

_DUMMY = re.compile(
    r"it(?:[’']s|(?: (?:is|was)n[’']t| (?:is|was|(?:has|had) been|(?:will|would|may|might|could) be|becomes?"
    r"|became|remain(?:s|ed)|seem(?:s|ed)|appear(?:s|ed)|takes|took|turn(?:s|ed) out|emerged|happen(?:s|ed)))"
    r"\b)"
    r"(?: not| also| now| still| already| [a-z]+ly| too| very| more| so| quite)*"
    r"(?:"
    r" (?:clear|unclear|possible|likely|unlikely|true|said|thought|believed|estimated|reported|known"
    r"|understood|expected|feared|hoped|claimed|argued|announced|revealed|agreed|decided|recommended"
    r"|suggested|assumed|shown|found|confirmed|a fact|a pity|a shame|no secret|no surprise|no coincidence)"
    r"(?: [a-z]+){0,2}? (?:that|whether|how|why|what|when|if)\b"
    r"| (?:possible|impossible|important|vital|essential|necessary|hard|easy|easier|harder|difficult|rare"
    r"|common|a (?:mistake|misconception|common [a-z]+)|time|worth|best|better)(?: for [^,.]{1,30}?)?"
    r" (?:to|that|[a-z]+ing)\b"
    r"| (?:(?:an?|the|about|only|just|over|almost|nearly|more than|at least|[\d,.]+|two|three|four|five|six"
    r"|seven|eight|nine|ten|twelve|several|many|few|another|first|last) )*"
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centuries)\b"
    r"| (?:until|that|as if|as though|raining|snowing|windy|cold|hot|dark|midnight|noon)\b"
    r"| (?:the )?[A-Z][\w’'-]+[^,.;]{0,40}? (?:who|that)\b"
    r")"
)
"""An "it" that stands for nothing: "it is raining", "it was not until 1969", "it took ten years to"."""

_QUOTATION = re.compile(r"[“\"]([^”\"]*)[”\"]?(.*)", re.DOTALL)
_SPOKEN = re.compile(r"\W*(?:(?:he|she|they|it) [a-z]+|[a-z]+ (?:he|she|they|it)\b)", re.IGNORECASE)
_NAMED_AFTER = re.compile(r", (?:[a-z’'-]+ ){0,4}[A-Z]\w")


def widened(sentence: Sentence, *, after: int = 0) -> Span:
    """Return where `sentence` stands with those before it, MOST_MORE at most, that it needs to be understood.

    They are of the same paragraph and not before the offset `after`. When even they would need another one,
    the sentence is quoted alone: half a story explains nothing.
    """
    text = sentence.article.text
    before = [start for start, _ in sentences_before(text, sentence.start)]
    end = sentence.end
    for start in [sentence.start, *before[: -MOST_MORE - 1 : -1]]:
        if start < min(after, sentence.start) or sentence.end - start > LONGEST_QUOTE:
            break
        if stands_alone(text[start:end]):
            return start, sentence.end
        end = start
    return sentence.start, sentence.end


def stands_alone(sentence: str) -> bool:
    """Say whether `sentence` can be understood without the one before it."""
    if quotation := _QUOTATION.match(sentence):
        spoken = quotation[2].strip()
        return bool(spoken) and not _SPOKEN.match(spoken)
    return not _points_back(sentence)


def _points_back(sentence: str) -> bool:
    """Say whether the first noun of `sentence` is a pronoun, or somebody who was introduced before."""
    if (fronted := _FRONTED.match(sentence)) and not _names(fronted["phrase"], fronted["subject"]):
        return not _DUMMY.match(sentence, fronted.end())
    words = list(re.finditer(r"[^\W_]+", sentence))
    lead = next((at for at, word in enumerate(words) if not _leads(word[0])), len(words))
    if lead == len(words):
        return False
    rest = sentence[words[lead].start() :]
    rest = rest[0].lower() + rest[1:]
    word = rest[: words[lead].end() - words[lead].start()]
    following = words[lead + 1][0].lower() if lead + 1 < len(words) else ""
    if word in _POINTERS:
        return following not in _NOT_POINTED
    if word not in _PRONOUNS:
        return bool(_COUNTED.match(rest) or _REFERENCE.match(rest))
    if _DUMMY.match(rest) or following in _NOT_POINTED:
        return False
    is_named_after = words[0][0].lower() in _SUBORDINATE and _NAMED_AFTER.search(rest)
    return not is_named_after


def _names(phrase: str, subject: str) -> bool:
    """Say whether `phrase` may hold what `subject` stands for: a name, but not a place for "she"."""
    first, *others = phrase.split()
    if first.lower() in _CONJUNCTIONS and len(others) >= _SHORT:
        return True
    names = [word for word in others if word[0].isupper() and not _leads(word)]
    is_place = first in _PLACED and subject != "it" and not any("’" in name or "'" in name for name in names)
    return bool(names) and not is_place


def _leads(word: str) -> bool:
    return word.lower() in LEADS or word[0].isdigit()
