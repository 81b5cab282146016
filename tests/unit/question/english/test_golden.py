"""All that English tells of many questions, conversations and sentences, compared with files that were read.

After a change that is meant, write them anew and read the difference:

    python -m pytest tests/unit/question/english/test_golden.py --renew-golden && git diff
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT, ToyEmbedder

from rag.index.sentences import split_sentences
from rag.question import english
from rag.types import Turn

FILES = Path(__file__).parent / "golden"
LABELS = ROOT / "tests" / "retrieval"
PUBLISHED, TODAY = (date(2018, 1, 5), date(2026, 3, 1)), date(2026, 3, 10)
EVERY = 3
"""Of the sentences of the sample articles."""
ANSWER = "The ship Ellen of the Bank of Norway left in May with Jonas Brekk and Clara Benholt, its captain."
"""To every question: what a pronoun may mean is then somebody it names."""


def questions() -> Iterator[str]:
    """Yield what is told of each example of a kind of question."""
    for file in sorted((LABELS / "kinds").glob("*.txt")):
        for question in file.read_text(encoding="utf-8").splitlines():
            kind = english.kind(question)
            times = english.words_of_time(question, PUBLISHED, today=TODAY)
            told = {
                "kind": kind and {"name": kind.name, **kind.parts},
                "names": english.named(question),
                "yes or no": english.is_for_yes_or_no(question),
                "denies": english.denies(question),
                "units": len(english.units(question)),
                "times": [
                    (each.words, f"{each.since}/{each.until}", each.newest, each.firm) for each in times
                ],
                "of now": english.is_of_now(question),
            }
            yield line(question, told)


def conversations() -> Iterator[str]:
    """Yield what each follow-up may mean after no answer and after one, as far as the toy model tells."""
    for labelled in (LABELS / "followups.jsonl").read_text(encoding="utf-8").splitlines():
        *turns, last = json.loads(labelled)["turns"]
        told = {
            name: english.standalone(last, [Turn(question, answer) for question in turns], ToyEmbedder())
            for name, answer in (("meant", ""), ("after an answer", ANSWER))
        }
        yield line(f"{' / '.join(turns)} / {last}", told)


def sentences() -> Iterator[str]:
    """Yield what is told of every few sentences of the sample articles."""
    for file in sorted((ROOT / "corpus").rglob("*/*.md")):
        text = file.read_text(encoding="utf-8").split("---\n", 2)[-1]
        for start, end in split_sentences(text)[::EVERY]:
            sentence = text[start:end]
            names = list(english.names_in(sentence))
            roles = [english.role_of(sentence, *name) for name in names]
            told = {
                "alone": english.stands_alone(sentence),
                "author": english.author_speaks(sentence),
                "names": [sentence[slice(*name)] for name in names],
                "roles": [sentence[slice(*role)] for role in roles if role],
                "figures": [
                    f"{each.measure} {each.low:.6g} {each.high:.6g}".strip()
                    for each in english.CLAIMS.quantities(sentence)
                ],
                "dates": [
                    (sentence[slice(*span)], f"{days[0]}/{days[1]}")
                    for span, days in english.dates_in(sentence, TODAY)
                ],
            }
            yield line(sentence, told)


def line(text: str, told: Mapping[str, object]) -> str:
    """Return what is told of a text, without what is empty."""
    said = {name: value for name, value in told.items() if value}
    return f"{' '.join(text.split())}\t{json.dumps(said, ensure_ascii=False)}"


@pytest.mark.parametrize("told", [questions, conversations, sentences])
def test_all_is_told_as_it_was(
    told: Callable[[], Iterator[str]], golden: Callable[[Path, str], None]
) -> None:
    golden(FILES / f"{told.__name__}.txt", "\n".join(told()) + "\n")
