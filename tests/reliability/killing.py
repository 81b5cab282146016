"""Builds that are killed: the folder of an index as each left it, whatever it was doing.

    python tests/reliability/killing.py [--times 200] [--seed 1]

kills as many builds of a small corpus at random instants, half of them first builds, and checks what is left:
it answers as before or as afterwards, and the next build brings it to its end.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from conftest import ToyEmbedder

from rag import build as building
from rag.chat import Chat
from rag.corpus.folder import Corpus, read_folder
from rag.errors import SnapshotError
from rag.index import snapshots
from rag.output.json import as_json
from rag.settings import Settings

VILLAGES = 12
QUESTIONS = ("What is Tea made from?", "Who is the miller of village7?")
BATCH = 1
"""Batches of eight passages, so that a build has several."""


def write_corpus(corpus: Path, *, changed: bool) -> None:
    """Write some articles into `corpus`; once `changed`, one says something else and there are more."""
    corpus.mkdir(exist_ok=True)
    for number in range(VILLAGES + 12 * changed):
        text = f"Village{number} has a mill. The miller of village{number} is called Miller{number}."
        (corpus / f"village{number:02}.md").write_text(text, encoding="utf-8")
    tea = "Tea is made from herbs, some say." if changed else "Tea is made from leaves."
    (corpus / "tea.md").write_text(
        f"---\ntitle: Tea\n---\n{tea} Green tea is not oxidised.", encoding="utf-8"
    )


@dataclass(frozen=True)
class Case:
    """An index to be built, the answers it gives before and those it gives afterwards."""

    settings: Settings
    before: list[object] | None
    """None where there is none before."""
    after: list[object]

    def state(self, folder: Path) -> Case:
        """Return the same case for what a killed build left in `folder`."""
        return replace(self, settings=replace(self.settings, index=folder))


def answers(settings: Settings, embedder: ToyEmbedder) -> list[object]:
    chat = Chat.open(settings, embedder)
    said = [as_json(chat.ask(question)) for question in QUESTIONS]
    return [each["statements"][0]["text"] if each["answered"] else None for each in said]


def trouble(case: Case) -> str | None:
    """Return what is wrong with what a killed build left; None when nothing is."""
    toy, settings = ToyEmbedder(), case.settings
    try:
        found = answers(settings, toy)
        if found not in (case.before, case.after):
            return f"answers neither as before nor as afterwards: {found}"
    except SnapshotError as error:
        if case.before is not None or not str(error).startswith("no index in"):
            return f"does not answer: {error}"
    building.build(settings, embedder=toy)
    if answers(settings, toy) != case.after:
        return "does not answer as it should after another build"
    name = snapshots.current(settings.index)
    odd = {path.name for path in settings.index.iterdir()} - {"CURRENT", "snapshots", "build.lock"}
    if odd or not (settings.index / "snapshots" / str(name) / "overview.json").is_file():
        return f"is not as a build leaves it: {sorted(odd)}"
    return None


def cases(folder: Path) -> tuple[Case, Case]:
    """Return a first build, and one of an index that is there, of a corpus in `folder` which was read."""
    corpus = folder / "corpus"
    settings = Settings(corpus=corpus, index=folder / "index", passage_tokens=16, reader=False, batch=BATCH)
    write_corpus(corpus, changed=False)
    building.build(settings, embedder=ToyEmbedder())
    before = answers(settings, ToyEmbedder())
    write_corpus(corpus, changed=True)
    other = replace(settings, index=folder / "after")
    building.build(other, embedder=ToyEmbedder())
    after = answers(other, ToyEmbedder())
    assert before != after
    return Case(replace(settings, index=folder / "none"), None, after), Case(settings, before, after)


def read_once(settings: Settings) -> Callable[[], None]:
    """Have builds take the corpus as it is now from memory, so that they take tenths of a second."""
    found = read_folder(settings.corpus)
    known = building.read_folder  # type: ignore[attr-defined]
    building.read_folder = partial(read_again, found)  # type: ignore[attr-defined]

    def again() -> None:
        building.read_folder = known  # type: ignore[attr-defined]

    return again


def read_again(found: Corpus, *_: object, only: Container[str] | None = None, **__: object) -> Corpus:
    """Return of what was `found` the articles of the files that are asked for."""
    articles = [article for article in found.articles if only is None or article.id in only]
    return replace(found, articles=tuple(articles))


def build_once(settings: Settings, found: Corpus) -> None:
    """Build in a process that may be killed."""
    building.read_folder = partial(read_again, found)  # type: ignore[attr-defined]
    building.build(settings, embedder=ToyEmbedder())


def kill(case: Case, found: Corpus, folder: Path, seconds: float) -> tuple[Case, bool]:
    """Build a copy of the index of `case` in `folder`, kill that after `seconds`; say if it was alive."""
    if case.before is not None:
        shutil.copytree(case.settings.index, folder)
    killed = case.state(folder)
    process = multiprocessing.get_context("forkserver").Process(
        target=build_once, args=(killed.settings, found)
    )
    process.start()
    process.join(seconds)
    alive = process.is_alive()
    if alive and process.pid:
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    return killed, alive


def random_kills(
    both: Sequence[Case], times: int, seed: int, folder: Path, say: Callable[[str], object] = lambda _: None
) -> Sequence[str]:
    """Kill so many builds of `both` cases in turn at random instants; return what was wrong afterwards."""
    chance = random.Random(seed)
    multiprocessing.get_context("forkserver").set_forkserver_preload(["killing"])
    found = read_folder(both[0].settings.corpus)
    longest = []
    for case in both:  # how long one takes when nobody kills it
        started = time.monotonic()
        kill(case, found, folder / "timed", 600)
        longest.append(time.monotonic() - started)
        shutil.rmtree(folder / "timed")
    wrong: list[str] = []
    left: Counter[str] = Counter()
    for number in range(times):
        case, most = both[number % 2], longest[number % 2]
        killed, alive = kill(case, found, folder / "killed", chance.uniform(0, most))
        left["killed" if alive else "had ended"] += 1
        if said := trouble(killed):
            wrong.append(said)
            say(said)
        shutil.rmtree(killed.settings.index, ignore_errors=True)
    say(f"{left['killed']} killed, {left['had ended']} had ended; {len(wrong)} wrong afterwards")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        both = cases(Path(name))
        read_once(both[0].settings)
        return int(bool(random_kills(both, given.times, given.seed, Path(name), print)))


if __name__ == "__main__":
    import killing  # under its own name, so that another process finds what it is to do

    sys.exit(killing.main())
