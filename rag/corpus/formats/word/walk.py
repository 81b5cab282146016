"""The tree of a Word document to the lines that Word shows, with all changes accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from rag.corpus.formats.text.lines import Line
from rag.corpus.formats.word import maths, tables
from rag.corpus.formats.word.numbering import Numbering, written
from rag.corpus.formats.word.parts import Element, Parts, attribute, child, name_of, number, switch
from rag.corpus.formats.word.places import Paragraph, Place
from rag.corpus.formats.word.styles import PLAIN, Look, Styles, look
from rag.corpus.formats.word.symbols import superscript, symbol, unsymboled
from rag.types import BlockKind

SKIPPED = frozenset(
    {
        "pPr",
        "rPr",
        "tblPr",
        "trPr",
        "tcPr",
        "sdtPr",
        "sdtEndPr",
        "sectPr",
        "tblGrid",
        "tblPrEx",
        "customXmlPr",
    }
    | {
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "fldData",
        "ffData",
        "rt",
        "rubyPr",
        "object",
    }
    | {"m:rPr", "m:ctrlPr", "m:dPr", "m:naryPr", "m:oMathParaPr"}
)
"""What Word does not show: properties, what was deleted or moved away, the codes of fields. The readings of
ruby stand above the line, as a note does, and pictures of other programs hold no text."""

CHARACTERS = {
    **dict.fromkeys(("tab", "ptab"), "\t"),
    **dict.fromkeys(("br", "cr"), "\n"),
    "noBreakHyphen": "-",
}
REFERENCES = ("Table of Contents", "Bibliographies")
"""Galleries whose content leads to other places."""

Closer: TypeAlias = Callable[[], None]
Opened: TypeAlias = Closer | Literal["skip"] | None
"""What is to be done at the end of an element, if anything; "skip" where nothing in it is shown."""
NoteKind: TypeAlias = Literal["footnotes", "endnotes"]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote that the text refers to."""

    kind: NoteKind
    id: str
    mark: str
    """Its number; empty where its author wrote another mark."""


class Walk:
    """Reads one document; lists that its body begins go on in its notes."""

    def __init__(self, parts: Parts) -> None:
        self.notes: list[Note] = []
        """Those that what was read refers to, in its order."""
        self.title = ""
        """What stands in the style of titles."""
        self._parts = parts
        self._settings = parts.one("settings")
        self._styles = Styles(parts.one("styles"))
        self._numbering = Numbering(parts.one("numbering"), self._styles.list_of)
        self._places: list[Place] = []
        self._paragraphs: list[Paragraph] = []
        self._tables: list[tables.Table] = []
        self._kinds: list[BlockKind] = []
        self._chosen: list[Element | None] = []
        self._fields: list[bool] = []  # of each that is open, whether its code is over
        self._run, self._is_mark = PLAIN, False

    def lines(self, root: Element) -> list[Line]:
        """Return the lines of a tree in the order of the text."""
        self._places, self._fields = [Place()], []
        waiting: list[tuple[Iterator[Element], Closer | None]] = [(iter([root]), None)]
        while waiting:  # no calls inside calls: a file may put an element into another without an end
            inside, close = waiting[-1]
            if (element := next(inside, None)) is None:
                waiting.pop()
                if close:
                    close()
            elif (opened := self._open(element)) != "skip":
                waiting.append((iter(element), opened))
        return self._places.pop().lines()

    def _open(self, element: Element) -> Opened:
        name = name_of(element)
        if name in SKIPPED:
            return "skip"
        if name in CHARACTERS:
            self._say(CHARACTERS[name])
            return "skip"
        if name in maths.PARTS:
            return self._part_of_formula(name, element)
        opener = OPENERS.get(name)
        return opener(self, element) if opener else None

    # Paragraphs

    def _paragraph(self, element: Element) -> Opened:
        place, paragraph = self._places[-1], self._begun(child(element, "pPr"))
        if above := place.unended:
            place.unended = None
            paragraph.go_on_from(above)
        self._paragraphs.append(paragraph)
        run, self._run = self._run, paragraph.style.look

        def close() -> None:
            self._paragraphs.pop()
            self._run = run
            self._fields = [True for _ in self._fields]  # should its end be missing, a code costs a paragraph
            if paragraph.style.is_title and not self.title:
                self.title = " ".join(paragraph.text.split())
            if paragraph.glue is None:
                place.found += paragraph.lines()
            else:
                place.unended = paragraph

        return close

    def _begun(self, properties: Element | None) -> Paragraph:
        """Return an empty paragraph; where it has a number, this is counted."""
        style_id = attribute(child(properties, "pStyle"))
        style = self._styles.get("paragraph", style_id)
        outline = number(child(properties, "outlineLvl"))
        if style.kind == "paragraph" and outline is not None and outline < 9:
            style = replace(style, kind="heading", level=outline + 1)
        paragraph = Paragraph(style, self._kinds[-1] if self._kinds else style.kind)
        end = child(properties, "rPr")
        if child(end, "del") is not None or child(end, "moveFrom") is not None:
            paragraph.glue = ""
            return paragraph
        if attribute(child(properties, "framePr"), "dropCap") in ("drop", "margin"):
            paragraph.glue = ""
        elif look(end).hidden:
            paragraph.glue = " "
        list_id = attribute(child(properties, "numPr", "numId")) or style.list_id
        if list_id and list_id != "0":
            told = number(child(properties, "numPr", "ilvl"))
            told = style.list_level if told is None else told
            level = self._numbering.level_of(list_id, style_id or "") if told is None else told
            if (label := self._numbering.label(list_id, level)) is not None:
                paragraph.label, paragraph.list_level = label.strip(), level
        return paragraph

    # Runs

    def _begin_run(self, element: Element) -> Opened:
        before, self._run = self._run, self._look(child(element, "rPr"))

        def close() -> None:
            self._run, self._is_mark = before, False

        return close

    def _look(self, properties: Element | None) -> Look:
        own, style = look(properties), attribute(child(properties, "rStyle"))
        if style is not None:
            own = own.over(self._styles.get("character", style).look)
        return own.over(self._paragraphs[-1].style.look if self._paragraphs else PLAIN)

    def _is_shown(self) -> bool:
        return not (self._run.hidden or self._run.struck or self._is_mark) and all(self._fields)

    def _say(self, text: str) -> None:
        if self._paragraphs and self._is_shown():
            self._paragraphs[-1].parts.append(text)
            if text.strip() and not self._run.bold:
                self._places[-1].is_bold = False

    def _text(self, element: Element) -> Opened:
        text = unsymboled((element.text or "").replace("\n", " "), self._run.font)
        if self._run.raised and self._paragraphs:
            text = superscript(text, "".join(self._paragraphs[-1].parts[-5:]))
        self._say(text)
        return "skip"

    def _symbol(self, element: Element) -> Opened:
        self._say(symbol(attribute(element, "char") or "", attribute(element, "font")))
        return "skip"

    def _part_of_formula(self, name: str, element: Element) -> Opened:
        if not self._paragraphs:
            return None
        parts = self._paragraphs[-1].parts
        start = len(parts)

        def close() -> None:
            parts[start:] = [maths.written(name, element, "".join(parts[start:]))]

        return close

    def _sign_of_formula(self, element: Element) -> Opened:
        self._say(maths.sign(element))
        return None

    def _field_mark(self, element: Element) -> Opened:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()
        return "skip"

    def _note(self, element: Element) -> Opened:
        """Take up a note; its mark is no part of the text, and may be what follows in the run."""
        if not self._is_shown():
            return "skip"
        kind: NoteKind = "footnotes" if name_of(element) == "footnoteReference" else "endnotes"
        id = attribute(element, "id") or ""
        self._is_mark = (attribute(element, "customMarkFollows") or "0") not in ("0", "false", "off")
        told = child(self._settings, "footnotePr" if kind == "footnotes" else "endnotePr")
        start, format = number(child(told, "numStart")), attribute(child(told, "numFmt"))
        before = [note for note in self.notes if note.kind == kind]
        if any(note.id == id for note in before):
            return "skip"
        count = sum(bool(note.mark) for note in before) + (1 if start is None else start)
        mark = written(count, format or ("decimal" if kind == "footnotes" else "lowerRoman"))
        self.notes.append(Note(kind, id, "" if self._is_mark else mark))
        return "skip"

    # What stands around paragraphs

    def _alternatives(self, element: Element) -> Opened:
        """Read one: the others say the same for older programs."""
        named = {name_of(each): each for each in reversed(element)}
        self._chosen.append(named.get("mc:Choice", named.get("mc:Fallback")))
        return lambda: void(self._chosen.pop())

    def _alternative(self, element: Element) -> Opened:
        return None if not self._chosen or element is self._chosen[-1] else "skip"

    def _control(self, element: Element) -> Opened:
        properties = child(element, "sdtPr")
        if switch(child(properties, "showingPlcHdr")):  # "Click here to enter text"
            return "skip"
        gallery = attribute(child(properties, "docPartObj", "docPartGallery"))
        if gallery in REFERENCES or child(properties, "bibliography") is not None:
            self._kinds.append("reference")
            return lambda: void(self._kinds.pop())
        return None

    def _box(self, _: Element) -> Opened:
        if not self._is_shown():
            return "skip"
        boxes = self._paragraphs[-1].boxes if self._paragraphs else self._places[-1].found
        self._places.append(Place())
        return lambda: boxes.extend(self._places.pop().lines())

    def _diagram(self, element: Element) -> Opened:
        """Read the words of a diagram, which stand in a part of their own."""
        boxes = self._paragraphs[-1].boxes if self._paragraphs else self._places[-1].found
        data = self._parts.of(attribute(element, "dm") or "")
        for each in data.iter() if data is not None else ():
            if name_of(each) == "a:p":
                boxes.append(Line("".join(run.text or "" for run in each.iter() if name_of(run) == "a:t")))
        return "skip"

    # Tables

    def _table(self, element: Element) -> Opened:
        self._places[-1].end_paragraph()
        properties = child(element, "tblPr")
        style = self._styles.get("table", attribute(child(properties, "tblStyle")))
        self._tables.append(tables.Table(has_styled_head=style.heads and _has_first_row(properties)))
        return lambda: self._places[-1].found.extend(tables.lines(self._tables.pop()))

    def _row(self, element: Element) -> Opened:
        properties = child(element, "trPr")
        if child(properties, "del") is not None:
            return "skip"
        if self._tables:
            is_head = bool(switch(child(properties, "tblHeader")))
            end = number(child(properties, "gridBefore")) or 0
            self._tables[-1].rows.append(tables.Row(is_head=is_head, end=end))
        return None

    def _cell(self, element: Element) -> Opened:
        properties = child(element, "tcPr")
        if child(properties, "cellDel") is not None:
            return "skip"
        if not self._tables or not self._tables[-1].rows:
            return None
        row = self._tables[-1].rows[-1]
        above = child(properties, "vMerge")
        column, columns = row.end, number(child(properties, "gridSpan")) or 1
        ground = attribute(child(properties, "shd"), "fill") or "auto"
        row.end += columns
        self._places.append(Place())

        def close() -> None:
            place = self._places.pop()
            is_marked = place.is_bold or ground.lower() not in ("auto", "ffffff")
            goes_on = above is not None and attribute(above) != "restart"
            row.cells.append(
                tables.cell(place.lines(), column, columns, is_marked=is_marked, goes_on=goes_on)
            )

        return close


def void(_: object) -> None:
    """Return nothing, as what closes an element does."""


def _has_first_row(properties: Element | None) -> bool:
    """Say whether a table's first row is drawn as its style draws first rows."""
    told = child(properties, "tblLook")
    stated = attribute(told, "firstRow")
    if stated is not None:
        return stated in ("1", "true", "on")
    try:
        return bool(int(attribute(told) or "0", 16) & 0x20)
    except ValueError:
        return False


OPENERS: dict[str, Callable[[Walk, Element], Opened]] = {
    "p": Walk._paragraph,
    "r": Walk._begin_run,
    "m:r": Walk._begin_run,
    "t": Walk._text,
    "m:t": Walk._text,
    "m:nary": Walk._sign_of_formula,
    "sym": Walk._symbol,
    "fldChar": Walk._field_mark,
    "footnoteReference": Walk._note,
    "endnoteReference": Walk._note,
    "mc:AlternateContent": Walk._alternatives,
    "mc:Choice": Walk._alternative,
    "mc:Fallback": Walk._alternative,
    "sdt": Walk._control,
    "txbxContent": Walk._box,
    "dgm:relIds": Walk._diagram,
    "tbl": Walk._table,
    "tr": Walk._row,
    "tc": Walk._cell,
}
