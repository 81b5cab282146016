"""Tables of other tools, as they are exported: each row an Article, and what is not used is named."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rag.corpus import formats
from rag.corpus.folder import IN_PART, Unread, read_folder
from rag.errors import ReadingError, Remark
from rag.types import Article, Block

LIGHTHOUSE = "The lighthouse at Cape Sorrel was lit for the first time on 4 June 1881 and is 38 metres tall."
FERRY = "The ferry to Holm sails twice a day; in winter, only once. Tickets cost 6.50 crowns."
DAY = date(2026, 3, 1)
NO_TEXT = "name one of them text or body or content or article"


def found(content: str | bytes, id: str) -> list[Article | str]:
    """Return the articles of a table, with the words of its errors and remarks."""
    content = content.encode() if isinstance(content, str) else content
    said: list[Article | str] = []
    for each in formats.articles(content, id):
        said.append(
            each if isinstance(each, Article) else each.said if isinstance(each, Remark) else str(each)
        )
    return said


def texts(content: str | bytes, id: str) -> list[str]:
    return [each.text if isinstance(each, Article) else each for each in found(content, id)]


def dates(content: str, id: str = "n.csv") -> list[date | None]:
    return [each.published for each in found(content, id) if isinstance(each, Article)]


def _nested(*kinds: object) -> object:
    """Return nodes of these kinds one inside the other."""
    kind, *more = kinds
    return {"type": kind, "content": [_nested(*more)]} if more else kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("7/backslash.csv", ['He said "no" and left', "All fine here in the third row"]),
        ("7/blank_first.csv", [LIGHTHOUSE]),
        (
            "7/bom_semicolon.csv",
            [
                "04.06.2021 in “date” may begin with the day or the month, and no other date tells which;"
                " write them as YYYY-MM-DD",
                LIGHTHOUSE,
                FERRY,
            ],
        ),
        ("7/cp1252.csv", ["Das Café “Zürich” kostete 5 € – früher weniger, sagt die Bürgermeisterin."]),
        ("7/data_only.csv", [f"has no column of text: its columns are country, year, gdp; {NO_TEXT}"]),
        ("7/emptyhead.csv", [f"has no column of text: its columns are none; {NO_TEXT}"]),
        ("7/excel_sep.csv", [LIGHTHOUSE]),
        ("7/kaggle.csv", [LIGHTHOUSE, FERRY]),
        ("7/oddnames.csv", [LIGHTHOUSE]),
        ("7/pipe.csv", [LIGHTHOUSE]),
        ("7/quotedhead.csv", [LIGHTHOUSE]),
        (
            "7/short_long_rows.csv",
            [
                LIGHTHOUSE,
                "line 3: has 4 fields for 2 columns",
                "ok this one is fine and long enough to be read",
            ],
        ),
        ("7/tab.csv", [LIGHTHOUSE]),
        (
            "7/unquoted_quote.csv",
            [
                'He said "no" and left the tower at noon',
                'she said "yes" twice',
                "All fine here in the third row",
            ],
        ),
        ("7/utf16_tab.csv", [LIGHTHOUSE]),
        *[
            (f"8/{name}", [LIGHTHOUSE])
            for name in (
                *(
                    "array.json bom.jsonl epoch.jsonl fulltext.jsonl jsonfeed.jsonl jsonfeed_text.jsonl"
                ).split(),
                *(
                    "langchain.jsonl mongo.jsonl nan.jsonl nested.jsonl nested2.jsonl newsplease.jsonl"
                ).split(),
                *("nulls.jsonl passage.jsonl pyserini.jsonl schemaorg.jsonl squadlike.jsonl").split(),
                "wikipedia.jsonl",
            )
        ],
        ("8/pretty.jsonl", [LIGHTHOUSE, LIGHTHOUSE]),
        (
            "8/paragraphs.jsonl",
            [
                "Cape Sorrel has a tower.\n\nThe lighthouse was lit on 4 June 1881.\n\nIt is 38 metres tall.",
            ],
        ),
        ("8/sentences_dicts.jsonl", ["Cape Sorrel has a tower.\n\nIt is 38 metres tall."]),
    ],
)
def test_a_table_of_the_cases_is_read_or_says_why_not(shared: Path, name: str, expected: list[str]) -> None:
    file = shared / "cases" / name
    assert texts(file.read_bytes(), file.name) == expected


def test_the_facts_of_the_cases_are_read(shared: Path) -> None:
    def facts(name: str) -> Article:
        file = shared / "cases" / name
        *_, article = formats.articles(file.read_bytes(), file.name)
        assert isinstance(article, Article)
        return article

    table = shared / "cases/7/dates.csv"
    assert dates(table.read_text(encoding="utf-8")) == [
        None,
        date(2024, 12, 25),
        date(2024, 12, 25),
        date(2025, 1, 1),
    ]
    assert texts(table.read_bytes(), "dates.csv")[::5] == [
        "03/04/2025 in “date” may begin with the day or the month, and there are dates of both kinds;"
        " write them as YYYY-MM-DD",
        "line 6: has 4 fields for 3 columns",
    ]
    june = date(2021, 6, 4)
    odd = facts("7/oddnames.csv")
    assert (odd.title, odd.published, odd.author, odd.url) == (
        "Cape Sorrel",
        june,
        "Ann Lee",
        "https://ex.org/a",
    )
    assert facts("8/nan.jsonl") == Article(id="nan.jsonl#1", title="Nan 1", text=LIGHTHOUSE)
    assert facts("8/nulls.jsonl") == Article(id="nulls.jsonl#1", title="Nulls 1", text=LIGHTHOUSE)
    assert facts("8/nested2.jsonl").language == "en"
    assert facts("8/mongo.jsonl").id == "mongo.jsonl#5f3"
    for name in ("epoch", "jsonfeed", "mongo", "newsplease", "schemaorg"):
        assert facts(f"8/{name}.jsonl").published == june, name
    assert (facts("8/newsplease.jsonl").source, facts("8/newsplease.jsonl").author) == ("ex.org", "Ann Lee")
    assert (facts("8/schemaorg.jsonl").source, facts("8/schemaorg.jsonl").author) == ("Ex", "Ann Lee")
    assert facts("8/langchain.jsonl").title == "Cape Sorrel"
    assert len(facts("7/huge.csv").text) > 131_072


class TestSeparated:
    @pytest.mark.parametrize(
        ("content", "id"),
        [
            ("title,text\nT,One.\n", "n.csv"),
            ("sep=|\r\ntitle|text\r\nT|One.\r\n", "n.csv"),
            ('\n\n"sep=\t"\ntitle\ttext\nT\tOne.\n', "n.csv"),
            ("SEP=;\n\ntitle;text\nT;One.\n", "n.tsv"),
            (" \n,,\n\ntitle,text\nT,One.\n", "n.csv"),
            ("title\ttext\nT\tOne.\n", "n.csv"),
            ("title;text\nT;One.\n", "n.tsv"),
            ('"title, in short"|"text"\nT|One.\n', "n.csv"),
            ("title;text;notes, and more, and more\nT;One.;\n", "n.csv"),
            ("text\nOne.\n", "n.csv"),
            ("title,text\rT,One.\r", "n.csv"),
            ("title,text\nT,One.,,,\n", "n.csv"),
            ("\ufefftitle;text\nT;One.\n".encode("utf-16-le"), "n.csv"),
            ("titre;texte;text\nÉté;Voilà;One.\n".encode("cp1252"), "n.csv"),
            ("title,text\n„Käse“,One.\n".encode("cp1252"), "n.csv"),
        ],
    )
    def test_the_head_tells_what_separates(self, content: str | bytes, id: str) -> None:
        assert texts(content, id) == ["One."]

    @pytest.mark.parametrize("sign", [",", ";", "\t"])
    def test_a_cell_may_be_as_long_as_an_article(self, sign: str) -> None:
        text = "It rained all day. " * 10_000
        assert texts(f'title{sign}text\nT{sign}"{text}"\nU{sign}One.\n', "n.csv") == [text.strip(), "One."]

    def test_lines_are_counted_from_the_top_of_the_file(self) -> None:
        table = 'sep=;\n\ntitle;text\nA;"One.\n\nTwo."\nB;b;c\nC;Three.\n'
        assert [each if isinstance(each, str) else each.id for each in found(table, "n.csv")] == [
            "n.csv#4",
            "line 7: has 3 fields for 2 columns",
            "n.csv#8",
        ]

    @pytest.mark.parametrize(
        ("row", "text"),
        [
            (r'"He said \"no\" and left."', 'He said "no" and left.'),
            ('"He said "no" and left."', 'He said "no" and left.'),
            ('"He said ""no"", and left."', 'He said "no", and left.'),
            ('He said "no" and left.', 'He said "no" and left.'),
            ('"He said \\"no\\".\n\nThen, he left."', 'He said "no".\n\nThen, he left.'),
            ('"He said "no" to it.\n\nThen, he left."', 'He said "no" to it.\n\nThen, he left.'),
            (r'"It is in C:\new, she said."', r"It is in C:\new, she said."),
        ],
    )
    def test_quotes_inside_quotes_are_read_as_they_are_meant(self, row: str, text: str) -> None:
        assert texts(f"title,text\nT,{row}\nU,Fine.\n", "n.csv") == [text, "Fine."]

    def test_a_row_that_cannot_be_mended_is_named_and_the_next_is_read(self) -> None:
        table = 'title,text\nA,"She said "yes", twice"\nB,Fine.\n'
        assert texts(table, "n.csv") == ["line 2: ',' expected after '\"'", "Fine."]

    def test_tabs_separate_though_quotes_are_only_quotes(self) -> None:
        table = 'title\ttext\nT\t"No," he said, and "left".\nU\tFine.\n'
        assert texts(table, "n.tsv") == ['"No," he said, and "left".', "Fine."]

    def test_many_rows_that_cannot_be_mended_cost_no_more_than_themselves(self) -> None:
        table = "title,text\n" + 'A,"b"c",d\n' * 5_000
        assert len(found(table, "n.csv")) == 5_000


class TestNames:
    @pytest.mark.parametrize(
        "name",
        "text Body articleBody Article_Body page_content maintext contents content_text full_text Full-Text"
        " content_html body_text bodyText main_text cleaned_text text_clean story_text story passage context"
        " paragraphs raw_content article_content news_text plain_text abstract Description".split(),
    )
    def test_a_text_is_known_by_the_names_of_other_tools(self, name: str) -> None:
        assert texts(json.dumps({"title": "T", name: "It rained."}), "n.jsonl") == ["It rained."]

    @pytest.mark.parametrize(
        "name",
        "text_length content_type word_count text_id body_language image_text_url comments".split(),
    )
    def test_what_only_speaks_of_a_text_is_none(self, name: str) -> None:
        assert texts(json.dumps({"title": "T", name: "It rained."}), "n.jsonl") == [
            f"line 1: has no field of text: its fields are title, {name}; {NO_TEXT}"
        ]

    @pytest.mark.parametrize(
        ("name", "value", "field"),
        [
            ("Publication Date", "2021-06-04", "published"),
            ("article_published_at", "2021-06-04", "published"),
            ("date_utc", "2021-06-04", "published"),
            ("Writer", "Ann Lee", "author"),
            ("Author(s)", "Ann Lee", "author"),
            ("author_name", "Ann Lee", "author"),
            ("article_url", "https://ex.org/a", "url"),
            ("sourceName", "The Daily", "source"),
            ("publication", "The Daily", "source"),
            ("news_outlet", "The Daily", "source"),
        ],
    )
    def test_a_fact_is_known_by_the_names_of_other_tools(self, name: str, value: str, field: str) -> None:
        [article] = found(json.dumps({"text": "It rained.", name: value}), "n.jsonl")
        expected = date.fromisoformat(value) if field == "published" else value
        assert getattr(article, field) == expected

    @pytest.mark.parametrize("name", ["date_modified", "updated_at", "crawl_date", "image_url", "author_id"])
    def test_a_name_of_something_else_gives_no_fact(self, name: str) -> None:
        [article] = found(json.dumps({"text": "It rained.", name: "https://ex.org/a"}), "n.jsonl")
        assert (article.published, article.url, article.author) == (None, None, None)

    @pytest.mark.parametrize("number", [7, 7.0, "7", "7.0", [7, 12]])
    def test_a_number_is_nobodys_name(self, number: object) -> None:
        row = {"text": "It rained.", "author": number}
        named = {"_embedded": {"author": [{"id": 7, "name": "Ann Lee"}]}}
        rows = [
            row,
            {**row, "author_name": "Ann Lee"},
            {**row, **named},
            {**row, "author": "7 Bells", **named},
        ]
        authors = [each.author for each in found(json.dumps(rows), "n.json") if isinstance(each, Article)]
        assert authors == [None, "Ann Lee", "Ann Lee", "7 Bells"]

    def test_the_longer_text_wins_over_a_summary(self) -> None:
        row = {"description": "In short.", "summary": "Short.", "full_text": "It rained all day."}
        assert texts(json.dumps(row), "n.jsonl") == ["It rained all day."]

    def test_a_layout_that_is_not_known_says_what_it_has_and_which_may_be_the_text(self) -> None:
        table = f"id,headline,tale\n1,T,{'It rained. ' * 30}\n"
        assert texts(table, "n.csv") == [
            f"has no column of text: its columns are id, headline, tale; {NO_TEXT}; “tale” looks like one"
        ]


class TestDates:
    def test_the_order_of_day_and_month_is_that_of_the_whole_column(self) -> None:
        rows = "title,text,date\nA,One.,03/04/2025\nB,Two.,{}\n"
        assert dates(rows.format("25/12/2024")) == [date(2025, 4, 3), date(2024, 12, 25)]
        assert dates(rows.format("12/25/2024")) == [date(2025, 3, 4), date(2024, 12, 25)]

    def test_a_row_far_down_decides_for_the_first(self) -> None:
        rows = "A,One.,03/04/2025\n" * 2_000
        first, *_ = dates(f"title,text,date\n{rows}B,Two.,13/04/2025\n")
        assert first == date(2025, 4, 3)

    def test_each_column_has_an_order_of_its_own(self) -> None:
        table = "text,date,created_at\nOne.,,03/04/2025\nTwo.,04/05/2025,\nThree.,25/12/2024,12/25/2024\n"
        assert dates(table) == [date(2025, 3, 4), date(2025, 5, 4), date(2024, 12, 25)]

    def test_rows_of_json_have_an_order_too(self) -> None:
        rows = [{"text": "One.", "date": each} for each in ("03/04/2025", "25/12/2024")]
        assert dates(json.dumps(rows), "n.json") == [date(2025, 4, 3), date(2024, 12, 25)]

    @pytest.mark.parametrize(
        ("second", "why"),
        [
            ("2024-12-25", "no other date tells which"),
            ("04/04/2024", "no other date tells which"),
            ("25/12/2024\nC,Three.,12/25/2024", "there are dates of both kinds"),
        ],
    )
    def test_where_nothing_decides_there_is_no_date_and_the_reason_is_named(
        self, second: str, why: str
    ) -> None:
        remark, first, *_ = found(f"title,text,date\nA,One.,03/04/2025\nB,Two.,{second}\n", "n.csv")
        assert remark == (
            f"03/04/2025 in “date” may begin with the day or the month, and {why}; write them as YYYY-MM-DD"
        )
        assert first == Article(id="n.csv#2", title="A", text="One.")

    @pytest.mark.parametrize(
        "value",
        [1474528230, 1474528230000, {"$date": 1474528230000}, "{'$date': 1474528230000}", "1474528230.0"],
    )
    def test_time_that_is_counted_is_a_date(self, value: object) -> None:
        assert dates(json.dumps({"text": "One.", "date": value}), "n.jsonl") == [date(2016, 9, 22)]

    def test_dates_that_are_not_understood_are_named(self) -> None:
        table = "text,date\nOne.,soon\nTwo.,2024-12-25\nThree.,n/a\n"
        assert found(table, "n.csv")[0] == (
            "1 of 2 dates were not understood, such as “soon”; write them as YYYY-MM-DD"
        )
        assert dates(table) == [None, date(2024, 12, 25), None]


class TestRemarks:
    def test_a_column_that_looks_like_dates_and_is_not_used_is_named(self) -> None:
        table = "text,when\nOne.,2024-12-25\nTwo.,25 December 2024\n"
        assert found(table, "n.csv")[0] == "“when” looks like dates and is not used; name it date"

    def test_a_column_that_looks_like_texts_and_is_not_used_is_named(self) -> None:
        table = f"description,tale\nShort.,{'It rained. ' * 30}\n"
        assert texts(table, "n.csv") == ["“tale” looks like texts and is not used; name it text", "Short."]

    @pytest.mark.parametrize(
        "table",
        [
            "text,date,updated\nOne.,2024-12-25,2024-12-26\n",
            "text,when\nOne.,later\n",
            f"text,notes\n{'It rained. ' * 60},{'It shone. ' * 30}\n",
        ],
    )
    def test_nothing_is_said_of_what_is_not_missed(self, table: str) -> None:
        assert len(found(table, "n.csv")) == 1

    def test_a_folder_tells_what_was_read_in_part_and_keeps_the_articles(self, tmp_path: Path) -> None:
        (tmp_path / "n.csv").write_text("text,when\nOne.,2024-12-25\n", "utf-8")
        read = read_folder(tmp_path)
        assert [article.text for article in read.articles] == ["One."]
        assert read.unread == (
            Unread("n.csv", f"{IN_PART}“when” looks like dates and is not used; name it date"),
        )


class TestJson:
    @pytest.mark.parametrize(
        "content",
        [
            [{"title": "T", "text": "One."}, {"title": "U", "text": "Two."}],
            {"articles": [{"title": "T", "text": "One."}, {"title": "U", "content": "Two."}]},
            {"response": {"docs": [{"headline": "T", "body": "One."}, {"headline": "U", "body": "Two."}]}},
            {"hits": {"hits": [{"_source": {"title": "T", "text": "One."}}, {"_source": {"text": "Two."}}]}},
            {"title": {"0": "T", "1": "U"}, "text": {"0": "One.", "1": "Two."}},
            {"title": ["T", "U"], "text": ["One.", "Two."]},
            {"columns": ["title", "text"], "index": [0, 1], "data": [["T", "One."], ["U", "Two."]]},
            {"a": {"title": "T", "text": "One."}, "b": {"title": "U", "text": "Two."}},
            [{"title": {"rendered": "T"}, "content": {"rendered": "<p>One.</p>"}}, {"text": "Two."}],
            {"data": [{"title": "T", "paragraphs": [{"context": "One."}]}, {"text": "Two."}]},
        ],
    )
    def test_the_articles_of_a_json_file_are_found_where_they_are(self, content: object) -> None:
        assert texts(json.dumps(content), "n.json") == ["One.", "Two."]
        assert texts(json.dumps(content, indent=2), "n.json") == ["One.", "Two."]

    @pytest.mark.parametrize(
        "hide",
        [
            lambda feed, articles: {"status": "ok", "feed": feed, "items": articles},
            lambda feed, articles: {**feed, "items": articles},
            lambda feed, articles: {"data": {**feed, "posts": articles}},
            lambda feed, articles: {"rss": {"@version": "2.0", "channel": {**feed, "item": articles}}},
            lambda feed, articles: {"rss": {"channel": [{**feed, "item": articles}]}},
            lambda feed, articles: {"feed": {"subtitle": "News.", "entry": articles}},
            lambda feed, articles: [{**feed, "entries": articles[:1]}, {**feed, "entries": articles[1:]}],
            lambda feed, articles: {
                "north": {**feed, "item": articles[0]},
                "south": {**feed, "item": articles[1:]},
            },
        ],
    )
    def test_what_a_feed_says_of_itself_does_not_hide_its_articles(
        self, hide: Callable[[dict[str, object], list[object]], object]
    ) -> None:
        feed: dict[str, object] = {
            "title": "Quay",
            "description": "News of the quay.",
            "image": {"title": "Q", "summary": "A."},
        }
        articles: list[object] = [
            {"title": "T", "description": "One."},
            {"title": "U", "content": "Two."},
        ]
        assert texts(json.dumps(hide(feed, articles)), "n.json") == ["One.", "Two."]

    @pytest.mark.parametrize(
        "content",
        [
            {"title": "T", "content": "One.", "items": [{"title": "U", "text": "Two."}]},
            {"title": "T", "description": "One.", "items": [{"text": "two eggs"}, {"text": "salt"}]},
            {"title": "T", "summary": "One.", "related": [{"title": "U", "summary": "Two."}]},
            {"a": {"title": "T", "text": "One.", "items": [{"title": "U", "text": "Two."}]}},
        ],
    )
    def test_what_an_article_lists_is_no_reason_to_pass_it_by(self, content: object) -> None:
        assert texts(json.dumps(content), "n.json") == ["One."]

    def test_lines_of_json_may_have_the_other_name(self) -> None:
        rows = '{"text": "One."}\n{"text": "Two."}\n'
        assert texts(rows, "n.json") == ["One.", "Two."]
        assert texts('[{"text": "One."},\n{"text": "Two."}]', "n.jsonl") == ["One.", "Two."]
        assert texts('{\n"text": "One."\n}\n{\n"text": "Two."\n}\n', "n.jsonl") == ["One.", "Two."]

    def test_a_file_that_is_one_article_has_its_own_name(self) -> None:
        assert found('{"headline": "T", "articleBody": "One."}', "news/n.json") == [
            Article(id="news/n.json", title="T", text="One.")
        ]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ('{"name": "x", "version": 1}', "holds no list of articles, such as "),
            ('{"articles": []}', "holds no list of articles, such as "),
            ("nope", "is not JSON: Expecting value: line 1 column 1 (char 0)"),
            ("[1]", "item 1: is not a JSON object"),
            ("[" * 100_000, "is not JSON: "),
        ],
    )
    def test_a_file_without_articles_says_so(self, content: str, said: str) -> None:
        [error] = found(content, "n.json")
        assert error.startswith(said)


class TestTexts:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (["One.", "Two."], "One.\n\nTwo."),
            ([{"text": "One."}, {"content": "Two."}], "One.\n\nTwo."),
            ([["One.", "Two."], ["Three."]], "One. Two.\n\nThree."),
            ([["One."], ["Two."]], "One.\n\nTwo."),
            ({"en": "One."}, "One."),
            ({"de": "Eins.", "en": "One."}, "One."),
            ({"en": ["One.", "Two."]}, "One.\n\nTwo."),
            ({"text": "One."}, "One."),
            ({"paragraphs": ["One.", "Two."]}, "One.\n\nTwo."),
            (["<p>One <b>x</b>.</p><p>Two.</p>", "Three."], "One x.\n\nTwo.\n\nThree."),
            (["One.", None, "", float("nan"), "Two."], "One.\n\nTwo."),
            ("['One.', \"It's two.\"]", "One.\n\nIt's two."),
            ('["One.", "Two \\u00e9."]', "One.\n\nTwo é."),
            ("[Editor’s note: it rained.]", "[Editor’s note: it rained.]"),
        ],
    )
    def test_paragraphs_stay_paragraphs(self, value: object, text: str) -> None:
        assert texts(json.dumps({"title": "T", "text": value}), "n.jsonl") == [text]

    def test_parts_that_say_what_they_are_are_that(self) -> None:
        parts = [{"type": "h3", "text": "Keys"}, {"type": "p", "text": "One."}, {"type": "li", "text": "- a"}]
        [article] = found(json.dumps({"title": "T", "text": parts}), "n.jsonl")
        assert article.text == "Keys\n\nOne.\n\n- a"
        assert article.blocks == (
            Block(0, 4, "heading", 3),
            Block(6, 10),
            Block(12, 15, "item"),
        )

    @pytest.mark.parametrize(
        "value",
        [
            {
                "type": "doc",
                "content": [
                    {"type": "heading", "attrs": {"level": 3}, "content": [{"type": "text", "text": "Keys"}]},
                    {
                        "type": "paragraph",
                        "content": [
                            {"type": "text", "text": "A "},
                            {"type": "text", "marks": [{"type": "bold"}], "text": "brass"},
                            {"type": "hardBreak"},
                            {"type": "text", "text": "key."},
                        ],
                    },
                    _nested("bulletList", "listItem", "paragraph", {"type": "text", "text": "a bell"}),
                ],
            },
            {
                "nodeType": "document",
                "content": [
                    {"nodeType": "heading-3", "content": [{"nodeType": "text", "value": "Keys"}]},
                    {
                        "nodeType": "paragraph",
                        "content": [
                            {"nodeType": "text", "value": "A "},
                            {
                                "nodeType": "hyperlink",
                                "data": {"uri": "https://ex.org/b"},
                                "content": [{"nodeType": "text", "value": "brass"}],
                            },
                            {"nodeType": "text", "value": "\nkey."},
                        ],
                    },
                    _nested("ul", "list-item", "paragraph", {"nodeType": "text", "value": "a bell"}),
                ],
            },
            [
                {"_type": "block", "style": "h3", "children": [{"_type": "span", "text": "Keys"}]},
                {"_type": "block", "children": [{"text": "A bra"}, {"text": "ss\n"}, {"text": "key."}]},
                {"_type": "block", "listItem": "bullet", "children": [{"_type": "span", "text": "a bell"}]},
            ],
            {
                "blocks": [
                    {"text": "Keys", "type": "header-three"},
                    {"text": "A brass\nkey.", "type": "unstyled"},
                    {"text": "a bell", "type": "unordered-list-item"},
                ],
                "entityMap": {},
            },
            {
                "blocks": [
                    {"type": "header", "data": {"text": "Keys", "level": 3}},
                    {"type": "paragraph", "data": {"text": "A <b>brass</b><br>key."}},
                    {"type": "list", "data": {"style": "unordered", "items": ["a bell"]}},
                ]
            },
        ],
    )
    def test_a_text_in_the_nodes_of_an_editor_is_as_it_was_written(self, value: object) -> None:
        [article] = found(json.dumps({"title": "T", "content": value}), "n.jsonl")
        assert article.text == "Keys\n\nA brass\nkey.\n\na bell"
        assert article.blocks == (Block(0, 4, "heading", 3), Block(6, 18), Block(20, 26, "item"))

    @pytest.mark.parametrize("kind", ["section", ""])
    def test_parts_that_are_called_texts_are_no_paragraph_together(self, kind: str) -> None:
        parts = [{"type": "text", "text": "One."}, {"type": "text", "text": "Two."}]
        assert texts(json.dumps({"text": [{"type": kind, "content": parts}]}), "n.jsonl") == ["One.\n\nTwo."]

    def test_items_of_a_list_within_an_item_are_read(self) -> None:
        items = [{"content": "a key", "items": [{"content": "a bit", "items": []}]}, {"content": "a bell"}]
        row = {"content": {"blocks": [{"type": "list", "data": {"items": items}}]}}
        assert texts(json.dumps(row), "n.jsonl") == ["a key\n\na bit\n\na bell"]

    def test_sections_keep_their_headings(self) -> None:
        sections = [{"heading": "Keys", "text": "One.\n\nTwo."}, {"title": "Doors", "text": ["Three."]}]
        [article] = found(json.dumps({"title": "T", "sections": sections}), "n.jsonl")
        assert article.text == "Keys\n\nOne.\n\nTwo.\n\nDoors\n\nThree."
        assert [block.kind for block in article.blocks if block.kind == "heading"] == ["heading"] * 2

    @pytest.mark.parametrize("nothing", [None, "NaN", "null", "None", float("nan"), [], {}, [None]])
    def test_nothing_is_nothing(self, nothing: object) -> None:
        row = {"title": nothing, "text": "It rained.", "author": nothing, "date": nothing, "source": nothing}
        assert found(json.dumps(row), "n.jsonl") == [Article(id="n.jsonl#1", title="N 1", text="It rained.")]
        assert texts(json.dumps({"title": "T", "text": nothing}), "n.jsonl") == ["line 1: holds no text"]

    def test_a_plain_text_has_the_structure_that_it_has_in_a_file_of_its_own(self) -> None:
        text = "The plan is here.\n\nDredging: 12 days\nPiling: 30 days\n\n- a key\n- a bell"
        [article] = found(f'title,text\nT,"{text}"\n', "n.csv")
        assert article.text == text
        assert [block.kind for block in article.blocks] == ["paragraph", "row", "row", "item", "item"]

    def test_nesting_without_end_costs_nothing(self) -> None:
        deep = '{"metadata": ' * 900 + '{"text": "x"}' + "}" * 900
        assert texts(f'{{"text": "One.", "metadata": {deep}}}', "n.jsonl") == ["One."]
        listed = "[" * 900 + '"x"' + "]" * 900
        assert texts(f'{{"title": "T", "text": {listed}}}', "n.jsonl") == ["line 1: holds no text"]


@pytest.mark.parametrize("content", ['"', '"title,text\n', 'title,"text\nA,B\n'])
def test_a_table_whose_head_is_broken_is_refused_by_name(content: str) -> None:
    [reason] = formats.articles(content.encode(), "a.csv")
    assert isinstance(reason, ReadingError)


def test_html_in_a_cell_keeps_its_headings_and_lists() -> None:
    rows = 'title,body_html\nA,"<h2>Head</h2><p>One <s>gone</s> two.</p><ul><li>three</li></ul>"\n'
    [article] = found(rows, "a.csv")
    assert isinstance(article, Article)
    assert [block.kind for block in article.blocks] == ["heading", "paragraph", "item"]
    assert article.text == "Head\n\nOne two.\n\nthree"


@pytest.mark.parametrize(
    ("row", "title", "author", "day"),
    [
        ({"headline": {"main": "Flood"}, "byline": {"original": "By Ada Lund"}}, "Flood", "Ada Lund", None),
        ({"title": {"rendered": "Salt &amp; sea"}, "date_gmt": "2026-03-01"}, "Salt & sea", None, DAY),
        ({"title": "<em>A</em> b", "date": {"$date": {"$numberLong": "1772359200000"}}}, "A b", None, DAY),
        ({"title": "a < b &amp; c", "date": {"$date": 1772359200000}}, "a < b &amp; c", None, DAY),
    ],
)
def test_facts_are_read_as_tools_nest_and_write_them(
    row: dict[str, object], title: str, author: str | None, day: date | None
) -> None:
    [article] = found(json.dumps({"text": "It rained.", **row}), "a.jsonl")
    assert isinstance(article, Article)
    assert (article.title, article.author, article.published) == (title, author, day)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        (["03.04.26", "25.12.26"], [date(2026, 4, 3), date(2026, 12, 25)]),
        (["3/4/21", "3/25/21"], [date(2021, 3, 4), date(2021, 3, 25)]),
        (["25/12/69", "1/2/68"], [date(1969, 12, 25), date(2068, 2, 1)]),
        (["03/04/26", "05/06/26"], [None, None]),
    ],
)
def test_years_of_two_digits_are_read_where_the_column_tells_the_order(
    written: list[str], days: list[date | None]
) -> None:
    rows = "".join(f"T{number},It rained.,{day}\n" for number, day in enumerate(written))
    assert dates(f"title,text,date\n{rows}") == days
