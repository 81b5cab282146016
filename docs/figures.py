"""The measured tables of the documents, made anew by the commands that stand above them.

    python docs/figures.py [PAGE ...] [--list]

A table is preceded by a comment, `<!-- figures: benchmarks/trec_qa.py; table 1 -->`: the command, run with
this Python in the repository, and which of the tables that it prints. Each command runs once, which takes
minutes, and all of them hours; so a page can be named. A table whose command fails stays as it is.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]

MARKED = re.compile(
    r"(?m)^<!-- figures: (?P<command>[^;\n]+?)(?:; table (?P<number>\d+))? -->\n\n?(?P<table>(?:\|.*\n)*)"
)
TABLE = re.compile(r"(?m)^(?:\|.*\n)+")


def main() -> int:
    """Renew the tables of the given pages, or of all; 1 when a command failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="*", type=Path, default=pages())
    parser.add_argument("--list", action="store_true", help="only print the commands")
    given = parser.parse_args()
    asked: dict[str, list[Path]] = defaultdict(list)
    for page in given.pages:
        for command in commands(page.read_text(encoding="utf-8")):
            asked[command].append(page)
    failed = 0
    for command, among in asked.items():
        print(command, flush=True)
        if given.list:
            continue
        done = subprocess.run(words(command), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        failed |= done.returncode != 0
        if done.returncode == 0:
            for page in among:
                text = page.read_text(encoding="utf-8")
                page.write_text(renewed(text, {command: tables(done.stdout)}), encoding="utf-8")
    return int(failed)


def pages() -> list[Path]:
    """Return the pages that may hold measured tables."""
    return sorted((ROOT / "docs").glob("*.md"))


def commands(text: str) -> list[str]:
    """Return the commands that stand above tables of a page, each once."""
    return list(dict.fromkeys(found["command"] for found in MARKED.finditer(text)))


def words(command: str) -> list[str]:
    """Return the words of a command: a module of the program (`-m rag ...`) or a script, and its options."""
    return [sys.executable, *shlex.split(command)]


def tables(printed: str) -> list[str]:
    """Return the tables in what a command printed."""
    return TABLE.findall(printed if printed.endswith("\n") else f"{printed}\n")


def renewed(text: str, made: Mapping[str, Sequence[str]]) -> str:
    """Return a page with the tables that were `made` by each command. Raises ValueError when one is not."""

    def table(found: re.Match[str]) -> str:
        command, number = found["command"], int(found["number"] or 1)
        if command not in made:
            return found[0]
        if number > len(made[command]):
            raise ValueError(f"{command} printed {len(made[command])} tables, not {number}")
        return f"{found[0].partition('-->')[0]}-->\n\n{made[command][number - 1]}"

    return MARKED.sub(table, text)


def lost(paths: Iterable[Path]) -> list[str]:
    """Return the scripts that commands name and that are not there."""
    named = [words(command)[1] for page in paths for command in commands(page.read_text(encoding="utf-8"))]
    return [name for name in named if name != "-m" and not (ROOT / name).is_file()]


if __name__ == "__main__":
    raise SystemExit(main())
