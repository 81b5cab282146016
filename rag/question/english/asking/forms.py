"""The beginnings of sentences that can be turned, and the question that each answers."""

from __future__ import annotations

import re

from rag.question.english.asking.vocabulary import (
    ALONE,
    BETWEEN,
    DONE,
    KIND,
    MADE,
    MADE_BY,
    PAST,
    PERSON,
    POINTING,
    TOLD,
)
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
# Days and amounts.

_DATE = (
    rf"(?:{MONTH} (?:\d{{1,2}}, )?|\d{{1,2}} {MONTH} )?"
    r"(?:(?:1\d{3}|20\d\d)(?![\w%]|,\d| percent| per cent)|the 1\d\d0s)"
)
_WHEN = rf"(?:in|on) {_DATE}"
_FRONTED = rf"(?:In|On) {_DATE},? "
_ABOUT = r"(?:(?i:about|around|nearly|almost|roughly|some|over|approximately|more than|at least|up to) )?"
_NUMBER = r"(?:\d[\d,.]*(?: million| billion)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_MANY = r"(?:[a-z]{3,}s|people|men|women|children)"

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

_DONE = any_of(DONE)
_MADE = "|".join(MADE.split())
_MADE_BY = "|".join(MADE_BY)
_GOVERNING = " ".join(sorted(PAST.keys() - set(TOLD.split()) - set(ALONE.split())))
_DID = rf"(?P<past>{any_of(ALONE)}|{any_of(_GOVERNING)}(?! {_WHEN})|{any_of(TOLD)}(?= to ))"
"""A verb that needs no object, one that has one, or one that says what was to be done."""
_SAID = (
    r"(?:has |have |also )?(?:said|says|added|argued|argues|claimed|claims|warned|warns|insisted|insists"
    r"|reiterated"
    rf"|acknowledged|stressed|noted|suggested|told (?:the )?{_NAME}(?=(?: (?:on )?{WEEKDAY})? that))"
    rf"(?: (?:on )?{WEEKDAY})?"
)
_HELPING = any_of("is was will has had would could should can must may might were are have")
_PERSON = any_of(PERSON)
_KIND = any_of(KIND)
_IS_A = (
    r"(?P<be>is|was) (?:a|an|the|one of the)"
    rf" (?:(?!{any_of('of for in at from with to who that on by only first')}\b)[\w’'-]+ ){{0,4}}?"
)
_OF = r"(?= (?:of|for|in|at|from|with|to|who|that|which|on|by|near|located|between|used|caused)\b|[,.])"

_FORMS = (
    (
        rf"{_SUBJECT} (?P<be>was|is) (?:first |originally )?(?P<made_by>{_MADE_BY}) by "
        rf"(?:the )?{_NAME}",
        "Who {who_made} {subject}?",
    ),
    (
        rf"(?:{_FRONTED})?{_AGENT} (?P<made>{_MADE}) (?P<object>{_THING}){_PHRASE}",
        "Who {made} {object}?",
    ),
    (
        rf"(?:{_FRONTED})?{_AGENT} (?P<made>{_MADE}) (?P<some>{_SOME}){_PHRASE}",
        "Who {made} {some}?",
    ),
    (rf"(?P<subject>{_WORD} {_NAME}) {_IS_A}{_PERSON}{_OF}", "Who {be} {subject}?"),
    (
        rf"(?P<subject>{_WORD} {_NAME}), (?!who|which)[^,.;:]{{0,60}}\b{_PERSON}\b[^,.;:]{{0,60}}, ",
        "Who is {subject}?",
    ),
    (
        rf"{_SUBJECT} (?P<be>was|were) (?:first |officially )?(?P<done>{_DONE})(?! [A-Z])"
        rf"(?P<more>{_MORE}{{0,6}}?)(?: by [^,.;:]{{3,60}}?)? {_WHEN}",
        "When {be} {subject} {done}{more}?",
    ),
    (rf"{_SUBJECT} {_DID}(?P<more>{_MORE}{{0,7}}?) {_WHEN}", "When did {subject} {base}{more}?"),
    (
        rf"{_FRONTED}(?P<subject>{_THING}) {_DID}(?P<more>{_MORE}{{1,7}}?){_CLAUSE}",
        "When did {subject} {base}{more}?",
    ),
    (
        rf"{_SUBJECT} (?P<be>was|were) (?P<done>born|buried|held|founded|filmed|signed|killed|launched)"
        rf"(?: {_WHEN})? in (?!{MONTH}\b)(?:the )?[A-Z]",
        "Where {be} {subject} {done}?",
    ),
    (
        rf"{_SUBJECT} (?P<has>has|have) (?:already |now |so far )?(?P<done>[a-z]+ed|sent|built|sold|"
        rf"lost|spent|won|written|taken|given|bought|made|held) {_ABOUT}{_NUMBER} "
        rf"(?P<counted>(?:(?!more)[A-Za-z-]+ ){{0,2}}{_MANY})"
        rf"{_PHRASE}",
        "How many {counted} {has} {subject} {done}?",
    ),
    (
        rf"{_SUBJECT} (?P<be>is|was|are) (?:best |mainly |mostly )?(?P<done>known for|charged with|"
        rf"accused of|convicted of|diagnosed with|sentenced to)\b",
        "What {be} {subject} {done}?",
    ),
    (
        rf"{_SUBJECT} (?P<past>{any_of(TOLD)}) to (?!(?:a|an|the|his|her|its|their)\b|\w+ing\b|\w+-)",
        "What did {subject} {base} to do?",
    ),
    (rf"(?P<subject>{_THING}) {_IS_A}{_KIND}{_OF}", "What {be} {subject}?"),
    (
        rf"{_SUBJECT} {_SAID}(?: that)? "
        rf"(?P<topic>(?:the )?{_NAME}(?: (?!{any_of(POINTING)}\b)[a-z]+){{0,2}}?) {_HELPING}\b",
        "What did {subject} say about {topic}?",
    ),
)

FORMS = tuple((re.compile(pattern), question) for pattern, question in _FORMS)
"""Its parts that are named `subject`, `agent`, `object` and `topic` have to be names."""
