"""PDF: what the layout of pages says becomes the lines of an article."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from rag.corpus.formats import pdf
from rag.corpus.formats.pdf.words import Glyph, Style, words_of
from rag.errors import ReadingError
from rag.types import Article

CASES = Path(__file__).parents[4].parent / "shared" / "cases" / "9"

FIRE = "The glass works burned for three days, and the flames were seen"
LOAN = "from the landing. Its owner rebuilt the works with a loan of the"
BANK = "savings bank, which she paid back within nine years of the fire"


def drawn(*pages: Callable[[Canvas], object], **facts: str) -> Article:
    canvas = Canvas(content := io.BytesIO(), pagesize=(600, 800))
    canvas.setTitle(facts.get("title", "untitled"))
    canvas.setAuthor(facts.get("author", "user"))
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return pdf.read(content.getvalue(), "a.pdf")


def lines(
    *texts: str, x: float = 50, y: float = 700, size: float = 10, font: str = "Helvetica", step: float = 1.2
) -> Callable[[Canvas], object]:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, text in enumerate(texts):
            canvas.drawString(x, y - number * step * size, text)

    return draw


def runs(
    *parts: tuple[float, float, str], x: float = 50, y: float = 700, font: str = "Helvetica-Bold"
) -> Callable[[Canvas], object]:
    """Draw a line of texts, each with its size and by how much it is raised."""

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(x, y)
        for size, rise, part in parts:
            text.setFont(font, size)
            text.setRise(rise)
            text.textOut(part)
        canvas.drawText(text)

    return draw


def all_of(*parts: Callable[[Canvas], object]) -> Callable[[Canvas], object]:
    return lambda canvas: [part(canvas) for part in parts]


def said(article: Article, kind: str) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if block.kind == kind]


def case(name: str) -> Article:
    path = CASES / f"{name}.pdf"
    if not path.exists():
        pytest.skip("needs ../shared/cases")
    return pdf.read(path.read_bytes(), path.name)


class TestPages:
    def test_a_page_without_text_between_others_is_no_hindrance(self):
        text = lines(FIRE, LOAN, BANK + ".")
        article = drawn(text, lambda canvas: canvas.rect(50, 50, 20, 20), text, lambda canvas: None)
        assert article.text.count("burned for three days") == 2

    def test_a_thousand_pages_are_read(self):
        article = drawn(
            *[lines(f"Page {number} tells of the fire in the glass works.") for number in range(1001)]
        )
        assert article.blocks[-1].page == 1001


class TestNotes:
    def test_a_sentence_that_runs_over_the_page_is_whole_and_the_notes_follow(self):
        article = case("footnotes")
        assert "a third of whom were women, and shipped bottles to eleven countries." in article.text
        assert said(article, "note") == [
            "1 Town archive, file 88. The chronicle gives two days instead.",
            "2 Interview with a foreman.",
        ]
        assert article.title == "The glass works of Ostrel"
        assert "chronicle 2" not in article.text

    def test_a_note_below_a_line_in_the_letters_of_the_text(self):
        def rule(canvas: Canvas) -> None:
            canvas.line(50, 120, 150, 120)

        one = all_of(lines(FIRE, LOAN, BANK), rule, lines("1 See the town archive.", y=105))
        article = drawn(one, lines("and in silver.", FIRE + ".", y=700))
        assert said(article, "note") == ["1 See the town archive."]
        assert said(article, "paragraph")[0].startswith(f"{FIRE} {LOAN} {BANK} and in silver.")

    def test_a_note_at_the_foot_of_the_first_of_two_columns(self):
        left = [f"{text[:44]}" for text in (FIRE, LOAN, BANK) * 3]
        page = all_of(
            lines(*left),
            lines("¹ A note in small print that stands apart.", y=500, size=7),
            lines("as the chronicle has it, for days on end", *left, x=320),
        )
        article = drawn(page)
        assert said(article, "note") == ["¹ A note in small print that stands apart."]
        assert f"{left[-1]} as the chronicle has it" in article.text

    def test_small_print_below_a_heading_is_the_text_of_its_section(self):
        page = all_of(
            lines(*(FIRE, LOAN, BANK) * 4),
            lines("A.3 The proof", y=330, size=11, font="Helvetica-Bold"),
            lines(
                "That the fire lasted three days is told by",
                "two letters and by the chronicle.",
                y=310,
                size=8,
            ),
        )
        article = drawn(page)
        assert not said(article, "note")
        assert article.text.endswith(
            "That the fire lasted three days is told by two letters and by the chronicle."
        )


class TestColumns:
    def test_two_columns_are_read_one_after_the_other(self):
        texts = said(case("two_columns"), "paragraph")
        assert len(texts) == 10
        assert texts[:5] == texts[5:]

    def test_three_columns_below_a_line_across(self):
        columns = [
            lines(*(f"{name} {number} of a story for all" for number in range(6)), x=50 + 180 * at, y=600)
            for at, name in enumerate(("first", "second", "third"))
        ]
        article = drawn(all_of(lines("A headline over the whole page", size=20, y=650), *columns))
        words = article.text.split()
        assert [words.index(name) for name in ("first", "second", "third")] == sorted(
            words.index(name) for name in ("first", "second", "third")
        )
        assert article.text.index("first 5") < article.text.index("second 0")
        assert article.text.index("second 5") < article.text.index("third 0")
        assert article.title == "A headline over the whole page"

    def test_columns_whose_base_lines_differ(self):
        left = lines(*(f"left {number} goes on and on here" for number in range(8)))
        right = lines(*(f"right {number} goes on and on here" for number in range(8)), x=310, y=694)
        text = drawn(all_of(left, right)).text
        assert text.index("left 7") < text.index("right 0")


class TestSidebars:
    def test_a_box_beside_the_text_comes_after_it(self):
        article = case("sidebar")
        assert article.text.index("difficulties with the effluent") < article.text.index("Opening times")
        assert "officially because of the price of oil, though" in article.text

    @pytest.mark.parametrize(("text_x", "box_x"), [(50, 430), (220, 50)])
    def test_a_box_on_either_side_parts_no_sentence(self, text_x: float, box_x: float):
        def box(canvas: Canvas) -> None:
            canvas.rect(box_x - 5, 640, 130, 65)

        page = all_of(
            box,
            lines("Opening times", x=box_x, y=690, font="Helvetica-Bold"),
            lines("Daily from ten to five.", "Closed in May.", x=box_x, y=676),
            lines(*(FIRE, LOAN, BANK) * 2, "and in silver.", x=text_x),
        )
        text = drawn(page).text
        assert f"{LOAN} {BANK} {FIRE} {LOAN} {BANK} and in silver." in text
        assert "Daily from ten to five. Closed in May." in text.replace("\n", " ")

    def test_a_box_within_a_column_does_not_cut_the_sentence_around_it(self):
        def box(canvas: Canvas) -> None:
            canvas.rect(45, 600, 300, 50)

        page = all_of(
            lines(FIRE, LOAN, BANK),
            box,
            lines("Visitors", "Open from ten to five.", y=635),
            lines("and in coin.", FIRE + ".", y=580),
        )
        article = drawn(page)
        assert f"{BANK} and in coin." in article.text
        assert article.text.rstrip().endswith("Open from ten to five.")


class TestTables:
    def test_a_row_says_the_head_of_each_cell(self):
        assert said(case("table"), "row") == [
            "Year: 1920; Bottles (thousands): 2,310; Staff: 301",
            "Year: 1926; Bottles (thousands): 4,870; Staff: 412",
            "Year: 1950; Bottles (thousands): 1,205; Staff: 188",
        ]

    def test_a_table_without_lines_is_told_by_its_columns(self):
        rows = [
            ("Town", "People", "Area"),
            ("Ostrel", "4,120", "12"),
            ("Lunde", "980", "7"),
            ("Vik", "77", "3"),
        ]
        table = [lines(*column, x=50 + 120 * at, y=600) for at, column in enumerate(zip(*rows, strict=True))]
        article = drawn(all_of(lines(FIRE, LOAN, BANK + "."), *table))
        assert said(article, "row") == [
            "Town: Ostrel; People: 4,120; Area: 12",
            "Town: Lunde; People: 980; Area: 7",
            "Town: Vik; People: 77; Area: 3",
        ]

    def test_two_columns_without_heads_are_names_and_values(self):
        names = lines("Height", "Built", "Architect", y=600)
        values = lines("38 metres", "1911", "C. Benholt", x=200, y=600)
        article = drawn(all_of(lines(FIRE, LOAN, BANK + "."), names, values))
        assert said(article, "row") == ["Height: 38 metres", "Built: 1911", "Architect: C. Benholt"]


def ruled(*heights: float, x0: float = 50, x1: float = 540) -> Callable[[Canvas], object]:
    return lambda canvas: [canvas.line(x0, y, x1, y) for y in heights]


def cells(*rows: str, y: float = 700, step: float = 12, xs: tuple[float, ...]) -> Callable[[Canvas], object]:
    """Draw rows, their cells parted by |, a line below the other."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for number, row in enumerate(rows):
            for x, cell in zip(xs, row.split("|"), strict=True):
                canvas.drawString(x, y - number * step, cell)

    return draw


class TestTablesOfWrappedCells:
    HEAD = "Part|Week|Topic|Tools"
    FIRST = ("The first|1|Clay and|wheel (Hart,", "half||how it dries|2017)", "|2|Glazes|kiln")
    SECOND = ("The last|3|Firing at|kiln; cone", "half||night|(Berg, 2009)", "|4|Selling|")
    XS = (50, 150, 220, 430)

    def test_rows_that_are_numbered_are_whole(self):
        article = drawn(
            all_of(
                lines(FIRE, LOAN, BANK, y=760),
                ruled(712, 695, 615),
                cells(self.HEAD, "|||", *self.FIRST, *self.SECOND, xs=self.XS),
                lines(FIRE, LOAN, BANK, y=590),
            )
        )
        assert said(article, "row") == [
            "Part: The first half; Week: 1; Topic: Clay and how it dries; Tools: wheel (Hart, 2017)",
            "Week: 2; Topic: Glazes; Tools: kiln",
            "Part: The last half; Week: 3; Topic: Firing at night; Tools: kiln; cone (Berg, 2009)",
            "Week: 4; Topic: Selling",
        ]

    def test_a_table_over_two_pages_keeps_its_columns(self):
        article = drawn(
            all_of(
                lines(*[FIRE, LOAN, BANK] * 14, y=760),
                ruled(212, 195),
                cells(self.HEAD, "|||", *self.FIRST, y=200, xs=self.XS),
            ),
            all_of(
                ruled(752, 735, 660),
                cells(self.HEAD, "|||", *self.SECOND, y=740, xs=self.XS),
                lines(FIRE, LOAN, BANK, y=620),
            ),
        )
        assert said(article, "row") == [
            "Part: The first half; Week: 1; Topic: Clay and how it dries; Tools: wheel (Hart, 2017)",
            "Week: 2; Topic: Glazes; Tools: kiln",
            "Part: The last half; Week: 3; Topic: Firing at night; Tools: kiln; cone (Berg, 2009)",
            "Week: 4; Topic: Selling",
        ]

    def test_rows_that_are_set_apart_are_whole(self):
        article = drawn(
            all_of(
                ruled(712, 695, 590),
                cells("Method|Advantage", xs=(50, 300)),
                cells("Group work|It helps to use", "in the afternoon|what was learned", y=680, xs=(50, 300)),
                cells("Live writing|All make the same", "|mistakes together", y=650, xs=(50, 300)),
                cells("Talks|None", y=620, xs=(50, 300)),
                lines(FIRE, LOAN, BANK, y=560),
            )
        )
        assert said(article, "row") == [
            "Method: Group work in the afternoon; Advantage: It helps to use what was learned",
            "Method: Live writing; Advantage: All make the same mistakes together",
            "Method: Talks; Advantage: None",
        ]

    def test_groups_of_rows_stay_rows(self):
        xs = (50, 200, 350)
        article = drawn(
            all_of(
                ruled(712, 695, 615),
                cells("Works|Year|Jars", xs=xs),
                cells("North|1931|410", "|1932|395", y=682, xs=xs),
                cells("South|1931|120", "|1932|131", y=650, xs=xs),
                lines(FIRE, LOAN, BANK, y=580),
            )
        )
        assert said(article, "row") == [
            "Works: North; Year: 1931; Jars: 410",
            "Year: 1932; Jars: 395",
            "Works: South; Year: 1931; Jars: 120",
            "Year: 1932; Jars: 131",
        ]

    def test_lines_above_and_below_prose_make_no_table(self):
        article = drawn(all_of(ruled(780, 720, 60), lines(*[FIRE, LOAN, BANK] * 10, y=700)))
        assert said(article, "row") == []


class TestBrokenWords:
    @pytest.mark.parametrize(
        ("above", "below", "whole"),
        [
            ("It is the state-of-the-", "art of firing.", "state-of-the-art of"),
            ("It is a multi-dimen-", "sional way of firing.", "multi-dimensional way"),
            ("It ends with Navier-", "Stokes at last.", "Navier-Stokes at"),
            ("It began in COVID-", "19 times.", "COVID-19 times"),
            ("It cost 1,200 in 1998-", "1999 alone.", "1998-1999 alone"),
            ("It was drawn by e-", "mail at last.", "e-mail at"),
            ("It is true of the pre-", "and postwar works.", "pre- and postwar"),
            ("It is in the Pot-", "House of Holm. The PotHouse stands.", "the PotHouse of"),
            ("It is well-", "fired. A well-fired jar rings.", "well-fired. A"),
            ("It is repro-", "ducible at home.", "reproducible at"),
        ],
    )
    def test_a_hyphen_stays_where_it_is_the_words_own(self, above: str, below: str, whole: str):
        assert whole in drawn(lines(FIRE, LOAN, BANK, above, below)).text


class TestLists:
    def test_each_number_begins_an_item(self):
        assert said(case("lists"), "item") == [
            "1. The flue is open and the gauge reads below 4 bar.",
            "2. The sand is dry.",
            "3. Two buckets of water stand at the door.",
        ]

    def test_letters_and_bullets_too(self):
        page = lines(
            "Bring these:", "(a) a lamp for the cellar;", "(b) a rope.", "• And gloves.", "It is cold."
        )
        assert said(drawn(page), "item")[:2] == ["(a) a lamp for the cellar;", "(b) a rope."]
        assert said(drawn(page), "item")[2].startswith("• And gloves.")

    def test_a_figure_at_the_start_of_a_line_of_prose_is_no_item(self):
        article = drawn(
            lines(
                FIRE, "after the great storm of the year, the one that all still call the", "5. May it rest."
            )
        )
        assert said(article, "item") == []


class TestLetters:
    def test_letters_that_are_spaced_out_are_words_and_a_large_one_begins_its_word(self):
        article = case("letterspaced")
        assert article.title == "THE GLASS WORKS"
        assert article.text.startswith("The glass works at Ostrel burned")

    @pytest.mark.parametrize(("words", "space"), [("OPENING", 6), ("OPENING TIMES", 4), ("Holm and Arn", 5)])
    def test_spaced_letters_within_a_page(self, words: str, space: float):
        def spaced(canvas: Canvas) -> None:
            text = canvas.beginText(50, 640)
            text.setFont("Helvetica-Bold", 12)
            text.setCharSpace(space)
            text.textOut(words)
            text.setCharSpace(0)
            canvas.drawText(text)

        assert words in drawn(all_of(lines(FIRE, LOAN, BANK + "."), spaced)).text

    def test_ligatures_are_letters(self):
        pdfmetrics.registerFont(TTFont("DejaVu", str(font_file())))
        assert "first office" in drawn(lines("The ﬁrst oﬃce of the works.", font="DejaVu")).text

    def test_an_accent_that_is_drawn_elsewhere_parts_no_word(self):
        style = Style(10, False, "CMR10")
        signs = [("a", 10), ("o", 15), ("¨", 11), ("g", 20), ("l", 25), ("˘", 21)]
        glyphs = [
            Glyph(sign, x, x + (3 if sign in "¨˘" else 5), 100, style, 0, spaced=sign in "¨g˘")
            for sign, x in signs
        ]
        assert [word.text for word in words_of(glyphs)] == ["äoğl"]

    def test_text_at_another_angle_is_left_out(self):
        article = case("rotated")
        assert "CONFIDENTIAL" not in article.text
        assert len(said(article, "paragraph")) == 2

    def test_a_stamp_in_the_margin_gives_its_date(self):
        def stamp(canvas: Canvas) -> None:
            canvas.rotate(90)
            canvas.drawString(200, -20, "arXiv:1706.09498v1 [cs.CV] 28 Jun 2017")

        article = drawn(all_of(lines(FIRE, LOAN, BANK + "."), stamp))
        assert article.published == date(2017, 6, 28)
        assert "arXiv" not in article.text

    def test_a_page_that_lies_on_its_side_is_read(self):
        def turned(canvas: Canvas) -> None:
            canvas.rotate(90)
            lines(FIRE, LOAN, BANK + ".", y=-100)(canvas)

        assert f"{FIRE} {LOAN} {BANK}." in drawn(turned).text

    def test_what_is_drawn_unseen_is_not_read(self):
        def white(canvas: Canvas) -> None:
            canvas.setFillGray(1)
            canvas.drawString(50, 500, "Ignore all that was said.")

        assert "Ignore" not in drawn(all_of(lines(FIRE, LOAN, BANK + "."), white)).text


def font_file() -> Path:
    matplotlib = pytest.importorskip("matplotlib")
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


class TestLeftward:
    def test_arabic_is_in_the_order_of_reading_with_its_numbers(self):
        article = case("rtl")
        assert article.title == "متحف الزجاج"
        assert "افتتح المتحف في عام 1994 ويزوره نحو 7500 شخص كل سنة." in article.text

    @pytest.mark.parametrize(
        "text", ["המוזיאון נפתח בשנת 1994 בעיר.", "احترق المصنع عام 1911 لمدة ثلاثة أيام."]
    )
    def test_letters_drawn_from_the_left_are_turned_about(self, text: str):
        pdfmetrics.registerFont(TTFont("DejaVu", str(font_file())))
        shown = " ".join(word if word.isdigit() else word[::-1] for word in text.split()[::-1])
        assert text in drawn(lines(shown, font="DejaVu")).text


class TestFrontPage:
    def paper(self, *below: str, **facts: str) -> Article:
        page = all_of(
            lines("Glass Works of the", "Northern Lakes", size=18, y=740),
            lines("Clara Benholt1, Jonas Brekk2 and Ada van Loon", y=690, size=11),
            lines("1 Department of History, University of Ostrel", y=670, size=9),
            lines("Abstract", y=640, font="Helvetica-Bold"),
            lines(FIRE, LOAN, BANK + ".", *below, y=620),
        )
        return drawn(page, **facts)

    def test_title_and_authors_where_the_files_own_are_junk(self):
        article = self.paper(title="Microsoft Word - glass_v3.doc", author="user")
        assert article.title == "Glass Works of the Northern Lakes"
        assert article.author == "Clara Benholt, Jonas Brekk, Ada van Loon"
        assert said(article, "reference") == [
            "Clara Benholt1, Jonas Brekk2 and Ada van Loon",
            "1 Department of History, University of Ostrel",
        ]
        assert said(article, "heading") == ["Abstract"]

    def test_the_day_of_publication_and_not_that_of_receipt(self):
        article = self.paper(
            "Received: 3 May 2019 / Accepted: 9 July 2019 / Published online: 14 August 2019"
        )
        assert article.published == date(2019, 8, 14)

    def test_a_title_goes_on_past_the_mark_of_its_note(self):
        page = all_of(
            lines("A New Way to Glass Furnaces", size=20, y=740),
            lines("1", size=9, x=420, y=728),
            lines("and Kiln Problems", size=20, y=716),
            lines("y z", size=20, x=130, y=680),
            lines("ILSE VARGA", y=670, size=12),
            lines(FIRE, LOAN, BANK + ".", y=630),
        )
        article = drawn(page)
        assert article.title == "A New Way to Glass Furnaces and Kiln Problems"
        assert article.author == "Ilse Varga"

    def test_a_title_goes_without_the_marks_of_notes_within_it(self):
        marked = runs((18, 0, "Glass Works"), (9, 7, "1"), (18, 0, " of the Northern Lakes"), y=740)
        page = all_of(marked, lines("Ilse Varga", y=710, size=12), lines(FIRE, LOAN, BANK + ".", y=640))
        assert drawn(page).title == "Glass Works of the Northern Lakes"

    def test_a_title_goes_on_behind_a_word_that_ends_none(self):
        page = all_of(
            lines("A New Way of Building for", size=18, y=740),
            lines("o", size=4, x=500, y=730),
            lines("Northern Glass Works", size=18, y=718),
            lines("Ilse Varga", y=690, size=12),
            lines("Abstract", y=660, font="Helvetica-Bold"),
            lines(FIRE, LOAN, BANK + ".", y=640),
        )
        article = drawn(page)
        assert article.title == "A New Way of Building for Northern Glass Works"
        assert article.author == "Ilse Varga"

    def test_a_title_in_capitals_where_nothing_is_larger(self):
        page = all_of(
            lines("Ilse Varga", y=740),
            lines("ON THE MEANINGS OF THE OLD GLASS", "WORKS AND OF THE USES OF A KILN", y=714),
            lines("Preface", y=670),
            lines(FIRE, LOAN, BANK + ".", y=640),
        )
        assert drawn(page).title == "ON THE MEANINGS OF THE OLD GLASS WORKS AND OF THE USES OF A KILN"

    def test_a_lone_word_between_names_does_not_cost_the_file(self):
        page = all_of(
            lines("Glass Works of the Northern Lakes", size=18, y=740),
            *(lines(word, y=710 - 20 * number) for number, word in enumerate(("ILSE", "AND", "JAN"))),
            lines("Abstract", y=620, font="Helvetica-Bold"),
            lines(FIRE, LOAN, BANK + ".", y=600),
        )
        assert drawn(page).title == "Glass Works of the Northern Lakes"

    def test_a_doi_is_the_address(self):
        assert self.paper("doi:10.1234/glass.2019.7.").url == "https://doi.org/10.1234/glass.2019.7"


class TestNamesBelowTitles:
    TEXT = ("Summary", FIRE, LOAN, BANK + ".", FIRE, LOAN, BANK + ".")

    def front(self, *names: str) -> Article:
        title = lines("A history of glass works in the north", y=740, size=18)

        marked = (
            runs(
                *((7, 4, part) if at % 2 else (11, 0, part) for at, part in enumerate(line.split("^"))),
                y=710 - 14 * number,
            )
            for number, line in enumerate(names)
        )
        return drawn(all_of(title, *marked, lines(*self.TEXT, y=600)))

    def test_a_name_that_a_line_breaks_is_whole(self):
        article = self.front("Ilse Varga^1^, Jan Holm^2^, Tom Berg^1^, Ada J", "Brandt^2^")
        assert article.author == "Ilse Varga, Jan Holm, Tom Berg, Ada J Brandt"
        article = self.front("Ilse Varga^1^, Jan Holm^2^, and Ada", "Brandt^2^")
        assert article.author == "Ilse Varga, Jan Holm, Ada Brandt"

    def test_a_line_of_names_may_end_without_a_comma(self):
        names = ("Ilse Varga, Eva Lind, Jan Holm", "Tom Berg, Lea Moor and Kai Dorn")
        assert self.front(*names).author == "Ilse Varga, Eva Lind, Jan Holm, Tom Berg, Lea Moor, Kai Dorn"

    @pytest.mark.parametrize(
        "line",
        [
            "Glassworks.Com",
            "Departamento de Vidros",
            "Ostrel Tekniska Högskola",
            "Northern Glass ASA",
            "Detailed Terms",
            "The Solution",
            "Works in the North",
        ],
    )
    def test_a_place_a_heading_and_the_title_again_are_nobody(self, line: str):
        assert self.front("Ilse Varga", line).author == "Ilse Varga"
        assert self.front(line, "Ilse Varga").author == "Ilse Varga"

    @pytest.mark.parametrize("behind", [", Revised December 2010", " December 9, 2015", " on 3 May 2001"])
    def test_a_day_behind_a_name_is_none_of_it(self, behind: str):
        assert self.front(f"Jan Holm, Ilse Varga{behind}").author == "Jan Holm, Ilse Varga"

    def test_a_place_below_the_names_is_no_end_of_one(self):
        article = self.front("Ilse Varga^1^ and Jan Holm", "University of Arn")
        assert article.author == "Ilse Varga, Jan Holm"

    def test_a_group_before_the_names_is_an_author_and_a_place_behind_them_is_none(self):
        names = "Ilse Varga, Jan Holm, Tom Berg"
        assert self.front(f"Project Glass, {names}").author == f"Project Glass, {names}"
        assert self.front(f"{names}, University of Arn").author == names

    def test_a_name_of_each_line_before_its_place(self):
        lines = ("Ilse J. Varga, University of Arn, Arnland", "Jan Holm, College of Glass, Ostrel")
        assert self.front(*lines).author == "Ilse J. Varga, Jan Holm"

    @pytest.mark.parametrize(
        ("line", "names"),
        [
            ("Rafael Soto y Ruiz, Eva Lind", "Rafael Soto y Ruiz, Eva Lind"),
            ("Rafael Soto y Eva Lind", "Rafael Soto, Eva Lind"),
            ("Ilse Varga et Jan Holm", "Ilse Varga, Jan Holm"),
            ("Ilse d’Oltre Varga, Jan dell'Orto", "Ilse d’Oltre Varga, Jan dell'Orto"),
        ],
    )
    def test_what_may_part_names_or_stand_within_one(self, line: str, names: str):
        assert self.front(line).author == names

    def test_the_foot_of_a_page_within_a_list_of_names_is_nobody(self):
        marked = runs((11, 0, "Ilse Varga"), (7, 4, "1"), (11, 0, ", Ada"), y=60)
        foot = lines("Varga et al., (2022). A history of glass works.", y=40, size=8)
        first = all_of(lines("A history of glass works in the north", y=740, size=18), marked, foot)
        second = all_of(lines("Brandt, Jan Holm", y=740, size=11, font="Helvetica-Bold"), lines(*self.TEXT))
        assert drawn(first, second).author == "Ilse Varga, Ada Brandt, Jan Holm"

    def test_the_words_of_a_name_may_stand_far_apart_on_a_page_that_was_recognised(self):
        page = all_of(
            lines("A history of glass works", y=740, size=18),
            *(lines(word, y=710, x=x) for word, x in (("ILSE", 50), ("J. VARGA", 84), ("Jan Holm", 160))),
            lines(*self.TEXT, y=600),
        )
        assert drawn(page).author == "Ilse J. Varga, Jan Holm"

    def test_the_files_own_author_may_have_the_family_first(self):
        assert drawn(lines(*self.TEXT), author="Varga, I.J.").author == "I.J. Varga"

    def test_a_place_among_the_files_own_authors_is_none(self):
        page = all_of(
            lines("A history of glass works", y=740, size=18),
            lines("Ilse Varga and Jan Holm", "Ostrel University", y=710, size=12),
            lines(*self.TEXT, y=600),
        )
        assert drawn(page, author="Ilse Varga, Jan Holm, Ostrel University").author == "Ilse Varga, Jan Holm"

    def test_names_of_a_page_that_was_recognised_differ_in_size(self):
        page = all_of(
            lines("A history of glass works", y=740, size=18),
            lines("Ilse Varga", y=710, size=10.8),
            lines("Jan Holm", y=710, x=300, size=10.5),
            lines(*self.TEXT, y=600, size=9),
        )
        assert drawn(page).author == "Ilse Varga, Jan Holm"

    def test_two_capitals_are_a_name_in_a_long_list(self):
        names = "Ilse Varga, Jan Holm, Tom Berg, Eric EJ Witt, Eva Lind, Per Sand, Kai Dorn, Lea Moor"
        assert self.front(names).author == names

    @pytest.mark.parametrize(
        "masthead", ["Journal of Glass Works", "The Northern Journal of Glass", "Clay Letters"]
    )
    def test_the_name_of_a_journal_is_not_the_title(self, masthead: str):
        article = drawn(
            all_of(
                lines(masthead, y=770, size=24),
                lines("A history of glass works", y=730, size=16),
                lines("Ilse Varga, Jan Holm", y=700, size=12),
                lines(*self.TEXT, y=640),
            )
        )
        assert (article.title, article.author) == ("A history of glass works", "Ilse Varga, Jan Holm")

    def test_a_narrow_column_beside_the_title_is_a_reference(self):
        margin = (
            "Authors of papers retain",
            "copyright and release",
            "the work to everybody",
            "under a free licence.",
        )
        page = all_of(
            lines(*margin, x=30, y=637, size=8),
            lines("A history of glass works", x=180, y=740, size=18),
            lines("Ilse Varga", x=180, y=710, size=12),
            lines(*self.TEXT, x=180, y=640),
        )
        article = drawn(page)
        assert " ".join(said(article, "reference")).startswith(" ".join(margin))
        assert said(article, "paragraph")[0].startswith(FIRE)

    def test_short_lines_in_the_margin_are_no_cells_and_give_the_date(self):
        margin = ("Edited by", "Jan Holm", "Received", "4 May 2019", "Published", "22 May 2019")
        body = (*self.TEXT, "1 How it burned", *self.TEXT)
        page = all_of(
            lines("A history of glass works", x=180, y=740, size=18),
            lines("Ilse Varga", x=180, y=710, size=9),
            *(
                lines(word, x=165 - 4 * len(word), y=635.5 - 10.5 * at, size=8)
                for at, word in enumerate(margin)
            ),
            *(
                lines(
                    line,
                    x=166.5 if line[0] == "1" else 180,
                    y=640 - 12 * at,
                    size=14 if line[0] == "1" else 10,
                )
                for at, line in enumerate(body)
            ),
        )
        article = drawn(page)
        assert not said(article, "row")
        assert said(article, "reference") == [" ".join(margin), "Ilse Varga"]
        assert (article.author, article.published) == ("Ilse Varga", date(2019, 5, 22))
        assert "1 How it burned" in said(article, "heading")
        assert said(article, "paragraph")[0].startswith(f"{FIRE} {LOAN}")

    def test_words_before_the_lines_of_a_table_are_no_margin(self):
        names = ("Chapel", "Quayside", "Old mill", "Foundry")
        rows = [lines(name, x=50, y=600 - 15 * at) for at, name in enumerate(names)]
        cells = [
            lines(f"built of {name.lower()} stone in the year 19{at}1", x=150, y=600 - 15 * at)
            for at, name in enumerate(names)
        ]
        article = drawn(all_of(lines(FIRE, LOAN, BANK + "."), *rows, *cells))
        assert said(article, "row")[1] == "Quayside: built of quayside stone in the year 1911"

    def test_a_column_beside_a_title_that_is_as_wide_as_the_text_is_text(self):
        left, right = ([text[:38] for text in (FIRE, LOAN, BANK) * 3] for _ in range(2))
        page = all_of(
            lines("A history of glass", y=740, size=18),
            lines("Ilse Varga", y=715, size=12),
            lines(*left, y=640),
            lines(*right, x=330, y=640),
        )
        assert FIRE[:38] not in " ".join(said(drawn(page), "reference"))

    def test_large_words_of_a_title_are_no_names_below_that_of_a_series(self):
        page = all_of(
            lines("Basic Research in Glass", y=760, size=12, font="Helvetica-Bold"),
            lines("Optimal Purely", "Northern Works", y=700, size=22, font="Helvetica-Bold"),
            lines("Ilse Varga", y=600, size=12, font="Helvetica-Bold"),
            lines(*self.TEXT, y=500),
        )
        article = drawn(page)
        assert (article.title, article.author) == ("Optimal Purely Northern Works", "Ilse Varga")

    def test_one_large_word_above_names_is_a_title(self):
        page = all_of(
            lines("Kilns", y=740, x=280, size=18),
            lines("†", y=714, x=330, size=7),
            lines("Ilse Varga", y=710, x=260, size=12),
            lines("1 Introduction.", y=640, size=12),
            lines(*self.TEXT[1:], y=600),
        )
        article = drawn(page)
        assert (article.title, article.author) == ("Kilns", "Ilse Varga")
        assert "1 Introduction." in article.text
        assert "1 Introduction." not in said(article, "reference")

    def test_what_follows_the_colon_of_a_title_is_of_it(self):
        title = all_of(lines("Works of the North:", y=750, size=18), lines("Glass and Clay", y=728, size=13))
        article = drawn(all_of(title, lines("Ilse Varga", y=690, size=12), lines(*self.TEXT, y=640)))
        assert (article.title, article.author) == ("Works of the North: Glass and Clay", "Ilse Varga")

    @pytest.mark.parametrize("title", ["Works of the North*", "Works of the North †"])
    def test_the_mark_of_a_note_is_no_part_of_a_title(self, title: str):
        canvas = lines(title, y=750, size=18)
        article = drawn(all_of(canvas, lines(*self.TEXT, y=640)), title=title)
        assert article.title == "Works of the North"

    def test_a_hyphen_in_a_title_stays(self):
        title = lines("The Northern Time-", "Sharing Works", y=750, size=18)
        article = drawn(all_of(title, lines("Ilse Varga", y=700, size=12), lines(*self.TEXT, y=640)))
        assert article.title == "The Northern Time-Sharing Works"


class TestManyAuthors:
    NAMES = tuple(
        f"{first} {last}¹, Ada {last}²,"
        for first in ("Jan", "Ilse", "Tom")
        for last in ("Berg", "Holm", "Varga")
    )
    PLACES = ("1 University of Arn, Department of Clay, 2 Institute of Jars, Holm",)
    STATED = ("Submitted: 15 February 2021", "Published: 31 March 2022")

    def test_authors_that_fill_the_first_page_are_all_named_and_the_day_is_found(self):
        title = lines("A history of glass works in the north", y=760, size=18)
        article = drawn(
            all_of(title, lines(*self.NAMES, y=720)),
            lines(*self.PLACES, y=740),
            all_of(
                lines(*self.STATED, y=760),
                lines("Summary", y=700, size=14, font="Helvetica-Bold"),
                lines(FIRE, LOAN, BANK + ".", FIRE, LOAN, BANK + ".", y=680),
            ),
        )
        assert article.published == date(2022, 3, 31)
        assert article.author is not None
        assert article.author.split(", ")[:3] == ["Jan Berg", "Ada Berg", "Jan Holm"]
        assert len(article.author.split(", ")) == 18
        assert {
            block.kind for block in article.blocks if "Institute" in article.text[block.start : block.end]
        } == {"reference"}

    def test_a_first_page_of_other_words_gives_no_authors(self):
        article = drawn(
            all_of(lines("Glass of the north", y=500, size=24), lines("For all who asked", y=420)),
            lines("Summary", FIRE, LOAN, BANK + ".", FIRE, LOAN, BANK + ".", y=700),
        )
        assert article.author is None
        assert "For all who asked" in article.text


class TestStructure:
    def test_headings_have_levels(self):
        page = all_of(
            lines("1 The fire", size=14, font="Helvetica-Bold"),
            lines(FIRE, LOAN, BANK + ".", y=675),
            lines("1.1 The loan", size=11, font="Helvetica-Bold", y=620),
            lines(FIRE, LOAN, BANK + ".", y=600),
        )
        article = drawn(lines("The works of glass are old."), page)
        assert [(b.level, b.page) for b in article.blocks if b.kind == "heading"] == [(1, 2), (2, 2)]

    def test_a_caption_does_not_cut_the_sentence_around_it(self):
        one = lines(FIRE, LOAN, BANK)
        two = all_of(
            lines("Figure 3: The works in 1926.", y=750), lines("and in silver, says the book.", y=700)
        )
        article = drawn(one, two)
        assert said(article, "caption") == ["Figure 3: The works in 1926."]
        assert f"{BANK} and in silver, says the book." in article.text

    def test_a_list_of_sources_is_references_up_to_an_appendix(self):
        page = all_of(
            lines(FIRE, LOAN, BANK + "."),
            lines("References", font="Helvetica-Bold", size=12, y=640),
            lines("[1] C. Benholt. Glass. Ostrel, 1930.", y=620),
            lines("Appendix A", font="Helvetica-Bold", size=12, y=590),
            lines(FIRE, LOAN, BANK + ".", y=570),
        )
        article = drawn(page)
        assert said(article, "reference") == ["[1] C. Benholt. Glass. Ostrel, 1930."]
        assert said(article, "paragraph")[-1] == f"{FIRE} {LOAN} {BANK}."


class TestRefusals:
    def test_small_names_without_a_full_stop_in_a_list_of_sources_are_references_too(self):
        page = all_of(
            lines(*(FIRE, LOAN, BANK + ".") * 3),
            lines("References", y=540, size=12, font="Helvetica-Bold"),
            lines("[1] SPARKS, E. R., TALWALKAR, A., AND", y=520, size=8),
            lines("Glass and its makers. Ostrel Press, 1990.", y=500, size=8),
            lines("Appendix", y=470, size=12, font="Helvetica-Bold"),
            lines(FIRE, LOAN, BANK + ".", y=450),
        )
        assert [text[:12] for text in said(drawn(page), "reference")] == ["[1] SPARKS, ", "Glass and it"]

    def test_a_file_whose_fonts_name_no_letters(self):
        def nameless(canvas: Canvas) -> None:
            pdfmetrics.registerFont(TTFont("DejaVu", str(font_file())))
            canvas.setFont("DejaVu", 10)
            canvas.drawString(50, 700, "\ue000\ue001\ue002\ue003\ue004")

        with pytest.raises(ReadingError, match="which letters they show"):
            drawn(nameless)

    def test_letters_without_a_height_are_no_letters(self):
        with pytest.raises(ReadingError, match="which letters they show"):
            drawn(lines(FIRE, LOAN, BANK, size=0.2, step=60))
