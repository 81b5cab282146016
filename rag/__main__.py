"""The command line, `rag build | add | remove | ask | test | doctor | serve`: the only place that prints."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from rag.corpus.filters import described, filter_of
from rag.errors import RagError, ReadingError, WebError
from rag.output.documents import FORMATS, Format, document
from rag.question.times import ALL_WORDS
from rag.settings import Settings, from_environment
from rag.types import (
    Answer,
    Article,
    Filter,
    Hit,
    Listing,
    Outcome,
    Passage,
    Reading,
    Statement,
    Turn,
    Unanswered,
    also_in,
    hit_of,
    turn_of,
)

FILTERS = {
    "source": "articles of this publisher or site",
    "author": "articles by this author",
    "article": "the article with this id",
    "collection": "articles in this sub-folder of the corpus, or in this table",
}
"""Options of `rag ask` by which articles may answer."""

WIDTH = 100
"""Characters a line of an answer at most."""

ALSO_NAMED = 3
"""Near-duplicates of an article that are named; of the others, their number is."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a RagError is one line on standard error and status 1."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # what a terminal cannot show is spelled
        sys.stdout.reconfigure(errors="backslashreplace")
    given = _parser().parse_args(arguments)
    try:
        settings = from_environment(os.environ, **_given_settings(given))
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
        print("\nrag: stopped; the index in use is unchanged", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    folders = argparse.ArgumentParser(add_help=False)
    folders.add_argument("--corpus", type=Path, help="folder of articles (RAG_CORPUS; default corpus/)")
    folders.add_argument("--index", type=Path, help="folder of the built index (RAG_INDEX; default index/)")
    parser = argparse.ArgumentParser(prog="rag", description="Ask your articles, check every citation.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    build = commands.add_parser("build", parents=[folders], help="read the articles and write the index")
    build.set_defaults(run=_build)

    add = commands.add_parser(
        "add", parents=[folders], help="add files, or pages of the web, to the articles"
    )
    add.add_argument(
        "things",
        nargs="+",
        metavar="ADDRESS_OR_FILE",
        help="a file, or the address of a page, an RSS or Atom feed or a sitemap",
    )
    remove = commands.add_parser("remove", parents=[folders], help="take articles out; their files are kept")
    remove.add_argument("ids", nargs="+", metavar="ID", help="an article's id, such as added/moon.md")
    for command, run in ((add, _add), (remove, _remove)):
        command.add_argument("--no-build", action="store_true", help="leave the index as it is")
        command.set_defaults(run=run)

    ask = commands.add_parser("ask", parents=[folders], help="answer a question with cited sentences")
    ask.add_argument("question", help='the question; "-" reads one a line from standard input')
    ask.add_argument(
        "--format",
        choices=("text", *FORMATS),
        default="text",
        help="a document with numbered footnotes; json: one object a question",
    )
    ask.add_argument("--json", action="store_const", const="json", dest="format", help="--format json")
    ask.add_argument(
        "--conversation", action="store_true", help='with "-": a line may be a follow-up to those before it'
    )
    ask.add_argument(
        "--since", metavar="DAY", help="only articles of this day or later: 2026, 2026-03, 2026-03-05"
    )
    ask.add_argument("--until", metavar="DAY", help="only articles of this day or earlier")
    ask.add_argument(
        "--as-typed", action="store_true", help='read no words such as "since 2024" or "latest" as a filter'
    )
    for name, about in FILTERS.items():
        ask.add_argument(f"--{name}", action="append", default=[], help=f"only {about}; may be repeated")
    ask.set_defaults(run=_ask)

    test = commands.add_parser("test", parents=[folders], help="measure answers to labelled questions")
    test.add_argument(
        "questions",
        type=Path,
        nargs="?",
        help="file of JSON lines, BEIR folder or SQuAD file; docs/testing.md"
        " (RAG_QUESTIONS; default questions.jsonl)",
    )
    test.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    test.add_argument("--html", type=Path, metavar="FILE", help="write a page with plots and all failures")
    test.add_argument("--compare", type=Path, metavar="OLD.json", help="what changed since a run with --json")
    test.add_argument(
        "--floor", action="append", default=[], metavar="METRIC=VALUE", help="fail below it; may be repeated"
    )
    test.add_argument("--draft", type=int, metavar="N", help="print N questions to complete, from the index")
    test.set_defaults(run=_test)

    doctor = commands.add_parser("doctor", parents=[folders], help="check what is installed and indexed")
    doctor.set_defaults(run=_doctor)

    serve = commands.add_parser("serve", parents=[folders], help="open the chat as a web page")
    serve.add_argument("--host", help="address to serve at (RAG_HOST; default 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to serve at (RAG_PORT; default 7860)")
    serve.add_argument(
        "--mcp",
        action="store_true",
        default=None,
        help="also serve MCP tools (RAG_MCP; default off)",
    )
    serve.set_defaults(run=_serve)
    return parser


def _given_settings(given: argparse.Namespace) -> dict[str, Any]:
    return {name: getattr(given, name, None) for name in ("corpus", "index", "host", "port", "mcp")}


@contextmanager
def _bar(work: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """Yield what shows on standard error how much is done; nothing is shown until it is called."""
    from tqdm import tqdm  # noqa: PLC0415 - the other commands do without

    bar: tqdm[Any] | None = None

    def progress(done: int, total: int) -> None:
        nonlocal bar
        bar = bar or tqdm(total=total, unit=f" {unit}", desc=work, mininterval=0.5)
        bar.update(done - bar.n)

    try:
        yield progress
    finally:
        if bar is not None:
            bar.close()


def _build(settings: Settings, given: argparse.Namespace, *, emptied: bool = False) -> int:
    for line in _built(settings, emptied=emptied):
        print(line)
    return 0


def _built(settings: Settings, *, emptied: bool = False) -> Iterator[str]:
    """Bring the index up to date and yield what was done, a line each."""
    from rag.build import build  # noqa: PLC0415 - torch waits until it is needed
    from rag.index.opened import holdings  # noqa: PLC0415

    with _bar("embedding", "passages") as progress:
        report = build(settings, progress=progress, emptied=emptied)
    held = holdings(report.articles, report.passages)
    if report.changed:
        work = f"{report.embedded:,} embedded, {report.passages - report.embedded:,} unchanged"
        yield f"{settings.index}: {held} ({work}) in {report.seconds:.1f} s"
    else:
        yield f"{settings.index} is up to date: {held}"
    yield from (f"  not read: {path}: {reason}" for path, reason in report.unread.items())
    if not report.articles:
        yield f"There is no article yet: put some into {settings.corpus}, or add them on the page."


def _add(settings: Settings, given: argparse.Namespace) -> int:
    from rag.corpus.intake import Kept, Refused, fetch, keep_file, told  # noqa: PLC0415

    results: list[Kept | Refused] = []
    failed = False
    for thing in given.things:
        try:
            if "://" in thing and not Path(thing).exists():
                with _bar("fetching", "pages") as progress:
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
        _build(settings, given)
    return int(failed)


def _remove(settings: Settings, given: argparse.Namespace) -> int:
    from rag.corpus.intake import remove  # noqa: PLC0415

    for id_ in given.ids:
        print(f"  removed: {id_}; its file is now {remove(settings, id_)}")
    return 0 if given.no_build else _build(settings, given, emptied=True)


def _ask(settings: Settings, given: argparse.Namespace) -> int:
    from rag.chat import Chat  # noqa: PLC0415

    among = filter_of(
        since=given.since,
        until=given.until,
        sources=given.source,
        authors=given.author,
        articles=given.article,
        collections=given.collection,
    )
    chat = Chat.open(settings)
    ignored = ALL_WORDS if given.as_typed else ()
    if given.question != "-":
        print(_shown([chat.ask(_text(given.question), filter=among, ignored=ignored)], given.format))
        return 0
    together = given.format in ("markdown", "html")  # one document of all the answers
    gap = "\n\n" if given.format == "text" else "\n"
    failed, kept = 0, []
    turns: list[Turn] = []
    for question in _lines():
        try:
            outcome = chat.ask(_text(question), filter=among, turns=turns, ignored=ignored)
            turns += [turn_of(outcome)] if given.conversation else []
        except RagError as error:  # one bad line does not cost the others their answers
            failed = 1
            told = {"question": _readable_bytes(question), "error": str(error)}
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
        return "\n\n".join(map(readable, outcomes))
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
    if _readable_bytes(question) != question:
        raise RagError("the question is not text in UTF-8; write it, or save its file, in that encoding")
    return question


def _readable_bytes(text: str) -> str:
    """Return `text` with a replacement character for each byte that Python could not read as UTF-8."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def readable(outcome: Outcome) -> str:
    """Return `outcome` as text for a terminal, with how the question was understood."""
    reading = outcome.reading
    read = f"Understood as: {outcome.question}\n\n" if reading and reading.typed != outcome.question else ""
    return read + "\n".join([*_times(reading), _found(outcome)])


def _times(reading: Reading | None) -> Iterator[str]:
    """Yield a line for each of the question's words of time that had a part in the outcome."""
    for words in reading.times if reading else ():
        if not words.applied:
            yield f"(nothing {words.words} answers, so this is from all articles)"
        elif words.since or words.until:
            yield f"({words.words}: {described(Filter(since=words.since, until=words.until))})"
        else:
            yield f"({words.words}: newer articles first)"


def _found(outcome: Outcome) -> str:
    """Return what was found: sentences with [n], then what the numbers stand for."""
    if isinstance(outcome, Listing):
        return "\n".join(
            [_counted(outcome), *(f"  {_credit(article)}  {article.id}" for article in outcome.articles)]
        )
    if isinstance(outcome, Answer):
        lines = [f"{outcome.short}\n"] if outcome.short else []
        if outcome.sides:
            lines = ["The articles give different answers:\n"]
        values = [side.value for side in outcome.sides]
        uncovered = [f"Nothing was found about {side}.\n" for side in outcome.uncovered]
        return "\n".join([*lines, *uncovered, *_cited(outcome.statements, outcome.closest, values)])
    if outcome.related:
        return "\n".join([f"{_refusal(outcome)} Closest:\n", *_cited(outcome.related, outcome.closest)])
    closest = [
        "\n".join(
            [
                f"  {_credit(hit.passage.article)}",
                *_also(hit.also_with([hit.passage.text])),
                *_why(hit),
                _indented(hit.passage.text),
            ]
        )
        for hit in outcome.closest[:3]
    ]
    return "\n\n".join([f"{_refusal(outcome)} Closest passages:", *closest])


def _cited(
    statements: Sequence[Statement], closest: Sequence[Hit], values: Sequence[str] = ()
) -> Iterator[str]:
    """Yield the lines of sentences with [n], each below its value if there are any, then of what [n] are."""
    passages = list(dict.fromkeys(each.passage for statement in statements for each in statement.citations))
    for at, statement in enumerate(statements):
        marks = "".join(f"[{passages.index(each.passage) + 1}]" for each in statement.citations)
        if values:
            yield f"  {values[at]}  ({_credit(statement.citations[0].article)})"
            yield _indented(f"{statement.text} {marks}")
        else:
            label = f"{statement.label}: " if statement.label else ""
            yield textwrap.fill(f"{label}{statement.text} {marks}", WIDTH)
        yield from _placing(statement)
    yield ""
    for number, passage in enumerate(passages, 1):
        quotes = [
            each.quote for statement in statements for each in statement.citations if each.passage is passage
        ]
        yield f"[{number}] {_credit(passage.article)}  {_place(passage)}"
        yield from _also(also_in(passage, closest, quotes))
        yield from _why(hit_of(passage, closest))


def _placing(statement: Statement) -> Iterator[str]:
    """Yield what "Wednesday" in a quote counts from, when it has such words."""
    citation = statement.citations[0]
    from rag.question.english.relative import relative_words  # noqa: PLC0415 - loads numpy

    if words := relative_words(citation):
        named = ", ".join(f"“{word}”" for word in words)
        yield f"    {named}: the article is from {citation.article.published:%A}, {_day(citation.article)}"


def _counted(listing: Listing) -> str:
    """Return in words how many articles there are of those asked for, and how many of them are named."""
    which = f" {listing.asked}" if listing.asked else ""
    if not listing.total:
        return f"There is no article{which}."
    named = f"; the first {len(listing.articles)}" if len(listing.articles) < listing.total else ""
    return f"{listing.total:,} article{'' if listing.total == 1 else 's'}{which}{named}:"


def _refusal(outcome: Unanswered) -> str:
    if outcome.unheld:
        names = " and ".join(outcome.unheld)
        return f"The articles don't say this directly; the closest passage does not mention {names}."
    if outcome.related:
        return "The articles don't say this directly."
    if not outcome.missing:
        return "The articles don't answer this."
    return f"No passage says {' and '.join(f'“{phrase}”' for phrase in outcome.missing)}."


def _also(articles: Sequence[Article]) -> list[str]:
    """Return a line that names the near-duplicates of an article, none without any."""
    if not articles:
        return []
    more = f", and {len(articles) - ALSO_NAMED} more" if len(articles) > ALSO_NAMED else ""
    return [f"    also in {'; '.join(_credit(article) for article in articles[:ALSO_NAMED])}{more}"]


def _why(hit: Hit | None) -> list[str]:
    """Return the line that says why a passage was found, none when it was not searched for."""
    from rag.answer.explain import described, why  # noqa: PLC0415 - the page of help does without

    return [f"    {described(why(hit))}"] if hit else []


def _credit(article: Article) -> str:
    """Return title, source and date of `article` on one line."""
    return ", ".join(part for part in (article.title, article.source, _day(article)) if part)


def _day(article: Article) -> str:
    return f"{article.published:%d %B %Y}".lstrip("0") if article.published else "no date"


def _place(passage: Passage) -> str:
    """Return where `passage` stands: its article's id, and its characters there."""
    return f"{passage.article.id}:{passage.start}-{passage.end}"


def _indented(text: str) -> str:
    """Return the paragraphs of `text`, each wrapped on its own, so that a heading stays apart."""
    paragraphs = (line for line in text.splitlines() if line.strip())
    return "\n".join(textwrap.indent(textwrap.fill(line, WIDTH - 4), "    ") for line in paragraphs)


def _test(settings: Settings, given: argparse.Namespace) -> int:
    if given.draft is not None:
        if given.questions:
            raise RagError("name a file of questions, or draft some with --draft 20; one of the two")
        return _draft(settings, given.draft)
    from rag.chat import Chat  # noqa: PLC0415
    from rag.evaluation import compare, report, results  # noqa: PLC0415
    from rag.evaluation.floors import Floor, below  # noqa: PLC0415
    from rag.evaluation.questions import brings_articles, home, read, with_own_articles  # noqa: PLC0415
    from rag.evaluation.report.html import page  # noqa: PLC0415
    from rag.evaluation.run import evaluate, refuse_misfits  # noqa: PLC0415

    # Mistakes that can be seen before the work are named before it.
    floors = [Floor.parse(text) for text in given.floor]
    old = compare.read(given.compare) if given.compare else None
    if given.html and not given.html.parent.is_dir():
        raise RagError(f"no folder {given.html.parent} to write {given.html.name} to; make it first")
    asked = given.questions or _own(settings.questions)
    questions = read(asked)
    if brings_articles(asked):
        if given.corpus:
            raise RagError(f"{asked} brings its own articles; leave out --corpus")
        kept = home(asked, os.environ)
        settings = with_own_articles(settings, asked, index=given.index, kept=kept)
        for line in _built(settings):
            print(line, file=sys.stderr)
        chat = Chat.open(settings)
    else:
        chat = Chat.open(settings)
        refuse_misfits(chat.index, questions)
    with _bar("asking", "questions") as progress:
        found = evaluate(chat, questions, progress=progress)

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


def _own(questions: Path) -> Path:
    """Return the file of questions that is asked when none is named, provided that it is there."""
    if not questions.exists():
        raise RagError(f"there is no {questions}; name a file of questions, or start one with --draft 20")
    return questions


def _draft(settings: Settings, count: int) -> int:
    from rag.evaluation.questions.draft import draft  # noqa: PLC0415
    from rag.index.opened import Index  # noqa: PLC0415

    if count < 1:
        raise RagError(f"--draft {count}: name how many questions, 1 or more")
    index = Index.open(settings.index)
    for skeleton in draft(index.sample(count), count=count, language=index.manifest.recipe.language):
        print(json.dumps(skeleton, ensure_ascii=False))
    return 0


def _doctor(settings: Settings, given: argparse.Namespace) -> int:
    from rag.doctor import examine  # noqa: PLC0415

    healthy = True
    for finding in examine(settings):
        healthy &= finding.good
        print(f"{'ok ' if finding.good else '!! '} {finding.subject:<10} {finding.text}")
    return 0 if healthy else 1


def _serve(settings: Settings, given: argparse.Namespace) -> int:
    from rag.chat import Chat  # noqa: PLC0415

    chat = Chat.open(settings)
    # Only now: gradio takes seconds to import, and keeps the hub offline that a model may come from.
    from rag import page  # noqa: PLC0415

    page.launch(chat, settings, announce=print)
    return 0


if __name__ == "__main__":
    sys.exit(main())
