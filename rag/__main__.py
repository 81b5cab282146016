"""The command line: one command, its exit status."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from rag.cli.parser import given_settings, parser
from rag.errors import RagError
from rag.settings import from_environment


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a RagError is one line on standard error and status 1."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # what a terminal cannot show is spelled
        sys.stdout.reconfigure(errors="backslashreplace")
    given = parser().parse_args(arguments)
    try:
        settings = from_environment(os.environ, **given_settings(given))
        return int(given.run(settings, given))
    except RagError as error:
        print(f"rag: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output, `head` say, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a full disk, a file that may not be read
        print(f"rag: {RagError(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nrag: stopped; the index in use answers, and a build goes on where it was", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
