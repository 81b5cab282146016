"""The beginnings of sentences that can be turned, and the question that each answers."""

from __future__ import annotations

import re

from rag.question.english.asking.vocabulary import ALONE, BETWEEN, MADE, PAST, PERSON, POINTING
from rag.question.english.words import MONTH, WEEKDAY, any_of

# Names.

_WORD = r"(?!I['’])[A-Z][\w’'-]*"
_NAME = rf"{_WORD}(?: (?:(?:of|the|de|del|la|von|van|for) ){{0,2}}(?:{_WORD}|\d{{1,2}}(?![\w,.])))*"
_THING = rf"(?:[Tt]he (?:[a-z]+ ){{1,2}}of (?:the )?|[Tt]he )?{_NAME}"
_PLAIN = r"[A-Z][a-z-]+(?: [a-z-]+){0,2}?"
"""A common noun that begins a sentence: it may be what the article is about."""
FIRST = (
    rf"The {any_of('first last largest oldest longest tallest deepest earliest')}"
    r"(?: (?!(?:to|time)\b)[\w’'-]+){1,6}?"
)
"""A thing of which there is one: "The first server outside Europe"."""
_ASIDE = r"(?:, [^,.;:]{3,80},)?"
"""What is said of a name in passing."""
_LEAD = (
    r"(?:(?:In|On|At|By|During|After|Before|Since|For|Between|Under|From|With|Among|[A-Z][a-z]+ing)"
    r" [^,.;:]{3,120}, )?"
)
"""What is said before the subject."""
_SUBJECT = rf"{_LEAD}(?P<subject>{_THING}|{_PLAIN}|{FIRST}){_ASIDE}"
_AGENT = rf"{_LEAD}(?:The )?(?:(?!{any_of(BETWEEN)}\b)[A-Z]?[a-z]+ ){{0,3}}?(?P<agent>{_THING}){_ASIDE}"
"""One who did something, and what he is: "The German chemist Friedlieb Runge"."""
# Days.

_DATE = (
    rf"(?:{MONTH} (?:\d{{1,2}}, )?|\d{{1,2}} {MONTH} )?"
    r"(?:(?:1\d{3}|20\d\d)(?![\w%]|,\d| percent| per cent)|the 1\d\d0s)"
)
_WHEN = rf"(?:in|on) {_DATE}"
_FRONTED = rf"(?:In|On) {_DATE},? "

# Where a phrase ends, and what may stay in a question.

_CLAUSE = r"(?=[,.;:](?!\w)|$| (?:but|which|when|while|after|before|because)\b)"
"""Before the end of what a verb governs."""
_PHRASE = (
    r"(?=[,.;:](?!\w)|$"
    r"| (?:and(?! [A-Z])|but|which|who|that|when|while|after|before|in|on|at|by|for|with|from|to|as"
    r"|during)\b)"
)
_END = r"(?:[,.;]|$| (?:in|on|at|by|to|for|from|with|and|as|after|before|because)\b)"
_MORE = rf"(?: (?!{any_of(POINTING)}\b|(?:the|an?) [a-z’'-]+{_END})[\w’'$€£%-]+)"
"""A word that points at nothing outside, as "the island" and "it" would."""
_SOME = (
    rf"(?:the|an?)(?: (?!{any_of(POINTING)}\b|{any_of('in on at to from with for prior along built')}\b"
    rf"|{WEEKDAY}\b|\w+ing\b|\d+-)[\w’'-]+){{2,6}}?(?<!ed)(?<! of)"
)
"""A thing that is described: "the paper filter", "a steam coffee machine"."""

# Verbs.

_MADE = any_of(MADE)
_DID = rf"(?P<past>{any_of(ALONE)}|{any_of(' '.join(PAST.keys() - {*ALONE.split()}))}(?! {_WHEN}))"
"""A verb that needs no object, or one that has one."""
_SAID = (
    r"(?:has |have |also )?(?:said|says|added|argued|argues|claimed|claims|warned|warns|insisted|insists"
    rf"|acknowledged|stressed|noted|suggested|told (?:the )?{_NAME}(?=(?: (?:on )?{WEEKDAY})? that))"
    rf"(?: (?:on )?{WEEKDAY})?"
)
_HELPING = any_of("is was will has had would could should can must may might were are have")

_FORMS = (
    (rf"(?:{_FRONTED})?{_AGENT} (?P<made>{_MADE}) (?P<object>{_THING}){_PHRASE}", "Who {made} {object}?"),
    (rf"(?:{_FRONTED})?{_AGENT} (?P<made>{_MADE}) (?P<some>{_SOME}){_PHRASE}", "Who {made} {some}?"),
    (
        rf"(?P<subject>{_WORD} {_NAME}), (?!who|which)[^,.;:]{{0,60}}\b{any_of(PERSON)}\b[^,.;:]{{0,60}}, ",
        "Who is {subject}?",
    ),
    (
        rf"{_SUBJECT} (?P<be>was|were) (?:first |officially )?(?P<made>{_MADE})(?! [A-Z])"
        rf"(?P<more>{_MORE}{{0,6}}?)(?: by [^,.;:]{{3,60}}?)? {_WHEN}",
        "When {be} {subject} {made}{more}?",
    ),
    (rf"{_SUBJECT} {_DID}(?P<more>{_MORE}{{0,7}}?) {_WHEN}", "When did {subject} {base}{more}?"),
    (
        rf"{_FRONTED}(?P<subject>{_THING}) {_DID}(?P<more>{_MORE}{{1,7}}?){_CLAUSE}",
        "When did {subject} {base}{more}?",
    ),
    (
        rf"{_SUBJECT} {_SAID}(?: that)? "
        rf"(?P<topic>(?:the )?{_NAME}(?: (?!{any_of(POINTING)}\b)[a-z]+){{0,2}}?) {_HELPING}\b",
        "What did {subject} say about {topic}?",
    ),
)

FORMS = tuple((re.compile(pattern), question) for pattern, question in _FORMS)
"""Its parts that are named `subject`, `agent`, `object` and `topic` have to be names."""
