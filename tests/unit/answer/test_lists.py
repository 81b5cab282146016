"""Lists and tables: the whole list, or the one item or row that is meant, and its cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from understanding import understood

from rag.answer.evidence import Evidence, weigh
from rag.answer.lists import CELL, LONGEST, cell_of, counted, meant, whole_list, with_cell, with_cells
from rag.corpus.formats.text.lines import Line, joined
from rag.index.lexical import Analyzer, LexicalIndex
from rag.types import Article, Citation, Hit, Passage, Sentence, ShortAnswer, Statement

CREW = [
    Line("The crew of the Petrel were:"),
    Line("- Oskar Dahl, skipper", "item"),
    Line("- Tom Wexley, cook", "item", gap=False),
    Line("A storm on the eleventh day broke the boom."),
]
STEPS = [
    Line("We found two steps that save money."),
    Line("Step 1. Count", "heading", 2),
    Line("Every page has a price."),
    Line("Notes on counting", "heading", 3),
    Line("Step 2. Compare", "heading", 2),
    Line("Steps after that", "heading", 2),
]
KILNS = [
    Line("Kinds of kilns", "heading", 1),
    Line("Glass works burn wood in kilns of many kinds."),
    Line("Bottle kiln", "heading", 2),
    Line("Its chimney draws the smoke."),
    Line("Tunnel kiln", "heading", 2),
    Line("Doors of the tunnel kiln", "heading", 3),
    Line("Anagama", "heading", 2),
    Line("Who built them", "heading", 1),
    Line("Masters from Ostrel built the kilns."),
]
ROWS = [
    Line("Year: 2022; Cars: 4,120; Master: Berit Aasen", "row"),
    Line("Year: 2023; Cars: 4,480; Master: Jonas Wulff", "row", gap=False),
]


@pytest.fixture
def words(tmp_path: Path) -> LexicalIndex:
    texts = [each.text for each in (*CREW, *STEPS, *KILNS, *ROWS)]
    LexicalIndex.write(tmp_path, [("", text) for text in (*texts, *["tea"] * 20)], Analyzer("en"))
    return LexicalIndex.load(tmp_path, Analyzer("en"))


def weighed(question: str, lines: list[Line], words: LexicalIndex) -> list[Evidence]:
    """Return each line that states something as a sentence, weighed; best first."""
    text, blocks = joined(lines)
    article = Article("a.md", "Log", text, blocks=blocks)
    sentences = tuple(Sentence(article, block.start, block.end) for block in blocks)
    passage = Passage(article, 0, len(text), sentences)
    hit = Hit(passage, 1.0, 0.5, 5.0, 1, 1, (0.5,) * len(sentences))
    [found] = weigh(understood(question, words), [hit], words)
    return sorted(found, key=lambda each: -each.score)


def listed(question: str, lines: list[Line], words: LexicalIndex) -> list[str]:
    asked = understood(question, words)
    return [each.text for each in whole_list(asked, weighed(question, lines, words), words)]


def row(text: str) -> Statement:
    text, blocks = joined([Line(text, "row")])
    article = Article("a.csv", "Ferries", text, blocks=blocks)
    passage = Passage(article, 0, len(text), (Sentence(article, 0, len(text)),))
    return Statement(text, (Citation(passage, 0, len(text), text),), "exact")


@pytest.mark.parametrize("question", ["Who were the crew of the Petrel?", "Name the crew of the Petrel."])
def test_a_list_is_whole_and_in_its_order_where_what_leads_to_it_is_asked_for(words, question: str) -> None:
    assert listed(question, CREW, words) == ["- Oskar Dahl, skipper", "- Tom Wexley, cook"]


@pytest.mark.parametrize(
    "question",
    ["Who was the cook of the Petrel?", "Was Oskar Dahl in the crew of the Petrel?", "What broke the boom?"],
    ids=["one item", "yes or no", "beside the list"],
)
def test_no_list_is_shown_for_one_thing(words, question: str) -> None:
    assert listed(question, CREW, words) == []


def test_no_list_is_shown_where_an_item_alone_holds_a_word_of_the_question(words) -> None:
    lead = Line("The crew of the Petrel on the eleventh day of the storm were:")
    question = "Who was cook of the crew of the Petrel on the eleventh day of the storm?"
    assert listed(question, [lead, *CREW[1:3]], words) == []
    assert listed(question.replace("cook", "there"), [lead, *CREW[1:3]], words) != []


def test_the_item_of_a_list_has_what_leads_to_it_before_it(words) -> None:
    question = "Name the crew of the Petrel."
    first, _ = whole_list(understood(question, words), weighed(question, CREW, words), words)
    assert first.citations[0].lead_text == "The crew of the Petrel were:"


def test_headings_that_count_are_the_steps_that_a_sentence_announces(words) -> None:
    assert listed("Which two steps save money?", STEPS, words) == ["Step 1. Count", "Step 2. Compare"]


def test_headings_below_one_that_names_what_is_asked_for_are_a_list(words: LexicalIndex):
    kinds = ["Bottle kiln", "Tunnel kiln", "Anagama"]
    assert listed("What are the kinds of kilns?", KILNS, words) == kinds
    assert listed("List the kinds of kilns", KILNS, words) == kinds
    asking = [replace(line, text=f"{line.text}?") if line.level == 2 else line for line in KILNS]
    assert listed("List the kinds of kilns", asking, words) == []
    for other in ("Who built the kilns?", "Which masters built the kilns?", "Which kiln has a chimney?"):
        assert listed(other, KILNS, words) == []


@pytest.mark.parametrize(
    "heading", ["Counting", "Step 2. Count", "Part 1. Count"], ids=["no number", "not first", "other word"]
)
def test_headings_that_are_not_announced_are_no_steps(words, heading: str) -> None:
    lines = [STEPS[0], Line(heading, "heading", 2), *STEPS[2:]]
    assert listed("Which two steps save money?", lines, words) == []


def test_the_row_that_holds_more_of_the_question_is_meant(words) -> None:
    question = "Who was the master in 2023?"
    found = meant(understood(question, words), weighed(question, ROWS, words))
    assert [each.sentence.text for each in found] == [ROWS[1].text]


def test_beside_an_item_the_text_of_its_article_still_answers(words) -> None:
    lines = [*CREW, Line("Tom Wexley sailed the Petrel home.")]
    question = "Did Tom Wexley the cook sail home?"
    found = meant(understood(question, words), weighed(question, lines, words))
    assert lines[-1].text in [each.sentence.text for each in found]


def test_a_line_that_leads_to_a_list_brings_it(words) -> None:
    lines = [Line("The Petrel had aboard:"), *CREW[1:]]
    assert listed("Who was aboard the Petrel?", lines, words) == [line.text for line in CREW[1:3]]


def test_an_item_that_leads_to_items_brings_them(words) -> None:
    lines = [
        Line("Skipper Dahl asks the crew for:", "item"),
        *(replace(line, level=1) for line in CREW[1:3]),
        CREW[3],
    ]
    assert listed("What does skipper Dahl ask the crew for?", lines, words) == [
        line.text for line in CREW[1:3]
    ]


def test_neighbours_that_hold_the_same_of_the_question_are_meant_alike(words) -> None:
    question = "Who was the master?"
    assert len(meant(understood(question, words), weighed(question, ROWS, words))) == 2


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("Who was the master in 2022?", "Berit Aasen"),
        ("How many cars were there in 2022?", "4,120"),
        ("In which year was Berit Aasen the master?", "2022"),
        ("What was it like?", None),
    ],
)
def test_the_cell_whose_head_is_asked_for_is_bold(words, question: str, cell: str | None) -> None:
    found = with_cell(row(ROWS[0].text), understood(question, words), words)
    assert [found.text[start:end] for start, end in found.highlights] == ([cell] if cell else [])
    assert cell_of([found]) == cell


TWO = "Year: 2022; Cars: 4,120; Year: 2023; Cars: 4,480"


def test_heads_that_come_again_begin_another_record(words) -> None:
    found = with_cell(row(TWO), understood("How many cars were there in 2023?", words), words)
    assert [found.text[slice(*span)] for span in found.highlights] == ["4,480"]


@pytest.mark.parametrize(
    ("line", "question", "cell", "score"),
    [
        (ROWS[1].text, "How many cars were there in 2023?", "4,480", CELL),
        (ROWS[1].text, "How many cars were there?", "Year", 3.0),
        (ROWS[1].text, "What was there in 2023?", "Year", 3.0),
        ("The year had 4,480 cars: 2023 was good.", "How many cars were there in 2023?", "The ", 3.0),
    ],
    ids=["asked for", "no row", "no head", "no table"],
)
def test_the_cell_that_is_asked_for_in_a_row_is_its_answer(words, line, question, cell, score) -> None:
    [read] = weighed(question, [Line(line, "row" if ";" in line else "item")], words)
    read = replace(read, short_answer=ShortAnswer(0, 4, 3.0, 0.0))
    [found] = with_cells(understood(question, words), [read], words)
    assert found.short_answer is not None
    assert line[found.short_answer.start : found.short_answer.end] == cell
    assert found.short_answer.score == score


def test_a_row_that_no_reader_has_read_stays_as_it_is(words) -> None:
    question = "How many cars were there in 2023?"
    read = weighed(question, ROWS, words)
    assert with_cells(understood(question, words), read, words) == read


def test_words_that_answer_widen_to_their_cell(words) -> None:
    statement = row(ROWS[0].text)
    start = statement.text.index("Berit")
    read = Statement(statement.text, statement.citations, "exact", highlights=((start, start + 5),))
    found = with_cell(read, understood("What was it like?", words), words)
    assert [found.text[slice(*span)] for span in found.highlights] == ["Berit Aasen"]


def test_no_cell_is_the_answer_where_more_than_its_row_is_quoted(words) -> None:
    found = with_cell(row(ROWS[0].text), understood("Who was the master in 2022?", words), words)
    assert cell_of([found, found]) is None


ISSUES = "Trade was blocked. Forts were kept. Finally, ships were seized."


@pytest.mark.parametrize(
    ("question", "sentence", "is_whole"),
    [
        ("What three issues led to the war?", "The war had three issues.", True),
        ("What were the 3 issues of the war?", "The war had three issues.", True),
        ("What were the issues of the war?", "The war had three issues.", False),
        ("What four issues led to the war?", "The war had three issues.", False),
        ("Who says that there were three issues?", "The war had three issues.", False),
        ("What three issues led to war?", f"Three issues led to war, {'and so on, ' * 9}as all knew.", False),
        ("What 300 issues led to the war?", "The war had 300 issues.", False),
    ],
)  # fmt: skip
def test_as_many_things_as_are_asked_for_are_quoted_with_what_counts_them(
    words, question: str, sentence: str, is_whole: bool
) -> None:
    text = f"{sentence} {ISSUES} Peace came.\nIt held."
    article = Article("a.md", "War", text)
    passage = Passage(article, 0, len(text), (Sentence(article, 0, len(sentence)),))
    said = Statement(sentence, (Citation(passage, 0, len(sentence), sentence),), "exact")
    found = counted(said, understood(question, words))
    assert found.text == found.citations[0].quote == (f"{sentence} {ISSUES}" if is_whole else sentence)


def test_things_too_long_to_be_quoted_are_left_out(words) -> None:
    sentence = "The war had three issues."
    text = f"{sentence} Trade {'and more trade ' * LONGEST}was blocked. Forts were kept."
    article = Article("a.md", "War", text)
    passage = Passage(article, 0, len(text), (Sentence(article, 0, len(sentence)),))
    said = Statement(sentence, (Citation(passage, 0, len(sentence), sentence),), "exact")
    assert counted(said, understood("What three issues led to the war?", words)) == said
