"""Arguments to a command and what it is given."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from rag.cli import commands
from rag.output.documents import FORMATS

FILTERS = {
    "source": "articles of this publisher or site",
    "author": "articles by this author",
    "article": "the article with this id",
    "collection": "articles in this sub-folder of the corpus, or in this table",
}
"""Options of `rag ask` by which articles may answer."""


FACTS = {
    "title": "what it is called",
    "date": "the day it was published, such as 2025-04-11",
    "author": "who wrote it",
    "source": "the publisher or site",
    "url": "the address it was published at",
}
"""Options of `rag set`."""


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line; each command is a function of `commands`, as `run`."""
    folders = argparse.ArgumentParser(add_help=False)
    folders.add_argument("--corpus", type=Path, help="folder of articles (RAG_CORPUS; default corpus/)")
    folders.add_argument("--index", type=Path, help="folder of the built index (RAG_INDEX; default index/)")
    parser = argparse.ArgumentParser(prog="rag", description="Ask your articles, check every citation.")
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, about, run, take in (
        ("build", "read the articles and write the index", commands.build, _how_to_build),
        ("add", "add files, or pages of the web, to the articles", commands.add, _things),
        ("remove", "take articles out; their files are kept", commands.remove, _ids),
        ("set", "correct an article's title, date, author, source or address", commands.correct, _facts),
        ("ask", "answer a question with cited sentences", commands.ask, _question),
        ("test", "measure answers to labelled questions", commands.test, _labelled_questions),
        ("doctor", "check what is installed and indexed", commands.doctor, _whether_in_json),
        ("backup", "write index, tests, corrections and removed articles to a file", commands.backup, _kept),
        ("restore", "put back what a backup holds", commands.restore, _archive),
        ("serve", "open the chat as a web page", commands.serve, _address),
    ):
        command = subparsers.add_parser(name, parents=[folders], help=about)
        command.set_defaults(run=run)
        take(command)
    return parser


def _how_to_build(build: argparse.ArgumentParser) -> None:
    _whether_in_json(build)
    build.add_argument(
        "--ray", metavar="ADDRESS", help="read and embed on the machines of this Ray cluster, such as auto"
    )


def _things(add: argparse.ArgumentParser) -> None:
    add.add_argument(
        "things",
        nargs="+",
        metavar="ADDRESS_OR_FILE",
        help="a file, or the address of a page, an RSS or Atom feed or a sitemap",
    )
    _whether_to_build(add)


def _ids(remove: argparse.ArgumentParser) -> None:
    remove.add_argument("ids", nargs="+", metavar="ID", help="an article's id, such as added/moon.md")
    _whether_to_build(remove)


def _facts(set: argparse.ArgumentParser) -> None:
    set.add_argument("id", metavar="ID", help="an article's id, such as added/moon.md")
    for name, about in FACTS.items():
        set.add_argument(f"--{name}", help=f'{about}; "" takes the correction back')
    _whether_to_build(set)


def _whether_in_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def _archive(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="the one file of the backup")
    command.add_argument(
        "--replace", action="store_true", help="put it in the place of what is there already"
    )


def _kept(backup: argparse.ArgumentParser) -> None:
    _archive(backup)
    backup.add_argument("--articles", action="store_true", help="keep the files of the articles too")


def _whether_to_build(command: argparse.ArgumentParser) -> None:
    command.add_argument("--no-build", action="store_true", help="leave the index as it is")


def _question(ask: argparse.ArgumentParser) -> None:
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


def _labelled_questions(test: argparse.ArgumentParser) -> None:
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


def _address(serve: argparse.ArgumentParser) -> None:
    serve.add_argument("--host", help="address to serve at (RAG_HOST; default 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to serve at (RAG_PORT; default 7860)")
    serve.add_argument(
        "--mcp", action="store_true", default=None, help="also serve MCP tools (RAG_MCP; default off)"
    )


def given_settings(given: argparse.Namespace) -> dict[str, Any]:
    """Return the settings that the command line may override, None where it does not."""
    return {name: getattr(given, name, None) for name in ("corpus", "index", "host", "port", "mcp")}
