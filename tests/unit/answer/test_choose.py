"""Answers: the sentence that answers first, verbatim, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import cast

import pytest
from understanding import understood

from rag.answer import choose as choosing
from rag.answer.choose import FAINT
from rag.answer.evidence import Evidence, probability, weigh, with_short_answers
from rag.answer.lead import BOLD, CLEAR, TOLD
from rag.answer.reader import NOTHING, Reader
from rag.index.lexical import Analyzer, LexicalIndex
from rag.settings import Settings
from rag.types import (
    Answer,
    Article,
    Block,
    BlockKind,
    Hit,
    Passage,
    Sentence,
    ShortAnswer,
    Unanswered,
    is_firm,
)

TEXT = (
    "The UK has already trained 51,000 Ukrainian soldiers.",
    "Training took place on British soil in 2024.",
    "Where it happened",
    "The minister was pleased.",
)


@pytest.fixture
def words(tmp_path: Path) -> LexicalIndex:
    folder = tmp_path / "words"
    folder.mkdir()
    other = [("Tea", "tea is made from leaves"), ("Bread", "bread is baked from flour")] * 10
    LexicalIndex.write(folder, [("Training", " ".join(TEXT)), *other], Analyzer("en"))
    return LexicalIndex.load(folder, Analyzer("en"))


def hit(*similarities: float, sentences: tuple[str, ...] = TEXT, score: float = 1.0, title="Training") -> Hit:
    """A passage of `sentences`, a line each, with the cosines of each to the question."""
    article = Article(f"{title}.txt", title, "\n".join(sentences))
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Sentence(article, at, at + len(sentence)))
        at += len(sentence) + 1
    passage = Passage(article, 0, len(article.text), tuple(spans))
    return Hit(passage, score, max(similarities), 5.0, 1, 1, similarities)


class Toy:
    """A reader that finds these words of the sentences it is asked to read, with these scores."""

    def __init__(self, *scores: float, words: Sequence[str] = ()) -> None:
        self.scores = scores
        self.words = words
        self.read_passages: list[Passage] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[tuple[ShortAnswer, ...]]:
        self.read_passages += passages
        return [tuple(map(self._short, each.sentences, self.scores)) for each in passages]

    def _short(self, sentence: Sentence, score: float) -> ShortAnswer:
        for word in self.words:
            if word in sentence.text:
                start = sentence.start + sentence.text.index(word)
                return ShortAnswer(start, start + len(word), score, score / 2)
        return ShortAnswer(sentence.start, sentence.end, score, score / 2)


def evidence(
    question: str, hits: list[Hit], words: LexicalIndex, reader: Toy | None = None
) -> list[Evidence]:
    """Return the sentences of `hits`, weighed and, where there is a `reader`, read."""
    asked = understood(question, words)
    weighed = weigh(asked, hits, words)
    return list(chain(*(with_short_answers(asked, weighed, cast(Reader, reader)) if reader else weighed)))


def choose(
    question: str, hits: list[Hit], words: LexicalIndex, settings: Settings, reader: Toy | None = None
):
    found = evidence(question, hits, words, reader)
    return choosing.choose(understood(question, words), hits, found, words, settings)


def ask(question: str, hits: list[Hit], words: LexicalIndex, *, statements: int = 3, threshold: float = 0.4):
    settings = Settings(statements=statements, threshold=threshold, related=min(0.2, threshold))
    return choose(question, hits, words, settings)


def test_the_sentence_that_answers_comes_first_word_for_word(words: LexicalIndex) -> None:
    found = ask("How many Ukrainian soldiers has the UK trained?", [hit(0.8, 0.4, 0.3, 0.1)], words)
    assert isinstance(found, Answer)
    assert found.statements[0].text == TEXT[0]
    citation = found.statements[0].citations[0]
    assert citation.article.text[citation.start : citation.end] == citation.quote == TEXT[0]


def test_a_name_that_the_passage_lacks_lowers_the_probability(words: LexicalIndex) -> None:
    def chance(text: str) -> float:
        best = evidence(text, [hit(0.5, 0.4, 0.3, 0.1)], words)[0]
        return probability(understood(text, words), best, words)

    assert chance("How many soldiers has the UK trained?") > chance("How many soldiers has France trained?")


def test_a_question_about_one_country_is_not_answered_about_another(words: LexicalIndex) -> None:
    hits = [hit(0.8, 0.4, 0.3, 0.1)]
    assert is_firm(ask("How many Ukrainian soldiers has Britain trained?", hits, words))
    found = ask("How many Ukrainian soldiers has France trained?", hits, words)
    assert isinstance(found, Answer)
    assert (found.likely, found.missing) == (True, ("France",))
    assert found.statements[0].text == TEXT[0]


def test_a_question_about_a_year_is_not_answered_about_another(words: LexicalIndex) -> None:
    hits = [hit(0.8, 0.9, 0.3, 0.1)]
    assert is_firm(ask("Where were soldiers trained in 2024?", hits, words))
    found = ask("Where were soldiers trained in 2019?", hits, words)
    assert isinstance(found, Answer)
    assert (found.likely, found.missing) == (True, ("2019",))


def test_who_asks_what_something_cost_is_not_told_how_many_there_were(words: LexicalIndex) -> None:
    question = "How much did the training of the Ukrainian soldiers cost the UK?"
    found = ask(question, [hit(0.8, 0.4, 0.3, 0.1)], words)
    assert isinstance(found, Answer)
    assert (found.likely, found.missing) == (True, ("cost",))
    paid = "The UK paid £40 million for the training of Ukrainian soldiers."
    assert is_firm(ask(question, [hit(0.8, 0.4, sentences=(paid, TEXT[0]))], words))


def test_what_is_not_so_is_not_answered_by_what_is(words: LexicalIndex) -> None:
    def chance(text: str) -> float:
        best = evidence(text, [hit(0.7, 0.4, 0.3, 0.1)], words)[0]
        return probability(understood(text, words), best, words)

    assert chance("Whom has the UK trained?") > 2 * chance("Whom has the UK never trained?")


def test_between_an_answer_and_none_the_best_sentences_are_a_likely_answer(words: LexicalIndex) -> None:
    hits = [hit(0.8, 0.4, 0.3, 0.1)]
    question = "How many Ukrainian soldiers has the UK trained?"
    likely = ask(question, hits, words).confidence
    found = choose(question, hits, words, Settings(threshold=1.0, related=likely))
    assert isinstance(found, Answer)
    assert found.likely
    assert found.statements[0].text == TEXT[0]
    assert choose(question, hits, words, Settings(threshold=1.0, related=1.0)) == Unanswered(
        question, likely, tuple(hits)
    )


def test_nothing_to_say_is_a_refusal_with_the_closest_passages(words: LexicalIndex) -> None:
    hits = [hit(0.1, 0.1, 0.0, 0.1)]
    found = ask("How is borscht cooked?", hits, words)
    assert isinstance(found, Unanswered)
    assert found.closest == tuple(hits)
    assert found.confidence < 0.4


def test_only_sentences_with_a_quoted_phrase_are_quoted_where_there_are_any(words: LexicalIndex) -> None:
    asked = 'Where did "training took place"?'
    every = evidence(asked, [hit(0.9, 0.5, 0.1, 0.1)], words)
    found = [each.sentence.text for each in choosing._quoting(understood(asked, words), every)]
    assert found == ["Training took place on British soil in 2024."]
    nowhere = 'Where did "the moon" rise?'
    assert len(choosing._quoting(understood(nowhere, words), every)) == len(every)


def test_a_sentence_that_stands_in_a_quote_already_is_not_quoted_again(words: LexicalIndex) -> None:
    asked = "Who was pleased?"
    every = evidence(asked, [hit(0.9, 0.5, 0.1, 0.1)], words)
    statements = choosing._quoted(understood(asked, words), [every[0], every[0], every[2]])
    assert [each.text for each in statements] == [TEXT[0], TEXT[3]]


def test_no_hits_are_a_refusal(words: LexicalIndex) -> None:
    assert ask("Anything?", [], words) == Unanswered("Anything?", 0.0, ())


def test_a_question_in_an_article_is_never_quoted_unless_somebody_is_quoted_asking(
    words: LexicalIndex,
) -> None:
    asked = "How many Ukrainian soldiers has the UK trained?"
    found = ask(asked, [hit(0.99, 0.6, sentences=(asked, TEXT[0]))], words)
    assert isinstance(found, Answer)
    assert [statement.text for statement in found.statements] == [TEXT[0]]
    reported = "The minister asked: “How many Ukrainian soldiers has the UK trained?”"
    found = ask(asked, [hit(0.99, sentences=(reported,))], words)
    assert isinstance(found, Answer)
    assert found.statements[0].text == reported


def test_a_heading_is_never_quoted(words: LexicalIndex) -> None:
    found = ask("Where did it happen?", [hit(0.5, 0.5, 0.9, 0.5)], words, statements=4, threshold=0)
    assert isinstance(found, Answer)
    assert TEXT[2] not in [statement.text for statement in found.statements]


def test_the_same_sentence_from_two_articles_is_quoted_once(words: LexicalIndex) -> None:
    hits = [hit(0.8, sentences=TEXT[:1]), hit(0.8, sentences=TEXT[:1], title="Copy", score=0.9)]
    found = ask("How many soldiers has the UK trained?", hits, words)
    assert isinstance(found, Answer)
    assert [statement.text for statement in found.statements] == [TEXT[0]]


def test_sentences_far_behind_the_best_are_left_out(words: LexicalIndex) -> None:
    found = ask("How many Ukrainian soldiers has the UK trained?", [hit(0.9, 0.0, 0.0, 0.0)], words)
    assert isinstance(found, Answer)
    assert len(found.statements) == 1


@pytest.mark.parametrize(
    ("second", "behind", "quoted"),
    [
        ("By now 51,000 Ukrainian soldiers have been trained by the UK.", 0.0, 1),
        ("By now 2,051,000 Ukrainian soldiers have been trained by the UK.", 0.0, 2),
        ("By now 2,051,000 Ukrainian soldiers have been trained by the UK.", 8.0, 2),
        ("By now 2,051,000 Ukrainian soldiers have been trained by the UK.", 9.2, 1),
        ("By now 2,051,000 Ukrainian soldiers have been trained by the UK.", 20.0, 1),
    ],
    ids=["same answer", "another answer", "less sure", "faint", "far behind"],
)
def test_a_second_quote_is_one_that_answers_with_other_words(
    words: LexicalIndex, second: str, behind: float, quoted: int
) -> None:
    found = hit(0.9, 0.9, sentences=(TEXT[0], second))
    reader = Toy(TOLD, TOLD - behind, words=("2,051,000", "51,000"))
    answer = choose(TRAINED, [found], words, Settings(threshold=0), reader)
    assert isinstance(answer, Answer)
    assert len(answer.statements) == quoted


@pytest.mark.parametrize(
    ("second", "quoted"), [("It drilled 9 Ukrainian ones.", 2), ("It drilled 9 teas.", 1)]
)
def test_a_sentence_without_an_answer_is_quoted_where_it_names_what_the_best_leaves_out(
    words: LexicalIndex, second: str, quoted: int
) -> None:
    found = hit(0.9, 1.3, sentences=("The UK has trained 51,000 soldiers.", second))
    reader = Toy(TOLD, TOLD - FAINT - 1, words=("51,000", "drilled"))
    answer = choose(TRAINED, [found], words, Settings(threshold=0), reader)
    assert isinstance(answer, Answer)
    assert len(answer.statements) == quoted


def test_no_more_sentences_than_asked_for(words: LexicalIndex) -> None:
    question = "training of soldiers on British soil"
    for count in (1, 2):
        found = ask(question, [hit(0.7, 0.7, 0.7, 0.7)], words, statements=count, threshold=0)
        assert isinstance(found, Answer)
        assert len(found.statements) == count


def test_a_question_is_about_its_rarer_words(words: LexicalIndex) -> None:
    question = understood("How many soldiers are from Ukraine?", words)
    assert set(question.weights) == {"soldier", "ukrain"}
    assert question.coverage(frozenset({"soldier", "ukrain", "tea"})) == 1.0
    assert question.coverage(frozenset({"tea"})) == 0.0


def test_a_question_of_shaping_words_only_is_about_all_of_them(words: LexicalIndex) -> None:
    assert set(understood("Who is it?", words).weights) == {"who", "is", "it"}


def test_a_sentence_that_needs_the_one_before_is_quoted_with_it_as_one_citation(words: LexicalIndex) -> None:
    text = "The UK has trained 51,000 soldiers. It did so on British soil."
    article = Article("uk.txt", "Training", text)
    spans = (Sentence(article, 0, 35), Sentence(article, 36, len(text)))
    _, second = spans
    only_second = Hit(Passage(article, 36, len(text), (second,)), 1.0, 0.8, 5.0, 1, 1, (0.8,))
    found = ask("Where was the training on soil?", [only_second], words, threshold=0)
    assert isinstance(found, Answer)
    assert [statement.text for statement in found.statements] == [text]
    both = Hit(Passage(article, 0, len(text), spans), 1.0, 0.8, 5.0, 1, 1, (0.5, 0.8))
    found = ask("Where was the training on soil?", [both], words, threshold=0)
    assert isinstance(found, Answer)
    assert [statement.text for statement in found.statements] == [text], "its first sentence is not repeated"
    both = Hit(Passage(article, 0, len(text), spans), 1.0, 0.8, 5.0, 1, 1, (0.8, 0.7))
    found = ask("How was the training of soldiers on soil?", [both], words, threshold=0)
    assert isinstance(found, Answer)
    assert [statement.text for statement in found.statements] == [text], "neighbours are one quote"


@pytest.mark.parametrize(
    ("between", "is_one"),
    [
        (" ", True),
        (" Nobody else was there. ", False),
        ("\n\n", False),
        (f" {'So it went. ' * 60}", False),
    ],
)
def test_quotes_side_by_side_in_a_paragraph_are_one(words: LexicalIndex, between: str, is_one: bool) -> None:
    first, last = "The soldiers had training in Kent.", "Training of soldiers went on in Wales in 2023."
    text = f"{first}{between}{last}"
    article = Article("uk.txt", "Training", text)
    spans = (Sentence(article, 0, len(first)), Sentence(article, text.index(last), len(text)))
    hit = Hit(Passage(article, 0, len(text), spans), 1.0, 0.8, 5.0, 1, 1, (0.7, 0.8))
    found = ask("Where was the training of soldiers?", [hit], words, threshold=0)
    assert isinstance(found, Answer)
    assert [each.text for each in found.statements] == ([text] if is_one else [last, first])


def test_a_list_gets_more_sentences_and_new_names_before_known_ones(words: LexicalIndex) -> None:
    told = (
        "The soldiers came from Kent for training.",
        "Some soldiers from Kent needed longer training than that.",
        "Other soldiers arrived from Wales and Fife.",
    )
    plain = ask(
        "training of soldiers", [hit(0.9, 0.8, 0.7, sentences=told)], words, statements=1, threshold=0
    )
    listed = ask(
        "Which places did soldiers come from?",
        [hit(0.9, 0.8, 0.7, sentences=told)],
        words,
        statements=1,
        threshold=0,
    )
    assert isinstance(plain, Answer)
    assert isinstance(listed, Answer)
    assert len(plain.statements) == 1
    assert [each.text for each in listed.statements] == [told[0], told[2], told[1]]


def test_what_a_reader_finds_the_answer_in_comes_first(words: LexicalIndex) -> None:
    question, found = "How many Ukrainian soldiers has the UK trained?", hit(0.8, 0.4, 0.3, 0.1)
    for reader, expected in ((Toy(-5.0, 30.0, 0.0, 0.0), TEXT[1]), (None, TEXT[0])):
        chosen = choose(question, [found], words, Settings(threshold=0.0), reader)
        assert isinstance(chosen, Answer)
        assert chosen.statements[0].text == expected


def test_a_reader_that_finds_nothing_lowers_the_probability(words: LexicalIndex) -> None:
    question, found = "How many soldiers has the UK trained?", hit(0.5, 0.4, 0.3, 0.1)

    def chance(score: float) -> float:
        best = evidence(question, [found], words, Toy(*[score] * 4))[0]
        return probability(understood(question, words), best, words)

    assert chance(8.0) > chance(0.0) > chance(-8.0)


def test_a_reader_reads_only_passages_that_are_close_to_the_best(words: LexicalIndex) -> None:
    near, far = hit(0.8, 0.4, 0.3, 0.1), hit(0.1, 0.1, 0.1, 0.1, score=0.0, title="Tea")
    reader = Toy(0.0, 0.0, 0.0, 0.0)
    found = evidence("How many Ukrainian soldiers has the UK trained?", [near, far], words, reader)
    assert reader.read_passages == [near.passage]
    assert {each.short_answer.score for each in found if each.hit is far} == {NOTHING}
    assert evidence("How many?", [], words, reader) == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Has the UK trained Ukrainian soldiers?", False),
        ("Weren’t soldiers trained?", False),
        ("How many Ukrainian soldiers has the UK trained?", True),
    ],
)
def test_what_a_reader_finds_for_yes_or_no_is_neither_led_with_nor_bold(
    words: LexicalIndex, question: str, told: bool
) -> None:
    reader = Toy(TOLD, words=("51,000",))
    answer = choose(question, [hit(0.9, sentences=TEXT[:1])], words, Settings(threshold=0), reader)
    assert isinstance(answer, Answer)
    assert [*reader.read_passages]
    assert (answer.statements[0].highlights != ()) == told
    assert (answer.short_answer is not None) <= told


def test_yes_or_no_needs_no_words_that_answer(words: LexicalIndex) -> None:
    asked = "Has the UK trained Ukrainian soldiers?"
    answer = choose(asked, [hit(0.9, sentences=(SAME,))], words, Settings(threshold=0), Toy(0.0))
    assert isinstance(answer, Answer)
    assert not answer.likely


TRAINED = "How many Ukrainian soldiers has the UK trained?"
RIVAL = "The UK has already trained 300 Ukrainian soldiers."
LONGER = "By now 2,051,000 Ukrainian soldiers have been trained."
SAME = "By now 51,000 Ukrainian soldiers have been trained by the UK."


@pytest.mark.parametrize(
    ("sentence", "lead", "missing"),
    [
        ("The UK trained 51,000 Ukrainian soldiers.", "51,000", ()),
        ("Denmark trained 51,000 Ukrainian soldiers.", None, ("UK",)),
    ],
)
def test_quotes_that_lack_a_name_of_the_question_are_likely_though_their_passage_has_it(
    words: LexicalIndex, sentence: str, lead: str | None, missing: tuple[str, ...]
) -> None:
    found = hit(0.9, 0.1, sentences=(sentence, "Kent is a county of the UK."))
    settings = Settings(statements=1, threshold=0)
    answer = choose(TRAINED, [found], words, settings, Toy(TOLD, -20.0, words=("51,000",)))
    assert isinstance(answer, Answer)
    assert (answer.short_answer, answer.missing, answer.likely) == (lead, missing, bool(missing))


def test_a_quote_brings_the_name_that_its_paragraph_has_beside_it(words: LexicalIndex) -> None:
    before, said, behind = "The UK helps.", "51,000 soldiers were trained.", "It was in Kent."
    article = Article("a.txt", "Army", f"{before} {said} {behind}")
    start = len(before) + 1
    sentence = Sentence(article, start, start + len(said))
    found = Hit(Passage(article, 0, len(article.text), (sentence,)), 1.0, 0.9, 5.0, 1, 1, (0.9,))

    def quoted(question: str) -> list[str]:
        answer = choose(question, [found], words, Settings(threshold=0))
        assert isinstance(answer, Answer)
        return [each.text for each in answer.statements]

    assert quoted("How many soldiers did the UK train?") == [f"{before} {said}"]
    assert quoted("How many soldiers were trained in Kent?") == [f"{said} {behind}"]
    assert quoted("How many soldiers were trained in Wales?") == [said]


def test_for_several_things_the_same_words_are_told_once(words: LexicalIndex) -> None:
    said = ("Kent trained soldiers first.", "Soldiers of Kent were trained too.", "Wales trained soldiers.")
    found = hit(0.9, 0.89, 0.88, sentences=said)
    answer = choose(
        "Which counties trained soldiers?",
        [found],
        words,
        Settings(threshold=0),
        Toy(9.0, 9.0, 9.0, words=("Kent", "Wales")),
    )
    assert isinstance(answer, Answer)
    assert [each.text for each in answer.statements] == [said[0], said[2]]


@pytest.mark.parametrize(
    ("sentence", "other", "likely"),
    [
        ("The UK paid $9 for tea.", "Soldiers drink.", False),
        ("The UK paid for tea in May.", "Soldiers paid $9.", True),
    ],
)
def test_a_sum_in_another_quote_is_no_sure_answer(
    words: LexicalIndex, sentence: str, other: str, likely: bool
) -> None:
    found = hit(0.9, 0.8, sentences=(sentence, other))
    answer = choose("How much did the UK pay for tea?", [found], words, Settings(threshold=0), Toy(9.0, 8.0))
    assert isinstance(answer, Answer)
    assert answer.statements[0].text == sentence
    assert answer.likely == likely


@pytest.mark.parametrize(("score", "likely"), [(choosing.WORDED, False), (choosing.WORDED - 0.1, True)])
def test_an_answer_in_which_a_reader_finds_no_words_is_likely_at_most(
    words: LexicalIndex, score: float, likely: bool
) -> None:
    answer = choose(TRAINED, [hit(0.9, sentences=(SAME,))], words, Settings(threshold=0), Toy(score))
    assert isinstance(answer, Answer)
    assert answer.likely == likely


@pytest.mark.parametrize(
    ("sentence", "scores", "expected"),
    [
        ("It rained.", (TOLD + 2, -5.0), "51,000"),
        (RIVAL, (TOLD + 2, TOLD + 1 - CLEAR), "51,000"),
        (RIVAL, (TOLD + 2, TOLD + 3 - CLEAR), None),
        (LONGER, (TOLD + 2, TOLD + 1), None),
        (SAME, (TOLD + 2, TOLD + 1), "51,000"),
        ("It rained.", (TOLD - 1, -5.0), None),
    ],
)
def test_the_few_words_that_answer_are_shown_when_sure_and_none_gives_others(
    words: LexicalIndex, sentence: str, scores: tuple[float, float], expected: str | None
) -> None:
    found = hit(0.9, 0.5, sentences=(TEXT[0], sentence))
    reader = Toy(*scores, words=("2,051,000", "51,000", "300", "It rained"))
    answer = choose(TRAINED, [found], words, Settings(), reader)
    assert isinstance(answer, Answer)
    assert answer.short_answer == expected
    unsure = choose(
        TRAINED, [hit(-0.5, -0.5, sentences=(TEXT[0], sentence))], words, Settings(threshold=0), reader
    )
    assert isinstance(unsure, Answer)
    assert unsure.short_answer is None


@pytest.mark.parametrize(
    ("question", "sentence", "reader", "expected"),
    [
        (TRAINED, TEXT[0], Toy(TOLD + 2, words=("51,000",)), "51,000"),
        ("Which soldiers were trained?", TEXT[0], Toy(TOLD + 2, words=("51,000",)), None),
        (TRAINED, "The UK says it has already trained 51,000 Ukrainian soldiers.", Toy(TOLD + 2), None),
        (TRAINED, TEXT[0], None, None),
    ],
)
def test_few_words_are_few_and_are_all_that_is_asked_for(
    words: LexicalIndex, question: str, sentence: str, reader: Toy | None, expected: str | None
) -> None:
    answer = choose(question, [hit(0.9, sentences=(sentence,))], words, Settings(threshold=0), reader)
    assert getattr(answer, "short_answer", None) == expected


@pytest.mark.parametrize(
    ("score", "expected"), [(BOLD, ["51,000"]), (BOLD - 1, []), (None, [])], ids=["likely", "not", "unread"]
)
def test_the_words_that_answer_are_bold_in_their_quote_where_they_are_likely(
    words: LexicalIndex, score: float | None, expected: list[str]
) -> None:
    sentences = ("The minister was pleased.", "He has trained 51,000 Ukrainian soldiers in the UK.")
    reader = None if score is None else Toy(-5.0, score, words=("51,000",))
    answer = choose(TRAINED, [hit(0.3, 0.9, sentences=sentences)], words, Settings(threshold=0), reader)
    assert isinstance(answer, Answer)
    [statement] = answer.statements
    assert [statement.text[start:end] for start, end in statement.highlights] == expected


def test_an_answer_as_likely_as_it_has_to_be_is_given(words: LexicalIndex) -> None:
    hits = [hit(0.8, 0.4, 0.3, 0.1)]
    likely = ask(TRAINED, hits, words).confidence
    assert is_firm(choose(TRAINED, hits, words, Settings(threshold=likely, related=likely)))
    more = likely + 1e-9
    assert not is_firm(choose(TRAINED, hits, words, Settings(threshold=more, related=likely)))


def test_a_sentence_that_states_another_figure_repeats_none(words: LexicalIndex) -> None:
    first, second = (
        "The UK trained twelve Ukrainian soldiers in Kent.",
        "The UK trained fourteen Ukrainian soldiers in Kent.",
    )
    versions = [hit(0.9, sentences=(first,)), hit(0.9, sentences=(second,), title="Correction")]
    found = ask(TRAINED, versions, words)
    assert isinstance(found, Answer)
    assert sorted(each.text for each in found.statements) == sorted((first, second))
    copies = [hit(0.9, sentences=(first,)), hit(0.9, sentences=(first,), title="Copy")]
    found = ask(TRAINED, copies, words)
    assert isinstance(found, Answer)
    assert [each.text for each in found.statements] == [first]


def test_of_what_is_unsaid_the_words_are_named_that_answers_seldom_leave_out(words: LexicalIndex) -> None:
    question = "What kind of autism did the Ukrainian soldiers get?"
    found = ask(question, [hit(0.9, 0.4, 0.3, 0.1)], words, threshold=0.99)
    assert isinstance(found, Answer)
    assert (found.likely, found.missing) == (True, ("autism",))


def test_what_leads_to_another_quote_is_shown_with_it_alone(words: LexicalIndex) -> None:
    """The lead of two items was the best quote, and then what leads to the next."""
    text = "The UK trained soldiers:\n51,000 of them in 2024.\nIt was pleased with them."
    ends = [text.index("\n"), text.rindex("\n"), len(text)]
    starts = [0, ends[0] + 1, ends[1] + 1]
    kinds: tuple[BlockKind, ...] = ("paragraph", "item", "item")
    blocks = tuple(map(Block, starts, ends, kinds))
    article = Article("uk.md", "UK", text, blocks=blocks)
    spans = tuple(Sentence(article, start, end) for start, end in zip(starts, ends, strict=True))
    found = Hit(Passage(article, 0, len(text), spans), 1.0, 0.9, 5.0, 1, 1, (0.9, 0.7, 0.1))
    answer = choose("How many soldiers has the UK trained?", [found], words, Settings())
    assert isinstance(answer, Answer)
    assert [statement.text for statement in answer.statements][:1] == ["51,000 of them in 2024."]
    assert answer.statements[0].citations[0].lead_text == "The UK trained soldiers:"
    assert all(statement.text != "The UK trained soldiers:" for statement in answer.statements)
