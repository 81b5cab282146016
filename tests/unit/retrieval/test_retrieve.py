"""Retrieval: what may be found is settled before anything is ranked; copies are shown once."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.build import build
from rag.chat import Chat
from rag.corpus.filters import filter_of
from rag.errors import FilterError
from rag.output.json import as_json
from rag.retrieval.retrieve import (
    PRESENT,
    RECENCY,
    TITLE_WEIGHT,
    Ranking,
    Retriever,
    fuse,
    newest_gains,
    recency,
)
from rag.settings import Settings
from rag.types import Answer, Article, Filter, Hit, Unanswered

NEWS = "The new bridge over the river was opened on Monday. It is 400 metres long and carries two tracks."


def rank(chat: Chat, question: str, **options) -> Ranking:
    return chat.retriever.rank(chat.understand(question), **options)


def find(chat: Chat, question: str, **options) -> list[Hit]:
    return chat.retriever.find(chat.understand(question), **options)


def written(folder: Path, articles: dict[str, tuple[str, str]]) -> None:
    """Write to `folder` by path what stands above an article's text, and the text."""
    for path, (facts, text) in articles.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{facts}\n---\n{text}", encoding="utf-8")


@pytest.fixture
def many(tmp_path: Path, toy) -> Chat:
    """A chat over 120 articles of random words in folders, tables, sources and days."""
    chance = random.Random(3)
    words = "moon tea bread bridge river snow wind harbour council vote market boat".split()
    corpus = tmp_path / "many"
    rows = []
    for number in range(120):
        facts = [f"title: {' '.join(chance.choices(words, k=2))} {number}"]
        if number % 7:
            facts.append(f"date: {date(2026, 1, 1) + timedelta(days=number)}")
        facts.append(f"source: {['CNN', 'cnn', 'Straße', '100%'][number % 4]}")
        facts.append(f"author: {['Ada', 'Ben_', 'Benx'][number % 3]}")
        text = ". ".join(" ".join(chance.choices(words, k=6)).capitalize() for _ in range(5)) + "."
        if number % 5:
            folder = ["health/", "health/x/", "healthy/", ""][number % 4]
            written(corpus, {f"{folder}{number:03}.md": ("\n".join(facts), text)})
        else:
            given = dict(line.split(": ", 1) for line in facts)
            rows.append(json.dumps({"id": f"r/{number}", "text": text, **given}))
    (corpus / "health" / "table.jsonl").write_text("\n".join(rows), encoding="utf-8")
    settings = Settings(corpus=corpus, index=tmp_path / "index", passage_tokens=16, depth=20)
    build(settings, embedder=toy)
    return Chat.open(settings, toy)


FILTERS: list[dict[str, Any]] = [
    {"since": "2026-03"},
    {"until": "2026-02-14"},
    {"since": "2026-02-11", "until": "2026-02-13"},
    {"sources": ["cNn"]},
    {"sources": ["STRASSE", "100%"]},
    {"authors": ["ben_"]},
    {"articles": ["health/x/001.md", "health/table.jsonl#r/5"]},
    {"collections": ["health"]},
    {"collections": ["health/x", "healthy"]},
    {"collections": ["health/table.jsonl"]},
    {"collections": ["health"], "sources": ["CNN"], "authors": ["Ada", "Benx"], "since": "2026-01-20"},
]


def passes(article: Article, asked: dict[str, Any]) -> bool:
    """Say by hand whether `article` passes a filter of FILTERS."""
    wanted = filter_of(**asked)
    assert wanted is not None
    day = article.published
    dated = wanted.since is None and wanted.until is None
    within = day is not None and (wanted.since or day) <= day <= (wanted.until or day)
    return (
        (dated or within)
        and (
            not wanted.sources or any(str(article.source).casefold() == s.casefold() for s in wanted.sources)
        )
        and (
            not wanted.authors or any(str(article.author).casefold() == a.casefold() for a in wanted.authors)
        )
        and (not wanted.articles or article.id in wanted.articles)
        and (
            not wanted.collections
            or any(article.id.startswith((f"{name}/", f"{name}#")) for name in wanted.collections)
        )
    )


@pytest.mark.parametrize("asked", FILTERS)
def test_ranking_what_passes_equals_scoring_every_passage_by_hand(many: Chat, asked) -> None:
    """The slow, obvious twin scores every passage and drops those that do not pass."""
    question = "tea market river"
    index, depth = many.index, many.settings.depth
    rows = np.arange(len(index.words))
    passing = np.array([passes(passage.article, asked) for passage in index.passages(rows)])
    rows = rows[passing]
    assert 0 < len(rows) < len(index.words)
    [vector] = many.embedder.embed_questions([question])
    terms = index.words.analyzer.terms(question)
    cosine = index.vectors.rows(rows) @ vector
    bm25 = index.words.scores(terms, rows, title_weight=TITLE_WEIGHT)
    dense = rows[np.lexsort((rows, -cosine))][:depth]
    words = rows[np.lexsort((rows, -bm25))][: min(depth, int((bm25 > 0).sum()))]
    both = np.union1d(dense, words)
    at = np.searchsorted(rows, both)
    score = fuse(cosine[at], bm25[at])
    expected = both[np.lexsort((both, -score))]

    ranking = rank(many, question, filter=filter_of(**asked))
    assert np.allclose(index.vectors.rows(ranking.dense) @ vector, np.sort(cosine)[::-1][:depth], atol=1e-6)
    assert len(ranking.words) == len(words)
    assert set(ranking.fused.tolist()) <= set(rows.tolist())
    assert np.allclose(ranking.score[:10], np.sort(score)[::-1][:10], atol=1e-5)
    if len(rows) <= depth:
        assert ranking.fused.tolist() == expected.tolist()
    hits = find(many, question, k=5, filter=filter_of(**asked))
    assert len(hits) == min(5, len(rows))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"sources": ["CNNN"]}, "no source CNNN; did you mean CNN"),
        ({"authors": ["Adaa"]}, r"no author Adaa; did you mean Ada\?"),
        ({"articles": ["health/001"]}, "no article health/001; did you mean health/"),
        ({"collections": ["helth"]}, "no collection helth; did you mean health"),
        ({"collections": ["heal%"]}, "no collection heal%; did you mean"),
        (
            {"since": "2027"},
            r"no article passes the filter \(published since 2027-01-01\), and 18 have no date; loosen it",
        ),
        (
            {"collections": ["healthy"], "articles": ["health/x/001.md"]},
            r"no article passes the filter \(called .*, in healthy\); loosen",
        ),
        ({"sources": ["' OR 1=1 --"]}, "no source ' OR 1=1 --; known are"),
    ],
)
def test_a_filter_that_nothing_passes_is_refused_with_a_hint(many: Chat, asked, message: str) -> None:
    with pytest.raises(FilterError, match=message):
        many.ask("tea", filter_of(**asked))


def test_the_same_question_is_ranked_alike_in_every_run(many: Chat, toy) -> None:
    again = Chat.open(many.settings, toy)
    for question in ("tea market", 'the "river" wind', "zzz"):
        one, other = rank(many, question), rank(again, question)
        assert one.fused.tolist() == other.fused.tolist()
        assert one.dense.tolist() == other.dense.tolist()


def test_equal_passages_are_ranked_by_row(tmp_path: Path, toy) -> None:
    written(tmp_path / "c", {f"{n}.md": ("title: Snow", f"Snow falls. {'abcdefgh'[n]}") for n in range(8)})
    settings = Settings(corpus=tmp_path / "c", index=tmp_path / "index")
    build(settings, embedder=toy)
    ranking = rank(Chat.open(settings, toy), "falls")
    for score in set(ranking.score.tolist()):
        rows = ranking.fused[ranking.score == score].tolist()
        assert rows == sorted(rows)
    assert len(set(ranking.score.tolist())) < 8


@pytest.fixture
def bridge(tmp_path: Path, toy) -> Chat:
    """A chat over one report, two copies of it in other sources, and two other articles."""
    written(
        tmp_path / "bridge",
        {
            "a/copy.md": ("title: Bridge opened\nsource: B Post\ndate: 2026-03-03", NEWS),
            "b/first.md": ("title: Bridge opened\nsource: A News\ndate: 2026-03-02", NEWS),
            "c/copy.md": ("title: Bridge opened\nsource: C Times\ndate: 2026-03-04", NEWS),
            "d/other.md": (
                "title: River\nsource: A News",
                "The river froze in January. Boats stayed in port.",
            ),
            "e/tea.md": (
                "title: Tea\nsource: C Times",
                "Tea is made from leaves. Green tea is not oxidised.",
            ),
        },
    )
    settings = Settings(corpus=tmp_path / "bridge", index=tmp_path / "index", passage_tokens=30)
    build(settings, embedder=toy)
    return Chat.open(settings, toy)


def named(articles: tuple[Article, ...]) -> list[str]:
    return [article.id for article in articles]


def test_a_group_of_copies_is_shown_once_by_the_earliest_with_where_else_it_stands(bridge: Chat) -> None:
    hits = find(bridge, "When was the bridge opened?", k=5)
    assert [hit.passage.article.id for hit in hits] == ["b/first.md", "d/other.md", "e/tea.md"]
    assert named(hits[0].duplicates) == ["a/copy.md", "c/copy.md"]
    assert hits[1].duplicates == ()


def test_a_copy_that_is_placed_clearly_better_stands_for_its_group(bridge: Chat, toy) -> None:
    path = bridge.settings.corpus / "c" / "copy.md"
    path.write_text(f"---\ntitle: Monday crossing\nsource: C Times\n---\n{NEWS}", encoding="utf-8")
    build(bridge.settings, embedder=toy)
    [hit, *_] = find(bridge.latest(), "crossing opened Monday bridge", k=3)
    assert hit.passage.article.id == "c/copy.md"
    assert named(hit.duplicates) == ["b/first.md", "a/copy.md"]


def test_with_the_earliest_filtered_out_its_copy_is_found(bridge: Chat) -> None:
    [hit, *_] = find(bridge, "bridge opened", k=5, filter=Filter(sources=("b post", "c times")))
    assert {hit.passage.article.id, *named(hit.duplicates)} == {"a/copy.md", "c/copy.md"}
    assert len(hit.duplicates) == 1
    [alone] = find(bridge, "bridge opened", k=5, filter=Filter(collections=("a",)))
    assert (alone.passage.article.id, alone.duplicates) == ("a/copy.md", ())


def test_copies_do_not_use_up_the_depth(tmp_path: Path, toy) -> None:
    articles = {f"copy{n:02}.md": ("title: Bridge", NEWS) for n in range(30)}
    articles |= {f"other{n}.md": ("title: Road", f"A road has a bridge. {'xyzuv'[n]}") for n in range(5)}
    written(tmp_path / "c", articles)
    settings = Settings(corpus=tmp_path / "c", index=tmp_path / "index", passage_tokens=40, depth=4)
    build(settings, embedder=toy)
    ranking = rank(Chat.open(settings, toy), "bridge")
    assert (len(ranking.dense), len(ranking.words)) == (4, 4)
    assert len({int(row) for row in ranking.fused} & set(range(30))) == 1


def test_the_json_of_an_answer_says_where_else_it_stands(bridge: Chat) -> None:
    found = as_json(bridge.ask("Which bridge over the river was opened on Monday?"))
    assert [each["source"] for each in found["closest"][0]["duplicates"]] == ["B Post", "C Times"]
    assert found["statements"][0]["citations"][0]["duplicates"] == found["closest"][0]["duplicates"]
    assert found["closest"][0]["duplicates"][0]["article"] == "a/copy.md"


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ('"two tracks"', {"b/first.md"}),
        ("“OVER  the\nRiver”", {"b/first.md"}),
        ('What of "the river"?', {"b/first.md", "d/other.md"}),
        ('"on Monday. It is 400"', {"b/first.md"}),
        ('"Bridge opened" "two tracks"', {"b/first.md"}),
        ('"Tea"', {"e/tea.md"}),
    ],
)
def test_only_passages_that_hold_the_phrase_are_ranked(
    bridge: Chat, question: str, articles: set[str]
) -> None:
    ranking = rank(bridge, question)
    assert ranking.missing_phrases == ()
    assert {each.article.id for each in bridge.index.passages(ranking.fused)} == articles
    assert set(ranking.dense.tolist()) == set(ranking.fused.tolist())


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ('Is it a "two track" bridge?', ("two track",)),
        ('"Monday, it is"', ("Monday, it is",)),
        ('" OR *"', ("OR *",)),
        ('"bridge" "zorblax"', ("zorblax",)),
        ('"two tracks" "froze"', ("two tracks", "froze")),
        ('"' + "x" * 80 + '"', ("x" * 80,)),
    ],
)
def test_a_phrase_that_no_passage_holds_is_named_and_the_closest_are_found_without(
    bridge: Chat, question: str, missing: tuple[str, ...]
) -> None:
    outcome = bridge.ask(question)
    assert isinstance(outcome, Unanswered)
    assert outcome.missing_phrases == missing
    assert len(outcome.closest) == 3
    assert as_json(outcome)["missing_phrases"] == list(missing)


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("What did Bridge 3.1.5 mend?", {"mends.md", "names.md"}),
        ("What did Bridge 3.1 mend?", {"mends.md", "names.md", "later.md"}),
        ("What did Bridge 5.1 mend?", {"mends.md", "names.md", "later.md", "other.md"}),
        ('What did "the rails" of Bridge 3.1.5 do?', {"names.md"}),
        ('What did "the rails" of Bridge 9.9.9 do?', {"names.md", "other.md"}),
    ],
)
def test_passages_that_hold_a_version_are_preferred_to_all_others(
    tmp_path: Path, toy, question: str, articles: set[str]
) -> None:
    files = {
        "mends.md": ("title: Bridge 3.1.5", "It mends a crack."),
        "names.md": ("title: A note", "In v3.1.5 the rails are new."),
        "later.md": ("title: Bridge 3.1.6", "It mends another crack, after 13.1.5."),
        "other.md": ("title: Bridge", "A bridge has 3, 1 or 5 arches, and the rails are old."),
    }
    written(tmp_path / "c", files)
    settings = Settings(corpus=tmp_path / "c", index=tmp_path / "index")
    build(settings, embedder=toy)
    chat = Chat.open(settings, toy)
    ranking = rank(chat, question)
    assert {each.article.id for each in chat.index.passages(ranking.fused)} == articles
    assert ranking.missing_phrases == ()


def test_a_word_too_long_for_the_index_is_found_in_the_text(tmp_path: Path, toy) -> None:
    long = "0123456789abcdef" * 4
    written(tmp_path / "c", {"a.md": ("title: A", f"The sum is {long} here."), "b.md": ("title: B", "No.")})
    settings = Settings(corpus=tmp_path / "c", index=tmp_path / "index")
    build(settings, embedder=toy)
    chat = Chat.open(settings, toy)
    assert rank(chat, f'"{long.upper()}"').fused.tolist() == [0]
    assert rank(chat, f'"is {long} here"').fused.tolist() == [0]


def test_a_phrase_is_looked_for_among_what_passes_the_filter(bridge: Chat) -> None:
    outcome = bridge.ask('"two tracks"', Filter(collections=("d",)))
    assert isinstance(outcome, Unanswered)
    assert outcome.missing_phrases == ("two tracks",)
    assert [hit.passage.article.id for hit in outcome.closest] == ["d/other.md"]


def test_the_sentences_of_an_answer_hold_the_phrase(bridge: Chat) -> None:
    outcome = replace(bridge, settings=replace(bridge.settings, threshold=0.0)).ask(
        '"two tracks" bridge opened'
    )
    assert isinstance(outcome, Answer)
    assert [each.text for each in outcome.statements] == [NEWS], "with the sentence that says what it is"


class Backwards:
    """A reranker that likes best what stands last in the corpus."""

    def scores(self, question, passages):
        return np.array([passage.article.id for passage in passages]).argsort().argsort() / 10 + 0.1


def test_a_reranker_orders_the_best_passages_anew_and_the_rest_follow(bridge: Chat) -> None:
    plain = rank(bridge, "bridge opened river")
    retriever = Retriever(bridge.index, bridge.embedder, 100, Backwards(), 2)
    ranking = retriever.rank(bridge.understand("bridge opened river"))
    assert ranking.fused.tolist() == [*plain.fused[:2][::-1], *plain.fused[2:]]
    assert ranking.score[:2].tolist() == pytest.approx([0.2, 0.1])
    assert ranking.score.tolist() == sorted(ranking.score.tolist(), reverse=True)
    hits = retriever.hits(ranking, ranking.fused)
    by_row = dict(zip(plain.fused.tolist(), plain.similarity.tolist(), strict=True))
    assert [hit.similarity for hit in hits] == pytest.approx([by_row[row] for row in ranking.fused.tolist()])


def test_a_chat_keeps_its_reranker_over_a_new_snapshot(bridge: Chat, toy) -> None:
    chat = Chat.open(bridge.settings, toy, Backwards())
    assert find(chat, "bridge", k=3)[0].passage.article.id == "e/tea.md"
    (bridge.settings.corpus / "z.txt").write_text("Zebras run.", encoding="utf-8")
    build(bridge.settings, embedder=toy)
    assert find(chat.latest(), "bridge", k=3)[0].passage.article.id == "z.txt"


def test_a_question_about_the_present_prefers_the_newer_of_two_alike(tmp_path: Path, toy) -> None:
    text = "The council voted on the harbour"
    corpus = tmp_path / "years"
    written(
        corpus,
        {
            "a.md": ("title: Harbour vote\ndate: 2020-05-01", f"{text}. The council counted boats."),
            "b.md": ("title: Harbour vote\ndate: 2026-05-01", f"{text}. The market was closed all week."),
        },
    )
    settings = Settings(corpus=corpus, index=tmp_path / "index", passage_tokens=16)
    build(settings, embedder=toy)
    chat = Chat.open(settings, toy)

    def years(question: str) -> list[int]:
        return [hit.passage.article.published.year for hit in find(chat, question, k=2)]

    assert years("What did the council vote on the harbour?") == [2020, 2026]
    assert years("What did the council vote on the harbour this week?") == [2026, 2020]
    assert years("How did the newest council vote on the harbour?") == [2026, 2020]
    assert years("What does the council vote on the harbour?") == [2026, 2020]


def test_what_is_meant_to_be_so_today_gains_half_as_much_as_what_is_asked_for(many: Chat) -> None:
    def gain(question: str) -> float:
        return newest_gains(many.understand(question))

    assert gain("What is the latest on the moon?") == RECENCY
    assert gain("What is the vote on the moon?") == PRESENT == RECENCY / 2
    assert gain("What was the vote on the moon?") == 0


def test_recency_falls_to_a_third_in_a_year_and_the_undated_are_in_the_middle() -> None:
    days = np.array(["2026-01-01", "2025-01-01", "NaT", "2020-01-01"], dtype="datetime64[D]")
    assert recency(days) == pytest.approx([1, np.exp(-365 / 365.25), np.exp(-365 / 365.25), 0.0025], abs=1e-3)
    assert recency(np.array(["NaT"], dtype="datetime64[D]")).tolist() == [0]


def test_scores_stay_between_0_and_1_whatever_the_day(many: Chat) -> None:
    hits = find(many, "What is new about the moon and bread today?", k=20)
    assert RECENCY > 0
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_copy_is_named_beside_a_quote_only_if_it_holds_the_quote(tmp_path: Path, toy) -> None:
    corpus = tmp_path / "bridges"
    text = " ".join(f"Span {number} of the bridge was set in place by a crane." for number in range(20))
    written(
        corpus,
        {
            "a.md": ("title: Bridge\ndate: 2026-05-01", text),
            "b.md": ("title: Bridge\ndate: 2026-05-02", f"{text} The zorblax survey cost 12 million."),
        },
    )
    settings = Settings(corpus=corpus, index=tmp_path / "index", passage_tokens=32, threshold=0)
    build(settings, embedder=toy)
    chat = Chat.open(settings, toy)

    def copies(question: str) -> list[str]:
        citation = as_json(chat.ask(question))["statements"][0]["citations"][0]
        return [citation["article"], *(also["article"] for also in citation["duplicates"])]

    assert copies("Was span 7 of the bridge set in place by a crane?") == ["a.md", "b.md"]
    assert copies("What did the zorblax survey cost?") == ["b.md"]


def test_of_near_duplicates_only_the_earliest_is_sampled(tmp_path: Path, toy) -> None:
    corpus = tmp_path / "twice"
    written(
        corpus, {"b.md": ("title: Bridge\ndate: 2026-05-01", NEWS * 3), "a.md": ("title: Bridge", NEWS * 3)}
    )
    settings = Settings(corpus=corpus, index=tmp_path / "index", passage_tokens=32)
    build(settings, embedder=toy)
    assert [article.id for article in Chat.open(settings, toy).index.sample(5)] == ["b.md"]
