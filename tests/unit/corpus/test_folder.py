"""corpus/ to Articles."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from rag.corpus.folder import Corpus, Unread, fingerprints, read_folder
from rag.errors import CorpusError
from rag.types import Article


def write(folder, **texts):
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_articles_come_sorted_by_path_with_checksums_and_what_could_not_be_read(tmp_path):
    write(
        tmp_path,
        **{
            "b.txt": "B\n\nSecond.",
            "a/x.md": "# X\n\nFirst.",
            "README.md": "about this folder",
            "a/.hidden.txt": "hidden",
            ".git/x.txt": "hidden",
            "~$b.docx": "lock",
            "c.pdf": "no pdf",
            "photo.JPG": "image",
            "notes": "no suffix",
        },
    )
    assert read_folder(tmp_path) == Corpus(
        articles=(
            Article(id="a/x.md", title="X", text="First."),
            Article(id="b.txt", title="B", text="Second."),
        ),
        files={"a/x.md": sha256("# X\n\nFirst."), "b.txt": sha256("B\n\nSecond."), "c.pdf": sha256("no pdf")},
        unread=(
            Unread("c.pdf", "is not a readable PDF: Failed to load document (PDFium: Data format error)."),
            Unread("notes", "is not in a known format (no suffix)"),
            Unread("photo.JPG", "is not in a known format (.jpg)"),
        ),
    )


def test_fingerprints_are_the_files_that_reading_gives_and_why_others_are_left(tmp_path):
    write(tmp_path, **{"b.txt": "B", "a/x.md": "X", "c.pdf": "no pdf", "photo.jpg": "image"})
    left = {"photo.jpg": "is not in a known format (.jpg)"}
    assert fingerprints(tmp_path) == (read_folder(tmp_path).files, left)


def test_a_readme_below_the_top_is_an_article(tmp_path):
    write(tmp_path, **{"a/README.md": "It rained."})
    assert [article.id for article in read_folder(tmp_path).articles] == ["a/README.md"]


def test_a_missing_folder_names_the_next_step(tmp_path):
    with pytest.raises(
        CorpusError, match=r"no folder .*none\. Make it and put articles in it, or set RAG_CORPUS"
    ):
        read_folder(tmp_path / "none")


def test_an_empty_folder_names_the_formats(tmp_path):
    with pytest.raises(
        CorpusError, match=r"is empty. Put articles in it. Formats read: .csv .docx .epub .htm .html"
    ):
        read_folder(tmp_path)


def test_a_folder_with_nothing_readable_says_what_was_found(tmp_path):
    write(tmp_path, **{"a.xyz": "?", "b.txt": ""})
    with pytest.raises(
        CorpusError, match=r"\(2 found; a.xyz is not in a known format \(.xyz\)\). Formats read: .csv"
    ):
        read_folder(tmp_path)


def test_a_second_row_with_the_same_id_is_reported_and_the_first_kept(tmp_path):
    write(
        tmp_path,
        **{"n.jsonl": '{"id": 1, "text": "One."}\n{"id": 1, "text": "Two."}\n{"id": 3, "text": "Three."}\n'},
    )
    read = read_folder(tmp_path)
    assert [(article.id, article.text) for article in read.articles] == [
        ("n.jsonl#1", "One."),
        ("n.jsonl#3", "Three."),
    ]
    assert read.unread == (Unread("n.jsonl", "has a second row with the id n.jsonl#1; the first is kept"),)


def test_a_file_over_the_limit_is_reported_and_not_read(tmp_path):
    write(tmp_path, **{"a.txt": "Short.", "b.txt": "long " * 100})
    read = read_folder(tmp_path, largest=100)
    assert read.unread == (Unread("b.txt", "has 500 bytes, more than the 100 that are read; split it"),)
    assert list(read.files) == list(fingerprints(tmp_path, largest=100)[0]) == ["a.txt"]


def test_links_out_of_the_folder_are_reported_and_links_inside_are_read(tmp_path):
    write(tmp_path, **{"secret.txt": "Secret.", "other/s.txt": "Secret.", "corpus/a.txt": "It rained."})
    folder = tmp_path / "corpus"
    (folder / "b.txt").symlink_to(folder / "a.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "outside").symlink_to(tmp_path / "other")
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "none.txt")
    read = read_folder(folder)
    assert [article.id for article in read.articles] == ["a.txt", "b.txt"]
    assert read.unread == (
        Unread("gone.txt", "is not a file that can be read"),
        Unread("out.txt", "is a link that leads out of the folder; copy the file itself"),
        Unread("outside", "is a link that leads out of the folder; copy the file itself"),
    )


def test_a_pipe_is_reported_and_not_waited_for(tmp_path):
    write(tmp_path, **{"a.txt": "It rained."})
    os.mkfifo(tmp_path / "pipe.txt")
    assert read_folder(tmp_path).unread == (Unread("pipe.txt", "is not a file that can be read"),)


def test_a_name_that_is_not_utf8_is_reported(tmp_path):
    write(tmp_path, **{"a.txt": "It rained."})
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123 - bytes are the point
        file.write(b"It shone.")
    assert read_folder(tmp_path).unread == (
        Unread("caf\ufffd.txt", "has a name that is not UTF-8; rename it"),
    )


def test_a_files_modification_time_is_never_its_date(tmp_path):
    write(tmp_path, **{"a.txt": "It rained."})
    os.utime(tmp_path / "a.txt", (time.time(), 1_000_000_000))
    assert read_folder(tmp_path).articles[0].published is None


def test_a_damaged_pdf_is_reported_and_its_parser_stays_silent(tmp_path: Path, caplog, capfd) -> None:
    (tmp_path / "a.txt").write_text("Some text.", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4\ngarbage\nstartxref\n0\n")
    assert [unread.path for unread in read_folder(tmp_path).unread] == ["b.pdf"]
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")
