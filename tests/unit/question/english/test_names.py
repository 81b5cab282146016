"""Names and numbers: found in questions, looked for in texts."""

from __future__ import annotations

import pytest

from rag.question.english.names import missing_names, named


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How many soldiers has France trained?", ("France",)),
        ("Who did Paul Krugman meet in New York in 1912?", ("Paul Krugman", "New York", "1912")),
        ("Britain has trained how many?", ()),
        ("NATO has how many members?", ("NATO",)),
        ("What did it say? Ukraine was next.", ()),
        ("What does the US's army do?", ("US",)),
        ("Who is Louis XIV’s main rival?", ("Louis XIV",)),
        (
            "Which French-language paper cost 19,000 francs in 2011-2012?",
            ("French", "19,000", "2011", "2012"),
        ),
        ("Who painted in the 1600s, on page 12?", ()),
        ("What is new since 2024, or before March 2023?", ()),
        ("What happened on Monday in March 2022?", ("2022",)),
        ("How Many Soldiers Has France Trained?", ()),
        ("how many soldiers has france trained?", ()),
        ("HOW MANY SOLDIERS HAS FRANCE TRAINED?", ()),
        ("Who is Vladimir Putin?", ("Vladimir Putin",)),
        ("Who founded Goldman Sachs?", ("Goldman Sachs",)),
        ("What about France?", ("France",)),
        ("What did Dr. Fauci say about masks?", ("Fauci",)),
        ("Where was John F. Kennedy shot?", ("John F Kennedy",)),
        ("Did France and I meet?", ("France",)),
        ("When did Apollo 12 land?", ("Apollo 12",)),
        ("Who printed Luther’s 95 theses?", ("Luther",)),
    ],
)
def test_capitals_inside_a_question_and_long_numbers_are_names(question: str, names: tuple[str, ...]) -> None:
    assert named(question) == names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("France", "Soldiers of France."),
        ("France", "French soldiers"),
        ("Britain", "the British army"),
        ("Britain", "the UK’s army"),
        ("Ukraine", "Ukrainian soldiers"),
        ("Ben Wallace", "Mr Wallace said"),
        ("Louis XIV", "King Louis said"),
        ("Paul Krugmen", "Paul Krugman said"),
        ("Volodymyr Zelinsky", "Zelensky replied"),
        ("De Rely", "Jean de Rély"),
        ("WHO", "the World Health Organization"),
        ("NATO", "NATO’s members"),
        ("19,000", "some 19000 people"),
        ("African-Americans", "African American voters"),
        ("John F Kennedy", "Kennedy was shot in Dallas"),
        ("Paleogen", "the Cretaceous-Paleogene extinction"),
        ("Apollo 12", "Apollos 11 and 12 landed"),
        ("Super Bowl 51", "Super Bowl LI"),
        ("World War 2", "the Second World War"),
    ],
)
def test_a_name_is_held_in_any_of_its_forms(name: str, text: str) -> None:
    assert missing_names([name], text) == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("France", "a franchise in Britain"),
        ("Iran", "the Iraqi army"),
        ("Austria", "in Australia"),
        ("Niger", "in Nigeria"),
        ("US", "they told us"),
        ("UK", "in Ukraine"),
        ("WHO", "the man who had others"),
        ("1912", "in 1913, 19120 people"),
        ("Ben Wallace", "Ben said"),
        ("Apollo 12", "Apollo 11 landed on 20 July, 12 days later than planned"),
        ("Apollo 11", "Apollo 110"),
        ("Ground 0", "the Ground, and water"),
        ("China", "the supply chain"),
        ("Wales", "the walls fell"),
    ],
)
def test_another_name_is_not_taken_for_it(name: str, text: str) -> None:
    assert missing_names([name], text) == (name,)


ALIASES = (
    "UK|Britain|British|United Kingdom",
    "US|USA|America|American|Americans|United States",
    "EU|European Union",
    "UN|United Nations",
    "UAE|Emirati|United Arab Emirates",
    "France|French|Frenchman|Frenchmen",
    "Spain|Spanish|Spaniard|Spaniards",
    "Netherlands|Dutch|Holland",
    "Denmark|Danish|Dane|Danes",
    "Sweden|Swedish|Swede|Swedes",
    "Switzerland|Swiss",
    "Greece|Greek|Greeks",
    "Wales|Welsh",
    "Turkey|Turkish|Turk|Turks",
    "Philippines|Filipino|Filipinos|Philippine",
    "Ireland|Irish",
    "Poland|Polish|Pole|Poles",
    "Covid|COVID-19|coronavirus",
    "World War 1|World War I|World War One|WWI|First World War|Great War",
    "World War 2|World War II|World War Two|WWII|Second World War",
)


@pytest.mark.parametrize("group", ALIASES)
def test_each_name_of_a_group_stands_for_each_other(group: str) -> None:
    names = group.split("|")
    lacking = [(one, other) for one in names for other in names if missing_names([one], f"in {other} today")]
    assert lacking == []
    assert missing_names([names[0]], "in Norway today") == (names[0],)


def test_names_of_a_place_and_its_people_differ_in_their_ending() -> None:
    endings = "s n ns an ans ian ians ean eans ese ish i is e es a y ain en ens er ers".split()
    assert [each for each in endings if missing_names(["Zxcv"], f"the Zxcv{each} came")] == []
    assert missing_names(["Zxcv"], "the Zxcvow came") == ("Zxcv",)


@pytest.mark.parametrize("title", "Mr Mrs Ms Dr Prof St Gen Col Capt Lt Sgt Sen Rep Gov Rev".split())
def test_a_title_is_no_part_of_a_name(title: str) -> None:
    assert named(f"What did {title}. Healey say?") == named(f"What did {title} Healey say?") == ("Healey",)


@pytest.mark.parametrize("word", "since before after until till by between from to and".split())
def test_a_year_that_bounds_a_time_is_no_name(word: str) -> None:
    assert named(f"What was it {word} 1999, {word} 2024 and {word} May 2024?") == ()
    assert named("What was it in 1999?") == ("1999",)


@pytest.mark.parametrize("number", [1, 4, 9, 10, 14, 19, 40, 49, 50, 51, 88, 90, 99])
def test_a_number_after_a_name_may_be_roman(number: int) -> None:
    roman = {1: "I", 4: "IV", 9: "IX", 10: "X", 14: "XIV", 19: "XIX", 40: "XL", 49: "XLIX", 50: "L",
             51: "LI", 88: "LXXXVIII", 90: "XC", 99: "XCIX"}  # fmt: skip
    assert missing_names([f"Apollo {number}"], f"the Apollo {roman[number]} flew") == ()
    assert missing_names([f"Apollo {number}"], "the Apollo XXVII flew") == (f"Apollo {number}",)


@pytest.mark.parametrize("word", "of the for and on in".split())
def test_initials_skip_the_small_words_between(word: str) -> None:
    assert missing_names(["BE"], f"the Bank {word} England") == ()
    assert missing_names(["BE"], "the Bank beside England") == ("BE",)


def test_two_names_and_an_article_between_them_are_no_headline() -> None:
    assert named("Compare Mount Everest and the Matterhorn") == ("Mount Everest", "Matterhorn")
    assert named("How To Sell Tea In the Wild") == ()
