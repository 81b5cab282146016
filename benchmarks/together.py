"""Whether questions that come at once are better read together: by the model of vectors, and by the reader.

    python benchmarks/together.py index tests/retrieval/questions.jsonl

Names a built index and a file of questions. Eight questions are embedded, and the ten passages that each is
answered from are read, first one question after the other and then all in one batch; the ratio is that of the
two times of the same round. Below 1 a batch is cheaper. Times are the processor's, of all threads: with every
core busy they are what counts, and other work on the machine adds little to them.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from rag.answer.reader import Reader
from rag.chat import Chat
from rag.evaluation.questions import read
from rag.index.onnx import padded
from rag.settings import Settings

AT_ONCE = 8
ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    given = parser.parse_args()
    chat = Chat.open(Settings(index=given.index))
    questions = [question.text for question in read(given.questions)][:AT_ONCE]
    embed = chat.embedder.embed_questions
    print("| what | one by one, ms | together, ms | ratio |\n| --- | --: | --: | --: |")
    compare(
        f"vectors of {AT_ONCE} questions",
        lambda: [embed([question]) for question in questions],
        lambda: embed(questions),
    )
    reader = chat.reader
    assert reader is not None
    windows = [rows_of(chat, reader, question) for question in questions]
    everything = [row for rows in windows for row in rows]
    compare(
        f"the reader's windows of {AT_ONCE} questions",
        lambda: [run(reader, rows) for rows in windows],
        lambda: run(reader, everything),
    )


def compare(name: str, apart: Callable[[], object], together: Callable[[], object]) -> None:
    times = [(timed(apart), timed(together)) for _ in range(ROUNDS)]
    ratio = statistics.median(batch / single for single, batch in times)
    one, all_ = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"| {name} | {one:.0f} | {all_:.0f} | {ratio:.2f} |")


def timed(call: Callable[[], object]) -> float:
    """Return how many milliseconds of the processor `call` takes."""
    started = time.process_time()
    call()
    return 1000 * (time.process_time() - started)


def rows_of(chat: Chat, reader: Reader, question: str) -> list[Sequence[int]]:
    """Return the tokens of the passages that `question` is answered from, each with the question."""
    tokens = reader._tokenizer.encode
    passages = [hit.passage.text for hit in chat.search(question, k=chat.settings.passages).hits]
    return [tokens(question, text).ids for text in passages]


def run(reader: Reader, rows: Sequence[Sequence[int]]) -> None:
    ids, mask = padded(rows)
    reader._session.run(
        None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(mask)}
    )


if __name__ == "__main__":
    main()
