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

DONE = (
    "opened built founded established completed launched born created discovered invented published"
    " released introduced elected killed assassinated executed arrested signed sunk destroyed"
    " demolished crowned inaugurated formed closed abolished ratified adopted constructed commissioned"
    " finished rebuilt restored excavated detonated eradicated approved imprisoned bombed dissolved"
    " incorporated annexed buried developed isolated patented described measured"
)
"""What is done to a thing once."""

MADE = (
    "discovered invented founded designed built composed developed created established won launched"
    " proposed coined bought defeated assassinated acquired replaced succeeded patented isolated"
    " identified introduced measured calculated solved opened commanded"
)
"""What one does to a thing, of which others ask who did it."""

MADE_BY = {word: word for word in MADE.split()} | {"written": "wrote", "sunk": "sank", "led": "led"}
"""The same as it is done by somebody, and as one asks who did it."""

PAST = {
    "began": "begin", "became": "become", "died": "die", "landed": "land", "sank": "sink",
    "opened": "open", "closed": "close", "ended": "end", "started": "start", "won": "win",
    "left": "leave", "joined": "join", "reached": "reach", "arrived": "arrive", "erupted": "erupt",
    "exploded": "explode", "collapsed": "collapse", "invaded": "invade", "entered": "enter",
    "signed": "sign", "moved": "move", "married": "marry", "resigned": "resign", "retired": "retire",
    "returned": "return", "lost": "lose", "gained": "gain", "adopted": "adopt", "introduced": "introduce",
    "launched": "launch", "published": "publish", "released": "release", "struck": "strike", "hit": "hit",
    "crossed": "cross", "visited": "visit", "bought": "buy", "acquired": "acquire", "sold": "sell",
    "founded": "found", "completed": "complete", "received": "receive", "graduated": "graduate",
    "ratified": "ratify", "passed": "pass", "destroyed": "destroy", "banned": "ban", "rejected": "reject",
    "withdrew": "withdraw", "cancelled": "cancel", "promised": "promise", "pledged": "pledge",
    "agreed": "agree", "refused": "refuse", "vowed": "vow", "offered": "offer", "decided": "decide",
    "threatened": "threaten", "climbed": "climb", "recorded": "record", "made": "make", "built": "build",
    "took": "take", "abolished": "abolish", "flew": "fly", "spread": "spread", "appeared": "appear",
    "discovered": "discover",
}  # fmt: skip
"""Verbs in the past, and as one asks what was done."""

ALONE = (
    "began died landed sank opened closed ended started left arrived erupted exploded collapsed"
    " married resigned retired returned launched spread appeared"
)
"""Those of them that need no object."""

TOLD = "promised pledged agreed refused vowed offered decided threatened"
"""Those of them that say what somebody would do."""

PERSON = (
    "politician actor actress president minister secretary scientist writer author singer player"
    " journalist engineer physicist mathematician lawyer judge senator general composer painter poet"
    " philosopher king queen emperor explorer doctor physician chemist biologist astronomer economist"
    " inventor director activist professor soldier officer artist musician rapper comedian founder CEO"
    " historian mountaineer astronaut architect leader governor mayor spokesman spokeswoman"
    " spokesperson chairman coach chef businessman executive analyst expert commander chief"
)

KIND = (
    "mission ship company organisation organization city town village country river mountain bridge"
    " telescope disease virus drug war battle treaty agreement programme program spacecraft probe"
    " satellite language party agency canal island storm hurricane earthquake metal gas element"
    " university newspaper magazine website airline bank charity museum festival prize religion theory"
    " law lake desert volcano planet star galaxy species plant animal currency dynasty empire kingdom"
    " network technology vaccine treatment condition infection disorder"
)
"""Things that people ask about by name."""

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
