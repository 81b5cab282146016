"""What the product promises about text, as properties over the bundled corpus and the real articles."""

from __future__ import annotations

import pytest
from labelled import questions
from ranges import assert_blocks_are_exact, assert_quotes_are_exact

from rag.corpus.folder import read_folder
from rag.index.passages import model_input


@pytest.fixture(params=["bundled", "real"])
def chat(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def passages(chat):
    return chat.index.passages(range(chat.index.manifest.passages))


def test_no_passage_is_longer_than_the_model_reads(chat, passages) -> None:
    sizes = chat.embedder.count_tokens([model_input(passage) for passage in passages])
    assert max(sizes) + 2 <= chat.embedder.max_tokens


def test_sentences_cover_all_text_once_and_in_order(chat, passages) -> None:
    for article in chat.index.articles():
        ends = [0]
        for passage in passages:
            if passage.article.id == article.id:
                for sentence in passage.sentences:
                    assert article.text[ends[-1] : sentence.start].strip() == ""
                    assert sentence.text == sentence.text.strip() != ""
                    ends.append(sentence.end)
        assert article.text[ends[-1] :].strip() == ""


def test_a_passage_is_its_sentences(passages) -> None:
    for passage in passages:
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end
        assert passage.article.text[passage.start : passage.end] == passage.text


def test_every_block_is_a_range_of_its_article_and_all_of_its_text_is_in_one(chat) -> None:
    for article in chat.index.articles():
        assert_blocks_are_exact(article)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("bundled", "questions.jsonl"),
        ("bundled", "kinds.jsonl"),
        ("real", "real_articles.jsonl"),
    ],
)
def test_every_quote_of_every_outcome_is_a_range_of_the_article_that_lies_in_the_corpus(
    request, ask, name: str, asked: str
) -> None:
    chat = request.getfixturevalue(name)
    articles = {article.id: article for article in read_folder(chat.settings.corpus).articles}
    quoted = sum(
        assert_quotes_are_exact(ask(chat, question["question"]), articles) for question in questions(asked)
    )
    assert quoted > 0
