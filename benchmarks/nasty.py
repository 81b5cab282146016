"""Read every nasty file at its full size, an honest one after each, and print what became of them by format.

python benchmarks/nasty.py [--seconds 20] [--each]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "reliability"))
from nasty_files import NASTY, STORY

from rag.corpus.formats.apart import LIMITS, Limits, Pool
from rag.corpus.formats.records import articles, records
from rag.errors import ReadingError

BY_LIMIT = ("took longer", "takes more than", "gives too much", "ended the process")
HONEST = "honest.txt"


def files() -> Iterator[tuple[str, bytes]]:
    for nasty in NASTY:
        yield nasty.name, nasty.make(nasty.size)
        yield HONEST, STORY.encode()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=LIMITS.seconds, help="limit for each file")
    parser.add_argument("--each", action="store_true", help="print what became of each file too")
    given = parser.parse_args()
    counts: dict[str, Counter[str]] = {nasty.suffix: Counter() for nasty in NASTY}
    suffix, started = "", time.monotonic()
    with Pool(records, Limits(seconds=given.seconds, pace=10**12)) as pool:
        for name, outcome in pool.find_all(files()):
            found = next(articles(outcome, name), ReadingError("holds no article"))
            reason = str(found) if isinstance(found, ReadingError) else ""
            if name == HONEST:
                counts[suffix]["others lost"] += bool(reason)
                continue
            suffix = Path(name).suffix
            became = "by a limit" if reason.startswith(BY_LIMIT) else "refused" if reason else "read"
            counts[suffix].update(("tried", became))
            if given.each:
                print(f"{name}: {reason or 'read'}"[:150])
    heads = ("tried", "read", "refused", "by a limit", "others lost")
    print("| Format |", " | ".join(heads), "|")
    for format, count in (*counts.items(), ("all", sum(counts.values(), Counter()))):
        print(f"| {format} |", " | ".join(str(count[head]) for head in heads), "|")
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
