"""Files written so that a killed program or a power cut leaves the old content or the new, and no half."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PROBE = 1_000_000
"""Bytes by which a disk is asked whether it can be written."""


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of what is at `path`, a file or nothing, in one step that lasts.

    Raises OSError when it cannot be written; then the old content is there, and nothing beside it.
    """
    with replacing(path) as new:
        new.write_bytes(content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield where to write what takes the place of a file or nothing at `path`, in one step that lasts.

    It is a hidden file beside it; what a killed program left there is deleted, and so is what is written by
    a block that raises.
    """
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)  # a link would lead elsewhere
    try:
        yield new
        if path.exists():
            shutil.copymode(path, new)
        sync(new)
        new.replace(path)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    sync(path.parent)


def move(path: Path, to: Path) -> None:
    """Move the file at `path` to a place on the same disk, in one step that lasts. Raises OSError."""
    path.rename(to)
    sync(to.parent)
    sync(path.parent)


def remove(path: Path) -> None:
    """Delete the file, link or folder at `path`, if there is one. Raises OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Return when what was written to the file at `path`, or the names in the folder there, is on disk."""
    if path.is_dir() and os.name == "nt":  # Windows opens no folder
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def refusal(folder: Path) -> OSError | None:
    """Return why nothing can be written into `folder`; None when something can.

    Libraries say in many ways that a disk is full; the disk itself says it in one.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(PROBE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error
    return None


def advice(error: OSError) -> str:
    """Return in words why something cannot be written, and what to do about it, reading on from its name."""
    reason = error.strerror or str(error)
    return f"cannot be written ({reason}); {_ADVICE.get(error.errno or 0, 'see to that')}"


_ADVICE = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "make some room there"),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "let this user write there"),
    errno.EROFS: "let its disk be written",
    **dict.fromkeys((errno.EEXIST, errno.EISDIR, errno.ENOTDIR), "move away what is in its place"),
}
