"""footnote.toml: what it corrects, what it refuses, and how it is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rag.corpus.corrections import FILE, Corrections, correct, set_of
from rag.corpus.folder import fingerprints, read_folder
from rag.corpus.formats.apart import Pool
from rag.corpus.formats.hints import Hints, now
from rag.errors import SettingError
from rag.types import Article


def say(folder: Path, text: str) -> Corrections:
    (folder / FILE).write_text(text, encoding="utf-8")
    return Corrections.read(folder)


def test_without_a_file_nothing_is_corrected(tmp_path: Path) -> None:
    assert Corrections.read(tmp_path) == Corrections()
    article = Article("a.md", "A", "Text.")
    assert Corrections().corrected(article, "a.md") is article


def test_an_article_outranks_later_sections_and_those_earlier_ones(tmp_path: Path) -> None:
    said = say(
        tmp_path,
        '[files."."]\nsource = "All"\nauthor = "Staff"\n[files.news]\nsource = "News"\n'
        '[files."news/*.html"]\nauthor = ""\n'
        '[articles."news/a.html"]\nsource = "One"\ntitle = " A\\n  title "\ndate = 2025-04-11\n'
        'url = "https://a.example/"\n',
    )

    def facts(id_: str, path: str) -> tuple[object, ...]:
        found = said.corrected(Article(id_, "T", "x", date(2020, 1, 1), "S", "A"), path)
        return found.title, found.published, found.source, found.author, found.url

    assert facts("news/a.html", "news/a.html") == (
        "A title",
        date(2025, 4, 11),
        "One",
        None,
        "https://a.example/",
    )
    assert facts("news/b.md", "news/b.md") == ("T", date(2020, 1, 1), "News", "Staff", None)
    assert facts("newsy/b.html", "newsy/b.html")[2:4] == ("All", "Staff")
    assert facts("news/t.csv#7", "news/t.csv")[2:4] == ("News", "Staff")


def test_a_correction_survives_rebuilds_and_the_file_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    (tmp_path / "t.csv").write_text("id,text\n7,It snowed.\n", encoding="utf-8")
    before = fingerprints(tmp_path)[0]
    correct(tmp_path, "a.txt", {"date": "2025-04-11", "title": 'The "rain"'})
    correct(tmp_path, "t.csv#7", {"author": "Ada"})
    rain, snow = read_folder(tmp_path).articles
    assert (rain.title, rain.published, snow.author) == ('The "rain"', date(2025, 4, 11), "Ada")
    after = fingerprints(tmp_path)[0]
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {FILE}  # so a build is needed
    assert read_folder(tmp_path).unread == ()


def test_what_is_written_keeps_comments_and_is_taken_back(tmp_path: Path) -> None:
    own = '# mine\n[files.news]\nsource = "N"  # why\n'
    say(tmp_path, own)
    correct(tmp_path, "a.md", {"date": "2025-04-11", "author": "Ada"})
    assert (tmp_path / FILE).read_text(encoding="utf-8").startswith(own)
    assert set_of(tmp_path, "a.md") == {"date": "2025-04-11", "author": "Ada"}
    correct(tmp_path, "a.md", {"date": "", "title": ""})
    assert set_of(tmp_path, "a.md") == {"author": "Ada"}
    correct(tmp_path, "a.md", {"author": " "})
    assert (tmp_path / FILE).read_text(encoding="utf-8").strip() == own.strip()
    (tmp_path / FILE).unlink()
    correct(tmp_path, "a.md", {"author": "Ada"})
    correct(tmp_path, "a.md", {"author": ""})
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("old", ['articles = {"a.md" = {title = "A"}}\n', 'articles."a.md".title = "A"\n'])
def test_tables_written_in_another_way_are_added_to(tmp_path: Path, old: str) -> None:
    say(tmp_path, old)
    correct(tmp_path, "a.md", {"author": "Ada"})
    correct(tmp_path, "b#1.md", {"source": "S"})
    assert set_of(tmp_path, "a.md") == {"title": "A", "author": "Ada"}
    assert set_of(tmp_path, "b#1.md") == {"source": "S"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[file.news]\n", "has file, which is unknown; did you mean files?"),
        ('[files.news]\nauthr = "A"\n', "authr, which is unknown; did you mean author?"),
        ('[articles."a.md"]\nauthors = "A"\n', "authors, which is unknown; did you mean author?"),
        ('[files.n.columns]\nbody = "B"\n', "body, which is unknown; known are text, id,"),
        ('[files.n]\ndates = "year"\n', 'write "day" or "month": what comes first in 03/04/2025'),
        ('[files.n]\ndrop = "x"\n', 'write the lines as ["...", "..."]'),
        ('[articles."a.md"]\ndate = "3/4/2025"\n', "is 3/4/2025, which is no date; write 2025-04-11"),
        ('[articles."a.md"]\ndate = "2025-02-30"\n', "which is no date"),
        ('[articles."a.md"]\nurl = "javascript:alert(1)"\n', "which is no address of the web"),
        ('[articles."a.md"]\ntitle = ""\n', "is empty; an article has a title"),
        ('[articles."a.md"]\nauthor = 7\n', 'is 7; write it as "text"'),
        ("articles = 7\n", "7; that is no section"),
        ("[files\n", "is not TOML"),
    ],
)
def test_what_is_not_right_is_refused_with_what_to_change(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingError) as refused:
        say(tmp_path, text)
    assert message in str(refused.value)
    (tmp_path / "a.md").write_text("It rained.", encoding="utf-8")
    with pytest.raises(SettingError):
        read_folder(tmp_path)


def test_bytes_that_are_no_text_and_a_mark_of_byte_order_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'\xef\xbb\xbf[files.n]\nsource = "S"\n')
    assert Corrections.read(tmp_path).sections[0].values == {"source": "S"}
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(SettingError, match="is not UTF-8"):
        Corrections.read(tmp_path)


def test_a_value_that_cannot_be_one_is_not_written(tmp_path: Path) -> None:
    for wanted in ({"date": "yesterday"}, {"url": "ftp://x"}, {"colour": "red"}):
        with pytest.raises(SettingError):
            correct(tmp_path, "a.md", wanted)
    assert not (tmp_path / FILE).exists()


def test_what_is_spoken_of_and_not_there_is_named(tmp_path: Path) -> None:
    said = say(tmp_path, '[files.news]\n[files."old/*"]\n[articles."a.md"]\n[articles."b.md"]\n')
    assert said.idle(["news/x.md", "a.md"], ["news/x.md", "a.md"]) == ["old/*", "b.md"]


def test_lines_are_dropped_and_kept_as_they_are_read(tmp_path: Path) -> None:
    text = "# T\n\nIt rained.\n\nCall our  desk\n\nAdvertisement\n\nAll day."
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    say(tmp_path, '[files."a.md"]\ndrop = ["call our desk"]\nkeep = ["Advertisement"]\n')
    first, second = read_folder(tmp_path).articles
    assert first.text == "It rained.\n\nAdvertisement\n\nAll day."
    assert [first.text[block.start : block.end] for block in first.blocks] in (
        [],
        ["It rained.", "Advertisement", "All day."],
    )
    assert second.text == "It rained.\n\nCall our desk\n\nAll day."


def test_a_line_within_verses_is_dropped_alone_and_keep_outranks_drop(tmp_path: Path) -> None:
    said = say(tmp_path, '[files."."]\ndrop = ["one", "two"]\n[files."a.md"]\nkeep = ["Two"]\n')
    assert said.hints("b.md").without_dropped("zero\n One\ntwo\nthree") == "zero\nthree"
    assert said.hints("a.md").without_dropped("zero\n One\ntwo\nthree") == "zero\ntwo\nthree"


def hinted(content: bytes, name: str):
    """Yield the hints that the process which reads files was given."""
    yield (now().written(),)


def test_hints_reach_the_process_that_reads_the_file_they_are_for(tmp_path: Path) -> None:
    said = say(
        tmp_path,
        '[files."*.csv"]\ndates = "day"\n[files."*.csv".columns]\ntext = "Beschreibung"\ndate = "Erscheint"\n'
        '[files."us/*"]\ndates = "month"\n',
    )
    expected = Hints(True, {"text": "Beschreibung", "published": "Erscheint"})
    assert said.hints("shop.csv") == expected
    assert said.hints("us/shop.csv").day_first is False
    with Pool(hinted, hints=said.hints) as pool:
        for name, hints in (("shop.csv", expected), ("a.md", Hints()), ("shop.csv", expected)):
            [written] = pool.find(name, b"x")
            assert isinstance(written, tuple)
            assert Hints.read(written[0]) == hints


def test_columns_and_the_order_of_dates_are_read_as_footnote_toml_says(tmp_path: Path) -> None:
    table = "Name,Beschreibung,Erscheint,text\nLampe,Sie leuchtet.,03/04/2025,kurz\n"
    for folder in ("", "us"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "shop.csv").write_text(table, encoding="utf-8")
    columns = 'columns = {title = "Name", text = "Beschreibung", date = "Erscheint"}\n'
    (tmp_path / "footnote.toml").write_text(
        f'[files."shop.csv"]\ndates = "day"\n{columns}[files."us/*"]\ndates = "month"\n{columns}',
        encoding="utf-8",
    )
    ours, theirs = read_folder(tmp_path).articles
    assert (ours.title, ours.text, ours.published) == ("Lampe", "Sie leuchtet.", date(2025, 4, 3))
    assert (theirs.text, theirs.published) == ("Sie leuchtet.", date(2025, 3, 4))
