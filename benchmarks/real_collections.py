"""Labelled questions about real collections that are not ours to ship: a verdict each, and totals.

    git clone https://github.com/carpentries/carpentries.org CLONES/carpentries.org
    python benchmarks/real_collections.py CLONES [--further | --collection NAME] [--kept FOLDER]

docs/asked.md names the repositories to clone, those of the first five collections and of the further ones.
Each is laid out from its clone, at the commit that is named here, and indexed in a temporary folder, or in
FOLDER to look at it and to build on it. The questions stand in tests/retrieval/real_collections: the id of
each says its part ("dev" was looked at while Footnote changed, "held" was not), its kind and its number. They
hold no more of the articles than the few words that tell a right sentence.
"""

from __future__ import annotations

import argparse
import io
import math
import random
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

import docx
from labelled_questions import FIRST, LATER, REFUSED, RIGHTLY, Judged, asked

from rag.build import build
from rag.chat import Chat
from rag.settings import Settings

QUESTIONS = Path(__file__).parents[1] / "tests" / "retrieval" / "real_collections"
TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
SCORE = 1.96
"""Standard deviations on each side of an interval that holds 95%."""

Files = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Clone:
    """A repository at one commit."""

    folder: Path
    commit: str

    def paths(self, below: str, pattern: str) -> list[str]:
        """Return the files below a folder, or of all, whose path matches."""
        listed = self._git("ls-tree", "-r", "--name-only", self.commit, *filter(None, [below])).decode()
        return [path for path in listed.splitlines() if re.search(pattern, path)]

    def read(self, path: str) -> bytes:
        """Return what a file holds."""
        return self._git("show", f"{self.commit}:{path}")

    def _git(self, *arguments: str) -> bytes:
        return subprocess.run(
            ["git", "-C", str(self.folder), *arguments], stdout=subprocess.PIPE, check=True
        ).stdout


@dataclass(frozen=True, slots=True)
class Collection:
    """What its files are, and where they come from."""

    name: str
    repository: str
    commit: str
    files: Callable[[Clone], Files]


def posts(clone: Clone) -> Files:
    """Yield the posts of 2024, in Markdown: the news of an association."""
    for path in clone.paths("content/posts/2024/", r"\.md$"):
        yield path.removeprefix("content/posts/").replace("/", "-"), clone.read(path)


def minutes(clone: Clone) -> Files:
    """Yield the minutes of a council's meetings from 2018 to 2021, in Markdown."""
    for path in clone.paths("minutes/", r"EC-minutes"):
        yield Path(path).name, clone.read(path)


def essays(clone: Clone) -> Files:
    """Yield every second essay of a museum's book on the things that artists owned, in Markdown."""
    for path in clone.paths("content/things/", r"(?<!/index)\.md$")[::2]:
        yield Path(path).name, clone.read(path)


def papers(clone: Clone) -> Files:
    """Yield 22 papers of a journal, in PDF."""
    for number in PAPERS:
        yield f"{number}.pdf", clone.read(f"10.5281_zenodo.{number}/article.pdf")


def chapters(clone: Clone) -> Files:
    """Yield the entries of five chapters of a history of diplomacy, from TEI made Word files."""
    for chapter in CHAPTERS:
        for entry in ElementTree.fromstring(clone.read(f"chapters/{chapter}.xml")).iter(f"{TEI}div"):
            if entry.find(f"{TEI}head") is not None:
                yield f"{chapter}-{entry.get(XML_ID)}.docx", word_file(entry)


def drawn(pattern: str, count: int) -> Callable[[Clone], Files]:
    """Return what yields `count` files whose path matches, drawn at random; a name holds its folders."""

    def files(clone: Clone) -> Files:
        found = clone.paths("", pattern)
        random.Random(DRAW).shuffle(found)
        long = ((path, held) for path in found if len(held := clone.read(path)) >= SHORTEST)
        for path, held in islice(long, count):
            yield path.split("/", 1)[-1].replace("/", "_"), held

    return files


def issues(clone: Clone) -> Files:
    """Yield 38 articles of a magazine, a page in HTML each."""
    for path in PAGES:
        yield f"{Path(path).name}.html", clone.read(f"{path}.html")


def word_file(entry: ElementTree.Element) -> bytes:
    """Return an entry as a Word file: its head as the title, emphasised paragraphs as headings."""
    document = docx.Document()
    title = words(entry.find(f"{TEI}head"))
    document.add_heading(title, 0)
    document.core_properties.title, document.core_properties.author = title, ""
    for paragraph in entry.iter(f"{TEI}p"):
        text = words(paragraph)
        if text and words(paragraph.find(f"{TEI}hi")) == text:
            document.add_heading(text, 1)
        elif text:
            document.add_paragraph(text)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def words(element: ElementTree.Element | None) -> str:
    """Return the text of an element on one line; empty without one."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


PAPERS = (
    "3069619 3158244 3234524 3528175 3630224 3763416 3886412 3886447 3886628 3886739 3889694 3904595 3943750 "
    "3959516 3972130 4022361 4022518 4081202 4290512 4617894 5347786 6255131"
).split()
CHAPTERS = ("1784-1800", "1830-1860", "1861-1865", "1866-1898", "1899-1913")
COLLECTIONS = (
    Collection("news", "carpentries.org", "68751fe788b156b50ef911539aef3d0cb876a3e0", posts),
    Collection("minutes", "executive-council-info", "a5eb10c545bbecf1084549ae3b81e0b7c2013f93", minutes),
    Collection("things", "artists-things", "22410f87eb60373570dcfbd80f95d7846112fcf3", essays),
    Collection("diplomacy", "milestones", "d0a1f8c9fd2bb6af8efd45eead38e7524ad98169", chapters),
    Collection("papers", "articles", "c25a216c971a1188f18687ec1c404280f190881d", papers),
)

DRAW = 11
SHORTEST = 900
"""Bytes of an article that is drawn."""
PAGES = (
    "102/pramode 103/oregan2 106/chirico 107/odonovan 108/oregan 108/seymour 108/youngman 110/park "
    "113/kapil 114/qubism 115/orr 124/smith 126/howell 132/dempster 133/cherian 135/knaggs 136/anonymous "
    "137/lazar 139/brownss 141/collinge 148/moen 149/dyckoff 150/melinte 150/pfeiffer 151/dokopnik "
    "154/townsend 157/amurray 160/okopnik 161/prestia 162/xkcd 164/laycock 164/sephton 166/silva "
    "166/ziemann 171/firefox 173/grebler1 173/hoogland 176/grebler "
).split()
FURTHER = (
    Collection(
        "certificates",
        "letsencrypt-website",
        "b89871ef735cbb447f8d72c86146fcc8e62fc4ab",
        drawn(r"^content/en/(?:post|docs)/.*\.md$", 80),
    ),
    Collection(
        "optech",
        "bitcoinops.github.io",
        "082bd77bb8008b8a31df390d0a515f4b6413b082",
        drawn(r"^_posts/en/newsletters/.*\.md$", 40),
    ),
    Collection("kent", "kent", "6e8f769d79b4a461cb11e59f01daccd82dd0b607", drawn(r"\.md$", 70)),
    Collection(
        "code", "publiccode-blog", "d374e21310362ba12c879289156d2080b78f79f1", drawn(r"^_posts/.*\.md$", 80)
    ),
    Collection(
        "agency",
        "18f.gsa.gov",
        "0a55c75e6d9bc71c80136a3867dac52356177443",
        drawn(r"^content/posts/.*\.md$", 80),
    ),
    Collection("gazette", "lg", "af1e21053fc7b12eddead4dd1884a5b66346e19d", issues),
    Collection(
        "rust",
        "blog.rust-lang.org",
        "0243724c2e50ad2b7ebd3d9dbc7cd88aed7605a3",
        drawn(r"^content/.*\.md$", 70),
    ),
    Collection(
        "ropensci",
        "roweb3",
        "d84b7eb675f82b6282411055374bd1a7c16b4b5a",
        drawn(r"^content/(?:blog|technotes)/.*\.md$", 70),
    ),
    Collection(
        "parish", "carrigtwohill-website", "3af2a7bf490b9b04fc98e16aa4131b2f34f1ddc0", drawn(r"\.md$", 80)
    ),
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clones", type=Path)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--further", action="store_true", help="those beside the first five")
    which.add_argument("--collection", choices=[each.name for each in (*COLLECTIONS, *FURTHER)])
    parser.add_argument("--kept", type=Path, help="a folder that keeps the articles and their indexes")
    given = parser.parse_args()
    chosen: Sequence[Collection] = FURTHER if given.further else COLLECTIONS
    if given.collection:
        chosen = [each for each in (*COLLECTIONS, *FURTHER) if each.name == given.collection]
    judged: list[Judged] = []
    print("| Collection | Part | Kind | Question | Verdict | Shown as | Probability |\n" + "| --- " * 7 + "|")
    for collection in chosen:
        for each in verdicts(collection, given.clones, given.kept):
            part, kind, _ = each.question.id.split(", ")
            cells = (collection.name, part, kind, each.question, each.verdict, each.shown_as)
            print("| " + " | ".join(map(str, (*cells, f"{each.confidence:.2f}"))) + " |", flush=True)
            judged.append(each)
    print(f"\n{totals(judged)}\n\n{by_kind(judged)}")


def verdicts(collection: Collection, clones: Path, kept: Path | None) -> Iterator[Judged]:
    """Build the index of a collection and ask its questions."""
    with tempfile.TemporaryDirectory() as folder:
        home = kept or Path(folder)
        settings = Settings(corpus=home / collection.name, index=home / "index" / collection.name)
        lay_out(collection, clones, settings.corpus)
        build(settings)
        yield from asked(Chat.open(settings), QUESTIONS / f"{collection.name}.jsonl")


def lay_out(collection: Collection, clones: Path, corpus: Path) -> None:
    """Write the articles of a collection into the folder `corpus`."""
    corpus.mkdir(parents=True, exist_ok=True)
    for name, content in collection.files(Clone(clones / collection.repository, collection.commit)):
        (corpus / name).write_bytes(content)


def totals(judged: Sequence[Judged]) -> str:
    """Return what the verdicts come to, with 95% intervals, by part and in all."""
    parts = {"dev": "dev, ", "held": "held, ", "both": ""}
    rows = [f"| | {' | '.join(parts)} |", "| --- " * (len(parts) + 1) + "|"]
    columns = [
        measured([one for one in judged if one.question.id.startswith(part)]) for part in parts.values()
    ]
    rows += [f"| {name} | {' | '.join(each[name] for each in columns)} |" for name in columns[0]]
    return "\n".join(rows)


def measured(judged: Sequence[Judged]) -> dict[str, str]:
    """Return the share of each verdict that has a bar."""
    answerable = [each for each in judged if not each.question.unanswerable]
    unanswerable = [each for each in judged if each.question.unanswerable]
    return {
        "first quote right": share(answerable, lambda each: each.verdict == FIRST),
        "right and shown": share(answerable, lambda each: each.verdict in (FIRST, LATER)),
        "wrongly refused": share(answerable, lambda each: each.verdict == REFUSED),
        "of the answerable, shown as likely": share(answerable, lambda each: each.shown_as == "likely"),
        "refused rightly": share(unanswerable, lambda each: each.verdict == RIGHTLY),
    }


def by_kind(judged: Iterable[Judged]) -> str:
    """Return how the questions of each kind fared, the answerable ones."""
    kinds: dict[str, list[Judged]] = {}
    for each in judged:
        if not each.question.unanswerable:
            kinds.setdefault(each.question.id.split(", ")[1], []).append(each)
    rows = ["| Kind | Questions | Right first | Right and shown | Refused |", "| --- " * 5 + "|"]
    for kind, found in sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        given = [each.verdict for each in found]
        shown = given.count(FIRST) + given.count(LATER)
        rows.append(f"| {kind} | {len(given)} | {given.count(FIRST)} | {shown} | {given.count(REFUSED)} |")
    return "\n".join(rows)


def share(judged: Sequence[Judged], holds: Callable[[Judged], bool]) -> str:
    """Return a share as its count, per cent and 95% interval."""
    count, total = sum(map(holds, judged)), len(judged)
    if not total:
        return "none asked"
    low, high = wilson(count, total)
    return f"{count} of {total}, {count / total:.0%} [{low:.0%}, {high:.0%}]"


def wilson(count: int, total: int) -> tuple[float, float]:
    """Return the 95% interval of a share of `total` (Wilson, 1927), which holds where a share is 0 or 1."""
    centre = (count + SCORE**2 / 2) / (total + SCORE**2)
    half = SCORE / (total + SCORE**2) * math.sqrt(count * (total - count) / total + SCORE**2 / 4)
    return centre - half, centre + half


if __name__ == "__main__":
    main()
