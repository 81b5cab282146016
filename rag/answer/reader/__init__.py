"""Question and passages to the short answer that each sentence gives, by a model that reads both together.

What it makes of a sentence in the middle of its layers is kept too: by that rag.answer.limits tells what has
to be quoted with another one.

The model was trained on SQuAD by training/; its card lies beside it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rag.index.database import Recent
from rag.index.embedding import PACKAGED_MODEL, locate
from rag.index.onnx import padded, session, tokenizer
from rag.index.passages import model_input
from rag.settings import Settings
from rag.types import Passage, Sentence, ShortAnswer

if TYPE_CHECKING:
    from tokenizers import Encoding

MODEL = Path(__file__).parent / "reader.onnx"

LONGEST = 320
"""Tokens of question and passage together; what is longer is cut off, as in training."""

LONGEST_QUESTION = 128
"""Tokens of them that a question takes at most, so that the passage is read."""

LONGEST_ANSWER = 30
"""Tokens."""

KEPT = 500
"""Passages whose states stay in memory, 5 MB: those that are quoted were read for the same question."""

LONGEST_BRACKET = 60
"""Characters up to the end of a bracket that a short answer opens; a longer one is left out."""

NOTHING, IRRELEVANT = -20.0, -10.0
"""Score and relevance of a sentence that was not read: below nearly all that were."""

_WORD = re.compile(r"(?<!\w)[-−]?\d+(?:[.,]\d+)*\w*|\b(?!(?:an?|the)\b)\w+(?:-\w+)*")
"""A number, whole and with its sign, or a word."""

_UNCUT = re.compile(r"[$£€]?\d+(?:[.,:]\d+)*%?|\w+(?:[-’']\w+)*")
"""What no short answer ends or begins within."""

Floats = npt.NDArray[np.float32]


class Reader:
    """A model that points at short answers (extractive reader). Threads share it."""

    def __init__(self, model: Path = MODEL) -> None:
        """Load the weights in `model`. Raises ModelError when they are not there or cannot be loaded."""
        self._session = session(
            model, threads=1, hint="install the program anew, or go without the reader: RAG_READER=0"
        )
        # A core reads a passage: one passage on all cores waits at each of its few hundred steps.
        self._cores = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="reader")
        self._tokenizer = tokenizer(locate(PACKAGED_MODEL))
        self._states: Recent[Floats] = Recent(KEPT, lambda _: 1)

    def read(self, question: str, passages: Sequence[Passage]) -> list[tuple[ShortAnswer, ...]]:
        """Return the best short answer in every sentence of each of `passages`, whatever the others say.

        `pooled` brings together what they say.
        """
        found = list(self._reading(question, passages))
        keys = [(question, model_input(passage)) for passage in passages]
        self._states.get(keys, lambda _: dict(zip(keys, (states for _, states in found), strict=True)))
        return [answers for answers, _ in found]

    def states(self, question: str, passages: Sequence[Passage]) -> list[Floats]:
        """Return what the middle layer makes of every sentence of each of `passages`: its tokens' mean.

        Of shape (sentences, dimension), zero for a sentence that is cut off. What was read lately for the
        same question is not read again.
        """
        keyed = {(question, model_input(passage)): passage for passage in passages}

        def read(missing: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Floats]:
            found = self._reading(question, [keyed[key] for key in missing])
            return {key: states for key, (_, states) in zip(missing, found, strict=True)}

        return self._states.get([(question, model_input(passage)) for passage in passages], read)

    def _reading(
        self, question: str, passages: Sequence[Passage]
    ) -> Iterator[tuple[tuple[ShortAnswer, ...], Floats]]:
        """Yield the short answers of each of `passages`, and its sentences' states."""
        inputs = [model_input(passage) for passage in passages]
        encoded = self._tokenizer.encode_batch(inputs, add_special_tokens=False)
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:LONGEST_QUESTION]
        outputs = self._cores.map(partial(self._outputs, asked), encoded)
        for passage, text, each, (scores, states) in zip(passages, inputs, encoded, outputs, strict=True):
            places = passage.end + np.array(each.offsets[: len(scores)]) - len(text)
            held = [
                (places[:, 0] >= sentence.start) & (places[:, 1] <= sentence.end)
                for sentence in passage.sentences
            ]
            answers = tuple(
                _short_answer(sentence, places[inside], scores[inside])
                for sentence, inside in zip(passage.sentences, held, strict=True)
            )
            means = [states[inside].mean(axis=0) if inside.any() else states[0] * 0 for inside in held]
            yield answers, np.array(means)

    def _outputs(self, asked: list[int], passage: Encoding) -> tuple[Floats, Floats]:
        """Return the scores of a passage's n tokens as begin, end and relevant, and their states.

        Of shapes (n, 3) and (n, dimension). Each passage is read on its own: beside longer ones it would be
        padded, and scored a little otherwise.
        """
        start, stop = self._tokenizer.encode("").ids
        row = [start, *asked, stop, *passage.ids[: LONGEST - len(asked) - 3], stop]
        ids, mask = padded([row])
        before = len(asked) + 2
        kinds = mask.copy()
        kinds[:, :before] = 0
        [scores], [states] = self._session.run(
            None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}
        )
        return scores[before:-1], states[before:-1]


def told(answer: str) -> str:
    """Return the words of a short answer, to tell whether another gives the same."""
    return " ".join(_WORD.findall(answer.casefold()))


def unread(sentence: Sentence) -> ShortAnswer:
    """Return what stands for the short answer of a sentence that was not read."""
    return ShortAnswer(sentence.start, sentence.end, NOTHING, IRRELEVANT)


def _short_answer(sentence: Sentence, places: npt.NDArray[np.int64], scores: Floats) -> ShortAnswer:
    """Return the best short answer of a sentence: the begin and end with the highest sum of `scores`.

    The sentence is as relevant as its tokens, which stand at `places` of its article, are in the mean.
    """
    if not len(scores):
        return unread(sentence)
    begins, ends, relevant = scores.T
    ordered = np.triu(np.ones((len(begins), len(begins)), dtype=bool))
    allowed = ordered & ~np.triu(ordered, LONGEST_ANSWER)
    sums = np.where(allowed, begins[:, None] + ends, -np.inf)
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    start, end = whole(sentence, int(places[first, 0]), int(places[last, 1]))
    return ShortAnswer(start, end, float(sums[first, last]), float(relevant.mean()))


def whole(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return where the short answer from `start` to `end` stands without a cut number, word or bracket.

    A token may end within "65,536 bytes", and an answer within "25 (or 87.5 percent)".
    """
    text, offset = sentence.text, sentence.start
    spans = [(offset + each.start(), offset + each.end()) for each in _UNCUT.finditer(text)]
    start = next((first for first, last in spans if first < start < last), start)
    end = next((last for first, last in spans if first < end < last), end)
    said = text[start - offset : end - offset]
    if said.count("(") > said.count(")"):
        close = text.find(")", end - offset, end - offset + LONGEST_BRACKET)
        before = said[: said.rindex("(")].rstrip()
        end = offset + close + 1 if close >= 0 else start + len(before or said)
    return start, end


def pooled(
    passages: Sequence[Passage], found: Sequence[tuple[ShortAnswer, ...]]
) -> list[tuple[ShortAnswer, ...]]:
    """Return what was `found` in each of `passages`, with the probabilities of the same words added up.

    As those of pointers to the same word are (Kadlec et al., 2016).
    """
    words = [
        [told(passage.article.text[each.start : each.end]) for each in answers]
        for passage, answers in zip(passages, found, strict=True)
    ]
    total: dict[str, float] = {}
    for said, answer in zip(chain(*words), chain(*found), strict=True):
        total[said] = float(np.logaddexp(total.get(said, -np.inf), answer.score))
    return [
        tuple(
            replace(each, score=total[said]) if each.score > NOTHING else each
            for said, each in zip(row, answers, strict=True)
        )
        for row, answers in zip(words, found, strict=True)
    ]


def load_reader(settings: Settings) -> Reader | None:
    """Load the packaged reader where `settings` want it. Raises ModelError when it is not there."""
    return Reader() if settings.reader and settings.language == "en" else None
