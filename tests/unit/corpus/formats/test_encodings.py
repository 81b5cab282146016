"""Bytes in an old encoding to text: articles in 33 languages, as their editors saved them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.corpus.formats.text.characters import decode
from rag.corpus.formats.text.encodings import MOST_ASKED

WRITTEN = json.loads((Path(__file__).parent / "old_encodings.json").read_text(encoding="utf-8"))


def articles() -> Iterator[tuple[str, str, str]]:
    """Yield each article as a headline alone, with one paragraph, and whole, in each of its encodings."""
    for language, written in WRITTEN.items():
        for encoding in written["encodings"]:
            for many in (1, 2, 3):
                text = "\n\n".join(written["paragraphs"][:many])
                yield language, encoding, text.encode(encoding, errors="ignore").decode(encoding)


@pytest.mark.parametrize(("language", "encoding", "text"), list(articles()))
def test_an_article_is_read_in_its_own_letters(language: str, encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "text",
    [
        "The mayor’s plan – “a bridge” – cost £20m, or €1½ a head…",
        "The café on Rua São Bento closed.",
        "He met Zoë in Zürich.",
        "François Hollande spoke first.",
        "Mañana is another day, said José.",
        "¿Qué pasó?",
        "Perché non è venuto? Non lo so.",
        "La città è più bella così.",
        "Ærø and Fanø are islands.",
        "Þór Ólafsson",
        "ÉCOLE FERMÉE",
        "LA NIÑA DE MÁLAGA",
        "Åse Ås",
        "naïve",
        "Größe",
        "Nestlé® and Häagen-Dazs™ paid Señor Núñez 5¢, see §4.",
        "It rose to 25°C in Malmö, ±½.",
    ],
)
def test_western_text_stays_western_however_short(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Święto w Krakowie"),
        ("iso8859-2", "Šibenik i Žadar"),
        ("cp1254", "İstanbul’da kış"),
        ("cp1254", "Şişli ve Beşiktaş"),
        ("cp1257", "Šiauliai ir Panevėžys"),
        ("koi8-r", "Мир и труд"),
        ("cp866", "Мэр открыл новую библиотеку."),
        ("iso8859-5", "Мэр открыл новую библиотеку."),
        ("cp850", "Der Bürgermeister eröffnete die Bücherei."),
        ("mac-roman", "L’été dernier, à Genève, le président"),
        ("iso8859-15", "Der Eintritt kostet 5 € für Schüler."),
        ("cp932", "東京"),
        ("gb18030", "北京市"),
        ("big5", "臺北市政府"),
        ("cp949", "대한민국 정부"),
        ("cp874", "กรุงเทพมหานคร"),
    ],
)
def test_a_headline_alone_tells_its_encoding(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_the_letters_of_a_long_file_may_stand_far_down() -> None:
    plain = "The meeting went on until the evening, and nothing was decided.\n" * (MOST_ASKED // 40)
    text = plain + "\n".join(WRITTEN["Czech"]["paragraphs"])
    assert decode(text.encode("cp1250")) == text


def test_a_letter_that_is_cut_where_a_long_file_is_no_longer_looked_at_does_no_harm() -> None:
    text = "町長は土曜日に新しい図書館を開いた。" * (MOST_ASKED // 20)
    assert decode(f"a{text}".encode("cp932")) == f"a{text}"
