"""Sentences: where they end, in texts of many kinds and languages."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from sentence_table import TABLE, Row, marked, row, rows

from rag.index.sentences import split_sentences

ROWS = list(rows(TABLE.read_text(encoding="utf-8")))

CASE_5 = """
1. Boats may not be longer than six metres.| 2. Each boat carries a bell.
1) The first item.| 2) The second item.
a. Open the vent.| b. Light the burner.
(i) Open the vent.| (ii) Light the burner.
IV. The Treaty of Lund was signed in 1676.| V. It lasted three years.
The race starts on 3.| The second one starts later.
Step 1. Open the vent.| Step 2. Light the burner.
"I just love the sea.¦ It never ends."| She laughed and left.
He said “The dam will hold.¦ We tested it twice.”| Then he left the room.
'We phoned the harbour yesterday.¦ They told us to wait.'| The crew waited.
Come work for us in 's-Hertogenbosch.| The pay is good.| Apply by May.
The company Yahoo! Inc. bought the site.| It closed in 2019.
Who sang "Help!" in 1965?| The Beatles did.
J. R. R. Tolkien wrote it.| George W. Bush read it.| J.K. Rowling did not.
The U.S. President met Lt. Gen. A. Smith at 5 p.m. on Jan. 5.| They talked for 2 hrs. at St. Mary's.
She lives in Washington, D.C.| The house is small.
See Fig. 3 and Sec. 4.2, pp. 12-14, of Vol. 2.| It costs approx. 5 crowns, i.e. a lot, e.g. for bread.
Visit https://example.org/a.b?c=d.| It lists prices.| Mail a.b@example.org.| Version 3.2.1 is out.
The rate rose to 4.5 per cent.|The bank said so.[12]| Critics disagreed.[13]
The rate rose.12| The bank said so.
It measured 3.5 m.| The tide was high.| It weighed 12 kg.| No. 5 won.| Nos. 6 and 7 lost.
Mt. Everest is 8,849 m high.| Ft. Worth is in Texas.| Col. Mustard did it.
The ship sank . . . nobody saw it.| Well...| Perhaps.| It was late…| The crew slept.
The firm is Brandt & Sohn GmbH & Co. KG.| It sells bricks.| Acme Corp. sued Widget Ltd. in May.
Dr. h.c. Meier, Ph.D., spoke.| Prof. Lee, M.D., M.Sc., followed.| Sen. Bob Doe (R-N.Y.) did not.
On Oct. 3 at 10 a.m. EST. the vote began.| Sept. was dry.| Approx. 40 came vs. 30 before.
What is it?!| Nobody knows!!| "Really?" she asked.| "Yes!" he said.
The temperature fell to -5.2 °C.| Then it snowed.| The pH was 7.4.| The ratio was 3:1.
@de Am 3. Oktober 1990 trat die DDR bei.| Das war z. B. um 12 Uhr, d. h. mittags.| \
Der 2. Weltkrieg endete 1945.
@fr M. Dupont a parlé à 8 h.| Il habite av. Foch.| Mme. Leroy est partie.
@ja 東京は日本の首都です。|人口は約1400万人です。|「本当ですか。」と彼は言った。
@ar وصل الوفد إلى القاهرة.| قال د. خالد إن المفاوضات صعبة؟| نعم.
@zh 北京是中国的首都。|人口约2100万。|他说：“我很高兴。”然后离开了。
The patient (age 34. female) was stable.| The drug (5 mg/kg b.i.d.) was stopped.
Smith et al. (2019) found it.| cf. Jones et al.| This agrees.| Ibid. p. 4.
"The bridge is safe," said Ana Ruiz.| "We checked it."| "Twice," added Tom.
Rev. Dr. Martin Luther King Jr. was born in 1929.| Sammy Davis Jr. sang.| Henry VIII. died in 1547.
""".strip().splitlines()
"""The lines of shared/cases/5, with where each of their sentences ends."""

NASTY = [
    *(
        "word",
        "Mr.",
        "U.S.",
        "No.",
        "1.",
        "a)",
        "IV.",
        "etc.",
        "p.m.",
        "Step",
        "3.5",
        "12",
        "It",
        "the",
        "北京",
    ),
    *(
        "。",
        "「",
        "」",
        "です",
        "。」",
        "«",
        "»",
        "“",
        "”",
        '"',
        "'",
        "(",
        ")",
        "[3]",
        "[...]",
        "¹",
        "*",
        ":4",
    ),
    *(
        ".",
        "...",
        "…",
        "!",
        "?",
        ";",
        ":",
        "—",
        "•",
        "🎉",
        "👍",
        "।",
        "؟",
        "ß",
        "É.",
        "\u00a0",
        "\u200b",
        "\t",
    ),
    *(" ", " ", " ", " ", "\n", "\n\n", "\r", "\x1c", "\u2028", "", ".The", ".12 The", "a.b@c.org"),
]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            each, id=f"{each.kind}-{number}", marks=[pytest.mark.xfail] if each.is_known_miss else []
        )
        for number, each in enumerate(ROWS)
    ],
)
def test_sentences_end_where_a_reader_would_end_them(row: Row) -> None:
    spans = split_sentences(row.text, row.language)
    assert row.faults(spans) == (frozenset(), frozenset()), marked(spans, row.text)


def test_the_table_is_as_wide_as_it_claims_and_nearly_all_of_it_is_right() -> None:
    assert sum(len(each.ends) for each in ROWS) >= 450
    assert sum(len(each.ends) for each in ROWS if each.language == "en") >= 350
    assert len({each.kind for each in ROWS}) >= 25
    missed = sum(len(each.ends) for each in ROWS if each.is_known_miss)
    assert missed <= 0.03 * sum(len(each.ends) for each in ROWS)


def test_the_sentences_of_the_public_case_end_where_they_should(shared: Path) -> None:
    lines = (shared / "cases" / "5" / "lines.txt").read_text(encoding="utf-8").splitlines()
    assert [line.replace("|", "").replace("¦", "") for line in CASE_5] == lines
    for each in map(row, CASE_5):
        spans = split_sentences(each.text, each.language)
        assert each.faults(spans) == (frozenset(), frozenset()), marked(spans, each.text)


def assert_is_split_whole(text: str, language: str = "en") -> None:
    spans = split_sentences(text, language)
    ends = [place for span in spans for place in span]
    assert ends == sorted(ends)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
        assert "\n" not in text[start:end]
    assert "".join("".join(text[slice(*span)].split()) for span in spans) == "".join(text.split())


def test_every_character_lies_in_one_sentence_whatever_the_text_and_the_language() -> None:
    chance = random.Random(5)
    for _ in range(3_000):
        text = "".join(chance.choices(NASTY, k=chance.randrange(40)))
        assert_is_split_whole(text, chance.choice(["en", "de", "fr", "ja", "zh", "ru", "xx", ""]))


def test_every_character_of_the_bundled_articles_lies_in_one_sentence(root: Path) -> None:
    for path in sorted((root / "corpus").rglob("*.md")):
        assert_is_split_whole(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "piece", sorted({each for each in NASTY if each} | {". ", 'a "', "A. ", "x.) ", "No. N"})
)
def test_a_line_of_one_thing_takes_time_in_proportion_to_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        begun = time.process_time()
        split_sentences(piece * (length // len(piece)))
        return time.process_time() - begun

    # Four times the length in sixteen times the time would be its square; a busy machine gets some slack.
    assert seconds(80_000) < 9 * seconds(20_000) + 0.1
