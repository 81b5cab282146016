"""Words of a page to the stretches of lines that they stand in."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.corpus.formats.pdf.glyphs import Box
from rag.corpus.formats.pdf.words import WORD_GAP, Style, Word, is_leftward

SPLIT = 0.7
"""Of the size of the letters: a gap as wide as this may lie between columns."""
OTHER_SIZE, SMALLEST_GAP = 1.45, 0.1
"""Times the letters of the word before, and of its own to that: a heading beside a line in the margin."""
FEWEST_LETTERS = 4
MOST_NEAR = 60
"""Lines at about the same height that are looked at for each word; a page printed over itself has more."""
MOST_EDGES = 2_000
"""Of a page; a table of a hundred rows and ten columns has a thousand."""

_SCRIPTS = str.maketrans("0123456789+-\u2212()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_SCRIPT_SIGNS = frozenset("0123456789+-\u2212,")


@dataclass(slots=True, eq=False)
class Segment:
    """Words of a line that stand no farther apart than words do."""

    words: list[Word]
    ruled: bool = False
    """Whether a line is drawn between it and the segment before."""
    parts: list[Segment] = field(default_factory=list)
    """Of a line of a table that goes over the width of the page or between rules, its cells."""
    table: int = 0
    """Of a line of a table between rules, which that is; 0 for any other."""
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    size: float = 0.0

    def __post_init__(self) -> None:
        """Measure the words."""
        self.x0 = self.words[0].x0
        self.x1 = max(word.x1 for word in self.words)
        style = main_style(self.words)
        self.size = style.size
        self.y = next(word.y for word in self.words if word.style == style)


def main_style(words: Iterable[Word]) -> Style:
    """Return the style that most of the letters have."""
    letters: Counter[Style] = Counter()
    for word in words:
        letters[word.style] += len(word.text)
    return letters.most_common(1)[0][0]


def text_of(words: Sequence[Word]) -> str:
    """Return words of a line as it reads, those written to the left first where most are."""
    leftward = [is_leftward(word.text) for word in words]
    if sum(leftward) * 2 > sum(any(map(str.isalpha, word.text)) for word in words):
        words = _leftward(words, leftward)
    else:
        words = _unspaced(words)
    parts: list[str] = []
    above: Word | None = None
    for word in words:
        if above:
            gap = max(word.x0 - above.x1, above.x0 - word.x1)
            parts.append("" if gap < WORD_GAP * max(word.size, above.size) and not word.spaced else " ")
        raised = word.raised and above is not None and _SCRIPT_SIGNS.issuperset(word.text)
        parts.append(word.text.translate(_SCRIPTS) if raised else word.text)
        above = word
    return "".join(parts)


def _leftward(words: Sequence[Word], leftward: Sequence[bool]) -> list[Word]:
    """Return words of a line from right to left, runs of other words and numbers turned about."""
    found: list[Word] = []
    run: list[Word] = []
    for word, is_left in sorted(zip(words, leftward, strict=True), key=lambda pair: -pair[0].x0):
        if is_left or not any(map(str.isalnum, word.text)):
            found += run[::-1]
            run = []
            found.append(word)
        else:
            run.append(word)
    return found + run[::-1]


def _unspaced(words: Sequence[Word]) -> list[Word]:
    """Join letters that are spaced out to words: T H E  W O R K S."""
    found: list[Word] = []
    run: list[Word] = []
    for word in words:
        if len(word.text) == 1 and word.text.isalpha() and (not run or run[-1].style == word.style):
            run.append(word)
            continue
        found += _joined(run)
        run = []
        found.append(word)
    return found + _joined(run)


def _joined(run: list[Word]) -> list[Word]:
    if len(run) < 4:
        return run
    gaps = sorted(right.x0 - left.x1 for left, right in pairwise(run))
    usual = gaps[len(gaps) // 3]
    if gaps[0] < 0.5 * usual:  # letters that stand for themselves: variables of a formula
        return run
    found = [Word(run[0].text, run[0].x0, run[0].x1, run[0].y, run[0].style)]
    for left, right in pairwise(run):
        if right.x0 - left.x1 > usual + 0.2 * right.size:
            found.append(Word(right.text, right.x0, right.x1, right.y, right.style, spaced=True))
        else:
            found[-1].text += right.text
            found[-1].x1 = right.x1
    return found if max(len(word.text) for word in found) > 1 else run


def edges_of(boxes: Sequence[Box]) -> list[tuple[float, float, float]]:
    """Return x, top and bottom of the upright lines and sides of rectangles."""
    tall = [box for box in boxes if box.y1 - box.y0 > 5][:MOST_EDGES]
    return sorted({(x, box.y0, box.y1) for box in tall for x in (box.x0, box.x1)})


def segments_of(words: Sequence[Word], edges: Sequence[tuple[float, float, float]]) -> list[Segment]:
    """Put words that share a line together, indices and exponents with what they stand at."""
    lines: list[tuple[float, int, list[Word]]] = []
    order = sorted(range(len(words)), key=lambda number: (-round(words[number].size), number))
    for number in order:
        word = words[number]
        line = _line_of(word, lines)
        if line is None:
            insort(lines, (word.y, number, [word]))
        else:
            line.append(word)
    return [segment for _, _, line in lines for segment in _parted(line, edges)]


def _line_of(word: Word, lines: list[tuple[float, int, list[Word]]]) -> list[Word] | None:
    """Return the line that `word` belongs to; it is marked as raised where it stands above the base line."""
    low = bisect_left(lines, (word.y - word.size,))
    best: list[Word] | None = None
    nearest = float("inf")
    script: list[Word] | None = None
    for number in range(low, min(low + MOST_NEAR, len(lines))):
        y, _, line = lines[number]
        if y > word.y + 2 * word.size + 8:
            break
        size = line[0].size
        if abs(y - word.y) <= 0.15 * min(size, word.size):
            gap = _gap(word, line)
            if gap < nearest:
                best, nearest = line, gap
            continue
        small = 0.5 * size <= word.size and (word.size <= 0.87 * size or len(word.text) <= 2)
        if small and -0.4 * size <= y - word.y <= 0.75 * size and _touches(word, line):
            word.raised = y - word.y > 0.15 * size
            script = line
    return best or script


def _gap(word: Word, line: list[Word]) -> float:
    """Return how far `word` is from the nearest word of a line; for one that lies over another, infinity."""
    last = line[-1]
    if 0 <= word.x0 - last.x1 < word.size and word.style == last.style:  # as nearly all words follow
        return word.x0 - last.x1
    nearest = 1e6
    for other in line[-400:]:
        gap = max(word.x0 - other.x1, other.x0 - word.x1)
        if gap < -0.35 * min(word.size, other.size):
            return float("inf")
        nearest = min(nearest, abs(gap) if word.style == other.style else abs(gap) + word.size)
    return nearest


def _touches(word: Word, line: list[Word]) -> bool:
    reach = 0.3 * line[0].size
    near = any(
        -reach <= word.x0 - other.x1 <= reach or -reach <= other.x0 - word.x1 <= reach for other in line
    )
    return near and _gap(word, line) < float("inf")


def _parted(line: list[Word], edges: Sequence[tuple[float, float, float]]) -> list[Segment]:
    line.sort(key=lambda word: word.x0)
    parts = [([line[0]], False)]
    end = line[0].x1
    for left, right in pairwise(line):
        end = max(end, left.x1)
        ruled = _is_between(edges, end, right.x0, right.y - 0.3 * right.size)
        gap = right.x0 - end
        is_other = gap > SMALLEST_GAP * right.size and _are_smaller(parts[-1][0], right)
        if ruled or is_other or gap > SPLIT * max(left.size, right.size):
            parts.append(([], ruled))
        parts[-1][0].append(right)
    return [Segment(words, ruled) for words, ruled in parts]


def _are_smaller(words: Sequence[Word], following: Word) -> bool:
    """Say whether all of a line so far is in smaller letters, and no index of a formula."""
    letters = sum(character.isalpha() for word in words for character in word.text)
    return letters >= FEWEST_LETTERS and all(following.size > OTHER_SIZE * word.size for word in words)


def _is_between(edges: Sequence[tuple[float, float, float]], left: float, right: float, y: float) -> bool:
    """Say whether an upright line is drawn between two words whose middle is at `y`."""
    for x, top, bottom in edges[bisect_left(edges, (left - 1,)) :]:
        if x > right + 1:
            return False
        if top - 1 <= y <= bottom + 1:
            return True
    return False


def without_line_numbers(segments: list[Segment]) -> list[Segment]:
    """Return segments without the numbers that count the lines in the margin of a manuscript."""
    numbers = [segment for segment in segments if segment.words[0].text.isdigit() and len(segment.words) == 1]
    left = min((segment.x0 for segment in segments if segment not in numbers), default=0)
    margin = sorted((s for s in numbers if s.x1 < left), key=lambda s: s.y) if len(numbers) >= 8 else []
    values = [int(segment.words[0].text[:9]) for segment in margin]
    steps = Counter(below - above for above, below in pairwise(values))
    if len(margin) < 8 or not steps or steps.most_common(1)[0][1] < 0.8 * (len(margin) - 1):
        return segments
    gone = {id(segment) for segment in margin}
    return [segment for segment in segments if id(segment) not in gone]
