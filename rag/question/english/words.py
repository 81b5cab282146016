"""Lists of words that several rules need: each stands once."""

from __future__ import annotations

from itertools import count

from rag.corpus.formats.facts.dates import MONTHS

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"

CALENDAR = frozenset(word.lower() for word in (*MONTHS, *_DAYS.split()))
"""In small letters."""

_UNDER_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

_FROM_TWENTY = (f"{ten}{one}" for ten in _TENS for one in ("", *(f"-{one}" for one in _UNDER_TWENTY[:9])))
NUMBERS = dict(sorted(zip((*_UNDER_TWENTY, *_FROM_TWENTY), count(1)), key=lambda each: -len(each[0])))
"""Up to ninety-nine; what begins with another comes before it, as alternatives of a pattern have to."""

ORDINALS = {*"first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()}

TITLE = r"(?:Mrs?|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Rev)"
"""Before a name; a text may name somebody without it."""


def any_of(words: str) -> str:
    """Return the pattern of any of these words."""
    return f"(?:{'|'.join(words.split())})"


MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
WEEKDAY = any_of(_DAYS)


def month_number(month: str) -> int:
    """Return the number of a month as MONTH finds it, from 1."""
    return 1 + next(at for at, name in enumerate(MONTHS) if name.startswith(month[:3]))


QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how much many long do did does done is are was were be been"
    " has have had can could will would should may might must the a an of in on at to for from by with and"
    " or as that this these those it its he they she his her their there about into than then so if not no"
    " any some i am you we me my your our us tell say said please give name list s t"
    " dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt cant couldnt wont wouldnt shouldnt".split()
)
"""Words that shape a question and do not say what it is about."""

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

KIND = {
    **dict.fromkeys("he him his she her hers".split(), "he"),
    **dict.fromkeys("they them their theirs".split(), "they"),
    **dict.fromkeys("it its this that".split(), "it"),
    "there": "there",
}
"""Of pronouns that mean something said before."""

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
    " contain cost cover create describe develop did die died do doing drink drive eat exist expect explain"
    " fall fell feel fight find follow gave get gets give given go goes going got grow grew happen happens"
    " hear help hold hurt include increase invent keep kill knew know known last lead learn led let like live"
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

LEADS = (
    frozenset(
        "and but so yet or nor for because since as while when where after before until if once although"
        " though in on at by from with during despite under through without of to about against among like"
        " unlike however also then later earlier now today yesterday meanwhile instead still therefore thus"
        " hence indeed moreover furthermore nevertheless nonetheless besides finally eventually afterwards"
        " initially subsequently recently previously originally additionally fortunately unfortunately"
        " thankfully sometimes often again soon here last next a an few first second third year years month"
        " months week weeks day days hour hours morning afternoon evening night summer spring autumn winter"
        " decade century addition according only even just half".split()
    )
    | CALENDAR
)
"""Words before a subject that name nobody: "But in March", "A week later"."""
