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


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line; each command is a function of `commands`, as `run`."""
    folders = argparse.ArgumentParser(add_help=False)
    folders.add_argument("--corpus", type=Path, help="folder of articles (RAG_CORPUS; default corpus/)")
    folders.add_argument("--index", type=Path, help="folder of the built index (RAG_INDEX; default index/)")
    parser = argparse.ArgumentParser(prog="rag", description="Ask your articles, check every citation.")
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    build = subparsers.add_parser("build", parents=[folders], help="read the articles and write the index")
    build.set_defaults(run=commands.build)

    add = subparsers.add_parser(
        "add", parents=[folders], help="add files, or pages of the web, to the articles"
    )
    add.add_argument(
        "things",
        nargs="+",
        metavar="ADDRESS_OR_FILE",
        help="a file, or the address of a page, an RSS or Atom feed or a sitemap",
    )
    remove = subparsers.add_parser(
        "remove", parents=[folders], help="take articles out; their files are kept"
    )
    remove.add_argument("ids", nargs="+", metavar="ID", help="an article's id, such as added/moon.md")
    for command, run in ((add, commands.add), (remove, commands.remove)):
        command.add_argument("--no-build", action="store_true", help="leave the index as it is")
        command.set_defaults(run=run)

    ask = subparsers.add_parser("ask", parents=[folders], help="answer a question with cited sentences")
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
    ask.set_defaults(run=commands.ask)

    test = subparsers.add_parser("test", parents=[folders], help="measure answers to labelled questions")
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
    test.set_defaults(run=commands.test)

    doctor = subparsers.add_parser("doctor", parents=[folders], help="check what is installed and indexed")
    doctor.set_defaults(run=commands.doctor)

    serve = subparsers.add_parser("serve", parents=[folders], help="open the chat as a web page")
    serve.add_argument("--host", help="address to serve at (RAG_HOST; default 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to serve at (RAG_PORT; default 7860)")
    serve.add_argument(
        "--mcp",
        action="store_true",
        default=None,
        help="also serve MCP tools (RAG_MCP; default off)",
    )
    serve.set_defaults(run=commands.serve)
    return parser


def given_settings(given: argparse.Namespace) -> dict[str, Any]:
    """Return the settings that the command line may override, None where it does not."""
    return {name: getattr(given, name, None) for name in ("corpus", "index", "host", "port", "mcp")}
