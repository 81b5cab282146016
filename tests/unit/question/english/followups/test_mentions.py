"""Which words a follow-up can mean, and which it cannot."""

from __future__ import annotations

from rag.question.english.followups.mentions import mentions, telling, words_of

PREPOSITIONS = (
    "of in on at to for from by with about between among against during after before since until under"
    " over into onto near without within behind through across towards toward like per than regarding"
    " concerning outside inside around above below beyond despite except off via as"
)
AUXILIARIES = (
    "do does did can could will would shall should may might must is are was were am be been being has"
    " have had isn't aren't wasn't weren't don't doesn't didn't can't won't hasn't haven't hadn't"
)
OTHER = (
    "what which who whom whose when where why how he him his himself she her hers herself they them"
    " their theirs themselves it its itself that this there i me my you your we us our ours these those"
    " one ones myself somebody someone something anyone anything everyone everything nothing nobody none"
    " a an the and or but nor if so not no yes then also too very much many more most less least few any"
    " some all both each every either neither other another such only just even still yet again ever"
    " never always often sometimes usually really actually exactly else same own now today back away up"
    " down out far long old ago once here please ok okay because while although though whether till"
    " right possible true when i'm it's that's what's who's there's let's mostly first last next"
    " currently originally together alone else's"
)
VERBS = (
    "add affect agree allow answer appear apply approve arrive ask attack attend avoid be become became"
    " begin began believe belong bring brought build built burn buy call came cause causes change choose"
    " claim clarify climb come comes commit compare conquer consider contain continue contribute convert"
    " cost cover create cross cut damage decide define defend deny depend describe destroy determine"
    " develop did die differ discover do doing done draw drink drive drop eat elect end enjoy enter"
    " erupt establish exist expect explain explore fall fell fail feel fight fill find finish fit fly"
    " follow form found function gain gave get gets getting give given go goes going gone got grew grow"
    " happen happens hear held help hit hold hurt improve include increase invent involve join keep kept"
    " kill knew know known lack land last lasted launch lead learn leave led left let lie live lives"
    " look lose lost love made make makes making manage marry mean means meant meet mention met move"
    " need needs occur offer open originate own paid pass pay perform pick plan play prefer prepare"
    " prevent produce promise protect prove provide publish pull put raise ran reach read receive"
    " recover recommend reduce refuse reject release rely remain remember remove replace reply represent"
    " require respond result return rise rose run said sank save saw say says see seem seems seen sell"
    " send sent serve set shape share shoot show shown sign sing sink sit sleep sold solve speak spend"
    " spent spoke spread stand start stay steal stood stop store strike succeed suffer suggest supply"
    " support survive swim take taken takes talk talking taste teach tell tells think thought threaten"
    " throw told took train travel treat try turn understand use uses vary visit vote wait walk want"
    " wants warn went win won wear work works write wrote written yield"
)
NOUNS = (
    "plays plans shares costs results changes answers attacks falls drinks visits votes stores forms"
    " lands starts shapes returns figures bed red seed speed feed weed breed shed hundred building"
    " wedding evening morning meeting training warming crossing painting landing king ring spring string"
    " wing thing family july italy"
)
VAGUE = (
    "time times way ways week month year years day days thing things kind kinds type types sort bit lot"
    " lots part parts fact facts example examples idea information detail details case cases maybe"
    " thanks thank etc subject question answer article articles name names number numbers according"
    " different important popular good bad similar false difficult common big small high low deep wide"
    " tall heavy fast slow hot cold expensive dangerous safe worth alive dead close closer further"
    " enough full new little great certain several general particular percent january december monday"
    " sunday two twelve"
)
ROLES = (
    "man woman boy girl person king queen emperor empress president minister chancellor governor"
    " viceroy mayor captain commander general admiral leader founder inventor author writer director"
    " actor actress singer artist painter composer scientist physicist chemist engineer doctor professor"
    " teacher coach player astronaut pilot pope prince princess senator secretary spokesman spokeswoman"
    " chairman chief officer ceo mr mrs ms miss dr sir lord lady sergeant colonel lieutenant judge"
)
THINGS = (
    "britain england scotland wales ireland france germany italy spain portugal greece turkey poland"
    " hungary norway sweden finland denmark austria switzerland belgium holland netherlands russia"
    " ukraine china japan india pakistan iran iraq israel egypt syria afghanistan korea vietnam"
    " indonesia australia canada mexico brazil argentina cuba nigeria kenya america europe asia africa"
    " antarctica nato earth moon mars london paris berlin moscow kyiv washington beijing tokyo rome"
    " canal mount mountain mountains river lake sea ocean island islands bay cape desert valley street"
    " road bridge tower palace castle airport station university college school hospital museum church"
    " bank company group institute agency office ministry department council court committee commission"
    " party parliament congress union league club team cup game games war battle treaty agreement act"
    " law bill movement revolution crisis summit conference post news journal web telescope probe centre"
    " center empire kingdom republic states state city county country hurricane storm project programme"
    " program mission space service system prize award festival bowl park north south east west new san"
    " saint st united great"
)


def texts(question: str) -> list[str]:
    return [each.text for each in mentions(question)]


def test_function_words_and_verbs_are_in_no_noun_phrase() -> None:
    words = f"{PREPOSITIONS} {AUXILIARIES} {OTHER}".split()
    assert [word for word in words if texts(f"with {word} tea") not in (["tea"], ["the tea"])] == []
    assert [word for word in words if not words_of(f"with {word}")[1].ends] == []


def test_a_verb_is_one_unless_a_determiner_stands_before_it() -> None:
    assert [verb for verb in VERBS.split() if not words_of(f"they {verb}")[1].verb] == []
    assert [verb for verb in VERBS.split() if words_of(f"the {verb}")[1].verb] == []
    assert words_of("they wrapped and slowly boxing")[1].verb
    assert not words_of("they tea")[1].verb
    assert [each.verb for each in words_of("they slowly kills boxing")] == [False, True, True, True]


def test_nouns_that_look_like_verbs_are_nouns() -> None:
    assert [noun for noun in NOUNS.split() if words_of(f"they {noun}")[1].verb] == []


def test_words_that_name_nothing_alone_cannot_be_meant() -> None:
    assert [word for word in VAGUE.split() if telling(f"of the {word}")] == []
    assert [each.text for each in telling("of the bridge in 1912")] == ["the bridge"]


def test_the_holder_of_an_office_is_a_person_and_a_place_is_none() -> None:
    def person(text: str) -> float:
        return mentions(f"by {text}")[0].person

    assert [word for word in ROLES.split() if person(f"the {word}") != 1.0] == []
    assert [word for word in THINGS.split() if person(f"{word.capitalize()} Smith") != 0.0] == []
    assert (person("Ann Smith"), person("Ann Lee Smith"), person("Smith"), person("tea")) == (
        0.8,
        0.8,
        0.5,
        0.0,
    )
    assert person("Ann Bo Lee Smith") == 0.5
    assert person("the Smiths") == person("Ann and Bo") == person("NATO") == person("Apollo 11") == 0.0


def test_irregular_plurals_are_plurals() -> None:
    def plural(text: str) -> bool:
        return mentions(f"with the {text}")[0].plural

    assert all(
        plural(word) for word in "people men women children mice feet teeth police cattle sheep fish".split()
    )
    assert all(plural(word) for word in "ships cars".split())
    assert not any(plural(word) for word in "bus glass crisis politics ship".split())
