"""What is read of the Markdown posts below a folder: dates, titles, authors, and template code that is left.

    python benchmarks/reading_posts.py FOLDER

Template code that its file shows as code, such as a post about templates does, is there to be read: it is
counted apart from that in prose.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from rag.corpus import formats
from rag.corpus.formats.markdown.templates import code_spans
from rag.errors import ReadingError

SUFFIXES = (".md", ".markdown")
CODE = re.compile(r"(?:\{%|\{\{)\S* ?\S{0,9}")
SHOWN = 8
"""Examples of each kind."""


def left(text: str, source: str) -> dict[str, str]:
    """Return the first template code that the file shows as code, and the first other, by its place."""
    shown = [source[start:end] for start, end in code_spans(source)]
    found: dict[str, str] = {}
    for match in CODE.finditer(text):
        place = "in code" if any(match[0] in code for code in shown) else "in prose"
        found.setdefault(place, " ".join(text[max(0, match.start() - 40) : match.end() + 40].split()))
    return found


def main(folder: Path) -> None:
    counts: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for path in sorted(each for each in folder.rglob("*") if each.suffix in SUFFIXES and each.is_file()):
        id = path.relative_to(folder).as_posix()
        counts["files"] += 1
        (article,) = formats.articles(path.read_bytes(), id)
        if isinstance(article, ReadingError):
            counts["refused"] += 1
            examples.setdefault("refused", []).append(f"{id}: {article}")
            continue
        counts["read"] += 1
        for fact in ("published", "title", "author"):
            if getattr(article, fact):
                counts[f"with {fact}"] += 1
            else:
                examples.setdefault(f"without {fact}", []).append(id)
        for place, words in left(article.text, path.read_text("utf-8", "replace")).items():
            counts[f"template code {place}"] += 1
            examples.setdefault(f"template code {place}", []).append(f"{id}: {words}")
    for name, count in counts.items():
        print(f"{name:30}{count:6}")
    for name, found in examples.items():
        print(f"\n{name}")
        for words in found[:SHOWN]:
            print(f"    {words}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    main(parser.parse_args().folder)
