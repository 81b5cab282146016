"""Kinds of questions are recognised by their whole wording, and ordinary questions are left alone."""

from __future__ import annotations

import time

import pytest

from rag.question.english.kinds import kind


@pytest.mark.parametrize(
    ("question", "name", "parts"),
    [
        ("Which countries have landed on the Moon?", "list", {}),
        ("What were the causes of the accident?", "list", {}),
        ("Name the presidents of the bank.", "list", {}),
        ("Which is longer, the Nile or the Amazon?", "comparison", {"aspect": "is longer", "one": "the Nile",
         "other": "the Amazon"}),
        ("How does LFP differ from NMC?", "comparison", {"one": "LFP", "other": "NMC"}),
        ("Compare arabica and robusta please", "comparison", {"one": "arabica", "other": "robusta"}),
        ("Compare inflation in Britain and Germany", "comparison", {"aspect": "inflation", "one": "Britain",
         "other": "Germany"}),
        ("NMC vs. LFP", "comparison", {"one": "NMC", "other": "LFP"}),
        ("Is Everest higher than Mauna Kea?", "comparison", {"one": "Everest", "aspect": "higher",
         "other": "Mauna Kea"}),
        ("Did the Titanic carry more passengers than the Olympic?", "comparison", {"one": "the Titanic",
         "aspect": "carry more passengers", "other": "the Olympic"}),
        ("does the united states have more money than china", "comparison", {"one": "the united states",
         "aspect": "have more money", "other": "china"}),
        ("Has Germany ever had a higher inflation than France?", "comparison", {"one": "Germany",
         "aspect": "ever had a higher inflation", "other": "France"}),
        ("Summarise the Titanic article", "summary", {"topic": "Titanic"}),
        ("What is the article about the Titanic about?", "summary", {"topic": "the Titanic"}),
        ("Could you summarise the article on coffee?", "summary", {"topic": "coffee"}),
        ("What does the article 'How smallpox was wiped out' say?", "summary",
         {"title": "How smallpox was wiped out"}),
        ("Which articles do you have on volcanoes?", "catalogue", {"topic": "volcanoes"}),
        ("How many articles are there?", "catalogue", {}),
        ("What is new?", "new", {}),
        ("What articles are from the BBC?", "catalogue", {"source": "BBC"}),
        ("articles by Jane Doe about tea", "catalogue", {"author": "Jane Doe", "topic": "tea"}),
        ("Which articles mention Rothschild?", "catalogue", {"mention": "Rothschild"}),
        ("Which papers are about sleep?", "catalogue", {"topic": "sleep"}),
        ("stories by Anna Berg about schools", "catalogue", {"author": "Anna Berg", "topic": "schools"}),
        ("How many posts are there?", "catalogue", {}),
        ("What is the post about gardening about?", "summary", {"topic": "gardening"}),
        ("What can I ask about?", "help", {}),
        ("hello", "greeting", {}),
        ("many thanks!", "greeting", {}),
        ("What topics are covered here?", "overview", {}),
        ("What are these articles about?", "overview", {}),
        ("Give me a summary.", "overview", {}),
        ("Tell me everything about the Titanic", "overview", {"topic": "the Titanic"}),
        ("Summarise the article", "summary", {}),
        ("Summarise the newest article", "summary", {"newest": "newest"}),
        ("Who are the key people?", "people", {}),
        ("Timeline", "timeline", {}),
        ("Give me a timeline of the Spanish-American War.", "timeline",
         {"topic": "the Spanish-American War"}),
        ("What is new about the harbour?", "new", {"topic": "the harbour"}),
        ("Where do they disagree?", "disagreements", {}),
        ("Compare Healey in the two articles", "comparison", {"topic": "Healey"}),
        ("What is the author's view?", "view", {}),
        ("what are the writer’s opinions on the tax", "view", {"about": "the tax"}),
        ("How does the author feel about the village?", "view", {"about": "the village"}),
        ("Who wrote the article about magic mushrooms?", "metadata",
         {"fact": "author", "topic": "magic mushrooms"}),
        ("Who wrote the article asking readers to count bees?", "metadata",
         {"fact": "author", "topic": "article asking readers to count bees"}),
        ("Who wrote the early study of the whales?", "metadata",
         {"fact": "author", "topic": "early study of the whales"}),
        ("When was the post introducing the bees published?", "metadata",
         {"fact": "date", "topic": "post introducing the bees"}),
        ("In the 2018 race, who got further, Ann or Bob?", "comparison",
         {"aspect": "got further", "one": "Ann", "other": "Bob"}),
        ("When was the post about tea published, and by whom?", "metadata",
         {"fact": "byline", "topic": "tea"}),
        ("Who wrote the post about tea and when was it published?", "metadata",
         {"fact": "byline", "topic": "tea"}),
        ("By whom and when was the post about tea written?", "metadata", {"fact": "byline", "topic": "tea"}),
        ("Who wrote “The last lamp”?", "pasted", {"text": "The last lamp"}),
        ("When was the newest post published?", "metadata", {"fact": "date", "newest": "newest"}),
        ("Which article is the longest?", "metadata", {"fact": "article", "longest": "longest"}),
        ("Who are the authors?", "metadata", {"fact": "authors"}),
        ("When were the articles published?", "metadata", {"fact": "date", "all": "the articles"}),
        ("Where is this from: the ice had reached it", "pasted", {"text": "the ice had reached it"}),
        ("What does HTML stand for?", "abbreviation", {"term": "HTML"}),
        ("What is hyperuricemia?", "definition", {"term": "hyperuricemia"}),
        ("Who was Marie Curie?", "definition", {"term": "Marie Curie"}),
        ("How do you bake bread?", "steps", {"topic": "bake bread"}),
        ("What subjects are taught in school?", "list", {}),
    ],
)  # fmt: skip
def test_a_question_is_read_with_the_words_that_say_what_it_asks_for(question, name, parts) -> None:
    found = kind(question)
    assert found is not None
    assert (found.name, dict(found.parts)) == (name, parts)


def test_what_is_left_when_words_of_time_are_taken_out_asks_for_articles() -> None:
    for left in ("Which articles are", "What was published?"):
        assert kind(left) is None or kind(left).name != "catalogue"
        found = kind(left, is_limited=True)
        assert found is not None
        assert found.name == "catalogue"


@pytest.mark.parametrize(
    "question",
    [
        "What is the article of the constitution about free speech?",
        "What did John Healey say about peace talks?",
        "According to the BBC, why was there no zone?",
        "What do the articles say about the Titanic?",
        "What does the article say about lifeboats?",
        "Which article of the treaty is about fishing?",
        "How many articles does the treaty have?",
        "How many stories does the building have?",
        "Which paper did Einstein publish in 1905?",
        "Are there any reports of injuries?",
        "What is new in the convention of 1974?",
        "What is the difference in height?",
        "Has any spacecraft other than Voyager 2 been to Neptune?",
        "Did the Titanic sink?",
        "Is inflation lower than expected?",
        "Is the death toll higher than 100?",
        "Did it cost more than $100?",
        "What is the newest reactor?",
        "What is the oldest building in the town?",
        "Who is the mayor of Leeds?",
        "Who was Ann Lee's coach?",
        "Who was Ann Lee 's coach?",
        "Who wrote the letter to the king?",
        "What happened on 4 May 1970?",
        "What is the source of the river?",
        "When was bread first baked?",
        "",
        "?",
    ],
)
def test_an_ordinary_question_is_of_no_kind(question: str) -> None:
    assert kind(question) is None


@pytest.mark.parametrize(
    "words", ["a" * 990, "ab " * 330, "which is more er ", "articles about in ", "is er than ", "compare of "]
)
def test_a_long_question_is_read_at_once(words: str) -> None:
    started = time.process_time()  # of this process alone: a busy machine is no failure
    kind(("what did " + words * 100)[:1000])
    kind((words * 100)[:1000])
    assert time.process_time() - started < 0.5
