"""The headers of mails and books kept as text become facts and leave the text."""

from datetime import date

import pytest

from rag.corpus import formats
from rag.types import Article

PROSE = "The work on the outer mole will start on 9 May."


def read(text: str) -> Article:
    [article] = formats.articles(text.encode(), "a.txt")
    assert isinstance(article, Article)
    return article


class TestMails:
    @pytest.mark.parametrize(
        "head",
        [
            "From: Ilse Varga <i.varga@port.example>\nTo: all@port.example\n"
            "Date: Fri, 3 May 2024 08:15:00 +0200\nSubject: Repair of the outer mole",
            "From ilse Fri May  3 08:15:00 2024\nReceived: from a by b;\n\tFri, 3 May 2024\n"
            "From: ilse at port.example (Ilse Varga)\nDate: Fri, 3 May 2024 08:15:00 +0200 (CEST)\n"
            "Subject: Repair of the\n outer mole",
            'Subject: =?utf-8?q?Repair_of_the_outer_mole?=\nFrom: "Varga, Ilse" <i@port.example>\n'
            "Date: 3 May 24 08:15:00 GMT",
            "To: all keepers\nFrom: Ilse Varga\nDate: 3 May 2024\nRe: Repair of the outer mole",
        ],
    )
    def test_subject_sender_and_day_are_facts_and_the_header_is_no_text(self, head: str) -> None:
        article = read(f"{head}\n\n{PROSE}\n")
        assert (article.title, article.author, article.published, article.text) == (
            "Repair of the outer mole",
            "Ilse Varga",
            date(2024, 5, 3),
            PROSE,
        )

    def test_an_address_alone_names_nobody(self) -> None:
        article = read(f"From: i.varga@port.example\nSubject: The mole\n\n{PROSE}")
        assert (article.title, article.author, article.text) == ("The mole", None, PROSE)

    @pytest.mark.parametrize(
        "text",
        [
            f"{PROSE}\n\nFrom: Ilse Varga <i@port.example>\nSubject: The mole\n\nShe wrote twice.",
            f"From: Ostrel\nTo: Larnholm\nFare: 4 crowns\n\n{PROSE}",
        ],
    )
    def test_labels_further_down_or_of_something_else_make_no_mail(self, text: str) -> None:
        assert read(text).text == text
        assert read(text).author is None


class TestBooks:
    BOOK = (
        "The Project Gutenberg EBook of The Mole, by Ilse Varga\n\nThis eBook is for the use of anyone.\n\n"
        "Title: The Mole\n       and its Keepers\n\nAuthor: Ilse Varga\n\n"
        "Release Date: May 3, 2009 [EBook #1]\n\nLanguage: English\n\n"
        "*** START OF {0} PROJECT GUTENBERG EBOOK THE MOLE AND\nITS KEEPERS ***\n\n"
        f"{PROSE}\n\n"
    )

    @pytest.mark.parametrize(
        "end",
        [
            "*** END OF {0} PROJECT GUTENBERG EBOOK THE MOLE ***\n\nLicence.",
            "End of the Project Gutenberg EBook of The Mole, by Ilse Varga\n\n"
            "*** END OF {0} PROJECT GUTENBERG EBOOK THE MOLE ***\n\nLicence.",
            "",
        ],
    )
    @pytest.mark.parametrize("which", ["THE", "THIS"])
    def test_a_book_of_project_gutenberg_stands_between_its_marks(self, end: str, which: str) -> None:
        article = read((self.BOOK + end).format(which))
        assert (article.title, article.author, article.language, article.text) == (
            "The Mole and its Keepers",
            "Ilse Varga",
            "en",
            PROSE,
        )

    def test_such_a_mark_without_a_title_above_it_is_text(self) -> None:
        text = f"{PROSE}\n\n*** START OF THE PROJECT GUTENBERG EBOOK ***\n\nSo such books begin."
        assert read(text).text == text
