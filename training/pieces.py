"""A large file in pieces, and back, with a hash that tells whether it is the same again.

    python -m training.pieces split FILE FOLDER --megabytes 60
    python -m training.pieces join FOLDER/FILE.pieces FILE

The pieces are called FILE.000, FILE.001 and so on; FILE.pieces beside them names the size and the SHA-256.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    apart = commands.add_parser("split")
    apart.add_argument("file", type=Path)
    apart.add_argument("folder", type=Path)
    apart.add_argument("--megabytes", type=int, default=60)
    together = commands.add_parser("join")
    together.add_argument("list", type=Path)
    together.add_argument("file", type=Path)
    given = parser.parse_args()
    if given.command == "split":
        for path in split(given.file, given.folder, given.megabytes * 10**6):
            print(path)
    else:
        join(given.list, given.file)


def split(file: Path, folder: Path, size: int) -> list[Path]:
    """Write `file` to `folder` in pieces of at most `size` bytes; return their paths, the list's last."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = file.read_bytes()
    pieces = []
    for number, at in enumerate(range(0, len(whole), size)):
        pieces.append(folder / f"{file.name}.{number:03}")
        pieces[-1].write_bytes(whole[at : at + size])
    told = {"pieces": len(pieces), "bytes": len(whole), "sha256": hashlib.sha256(whole).hexdigest()}
    listed = folder / f"{file.name}.pieces"
    listed.write_text(json.dumps(told) + "\n", encoding="utf-8")
    return [*pieces, listed]


def join(listed: Path, file: Path) -> None:
    """Write the pieces beside `listed` to `file`. Raises SystemExit when they are not what was split."""
    told = json.loads(listed.read_text(encoding="utf-8"))
    pieces = [listed.with_suffix(f".{number:03}") for number in range(told["pieces"])]
    if missing := [each.name for each in pieces if not each.exists()]:
        raise SystemExit(f"{', '.join(missing)} is missing beside {listed}; copy it there")
    whole = b"".join(each.read_bytes() for each in pieces)
    if hashlib.sha256(whole).hexdigest() != told["sha256"]:
        raise SystemExit(f"the pieces beside {listed} are not what was split; copy them again")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(whole)


if __name__ == "__main__":
    main()
