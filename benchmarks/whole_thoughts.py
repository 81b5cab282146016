"""Quotes that cut off what limits them, takes them back or replies to them, and quotes that say too much.

    python benchmarks/whole_thoughts.py

Each place of tests/retrieval/whole_thoughts.txt is a sentence quoted for a question, with what has to be
quoted with it and what may be. It is widened as the quote of an answer is. The reader learns from those
for tuning. By those for choosing, with several thresholds, that of rag/answer/limits.py is chosen. Those held
apart were not looked at meanwhile.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from rag.answer.limits import JOINED, Limits
from rag.answer.reader import Reader
from rag.types import Citation

sys.path.insert(0, str(Path(__file__).parents[1]))

from training.limits import CHOSEN, HELD, LEARNT, Place, places

THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


def main() -> None:
    limits = Limits.load(Reader())
    print("| Places | sentences behind | of them need more | cut | say too much |\n|" + " --- |" * 5)
    for name in (LEARNT, CHOSEN, HELD):
        found = [place for place in places() if place.part == name]
        alone = [place.quote for place in found]
        print(_row(name, "none", found, alone))
        for threshold in sorted({*THRESHOLDS, JOINED}) if name == CHOSEN else [JOINED]:
            with patch("rag.answer.limits.JOINED", threshold):
                whole = [place.whole(limits) for place in found]
            print(_row(name, f"those from {threshold} on", found, whole))


def _row(name: str, behind: str, found: Sequence[Place], quotes: Sequence[Citation]) -> str:
    cut = [place.is_cut(quote) for place, quote in zip(found, quotes, strict=True)]
    exceeded = [place.is_exceeded(quote) for place, quote in zip(found, quotes, strict=True)]
    needing = sum(bool(place.needed) for place in found)
    return f"| {name}, {len(found)} | {behind} | {needing} | {_share(cut)} | {_share(exceeded)} |"


def _share(those: Sequence[bool]) -> str:
    return f"{sum(those)} ({sum(those) / len(those):.1%})"


if __name__ == "__main__":
    main()
