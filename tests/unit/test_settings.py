"""Settings: from the environment, checked, unknown names refused."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from rag.errors import SettingError
from rag.settings import PREFIX, Settings, from_environment

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_environment_sets_and_the_command_line_overrides() -> None:
    environment = {"RAG_CORPUS": "mine", "RAG_PORT": "8000", "RAG_DOWNLOADS": "yes", "PATH": "/bin"}
    settings = from_environment(environment, port=9000, index=None)
    assert settings == Settings(corpus=Path("mine"), port=9000, downloads=True)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("RAG_PASAGE_TOKENS", "1", "RAG_PASAGE_TOKENS is not a setting; did you mean RAG_PASSAGE_TOKENS?"),
        ("RAG_QQQQ", "1", "RAG_QQQQ is not a setting; known are RAG_CORPUS, RAG_INDEX"),
        ("RAG_PORT", "many", "RAG_PORT=many is not a whole number"),
        ("RAG_PORT", "70000", "RAG_PORT=70000 is outside 0 to 65535"),
        ("RAG_THRESHOLD", "high", "RAG_THRESHOLD=high is not a number"),
        ("RAG_THRESHOLD", "nan", "RAG_THRESHOLD=nan is outside 0 to 1"),
        ("RAG_DOWNLOADS", "maybe", "RAG_DOWNLOADS=maybe is not one of 1, true, yes, on"),
        ("RAG_EDIT", "me", "RAG_EDIT=me is not one of local, anyone, nobody"),
        ("RAG_INDEX", " ", "RAG_INDEX is empty; give it a value or unset it"),
    ],
)
def test_a_bad_setting_is_refused_by_name(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingError) as refused:
        from_environment({name: value})
    assert str(refused.value).startswith(message)


def test_the_documents_have_every_setting() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{PREFIX}")]
    named = {name for row in rows for name in re.findall(r"RAG_[A-Z_]+", row.split("|")[1])}
    assert named == {PREFIX + setting.name.upper() for setting in fields(Settings)}
