"""A machine's clock may go back, stand still or leap: what is in use is never deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import repeat

import pytest

from rag.build import build
from rag.chat import Chat
from rag.index import snapshots
from rag.settings import Settings

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
BUILDS = 12

CLOCKS: dict[str, Sequence[datetime]] = {
    "goes back": [NOW - timedelta(days=number) for number in range(BUILDS)],
    "stands still": list(repeat(NOW, BUILDS)),
    "leaps to 2099 and comes back": [
        NOW.replace(year=2099 if 4 <= number < 8 else 2026) + timedelta(seconds=number)
        for number in range(BUILDS)
    ],
    "cannot decide": [NOW + timedelta(hours=number * 7 % 5) for number in range(BUILDS)],
}


@pytest.fixture(params=CLOCKS)
def clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    times = iter(CLOCKS[request.param])

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return next(times)

    monkeypatch.setattr(snapshots, "datetime", Clock)
    yield
    assert next(times, None) is None, "the clock was not asked once a build"


def test_each_build_is_in_use_and_the_one_before_is_kept(clock: None, settings: Settings, toy) -> None:
    used: list[str] = []
    chat = None
    for number in range(BUILDS):
        (settings.corpus / "tea.md").write_text(f"Tea number {number} is hot.", encoding="utf-8")
        assert build(settings, embedder=toy).changed
        snapshots.discard_unfinished(settings.index)
        name = snapshots.current(settings.index)
        assert name and name not in used
        used.append(name)
        assert {path.name for path in (settings.index / "snapshots").iterdir()} == set(used[-2:])
        chat = chat.latest() if chat else Chat.open(settings, toy)
        assert chat.article("tea.md").text == f"Tea number {number} is hot."


def test_what_is_in_use_is_never_discarded(settings: Settings, toy) -> None:
    build(settings, embedder=toy)
    name = str(snapshots.current(settings.index))
    unfinished = settings.index / "snapshots" / "20260101T000000000000-00000000"
    unfinished.mkdir()
    (settings.index / "snapshots" / name / "manifest.json").unlink()
    snapshots.discard_unfinished(settings.index)
    assert not unfinished.exists()
    assert [path.name for path in (settings.index / "snapshots").iterdir()] == [name]
