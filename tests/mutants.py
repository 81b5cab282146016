"""Small faults put into the code one at a time, and which of them its unit tests notice.

    python tests/mutants.py --sample 200

The faults are mutmut's (a number one higher, `<` for `<=`, an argument left out, a string in capitals) and
one of our own: a word left out of a list of words, or an alternative out of a pattern. mutmut's own runner is
not used. It puts every fault inside a function, behind a switch, so it knows none in a constant, a table, a
word list, a pattern or a property, and much of this code is made of those.

Each fault is tried in a process of its own, forked from one that has loaded the heavy libraries: the module
is imported with the fault in it, then the unit tests of its room run until one fails. Nothing is written to
the working tree. A fault with which the module cannot even be imported says nothing of its tests and is not
counted.

A sample draws places in the code, each equally likely, and at each place one kind of fault, then one of that
kind.
"""

from __future__ import annotations

import argparse
import difflib
import importlib.util
import math
import os
import random
import re
import resource
import signal
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Literal

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

ROOT = Path(__file__).parents[1]
ROOMS = ("rag/answer", "rag/question")
LEFT_OUT = ("rag/answer/reader",)
"""Needs the model; tests/retrieval measures it."""

PRELOADED = "numpy faiss tantivy sentencex onnxruntime yaml tqdm cachetools filelock httpx sqlite3".split()
"""Loaded once, before the first fork; nothing of `rag` is."""

SECONDS, MEMORY = 60, 8 << 30
"""Of processor time and bytes for one fault: one that never ends is noticed."""

Result = Literal["noticed", "missed", "not importable"]


@dataclass(frozen=True)
class Mutant:
    """A module with one fault in it."""

    path: Path
    """From the repository."""
    line: int
    kind: str
    tree: cst.Module
    node: cst.CSTNode
    fault: cst.CSTNode
    """What stands in place of `node`."""

    @cached_property
    def code(self) -> str:
        """The module's text with the fault."""
        changed = self.tree.deep_replace(self.node, self.fault)
        assert isinstance(changed, cst.Module)
        return changed.code

    @property
    def module(self) -> str:
        """Its dotted name."""
        return ".".join(self.path.with_suffix("").parts).removesuffix(".__init__")

    @property
    def change(self) -> str:
        """Return the lines that differ."""
        before, after = self.tree.code.splitlines(), self.code.splitlines()
        lines = difflib.unified_diff(before, after, n=0, lineterm="")
        return "\n".join(f"    {line}" for line in list(lines)[3:])


class Places(cst.CSTVisitor):
    """Collects the places of a module where a fault can be, and the faults at each of them by kind."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, int, dict[str, list[cst.CSTNode]]]] = []
        self.word_lists: set[cst.CSTNode] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Collect the faults at `node`; go on to its parts unless only type checkers or linters read it."""
        if isinstance(node, cst.Annotation | cst.Decorator) or _is_type_alias(node) or _is_all(node):
            return False
        if (
            isinstance(node, cst.Call)
            and isinstance(node.func, cst.Attribute)
            and node.func.attr.value == "split"
        ):
            self.word_lists.update(_strings(node.func.value))
        faults: dict[str, list[cst.CSTNode]] = defaultdict(list)
        for of, operator in mutation_operators:
            if isinstance(node, of):
                faults[operator.__name__.removeprefix("operator_")] += operator(node)
        if isinstance(node, cst.SimpleString):
            faults["word_left_out"] += _left_out(node, is_list=node in self.word_lists)
        faults = {kind: nodes for kind, nodes in faults.items() if nodes}
        if faults:
            self.found.append((node, self.get_metadata(PositionProvider, node).start.line, faults))
        return True


def _is_type_alias(node: cst.CSTNode) -> bool:
    return (
        isinstance(node, cst.AnnAssign)
        and isinstance(node.annotation.annotation, cst.Name)
        and node.annotation.annotation.value == "TypeAlias"
    )


def _is_all(node: cst.CSTNode) -> bool:
    """Say whether `node` lists a module's public names, each of which ruff looks for (F822)."""
    if not isinstance(node, cst.Assign):
        return False
    [first, *_] = node.targets
    return isinstance(first.target, cst.Name) and first.target.value == "__all__"


def _strings(node: cst.CSTNode) -> Iterator[cst.SimpleString]:
    if isinstance(node, cst.SimpleString):
        yield node
    elif isinstance(node, cst.ConcatenatedString):
        yield from _strings(node.left)
        yield from _strings(node.right)


def _left_out(node: cst.SimpleString, *, is_list: bool) -> Iterator[cst.SimpleString]:
    """Yield `node` without one word, if it is of a list of words, or one alternative of a pattern."""
    if is_list:
        places = [found.span() for found in re.finditer(r"(?<=[ \"])[^\s\"]+ ?(?=[^\s\"]|\"|$)", node.value)]
    elif "r" in node.prefix:
        places = [found.span() for found in re.finditer(r"\|[\w’' -]+(?=[|)])", node.value)]
        places += [found.span() for found in re.finditer(r"(?<=\(\?:)[\w’' -]+\|", node.value)]
    else:
        places = []
    for start, end in places:
        yield node.with_changes(value=node.value[:start] + node.value[end:])


def places_of(path: Path) -> list[dict[str, list[Mutant]]]:
    """Return the faults at each place of the module at `path`, by their kind."""
    wrapper = MetadataWrapper(cst.parse_module((ROOT / path).read_text(encoding="utf-8")))
    places = Places()
    wrapper.visit(places)
    return [
        {
            kind: [Mutant(path, line, kind, wrapper.module, node, fault) for fault in faults]
            for kind, faults in by_kind.items()
        }
        for node, line, by_kind in places.found
    ]


def drawn(places: Sequence[dict[str, list[Mutant]]], *, count: int, seed: int) -> list[Mutant]:
    """Return `count` faults, one a place; the same ones for the same code and `seed`."""
    chance = random.Random(seed)
    chosen = chance.sample(places, min(count, len(places)))
    return [chance.choice(by_kind[chance.choice(sorted(by_kind))]) for by_kind in chosen]


class Faulty(SourceFileLoader):
    """Finds and loads one module with a fault in it."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(ROOT / mutant.path))
        self.mutant = mutant

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Return where the module is from; None for any other."""
        return (
            importlib.util.spec_from_file_location(name, self.path, loader=self)
            if name == self.name
            else None
        )

    def get_code(self, fullname: str) -> CodeType:
        """Return the code with the fault, past any cache."""
        return compile(self.mutant.code, self.path, "exec")


def tests_of(path: Path) -> tuple[list[str], list[str]]:
    """Return the module's own test files, which are run first, and the others of its room."""
    room = ROOT / "tests/unit" / Path(*path.parts[1:2])
    names = {f"test_{part}.py" for part in (path.stem, path.parent.name, "chosen_numbers")}
    files = sorted(room.rglob("test_*.py"))
    own = [str(file) for file in files if file.name in names]
    return own, [str(file) for file in files if file.name not in names]


def tried(mutant: Mutant) -> Result:
    """Return what the tests say of `mutant`."""
    child = os.fork()
    if child == 0:
        _try_here(mutant)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "noticed"
    return {0: "missed", _NOT_IMPORTABLE: "not importable"}.get(os.WEXITSTATUS(status), "noticed")  # type: ignore[return-value]


_NOT_IMPORTABLE = 90


def _try_here(mutant: Mutant) -> None:
    """Run the tests in this process, and end it with their status."""
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(10 * SECONDS)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        sys.meta_path.insert(0, Faulty(mutant))
        try:
            importlib.import_module(mutant.module)
        except BaseException:
            os._exit(_NOT_IMPORTABLE)
        with tempfile.TemporaryDirectory() as folder:
            options = ["-x", "-q", "-p", "no:cacheprovider", f"--basetemp={folder}/t", f"--rootdir={ROOT}"]
            for files in filter(None, tests_of(mutant.path)):
                if status := int(pytest.main([*options, *files])):
                    break
    finally:
        os._exit(status)


def interval(share: float, of: int) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson, 1927)."""
    z = 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return middle - half, middle + half


def table(results: Iterable[tuple[str, Result]]) -> str:
    """Return a line for each group: how many were noticed, of how many."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for group, result in results:
        counts[group][result] += 1
    return "\n".join(
        f"  {group:45} {count['noticed']:4} of {count['noticed'] + count['missed']}"
        for group, count in sorted(counts.items())
        if count["noticed"] + count["missed"]
    )


def modules(named: Sequence[str]) -> list[Path]:
    """Return the modules in the rooms, or those `named`."""
    files = [Path(name) for name in named] or [
        file.relative_to(ROOT) for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))
    ]
    return [file for file in files if not str(file.parent).startswith(LEFT_OUT)]


def main() -> None:
    """Try faults and print those that no test notices, then how many were noticed."""
    parser = argparse.ArgumentParser(
        description="Small faults put into the code, and which the tests notice."
    )
    parser.add_argument(
        "modules", nargs="*", help="modules to try; all of rag/answer and rag/question if none"
    )
    parser.add_argument("--sample", type=int, default=200, help="how many faults to try (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws another sample (default: 1)")
    asked = parser.parse_args()
    os.chdir(ROOT)
    for name in PRELOADED:
        importlib.import_module(name)
    places = [place for path in modules(asked.modules) for place in places_of(path)]
    faults = sum(len(nodes) for place in places for nodes in place.values())
    print(f"{faults} faults at {len(places)} places; trying {min(asked.sample, len(places))}", flush=True)
    results: list[tuple[Mutant, Result]] = []
    for mutant in drawn(places, count=asked.sample, seed=asked.seed):
        result = tried(mutant)
        results.append((mutant, result))
        if result == "missed":
            print(f"missed {mutant.path}:{mutant.line} ({mutant.kind})\n{mutant.change}", flush=True)
    counted = [result for _, result in results if result != "not importable"]
    share = counted.count("noticed") / max(len(counted), 1)
    low, high = interval(share, max(len(counted), 1))
    print(table((str(mutant.path), result) for mutant, result in results))
    print(table((mutant.kind, result) for mutant, result in results))
    print(f"{len(results) - len(counted)} faults that cannot be imported were not counted")
    noticed = f"{counted.count('noticed')} of {len(counted)}, {share:.0%}"
    print(f"noticed: {noticed} (95% interval {low:.0%} to {high:.0%})")


if __name__ == "__main__":
    main()
