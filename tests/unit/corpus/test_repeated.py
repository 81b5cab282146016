"""Lines that repeat across articles: which are left out, and which stay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from ranges import assert_blocks_are_exact

from rag.corpus import advice, repeated
from rag.corpus.corrections import FILE, Corrections
from rag.corpus.folder import read_folder
from rag.corpus.health import Group, examine
from rag.index.passages import split_passages
from rag.types import Article, Block

SIGN = "Get the best of it by mail every week."
MORE = "Story goes on below"


def texts(articles: Sequence[Article], kind: str) -> list[str]:
    return [
        article.text[block.start : block.end]
        for article in articles
        for block in article.blocks
        if block.kind == kind
    ]


def apart(*written: str, corrected: Corrections | None = None) -> list[Article]:
    articles = [Article(f"n/{number}.md", "T", text) for number, text in enumerate(written)]
    return repeated.set_apart(articles, (corrected or Corrections()).hints)[0]


def storms(count: int, text: str) -> list[str]:
    return [text.replace("N", str(number)) for number in range(count)]


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def test_a_line_around_the_text_of_many_articles_is_furniture_and_no_sentence() -> None:
    found = apart(*storms(5, f"{SIGN}\n\nStorm N was strong.\nIt came at N.\n\nIt went.\n\n{SIGN}"))
    assert texts(found[:1], "furniture") == [SIGN, SIGN]
    assert texts(found[:1], "paragraph") == ["Storm 0 was strong.\nIt came at 0.", "It went."]
    for article in found:
        assert_blocks_are_exact(article)
    sentences = [each.text for p in split_passages(found[0], count_words, limit=50) for each in p.sentences]
    assert sentences == ["Storm 0 was strong.", "It came at 0.", "It went."]


def test_the_text_and_what_is_known_of_the_article_stay_as_they_are() -> None:
    [first, *_] = apart(*(written := storms(5, f"Storm N was strong.\n\n{SIGN}")))
    assert (first.text, first.id, first.title) == (written[0], "n/0.md", "T")


@pytest.mark.parametrize("count", [2, 4])
def test_few_articles_that_say_the_same_may_well_mean_it(count: int) -> None:
    assert texts(apart(*storms(count, f"Storm N was strong.\n\n{SIGN}")), "furniture") == []


def test_a_line_in_a_small_share_of_a_source_stays() -> None:
    with_sign, without = storms(10, f"Storm N was strong.\n\n{SIGN}"), storms(60, "Flood N was deep.")
    assert texts(apart(*with_sign[:9], *without), "furniture") == []
    assert len(texts(apart(*with_sign[:9], *without[:20]), "furniture")) == 9
    assert len(texts(apart(*with_sign, *without), "furniture")) == 10


def test_a_clause_between_paragraphs_stays_and_a_label_there_goes() -> None:
    clause = "The tenant pays on the first day of each month."
    text = f"Flat N of the house is let to a friend.\n\n{clause}\n\n{MORE}\n\nIt has N rooms with a view.\n\n"
    found = apart(*storms(6, f"{text}{SIGN}"))
    assert {*texts(found, "furniture")} == {MORE, SIGN}
    assert clause in texts(found[:1], "paragraph")


@pytest.mark.parametrize("kind", ["heading", "item", "row", "code", "reference"])
def test_only_paragraphs_are_furniture(kind: str) -> None:
    text = f"Storm N was strong.\n\n{SIGN}"
    articles = [
        Article(f"{n}.md", "T", text, blocks=(Block(0, 19), Block(21, len(text), kind)))  # type: ignore[arg-type]
        for n in range(6)
    ]
    assert repeated.set_apart(articles, Corrections().hints)[0] == articles


def test_articles_that_are_copies_lose_nothing() -> None:
    assert texts(apart(*["It rained on Monday.\n\nIt snowed on Tuesday."] * 6), "furniture") == []


def test_an_article_keeps_what_is_all_of_its_text() -> None:
    found = apart(*storms(6, f"Storm N was strong.\n\n{SIGN}"), SIGN)
    assert len(texts(found, "furniture")) == 6
    assert found[-1].blocks == ()


def test_paragraphs_without_a_blank_line_between_them_stay_apart() -> None:
    text = "Storm N was strong.\nIt came.\n" + SIGN
    blocks = (Block(0, 19, page=2), Block(20, 28, page=3), Block(29, len(text), page=3))
    articles = [Article(f"{n}.md", "T", text.replace("N", str(n)), blocks=blocks) for n in range(5)]
    assert repeated.set_apart(articles, Corrections().hints)[0][0].blocks == (
        *blocks[:2],
        Block(29, len(text), "furniture", page=3),
    )


def test_a_line_that_is_to_be_kept_stays_in_the_folder_that_keeps_it(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(f'[files."n"]\nkeep = ["{SIGN.upper()}"]\n', encoding="utf-8")
    written = storms(6, f"Storm N was strong.\n\n{SIGN}")
    assert texts(apart(*written, corrected=Corrections.read(tmp_path)), "furniture") == []


def test_a_line_that_leads_to_what_follows_stays() -> None:
    lead = "When you have read this, you will be able to:"
    found = apart(
        *storms(6, f"{lead}\n\n- spell N\n\nStorm N was strong, and it came over the sea.\n\n{SIGN}")
    )
    assert {*texts(found, "furniture")} == {SIGN}


def test_lines_that_stay_are_those_of_a_count_anew() -> None:
    clause = "The tenant pays on the first day of each month."
    text = f"Flat N of the house is let to a friend.\n\n{clause}\n\n{SIGN}\n\nIt has N rooms with a view."
    written = [*storms(6, f"{text}\n\n{SIGN}"), *storms(4, f"Barn N is let to a farmer.\n\n{clause}")]
    articles = [Article(f"n/{number}.md", "T", text) for number, text in enumerate(written)]
    found, lines = repeated.set_apart(articles, Corrections().hints)
    assert [(each.line, len(each.holders)) for each in lines] == [(SIGN, 6), (clause, 6)]
    assert lines == [*repeated.Repeats.of(found).found(Corrections().hints)]
    assert examine(found, lines=lines) == examine(found)


@pytest.mark.parametrize(("gone", "is_other"), [(0, False), (1, True)])
def test_new_articles_beside_others_are_read_as_with_all_of_them(gone: int, is_other: bool) -> None:
    hints = Corrections().hints
    written = storms(7, f"Storm N was strong, they said.\n\n{SIGN}")
    articles = [Article(f"n/{number}.md", "T", text) for number, text in enumerate(written)]
    there, _ = repeated.set_apart(articles[:5], hints)
    ids = [article.id for article in there[:gone]]
    new = [] if is_other else articles[5:]
    beside = repeated.set_apart_beside(there, ids, new, hints)
    assert beside == (None if is_other else repeated.set_apart([*there[gone:], *new], hints)[0][-len(new) :])


def test_what_is_left_out_is_listed_with_how_to_keep_it() -> None:
    found = examine(apart(*storms(6, f"Storm N was strong.\n\n{SIGN}")))
    assert found.left_out == (Group(SIGN, 6, ("n/0.md", "n/1.md", "n/2.md"), "n", 6),)
    assert found.lines == ()
    assert list(advice.summary(found))[-1] == f"“{SIGN}” is left out of 6 articles of n as page furniture"
    [told] = [text for subject, text in advice.findings(found) if subject == "furniture"]
    assert 'list it as keep under [files."FOLDER"] in footnote.toml' in told
    assert advice.as_json(found)["left_out"][0]["line"] == SIGN


def test_a_folder_is_read_anew_with_what_all_of_its_articles_tell(tmp_path: Path) -> None:
    for number, text in enumerate(storms(5, f"Storm N was strong, they said.\n\n{SIGN}")):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    assert texts(read_folder(tmp_path).articles, "furniture") == [SIGN] * 5
    (tmp_path / "4.txt").unlink()
    assert texts(read_folder(tmp_path).articles, "furniture") == []


def test_what_is_left_out_is_not_quoted_and_what_is_kept_is(chat_of) -> None:
    storms_at_sea = {
        f"{n}.txt": f"Storm {n} was strong, and it came over the sea.\n\n{SIGN}" for n in range(5)
    }
    question = "What do you get by mail every week?"
    quoted = [hit.passage.text for hit in chat_of(storms_at_sea).ask(question).closest]
    assert not any(SIGN in text for text in quoted)
    kept = {**storms_at_sea, FILE: f'[files."."]\nkeep = ["{SIGN}"]\n'}
    assert any(SIGN in hit.passage.text for hit in chat_of(kept).ask(question).closest)
