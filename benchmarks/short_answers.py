"""Measure the few words that are shown before an answer: how often, and how often right.

    python benchmarks/short_answers.py

Data: ../shared/data/squad (CC BY-SA 4.0): all questions about the articles of v2.json that took no part in
training or in fitting a refusal (see answer_weights.py). Right means that SQuAD's answer is in the words
shown with at most four words around it, or shares at least half of its words with them (F1).
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from pathlib import Path

from answer_weights import SETTINGS, Collection, evidence

from rag.answer.choose import choose
from rag.answer.reader import Reader
from rag.index.embedding import SentenceTransformerEmbedder
from rag.types import Answer

ROOM = 4
"""Words that may stand around the answer."""


def main() -> None:
    collection, reader = Collection(), Reader()
    texts = {article.id: article.text for article in collection.articles}
    shown, right = Counter[bool](), 0
    with tempfile.TemporaryDirectory() as folder:
        chat = collection.chat(Path(folder), SentenceTransformerEmbedder())
        for each in collection.held:
            question = chat.understand(each.text)
            hits = chat.retriever.find(question, k=SETTINGS.passages)
            weighed = evidence(chat, question, hits, reader)
            found = choose(question, hits, weighed, chat.index.words, SETTINGS)
            if isinstance(found, Answer) and found.short_answer:
                shown[bool(each.answers)] += 1
                right += any(is_right(found.short_answer, texts[each.article][a:b]) for a, b in each.answers)
    count = Counter(bool(each.answers) for each in collection.held)
    print(f"answerable: shown for {shown[True]} of {count[True]}, right {right / shown[True]:.3f}")
    print(f"near misses: shown for {shown[False]} of {count[False]}, never right")


def is_right(short: str, answer: str) -> bool:
    said, wanted = plain(short), plain(answer)
    if f" {' '.join(wanted)} " in f" {' '.join(said)} ":
        return len(said) <= len(wanted) + ROOM
    common = sum((Counter(said) & Counter(wanted)).values())
    return 2 * common >= 0.5 * (len(said) + len(wanted))


def plain(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w.,%$£€]*[\w%]", text.lower()) if word not in {"a", "an", "the"}]


if __name__ == "__main__":
    main()
