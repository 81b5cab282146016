"""Gradio's import without the type stubs that it writes beside its own files each time.

They serve editors, cost more than a third of the import, and would have to be written where it is installed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

WRITER = "gradio.component_meta"


def leave_unwritten() -> None:
    """Let a later `import gradio` write no stubs; one that was before is left as it is."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(PathFinder):
    """Finds the one module that writes the stubs, and loads it without its writing."""

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != WRITER or (found := PathFinder.find_spec(fullname, path, target)) is None:
            return None
        found.loader = _Loader(fullname, str(found.origin))
        return found


class _Loader(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        module.create_or_modify_pyi = _unwritten  # type: ignore[attr-defined]


def _unwritten(component: type, name: str, events: Sequence[object]) -> None:
    """Stand for Gradio's create_or_modify_pyi."""
