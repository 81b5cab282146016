"""The documents: their links lead somewhere, here and in the site; the first page is short, and lines are."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import figures
import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "training" / "README.md"])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
LONGEST_README = 120
LONGEST_LINE = 120


def anchors(page: Path) -> set[str]:
    """Return what a forge makes of the headings of a page."""
    headings = re.findall(r"(?m)^#+ (.+)$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_what_is_there(page: Path) -> None:
    text = re.sub(r"(?s)```.*?```", "", page.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in link:
            name, _, anchor = link.partition("#")
            target = page.parent / name if name else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_lines_fit_a_window_but_for_tables_pictures_and_code(page: Path) -> None:
    text = re.sub(r"(?s)```.*?```", "", page.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if not line.startswith(("|", "![", "    ", "<!-- figures"))]
    assert [line for line in lines if len(line) > LONGEST_LINE] == []


def test_the_first_page_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < LONGEST_README


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_context_decision_and_consequences(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"(?m)^## (.+)$", text) == ["Context", "Decision", "Consequences"]
    assert text.startswith(f"# {int(page.name[:4])}. ")


def test_decisions_are_numbered_and_listed() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\d{4}[^)]*)\)", listed) == [page.name for page in DECISIONS]


def test_tables_are_made_anew_by_the_command_above_them() -> None:
    page = "Before.\n\n<!-- figures: a.py --each; table 2 -->\n\n| old |\n| --- |\n\nAfter.\n| another |\n"
    printed = "one\n| first |\n\n| new |\n| --- |\n| 1 |\nafter"
    assert figures.commands(page) == ["a.py --each"]
    made = {"a.py --each": figures.tables(printed)}
    expected = page.replace("| old |\n| --- |\n", "| new |\n| --- |\n| 1 |\n")
    assert figures.renewed(page, made) == expected
    assert figures.renewed(page, {}) == page
    with pytest.raises(ValueError, match="printed 1 tables, not 2"):
        figures.renewed(page, {"a.py --each": figures.tables("| one |")})


def test_commands_above_tables_name_scripts_that_are_there() -> None:
    pages = figures.pages()
    named = {command for page in pages for command in figures.commands(page.read_text(encoding="utf-8"))}
    assert named
    assert figures.lost(pages) == []


def test_the_site_is_whole_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html")]
    assert len(pages) > len(DECISIONS)
    tags = re.compile(r"<(?:script|link|img|iframe)\b[^>]*//[^>]*>")
    assert [tag for page in pages for tag in tags.findall(page)] == []
    styles = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.css")]
    elsewhere = re.compile(r"(?:@import|url\()\s*['\"]?(?:https?:)?//")
    assert [found for style in styles for found in elsewhere.findall(style)] == []
