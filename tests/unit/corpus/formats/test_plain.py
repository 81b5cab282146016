"""Plain text to lines: headings, lists and rows without any marks, and prose that only looks like them."""

import hashlib
import time
from pathlib import Path

import pytest

from rag.corpus import formats
from rag.corpus.formats.plain.structure import structured
from rag.corpus.formats.text.characters import clean
from rag.types import Article

PROSE = "The port office has published the plan for the repair of the old quay."

WRAPPED = (
    "The port office has published the plan for the repair of the old quay\n"
    "and asks all who have a boat there to take it away before the autumn."
)


def lines(text: str) -> list[tuple[str, int, str]]:
    return [(line.kind, line.level, line.text) for line in structured(clean(text))]


def kinds(text: str) -> list[str]:
    return [line.kind for line in structured(clean(text))]


def read(file: Path) -> Article:
    [article] = formats.articles(file.read_bytes(), file.name)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    ("name", "characters", "sha256"),
    [
        (
            "000_4f46b75f769ee47e.txt",
            6836,
            "4578028818f1e86174c7ddad1180aa1f3480e0deec4e847441f8c9e75a14cfc9",
        ),
        (
            "004_670fd78e279c15a9.txt",
            6811,
            "b39270aad7e9f0911cec5b0b582fe64570395a64f391979ea5f4cf89ff7478c4",
        ),
    ],
)
def test_the_real_articles_are_all_prose_and_read_as_ever(
    shared: Path, name: str, characters: int, sha256: str
) -> None:
    article = read(shared / "articles" / name)
    assert len(article.text) == characters
    assert hashlib.sha256(article.text.encode()).hexdigest() == sha256
    assert article.blocks == ()


def test_the_lines_of_a_plan_are_rows(shared: Path) -> None:
    article = read(shared / "cases" / "14b" / "plan.txt")
    rows = [article.text[block.start : block.end] for block in article.blocks if block.kind == "row"]
    assert rows == ["Dredging: 12 days", "Piling: 30 days", "Paving: 9 days"]


class TestHeadings:
    @pytest.mark.parametrize(
        "heading",
        [
            "What happens next",
            "Is the quay safe?",
            "BACKGROUND",
            "2. The plan",
            "2.1 Costs",
            "IV. Costs",
            "Chapter 3: The storm",
            "20 July to 20 August",
            "‘No fire, no fury’",
            "Où va le quai",
            "Что дальше",
        ],
    )
    def test_a_short_line_above_prose_is_a_heading(self, heading: str) -> None:
        assert lines(f"{PROSE}\n\n{heading}\n\n{PROSE}")[1] == ("heading", 2, heading)

    def test_a_heading_may_stand_above_a_list(self) -> None:
        assert kinds(f"{PROSE}\n\nWhat you need\n\n- a key\n- a bell") == [
            "paragraph",
            "heading",
            "item",
            "item",
        ]

    def test_a_heading_of_chinese_signs_stands_above_shorter_prose(self) -> None:
        text = "下一步\n\n市长星期六为新图书馆揭幕，大楼花费了四千万元，共有三层。"
        assert kinds(text) == ["heading", "paragraph"]

    @pytest.mark.parametrize(
        ("rule", "level"), [("=====", 1), ("=" * 40, 1), ("---", 2), ("-----------------", 2), ("~~~~", 2)]
    )
    def test_an_underlined_line_is_a_heading_and_the_rule_goes(self, rule: str, level: int) -> None:
        expected = [("paragraph", 0, PROSE), ("heading", level, "What happens next"), ("paragraph", 0, PROSE)]
        assert lines(f"{PROSE}\n\nWhat happens next\n{rule}\n{PROSE}") == expected
        assert lines(f"{PROSE}\n\nWhat happens next\n{rule}\n\n{PROSE}") == expected

    def test_capitals_right_above_prose_are_a_heading(self) -> None:
        assert lines(f"{PROSE}\n\nTHE COSTS\n{PROSE}")[1] == ("heading", 2, "THE COSTS")

    @pytest.mark.parametrize(
        "line",
        [
            "The quay is shut.",
            "The mayor said:",
            "“We wait”",
            "Photo: Ilse Varga",
            "[Photo by Ilse Varga]",
            "Ilse Varga (left)",
            "A posting shows the minister of defence of the country meeting his colleague in the capital",
            "and then it rained",
            "https://daily.example/storm",
            "* * *",
            "---",
        ],
    )
    def test_a_line_that_is_none_stays_a_paragraph(self, line: str) -> None:
        assert kinds(f"{PROSE}\n\n{line}\n\n{PROSE}") == ["paragraph"] * 3

    @pytest.mark.parametrize(
        "text",
        [
            "Roses are red\n\nViolets are blue\n\nSugar is sweet",
            "THE STORM CAME\nTHE STORM WENT AND NOBODY IN THE WHOLE TOWN WAS HURT.",
            f"{PROSE}\n\nIlse Varga",
            "Name   Age\n----   ---\nAnn    31",
        ],
    )
    def test_without_prose_below_there_is_no_heading(self, text: str) -> None:
        assert "heading" not in kinds(text)


class TestItems:
    def test_numbers_and_bullets_stay_with_their_items(self) -> None:
        text = "You need:\n1. a key\n2. a bell\n\n• oil\n• rope"
        assert lines(text) == [
            ("paragraph", 0, "You need:"),
            ("item", 0, "1. a key"),
            ("item", 0, "2. a bell"),
            ("item", 0, "• oil"),
            ("item", 0, "• rope"),
        ]

    @pytest.mark.parametrize(
        "marks", ["3. 4. 5.", "1) 2) 3)", "(1) (2) (3)", "a. b. c.", "(i) (ii) (iii)", "IV. V. VI.", "- - -"]
    )
    @pytest.mark.parametrize("between", ["\n", "\n\n"])
    def test_lists_count_in_many_ways(self, marks: str, between: str) -> None:
        text = between.join(f"{mark} Open the vent" for mark in marks.split())
        assert kinds(text) == ["item"] * 3
        assert [line for _, _, line in lines(text)] == text.split(between)

    def test_a_list_below_an_item_is_deeper(self) -> None:
        text = "- tools\n  - a key\n  - a bell\n- oil\n\n- rope"
        assert [(level, words) for _, level, words in lines(text)] == [
            (0, "- tools"),
            (1, "- a key"),
            (1, "- a bell"),
            (0, "- oil"),
            (0, "- rope"),
        ]

    def test_an_item_goes_on_where_its_lines_are_indented(self) -> None:
        text = "1. Open the vent and\n   wait.\n2. Light it."
        assert lines(text) == [("item", 0, "1. Open the vent and wait."), ("item", 0, "2. Light it.")]

    @pytest.mark.parametrize(
        "text",
        [
            "1. FC Köln won again.\n\nNobody knew why.",
            "2019. It was a dry year.\n2020. It was wet.",
            "I. Newton wrote it.\nHe was 44.",
            "- I do not know, he said.\n\nShe left.",
            "3.5 metres of rain fell.\n4.5 metres fell later.",
        ],
    )
    def test_a_mark_that_no_other_goes_on_from_makes_no_list(self, text: str) -> None:
        assert set(kinds(text)) == {"paragraph"}


class TestWrapped:
    def test_prose_goes_on_below_a_line_that_was_changed_and_never_filled_again(self) -> None:
        said = [
            "Ada:  I had joined the works in, I guess, early 1967, and Holm and",
            "      Rask had their room right across the hall. I noticed there was",
            "      a person by the name of Lund, whose name was",
            "      on a number of these papers, so that in the end I went up to see",
            "      what he did.",
        ]
        assert lines("\n".join(said)) == [("paragraph", 0, " ".join(line.strip() for line in said))]

    @pytest.mark.parametrize(
        "text",
        [
            "The road goes over the hill to the place of my birth\n"
            "And hedges are white with may in the early morn\n"
            "but nobody walks it now but the wind and the rain\n"
            "And nobody will be there to see me when I come home again.",
            "Mrs Alice Cartwright of the Planning Committee\n"
            "Mr Robert Hale, clerk to the Harbour Trust in Ostrel\n"
            "de Vries, Pieter, engineer to the Planning Board\n"
            "Dr Ellen Moss, archaeologist of the county and its towns",
        ],
    )
    def test_verses_and_lists_keep_their_lines(self, text: str) -> None:
        assert [line for _, _, line in lines(text)] == text.split("\n")

    @pytest.mark.parametrize(
        "said",
        [
            "The lock was closed in the night of the great storm by the miller\nHolger Rask, in 1911.",
            "The two boats that were lost in that winter are the Ada and the Ilse\n"
            "Varga; in the books of the trust they are said to have been insured for\n"
            "40,000 crowns.",
        ],
    )
    def test_names_begin_lines_where_other_paragraphs_show_the_width_of_the_page(self, said: str) -> None:
        assert lines(f"{WRAPPED}\n\n{said}")[1:] == [("paragraph", 0, said.replace("\n", " "))]

    @pytest.mark.parametrize(
        "text",
        [
            "The road goes over the hill to the place of my birth\n"
            "And hedges are white with may in the early morning hours\n"
            "But nobody walks it now but the wind and the winter rain\n"
            "And nobody will be there to see me when I come home again.",
            "Harbour Trust of Ostrel\n12 Quay Street\nOstrel.",
            "The dredging of the basin was put off because of the storm in May.\n"
            "Mr Hale asked for the costs.",
            "# The masts are read from a file that the trust sends us each May\n# Varga has the key.",
            "1. The clerk of the trust opened the meeting of the board on the third\n2. Mr Hale spoke.",
            "Ostrel harbour         opened 1868   deepened 1902   38 berths in use\nLarnholm    1911",
        ],
    )
    def test_what_is_no_prose_keeps_its_lines_on_such_a_page(self, text: str) -> None:
        assert [line for _, _, line in lines(f"{WRAPPED}\n\n{text}")[1:]] == text.split("\n")


class TestRows:
    def test_a_label_and_its_value_stay_one_line_however_long_their_block_is(self) -> None:
        text = "Opening hours of the museum: 9 to 17 on weekdays\nparking: free\nentry: 4.50 crowns"
        assert lines(text) == [("row", 0, line) for line in text.split("\n")]

    @pytest.mark.parametrize(
        "text",
        [
            "Smith: I do not know.\nJones: Me neither.",
            "Height: 38 metres",
            "The mayor said: it is safe\nand left",
        ],
    )
    def test_what_is_said_is_no_row(self, text: str) -> None:
        assert "row" not in kinds(text)

    def test_facts_at_the_top_are_no_rows(self) -> None:
        text = f"Quay shut\n\nPublished: 3 May 2026\nSource: Larnholm Courier\n\n{PROSE}\n"
        [article] = formats.articles(text.encode(), "a.txt")
        assert isinstance(article, Article)
        assert (article.title, article.source, article.text) == ("Quay shut", "Larnholm Courier", PROSE)


@pytest.mark.parametrize("piece", ["- ", "a: b\n", "1. x\n", "\n\nA\n\n", " ", "=\n", "(i) ", "“"])
def test_a_text_of_anything_is_read_in_time(piece: str) -> None:
    started = time.monotonic()
    structured(clean(piece * (300_000 // len(piece))))
    assert time.monotonic() - started < 20
