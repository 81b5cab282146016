"""The second spine: a question becomes an answer, from the snapshot in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from rag import chat as chatting
from rag.answer import evidence
from rag.answer.limits import Head, Limits
from rag.answer.reader import unread
from rag.build import build
from rag.chat import Chat
from rag.errors import FilterError, RagError, SnapshotError
from rag.output.json import article_as_json, as_json, found_as_json
from rag.question import english
from rag.question.times import ALL_WORDS
from rag.question.understood import understand
from rag.retrieval.retrieve import fuse
from rag.settings import Settings
from rag.types import Answer, Filter, Listing, Passage, Reading, Step, TimeWords, Turn, Unanswered, turn_of


@pytest.fixture
def chat(settings: Settings, toy) -> Chat:
    build(settings, embedder=toy)
    return Chat.open(settings, toy)


def test_a_question_is_answered_with_a_checked_quote(chat: Chat) -> None:
    found = chat.ask("  What is Bread baked\nfrom? ")
    assert isinstance(found, Answer)
    assert found.question == "What is Bread baked from?"
    assert found.statements[0].text == "Bread is baked from flour and water."
    [citation] = found.statements[0].citations
    assert citation.article.id == "bread.md"


class Blind:
    """A reader to whom every sentence is the same."""

    def states(self, question: str, passages: Sequence[Passage]) -> list[np.ndarray]:
        return [np.zeros((len(passage.sentences), 1), dtype=np.float32) for passage in passages]


def limits_of(bias: float) -> Limits:
    """Return what joins every sentence or none."""
    nothing = np.zeros(1, dtype=np.float32)
    return Limits(Head(nothing, nothing, nothing, skipped=0.0, bias=bias), Blind())  # type: ignore[arg-type]


@pytest.mark.parametrize("question", ["What is a burin?", "Is a burin of steel?"])
def test_a_quote_brings_what_limits_it_whatever_was_asked(chat_of, toy, question: str) -> None:
    text = "A burin is a sharp tool of hardened steel. But only some of them are sharp today."
    chat = chat_of({"burin.md": text})
    found = replace(chat, limits=limits_of(9.0)).ask(question)
    assert isinstance(found, Answer)
    assert [statement.text for statement in found.statements] == [text]


def test_what_a_limit_says_is_not_called_missing(chat_of, toy) -> None:
    chat = chat_of({"coffee.md": "Coffee is safe for adults. Pregnant women drink less coffee."})
    asked = "Is coffee safe for pregnant adults in Norway?"
    alone, whole = (replace(chat, limits=limits_of(bias)).ask(asked) for bias in (-9.0, 9.0))
    assert isinstance(alone, Answer) and isinstance(whole, Answer)
    assert (alone.missing, whole.missing) == (("pregnant", "Norway"), ("Norway",))


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("What is bread baked from?", Unanswered),
        ('Who said "flour and water"?', Unanswered),
        ("Which is older, bread or tea?", Unanswered),
        ("What is the article about tea about?", Unanswered),
        ("What happened in March 2026?", Unanswered),
        ("Which articles do you have on tea?", Listing),
        ("What is new since March?", Listing),
    ],
)
def test_articles_that_are_not_there_yet_answer_nothing(settings: Settings, toy, question, outcome) -> None:
    settings = replace(settings, corpus=settings.corpus / "new")
    settings.corpus.mkdir()
    build(settings, embedder=toy)
    chat = Chat.open(settings, toy)
    assert isinstance(chat.ask(question), outcome)
    assert chat.size() == (0, 0)
    assert chat.examples(4) == ()
    assert chat.search(question, k=5).hits == ()


def test_the_json_of_an_answer_has_every_promised_key(chat: Chat) -> None:
    found = as_json(chat.ask("What is Bread baked from?"))
    assert found["answered"] is True
    assert found["short_answer"] is None
    assert found["statements"][0] == {
        "text": "Bread is baked from flour and water.",
        "support": "exact",
        "label": None,
        "highlights": [],
        "citations": [
            {
                "article": "bread.md",
                "title": "Bread",
                "published": None,
                "source": None,
                "author": None,
                "url": None,
                "start": 0,
                "end": 36,
                "quote": "Bread is baked from flour and water.",
                "lead": None,
                "section": [],
                "page": None,
                "relative": [],
                "duplicates": [],
                "why": {
                    "text": "Matches “Bread”, “baked”; close in meaning; 1st by words, 1st by meaning.",
                    "words": ["Bread", "baked"],
                    "closeness": "close",
                    "by_words": 1,
                    "by_meaning": 1,
                },
            }
        ],
    }
    assert found["closest"][0]["text"].startswith("Bread is baked")


def test_a_follow_up_is_answered_as_the_question_that_it_stands_for(chat: Chat) -> None:
    first = chat.ask("What is Bread baked from?")
    found = chat.ask("How is  it baked?", turns=[turn_of(first)])
    assert (found.question, found.reading) == ("How is Bread baked?", Reading("How is it baked?"))
    assert as_json(found)["reading"] == {"typed": "How is it baked?", "times": []}
    assert chat.ask("What is Tea made from?", turns=[turn_of(first)]) == chat.ask("What is Tea made from?")
    assert as_json(first)["reading"] is None


def test_a_follow_up_that_would_become_too_long_is_taken_as_it_stands(chat: Chat) -> None:
    turns = [Turn(f"What is {'x' * 990}?", "")]
    assert chat.ask("And when exactly?", turns=turns).question == "And when exactly?"


class Readings(ModuleType):
    """English, with questions that can be read as the given ones."""

    def __init__(self, *readings: str) -> None:
        super().__init__("readings")
        self.__dict__.update(vars(english))
        self.standalone = lambda question, turns, embedder: readings


@pytest.mark.parametrize(
    ("readings", "asked"),
    [
        (["Is Bread baked from flour?", "Where do Zorblax quux?"], "Is Bread baked from flour?"),
        (["Where do Zorblax quux?", "Is Bread baked from flour?"], "Is Bread baked from flour?"),
        (["Where do Zorblax quux?", "Where do Zibbles quux?"], "Where do Zorblax quux?"),
        (["Is Bread baked from flour?", "And then?"], "And then?"),
    ],
)
def test_of_several_readings_the_one_with_the_better_evidence_is_asked(
    chat: Chat, monkeypatch, readings: list[str], asked: str
) -> None:
    monkeypatch.setattr(chatting, "language_of", lambda code: Readings(*readings))
    weighed: list[str] = []
    weigh = evidence.weigh

    def noted(question, hits, words):
        weighed.append(question.text)
        return weigh(question, hits, words)

    monkeypatch.setattr(chatting, "weigh", noted)
    found = chat.ask("And then?", turns=[Turn("What is Tea?", "")])
    assert found.question == asked
    assert found.reading == (Reading("And then?") if asked != "And then?" else None)
    assert sorted(weighed) == sorted(readings)  # and none twice


def test_the_json_of_a_refusal_offers_the_closest_passages(chat: Chat) -> None:
    found = as_json(chat.ask("Zorblax quuxes"))
    assert (found["answered"], found["statements"], found["short_answer"]) == (False, [], None)
    assert {"article", "title", "start", "end", "text"} <= found["closest"][0].keys()


@pytest.mark.parametrize(("question", "message"), [(" \n", "is empty"), ("x" * 1001, "1001 characters")])
def test_a_question_that_cannot_be_asked_is_refused(chat: Chat, question: str, message: str) -> None:
    with pytest.raises(RagError, match=message):
        chat.ask(question)


@pytest.mark.parametrize(
    "question", ['"', "AND OR NOT", "title:moon", "(", "*", "-bread", "[a TO b]", "😀", "\\", "'; DROP TABLE"]
)
def test_a_question_is_words_never_a_query_language(chat: Chat, question: str) -> None:
    assert isinstance(chat.ask(question), Answer | Unanswered)


def test_the_same_question_has_the_same_answer(chat: Chat) -> None:
    assert chat.ask("What orbits the Earth?") == chat.ask("What orbits the Earth?")


def test_a_chat_picks_up_a_new_snapshot(chat: Chat, settings: Settings, toy) -> None:
    assert chat.latest() is chat
    (settings.corpus / "snow.txt").write_text("Snow falls in winter.", encoding="utf-8")
    build(settings, embedder=toy)
    assert chat.size() == (3, 4)
    assert chat.latest().size() == (4, 5)
    assert isinstance(chat.ask("What is Bread baked from?"), Answer)


def test_opening_without_an_index_says_how_to_build_one(settings: Settings, toy) -> None:
    with pytest.raises(SnapshotError, match="rag build"):
        Chat.open(settings, toy)


def test_hits_are_ranked_by_both_lists(chat: Chat) -> None:
    hits = chat.retriever.find(chat.understand("What is Bread baked from?"), k=4)
    assert hits[0].passage.article.id == "bread.md"
    assert (hits[0].dense_rank, hits[0].bm25_rank, hits[0].score) == (1, 1, 1.0)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(hits[0].sentence_similarities) == len(hits[0].passage.sentences)


def test_fusion_is_half_the_scaled_cosine_and_half_the_scaled_bm25() -> None:
    fused = fuse(np.array([0.8, 0.4, -0.1], dtype=np.float32), np.array([0.0, 10.0, 5.0], dtype=np.float32))
    assert fused.tolist() == pytest.approx([0.5, 0.75, 0.25])


def test_without_a_common_word_the_vectors_decide() -> None:
    assert fuse(np.array([0.2, 0.4], dtype=np.float32), np.zeros(2, dtype=np.float32)).tolist() == [0.25, 0.5]


def test_fewer_passages_than_asked_for_are_returned_whole(chat: Chat) -> None:
    assert len(replace(chat, settings=replace(chat.settings, passages=100)).ask("Tea?").closest) == 4


def test_examples_are_questions_that_are_answered(chat: Chat) -> None:
    for question in chat.examples(3):
        assert isinstance(chat.ask(question), Answer)


def test_a_search_returns_as_many_passages_as_asked_for_best_first(chat: Chat) -> None:
    found = chat.search(" What is Bread\nbaked from? ", k=2)
    assert found.question == "What is Bread baked from?"
    assert [hit.passage.article.id for hit in found.hits] == [
        hit.passage.article.id for hit in chat.retriever.find(chat.understand(found.question), k=2)
    ]
    assert found.hits[0].passage.article.id == "bread.md"
    assert chat.search('Is there "rye bread"?', k=1).missing_phrases == ("rye bread",)


def test_a_filter_that_asks_for_nothing_lets_every_article_pass(chat: Chat) -> None:
    assert chat.index.allowed(Filter()).all()
    question = "What is tea made from?"
    assert chat.ask(question, Filter()) == chat.ask(question)


def test_where_the_filter_shuts_out_what_answers_that_article_is_named(chat: Chat) -> None:
    question, elsewhere = "What is bread baked from?", Filter(articles=("tea.md",))
    shut_out = chat.ask(question, elsewhere)
    assert not (isinstance(shut_out, Answer) and not shut_out.likely)
    assert shut_out.outside == chat.article("bread.md")
    assert chat.ask(question, Filter(articles=("bread.md",))).outside is None
    assert chat.ask("Who won the cup?", elsewhere).outside is None


@pytest.mark.parametrize("k", [0, 101])
def test_a_search_for_too_few_or_too_many_passages_is_refused(chat: Chat, k: int) -> None:
    with pytest.raises(RagError, match=f"k is {k}; ask for 1 to 100 passages"):
        chat.search("Bread", k=k)


def test_the_json_of_a_search_has_every_promised_key(chat: Chat) -> None:
    found = found_as_json(chat.search("Green tea", k=1))
    assert list(found) == ["question", "missing_phrases", "passages"]
    [passage] = found["passages"]
    assert list(passage) == (
        "rank article title published source author url start end text section page"
        " duplicates why"
        " score similarity bm25".split()
    )
    assert (passage["rank"], passage["article"], passage["score"]) == (1, "tea.md", 1.0)


def test_an_article_is_found_by_its_id_alone(chat: Chat, settings: Settings) -> None:
    moon = chat.article("moon.md")
    assert article_as_json(moon)["text"] == moon.text
    assert moon.text.startswith("The Moon orbits")
    with pytest.raises(FilterError, match=r"^no article mon\.md; did you mean moon\.md\?$"):
        chat.article("mon.md")
    with pytest.raises(FilterError, match=r"^no article"):
        chat.article(str(settings.corpus / "moon.md"))


@pytest.fixture
def dated(settings: Settings, toy) -> Chat:
    """A chat over three articles on a bridge, of three months; the clock stands at the end of them."""
    for month, text in (
        ("01", "The bridge was closed for repairs."),
        ("02", "The bridge carries two tracks."),
        ("03", "The bridge was painted red."),
    ):
        (settings.corpus / f"bridge{month}.md").write_text(
            f"---\ntitle: Bridge\ndate: 2026-{month}-15\n---\n{text}", encoding="utf-8"
        )
    build(settings, embedder=toy)
    return replace(Chat.open(settings, toy), today=lambda: date(2026, 3, 31))


def cited(outcome) -> list[str]:
    return [statement.citations[0].article.id for statement in outcome.statements]


def considered(outcome) -> set[str]:
    return {hit.passage.article.id for hit in outcome.closest}


def test_a_time_that_says_when_articles_are_from_limits_them_until_it_is_removed(dated: Chat) -> None:
    question = "In articles from January, was the bridge closed for repairs?"
    found = dated.ask(question)
    assert cited(found) == ["bridge01.md"]
    assert found.question == question
    assert found.reading == Reading(
        question,
        (TimeWords(words="from January", since=date(2026, 1, 1), until=date(2026, 1, 31), firm=True),),
    )
    removed = dated.ask(question, ignored=["from January"])
    assert {"bridge01.md", "bridge02.md", "bridge03.md"} <= considered(removed)
    assert removed.reading is None


def test_a_time_is_not_a_limit_where_only_all_articles_answer(dated: Chat) -> None:
    found = dated.ask("In articles from March, flour and water of bread?")
    assert cited(found)[0] == "bread.md"
    assert [(words.words, words.applied) for words in found.reading.times] == [("from March", False)]


def test_a_time_of_an_event_is_no_limit(dated: Chat) -> None:
    (dated.settings.corpus / "opened.md").write_text(
        "---\ntitle: Opened\ndate: 2026-03-20\n---\nThe bridge was opened by Ada in January 1995.",
        encoding="utf-8",
    )
    build(dated.settings, embedder=dated.embedder)
    found = dated.latest().ask("Who opened the bridge in January?")
    assert cited(found)[0] == "opened.md"
    assert found.reading is None


def test_newer_articles_come_first_until_the_words_are_removed(dated: Chat) -> None:
    found = dated.ask("What is the latest about the bridge?")
    assert found.reading.times == (TimeWords(words="latest", newest=True),)
    assert dated.ask("What is the latest about the bridge?", ignored=ALL_WORDS).reading is None
    first = dated.ask("bridge now").closest[0].passage.article.id
    assert first == "bridge03.md"


def test_a_day_set_by_hand_stands_against_the_question(dated: Chat) -> None:
    found = dated.ask("In articles from January, was the bridge closed?", Filter(since=date(2026, 2, 1)))
    assert considered(found) == {"bridge02.md", "bridge03.md", "moon.md"}
    assert found.reading is None


def test_each_step_is_told_as_it_begins(chat: Chat) -> None:
    steps: list[Step] = []
    question = "What is Bread baked from?"
    assert chat.ask(question, progress=steps.append) == chat.ask(question)
    assert steps == [Step("searching", 4, question), Step("reading", 4, question)]
    steps.clear()
    chat.ask(question, Filter(articles=("bread.md",)), progress=steps.append)
    assert steps == [Step("searching", 1, question), Step("reading", 1, question)]


def test_a_comparison_tells_what_it_searches_for(chat: Chat) -> None:
    steps: list[Step] = []
    chat.ask("Is Bread or Zorblax baked from more flour?", progress=steps.append)
    searched = [step.question for step in steps if step.doing == "searching"]
    assert searched[0] == "Is Bread or Zorblax baked from more flour?"
    assert len(searched) == 2
    assert "Zorblax" in searched[1]


def test_comparing_with_a_cross_encoder_is_a_step(chat: Chat) -> None:
    class Reversed:
        def scores(self, question, passages):
            return np.linspace(0, 1, len(passages), dtype=np.float32)

    steps: list[Step] = []
    replace(chat, retriever=replace(chat.retriever, reranker=Reversed())).ask(
        "What is Bread baked from?", progress=steps.append
    )
    assert [step.doing for step in steps] == ["searching", "comparing", "reading"]


def test_what_hears_of_a_step_can_end_the_work(chat: Chat) -> None:
    class Enough(BaseException):
        pass

    def end(step: Step) -> None:
        raise Enough

    with pytest.raises(Enough):
        chat.ask("What is Bread baked from?", progress=end)


def test_what_follows_an_answer_is_asked_under_its_filter_and_can_be_ended(chat: Chat, settings, toy) -> None:
    (settings.corpus / "mars.md").write_text(
        "---\ntitle: Mars\n---\nMars Pathfinder was launched in 1996. It was built by the engineer Ada Lane.",
        encoding="utf-8",
    )
    build(settings, embedder=toy)
    now = chat.latest()
    answer = now.ask("When was Mars Pathfinder launched?")
    assert isinstance(answer, Answer)
    asked = "Who is Ada Lane?"
    assert now.following(answer, count=3) == (asked,)
    assert now.following(answer, count=3, past=[asked]) == ()
    steps: list[Step] = []
    now.following(answer, Filter(articles=("mars.md",)), count=3, progress=steps.append)
    assert steps[0].passages == 1  # later ones look beyond the filter for what is not answered there


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("What is bread baked from?", 1),
        ("What happened on the Moon in March 2026?", 1),
        ("Which is older, bread or tea?", 0),
        ("Is bread baked from flour?", 1),
        ("Which articles do you have on tea?", 0),
    ],
)
def test_a_reader_reads_once_and_only_for_an_answer(chat: Chat, question: str, read: int) -> None:
    class Counting:
        asked = 0

        def read(self, question, passages):
            self.asked += 1
            return [tuple(map(unread, passage.sentences)) for passage in passages]

    reader: Any = Counting()
    replace(chat, reader=reader).ask(question)
    assert reader.asked == read


def test_a_question_is_understood_once_and_each_passage_weighed_once(chat: Chat, monkeypatch) -> None:
    understood: list[str] = []
    weighed: list[tuple[str, int]] = []
    weigh = evidence.weigh

    def counted(text: str, *arguments, **options):
        understood.append(text)
        return understand(text, *arguments, **options)

    def noted(question, hits, words):
        weighed.extend((hit.passage.article.id, hit.passage.start) for hit in hits)
        return weigh(question, hits, words)

    monkeypatch.setattr(chatting, "understand", counted)
    monkeypatch.setattr(chatting, "weigh", noted)
    for question in ("How far is the Moon?", "What is Bread baked from?"):
        understood.clear()
        weighed.clear()
        chat.ask(question)
        assert understood == [question]
        assert len(weighed) == len(set(weighed)) > 1


@pytest.mark.parametrize(
    "question", ["How many tracks does the bridge carry?", "What is new about the bridge since February?"]
)
def test_a_question_asks_the_database_at_most_six_times(dated: Chat, question: str) -> None:
    asked: list[str] = []
    dated.index.database._connection.set_trace_callback(asked.append)
    dated.ask(question, Filter(since=date(2026, 1, 1), sources=()))
    assert 0 < len(asked) <= 6
