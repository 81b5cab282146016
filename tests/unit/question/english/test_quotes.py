"""Quotes: a sentence that cannot stand alone brings the sentences before it."""

from __future__ import annotations

import pytest

from rag.index.sentences import split_sentences
from rag.question.english.quotes import stands_alone, widened
from rag.question.quote import LONGEST_QUOTE
from rag.types import Article, Sentence


def quote_of(text: str, last: str, *, after: int = 0, title: str = "Title") -> str:
    """Return what is quoted for the sentence of `text` that starts with `last`."""
    article = Article("a.txt", title, text)
    sentences = [Sentence(article, start, end) for start, end in split_sentences(text)]
    [sentence] = [each for each in sentences if each.text.startswith(last)]
    start, end = widened(sentence, after=after)
    assert end == sentence.end
    return text[start:end]


@pytest.mark.parametrize(
    "sentence",
    [
        "He said the army was ready.",
        "But they never came back.",
        "That was in May.",
        "This means that prices rise.",
        "These attacks went on for weeks.",
        "It is rated at level 6.",
        "It was built to carry water.",
        "It was found in 1911.",
        "It took the town in May.",
        "It was replaced by another one the next year.",
        "Its author disagrees.",
        "In 2010 it had been above 1,000 dollars.",
        "On 25 December 2021 they launched it.",
        "A week later, she resigned.",
        "In his speech he said nothing new.",
        "As a result, it went bankrupt in 2001.",
        "Born in 1879, he moved to Bern.",
        "Ten years later, she resigned.",
        "In Paris, she met Pierre.",
        "Sadly, he died.",
        "After the war, they went home.",
        "More would follow, he said.",
        "The minister added that more would follow.",
        "The defence secretary told reporters that more would follow.",
        "The study found no difference.",
        "Some of them were wounded.",
        "The latter was chosen.",
        "Another died of wounds.",
        "“We are ready,” he said.",
        "“We are ready,” said she.",
        "“We will not go back.”",
        '"We are ready," he told the BBC.',
    ],
)
def test_what_was_named_before_does_not_stand_alone(sentence: str) -> None:
    assert not stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Healey said the army was ready.",
        "But Healey never came back.",
        "It is raining.",
        "It’s hard to say.",
        "It is clear that prices rise.",
        "It was not until 1969 that people landed.",
        "It wasn’t until July that the roads reopened.",
        "It took ten years to build the bridge.",
        "It took centuries to build the cathedral.",
        "It was several decades later.",
        "Then this year the harvest failed.",
        "It was Macron who proposed the force.",
        "In 1905, it was not until July that the roads reopened.",
        "As a result, prices rose.",
        "Born in Ulm, Einstein moved to Bern.",
        "When the tower was opened, it was the tallest of all.",
        "For Einstein, it was a shock.",
        "In France, it is illegal.",
        "In Einstein’s last years, he saw few people.",
        "It is estimated that 4,000 people died.",
        "This year the harvest failed.",
        "Those who stayed were rescued.",
        "Her Majesty opened the bridge.",
        "In his speech, Starmer named no date.",
        "After he was elected, the French president Emmanuel Macron left.",
        "The minister John Healey said more would follow.",
        "The government said more would follow.",
        "The race is usually said to have ended in 1975.",
        "Both Britain and France sent soldiers.",
        "“We are ready,” Healey said.",
        "“We are ready,” the agency said.",
        "“Squid Game” is a series.",
        "More than half were under 18.",
        "When?",
        "",
    ],
)
def test_what_names_its_subject_stands_alone(sentence: str) -> None:
    assert stands_alone(sentence)


MALLORY = "Mallory went up in 1924. He wore tweed. He carried oxygen. He was never seen alive again."


def test_a_quote_is_widened_verbatim_to_the_sentence_that_names_its_subject() -> None:
    assert quote_of(MALLORY, "He wore") == "Mallory went up in 1924. He wore tweed."
    assert quote_of(MALLORY, "He carried") == "Mallory went up in 1924. He wore tweed. He carried oxygen."


def test_a_title_that_names_it_does_not_make_a_pronoun_clear() -> None:
    text = "The tunnel was opened in 1994. It is 50 km long."
    assert quote_of(text, "It is", title="The Channel Tunnel") == text


def test_a_quote_is_not_widened_where_two_sentences_more_explain_nothing() -> None:
    assert quote_of(MALLORY, "He was") == "He was never seen alive again."


def test_a_quote_keeps_within_its_paragraph() -> None:
    assert quote_of("Mallory went up.\n\nHe wore tweed.", "He") == "He wore tweed."
    assert quote_of("A heading\nHe wore tweed.", "He") == "He wore tweed."


def test_what_is_quoted_already_is_not_quoted_again() -> None:
    end = MALLORY.index(" He wore")
    assert quote_of(MALLORY, "He wore", after=end) == "He wore tweed."


def test_a_quote_is_not_widened_beyond_what_is_read_at_a_glance() -> None:
    long = f"Mallory, {'well ' * (LONGEST_QUOTE // 5)}dressed, went up. He wore tweed."
    assert quote_of(long, "He") == "He wore tweed."
