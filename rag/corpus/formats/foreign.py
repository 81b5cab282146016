"""The door through which the failures of other people's parsers come in as ReadingErrors."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from rag.errors import ReadingError

LARGEST_UNPACKED = 500_000_000
"""Bytes; an illustrated book has tens of millions, a zip bomb thousands of millions."""


CHATTERING = ("pypdfium2", "trafilatura", "htmldate")
"""Loggers of parsers that tell the terminal about every oddity they get over; what they raise is kept."""

for name in CHATTERING:
    logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def parser(kind: str) -> Iterator[None]:
    """Raise whatever a parser raises as a ReadingError that says what the file was taken for."""
    try:
        yield
    except (ReadingError, MemoryError):
        raise
    except Exception as error:  # parsers fail in ways their documentation does not list
        what = " ".join(str(error).split()) or type(error).__name__
        raise ReadingError(f"is not a readable {kind}: {what[:200]}") from error


def unzipped(content: bytes) -> zipfile.ZipFile:
    """Open `content` as a zip file, unless it would unpack to more than LARGEST_UNPACKED."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    # zipfile never reads more of a member than the size declared here, so the sum can be relied on.
    size = sum(member.file_size for member in archive.infolist())
    if size > LARGEST_UNPACKED:
        raise ReadingError(f"unpacks to {size:,} bytes, more than the {LARGEST_UNPACKED:,} that are read")
    return archive
