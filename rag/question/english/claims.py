"""What English tells of figures, days and deeds that articles may state differently."""

from __future__ import annotations

import re

from rag.question.english.measures import measure_of
from rag.question.english.quantities import days, quantities
from rag.question.english.words import MONTH, QUESTION_WORDS, WEEKDAY
from rag.question.stated import Claims

_NAME = r"([A-Z][\w’'.-]*\w(?: (?:(?:van|von|de|der|of) )?[A-Z][\w’'.-]*\w)*)"


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _doer(text: str, verb: str) -> re.Match[str] | None:
    """Return the name before the verb, or after it and "by"."""
    return re.search(rf"{_NAME} (?:first |originally |had |also )?{verb}\b", text) or re.search(
        rf"\b(?:was|were|is|are) (?:\w+ )?{verb} (?:\w+ ){{0,4}}?by (?:the )?{_NAME}", text
    )


CLAIMS = Claims(
    measure_of=measure_of,
    quantities=quantities,
    days=days,
    doer=_doer,
    counted=_any(r"\b(?:how many|number of) ([\w’'-]+)"),
    toll=_any("death toll"),
    deaths=_any(
        r"\b(?:die[ds]?|dying|dead|deaths?|kill(?:s|ed)?|fatalit(?:y|ies)|death toll|lives|victims)\b"
    ),
    dead=re.compile(r"\b(?:people|persons?|deaths?|dead|lives|victims|fatalities)\b"),
    when=_any(r"^when (?:was|were|did|is|are)\b|\b(?:what|which) (?:year|date|day)\b"),
    who=_any(
        r"^who (?:(?:first|originally) (?P<first>\w+)"
        r"|(?P<deed>invented|discovered|founded|designed|built|composed|wrote|painted|directed|created|developed"
        r"|established|proposed|coined|assassinated|killed|shot))\b"
    ),
    age=_any(r"\bhow old (?:is|are)\b"),
    of_one=_any(r"\baccording to\b|\bd(?:id|oes|o)\b.*\b(?:say|estimate|report|claim|find|calculate|put)\b"),
    source=_any(
        r"\b(?:estimat\w+|calculat\w+|reckon\w*|project(?:ed|s)|suggest\w*|report\w*|survey\w*|stud(?:y|ies)"
        r"|analys[ei]s|research\w*|inquiry|investigation|census|official\w*|according to|figure"
        r"|count(?:ed|s)?|puts?|said|says|announce\w*|measure\w*|found|claim\w*|conclud\w*|model\w*|gave|quoted"
        r"|team|publish\w+)\b"
    ),
    part=_any(
        r"\b(?:alone|another|further|additional|each|(?<!for )every|inside|of (?:them|whom|these|those|which)"
        r"|that (?:day|time|point)|by then)\b|\b(?:a|per) (?:day|week|month|year)\b"
    ),
    now=re.compile(
        rf"\b(?:now|today|yesterday|tonight|{WEEKDAY}|this (?:week|month|year)"
        r"|last (?:night|week|month)|so far|to date|currently|latest|recent(?:ly)?)\b"
    ),
    place=re.compile(rf"(?:^|\s)(?:[Ii]n|[Aa]cross|[Aa]t) (?:the )?(?!{MONTH})((?:[A-Z][\w’'-]+ ?)+)"),
    nobody=re.compile(rf"{'|'.join(map(str.capitalize, QUESTION_WORDS))}|[A-Z][a-z]*[^\Wsui]s"),
    people=frozenset(("people", "persons")),
    goes_on=frozenset(
        "and or in on at to until when after before by from of for worldwide was were that according while"
        " but with confirmed".split()
    ),
    ignored=frozenset(
        "because thought expected estimated believed supposed total final exact exactly approximately"
        " actually actual overall altogether currently current what's number lost".split()
    ),
)
