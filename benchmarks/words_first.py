"""How soon a new index can be asked, and what a killed build loses.

    python benchmarks/words_first.py --corpus FOLDER [--kills 3]

Starts `rag build` on an empty index as a process of its own, and looks when a snapshot is in use and when the
process ends. Then builds anew, kills the build while it embeds, as often as is said, and lets a last one end:
what is embedded more than once was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from rag.errors import SnapshotError
from rag.index import snapshots
from rag.index.batches import Batches
from rag.index.manifests import Manifest

LOOK = 0.05
"""Seconds between two looks."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        first(given.corpus, Path(folder, "first"))
        if given.kills:
            killed(given.corpus, Path(folder, "killed"), given.kills)


def first(corpus: Path, index: Path) -> None:
    """Print when a new index can be asked."""
    started, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    build = begun(corpus, index)
    manifest = awaited(index, build)
    asked = time.monotonic() - started
    print(f"{manifest.articles:,} articles, {manifest.passages:,} passages")
    used_so_far = processor_time(build.pid)
    print(f"can be asked by words after {asked:.1f} s, {used_so_far:.1f} s of processor time", flush=True)
    build.wait()
    whole, now = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"is whole after {whole:.1f} s; words took {asked / whole:.2f} of that")
    print(f"processor time of all of it: {now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime:.1f} s")


def killed(corpus: Path, index: Path, kills: int) -> None:
    """Print how many passages were embedded in vain by builds that were killed."""
    committed = 0
    for number in range(kills):
        build = begun(corpus, index)
        manifest = awaited(index, build)
        part = manifest.passages * (number + 1) // (kills + 2)
        while build.poll() is None and there(index) < part:
            time.sleep(LOOK)
        build.kill()
        build.wait()
        committed = there(index)
        print(f"killed with {committed:,} of {manifest.passages:,} passages on the disk", flush=True)
    report = json.loads(subprocess.check_output(command(corpus, index), env=environment()))
    again = report["embedded"] + committed - report["passages"]
    print(f"the last build embedded {report['embedded']:,}; {again:,} were embedded again")


def processor_time(process: int) -> float:
    """Return the seconds of processor time of a process and of those it started that ended (Linux alone)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def command(corpus: Path, index: Path) -> list[str]:
    return [sys.executable, "-m", "rag", "build", "--json", "--corpus", str(corpus), "--index", str(index)]


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("RAG_")}


def begun(corpus: Path, index: Path) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command(corpus, index), env=environment(), stdout=quiet, stderr=quiet)


def awaited(index: Path, build: subprocess.Popen[bytes]) -> Manifest:
    """Return the manifest of the first snapshot in use."""
    while build.poll() is None:
        with suppress(SnapshotError):
            return snapshots.in_use(index)[1]
        time.sleep(LOOK)
    return snapshots.in_use(index)[1]


def there(index: Path) -> int:
    """Return how many passages have vectors on the disk."""
    with suppress(SnapshotError):
        manifest = snapshots.in_use(index)[1]
        committed = sum(1 for _ in Batches(index).read(manifest.recipe.model_sha256))
        return (manifest.embedded or 0) + committed
    return 0


if __name__ == "__main__":
    main()
