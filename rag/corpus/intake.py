"""What people add to the corpus, correct in it and take out of it: files, and pages of the web.

What is added lies in the sub-folder ADDED, so that it is a collection of its own; what is removed lies in the
hidden sub-folder REMOVED, which is not read. The index follows with the next build.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from filelock import FileLock

from rag.corpus import corrections, filters, formats, web
from rag.corpus.corrections import Corrections
from rag.corpus.folder import LARGEST, content_of, is_beir, paths, too_large
from rag.corpus.formats import records
from rag.corpus.formats.apart import LIMITS, Limits, Pool
from rag.corpus.formats.html import saved
from rag.corpus.formats.text.characters import one_line
from rag.errors import IntakeError, ReadingError, WebError
from rag.files import advice, move, replace_file
from rag.settings import Settings
from rag.types import Article

ADDED = "added"
REMOVED = ".removed"

MOST_PAGES = 100
"""Pages that are fetched of one feed or sitemap: about two minutes of one site's time."""

MOST_LISTS = 10
"""Sitemaps that are fetched of one index of them."""

LONGEST_VISIT = 900.0
"""Seconds after which no further page of a feed or sitemap is fetched."""

SHORTEST = 200
"""Characters of a web page's article: one that needs a script or a login says less, and nothing else."""

ALIKE = 0.6
"""Words that two files of one name have in common, of all their words, from which on they are one that was
changed. Two articles of the same language on other subjects share 0.3 to 0.45, for they share small words."""

LONGEST_NAME = 150
"""Bytes of a file's name before its suffix; file systems take 255 in all."""

MEDIA = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/markdown": ".md",
}
"""What servers call the formats that are read; for all else the suffix of the address tells."""

PAGES = frozenset({".html", ".htm", ".xhtml"})

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"""[<>:"'|?*#%&`$;!\s]+""")
"""What a file system or a shell takes for a sign, and "#", which stands before the row of a table."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that lies in the corpus now."""

    path: str
    """Inside the corpus: the article's id or, of a table, what the ids of its rows begin with."""
    what: Literal["added", "updated", "unchanged"]
    """"unchanged": it was there already, letter by letter."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was not added."""

    name: str
    """Its address or file name."""
    reason: str
    """Reads on from the name: "answers 404 Not Found"."""


Result: TypeAlias = Kept | Refused


def keep(settings: Settings, name: str, content: bytes, *, limits: Limits = LIMITS) -> Kept:
    """Add a file of this `name`, which may be anything, to the corpus; nothing is lost.

    One that was added under this name before, and says much the same, is moved to REMOVED and gives way.
    Raises ReadingError, which reads on from the name, when it cannot be read within the `limits` or holds no
    article. This, `fetch` and `remove` raise IntakeError when the corpus cannot be changed.
    """
    if len(content) > LARGEST:
        raise ReadingError(too_large(len(content), LARGEST))
    name = _file_name(name)
    with Pool(records.records, limits, Corrections.read(settings.corpus).hints) as pool:
        article = _first_article(pool, name, content)
        with _writing(settings) as folder:
            if there := _same(settings.corpus, content):
                return Kept(there, "unchanged")
            older = _older(pool, folder / name, article)
            if older:
                _put_away(settings, older)
            file = older or _free(folder / name)
            replace_file(file, content)
    return Kept(f"{ADDED}/{file.name}", "updated" if older else "added")


def keep_file(settings: Settings, file: Path, *, name: str | None = None) -> Kept:
    """Add a copy of `file`, under another `name` if one is given.

    Raises as `keep` does, and ReadingError when it cannot be opened.
    """
    try:
        if not file.is_file():
            raise ReadingError("is a folder; name its files" if file.is_dir() else "is not there")
        content = content_of(file)
    except OSError as error:
        raise ReadingError(f"cannot be opened: {error.strerror or error}") from None
    return keep(settings, name or file.name, content)


def fetch(
    settings: Settings,
    address: str,
    *,
    progress: Callable[[int, int], object] = lambda done, total: None,
    pause: float = web.PAUSE,
    limits: Limits = LIMITS,
) -> Iterator[Result]:
    """Add what is at a web `address`, a page or those of a feed or sitemap; yield what became of each.

    A page that was fetched before takes the place of its older self. `progress` is told pages done and to do.
    Raises WebError or ReadingError, which read on from the address, when there is nothing to add.
    """
    private = settings.private_addresses
    found = web.get(address, private=private)
    listed = web.links(found)
    if listed is None:
        with Pool(records.records, limits) as pool:
            yield _keep_page(settings, found, pool)
        return
    visitor = web.Visitor(private=private, pause=pause)
    pages, refused = _pages(listed, visitor)
    yield from refused
    if not pages:
        raise WebError("is a feed or sitemap from which no page is known")
    if len(pages) > MOST_PAGES:
        yield Refused(address, f"lists {len(pages):,} pages; only the first {MOST_PAGES} are fetched")
    pages = pages[:MOST_PAGES]
    last = time.monotonic() + LONGEST_VISIT
    with Pool(records.records, limits) as pool:
        for done, page in enumerate(pages):
            progress(done, len(pages))
            if time.monotonic() > last:
                yield Refused(address, f"takes too long; {done} of its {len(pages)} pages were fetched")
                break
            try:
                yield _keep_page(settings, visitor.get(page), pool)
            except (WebError, ReadingError) as error:
                yield Refused(page, str(error))
    progress(len(pages), len(pages))


def told(results: Sequence[Result]) -> str:
    """Return `results` in words: "3 added, 1 already there, 1 not added"."""
    counts = Counter(result.what if isinstance(result, Kept) else "refused" for result in results)
    words = {"added": "added", "updated": "updated", "unchanged": "already there", "refused": "not added"}
    return ", ".join(f"{counts[what]:,} {said}" for what, said in words.items() if counts[what])


def remove(settings: Settings, id: str) -> Path:
    """Move the file of the article with this `id` out of the corpus's sight and return where it lies now.

    Raises IntakeError when there is none, and when it is a row of a table.
    """
    if table := _table_of(settings, id):
        raise IntakeError(f"{id} is a row; remove its whole table {table}, or edit that")
    with _writing(settings):
        place = settings.corpus / REMOVED / id
        place.parent.mkdir(parents=True, exist_ok=True)
        place = _free(place)
        move(settings.corpus / id, place)
    return place


def restore(settings: Settings, place: Path, id: str) -> None:
    """Move what `remove` moved to `place` back to where the article with this `id` was.

    Raises IntakeError when it is gone, or when there is another one by now.
    """
    with _writing(settings):
        if (settings.corpus / id).exists():
            raise IntakeError(f"{id} is there again; its older self is still in {place}")
        move(place, settings.corpus / id)


def correct(settings: Settings, id: str, wanted: Mapping[str, str]) -> None:
    """Write down which facts the article with this id is to have; an empty one takes a correction back.

    Raises IntakeError when there is no file of it, and SettingError for a fact that cannot be one.
    """
    if id not in Corrections.read(settings.corpus).articles:  # of one that is gone it can be taken back
        _table_of(settings, id)
    with _locked(settings):
        corrections.correct(settings.corpus, id, wanted)


def _table_of(settings: Settings, id: str) -> str | None:
    """Return the table that the article with this id is a row of, None for one with a file of its own.

    Raises IntakeError when there is no file of it.
    """
    known = set(paths(settings.corpus))
    if id in known:
        return None
    table = filters.collection_of(id)
    if id.startswith(f"{table}#") and table in known:
        return table
    raise IntakeError(str(filters.unknown("file", id, sorted(known))))


def _pages(listed: web.Links, visitor: web.Visitor) -> tuple[list[str], list[Refused]]:
    """Return the pages of a feed or sitemap and of its further sitemaps, and which of these gave none."""
    pages = list(listed.pages)
    refused = []
    for address in listed.lists[:MOST_LISTS]:
        if len(pages) >= MOST_PAGES:
            break
        try:
            inner = web.links(visitor.get(address))
            pages += inner.pages if inner else ()
        except (WebError, ReadingError) as error:
            refused.append(Refused(address, str(error)))
    return list(dict.fromkeys(pages)), refused


def _keep_page(settings: Settings, found: web.Fetched, pool: Pool) -> Kept:
    """Write what was `found`, in the place of its older self where it has one."""
    suffix = _suffix(found)
    content = saved(found.content, found.url, found.charset) if suffix in PAGES else found.content
    place = urlsplit(found.url)
    article = _first_article(pool, f"{PurePosixPath(place.path).stem or place.hostname}{suffix}", content)
    if suffix in PAGES and len(article.text) < SHORTEST:
        raise ReadingError(
            f"gives only {len(article.text)} characters of text; it may need a script or a login to show more"
        )
    mark = hashlib.sha256(_own_address(found.url, article.url).encode()).hexdigest()[:8]
    with _writing(settings) as folder:
        older = next(folder.glob(f"*-{mark}{suffix}"), None)
        file = older or folder / f"{_slug(article.title)}-{mark}{suffix}"
        path = f"{ADDED}/{file.name}"
        if older and older.read_bytes() == content:
            return Kept(path, "unchanged")
        replace_file(file, content)
    return Kept(path, "updated" if older else "added")


def _suffix(found: web.Fetched) -> str:
    """Return the suffix of what was `found`. Raises ReadingError when it is in no format that is read."""
    if found.content.startswith(b"%PDF-"):
        return ".pdf"
    if found.media in MEDIA:
        return MEDIA[found.media]
    with suppress(ReadingError):
        return formats.format_of(urlsplit(found.url).path)
    if b"<html" in found.content[:1024].lower():
        return ".html"
    if found.media == "text/plain":
        return ".txt"
    raise ReadingError(f"is not in a known format ({found.media!r})")


def _own_address(found: str, said: str | None) -> str:
    """Return the address that a page says it has, where nothing but the query differs: feeds add to that."""
    plain = re.compile(r"[?#].*")
    return said if said and plain.sub("", said) == plain.sub("", found) else found


def _first_article(pool: Pool, name: str, content: bytes) -> Article:
    """Return the first article of a file. Raises its first ReadingError when it has none."""
    path = f"{ADDED}/{name}"
    refused: list[ReadingError] = []
    for found in records.articles(pool.find(path, content), path):
        if isinstance(found, Article):
            return found
        if isinstance(found, ReadingError):
            refused.append(found)
    raise refused[0]


def _older(pool: Pool, file: Path, article: Article) -> Path | None:
    """Return which file was added under the name of `file` and is an older self of `article`, if any is."""
    number = 1
    named = file
    while named.is_file() and not named.is_symlink():
        with suppress(ReadingError, OSError):
            if _is_older_self(_first_article(pool, named.name, content_of(named)), article):
                return named
        number += 1
        named = file.with_name(f"{file.stem}-{number}{file.suffix}")
    return None


def _is_older_self(older: Article, newer: Article) -> bool:
    """Say whether two articles of one file name are one that was changed: by their address or their words."""
    if older.url and newer.url:
        return older.url == newer.url
    one, other = (Counter(article.text.casefold().split()) for article in (older, newer))
    return 2 * (one & other).total() >= ALIKE * (one.total() + other.total())


def _put_away(settings: Settings, file: Path) -> None:
    """Keep a copy of `file` where it is not read."""
    place = settings.corpus / REMOVED / file.relative_to(settings.corpus)
    place.parent.mkdir(parents=True, exist_ok=True)
    replace_file(_free(place), file.read_bytes())


def _file_name(name: str) -> str:
    """Return a `name` from anywhere as one that is safe here. Raises ReadingError for an unknown format."""
    name = _NOT_IN_NAMES.sub("-", one_line(re.split(r"[/\\]", name)[-1]))
    suffix = formats.format_of(name)
    stem = name[: -len(suffix)].lstrip(".~-").rstrip(".-")
    stem = f"_{stem}" if _RESERVED.match(stem) else stem
    return f"{_cut(stem) or 'article'}{suffix}"


def _slug(title: str) -> str:
    return _cut(re.sub(r"[\W_]+", "-", title.lower()).strip("-"), most=LONGEST_NAME // 2).strip("-") or "page"


def _cut(name: str, *, most: int = LONGEST_NAME) -> str:
    return name.encode()[:most].decode(errors="ignore")


def _same(folder: Path, content: bytes) -> str | None:
    """Return the path of a file below `folder` that has this content, None without any."""
    for path in paths(folder):
        file = folder / path
        with suppress(OSError):
            if file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content:
                return path
    return None


@contextmanager
def _writing(settings: Settings) -> Iterator[Path]:
    """Yield the folder of what is added, with nobody else at work there.

    Raises IntakeError when there is no corpus, and when it cannot be changed.
    """
    if is_beir(settings.corpus):
        raise IntakeError(
            f"{settings.corpus} is a collection in the layout of BEIR; only its own articles are read"
        )
    with _locked(settings):
        folder = settings.corpus / ADDED
        folder.mkdir(exist_ok=True)
        yield folder


@contextmanager
def _locked(settings: Settings) -> Iterator[None]:
    """Let nobody else change the corpus meanwhile. Raises IntakeError when it cannot be changed."""
    if not settings.corpus.is_dir():
        raise IntakeError(f"no folder {settings.corpus}. Make it, or set RAG_CORPUS to your own")
    try:
        settings.index.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.index / "intake.lock"):
            yield
    except OSError as error:
        raise IntakeError(f"{error.filename or settings.corpus} {advice(error)}") from error


def _free(file: Path) -> Path:
    """Return `file`, with a number where there is one of its name already."""
    free, number = file, 1
    while free.exists() or free.is_symlink():
        number += 1
        free = file.with_name(f"{file.stem}-{number}{file.suffix}")
    return free
