"""How long files are read, against an earlier commit: seconds of a core, the least of several rounds.

    git worktree add ../earlier COMMIT
    python benchmarks/reading_speed.py ../earlier corpus PAGES [FOLDER ...]

Both read in turn, each round in a new process, so that what else the machine does meets both alike.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 3
_READ = """
import sys, time
from pathlib import Path
from rag.corpus import formats
files = sorted(p for p in Path(sys.argv[1]).rglob("*") if p.suffix.lower() in formats.FORMATS and p.is_file())
contents = [(path.read_bytes(), path.name) for path in files]
for content, name in {name[-5:]: (content, name) for content, name in contents}.values():
    list(formats.articles(content, name))  # what is imported late
began = time.process_time()
read = sum(1 for content, name in contents for _ in formats.articles(content, name))
print(len(files), time.process_time() - began)
"""


def seconds(code: Path, folder: Path) -> tuple[int, float]:
    """Return how many files of known formats are in `folder`, and how long the `code` there reads them."""
    run = subprocess.run(
        [sys.executable, "-c", _READ, folder.resolve()],
        cwd=code,
        env={**os.environ, "PYTHONPATH": str(code.resolve()), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    files, spent = run.stdout.split()
    return int(files), float(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("earlier", type=Path, help="a checkout of the earlier commit")
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args()
    for folder in arguments.folders:
        rounds = [(seconds(arguments.earlier, folder), seconds(ROOT, folder)) for _ in range(ROUNDS)]
        before, now = (min(each[side][1] for each in rounds) for side in (0, 1))
        files = rounds[0][1][0]
        print(f"{folder}: {files} files, {before:.2f} s before, {now:.2f} s now, {now / before:.2f} times")


if __name__ == "__main__":
    main()
