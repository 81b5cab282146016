"""A Word file as Word shows it with all changes accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from rag.corpus.formats import word as reader
from rag.errors import ReadingError
from rag.types import Article, BlockKind

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    f' xmlns:r="{OFFICE}"'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def word(body: str, parts: Mapping[str, str] | None = None, *, main: str = "word/document.xml") -> bytes:
    """Return a Word file with this body and these other parts: {"styles": "<w:style .../>"}."""
    parts = parts or {}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for name in parts
    )
    written = {
        "_rels/.rels": RELATIONS.format(
            f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="/{main}"/>'
        ),
        main: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        f"word/_rels/{main.rpartition('/')[2]}.rels": RELATIONS.format(relations),
        **{f"word/{name}.xml": f"<w:x {SPACES}>{inside}</w:x>" for name, inside in parts.items()},
    }
    with zipfile.ZipFile(content := io.BytesIO(), "w") as archive:
        for path, text in written.items():
            archive.writestr(path, text)
    return content.getvalue()


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str, of: str = "") -> str:
    runs = "".join(each if each.startswith("<") else run(each) for each in inside)
    return f"<w:p><w:pPr>{of}</w:pPr>{runs}</w:p>"


def style(id: str, name: str, inside: str = "", type: str = "paragraph") -> str:
    return f'<w:style w:type="{type}" w:styleId="{id}"><w:name w:val="{name}"/>{inside}</w:style>'


def row(*cells: str, of: str = "") -> str:
    inside = "".join(
        each if each.startswith("<w:tc>") else f"<w:tc>{each if '<w:p>' in each else paragraph(each)}</w:tc>"
        for each in cells
    )
    return f"<w:tr><w:trPr>{of}</w:trPr>{inside}</w:tr>"


def table(*rows: str, of: str = "") -> str:
    return f"<w:tbl><w:tblPr>{of}</w:tblPr>{''.join(rows)}</w:tbl>"


def read(content: bytes, id: str = "a.docx") -> Article:
    return reader.read(content, id)


def told(body: str, parts: Mapping[str, str] | None = None) -> list[str]:
    """Return what is read of a body below a headline and a first paragraph."""
    article = read(word(paragraph("Plan") + paragraph("It is new.") + body, parts))
    return [line for line in article.text.split("\n") if line][1:]


def kinds(body: str, parts: Mapping[str, str] | None = None) -> list[tuple[BlockKind, int, str]]:
    article = read(word(paragraph("Plan") + paragraph("It is new.") + body, parts))
    return [(each.kind, each.level, article.text[each.start : each.end]) for each in article.blocks][1:]


CHANGES = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'


class TestCases:
    """What people reported of readers of Word files."""

    def test_the_ferry(self, shared: Path) -> None:
        article = read((shared / "cases/1/ferry.docx").read_bytes())
        assert article.title == "Harbour ferry plan"
        assert article.text.split("\n\n")[1:] == [
            "The new ferry will carry 340 passengers across the bay.",
            "The crossing to Skerry Island will take 18 minutes.",
            "The shipyard in Brackwater will build the hull for 12.5 million crowns.",
            "The ferry will be named Princess Odile after the founder of the line.",
            "Tickets are sold at the kiosk on Quay Street from April.",
            "Captain Merete Vold will command the first voyage.",
            "A map shows the route past the lighthouse.",
            "Box: a battery of 4,200 kilowatt-hours powers the ferry.",
            "Stop: First departure\nQuay Street: 06:10\nSkerry Island: 06:35\nOld Mole: 07:05",
            "1. Buy a ticket.\n2. Board by the stern.",
            "The council approved the loan in October.",
            "1. The loan of 9 million crowns runs for 25 years.",
            "Internal - Port desk",
        ]

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("cell_ins", "Pump: CELLINS"),
            ("customXml", "Head CUSTOMXML tail."),
            ("fldSimple", "Head FIELD tail."),
            ("header", "HEADERTEXT"),
            ("hyperlink", "Head LINK tail."),
            ("ins", "Head INSERTED tail."),
            ("moveFrom", "Head tail."),
            ("moveTo", "Head MOVED tail."),
            ("nested_table", "Outer: NESTED"),
            ("noBreakHyphen", "Head NO-BREAK tail."),
            ("numbered", "1. Buy a ticket.\n2. Board by the stern."),
            ("ruby", "Head BASE tail."),
            ("sdt_block", "BLOCKCONTROL"),
            ("sdt_inline", "Head CONTROL tail."),
            ("sdt_table", "TABLECONTROL"),
            ("smartTag", "Head SMARTTAG tail."),
            ("sym_math", "Head E=mc2 tail."),
        ],
    )
    def test_no_sentence_has_a_hole(self, shared: Path, name: str, text: str) -> None:
        article = read((shared / f"cases/24/{name}.docx").read_bytes())
        assert article.text == f"The plan of the port was published on Monday by the office.\n\n{text}"

    def test_what_is_struck_out_or_hidden_is_left_out(self, shared: Path) -> None:
        article = read((shared / "cases/19/strike.docx").read_bytes())
        assert article.text == "The Brackwater budget is 15 million crowns.\n\nThe bridge stays open."


class TestChanges:
    def test_a_deletion_inside_an_insertion_is_out_and_an_insertion_inside_a_move_is_in(self) -> None:
        body = paragraph(
            "The fee is ",
            f"<w:ins {CHANGES}>{run('6 ')}<w:del {CHANGES}>{run('5 ')}</w:del></w:ins>",
            f"<w:moveTo {CHANGES}>{run('crowns')}<w:ins {CHANGES}>{run(' a day')}</w:ins></w:moveTo>",
            f"<w:moveFrom {CHANGES}>{run(' in winter')}</w:moveFrom>",
            ".",
        )
        assert told(body) == ["The fee is 6 crowns a day."]

    @pytest.mark.parametrize("change", ["del", "moveFrom"])
    def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(self, change: str) -> None:
        deleted = f"<w:rPr><w:{change} {CHANGES}/></w:rPr>"
        body = paragraph("The fee ", of=deleted) + paragraph(of=deleted) + paragraph("is 6 crowns.")
        assert told(body) == ["The fee is 6 crowns."]

    def test_a_deleted_end_before_a_table_or_the_end_loses_nothing(self) -> None:
        last = paragraph("The fee rises.", of=f"<w:rPr><w:del {CHANGES}/></w:rPr>")
        assert told(last + table(row("Adults", "6"), row("Children", "2")) + last) == [
            "The fee rises.",
            "Adults: 6",
            "Children: 2",
            "The fee rises.",
        ]

    def test_deleted_rows_and_cells_are_out_and_inserted_ones_in(self) -> None:
        deleted = f"<w:tc><w:tcPr><w:cellDel {CHANGES}/></w:tcPr>{paragraph('Dogs')}</w:tc>"
        inserted = f"<w:tc><w:tcPr><w:cellIns {CHANGES}/></w:tcPr>{paragraph('6')}</w:tc>"
        body = table(
            row("Adults", deleted, inserted),
            row("Babies", "1", of=f"<w:del {CHANGES}/>"),
            row("Children", "2", of=f"<w:ins {CHANGES}/>"),
        )
        assert told(body) == ["Adults: 6", "Children: 2"]

    def test_old_properties_that_a_change_keeps_do_not_count(self) -> None:
        was = f"<w:rPrChange {CHANGES}><w:rPr><w:strike/><w:vanish/></w:rPr></w:rPrChange>"
        assert told(paragraph(run("It stays.", was))) == ["It stays."]


class TestRuns:
    @pytest.mark.parametrize("look", ["strike", "dstrike", "vanish"])
    def test_what_a_style_strikes_out_is_out_and_what_a_run_takes_back_is_in(self, look: str) -> None:
        styles = style("S", "Struck", f"<w:rPr><w:{look}/></w:rPr>", "character") + style(
            "P", "Gone", f'<w:basedOn w:val="B"/><w:rPr><w:{look}/></w:rPr>'
        )
        off = f'<w:{look} w:val="0"/>'
        body = (
            paragraph("The fee is ", run("5 ", '<w:rStyle w:val="S"/>'), run("6 ", off), "crowns.")
            + paragraph("It was 4.", of='<w:pStyle w:val="P"/>')
            + paragraph(run("It was low.", off), of='<w:pStyle w:val="P"/>')
        )
        assert told(body, {"styles": styles}) == ["The fee is 6 crowns.", "It was low."]

    @pytest.mark.parametrize(
        "inside",
        [
            f"<w:hyperlink>{run('6 ')}{run('crowns')}</w:hyperlink>",
            f"<w:hyperlink><w:ins {CHANGES}>{run('6 crowns')}</w:ins></w:hyperlink>",
            f"<w:fldSimple w:instr='REF fee'>{run('6')}{run(' crowns')}</w:fldSimple>",
            f"<w:fldSimple w:instr='IF'><w:fldSimple>{run('6 crowns')}</w:fldSimple></w:fldSimple>",
            f"<w:smartTag><w:smartTagPr/>{run('6 crowns')}</w:smartTag>",
            f"<w:smartTag><w:smartTag>{run('6')}</w:smartTag>{run(' crowns')}</w:smartTag>",
            f"<w:customXml><w:customXmlPr><w:attr w:val='5'/></w:customXmlPr>{run('6 crowns')}</w:customXml>",
            f"<w:customXml><w:smartTag>{run('6 crowns')}</w:smartTag></w:customXml>",
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run('6 crowns')}</w:sdtContent></w:sdt>",
            f"<w:hyperlink><w:sdt><w:sdtContent>{run('6 crowns')}</w:sdtContent></w:sdt></w:hyperlink>",
            f"<w:bdo w:val='ltr'>{run('6 ')}<w:dir w:val='ltr'>{run('crowns')}</w:dir></w:bdo>",
            f"<w:bookmarkStart/>{run('6')}<w:proofErr/>{run(' crowns')}<w:bookmarkEnd/>",
            f"<w:moveToRangeStart/><w:moveTo {CHANGES}>{run('6 crowns')}</w:moveTo><w:moveToRangeEnd/>",
            "<w:r><w:ruby><w:rt>"
            f"{run('six')}</w:rt><w:rubyBase>{run('6')}</w:rubyBase></w:ruby></w:r>{run(' crowns')}",
            f"{run('6 ')}<w:r><w:ruby><w:rubyBase>{run('crowns')}</w:rubyBase></w:ruby></w:r>",
        ],
    )
    def test_what_stands_in_another_element_is_part_of_the_sentence(self, inside: str) -> None:
        assert told(paragraph("The fee is ", inside, " in May.")) == ["The fee is 6 crowns in May."]

    @pytest.mark.parametrize("sign", ["<w:noBreakHyphen/>", "<w:t>-</w:t>"])
    @pytest.mark.parametrize(("before", "after"), [("Skerry", "Arn"), ("24", "hour")])
    def test_a_hyphen_that_does_not_break_is_one(self, sign: str, before: str, after: str) -> None:
        body = paragraph("The ", run(before), f"<w:r>{sign}</w:r>", run(after), " boat.")
        assert told(body) == [f"The {before}-{after} boat."]

    def test_a_field_shows_its_result_and_not_its_code(self) -> None:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
        code = "<w:r><w:instrText> IF </w:instrText></w:r>"
        body = paragraph(
            "See ",
            mark("begin") + code + mark("begin") + code + mark("separate") + run("inner") + mark("end"),
            mark("separate") + run("page 4") + mark("end"),
            " of it.",
        )
        assert told(body) == ["See page 4 of it."]

    def test_a_field_that_never_ends_costs_its_paragraph_alone(self) -> None:
        begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        assert told(paragraph("See ", begun, "PAGE") + paragraph("It goes on.")) == ["See", "It goes on."]

    def test_signs_of_symbol_fonts_are_what_they_look_like(self) -> None:
        sign = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'.format
        body = paragraph(
            "About 5 ", sign("Symbol", "F06D"), "m ", sign("Symbol", "F0B1"), " 1, ", "\uf0a3 9."
        )
        body += paragraph(sign("Wingdings", "F0FC"), " done", "<w:r><w:softHyphen/></w:r>", " today")
        assert told(body) == ["About 5 μm ± 1, ≤ 9.", "✓ done today"]

    def test_raised_numbers_are_superscripts(self) -> None:
        raised = '<w:vertAlign w:val="superscript"/>'
        body = paragraph(
            "A field of 10", run("6", raised), " m", run("2", raised), " near the 5", run("th", raised)
        )
        assert told(body) == ["A field of 10⁶ m² near the 5th"]

    def test_a_break_ends_the_line_where_no_sentence_goes_on(self) -> None:
        body = paragraph("Roses are red", "<w:r><w:br/></w:r>", "Violets are blue")
        body += paragraph("The fee", "<w:r><w:br/></w:r>", "is 6 crowns.")
        assert told(body) == ["Roses are red", "Violets are blue", "The fee is 6 crowns."]

    def test_a_formula_is_written_in_a_line(self) -> None:
        def of(text: str) -> str:
            return f"<m:r><m:t>{text}</m:t></m:r>"

        fraction = f"<m:f><m:num>{of('a+b')}</m:num><m:den>{of('2')}</m:den></m:f>"
        power = f"<m:sSup><m:e>{of('c')}</m:e><m:sup>{of('2')}</m:sup></m:sSup>"
        root = f"<m:rad><m:deg/><m:e>{of('x')}</m:e></m:rad>"
        body = paragraph("It is ", f"<m:oMath>{fraction}{of('=m')}{power}{root}</m:oMath>", ".")
        assert told(body) == ["It is (a+b)/2=mc²√x."]


class TestWhatStandsAround:
    def test_a_text_box_is_read_once_below_its_paragraph(self) -> None:
        box = f"<w:txbxContent>{paragraph('In a box.')}{paragraph('And below.')}</w:txbxContent>"
        choice, fallback = f"<mc:Choice>{box}</mc:Choice>", f"<mc:Fallback>{box}</mc:Fallback>"
        both = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
        old = f"<mc:AlternateContent>{fallback}</mc:AlternateContent>"
        assert told(paragraph("See ", f"<w:r>{both}</w:r>", "it.")) == ["See it.", "In a box.", "And below."]
        assert told(paragraph("See it.", f"<w:r>{old}</w:r>")) == ["See it.", "In a box.", "And below."]

    def test_words_that_ask_for_words_are_not_the_texts(self) -> None:
        asked = f"<w:sdtContent>{run('Click here.')}</w:sdtContent>"
        asking = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{asked}</w:sdt>"
        assert told(paragraph("Name: ", asking, "Odile")) == ["Name: Odile"]

    def test_a_diagram_is_read_where_it_stands(self) -> None:
        said = "<a:p><a:r><a:t>First </a:t></a:r><a:r><a:t>plan</a:t></a:r></a:p>"
        data = f"<dgm:pt><dgm:t>{said}</dgm:t></dgm:pt>"
        body = paragraph("See:", '<w:r><dgm:relIds r:dm="diagramData1"/></w:r>') + paragraph("It ends.")
        assert told(body, {"diagramData1": data}) == ["See:", "First plan", "It ends."]

    def test_a_drop_cap_begins_its_word_and_a_hidden_end_is_none(self) -> None:
        body = paragraph("T", of='<w:framePr w:dropCap="drop"/>') + paragraph("he fee is 6 crowns.")
        body += paragraph("Fees.", of="<w:rPr><w:vanish/></w:rPr>") + paragraph("They rise.")
        assert told(body) == ["The fee is 6 crowns.", "Fees. They rise."]

    def test_headers_are_read_once_and_apart_and_only_those_that_are_shown(self) -> None:
        parts = {f"header{n}": paragraph(text) for n, text in ((1, "Port desk"), (2, "Even"), (3, "3"))}
        told_of = "".join(
            f'<w:headerReference w:type="{type}" r:id="header{n}"/>'
            for type, n in (("default", 1), ("even", 2), ("first", 3))
        )
        sections = paragraph("It ends.", of=f"<w:sectPr>{told_of}<w:titlePg/></w:sectPr>")
        assert kinds(sections + f"<w:sectPr>{told_of}</w:sectPr>", parts) == [
            ("paragraph", 0, "It ends."),
            ("reference", 0, "Port desk"),
        ]

    def test_a_table_of_contents_is_no_text(self) -> None:
        contents = (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
            f"</w:sdtPr><w:sdtContent>{paragraph('Fees', '<w:r><w:tab/></w:r>', '4')}</w:sdtContent></w:sdt>"
        )
        assert kinds(contents) == [("reference", 0, "Fees 4")]
        of_style = paragraph("Fees 4", of='<w:pStyle w:val="TOC1"/>')
        assert kinds(of_style, {"styles": style("TOC1", "toc 1")}) == [("reference", 0, "Fees 4")]


class TestNotes:
    NOTES = (
        f'<w:footnote w:id="0" w:type="separator">{paragraph("---")}</w:footnote>'
        f'<w:footnote w:id="4">{paragraph("<w:r><w:footnoteRef/></w:r>", " It was 5.")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("So said Odile.")}{paragraph("In May.")}</w:footnote>'
        f'<w:footnote w:id="7">{paragraph("Never asked for.")}</w:footnote>'
    )

    def test_notes_are_numbered_as_the_text_refers_to_them(self) -> None:
        refer = '<w:r><w:footnoteReference w:id="{}"/></w:r>'.format
        deleted = f"<w:del {CHANGES}>{refer(7)}</w:del>"
        body = paragraph("The fee", refer(2), " is 6", deleted, refer(4), " crowns.") + paragraph("It rises.")
        assert kinds(body, {"footnotes": self.NOTES}) == [
            ("paragraph", 0, "The fee is 6 crowns."),
            ("paragraph", 0, "It rises."),
            ("note", 0, "1. So said Odile."),
            ("note", 0, "In May."),
            ("note", 0, "2. It was 5."),
        ]

    def test_endnotes_have_roman_numbers_and_notes_the_marks_of_their_author(self) -> None:
        body = paragraph(
            "The fee",
            '<w:r><w:endnoteReference w:id="1"/></w:r>',
            " rises",
            '<w:r><w:endnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>',
            ".",
        )
        notes = "".join(
            f'<w:endnote w:id="{id}">{paragraph(text)}</w:endnote>'
            for id, text in ((1, "By 2."), (2, "* Soon."))
        )
        assert told(body, {"endnotes": notes}) == ["The fee rises.", "i. By 2.", "* Soon."]
        settings = '<w:endnotePr><w:numFmt w:val="upperLetter"/><w:numStart w:val="2"/></w:endnotePr>'
        assert told(body, {"endnotes": notes, "settings": settings})[1] == "B. By 2."

    def test_damaged_notes_cost_the_notes(self) -> None:
        body = paragraph("The fee", '<w:r><w:footnoteReference w:id="2"/></w:r>', " rises.")
        assert told(body, {"footnotes": "<w:footnote"}) == ["The fee rises."]


def level(depth: int, text: str, kind: str = "decimal", inside: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}">{inside}<w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'


def listed(text: str, depth: int = 0, list_id: int = 1) -> str:
    return paragraph(text, of=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


class TestLists:
    def test_items_have_the_numbers_that_word_shows(self) -> None:
        numbering = (
            '<w:abstractNum w:abstractNumId="5">'
            + level(0, "%1.", inside='<w:start w:val="3"/>')
            + level(1, "%1.%2", "lowerLetter")
            + level(2, "(%3)", "upperRoman")
            + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
        )
        body = listed("Dig.") + listed("Deep.", 1) + listed("Twice.", 2) + listed("Wide.", 1) + listed("Lay.")
        assert kinds(body + listed("Stones.", 1), {"numbering": numbering}) == [
            ("item", 0, "3. Dig."),
            ("item", 1, "3.a Deep."),
            ("item", 2, "(I) Twice."),
            ("item", 1, "3.b Wide."),
            ("item", 0, "4. Lay."),
            ("item", 1, "4.a Stones."),
        ]

    def test_a_list_goes_on_unless_another_begins_it_anew(self) -> None:
        numbering = (
            f'<w:abstractNum w:abstractNumId="5">{level(0, "%1)")}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
            '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
            '<w:num w:numId="3"><w:abstractNumId w:val="5"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
        )
        body = listed("Dig.") + paragraph("Rest.") + listed("Lay.", list_id=2) + listed("Go.", list_id=3)
        assert told(body + listed("Come.", list_id=3), {"numbering": numbering}) == [
            "1) Dig.",
            "Rest.",
            "2) Lay.",
            "7) Go.",
            "8) Come.",
        ]

    def test_a_deleted_item_is_not_counted(self) -> None:
        numbering = (
            f'<w:abstractNum w:abstractNumId="5">{level(0, "%1.")}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
        )
        gone = listed("Rest.").replace("<w:numPr>", f"<w:rPr><w:del {CHANGES}/></w:rPr><w:numPr>")
        gone = gone.replace("<w:r>", f"<w:del {CHANGES}><w:r>").replace("</w:r>", "</w:r></w:del>")
        assert told(listed("Dig.") + gone + listed("Lay."), {"numbering": numbering}) == [
            "1. Dig.",
            "2. Lay.",
        ]

    def test_headings_have_their_numbers_by_their_style_and_bullets_none(self) -> None:
        numbering = (
            '<w:abstractNum w:abstractNumId="5">'
            + level(0, "Part %1", "upperRoman", '<w:pStyle w:val="H1"/>')
            + level(1, "%1.%2", inside='<w:pStyle w:val="H2"/><w:isLgl/>')
            + '</w:abstractNum><w:abstractNum w:abstractNumId="6">'
            + level(0, "\uf0b7", "bullet")
            + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
            '<w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>'
        )
        styles = "".join(
            style(id, name, f'<w:pPr><w:numPr><w:numId w:val="{n}"/></w:numPr></w:pPr>')
            for id, name, n in (("H1", "heading 1", 1), ("H2", "heading 2", 1), ("LB", "List Bullet", 2))
        )
        body = "".join(
            paragraph(text, of=f'<w:pStyle w:val="{id}"/>')
            for text, id in (
                ("Fees", "H1"),
                ("Old", "H2"),
                ("New", "H2"),
                ("6 crowns", "LB"),
                ("2 crowns", "LB"),
            )
        )
        assert kinds(body, {"numbering": numbering, "styles": styles}) == [
            ("heading", 1, "Part I Fees"),
            ("heading", 2, "1.1 Old"),
            ("heading", 2, "1.2 New"),
            ("item", 0, "6 crowns"),
            ("item", 0, "2 crowns"),
        ]

    @pytest.mark.parametrize("absurd", ['w:val="99999999999"', 'w:val="x"', ""])
    def test_absurd_numbers_do_no_harm(self, absurd: str) -> None:
        numbering = (
            '<w:abstractNum w:abstractNumId="5">'
            + level(0, "%1.%9", "upperRoman", f"<w:start {absurd}/>")
            + level(12, "%1")
            + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
        )
        assert told(listed("Dig.") + listed("Lay.", 12), {"numbering": numbering})[1] == "Lay."


class TestTables:
    def test_rows_have_the_heads_of_their_columns(self) -> None:
        body = table(row("Year", "Loaves", "Manager"), row("2022", "41,200", "Ilse"), row("2023", "", "Tom"))
        assert kinds(body) == [
            ("row", 0, "Year: 2022; Loaves: 41,200; Manager: Ilse"),
            ("row", 0, "Year: 2023; Manager: Tom"),
        ]

    @pytest.mark.parametrize("how", ["stated", "bold", "coloured", "styled"])
    def test_of_two_columns_the_first_row_is_heads_where_it_shows(self, how: str) -> None:
        bold = run("{}", "<w:b/>")
        heads = {"bold": [paragraph(bold.format("Town")), paragraph(bold.format("Homes"))]}.get(
            how, ["Town", "Homes"]
        )
        if how == "coloured":
            ground = '<w:tcPr><w:shd w:fill="D9D9D9"/></w:tcPr>'
            heads = [f"<w:tc>{ground}{paragraph(head)}</w:tc>" for head in heads]
        styles = style(
            "T", "Grid 1", '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>', "table"
        )
        of = '<w:tblStyle w:val="T"/><w:tblLook w:val="0020"/>' if how == "styled" else ""
        body = table(
            row(*heads, of="<w:tblHeader/>" if how == "stated" else ""),
            row("Arn", "80"),
            row("Holm", "9"),
            of=of,
        )
        assert told(body, {"styles": styles}) == ["Town: Arn; Homes: 80", "Town: Holm; Homes: 9"]

    def test_names_and_values_are_pairs(self) -> None:
        assert told(table(row("Height", "38 metres"), row("First lit", "4 June 1881"))) == [
            "Height: 38 metres",
            "First lit: 4 June 1881",
        ]

    def test_merged_cells_say_the_same_in_each_of_their_rows(self) -> None:
        def cell(text: str, of: str) -> str:
            return f"<w:tc><w:tcPr>{of}</w:tcPr>{paragraph(text)}</w:tc>"

        body = table(
            row(cell("Fees of 2026", '<w:gridSpan w:val="3"/>')),
            row("Town", "Who", "Fee"),
            row(cell("Arn", '<w:vMerge w:val="restart"/>'), "Adults", "6"),
            row(cell("", "<w:vMerge/>"), "Children", "2"),
            row("Dogs", "1", of='<w:gridBefore w:val="1"/>'),
        )
        assert kinds(body) == [
            ("caption", 0, "Fees of 2026"),
            ("row", 0, "Town: Arn; Who: Adults; Fee: 6"),
            ("row", 0, "Town: Arn; Who: Children; Fee: 2"),
            ("row", 0, "Who: Dogs; Fee: 1"),
        ]

    def test_a_table_that_is_but_a_frame_is_read_as_text(self) -> None:
        inner = table(row("Adults", "6"), row("Children", "2"))
        assert kinds(table(row(paragraph("In a frame.") + inner + paragraph()))) == [
            ("paragraph", 0, "In a frame."),
            ("row", 0, "Adults: 6"),
            ("row", 0, "Children: 2"),
        ]

    def test_tables_in_cells_are_read_where_they_stand(self) -> None:
        fees = table(row("Adults", "6"), row("Children", "2"))
        times = table(row(paragraph("Monday") + table(row("Open", "10 to 17"))))
        body = table(row("Arn", paragraph("The fees:") + fees + paragraph()), row("Holm", times))
        assert told(body) == ["Arn: The fees: Adults: 6; Children: 2", "Holm: Monday; Open: 10 to 17"]

    @pytest.mark.parametrize("deep", [1, 2])
    def test_paragraphs_in_controls_are_read(self, deep: int) -> None:
        begin, end = "<w:sdt><w:sdtContent>" * deep, "</w:sdtContent></w:sdt>" * deep
        assert told(f"{begin}{paragraph('It rises.')}{paragraph('It falls.')}{end}") == [
            "It rises.",
            "It falls.",
        ]

    def test_rows_and_cells_in_controls_are_read(self) -> None:
        def control(inside: str) -> str:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

        held = (
            f"<w:tr><w:tc>{paragraph('Dogs')}</w:tc>{control('<w:tc>' + paragraph('1') + '</w:tc>')}</w:tr>"
        )
        body = control(
            table(row("Adults", "6"), control(row("Children", "2")), f"<w:customXml>{held}</w:customXml>")
        )
        assert told(body) == ["Adults: 6", "Children: 2", "Dogs: 1"]


class TestKinds:
    def test_styles_say_what_a_paragraph_is_in_every_language(self) -> None:
        named = {
            "berschrift2": "heading 2",
            "Beschriftung": "caption",
            "Zitat": "Quote",
            "Quelltext": "Source Code",
            "Eigene": "My heading",
        }
        styles = "".join(
            style(id, name, '<w:basedOn w:val="berschrift2"/>' if id == "Eigene" else "")
            for id, name in named.items()
        )
        body = "".join(
            paragraph(text, of=f'<w:pStyle w:val="{id}"/>')
            for text, id in (
                ("Fees", "berschrift2"),
                ("More", "Eigene"),
                ("The quay", "Beschriftung"),
                ("Be still.", "Zitat"),
                ("if x:", "Quelltext"),
                ("    y()", "Quelltext"),
            )
        )
        assert kinds(body + paragraph("Old", of='<w:outlineLvl w:val="2"/>'), {"styles": styles}) == [
            ("heading", 2, "Fees"),
            ("heading", 2, "More"),
            ("caption", 0, "The quay"),
            ("quotation", 0, "Be still."),
            ("code", 0, "if x:\n    y()"),
            ("heading", 3, "Old"),
        ]

    def test_the_title_is_what_has_its_style(self) -> None:
        body = (
            paragraph("Port desk")
            + paragraph("Ferry plan", of='<w:pStyle w:val="T"/>')
            + paragraph("It is new.")
        )
        article = read(word(body, {"styles": style("T", "Title")}))
        assert (article.title, article.text) == ("Ferry plan", "Port desk\n\nFerry plan\n\nIt is new.")

    def test_facts_below_the_title_are_facts(self) -> None:
        body = paragraph("Ferry plan", of='<w:pStyle w:val="T"/>') + paragraph("14 August 2025")
        article = read(
            word(body + paragraph("By Jane Doe") + paragraph("It is new."), {"styles": style("T", "Title")})
        )
        assert article == Article(
            id="a.docx", title="Ferry plan", text="It is new.", published=date(2025, 8, 14), author="Jane Doe"
        )


class TestFiles:
    def test_strict_files_and_other_names_of_parts_are_read(self) -> None:
        strict = word(paragraph("Plan") + paragraph("It is new."), main="word/document2.xml")
        assert read(strict).text == "It is new."
        with zipfile.ZipFile(io.BytesIO(strict)) as old, zipfile.ZipFile(new := io.BytesIO(), "w") as archive:
            for name in old.namelist():
                text = old.read(name).replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
                archive.writestr(name, text)
        assert read(new.getvalue()).text == "It is new."

    def test_an_old_or_locked_file_is_refused_with_the_reason(self) -> None:
        with pytest.raises(ReadingError, match="has a password, or is of Word 2003 or older"):
            read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    def test_no_depth_is_too_deep(self) -> None:
        deep = "<w:smartTag>" * 20_000 + run("is 6 crowns.") + "</w:smartTag>" * 20_000
        assert told(paragraph("The fee ", deep)) == ["The fee is 6 crowns."]
