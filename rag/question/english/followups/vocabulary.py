"""English words by what they do in a question."""

from __future__ import annotations

from rag.question.english.words import CALENDAR, NUMBERS

DO = frozenset("do does did don't didn't can can't could will would shall should may might must".split())
"""Auxiliaries that the subject and a bare verb follow."""

BE = frozenset("is are was were am be been being has have had isn't aren't wasn't weren't".split())
"""Auxiliaries that the subject and a participle follow, or no verb."""

AUXILIARIES = DO | BE

ASKING = frozenset("what which who whom whose when where why how".split())

PLACING = frozenset("in at on near into inside outside during under over above within".split())
"""Prepositions before a place or a time."""

PLACES = PLACING | {"from"}
"""Those before which a name is hardly a person's."""

PREPOSITIONS = PLACING | frozenset(
    "of to for from by with about between among against after before since until onto without behind"
    " through across towards toward like per than regarding concerning around below beyond despite except"
    " off via as".split()
)

REFERRING = {
    "he": "he him his she her hers",
    "they": "they them their theirs",
    "it": "it its this that",
    "there": "there",
}
"""Pronouns that mean something said before, by their kind."""

KIND = {word: kind for kind, words in REFERRING.items() for word in words.split()}
"""The kind of each of them."""

OWNING = frozenset("his her its their".split())
"""Those that stand before a noun."""

POINTING = frozenset("this that these those".split())

DETERMINERS = POINTING | OWNING | frozenset("the a an my your our".split())

FUNCTION = (
    AUXILIARIES
    | ASKING
    | PREPOSITIONS
    | DETERMINERS
    | KIND.keys()
    | frozenset(
        "i me you we us ours theirs one ones himself herself itself themselves somebody someone something"
        " anyone anything everyone everything nothing nobody none and or but nor if so not no yes then also"
        " too very much many more most less least few any some all both each every either neither other"
        " another such only just even still yet again ever never always often sometimes usually really"
        " actually exactly else same own now today back away up down out far long old ago once here please ok"
        " okay because while although though whether till right possible true i'm it's that's what's who's"
        " there's let's mostly first last next together alone thanks tell called named".split()
    )
)
"""Words that no noun phrase holds."""

VERBS = frozenset(
    "add ask attack born used believe bring brought call came carry cause causes change choose come comes"
    " contain cost cover create describe develop did die died do doing drink drive eat exist expect explain fall"
    " fell feel fight find follow gave get gets give given go goes going got grow grew happen happens hear"
    " help hold hurt include increase invent keep kill knew know known last lead learn led let like live"
    " lives look love makes mean means meet met need occur own paid pay perform play prevent produce"
    " protect prove provide put raise ran read reduce remember replace represent rise rose run said saw say"
    " says see seem send sent show sing speak spend spent stand stay stop succeed suffer taken takes talk"
    " teach think threw told travel try use vote want wear went work works write wrote written".split()
)
"""The commonest verbs; of others their ending tells, or their place."""

VAGUE = frozenset(
    "time times way ways week weeks month months year years day days thing things kind kinds type types"
    " sort bit lot part parts fact example examples information detail details case question answer"
    " article articles name names number numbers different important popular good bad similar false"
    " difficult common big small high low deep wide tall heavy fast hot cold expensive dangerous safe"
    " worth close full new little great certain several general many people men women others person".split()
).union(CALENDAR, NUMBERS)
"""Words that alone name nothing that a later question could mean."""
