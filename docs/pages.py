"""Files outside docs/ to pages of the site, and links of the repository to links of the site.

A hook of mkdocs.yml. The text stands once, where a forge shows it, and its links work in both places.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

ROOT = Path(__file__).parents[1]

OUTSIDE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "corpus/README.md": "corpus.md",
    "rag/answer/reader/MODEL_CARD.md": "reader.md",
    "training/README.md": "training.md",
}
"""Files by their paths in the repository, and the pages that they become."""

LINK = re.compile(r"\]\((?P<target>[^)#\s:]+)(?P<anchor>#[^)\s]*)?\)")


def on_files(files: Any, config: Any) -> Any:
    """Add a page for each file of OUTSIDE."""
    for path, page in OUTSIDE.items():
        text = (ROOT / path).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=linked(text, path=path, page=page)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Return the text of a page in docs/ with the links of the site."""
    place = page.file.src_uri
    return markdown if place in OUTSIDE.values() else linked(markdown, path=f"docs/{place}", page=place)


def linked(text: str, *, path: str, page: str) -> str:
    """Return `text`, which stands at `path` in the repository, with its links as they are from `page`."""

    def link(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), found["target"]))
        place = OUTSIDE.get(target) or target.removeprefix("docs/")
        return f"]({posixpath.relpath(place, posixpath.dirname(page) or '.')}{found['anchor'] or ''})"

    return LINK.sub(link, text)
