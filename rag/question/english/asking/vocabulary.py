"""Words whose forms and meanings the forms of questions need."""

from __future__ import annotations

from rag.corpus.formats.facts.dates import MONTHS
from rag.question.english.words import DAYS

POINTING = (
    "and but or that which who whom when where while because as after before until he she it they we"
    " you I this these those not also then first last later same such one both its their there now"
    " today by during him them us partly largely mainly mostly simply just only even already still"
)
"""Words that point outside their phrase, or begin another: a question that is made of a phrase has none."""

BETWEEN = (
    "in on at by to of for from with as after before that and but when while because since comes said says"
)
"""Words that do not belong to what somebody is: "The German chemist Friedlieb Runge"."""

MADE = (
    "discovered invented founded designed built composed developed created established won launched proposed"
    " coined bought defeated assassinated acquired replaced patented isolated identified introduced measured"
    " calculated solved opened commanded completed published released elected killed arrested signed"
    " destroyed closed abolished adopted rebuilt restored approved dissolved described"
)
"""What one does to a thing once, of which others ask who did it, or when."""

_REGULAR = (
    "die land open close end start join reach arrive erupt explode collapse invade enter sign move resign"
    " retire return gain adopt introduce launch publish release cross visit acquire found complete receive"
    " graduate pass destroy reject climb record abolish appear discover"
)
_IRREGULAR = (
    "began/begin became/become sank/sink won/win left/leave married/marry lost/lose struck/strike hit/hit"
    " bought/buy sold/sell ratified/ratify banned/ban withdrew/withdraw cancelled/cancel made/make"
    " built/build took/take flew/fly spread/spread"
)
PAST = {f"{verb.removesuffix('e')}ed": verb for verb in _REGULAR.split()} | dict(
    pair.split("/") for pair in _IRREGULAR.split()
)
"""Verbs in the past, and as one asks what was done."""

ALONE = (
    "began died landed sank opened closed ended started left arrived erupted exploded collapsed"
    " married resigned retired returned launched spread appeared"
)
"""Those of them that need no object."""

PERSON = (
    "politician actor actress president minister secretary scientist writer author singer player"
    " journalist engineer physicist mathematician lawyer judge senator general composer painter poet"
    " philosopher king queen emperor explorer doctor physician chemist biologist astronomer economist"
    " inventor director activist professor soldier officer artist musician rapper comedian founder CEO"
    " historian mountaineer astronaut architect leader governor mayor spokesman spokeswoman"
    " spokesperson chairman coach chef businessman executive analyst expert commander chief"
)

NAMELESS = frozenset(
    (
        "He She They This That These Those There We You I A An In On At By From With And But Or If When"
        " While After Before As Although Though Because Since Both Each Other Others Some Most Many All"
        " Such One Two Three Four Five Another Few Several His Her Its Their Our My Your What Who How Why"
        " Where Which Not No Only Even Also Then Now Today Yesterday Tomorrow Here Once During Under Over"
        " Between Among Despite Like Unlike Instead However Moreover It For Meanwhile According Later"
        " Earlier Still Yet So Thus Hence Nearly About Around Almost Every Either Neither Just Perhaps"
        " Maybe Nothing Everything Something Someone Everyone Nobody Anyone Jan Feb Aug Sept Oct Nov Dec"
        " Former Late Photo Image Video Read More"
        " Democrat Republican Americans"
    ).split()
) | {*DAYS, *MONTHS}
"""Words with a capital that name nothing one could ask about."""
