"""A question to what a sentence that answers it holds: a number, a date, a name, a reason, a denial."""

from __future__ import annotations

import re

from rag.question.english.words import MONTH, NUMBERS, WEEKDAY, any_of

QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how much many long do did does done is are was were be been"
    " has have had can could will would should may might must the a an of in on at to for from by with and"
    " or as that this these those it its he they she his her their there about into than then so if not no"
    " any some i you we me my your our us tell say said please give name list s t".split()
)
"""Words that shape a question and do not say what it is about."""


def _one_of(words: str) -> str:
    return rf"\b{any_of(words)}\b"


_NUMBER = re.compile(
    r"\d|"
    + _one_of(
        " ".join(NUMBERS)
        + " twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion"
        " half dozen once twice third quarter"
    ),
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b1\d{3}\b|\b20\d\d\b|"
    + rf"\b(?:{MONTH}|{WEEKDAY})\b"
    + r"|\b(?:century|centuries|decade|year|month|week|yesterday|today|ago|morning|night|noon|midnight)s?\b"
)
_NAME = re.compile(r"(?<=[\w,;:’'”\")] )[“\"‘(]?[A-Z][\w’'-]+|\b[A-Z][\w’'-]+ (?:[a-z]{2,3} )?[A-Z][\w’'-]+")
_REASON = re.compile(
    _one_of("because since due therefore causes? caused reasons? led leads? results? resulted to")
    + r"|so that|in order|as a result",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    _one_of(
        "not no never none nobody nothing neither nor without least lowest fewest rarely seldom hardly"
        " lacks? lacked lacking unable fails? failed except cannot"
    )
    + r"|n['’]t\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(
    r"(?:did|do|does|is|are|was|were|am|has|have|had|can|could|will|would|shall|should|may|might|must)"
    r"(?:n['’]t)?\b(?!.* or\b)",
    re.IGNORECASE,
)

_EXPECTED = tuple(
    (re.compile(asked, re.IGNORECASE), given)
    for asked, given in (
        (
            r"\bhow (?:many|much|long|old|far|high|tall|big|large|fast|deep|often|heavy|wide|hot|cold)\b",
            _NUMBER,
        ),
        (
            r"\bwh(?:at|ich) (?:\w+ )?(?:percent\w*|number|amount|proportion|fraction|share|distance|height"
            r"|population|age|cost|price|size|length|temperature|speed|rate)\b",
            _NUMBER,
        ),
        (r"\bwhen\b|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time)\b", _DATE),
        (r"\bwho(?:m|se)?\b|\bwhere\b", _NAME),
        (
            r"\bwh(?:at|ich) (?:\w+ )?(?:city|country|countries|place|state|town|river|region|area|county"
            r"|continent)\b",
            _NAME,
        ),
        (r"\bwhy\b|\bwhat (?:caused|reason)\b", _REASON),
    )
)
"""What a question asks for, and what a sentence that answers it holds."""


def expected(question: str) -> re.Pattern[str] | None:
    """Return what finds in a sentence what `question` asks for; None when that is unclear."""
    return next((given for asked, given in _EXPECTED if asked.search(question)), None)


def is_for_yes_or_no(question: str) -> bool:
    """Say whether yes or no would answer `question`."""
    return _YES_OR_NO.match(question) is not None


def denies(text: str) -> bool:
    """Say whether `text` tells of, or asks for, what is not so."""
    return _DENIAL.search(text) is not None
