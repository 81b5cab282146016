"""How many sentences are quoted with those before them, because they cannot stand alone.

    python benchmarks/widened_quotes.py index ~/.cache/footnote/news-*

Names folders of built indexes. Counted over the sentences of 300 articles spread over each.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rag.index.opened import Index
from rag.index.sentences import split_sentences
from rag.question.english.quotes import stands_alone, widened
from rag.types import Sentence

ARTICLES = 300


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("indexes", type=Path, nargs="+")
    print("| Index | sentences | cannot stand alone | of those widened | words more |\n|" + " --- |" * 5)
    for folder in parser.parse_args().indexes:
        sentences = [
            Sentence(article, start, end)
            for article in Index.open(folder).sample(ARTICLES)
            for start, end in split_sentences(article.text)
        ]
        needy = [sentence for sentence in sentences if not stands_alone(sentence.text)]
        added = [
            len(sentence.article.text[widened(sentence)[0] : sentence.start].split()) for sentence in needy
        ]
        more = [words for words in added if words]
        print(
            f"| {folder.name} | {len(sentences):,} | {len(needy) / len(sentences):.3f}"
            f" | {len(more) / len(needy):.3f} | {sum(more) / len(more):.1f} |"
        )


if __name__ == "__main__":
    main()
