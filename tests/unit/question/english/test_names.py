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
