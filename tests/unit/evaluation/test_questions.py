"""Files to labelled Questions: JSON lines, BEIR folders, SQuAD, and drafts of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.corpus.folder import fingerprints, read_folder
from rag.errors import QuestionsError
from rag.evaluation.questions import LabelledQuestion, Place, home, read, with_own_articles
from rag.evaluation.questions.draft import draft, stands_alone
from rag.evaluation.questions.labelled import normalised, quoted, says
from rag.settings import Settings
from rag.types import Article

MOON = Article("moon.md", "The Moon", "The Moon orbits the Earth. It is 384,400 km away.")


def lines(folder: Path, *rows: object) -> Path:
    path = folder / "my.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def test_a_line_becomes_a_question_with_all_that_it_expects(tmp_path: Path) -> None:
    path = lines(
        tmp_path,
        {
            "question": " How  far? ",
            "article": "moon.md",
            "also": ["sky.md"],
            "quote": "It is far.",
            "answer": ["far", "a lot"],
        },
        "",
        {"question": "How old?", "unanswerable": True, "why": "not said", "id": "age"},
        {"question": "Which?", "article": ["a.md", "b.md"]},
        {"question": "How many?", "answer": 12},
    )
    assert read(path) == (
        LabelledQuestion(
            "How far?",
            "1",
            {"moon.md": 1, "sky.md": 1},
            ("It is far.",),
            ("far", "a lot"),
        ),
        LabelledQuestion("How old?", "age", unanswerable=True),
        LabelledQuestion("Which?", "4", {"a.md": 1, "b.md": 1}),
        LabelledQuestion("How many?", "5", answers=("12",)),
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('{"question": "Why?"', r"line 2: is not JSON \(.*\); write one object a line"),
        ("[1]", "line 2: is not a JSON object"),
        ({"answer": "x"}, 'line 2: has no "question"; add one'),
        ({"question": "Why?"}, 'says nothing of the answer; add "article", "quote" or "answer", or'),
        ({"question": "Why?", "qoute": "x"}, '"qoute" is not known; did you mean "quote"?'),
        ({"question": "Why?", "zzz": "x"}, '"zzz" is not known; known are question, article'),
        ({"question": "Why?", "quote": "x", "unanswerable": True}, "is unanswerable and yet has quote"),
        ({"question": "Why?", "unanswerable": "yes"}, "unanswerable is true or false, without quotes"),
        ({"question": "Why?", "answer": {"a": 1}}, r'answer is \{"a": 1\}; write a string or a list'),
        ({"question": ["Why?"], "answer": "x"}, r'question is \["Why\?"\]; write a string'),
        ({"question": "x" * 1001, "answer": "x"}, "the question has 1,001 characters; 1,000 are read"),
        ({"question": "First?", "answer": "x"}, "asks the same as line 1; delete one of them"),
        ({"question": "Why?", "answer": "x", "id": "1"}, "has the id 1 of an earlier line"),
        (
            {"question": "", "article": "a.md", "quote": "It rained."},
            "the question is empty; write one that the quote answers, or delete the line",
        ),
    ],
)
def test_a_bad_line_is_named_with_its_file_and_number(tmp_path: Path, row: object, message: str) -> None:
    path = lines(tmp_path, {"question": "First?", "answer": "1"}, row)
    with pytest.raises(QuestionsError, match=message) as raised:
        read(path)
    assert str(raised.value).startswith(f"{path}, line 2: ")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.jsonl", None, "cannot be read: No such file"),
        ("empty.jsonl", "\n", "holds no question; write one a line"),
        ("other.json", "{}", "is not a SQuAD file: KeyError"),
    ],
)
def test_a_file_without_questions_says_so(
    tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(QuestionsError, match=message):
        read(tmp_path / name)


def test_a_folder_that_is_not_beir_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=r"is not a BEIR folder: that holds corpus.jsonl, queries.jsonl"):
        read(tmp_path)


def test_the_committed_questions_load(root: Path) -> None:
    folder = root / "tests" / "retrieval"
    sizes = {name: len(read(folder / f"{name}.jsonl")) for name in ("questions", "real_articles", "sure")}
    assert sizes == {"questions": 169, "real_articles": 38, "sure": 25}


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    (folder / "qrels").mkdir(parents=True)
    rows = [
        {"_id": "https://example.org/a b\u00a0c", "title": "A", "text": "It rained in Rome."},
        {"_id": "2", "title": "B", "text": "It snowed in Oslo."},
    ]
    (folder / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    queries = [
        {"_id": "q1", "text": "Where did it rain?", "metadata": {"answer": "Rome"}},
        {"_id": "q2", "text": "Where did it snow?"},
        {"_id": "q3", "text": "Judged by nobody?"},
    ]
    (folder / "queries.jsonl").write_text("".join(json.dumps(row) + "\n" for row in queries), "utf-8")
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\thttps://example.org/a b\u00a0c\t2\nq1\t2\t0\nq2\t2\t1\n", "utf-8"
    )
    (folder / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\nq3\t2\t1\n", "utf-8")
    return folder


def test_a_beir_folder_gives_judged_queries_with_grades_and_the_ids_that_the_corpus_has(beir: Path) -> None:
    assert read(beir) == (
        LabelledQuestion(
            "Where did it rain?",
            "q1",
            {"corpus.jsonl#https://example.org/a b c": 2},
            answers=("Rome",),
            is_judged_in_part=True,
        ),
        LabelledQuestion("Where did it snow?", "q2", {"corpus.jsonl#2": 1}, is_judged_in_part=True),
    )
    ids = {article.id for article in read_folder(beir).articles}
    assert {article for question in read(beir) for article in question.articles} == ids


def test_a_bad_judgment_and_a_bad_query_are_named_with_their_lines(beir: Path) -> None:
    (beir / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\t2\tgood\n", "utf-8")
    with pytest.raises(QuestionsError, match=r"test\.tsv, line 2: is not query, article and a whole grade"):
        read(beir)
    (beir / "qrels" / "test.tsv").unlink()
    (beir / "queries.jsonl").write_text('{"_id": "q3", "text": "Why?"}\n{"_id": "q4"}\n', "utf-8")
    with pytest.raises(QuestionsError, match=r'queries\.jsonl, line 2: is not \{"_id": ..., "text": ...\}'):
        read(beir)


def test_of_a_collection_only_the_articles_are_read_as_articles(beir: Path) -> None:
    assert list(read_folder(beir).files) == list(fingerprints(beir)[0]) == ["corpus.jsonl"]
    assert [article.title for article in read_folder(beir.parent).articles] == ["A", "B"]


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    # The second paragraph repeats its answer, has a soft hyphen that the reader drops, and a line break.
    second = "Oslo is cold.\nIn Os\u00adlo it snowed, and Oslo  was white."
    entries = [
        {
            "title": "Two_Cities",
            "paragraphs": [
                {
                    "context": "Rome is warm. It rained in Rome.",
                    "qas": [
                        {
                            "id": "a",
                            "question": "Where did it rain? ",
                            "answers": [{"text": "Rome", "answer_start": 27}],
                        },
                        {"id": "b", "question": "Where did it hail?", "answers": [], "is_impossible": True},
                    ],
                },
                {
                    "context": second,
                    "qas": [
                        {
                            "id": "c",
                            "question": "What was white?",
                            "answers": [{"text": "Oslo", "answer_start": second.rindex("Oslo")}],
                        }
                    ],
                },
            ],
        }
    ]
    path = tmp_path / "dev.json"
    path.write_text(json.dumps({"version": "v2.0", "data": entries}), "utf-8")
    return path


def test_squad_gives_exact_places_in_the_articles_as_they_are_indexed(squad: Path, tmp_path: Path) -> None:
    settings = with_own_articles(Settings(), squad, index=None, kept=tmp_path / "kept")
    assert (settings.corpus, settings.index) == (tmp_path / "kept" / "corpus", tmp_path / "kept")
    [article] = read_folder(settings.corpus).articles
    assert (article.id, article.title) == ("articles.jsonl#Two_Cities", "Two Cities")
    rain, hail, white = read(squad)
    assert (rain.text, rain.places) == ("Where did it rain?", (Place(article.id, 27, 31),))
    assert hail == LabelledQuestion("Where did it hail?", "b", unanswerable=True)
    [place] = white.places
    assert place.start == article.text.rindex("Oslo")
    assert article.text[place.start : place.end] == "Oslo"
    written = (settings.corpus / "articles.jsonl").stat().st_mtime_ns
    with_own_articles(Settings(), squad, index=tmp_path / "other", kept=tmp_path / "kept")
    assert (settings.corpus / "articles.jsonl").stat().st_mtime_ns == written


def test_an_unanswerable_question_needs_no_list_of_answers(squad: Path) -> None:
    data = json.loads(squad.read_text("utf-8"))
    del data["data"][0]["paragraphs"][0]["qas"][1]["answers"]
    data["data"][0]["paragraphs"][0]["qas"].reverse()
    squad.write_text(json.dumps(data), "utf-8")
    assert [question.unanswerable for question in read(squad)] == [True, False, False]


def test_where_each_place_is_the_first_one_an_answer_stands_wherever_its_words_do(squad: Path) -> None:
    data = json.loads(squad.read_text("utf-8"))
    for paragraph in data["data"][0]["paragraphs"]:
        for asked in paragraph["qas"]:
            for answer in asked["answers"]:
                answer["answer_start"] = paragraph["context"].find(answer["text"])
    data["data"][0]["paragraphs"][0]["context"] += " Romeo stayed dry."
    squad.write_text(json.dumps(data), "utf-8")
    questions = read(squad)
    assert [(place.start, place.end) for place in questions[0].places] == [(0, 4), (27, 31)]
    assert len(questions[2].places) == 3  # one of them with a soft hyphen in the file


def test_an_answer_that_stands_nowhere_is_a_clear_failure(squad: Path) -> None:
    squad.write_text(squad.read_text("utf-8").replace('"text": "Rome"', '"text": "Paris"'), "utf-8")
    with pytest.raises(
        QuestionsError, match=r"dev\.json: the answer 'Paris' does not stand in its paragraph"
    ):
        read(squad)


@pytest.mark.parametrize("name", ["v2.json", "v1-extra.json"])
def test_every_answer_of_squad_is_placed(shared: Path, tmp_path: Path, name: str) -> None:
    path = shared / "data" / "squad" / name
    settings = with_own_articles(Settings(), path, index=None, kept=tmp_path)
    texts = {article.id: article.text for article in read_folder(settings.corpus).articles}
    for question in read(path):
        assert bool(question.places) != question.unanswerable
        for place in question.places:
            found = " ".join(texts[place.article][place.start : place.end].split())
            assert found in question.answers


def test_a_collections_home_is_in_the_users_cache_and_its_own(tmp_path: Path) -> None:
    one, other = (home(tmp_path / name / "news", {"XDG_CACHE_HOME": "/c"}) for name in "ab")
    assert one.parent == other.parent == Path("/c/footnote")
    assert one != other
    assert one.name.startswith("news-")
    assert home(tmp_path, {}).is_relative_to(Path.home() / ".cache" / "footnote")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The  Apollo-11 mission!", "apollo11 mission"),
        ("“Squid Game”", "squid game"),
        ("£225 million", "225 million"),
        ("Rome—and Oslo", "rome and oslo"),
        ("A", "a"),
        ("?!", "?!"),
    ],
)
def test_answers_are_compared_as_squad_does(text: str, words: str) -> None:
    assert normalised(text) == words


def test_an_answer_is_held_as_whole_words() -> None:
    assert says("He paid 50,000 dollars.", "50,000")
    assert not says("He paid 150,000 dollars.", "50,000")


def test_a_quote_is_found_across_line_breaks_wherever_it_stands() -> None:
    assert quoted("a b", "a\nb, a b") == [(0, 3), (5, 8)]
    assert quoted("A b", "a b") == []


@pytest.mark.parametrize(
    ("question", "passage", "sentence"),
    [
        (
            LabelledQuestion("?", "1", {"moon.md": 1}, quotes=("orbits the Earth. It is",)),
            [True, True],
            [True, True],
        ),
        (
            LabelledQuestion("?", "1", {"moon.md": 1}, quotes=("The Moon orbits",)),
            [True, False],
            [True, False],
        ),
        (LabelledQuestion("?", "1", {"moon.md": 1}, answers=("384,400 km",)), [False, True], [False, True]),
        (LabelledQuestion("?", "1", {"sun.md": 1}, answers=("384,400 km",)), [False, False], [False, False]),
        (
            LabelledQuestion("?", "1", {"sun.md": 1}, answers=("384,400 km",), is_judged_in_part=True),
            [False, False],
            [False, True],
        ),
        (LabelledQuestion("?", "1", answers=("384,400 km",)), [False, True], [False, True]),
        (
            LabelledQuestion("?", "1", {"moon.md": 1}, answers=("is",), places=(Place("moon.md", 4, 8),)),
            [True, False],
            [True, True],
        ),
    ],
)
def test_what_is_right_is_told_by_quote_answer_or_place(
    question: LabelledQuestion, passage, sentence
) -> None:
    spans = [(0, 26), (27, 49)]
    assert [question.is_answered_by_passage(MOON, *span) for span in spans] == passage
    assert [question.is_answered_by_sentence(MOON, *span) for span in spans] == sentence


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("The Suez Canal was opened in November of 1869.", True),
        ("It was opened with great pomp in November of 1869.", False),
        ("However, the canal was opened in November of 1869.", False),
        ("the canal was opened with pomp in November 1869.", False),
        ("“The canal was opened with pomp in November 1869.”", False),
        ("The canal was opened with pomp on a windy day.", False),
        ("Opened in November of 1869", False),
        ("The Suez Canal opened.", False),
        (f"The Suez Canal {'was very ' * 20}long.", False),
    ],
)
def test_a_drafted_sentence_stands_alone_and_holds_something_to_ask_for(sentence: str, alone: bool) -> None:
    assert stands_alone(sentence) is alone


def test_a_draft_goes_over_all_articles_before_it_takes_a_second_sentence() -> None:
    def article(name: str, years: range) -> Article:
        sentences = (f"The bridge of {name} was rebuilt again in {year}." for year in years)
        return Article(f"{name}.md", name, "A heading of 1900\n\n" + " ".join(sentences))

    articles = [article("Rome", range(1901, 1904)), article("Oslo", range(1911, 1912))]
    found = draft(articles, count=3)
    assert [each["article"] for each in found] == ["Rome.md", "Oslo.md", "Rome.md"]
    assert found == draft(articles, count=3)
    assert found[1] == {
        "question": "",
        "article": "Oslo.md",
        "quote": "The bridge of Oslo was rebuilt again in 1911.",
    }
    assert len(draft(articles, count=9)) == 4
