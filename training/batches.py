"""Packed groups to the tensors of a step, put together on the device that reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.packed import NO_PASSAGE, OUTSIDE, Packed, Ragged
from training.reader import Marks

LONGEST = 320
"""Tokens of question and passage together, as in the product; the marks around them count."""
LONGEST_QUESTION = 128
BUCKET = 48
"""Batches whose groups are sorted by length before they are dealt, so that little is padding."""

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Groups of equally many passages each, the right one, where there is one, first."""

    inputs: dict[str, Tensor]
    """What a Reader is called with, shape (groups * passages, tokens)."""
    sentence: Tensor
    """Number of the sentence of each token, OUTSIDE beside the passage's sentences; shape (groups, passages,
    tokens), as of the next two."""
    begins: Tensor
    """Whether a right answer may begin at a token."""
    ends: Tensor
    is_known: Tensor
    """Whether it is known of a group what answers, shape (groups,)."""
    before: Tensor
    """Tokens before each passage's first, shape (groups, passages)."""
    lengths: Tensor
    """Of each passage as it is read, shape (groups, passages)."""


class Dealer:
    """Deals the groups of a split, each as often as its weight says, in an order of its own for a seed."""

    def __init__(
        self, packed: Packed, groups: Rows, *, near: bool, size: int, passages: int, seed: int
    ) -> None:
        """Deal `size` of `groups` at a time, `passages` each; weighted by nearness, or each once a round."""
        self._packed, self._groups, self._size, self._passages, self._seed = (
            packed,
            groups,
            size,
            passages,
            seed,
        )
        self._weights = packed.near[groups] if near else np.ones(len(groups))
        # What takes the place of passages that a group lacks is drawn among those that any group reads.
        self._all = len(packed.passages)
        self._round, self._batches = -1, np.empty((0, size), dtype=np.int64)
        self._ends: list[int] = []

    def __getitem__(self, step: int) -> tuple[Rows, Rows]:
        """Return the groups of a step and their passages, shape (size, passages); each time the same."""
        while not self._ends or self._ends[-1] <= step:
            self._deal(len(self._ends))
            self._ends.append((self._ends or [0])[-1] + len(self._batches))
        number = next(at for at, end in enumerate(self._ends) if step < end)
        self._deal(number)
        groups = self._batches[step - self._ends[number]]  # counted from the end
        draw = np.random.default_rng([self._seed, step])
        return groups, chosen(self._packed, groups, self._passages, draw, self._all)

    def _deal(self, number: int) -> None:
        """Order round `number`, unless it is the one that is dealt now."""
        if number == self._round:
            return
        draw = np.random.default_rng([self._seed, number, 1])
        times = np.floor(self._weights + draw.random(len(self._groups))).astype(np.int64)
        dealt = draw.permutation(np.repeat(self._groups, times))
        lengths = self._packed.questions.lengths[self._packed.question[dealt]]
        rights = self._packed.right[dealt]
        lengths = lengths + np.where(rights == NO_PASSAGE, 0, self._packed.passages.lengths[rights])
        blocks = np.arange(len(dealt)) // (BUCKET * self._size)
        dealt = dealt[np.lexsort((lengths, blocks))]
        dealt = np.resize(dealt, -(-len(dealt) // self._size) * self._size)
        self._batches = draw.permutation(dealt.reshape(-1, self._size))
        self._round = number


def chosen(packed: Packed, groups: Rows, passages: int, draw: np.random.Generator, among: int) -> Rows:
    """Return `passages` of each of `groups`: the right one or the nearest wrong one, then others, drawn."""
    found = np.empty((len(groups), passages), dtype=np.int64)
    for at, group in enumerate(groups):
        right, wrong = packed.right[group], packed.wrong[int(group)].astype(np.int64)
        first, rest = (wrong[0], wrong[1:]) if right == NO_PASSAGE and len(wrong) else (right, wrong)
        rest = draw.permutation(rest)[: passages - 1]
        fill = draw.integers(among, size=passages - 1 - len(rest))
        found[at] = [first if first != NO_PASSAGE else draw.integers(among), *rest, *fill]
    return found


def split(packed: Packed, *, validation: bool) -> Rows:
    """Return the groups that are for validation, or the others."""
    return np.flatnonzero(packed.is_validation == validation)


class Reading:
    """A Packed's arrays on a device, and what makes a Batch of them."""

    def __init__(self, packed: Packed, marks: Marks, device: torch.device) -> None:
        """Put the tokens on `device`."""
        self._packed, self._marks, self._device = packed, marks, device
        self._questions = self._on_device(packed.questions)
        self._passages = self._on_device(packed.passages)
        self._sentence_of = torch.from_numpy(packed.sentence_of.values.astype(np.int64)).to(device)

    def _on_device(self, ragged: Ragged) -> tuple[Tensor, Tensor, Tensor]:
        values, lengths = ragged.values.astype(np.int64), ragged.lengths
        return tuple(
            torch.from_numpy(each).to(self._device) for each in (values, ragged.starts[:-1], lengths)
        )  # type: ignore[return-value]

    def batch(self, groups: Rows, passages: Rows) -> Batch:
        """Return the Batch of `groups` with the rows of their `passages`, shape (groups, passages)."""
        many = passages.shape[1]
        rows = torch.from_numpy(passages.reshape(-1)).to(self._device)
        asked = torch.from_numpy(self._packed.question[groups].repeat(many).astype(np.int64)).to(self._device)
        marks, around = self._marks, 2 + len(self._marks.between)
        question, question_starts, question_lengths = self._questions
        text, text_starts, text_lengths = self._passages
        long = question_lengths[asked].clamp(max=LONGEST_QUESTION)[:, None]
        lengths = torch.minimum(text_lengths[rows][:, None], LONGEST - around - long)
        before = 1 + long + len(marks.between)
        place = torch.arange(int((before + lengths).max()) + 1, device=self._device)[None]
        ids = torch.full((len(rows), place.shape[1]), marks.padding, device=self._device)
        ids[:, 0] = marks.first
        for at, mark in enumerate(marks.between):
            ids.scatter_(1, 1 + long + at, mark)
        ids.scatter_(1, before + lengths, marks.last)
        is_asked = (place >= 1) & (place <= long)
        is_text = (place >= before) & (place < before + lengths)
        from_question = (question_starts[asked][:, None] + place - 1).clamp(0, len(question) - 1)
        from_text = (text_starts[rows][:, None] + place - before).clamp(0, len(text) - 1)
        ids = torch.where(is_asked, question[from_question] + marks.shift, ids)
        ids = torch.where(is_text, text[from_text] + marks.shift, ids)
        sentence = torch.where(is_text, self._sentence_of[from_text], OUTSIDE)
        mask = (place <= before + lengths).long()
        shape = (len(groups), many, place.shape[1])
        begins, ends = self._labelled(
            groups, before.view(len(groups), many)[:, 0], shape, sentence.view(shape)
        )
        return Batch(
            {
                "input_ids": ids,
                "attention_mask": mask,
                "token_type_ids": (mask.bool() & (place >= before)).long(),
            },
            sentence.view(shape),
            begins,
            ends,
            torch.from_numpy(self._packed.is_known[groups]).to(self._device),
            before.view(len(groups), many),
            lengths.view(len(groups), many),
        )

    def _labelled(
        self, groups: Rows, before: Tensor, shape: tuple[int, int, int], sentence: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return where right answers begin and end: between the first and last tokens of the labels."""
        found = [self._packed.labels[int(group)].astype(np.int64) for group in groups]
        row = torch.from_numpy(np.repeat(np.arange(len(groups)), [len(each) for each in found])).to(
            self._device
        )
        labels = torch.from_numpy(np.concatenate(found)).to(self._device) + before[row][:, None]
        marks = []
        for first, last in ((labels[:, 0], labels[:, 1]), (labels[:, 2], labels[:, 3])):
            steps = torch.zeros(shape[0], LONGEST + 2, dtype=torch.long, device=self._device)
            one = torch.ones_like(first)
            steps.index_put_((row, first.clamp(max=LONGEST)), one, accumulate=True)
            steps.index_put_((row, (last + 1).clamp(max=LONGEST + 1)), -one, accumulate=True)
            whole = torch.zeros(shape, dtype=torch.bool, device=self._device)
            whole[:, 0] = steps.cumsum(1)[:, : shape[2]] > 0
            marks.append(whole & (sentence != OUTSIDE))
        return marks[0], marks[1]


def in_order(
    packed: Packed, groups: Rows, *, size: int, passages: int, seed: int
) -> Iterator[tuple[Rows, Rows]]:
    """Yield `groups`, the shortest first, `size` at a time, with their passages: the same in each run."""
    draw = np.random.default_rng([seed, 2])
    order = groups[np.argsort(packed.questions.lengths[packed.question[groups]], kind="stable")]
    for at in range(0, len(order), size):
        part = order[at : at + size]
        yield part, chosen(packed, part, passages, draw, len(packed.passages))
