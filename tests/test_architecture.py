"""The house rules: imports point one way, heavy libraries have one door, one module prints."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import rag

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "rag"
ORDER = (
    "errors types filters settings reading corpus web intake"
    " passages embedding snapshots vectors duplicates words index build"
    " phrases names units figures relative times kinds speech quotes conversation question rerank ranker"
    " retrieve evidence choose disagreement why catalogue contrast summarise questioning suggest chat"
    " questions measures results evaluate compare floors report export links documents doctor page __main__"
).split()
DOORS = {
    "sentence_transformers": "embedding rerank",
    "transformers": "embedding",
    "onnxruntime": "ranker",
    "tokenizers": "ranker",
    "torch": "embedding rerank",
    "faiss": "vectors",
    "tantivy": "words",
    "sqlite3": "index",
    "sentencex": "passages",
    "gradio": "page",
    "mcp": "page",
    "trafilatura": "reading",
    "pypdf": "reading",
    "httpx": "web",
    "feedparser": "web",
    "docx": "reading",
    "pytrec_eval": "measures",
    "sklearn": "measures",
    "scipy": "compare",
    "matplotlib": "report",
}


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if module_of(path) != "__init__":
            yield module_of(path), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield dotted names: "rag.types" for `from rag.types import Answer` and for `from rag import types`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "rag":
            yield from (f"rag.{name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


def test_every_module_has_its_place_in_the_order_and_on_the_map() -> None:
    modules = {module for module, _ in sources()}
    assert modules == set(ORDER)
    listed = [line.split()[0] for line in (rag.__doc__ or "").splitlines() if line.startswith("    ")]
    assert listed == ORDER


@pytest.mark.parametrize("module", ORDER)
def test_a_module_imports_only_modules_above_it(module: str) -> None:
    allowed = set(ORDER[: ORDER.index(module) + 1])
    for name, tree in sources():
        if name == module:
            used = {each.split(".")[1] for each in imported(tree) if each.startswith("rag.")}
            assert used <= allowed


def test_each_heavy_library_has_one_door() -> None:
    for module, tree in sources():
        for name in imported(tree):
            doors = DOORS.get(name.split(".")[0], module)
            assert module in doors.split(), f"{module} imports {name}; its doors are {doors}"


def test_only_the_command_line_prints() -> None:
    for module, tree in sources():
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        if module != "__main__":
            assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "print"], module


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import rag.__main__", {"torch", "faiss", "gradio", "numpy", "httpx"}),
        ("import rag.chat, rag.doctor", {"torch", "sentence_transformers", "gradio", "trafilatura", "pypdf"}),
    ],
)
def test_slow_doors_stay_shut_until_they_are_needed(statement: str, absent: set[str]) -> None:
    code = f"import sys; {statement}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert absent & set(loaded) == set()
