"""What a whole snapshot holds is kept in it by the build, and is what would be worked out anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answer.overview.collected import Overviews
from rag.build import build
from rag.chat import Chat
from rag.errors import SnapshotError
from rag.settings import Settings
from rag.types import Filter


@pytest.fixture
def chat(settings: Settings, toy) -> Chat:
    (settings.corpus / "harbour.md").write_text(
        "---\ntitle: The harbour\ndate: 2024-03-12\n---\n"
        "The harbour of Vardø was opened on 3 May 1893 by the merchant Jonas Brekk.",
        encoding="utf-8",
    )
    build(settings, embedder=toy)
    return Chat.open(settings, toy)


def test_it_is_read_from_the_snapshot_and_is_what_would_be_worked_out(chat, toy, monkeypatch) -> None:
    anew = chat.overviews._worked_out(None)
    monkeypatch.setattr(Overviews, "_worked_out", lambda *_: pytest.fail("it was worked out again"))
    assert chat.overview() == anew
    assert anew.timeline
    assert anew.people


def test_names_are_told_by_what_the_build_learnt(chat, monkeypatch) -> None:
    monkeypatch.setattr("rag.answer.overview.names.Names._fitted", lambda _: pytest.fail("learnt again"))
    assert chat.overview(Filter(articles=("harbour.md",))).articles == 1


def test_an_index_without_it_is_asked_all_the_same(chat, toy) -> None:
    index = chat.index
    file = "overview.json"
    kept = {name: sha256 for name, sha256 in index.manifest.checksums.items() if name != file}
    index.manifest = replace(index.manifest, checksums=kept)
    assert Overviews(index, toy, chat.language).of() == chat.overview()


def test_a_damaged_one_is_refused(chat, toy) -> None:
    (chat.index.folder / "overview.json").write_text("{}")
    with pytest.raises(SnapshotError, match="damaged"):
        Overviews(chat.index, toy, chat.language).of()
