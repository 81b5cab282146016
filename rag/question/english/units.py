"""A question to the units that its answer is given in: who asks for a speed is not told a distance."""

from __future__ import annotations

import re

_ASKED = r"\b(?:what|which) (?:\w+ ){0,2}"

_UNITS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(given, re.IGNORECASE))
    for asked, given in (
        (
            rf"\bhow fast\b|{_ASKED}(?:speed|velocity)\b",
            r"(?:\b(?:per|an?) |/ ?)(?:second|minute|hour|day|year|s|h|hr)\b"
            r"|(?:\b|\d)(?:mph|kph|knots?|rpm|mach)\b"
            r"|\b(?:speed of (?:light|sound)|fast(?:er|est)?|quick(?:er|est|ly)?)\b",
        ),
        (
            rf"\bhow many per ?cent\b|{_ASKED}percent(?:age)?\b",
            r"%|\bper ?cent(?:age)?s?\b"
            r"|\b(?:half|thirds?|quarters?|fourths?|fifths?|tenths?|majority|minority|most|all|none)\b"
            r"|\b(?:one|two|three|four|\d+) (?:in|of|out of)(?: every)? (?:two|three|four|five|ten|\d+)\b",
        ),
        (
            rf"\bhow (?:hot|cold)\b|{_ASKED}temperatures?\b(?! scale)",
            r"°|\b(?:degrees?|kelvins?|celsius|fahrenheit)\b|\d ?[KCF]\b",
        ),
        (
            rf"\bhow heavy\b|\bhow much .*\bweigh|{_ASKED}weight\b(?! class)",
            r"(?:\b|\d)(?:(?:kilo|milli|micro)?gram(?:me)?s?|[km]?g|tons?|tonnes?|pounds?|lbs?|ounces?|oz|stone)\b",
        ),
        (
            r"\bhow (?:far|tall|deep|wide|thick) (?:is|are|was|were)\b"
            rf"|{_ASKED}(?:height|distance|depth|width)\b",
            r"(?:\b|\d)(?:(?:kilo|centi|milli|micro|nano)?met(?:re|er)s?|[kcmnμµ]?m|miles?|feet|foot|ft"
            r"|inch(?:es)?|yards?|light[- ](?:years?|minutes?|seconds?)|astronomical units?|AU|fathoms?"
            r"|leagues?|stor(?:e?ys?|ies)|floors?|blocks?)\b",
        ),
        (
            r"\bhow much money\b|\bhow much (?:do|does|did|would|will|has|have|is|was|were|are)\b.*"
            rf"\b(?:costs?|paid|pay|spen[dt]|earn(?:ed)?|worth|fined?|charged?)\b|{_ASKED}(?:price|salary)\b",
            r"[$£€¥₹]|\dp\b|\b(?:dollars?|euros?|pounds?|cents?|pence|pennies|penny|shillings?|yen|yuan|rupees?"
            r"|rou?bles?|francs?|marks?|crowns?|kron[aeo]r?|guilders?|florins?|ducats?|pesos?|free|nothing)\b",
        ),
    )
)
"""How a measure is asked for, and what a text that tells it holds: its units, or words in their place."""


def asked_for(question: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds the units of the measure that `question` asks for; nothing where it asks for none.

    Lengths of time and ages are left out: too many texts tell them without a unit ("until the 19th century").
    """
    return tuple(given for asked, given in _UNITS if asked.search(question))
