"""The house rules: imports point one way, heavy libraries have one door, one module prints."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import rag

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "rag"
ORDER = (
    "errors types settings files corpus index question retrieval answer build chat output evaluation doctor"
    " page cli __main__"
).split()
DOORS = {
    "sentence_transformers": "index.embedding retrieval.rerank",
    "transformers": "index.embedding",
    "onnxruntime": "index.onnx",
    "tokenizers": "index.onnx index.packaged answer.reader",
    "torch": "index.embedding retrieval.rerank",
    "faiss": "index.dense",
    "tantivy": "index.lexical",
    "sqlite3": "index.database index.milvus.records",
    "ray": "corpus.workers",
    "pymilvus": "index.milvus.store",
    "sentencex": "index.sentences",
    "gradio": "page",
    "mcp": "page",
    "trafilatura": "corpus.formats",
    "pypdfium2": "corpus.formats.pdf.glyphs",
    "httpx": "corpus.web",
    "feedparser": "corpus.web",
    "lxml": "corpus.formats.html.dom",
    "chardet": "corpus.formats.text.encodings",
    "tomlkit": "corpus.corrections",
    "pytrec_eval": "evaluation.measures",
    "sklearn": "evaluation.measures",
    "scipy": "evaluation.compare",
    "matplotlib": "evaluation.report",
}
MOST_ENTRIES = 18
"""At the top of the package: a stranger takes them in at a glance."""
MOST_LINES = 400
"""Of a module."""
LONGEST_FUNCTION = 50
"""Lines, its docstring included."""


def module_of(path: Path) -> str:
    """Return the dotted name of a module inside the package; that of a package's __init__ is the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if module_of(path):
            yield module_of(path), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield dotted names: "rag.types" for `from rag.types import Answer` and for `from rag import types`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            for name in node.names:
                below = ROOT / str(node.module).replace(".", "/") / name.name
                is_module = below.is_dir() or below.with_suffix(".py").is_file()
                yield f"{node.module}.{name.name}" if is_module else str(node.module)


def ours(tree: ast.Module) -> set[str]:
    return {name.removeprefix("rag.") for name in imported(tree) if name.startswith("rag.")}


def listed_in(text: str | None) -> list[str]:
    return [line.split()[0] for line in (text or "").splitlines() if line.startswith("    ")]


def test_every_room_has_its_place_in_the_order_and_on_the_map() -> None:
    assert {room_of(module) for module, _ in sources()} == set(ORDER)
    assert listed_in(rag.__doc__) == ORDER
    entries = [path for path in PACKAGE.iterdir() if path.name not in ("__pycache__", "py.typed")]
    assert len(entries) <= MOST_ENTRIES


@pytest.mark.parametrize("room", [room for room in ORDER if (PACKAGE / room).is_dir()])
def test_a_room_lists_what_it_holds(room: str) -> None:
    tree = ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))
    held = {path.stem for path in (PACKAGE / room).iterdir() if not path.stem.startswith("__")}
    assert set(listed_in(ast.get_docstring(tree, clean=False))) == held


def test_a_noun_has_one_meaning() -> None:
    """Those of file formats are their readers' own: a row of one is none of another."""
    found: dict[str, list[str]] = defaultdict(list)
    for module, tree in sources():
        if not module.startswith("corpus.formats"):
            for node in tree.body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    found[node.name].append(module)
    assert not {name: places for name, places in found.items() if len(places) > 1}


def test_modules_and_functions_are_read_without_much_scrolling() -> None:
    for module, tree in sources():
        assert max((node.end_lineno or 0 for node in tree.body), default=0) <= MOST_LINES, module
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                assert lines <= LONGEST_FUNCTION, f"{module}.{node.name}"


@pytest.mark.parametrize("room", ORDER)
def test_a_room_imports_only_rooms_above_it(room: str) -> None:
    allowed = set(ORDER[: ORDER.index(room) + 1])
    for module, tree in sources():
        if room_of(module) == room:
            assert {room_of(name) for name in ours(tree)} <= allowed, module


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {module: ours(tree) - {module} for module, tree in sources()}
    assert list(TopologicalSorter(graph).static_order())


def test_each_heavy_library_has_one_door() -> None:
    for module, tree in sources():
        for name in imported(tree):
            doors = DOORS.get(name.split(".")[0], module).split()
            assert any(f"{module}.".startswith(f"{door}.") for door in doors), f"{module} imports {name}"


def test_only_the_seam_knows_english() -> None:
    for module, tree in sources():
        if not module.startswith("question.english") and module != "question.language":
            assert not [name for name in ours(tree) if name.startswith("question.english")], module


def test_only_the_command_line_prints() -> None:
    for module, tree in sources():
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        if room_of(module) not in ("cli", "__main__"):
            assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "print"], module


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import rag.__main__", {"torch", "faiss", "gradio", "numpy", "httpx"}),
        (
            "import rag.chat, rag.doctor",
            {"torch", "sentence_transformers", "gradio", "trafilatura", "pypdfium2"},
        ),
    ],
)
def test_slow_doors_stay_shut_until_they_are_needed(statement: str, absent: set[str]) -> None:
    code = f"import sys; {statement}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert absent & set(loaded) == set()
