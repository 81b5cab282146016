"""The commands, from `rag build` to `rag serve`; nothing else prints."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rag.cli.progress import bar
from rag.corpus.filters import filter_of
from rag.errors import RagError, ReadingError, WebError
from rag.output.documents import Format, document
from rag.question.times import ALL_WORDS
from rag.question.typed import whole
from rag.settings import Settings
from rag.types import Outcome, Turn, turn_of

if TYPE_CHECKING:
    from rag.build import Report
    from rag.doctor import Finding
    from rag.evaluation.results import Results


def build(settings: Settings, given: argparse.Namespace, *, emptied: bool = False) -> int:
    """Bring the index up to date and print what was done."""
    report = _built(settings, emptied=emptied, ray=getattr(given, "ray", None))
    if getattr(given, "json", False):
        print(json.dumps(_as_json(report), ensure_ascii=False))
        return 0
    for line in _lines_of(settings, report):
        print(line)
    return 0


def _built(settings: Settings, *, emptied: bool = False, ray: str | None = None) -> Report:
    """Bring the index up to date, on a Ray cluster if one is named; say on standard error how far that is."""
    from rag import build as building  # noqa: PLC0415 - torch waits until it is needed
    from rag.index.opened import holdings  # noqa: PLC0415

    def searchable(articles: int, passages: int) -> None:
        held = holdings(articles, passages)
        print(f"{settings.index}: {held} can be asked; search by meaning follows", file=sys.stderr)

    with bar("embedding", "passages") as progress:
        run = partial(building.build_on, ray) if ray else building.build
        return run(settings, progress=progress, searchable=searchable, emptied=emptied)


def _as_json(report: Report) -> dict[str, object]:
    """Return what a build did as plain values; what the articles lack is the doctor's to tell."""
    told = {each.name: getattr(report, each.name) for each in fields(report) if each.name != "health"}
    return told | {"unread": dict(report.unread), "seconds": round(report.seconds, 3)}


def _lines_of(settings: Settings, report: Report) -> Iterator[str]:
    """Yield what was done, a line each."""
    from rag.corpus import advice  # noqa: PLC0415
    from rag.corpus.folder import IN_PART  # noqa: PLC0415
    from rag.index.opened import holdings  # noqa: PLC0415

    held = holdings(report.articles, report.passages)
    if report.changed:
        work = f"{report.embedded:,} embedded, {report.passages - report.embedded:,} unchanged"
        yield f"{settings.index}: {held} ({work}) in {report.seconds:.1f} s"
    else:
        yield f"{settings.index} is up to date: {held}"
    for path, reason in report.unread.items():
        part = reason.removeprefix(IN_PART)
        yield f"  not read: {path}: {reason}" if part == reason else f"  read in part: {path}: {part}"
    if odd := list(advice.summary(report.health)) if report.health else []:
        yield from (f"  {line}" for line in odd)
        yield "  why, and what to do about it: rag doctor"
    if not report.articles:
        yield f"There is no article yet: put some into {settings.corpus}, or add them on the page."


def add(settings: Settings, given: argparse.Namespace) -> int:
    """Add files and pages, and build; 1 when one could not be added."""
    from rag.corpus.intake import Kept, Refused, fetch, keep_file, told  # noqa: PLC0415

    results: list[Kept | Refused] = []
    failed = False
    for thing in given.things:
        try:
            if "://" in thing and not Path(thing).exists():
                with bar("fetching", "pages") as progress:
                    results += fetch(settings, thing, progress=progress)
            else:
                results.append(keep_file(settings, Path(thing)))
        except (ReadingError, WebError) as error:
            results.append(Refused(thing, str(error)))
            failed = True
    for result in results:
        if isinstance(result, Kept):
            print(f"  {result.what}: {result.path}")
        else:
            print(f"  not added: {result.name} {result.reason}")
    print(told(results))
    if not given.no_build and any(isinstance(result, Kept) for result in results):
        build(settings, given)
    return int(failed)


def remove(settings: Settings, given: argparse.Namespace) -> int:
    """Take articles out of the corpus, and build."""
    from rag.corpus import intake  # noqa: PLC0415

    for id_ in given.ids:
        print(f"  removed: {id_}; its file is now {intake.remove(settings, id_)}")
    return 0 if given.no_build else build(settings, given, emptied=True)


def correct(settings: Settings, given: argparse.Namespace) -> int:
    """Correct facts of an article, and build; without any, print what was corrected."""
    from rag.corpus import corrections, intake  # noqa: PLC0415

    wanted = {name: value for name in corrections.SETTABLE if (value := getattr(given, name)) is not None}
    if not wanted:
        corrected = corrections.set_of(settings.corpus, given.id)
        for name, value in corrected.items():
            print(f"  {name}: {value or 'none'}")
        if not corrected:
            print(f"  nothing is corrected of {given.id}")
        return 0
    intake.correct(settings, given.id, wanted)
    print(f"  corrected in {settings.corpus / corrections.FILE}: {given.id}")
    return 0 if given.no_build else build(settings, given)


def ask(settings: Settings, given: argparse.Namespace) -> int:
    """Print what the articles say; 1 when a line of several could not be asked."""
    from rag.chat import Chat  # noqa: PLC0415
    from rag.evaluation.chosen import Chosen  # noqa: PLC0415

    among = filter_of(
        since=given.since,
        until=given.until,
        sources=given.source,
        authors=given.author,
        articles=given.article,
        collections=given.collection,
    )
    chat, chosen = Chat.open(settings), Chosen(settings.questions)
    if older := chat.changed().told():
        print(f"rag: {older}", file=sys.stderr)
    if meaning := chat.meaning:
        print(f"rag: {meaning.told()}", file=sys.stderr)
    ignored = ALL_WORDS if given.as_typed else ()
    if given.question != "-":
        print(_shown([chosen.ask(chat, _text(given.question), among, ignored=ignored)], given.format))
        return 0
    together = given.format in ("markdown", "html")  # one document of all the answers
    gap = "\n\n" if given.format == "text" else "\n"
    failed, kept = 0, []
    turns: list[Turn] = []
    for question in _lines():
        try:
            outcome = chosen.ask(chat, _text(question), among, turns=turns, ignored=ignored)
            turns += [turn_of(outcome)] if given.conversation else []
        except RagError as error:  # one bad line does not cost the others their answers
            failed = 1
            told = {"question": whole(question), "error": str(error)}
            print(
                json.dumps(told) if given.format == "json" else error,
                file=sys.stderr if together else sys.stdout,
                end=gap,
                flush=True,
            )
            continue
        if together:
            kept.append(outcome)
        else:
            print(_shown([outcome], given.format), end=gap, flush=True)
    if kept:
        print(_shown(kept, given.format))
    return failed


def _shown(outcomes: Sequence[Outcome], format: Literal["text"] | Format) -> str:
    """Return `outcomes` in a format of `rag ask`: a document, or one after the other."""
    if format == "text":
        from rag.output.text import as_text  # noqa: PLC0415

        bold = sys.stdout.isatty()
        return "\n\n".join(as_text(outcome, bold=bold) for outcome in outcomes)
    from rag.output.json import as_json  # noqa: PLC0415

    answers = [as_json(outcome) for outcome in outcomes]
    if format == "json":
        return "\n".join(json.dumps(answer, ensure_ascii=False) for answer in answers)
    return document(answers, format).removesuffix("\n")


def _lines() -> Iterator[str]:
    """Yield the lines of standard input that hold something; bytes that are no text in UTF-8 are kept."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    return (line.strip() for line in sys.stdin if line.strip())


def _text(question: str) -> str:
    """Return `question`. Raises RagError when it holds bytes that are no text in UTF-8."""
    if whole(question) != question:
        raise RagError("the question is not text in UTF-8; write it, or save its file, in that encoding")
    return question


def test(settings: Settings, given: argparse.Namespace) -> int:
    """Measure answers to labelled questions; 1 when a floor was missed."""
    if given.draft is not None:
        if given.questions:
            raise RagError("name a file of questions, or draft some with --draft 20; one of the two")
        return _draft(settings, given.draft)
    from rag.evaluation import compare, report, results  # noqa: PLC0415
    from rag.evaluation.floors import Floor, below  # noqa: PLC0415
    from rag.evaluation.report.html import page  # noqa: PLC0415

    # Mistakes that can be seen before the work are named before it.
    floors = [Floor.parse(text) for text in given.floor]
    old = compare.read(given.compare) if given.compare else None
    if given.html and not given.html.parent.is_dir():
        raise RagError(f"no folder {given.html.parent} to write {given.html.name} to; make it first")
    found = _measured(settings, given)
    as_json = results.as_json(found)
    comparison = compare.compare(old, as_json["each"]) if old is not None else None
    if given.json:
        print(json.dumps(as_json, ensure_ascii=False))
    else:
        print(report.table(found))
        print(f"\n{report.counted(len(found.failures), 'failure')}; see each with: rag test ... --html FILE")
    if comparison:
        print(f"\n{report.changes(comparison)}", file=sys.stderr if given.json else sys.stdout)
    if given.html:
        given.html.write_text(page(found, threshold=settings.threshold), encoding="utf-8")
    missed = list(below(found, floors))
    for line in missed:
        print(f"rag: {line}", file=sys.stderr)
    return 1 if missed else 0


def _measured(settings: Settings, given: argparse.Namespace) -> Results:
    """Return what the questions that are named measure, over their own articles where they bring some."""
    from rag.chat import Chat  # noqa: PLC0415
    from rag.evaluation.questions import brings_articles, home, read, with_own_articles  # noqa: PLC0415
    from rag.evaluation.run import evaluate, refuse_misfits  # noqa: PLC0415

    asked = given.questions or _own(settings.questions)
    questions = read(asked)
    if brings_articles(asked):
        if given.corpus:
            raise RagError(f"{asked} brings its own articles; leave out --corpus")
        kept = home(asked, os.environ)
        settings = with_own_articles(settings, asked, index=given.index, kept=kept)
        for line in _lines_of(settings, _built(settings)):
            print(line, file=sys.stderr)
        chat = Chat.open(settings)
    else:
        chat = Chat.open(settings)
        refuse_misfits(chat.index, questions)
    with bar("asking", "questions") as progress:
        return evaluate(chat, questions, progress=progress)


def _own(questions: Path) -> Path:
    """Return the file of questions that is asked when none is named, provided that it is there."""
    if not questions.exists():
        raise RagError(f"there is no {questions}; name a file of questions, or start one with --draft 20")
    return questions


def _draft(settings: Settings, count: int) -> int:
    from rag.evaluation.questions.draft import draft  # noqa: PLC0415
    from rag.index import stored  # noqa: PLC0415

    if count < 1:
        raise RagError(f"--draft {count}: name how many questions, 1 or more")
    index = stored.opened(settings)
    for skeleton in draft(index.sample(count), count=count, language=index.manifest.recipe.language):
        print(json.dumps(skeleton, ensure_ascii=False))
    return 0


def doctor(settings: Settings, given: argparse.Namespace) -> int:
    """Print what is installed and indexed; 1 when something is amiss."""
    from rag.doctor import examine  # noqa: PLC0415

    found = list(examine(settings)) if given.json else examine(settings)
    if given.json:
        print(json.dumps(_examined(found), ensure_ascii=False))
        return int(not all(finding.good for finding in found))
    healthy = True
    for finding in found:
        healthy &= finding.good
        sign = "-- " if finding.note else "ok " if finding.good else "!! "
        print(f"{sign} {finding.subject:<10} {finding.text}")
    return 0 if healthy else 1


def _examined(found: Iterable[Finding]) -> dict[str, object]:
    """Return what the doctor `found` as plain dictionaries and lists."""
    from rag.corpus.advice import as_json  # noqa: PLC0415

    findings = list(found)
    examined = [finding.health for finding in findings if finding.health]
    return {
        "good": all(finding.good for finding in findings),
        "findings": [
            {"subject": finding.subject, "text": finding.text, "good": finding.good} for finding in findings
        ],
        "health": as_json(examined[0]) if examined else None,
    }


def backup(settings: Settings, given: argparse.Namespace) -> int:
    """Write the index, and what people put beside the articles, to one file."""
    from rag.index import archive  # noqa: PLC0415

    holds = archive.backup(settings, given.file, articles=given.articles, replace=given.replace)
    print(f"{given.file}: {holds.told()}; {given.file.stat().st_size / 1e6:,.1f} MB")
    return 0


def restore(settings: Settings, given: argparse.Namespace) -> int:
    """Put back what a backup holds."""
    from rag.index import archive  # noqa: PLC0415

    holds = archive.restore(settings, given.file, replace=given.replace)
    print(f"restored from {given.file}: {holds.told()}")
    return 0


def serve(settings: Settings, given: argparse.Namespace) -> int:
    """Serve the page until it is stopped; until then what is loading is told."""
    from rag.chat import Chat  # noqa: PLC0415
    from rag.index.opened import holdings  # noqa: PLC0415

    print(f"Opening the index in {settings.index} and its model …", file=sys.stderr, flush=True)
    chat = Chat.open(settings)
    articles, passages = chat.size()
    print(f"Loading the page over {holdings(articles, passages)} …", file=sys.stderr, flush=True)
    # Only now: gradio takes seconds to import, and keeps the hub offline that a model may come from.
    from rag import page  # noqa: PLC0415

    page.launch(chat, settings, announce=print)
    return 0
