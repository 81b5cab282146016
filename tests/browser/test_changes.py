"""What people change by the page, beside the chat."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from web_server import Reply, Site

from rag.corpus.folder import read_folder
from rag.errors import CorpusError
from rag.page import changes
from rag.page.changes import Changes, Done, Status
from rag.settings import Settings

WENT_WRONG = "Something went wrong."


class Builder:
    """A build that waits for a sign, and notes which articles it saw."""

    def __init__(self) -> None:
        self.sign = threading.Event()
        self.sign.set()
        self.seen: list[list[str]] = []
        self.error: Exception | None = None
        self.gave_way: list[bool] = []

    def __call__(
        self,
        settings: Settings,
        *,
        progress: Callable[[int, int], object],
        paused: Callable[[], bool],
        emptied: bool,
    ) -> None:
        assert emptied  # what is taken out on the page is taken out on purpose
        progress(1, 2)
        assert self.sign.wait(60)
        self.gave_way.append(paused())
        if self.error:
            raise self.error
        self.seen.append(sorted(article.id for article in read_folder(settings.corpus).articles))


@pytest.fixture
def builder() -> Builder:
    return Builder()


@pytest.fixture
def changing(settings: Settings, builder: Builder) -> Changes:
    return Changes(replace(settings, private_addresses=True), WENT_WRONG, build=builder)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def finished(changing: Changes) -> Status:
    until(lambda: changing.status.doing is None)
    return changing.status


def a_file(tmp_path: Path, text: str = "The cape is windy.") -> Path:
    file = tmp_path / "sent"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_is_added_under_its_name_and_the_index_built(
    changing: Changes, builder: Builder, tmp_path: Path
) -> None:
    sent = a_file(tmp_path)
    changing.add("../cape.txt", sent)
    status = finished(changing)
    assert status == Status(told=(Done("../cape.txt", "added", "added/cape.txt"),))
    assert builder.seen == [["added/cape.txt", "bread.md", "moon.md", "tea.md"]]
    assert not sent.exists()


def test_what_cannot_be_added_is_told_with_its_reason_and_nothing_is_built(
    changing: Changes, builder: Builder, tmp_path: Path
) -> None:
    changing.add("cape.exe", a_file(tmp_path))
    (first,) = finished(changing).told
    changing.add("ftp://cape.example/")
    (second,) = finished(changing).told
    assert (first.name, first.what, first.detail) == (
        "cape.exe",
        "refused",
        "is not in a known format (.exe)",
    )
    assert second.what == "refused"
    assert builder.seen == []


def test_the_pages_of_a_feed_are_told_of_one_by_one(
    changing: Changes, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.corpus.web.visitor.PAUSE", 0.0)
    site.replies["/feed"] = Reply(
        b"<rss><channel><item><link>/cape</link></item><item><link>/no</link></item>"
    )
    site.replies["/cape"] = Reply(b"<title>Cape</title><article>" + b"<p>The cape is windy.</p>" * 20)
    changing.add(f"{site.address}/feed")
    added, refused = finished(changing).told
    assert (added.name, added.what) == (f"{site.address}/feed", "added")
    assert refused == Done(f"{site.address}/no", "refused", "answers 404 Not Found")


def test_progress_is_told_while_it_lasts_and_only_one_build_runs(
    changing: Changes, builder: Builder, tmp_path: Path
) -> None:
    builder.sign.clear()
    changing.add("cape.txt", a_file(tmp_path))
    until(lambda: changing.status.total == 2)
    assert (changing.status.doing, changing.status.done) == ("building", 1)
    changing.add("light.txt", a_file(tmp_path, "The light is bright."))
    changing.remove("tea.md")
    assert changing.status.waiting == 1
    assert builder.seen == []
    builder.sign.set()
    finished(changing)
    assert builder.seen[-1] == ["added/cape.txt", "added/light.txt", "bread.md", "moon.md"]
    assert len(builder.seen) == 2


def test_a_removed_article_can_be_put_back(changing: Changes, builder: Builder) -> None:
    changing.remove("tea.md")
    assert finished(changing).told == (Done("tea.md", "removed"),)
    assert builder.seen == [["bread.md", "moon.md"]]
    changing.restore("tea.md")
    assert finished(changing).told == (Done("tea.md", "restored"),)
    assert builder.seen[-1] == ["bread.md", "moon.md", "tea.md"]
    changing.restore("tea.md")
    assert finished(changing).told[-1] == Done("tea.md", "failed", "is not among what was removed here")


def test_what_is_no_article_is_not_removed(changing: Changes, builder: Builder) -> None:
    changing.remove("../settings.md")
    [told] = finished(changing).told
    assert told.what == "failed"
    assert "no file ../settings.md" in told.detail
    assert builder.seen == []


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (CorpusError("the corpus is empty"), "the corpus is empty"),
        (ZeroDivisionError("a secret"), WENT_WRONG),
    ],
)
def test_why_a_build_failed_is_told_until_the_next(
    changing: Changes, builder: Builder, error: Exception, trouble: str
) -> None:
    builder.error = error
    changing.remove("tea.md")
    assert finished(changing).trouble == trouble
    builder.error = None
    changing.restore("tea.md")
    assert finished(changing).trouble == ""


def test_a_build_gives_way_to_what_comes_and_goes_on_afterwards(
    changing: Changes, builder: Builder, tmp_path: Path
) -> None:
    builder.sign.clear()
    changing.remove("tea.md")
    until(lambda: changing.status.total == 2)
    changing.add("new.txt", a_file(tmp_path))
    builder.sign.set()
    finished(changing)
    assert builder.gave_way == [True, False]
    assert builder.seen[-1] == ["added/new.txt", "bread.md", "moon.md"]


def test_not_everything_waits(
    changing: Changes, builder: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST_WAITING", 1)
    monkeypatch.setattr(changes, "MOST_TOLD", 2)
    builder.sign.clear()
    changing.remove("tea.md")
    until(lambda: changing.status.total == 2)
    for name in ("a.txt", "b.txt", "c.txt"):
        changing.add(name, a_file(tmp_path))
    told = changing.status.told
    assert [each.name for each in told] == ["b.txt", "c.txt"]
    assert "1 others wait" in told[0].detail
    builder.sign.set()
    finished(changing)
