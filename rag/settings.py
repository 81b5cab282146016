"""Every number and path that can be set, with its unit and its reason.

A setting is read from the environment as RAG_<NAME>; the command line overrides it. Unknown names are
refused, so that a typing mistake cannot pass for a setting.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from rag.errors import SettingError

PREFIX = "RAG_"


def _setting(
    default: Any,
    about: str,
    *,
    low: float | None = None,
    high: float | None = None,
    among: tuple[str, ...] = (),
) -> Any:
    return field(default=default, metadata={"about": about, "low": low, "high": high, "among": among})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set; the defaults are measured, see docs/."""

    corpus: Path = _setting(Path("corpus"), "folder of articles")
    index: Path = _setting(Path("index"), "folder of the built index")
    store: str = _setting(
        "", "Milvus that keeps the index for several servers: milvus://HOST:19530/NAME; else the folder does"
    )
    questions: Path = _setting(
        Path("questions.jsonl"), "file of test questions: the page keeps them there, `rag test` asks them"
    )
    model: str = _setting("all-MiniLM-L6-v2", "sentence-transformers model: a name or a folder")
    language: str = _setting("en", "language of the articles, ISO 639-1: sentence splitter and stemmer")
    downloads: bool = _setting(False, "may a model that is not on this machine be fetched from its hub?")
    passage_tokens: int = _setting(
        160, "longest passage, in the model's tokens, context not counted", low=16, high=8192
    )
    batch: int = _setting(32, "passages embedded at once", low=1, high=4096)
    depth: int = _setting(100, "passages taken from each list before they are fused", low=1, high=10_000)
    reranker: str = _setting("", "cross-encoder that orders the best passages anew: a name or a folder")
    reranked: int = _setting(  # one of 6 layers takes 1 to 2 s for 30 on two cores
        30, "passages that the cross-encoder reads for a question", low=1, high=1000
    )
    reader: bool = _setting(
        True,
        "does the packaged reader read the likeliest passages, where articles are English? it takes long",
    )
    passages: int = _setting(10, "passages an answer is chosen from", low=1, high=100)
    statements: int = _setting(3, "most sentences in an answer", low=1, high=4)
    threshold: float = _setting(
        0.5, "least estimated probability of an answer that is not shown as likely only", low=0, high=1
    )
    related: float = _setting(
        0.18, "least such probability at which sentences are shown as likely an answer", low=0, high=1
    )
    at_once: int = _setting(
        0, "questions that the page's server answers at once; 0: as many as there are cores", low=0, high=1000
    )
    waiting: int = _setting(
        64,
        "questions that may wait for their turn; any more are told that it is busy",
        low=0,
        high=10_000,
    )
    private_addresses: bool = _setting(
        False, "may articles be fetched from addresses that are not public, such as of this machine?"
    )
    host: str = _setting("127.0.0.1", "address the page is served at")
    page_language: str = _setting("en", "language of the page, ISO 639-1; articles and questions keep theirs")
    hosts: str = _setting("", "further names by which the page is reached, such as of a proxy; with commas")
    edit: str = _setting(
        "local",
        "who may change articles and keep tests on the page; local: who uses it, if only this machine can",
        among=("local", "anyone", "nobody"),
    )
    mcp: bool = _setting(False, "does the page also serve ask, search and article as MCP tools?")
    port: int = _setting(7860, "port the page is served at; 0 takes a free one", low=0, high=65_535)

    def __post_init__(self) -> None:
        """Raise SettingError for a number outside its range and a word that is none of those known."""
        for setting in fields(self):
            value, low, high = getattr(self, setting.name), setting.metadata["low"], setting.metadata["high"]
            if low is not None and not low <= value <= high:
                raise SettingError(f"{PREFIX}{setting.name.upper()}={value} is outside {low} to {high}")
            among = setting.metadata["among"]
            if among and value not in among:
                raise SettingError(f"{PREFIX}{setting.name.upper()}={value} is not one of {', '.join(among)}")


def from_environment(environment: Mapping[str, str], **given: Any) -> Settings:
    """Return the settings of `environment`, overridden by those `given` that are not None.

    Raises SettingError for an unknown RAG_ name (with the nearest known one) and for a bad value.
    """
    known = {PREFIX + setting.name.upper(): setting for setting in fields(Settings)}
    values: dict[str, Any] = {}
    for name in sorted(environment):
        if not name.startswith(PREFIX):
            continue
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
            raise SettingError(f"{name} is not a setting; {hint}")
        values[known[name].name] = _parse(name, environment[name], type(known[name].default))
    values.update({name: value for name, value in given.items() if value is not None})
    return Settings(**values)


def _parse(name: str, text: str, kind: type[Any]) -> Any:
    """Read `text` as the type of the setting's default."""
    if not text.strip():
        raise SettingError(f"{name} is empty; give it a value or unset it")
    if kind is bool:
        if text.lower() not in _TRUTH:
            raise SettingError(f"{name}={text} is not one of {', '.join(_TRUTH)}")
        return _TRUTH[text.lower()]
    if issubclass(kind, Path):
        return Path(text).expanduser()
    try:
        return kind(text)
    except ValueError:
        raise SettingError(f"{name}={text} is not {_KIND[kind]}") from None


_TRUTH = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
_KIND = {int: "a whole number", float: "a number"}
