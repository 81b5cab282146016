"""Measures: the units that they are given in, and the words that ask for them."""

from __future__ import annotations

import re

from rag.question.english.words import MONTH, NUMBERS, WEEKDAY
from rag.question.stated import YEAR, Measure

SIGNS = {"£": "pounds", "$": "dollars", "€": "euros", "¥": "yen", "₹": "rupees"}
MONEY = frozenset([*SIGNS.values(), *"baht francs marks pesos roubles kronor guilders yuan".split()])
"""Currencies: a sum is only compared with one of its own."""

_KM = r"(?:kilomet(?:re|er)s?|km)"

_UNITS = (
    (rf"square {_KM}|km²", "area", 1e6),
    (r"square miles?", "area", 2.589988e6),
    (r"square (?:met(?:re|er)s?|m)|m²", "area", 1.0),
    (r"hectares?", "area", 1e4),
    (r"acres?", "area", 4046.856),
    (rf"{_KM}(?: per | a |/)s(?:econd)?", "speed", 1000.0),
    (r"(?:met(?:re|er)s?(?: per | a )second|m/s)", "speed", 1.0),
    (rf"{_KM}(?: per | an |/)h(?:our)?|kph|kmh", "speed", 1 / 3.6),
    (r"miles?(?: per | an )hour|mph", "speed", 0.44704),
    (r"knots?", "speed", 0.514444),
    (_KM, "length", 1000.0),
    (r"centimet(?:re|er)s?|cm", "length", 0.01),
    (r"millimet(?:re|er)s?|mm", "length", 0.001),
    (r"(?:micro|nano)met(?:re|er)s?|[nμµ]m", "length", 1e-6),
    (r"met(?:re|er)s?|m", "length", 1.0),
    (r"light[- ]years?", "length", 9.4607e15),
    (r"miles?", "length", 1609.344),
    (r"feet|foot|ft", "length", 0.3048),
    (r"inch(?:es)?", "length", 0.0254),
    (r"yards?", "length", 0.9144),
    (r"kilo(?:gram(?:me)?)?s?|kg", "mass", 1.0),
    (r"milligrams?|mg", "mass", 1e-6),
    (r"micrograms?|mcg|[μµ]g", "mass", 1e-9),
    (r"(?:metric )?tons?|tonnes?", "mass", 1000.0),
    (r"gram(?:me)?s?|g", "mass", 0.001),
    (r"ounces?|oz", "mass", 0.0283495),
    (r"lbs?", "mass", 0.453592),
    (r"years?", "time", YEAR),
    (r"months?", "time", YEAR / 12),
    (r"weeks?", "time", 604_800.0),
    (r"days?", "time", 86_400.0),
    (r"hours?", "time", 3600.0),
    (r"minutes?", "time", 60.0),
    (r"seconds?", "time", 1.0),
    (r"degrees? Fahrenheit|Fahrenheit|°F", "fahrenheit", 1.0),
    (r"degrees?(?: Celsius| centigrade)?|Celsius|centigrade|°C?", "temperature", 1.0),
    (r"per ?cent|%", "share", 1.0),
    (r"(?:US |American )?dollars?", "dollars", 1.0),
    (r"rou?bles?", "roubles", 1.0),
    (r"kron[aeo]r?", "kronor", 1.0),
    *(
        (rf"{name.removesuffix('s')}s?", name, 1.0)
        for name in sorted(MONEY - {"dollars", "roubles", "kronor"})
    ),
)
UNITS = tuple(
    (re.compile(rf"[\s-]?(?:{written})(?!\w)", re.IGNORECASE), measure, size)
    for written, measure, size in _UNITS
)
"""A unit as it is written, what it measures, and its size in that measure's own unit; longer ones first."""

_WEIGHED = re.compile(r"\b(?:weigh\w*|weights?|heav\w+|pounds of (?!sterling))", re.IGNORECASE)
_POUND = 0.453592
"""Kilograms."""

_TELLING = {
    "speed": r"(?:(?:\b|\d)(?:per|an?) |/ ?)(?:second|minute|hour|day|year|s|h|hr)\b"
    r"|\b(?:speed of (?:light|sound)|fast(?:er|est)?|quick(?:er|est|ly)?|rpm|mach)\b",
    "share": r"\b(?:per ?centages?|half|thirds?|quarters?|fourths?|fifths?|tenths?|majority|minority|most|all"
    r"|none)\b"
    r"|\b(?:one|two|three|four|\d+) (?:in|of|out of)(?: every)? (?:two|three|four|five|ten|\d+)\b",
    "temperature": r"\bkelvins?\b|°|\d ?[KCF]\b",
    "mass": r"\b(?:pounds?|stone)\b",
    "length": r"\b(?:light[- ](?:minutes?|seconds?)|astronomical units?|AU|fathoms?|leagues?"
    r"|stor(?:e?ys?|ies)|floors?|blocks?)\b",
    "money": r"[$£€¥₹]|\dp\b|\b(?:cents?|pence|pennies|penny|shillings?|crowns?|florins?|ducats?|free"
    r"|nothing)\b",
}
"""What tells a measure without one of its UNITS."""

_ASKED = r"\b(?:what|which) (?:\w+ ){0,2}"
_IS = "(?:is|are|was|were)"
_HIGH = r"\b(?:high|height|tall|elevation)\b"

# fmt: off
_MEASURES = (
    (rf"\bhow tall\b|\bheight of\b|{_ASKED}height\b", "length", _HIGH, True),
    (r"\bhow high\b|\belevation of\b", "length", _HIGH, False),
    (rf"\bhow deep {_IS}\b|\bdepth of\b|{_ASKED}depth\b", "length", r"\b(?:deep|depth)\b", True),
    (rf"\bhow (?:wide|thick) {_IS}\b|\b(?:width|diameter) of\b|{_ASKED}width\b", "length",
     r"\b(?:wide|width|across|diameter|thick)\b", True),
    (rf"\bhow far(?: away)? {_IS}\b|\bdistance (?:of|from|to|between)\b|{_ASKED}distance\b",
     "length", "", True),
    (rf"\bhow long {_IS}\b|\blength of\b", "length", r"\b(?:long|length)\b", False),
    (r"\bhow long\b", "time", "", False),
    (r"\bhow old\b|\bage (?:is|of|was)\b", "time", r"\b(?:age|old)\b", False),
    (rf"\bhow fast\b|\bspeed of\b|{_ASKED}(?:speed|velocity)\b", "speed", "", True),
    (r"\bhow (?:big|large)\b|\barea of\b", "area", "", False),
    (r"\bhow heavy\b|\b(?:weight|mass) of\b|\bhow many (?:tons|tonnes)\b|\bhow much .*\bweigh"
     rf"|{_ASKED}weight\b(?! class)", "mass", "", True),
    (rf"\bhow (?:hot|cold)\b|\btemperature of\b|{_ASKED}temperatures?\b(?! scale)", "temperature", "", True),
    (rf"\bhow many per ?cent\b|{_ASKED}(?:percent(?:age)?\b|(?:share|proportion|fraction) of\b)", "share",
     "", True),
    (r"\b(?:per ?cent(?:age)?|share|proportion|fraction)\b", "share", "", False),
    (r"\bhow much money\b|\bhow much (?:do|does|did|would|will|has|have|had|is|was|were|are)\b.*"
     rf"\b(?:costs?|paid|pay(?:ing)?|spen[dt]|earn(?:ed)?|worth|fined?|charged?)\b|{_ASKED}(?:price|salary)\b"
     r"|\bwhat (?:do|does|did|would|will) .*\b(?:cost|earn|charge(?= for\b|\W*$)|get paid)\b", "money", "",
     True),
    (r"\bhow much\b|\b(?:cost|price|worth) of\b", "money", "", False),
)
# fmt: on


def _measure(asked: str, name: str, said: str, is_told: bool) -> Measure:
    among = MONEY if name == "money" else frozenset([name])
    written = "|".join(unit for unit, measure, _ in _UNITS if measure in among)
    told = rf"(?:\b|\d)(?:{written})(?!\w)|{_TELLING.get(name, '(?!)')}"
    asking, saying, telling = (re.compile(each, re.IGNORECASE) for each in (asked, said, told))
    return Measure(asking, among, saying, telling if is_told else None)


MEASURES = tuple(_measure(*row) for row in _MEASURES)
"""The first that a question asks for is meant."""

_COUNT = re.compile(
    r"(?i)(?<![.,\d])(?!(?:19|20)\d\d\b|\d+-[a-z])\d|(?:(?:hundred|thousand|illion)s?|\b(?=[abd-hnost])"
    rf"(?:{'|'.join(NUMBERS)}|dozens?|both|half|none|no|few|several|all|once|twice))\b(?!-[a-z])"
)
"""What tells how many: any number but a year, and but that of "a five-person team"."""

_ASKS_WHEN = re.compile(
    r"(?i)(?:^|, |\band )when (?:did|was|were)\b|\b(?:what|which) (?:year|month|day|date|decade|century)\b"
)
_DATED = re.compile(
    rf"(?:{MONTH}|{WEEKDAY})(?!\w)|(?<![.,\d])(?:1\d|20)\d\d(?!\d)"
    r"|(?i:\b(?:\w+day|ago|centur(?:y|ies)|decades?|tonight|spring|summer|autumn|winter|christmas|easter)\b"
    r"|\b(?:this|last|next|following|previous) \w+"
    r"|\b(?:hour|day|week|month|year)s? (?:after|before|later|earlier)\b)"
)
"""What tells when something was."""


def measure_of(question: str) -> tuple[Measure, str] | None:
    """Return the measure that `question` asks for, and the words that do; None when it asks for none."""
    found = ((measure, measure.asked.search(question)) for measure in MEASURES)
    return next(((measure, match[0]) for measure, match in found if match), None)


def units(question: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds the units of the measure that `question` asks for; nothing where it asks for none.

    So has a day that something was on: a month, a year, "last week". Lengths of time and ages are left
    out: too many texts tell them without a unit ("until the 19th century").
    """
    if found := measure_of(question):
        told = found[0].told
    elif re.search(r"(?i)\bhow many\b|\bwhat (?:is|was) the number of\b", question):
        told = _COUNT
    else:
        told = _DATED if _ASKS_WHEN.search(question) else None
    return (told,) if told else ()


def unit_at(text: str, at: int) -> tuple[int, str, float]:
    """Return where the unit at `at` of `text` ends, what it measures and its size; "" where there is none.

    A pound is a weight where the text speaks of weights.
    """
    for unit, measure, size in UNITS:
        if matched := unit.match(text, at):
            if measure == "pounds" and _WEIGHED.search(text):
                return matched.end(), "mass", _POUND
            return matched.end(), measure, size
    return at, "", 1.0
