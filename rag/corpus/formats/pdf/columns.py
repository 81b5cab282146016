"""The words of a page to its lines, in the order in which they are read: columns one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.corpus.formats.pdf.glyphs import Box, Page
from rag.corpus.formats.pdf.segments import (
    Segment,
    edges_of,
    main_style,
    segments_of,
    text_of,
    without_line_numbers,
)
from rag.corpus.formats.pdf.words import Style, is_leftward

NARROWEST_COLUMN = 7.0
"""Of the size of the letters; what is narrower is the column of a table or of numbers."""
MOST_BOXES = 50
"""Of a page that are looked into; charts have hundreds of rectangles."""
FEWEST_RULES = 3
"""Of a table: on top, below the heads and at the end."""
THICKEST_RULE, SHORTEST_RULE = 2.5, 60.0
"""Points."""
MOST_STARTS = 12
"""Places where lines begin that may be the left side of a column, those of most lines."""
WIDEST_CELL = 0.7
"""Of the width between the rules of a table; a wider line is prose that stands between two tables."""
FEWEST_LINES = 3
"""Of a column beside another one."""
WIDEST_MARGIN, SHORTEST_NOTE, MOST_LEVEL = 0.4, 4, 0.6
"""Of the widest line of the text beside it; letters of a line, for numbers and bullets have fewer; of the
lines, those that stand at the height of one of the text."""


@dataclass(slots=True, eq=False)
class Row:
    """A line of a column; of a table, all its cells."""

    segments: list[Segment]
    page: int
    left: float
    """Where its column begins, and where it ends."""
    right: float
    region: int = 0
    """Rows of one column, or of what stands across columns, have the same."""
    apart: bool = False
    """Whether it stands in a box of its own."""
    table: int = 0
    """Which table between rules of its page it is a line of; 0 for none."""
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    style: Style = field(default_factory=lambda: Style(0.0, False, ""))
    text: str = ""

    def __post_init__(self) -> None:
        """Measure the segments and put their words together."""
        words = [word for segment in self.segments for word in segment.words]
        self.x0, self.x1 = words[0].x0, max(word.x1 for word in words)
        self.style = main_style(words)
        self.y = max(self.segments, key=lambda segment: segment.x1 - segment.x0).y
        self.text = text_of(words)

    @property
    def size(self) -> float:
        """Points."""
        return self.style.size


def rows(page: Page) -> list[Row]:
    """Return the lines of a page in reading order; what stands in a box of its own comes last."""
    segments = without_line_numbers(segments_of(page.words, edges_of(page.boxes)))
    apart: list[Row] = []
    for region, box in enumerate(_lone_boxes(page, segments), start=1000):
        inside = [segment for segment in segments if _is_inside(segment, box)]
        segments = [segment for segment in segments if not _is_inside(segment, box)]
        for row in _read(inside, page.number):
            row.region += region * 100
            row.apart = True
            apart.append(row)
    return _read(_with_ruled_tables(page, segments), page.number) + apart


def _with_ruled_tables(page: Page, segments: list[Segment]) -> list[Segment]:
    """Return segments, those of each line between the rules of a table as one, which no column cuts.

    Its rules have one length.
    """
    rules: dict[tuple[int, int], list[Box]] = {}
    for box in page.boxes:
        if box.y1 - box.y0 < THICKEST_RULE and box.x1 - box.x0 > SHORTEST_RULE:
            rules.setdefault((round(box.x0 / 6), round(box.x1 / 6)), []).append(box)
    tables = 0
    for alike in rules.values():
        alike.sort(key=lambda box: box.y0)
        if FEWEST_RULES <= len(alike) <= MOST_BOXES:
            for lines in _between_rules(segments, alike):
                tables += 1
                held = {id(segment) for line in lines for segment in line}
                segments = [segment for segment in segments if id(segment) not in held]
                segments += [_ruled(line, alike[0], tables) for line in lines]
    return segments


def _between_rules(segments: Sequence[Segment], rules: Sequence[Box]) -> list[list[list[Segment]]]:
    """Return the lines of each table that stands between at least three of its `rules`."""
    found: list[list[list[Segment]]] = [[]]
    parts = 0
    for above, below in pairwise(rules):
        lines = _in_lines([each for each in segments if _is_between(each, above, below)])
        width = above.x1 - above.x0
        if lines and all(each.x1 - each.x0 < WIDEST_CELL * width for line in lines for each in line):
            found[-1] += lines
            parts += 1
        elif lines:
            found = [*(found if parts > 1 else found[:-1]), []]
            parts = 0
    tables = found if parts > 1 else found[:-1]
    return [table for table in tables if sum(len(line) > 1 for line in table) >= FEWEST_LINES]


def _is_between(segment: Segment, above: Box, below: Box) -> bool:
    return (
        above.y0 < segment.y <= below.y1
        and above.x0 - segment.size < segment.x0
        and segment.x1 < above.x1 + segment.size
    )


def _in_lines(segments: Sequence[Segment]) -> list[list[Segment]]:
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: (segment.y, segment.x0)):
        if lines and _on_line(segment, lines[-1][0]):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [sorted(line, key=lambda segment: segment.x0) for line in lines]


def _lone_boxes(page: Page, segments: list[Segment]) -> list[Box]:
    """Return drawn rectangles that hold lines of text and no other rectangles."""
    rectangles = [box for box in page.boxes if box.x1 - box.x0 > 60 and box.y1 - box.y0 > 20]
    found: list[Box] = []
    for box in rectangles[:MOST_BOXES]:
        if (box.x1 - box.x0) * (box.y1 - box.y0) > 0.5 * page.width * page.height or (found and box in found):
            continue
        held = sum(_is_inside(segment, box) for segment in segments)
        cells = [
            other
            for other in page.boxes[:2_000]
            if other is not box
            and not _same(other, box)
            and (
                other.x0 >= box.x0 - 8
                and other.x1 <= box.x1 + 8
                and other.y0 >= box.y0 - 8
                and other.y1 <= box.y1 + 8
            )
        ]
        crossing = any(_crosses(segment, box) for segment in segments)
        known = any(_same(box, other) for other in found)
        if 2 <= held < 0.7 * len(segments) and len(cells) < 2 and not crossing and not known:
            found.append(box)
    return found


def _same(one: Box, other: Box) -> bool:
    return (
        abs(one.x0 - other.x0) < 6
        and abs(one.x1 - other.x1) < 6
        and abs(one.y0 - other.y0) < 6
        and abs(one.y1 - other.y1) < 6
    )


def _is_inside(segment: Segment, box: Box) -> bool:
    return box.x0 - 2 <= segment.x0 and segment.x1 <= box.x1 + 2 and box.y0 <= segment.y <= box.y1 + 2


def _crosses(segment: Segment, box: Box) -> bool:
    return (
        box.y0 + 2 < segment.y < box.y1 - 2
        and segment.x0 < box.x1 - 4
        and segment.x1 > box.x0 + 4
        and not _is_inside(segment, box)
    )


def _read(segments: list[Segment], page: int) -> list[Row]:
    """Return the rows of `segments`, region by region; regions are split without recursion."""
    waiting = [_with_wide_tables(segments)]
    found: list[Row] = []
    region = 0
    while waiting:
        part = waiting.pop()
        if not part:
            continue
        gutter = _gutter(part)
        if gutter is None:
            found += _rows_of(part, page, region)
            region += 1
            continue
        waiting += _split(part, gutter)[::-1]
    return found


def _with_wide_tables(segments: list[Segment]) -> list[Segment]:
    """Return segments, those of each line of a table over the width of the page as one.

    Else a table would be cut where the columns of the text are.
    """
    if not segments:
        return segments
    width = max(s.x1 for s in segments) - min(s.x0 for s in segments)
    found: list[Segment] = []
    run: list[list[Segment]] = []
    for line in [*_in_lines(segments), []]:
        short = max((segment.x1 - segment.x0 for segment in line), default=0) < 0.3 * width
        extent = line[-1].x1 - line[0].x0 if line else 0.0
        filled = sum(segment.x1 - segment.x0 for segment in line)  # lines of columns fill theirs
        wide = short and len(line) > 2 and extent > 0.55 * width and filled < 0.65 * extent
        far = run and line and line[0].y - run[-1][0].y > 3 * line[0].size
        if run and (not wide or far):
            found += [_whole(each) for each in run] if len(run) > 2 else [s for each in run for s in each]
            run = []
        if wide:
            run.append(line)
        else:
            found += line
    return found


def _whole(cells: list[Segment]) -> Segment:
    return Segment([word for cell in cells for word in cell.words], parts=cells)


def _ruled(cells: list[Segment], rule: Box, table: int) -> Segment:
    """Return the cells of a line of a table as one, as long as its `rule`."""
    whole = _whole(cells)
    whole.table = table
    whole.x0, whole.x1 = min(whole.x0, rule.x0), max(whole.x1, rule.x1)
    return whole


def _gutter(segments: list[Segment]) -> float | None:
    """Return the x between two columns; None for one column.

    The lines of a column begin at one x, and where it stands beside another one, they all end before it.
    """
    size = main_size(segments)
    wide = [segment for segment in segments if _is_wide(segment)]
    starts = Counter(round(segment.x0 / 3) for segment in wide)
    best, most = None, FEWEST_LINES - 1
    for start, count in starts.most_common(MOST_STARTS):
        if count + starts[start + 1] < FEWEST_LINES:
            continue
        x = min(s.x0 for s in wide if round(s.x0 / 3) == start) - 0.3 * size
        lines = _lines_beside(segments, x)
        if lines > most:
            best, most = x, lines
    return None if best is None else _behind_margin(segments, best)


def _behind_margin(segments: Sequence[Segment], x: float) -> float:
    """Return `x` or, where a margin stands before it, its end: headings may hang out of the text."""
    margin = [segment for segment in segments if segment.x1 <= x]
    widest = max((segment.x1 - segment.x0 for segment in segments if segment.x0 >= x), default=0.0)
    is_margin = all(segment.x1 - segment.x0 < WIDEST_MARGIN * widest for segment in margin)
    return max(segment.x1 for segment in margin) + 0.1 if margin and is_margin else x


def main_size(segments: Sequence[Segment]) -> float:
    """Return the size that most of the letters have."""
    letters: Counter[float] = Counter()
    for segment in segments:
        letters[segment.size] += sum(len(word.text) for word in segment.words)
    return letters.most_common(1)[0][0]


def _lines_beside(segments: Sequence[Segment], x: float) -> int:
    """Return how many lines stand side by side at `x`, in stretches that nothing crosses."""
    total = 0
    left: list[Segment] = []
    right: list[Segment] = []
    for segment in [*sorted(segments, key=lambda segment: segment.y), None]:
        if segment is None or segment.x0 < x < segment.x1:
            wide = [each for each in right if _is_wide(each)]
            if left and wide:
                total += max(_wide_beside(left, wide), _margin_beside(left, wide))
            left, right = [], []
        else:
            (left if segment.x1 <= x else right).append(segment)
    return total


def _is_wide(segment: Segment) -> bool:
    return segment.x1 - segment.x0 >= NARROWEST_COLUMN * segment.size


def _wide_beside(left: Sequence[Segment], right: Sequence[Segment]) -> int:
    """Return how many wide lines of a column stand beside those of the next one."""
    top, bottom = right[0].y - 15, right[-1].y + 15
    beside = sum(top <= each.y <= bottom for each in left if _is_wide(each))
    lines = min(beside, len(right))
    return lines if lines >= 2 else 0


def _margin_beside(left: Sequence[Segment], right: Sequence[Segment]) -> int:
    """Return how many short lines stand in the margin of the text: who edited it, and when it appeared.

    They are no cells of a table, for their lines are not at the height of the text's.
    """
    top, bottom = right[0].y - 15, right[-1].y + 15
    margin = [each for each in left if top <= each.y <= bottom]
    if min(len(margin), len(right)) < FEWEST_LINES:
        return 0
    letters = sum(character.isalpha() for each in margin for word in each.words for character in word.text)
    level = sum(any(_on_line(each, other) for other in right) for each in margin)
    are_notes = letters >= SHORTEST_NOTE * len(margin) and level <= MOST_LEVEL * len(margin)
    return min(len(margin), len(right)) if are_notes else 0


def _split(segments: list[Segment], x: float) -> list[list[Segment]]:
    """Return the parts of a region in reading order: stretches of two columns, and what stands across."""
    parts: list[list[Segment]] = []
    left: list[Segment] = []
    right: list[Segment] = []
    across: list[Segment] = []
    for segment in sorted(segments, key=lambda segment: segment.y):
        if segment.x0 < x < segment.x1:
            parts += [left, right]
            left, right = [], []
            across.append(segment)
            continue
        if across and _on_line(segment, across[-1]):
            across.append(segment)
            continue
        parts.append(across)
        across = []
        (left if segment.x1 <= x else right).append(segment)
    return [part for part in (*parts, across, left, right) if part]


def _on_line(one: Segment, other: Segment) -> bool:
    return abs(one.y - other.y) < 0.3 * min(one.size, other.size)


def _is_over(segment: Segment, line: Sequence[Segment]) -> bool:
    """Say whether a segment is printed over another one: a running head over a title."""
    return any(segment.x0 < other.x1 - 2 and segment.x1 > other.x0 + 2 for other in line[-50:])


def _rows_of(segments: list[Segment], page: int, region: int) -> list[Row]:
    """Return the rows of one column from top to bottom."""
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    grouped: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: segment.y):
        if grouped and _on_line(segment, grouped[-1][0]) and not _is_over(segment, grouped[-1]):
            grouped[-1].append(segment)
        else:
            grouped.append([segment])
    found = []
    for group in grouped:
        cells = [cell for segment in group for cell in segment.parts or [segment]]
        cells.sort(key=lambda segment: segment.x0)
        row = Row(cells, page, left, right, region, table=max(segment.table for segment in group))
        if is_leftward(row.text) and is_leftward(row.text[:1]):
            row.x0, row.x1 = left + right - row.x1, left + right - row.x0
        found.append(row)
    return _with_initials(found)


def _with_initials(found: list[Row]) -> list[Row]:
    """Put a large first letter of a paragraph before the line that stands beside its top."""
    for number, row in enumerate(found):
        first = row.segments[0].words[0]
        if len(row.text) != 1 or not first.text.isalpha():
            continue
        beside = [
            other
            for other in found[max(0, number - 8) : number + 8]
            if other is not row
            and first.size > 1.8 * other.size
            and first.y - 1.1 * first.size < other.y <= first.y + 1
            and 0 <= other.x0 - first.x1 < 1.5 * other.size
        ]
        if beside:
            line = min(beside, key=lambda other: other.y)
            line.text = first.text + line.text
            row.text = ""
            for other in beside:
                other.x0 = first.x0
    return [row for row in found if row.text]
