"""English words by what they do in a question."""

from __future__ import annotations

from rag.question.english.words import CALENDAR, NUMBERS

DO = frozenset("do does did can could will would shall should may might must".split())
"""Auxiliaries that the subject and a bare verb follow."""

BE = frozenset("is are was were am be been being has have had isn't aren't wasn't weren't".split())
"""Auxiliaries that the subject and a participle follow, or no verb."""

AUXILIARIES = DO | BE | frozenset("don't doesn't didn't can't won't hasn't haven't hadn't".split())

PREPOSITIONS = frozenset(
    "of in on at to for from by with about between among against during after before since until under"
    " over into onto near without within behind through across towards toward like per than regarding"
    " concerning outside inside around above below beyond despite except off via as".split()
)

ASKING = frozenset("what which who whom whose when where why how".split())

REFERRING = {
    "he": "he him his himself she her hers herself",
    "they": "they them their theirs themselves",
    "it": "it its itself that this",
    "there": "there",
}
"""Pronouns that mean something said before, by their kind."""

KIND = {word: kind for kind, words in REFERRING.items() for word in words.split()}
"""The kind of each of them."""

OWNING = frozenset("his her its their".split())
"""Those that stand before a noun."""

OTHER = frozenset(
    "i me my you your he him his she her hers it its they them their theirs we us our ours this that"
    " these those there one ones himself herself itself themselves myself somebody someone something"
    " anyone anything everyone everything nothing nobody none a an the and or but nor if so not no yes"
    " then also too very much many more most less least few any some all both each every either neither"
    " other another such only just even still yet again ever never always often sometimes usually really"
    " actually exactly else same own now today back away up down out far long old ago once here please ok"
    " okay because while although though whether till right possible true as when i'm it's that's what's"
    " who's there's let's mostly first last next currently originally together alone else's".split()
)
"""Further words that no noun phrase holds."""

DETERMINERS = frozenset("the a an its his her their my your our this that these those".split())
"""What follows is a noun, even when it looks like a verb."""

VERBS = frozenset(
    "add affect agree allow answer appear apply approve arrive ask attack attend avoid be become became"
    " begin began believe belong bring brought build built burn buy call came cause causes change choose"
    " claim clarify climb come comes commit compare conquer consider contain continue contribute convert"
    " cost cover create cross cut damage decide define defend deny depend describe destroy determine"
    " develop did die differ discover do doing done draw drink drive drop eat elect end enjoy enter erupt"
    " establish exist expect explain explore fall fell fail feel fight fill find finish fit fly follow"
    " form found function gain gave get gets getting give given go goes going gone got grew grow happen"
    " happens hear held help hit hold hurt improve include increase invent involve join keep kept kill"
    " knew know known lack land last lasted launch lead learn leave led left let lie live lives look lose"
    " lost love made make makes making manage marry mean means meant meet mention met move need needs"
    " occur offer open originate own paid pass pay perform pick plan play prefer prepare prevent produce"
    " promise protect prove provide publish pull put raise ran reach read receive recover recommend reduce"
    " refuse reject release rely remain remember remove replace reply represent require respond result"
    " return rise rose run said sank save saw say says see seem seems seen sell send sent serve set shape"
    " share shoot show shown sign sing sink sit sleep sold solve speak spend spent spoke spread stand"
    " start stay steal stood stop store strike succeed suffer suggest supply support survive swim take"
    " taken takes talk talking taste teach tell tells think thought threaten throw told took train travel"
    " treat try turn understand use uses vary visit vote wait walk want wants warn went win won wear work"
    " works write wrote written yield".split()
)
"""The commonest verbs of questions."""

NOUNS = frozenset(
    "plays works plans shares costs results causes changes answers attacks falls drinks uses visits votes"
    " stores forms lands starts shapes returns figures bed red need seed speed feed weed breed shed"
    " hundred building wedding evening morning meeting training warming crossing painting landing king"
    " ring spring string wing thing family supply july italy fly".split()
)
"""Nouns that look like a verb or an adverb."""

IRREGULAR = frozenset("people men women children mice feet teeth police cattle sheep fish".split())
"""Plural nouns that do not end in s."""

VAGUE = frozenset(
    "time times way ways week month year years day days thing things kind kinds type types sort bit lot"
    " lots part parts fact facts example examples idea information detail details case cases maybe thanks"
    " thank etc subject question answer article articles name names number numbers according different"
    " important popular good bad similar true false possible difficult common big small high low deep wide"
    " tall heavy fast slow hot cold expensive dangerous safe worth alive dead close closer further enough"
    " mean full new little great certain several general particular percent".split()
).union(CALENDAR, NUMBERS)
"""Words that alone name nothing that a later question could mean."""

ROLES = frozenset(
    "man woman boy girl person king queen emperor empress president minister chancellor governor viceroy"
    " mayor captain commander general admiral leader founder inventor author writer director actor actress"
    " singer artist painter composer scientist physicist chemist engineer doctor professor teacher coach"
    " player astronaut pilot pope prince princess senator secretary spokesman spokeswoman chairman chief"
    " officer ceo mr mrs ms miss dr sir lord lady sergeant colonel lieutenant judge".split()
)
"""Nouns of people."""

THINGS = frozenset(
    "britain england scotland wales ireland france germany italy spain portugal greece turkey poland"
    " hungary norway sweden finland denmark austria switzerland belgium holland netherlands russia ukraine"
    " china japan india pakistan iran iraq israel egypt syria afghanistan korea vietnam indonesia"
    " australia canada mexico brazil argentina cuba nigeria kenya america europe asia africa antarctica"
    " nato earth moon mars london paris berlin moscow kyiv washington beijing tokyo rome canal mount"
    " mountain mountains river lake sea ocean island islands bay cape desert valley street road bridge"
    " tower palace castle airport station university college school hospital museum church bank company"
    " group institute agency office ministry department council court committee commission party"
    " parliament congress union league club team cup game games war battle treaty act law bill movement"
    " revolution crisis summit conference agreement times post news journal web telescope probe centre"
    " center empire kingdom republic states state city county country hurricane storm project programme"
    " program mission space service system prize award festival bowl park north south east west new san"
    " saint st united great".split()
)
"""Words in names that are not a person's; of places, those that are most often alone."""

SURFACES = frozenset("mount mountain moon mars venus planet island ship".split())
"""What something happens "on" rather than "in"."""

OF_SOMETHING = ROLES | frozenset(
    "population capital crew size height depth length width weight age cost costs price cause causes"
    " reason reasons result results effect effects impact consequences symptoms treatment owner winner"
    " loser meaning purpose origin origins history future climate weather economy currency religion area"
    " distance temperature speed limit limits advantages disadvantages benefits risks dangers difference"
    " differences members survivors victims casualties passengers toll aftermath outcome budget income"
    " profit revenue strength weakness government flag anthem diameter mass surface volume density"
    " lifespan deadline venue route destination".split()
)
"""Nouns that say little without what they are of."""

SORTS = frozenset(
    "ship vessel boat city town village country nation state company firm team club event war battle"
    " conflict disease virus illness drug vaccine medicine book novel film movie play song album band"
    " planet probe spacecraft telescope rocket satellite mission mountain peak river lake island canal"
    " bridge building tower hurricane storm pandemic epidemic disaster accident explosion element metal"
    " treaty law act movement party programme program project organisation organization group region area"
    " place site species animal plant reactor station man woman".split()
)
"""Nouns that can stand for a name: "the ship" for the Titanic."""

HAPPENED = frozenset(
    "died die killed won win survived survive lost happened happen injured hurt wounded started ended"
    " began paid responsible involved escaped rescued".split()
)
"""Verbs that say little without where or in what."""

ANYONE = frozenset("people men women children others countries person anyone everyone".split())
"""Nouns that say no more than who or how many."""

SUBORDINATE = frozenset("although though when while before after since despite unlike because if as".split())
"""Words at the start of a clause that another one follows."""
