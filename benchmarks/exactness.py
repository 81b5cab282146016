"""Whether everything quoted from a folder of articles is a range of their text: as many questions as fit.

    python benchmarks/exactness.py FOLDER [FOLDER ...] [--questions 60]

Each folder is read and indexed in a temporary one. Asked are the questions that its own articles suggest, and
one of each other kind. A quote that is no exact range ends the run with its article; else the counts are
printed: articles, blocks, questions and quotes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from ranges import assert_blocks_are_exact, assert_quotes_are_exact  # noqa: E402

from rag.build import build  # noqa: E402
from rag.chat import Chat  # noqa: E402
from rag.corpus.folder import read_folder  # noqa: E402
from rag.settings import Settings  # noqa: E402
from rag.types import Article  # noqa: E402

OF_ALL = (
    "What are these articles about?",
    "Who are the key people?",
    "Timeline",
    "What is new?",
    "Where do they disagree?",
    "What is the author's view?",
    "Which articles do you have?",
    "Who wrote the newest article?",
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--questions", type=int, default=60, help="of each folder, at most")
    given = parser.parse_args()
    print("| Folder | articles | blocks | questions | quotes, all exact |\n| --- | --- | --- | --- | --- |")
    for folder in given.folders:
        print(f"| {folder.name} | {' | '.join(map(str, checked(folder, given.questions)))} |", flush=True)


def checked(folder: Path, most: int) -> tuple[int, int, int, int]:
    """Return how many articles, blocks, questions and quotes were looked at."""
    articles = {article.id: article for article in read_folder(folder).articles}
    for article in articles.values():
        assert_blocks_are_exact(article)
    with tempfile.TemporaryDirectory() as index:
        settings = Settings(corpus=folder, index=Path(index))
        build(settings)
        chat = Chat.open(settings)
        asked = list(islice(questions(chat, list(articles.values())), most))
        quotes = sum(assert_quotes_are_exact(chat.ask(each), articles) for each in asked)
    return len(articles), sum(len(each.blocks) for each in articles.values()), len(asked), quotes


def questions(chat: Chat, articles: list[Article]) -> Iterator[str]:
    """Yield questions of all kinds, then what the articles name, an article after the other."""
    yield from OF_ALL
    named = [iter(chat.language.questions_in(each.text)) for each in articles]
    while named:
        for each in list(named):
            question = next(each, None)
            if question is None:
                named.remove(each)
            else:
                yield question
    yield from (f"What is “{each.title}” about?" for each in articles)


if __name__ == "__main__":
    main()
