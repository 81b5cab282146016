"""How close in meaning passages are to a question: those that answer it, and the others found with them.

    python benchmarks/closeness.py tests/retrieval/questions.jsonl

Names files of questions or collections as `rag test` does; their indexes have to be built.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from rag.answer.explain import CLOSE, RELATED
from rag.chat import Chat
from rag.evaluation.questions import brings_articles, home, read, with_own_articles
from rag.settings import Settings

FOUND = 10


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path, nargs="+")
    print("| Questions | passages among the first ten | close | related | distant |\n|" + " --- |" * 5)
    for path in parser.parse_args().questions:
        settings = Settings()
        if brings_articles(path):
            settings = with_own_articles(settings, path, index=None, kept=home(path, os.environ))
        chat = Chat.open(settings)
        cosines: dict[str, list[float]] = {"that answer": [], "others": []}
        for question in read(path):
            if question.unanswerable or not question.names_words:
                continue
            for hit in chat.retriever.find(chat.understand(question.text), k=FOUND):
                place = hit.passage
                right = question.is_answered_by_passage(place.article, place.start, place.end)
                cosines["that answer" if right else "others"].append(hit.similarity)
        for kind, found in cosines.items():
            close = sum(each >= CLOSE for each in found) / len(found)
            related = sum(RELATED <= each < CLOSE for each in found) / len(found)
            shares = f"{close:.2f} | {related:.2f} | {1 - close - related:.2f}"
            name = "about the bundled articles" if path.stem == "questions" else path.stem
            print(f"| {name} | {kind} ({len(found):,}) | {shares} |", flush=True)


if __name__ == "__main__":
    main()
