"""Files written so that a killed program or a power cut leaves the old content or the new, and no half."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of what is at `path`, a file or nothing, in one step that lasts.

    It is written to a hidden file beside it first; what a killed program left there is deleted. Raises
    OSError when it cannot be written.
    """
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)  # a link would lead elsewhere
    new.write_bytes(content)
    if path.exists():
        shutil.copymode(path, new)
    sync(new)
    new.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Return when what was written to the file at `path`, or the names in the folder there, is on disk."""
    if path.is_dir() and os.name == "nt":  # Windows opens no folder
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)
