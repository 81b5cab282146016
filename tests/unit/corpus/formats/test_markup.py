"""HTML becomes the lines that a browser shows."""

from __future__ import annotations

import pytest

from rag.corpus.formats.html.markup import lines, plain
from rag.corpus.formats.text.lines import Line
from rag.errors import ReadingError


def told(html: str) -> list[str]:
    """Return each line with its kind and, where it has one, its level."""
    return [f"{line.kind}{line.level or ''}: {line.text}" for line in lines(html)]


def texts(html: str) -> list[str]:
    return [line.text for line in lines(html)]


def test_headings_paragraphs_and_lists_have_their_kinds() -> None:
    html = "<h2>Keys</h2><p>You\n need:</p><ol><li>a key<ul><li>of brass<li>of tin</ul></li>"
    html += "<li>a lock</ol>It opens."
    assert lines(html) == [
        Line("Keys", "heading", level=2),
        Line("You need:"),
        Line("1. a key", "item"),
        Line("of brass", "item", level=1, gap=False),
        Line("of tin", "item", level=1, gap=False),
        Line("2. a lock", "item", gap=False),
        Line("It opens."),
    ]


def test_short_bold_paragraphs_above_others_are_headings() -> None:
    html = "<h2>Keys</h2><p><b>Of brass</b></p><p>Two.</p><p><strong>Of tin?</strong></p><ul><li>one</ul>"
    assert told(html) == [
        "heading2: Keys",
        "heading3: Of brass",
        "paragraph: Two.",
        "heading3: Of tin?",
        "item: one",
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>Alone</b></p><p>One.</p>",
        "<p><b>By Ada</b></p><p><b>3 May</b></p><p>One.</p><p><b>At the end</b></p>",
        "<p><b>It is a sentence.</b></p><p>One.</p><p><b>You need:</b></p><p>Two.</p>",
        "<blockquote><p><b>One</b></p><p>a</p><p><b>Two</b></p><p>b</p></blockquote>",
        "<p><b>One</b> a</p><p>a</p><p>b <b>Two</b></p><p>b</p>",
    ],
)
def test_other_bold_words_are_no_headings(html: str) -> None:
    assert not [line for line in lines(html) if line.kind == "heading"]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<ol start=3><li>a<li>b</ol>", ["3. a", "4. b"]),
        ("<ol><li>a<li value=9>b<li>c</ol>", ["1. a", "9. b", "10. c"]),
        ("<ol reversed><li>a<li>b<li>c</ol>", ["3. a", "2. b", "1. c"]),
        ("<ol reversed start=10><li>a<li>b</ol>", ["10. a", "9. b"]),
        ("<ol type=a start=26><li>a<li>b</ol>", ["z. a", "aa. b"]),
        ("<ol type=I><li value=4>a<li value=1949>b</ol>", ["IV. a", "MCMXLIX. b"]),
        ("<ol style='list-style-type: lower-roman'><li>a<li>b</ol>", ["i. a", "ii. b"]),
        ("<ol style='list-style: none'><li>a</ol>", ["a"]),
        ("<ol start=x><li value='1e3'>a</ol>", ["1. a"]),
        ("<ol><li><p>a</p><p>b</p><li><ol><li>c</ol></ol>", ["1. a", "b", "2. 1. c"]),
        ("<ul><li>a<ol><li>b</ol><li>c</ul>", ["a", "1. b", "c"]),
        ("<ol><li><h3>a</h3>b<li></ol>", ["1. a", "b"]),
    ],
)
def test_an_item_has_the_number_that_its_reader_sees(html: str, shown: list[str]) -> None:
    assert texts(html) == shown


@pytest.mark.parametrize(
    "unseen",
    [
        "<s>ten</s>",
        "<del>ten</del>",
        "<strike>ten</strike>",
        "<span hidden>ten</span>",
        "<span style='color: red; display : none'>ten</span>",
        "<span style='visibility:hidden'>ten</span>",
        "<span style='text-decoration: line-through'>ten</span>",
        "<span class='sr-only'>ten</span>",
        "<script>ten</script>",
        "<style>ten</style>",
        "<template>ten</template>",
        "<noscript>ten</noscript>",
        "<!-- ten -->",
        "<button>ten</button>",
        "<svg><title>ten</title></svg>",
        "<select><option>ten</select>",
    ],
)
def test_what_a_reader_does_not_see_is_not_read(unseen: str) -> None:
    assert texts(f"<p>The prize is {unseen} 350 crowns.</p>") == ["The prize is 350 crowns."]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("It cost £9,000<a class=footnote-anchor href=#footnote-1>1</a>.", "It cost £9,000."),
        ("It <i>rained</i><a id=r></a><span><a href=#fn2>2</a></span>", "It rained"),
        ("So he said.”<a href=/a#note3>3</a><a href=/a#note4>4</a>", "So he said.”"),
        ("See note <a href=#note3>3</a> and part<a href=#p>3</a>.", "See note 3 and part3."),
        ("Rain[<a href=#note3>3</a>]", "Rain[3]"),
        ("the land<span class=pagenum><a id=p12>12</a></span>ing", "the landing"),
        ("as men<span class='x pagenum'>[Pg xiv]</span> of few", "as men of few"),
        ("the land<span epub:type=pagebreak role=doc-pagebreak>12</span>ing", "the landing"),
        ("<div class=page-break>12 men came.</div>", "12 men came."),
        ("<table><tr><th>Place<th>Page<tr><td>Holm<td class=pageno>12</table>", "Place: Holm; Page: 12"),
    ],
)
def test_numbers_of_notes_and_of_printed_pages_are_no_words(html: str, shown: str) -> None:
    assert plain(html) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>a<div aria-hidden=true><p>closed</p></div>b", ["a", "b"]),
        (
            "<p>It costs <span aria-hidden=true>$5</span><span class=sr-only>five dollars</span>.",
            ["It costs $5."],
        ),
        ("<div aria-hidden=true><h1>a</h1><p>b</div><dialog open>c</dialog>", ["a", "b", "c"]),
        ("<h2><button>When?</button></h2><p>Now.", ["When?", "Now."]),
        ("<dialog>a</dialog><p>b", ["b"]),
    ],
)
def test_what_is_hidden_from_those_who_hear_a_page_may_be_seen(html: str, shown: list[str]) -> None:
    assert texts(html) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("Set <code>port</code>, <kbd>x</kbd> or <q>y <q>z</q></q>.", "Set port, x or “y ‘z’”."),
        ("Cost:<b>3.4</b> million<br>crowns", "Cost:3.4 million\ncrowns"),
        ("One.<br><br>Two.<br>\n<br/>Three.", "One.\n\nTwo.\n\nThree."),
        ("a &lt; b &amp; c < d", "a < b & c < d"),
        ("<a href=x>a</a><!-- b -->c", "ac"),
        ("a<hr>b", "a\n\nb"),
        ("", ""),
        ("<!-- -->", ""),
    ],
)
def test_words_in_a_line_stay_in_it(html: str, shown: str) -> None:
    assert plain(html) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<blockquote><p>a<p>b</blockquote>c", ["quotation: a", "quotation: b", "paragraph: c"]),
        ("<pre>\nif x:\n  y()<br>z\n</pre>", ["code: if x:\n  y()\nz"]),
        ("<figure><img alt=x><figcaption>a <b>b</b></figcaption></figure>", ["caption: a b"]),
        ("<nav><ul><li>a</ul></nav>", ["reference: a"]),
        ("<aside epub:type=footnote><p>1 a</p></aside>", ["note: 1 a"]),
        ("<ol class='references'><li>a</ol>", ["reference: 1. a"]),
        (
            "<h2>a</h2><details><summary>b</summary>c</details>",
            ["heading2: a", "heading3: b", "paragraph: c"],
        ),
        ("<blockquote><ul><li>a</ul></blockquote>", ["item: a"]),
    ],
)
def test_what_a_line_is_comes_from_its_element(html: str, shown: list[str]) -> None:
    assert told(html) == shown


WRAPPED = "The ferry to Oxna will not sail before the end of\nthe month: its engine is still in the yard."
WHOLE = WRAPPED.replace("\n", " ")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            f"<pre>{WRAPPED}\n\nOn Monday Ilse wrote:\n\n"
            "&gt; Will the timetable change for good? We here have\n"
            "&gt; asked for it since the winter.\nIt will not.\n</pre>",
            [
                f"paragraph: {WHOLE}",
                "paragraph: On Monday Ilse wrote:",
                "quotation: Will the timetable change for good? We here have asked for it since the winter.",
                "paragraph: It will not.",
            ],
        ),
        (f"<pre>THE FERRY\n\n{WRAPPED}</pre>", ["heading2: THE FERRY", f"paragraph: {WHOLE}"]),
        (f"<blockquote><pre>{WRAPPED}</pre></blockquote>", [f"quotation: {WHOLE}"]),
        (f"<ol><li><pre>{WRAPPED}</pre></ol>", [f"item: 1. {WHOLE}"]),
    ],
)
def test_hard_wrapped_prose_in_a_pre_is_read_as_a_text_file_is(html: str, shown: list[str]) -> None:
    assert told(html) == shown


@pytest.mark.parametrize(
    "html",
    [
        f"<pre><code>{WRAPPED}</code></pre>",
        f"<pre class='language-text'>{WRAPPED}</pre>",
        f"<div class=verseblock><pre>{WRAPPED}</pre></div>",
        f"<pre>$ ferry --help\n{WRAPPED}</pre>",
        f'<pre>def sail(port):\n    """{WRAPPED}"""\n    start()</pre>',
        f"<pre># {WRAPPED}\nferry oxna</pre>",
        "<pre>Port     Sails to the islands of the northern sound\noxna     each morning. No cars.</pre>",
        "<pre>north to oxna, south to hamn,\n  and all the ships at sea.</pre>",
    ],
)
def test_code_verses_and_tables_in_a_pre_keep_their_lines(html: str) -> None:
    [line] = lines(html)
    assert line.kind == "code"
    assert "\n" in line.text


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            "<dl><dt>Length<dd>412 metres<dt>Built:<dd>1934</dl>",
            ["row: Length: 412 metres", "row: Built: 1934"],
        ),
        ("<dl><dt>By<dd>Ann</dd><dd>Ben</dl>", ["row: By: Ann", "row: By: Ben"]),
        ("<dl><dt>When?<dd>Now.</dl>", ["paragraph: When?", "paragraph: Now."]),
        ("<dl><dt>a<dd><p>b<p>c</dl>", ["paragraph: a", "paragraph: b", "paragraph: c"]),
        ("<dl><dt>a</dt><dt>b<dd>c<dt>d</dl>e", ["row: a, b: c", "paragraph: d", "paragraph: e"]),
        ("<dl><dt>a<dd><ul><li>b<li>c</ul></dl>", ["paragraph: a", "item: b", "item: c"]),
        ("<dl><dt>a<dd><dl><dt>b<dd>c</dl></dl>", ["paragraph: a", "row: b: c"]),
        ("<dd>a<dt>b", ["paragraph: a", "paragraph: b"]),
    ],
)
def test_a_definition_of_a_few_words_is_read_with_its_term(html: str, shown: list[str]) -> None:
    assert told(html) == shown


TASKS = "<tr><th>Task<th>Days</tr>"


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (TASKS + "<tr><td>Piling<td>30<tr><td>Paving<td>", ["Task: Piling; Days: 30", "Task: Paving"]),
        ("<thead><tr><td>Task<td>Days</thead><tr><td>Piling<td>30", ["Task: Piling; Days: 30"]),
        ("<tr><td><b>Task</b><td><b>Days</b><tr><td>Piling<td>30", ["Task: Piling; Days: 30"]),
        ("<tr><th><th>2024<th>2025<tr><th>Visitors<td>5<td>6", ["Visitors; 2024: 5; 2025: 6"]),
        ("<tr><td>Height<td>38 metres<tr><td>Steps:<td>197", ["Height: 38 metres", "Steps: 197"]),
        (
            "<tr><th>Height<td>38 metres<tr><th>Steps<td>197<td>or 198",
            ["Height: 38 metres", "Steps: 197 | or 198"],
        ),
        ("<tr><td>a<td>b<td>c<tr><td>d<td><td>f", ["a | b | c", "d | f"]),
        (
            TASKS + "<tr><td colspan=2>North quay<tr><td>Piling<td>30",
            ["North quay", "Task: Piling; Days: 30"],
        ),
        (
            "<tr><th rowspan=2>Town<th colspan=2>Homes<tr><th>2024<th>2025<tr><td>Arn<td>5<td>6",
            ["Town: Arn; Homes 2024: 5; Homes 2025: 6"],
        ),
        (
            TASKS + "<tr><td rowspan=2>Piling<td>30<tr><td>31<tr><td>Paving<td>9",
            ["Task: Piling; Days: 30", "Task: Piling; Days: 31", "Task: Paving; Days: 9"],
        ),
        (TASKS + "<tr><td>Piling<td>30<tr><th>Sum<th>30", ["Task: Piling; Days: 30", "Task: Sum; Days: 30"]),
        (
            TASKS + "<tr><td>Piling<td>30<tr><th>Firm<th>Town<tr><td>Stone<td>Arn",
            ["Task: Piling; Days: 30", "Firm: Stone; Town: Arn"],
        ),
        (TASKS + "<tr><td>a<td>x<br>y<ul><li>b<li>c</ul>", ["Task: a; Days: x y, b, c"]),
        (TASKS, ["Task | Days"]),
        (TASKS + "<tr><td colspan=2000 rowspan=70000>a<tr><td>b", ["a", "Task, Days: a; b"]),
        ("<caption>Plan</caption>" + TASKS + "<tr><td>Piling<td>30", ["Plan", "Task: Piling; Days: 30"]),
    ],
)
def test_a_row_of_a_table_is_read_with_its_heads(rows: str, shown: list[str]) -> None:
    assert texts(f"<table>{rows}</table>") == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<table><tr><td><h1>a</h1><p>b<td>c</table>", ["heading1: a", "paragraph: b", "paragraph: c"]),
        ("<table role=presentation><tr><td>a<td>b</table>", ["paragraph: a", "paragraph: b"]),
        ("<table><tr><td>a<tr><td>b</table>", ["paragraph: a", "paragraph: b"]),
        (f"<table><tr><td>{'long ' * 90}.<td>b</table>", [f"paragraph: {'long ' * 90}.", "paragraph: b"]),
        (
            f"<table><tr><td>a<td><table>{TASKS}<tr><td>Piling<td>30</table></table>",
            ["paragraph: a", "row: Task: Piling; Days: 30"],
        ),
        (
            f"<table>{TASKS}<tr><td>a<td>b<table><tr><td>c<td>d</table></table>",
            ["row: Task: a; Days: b", "row: c: d"],
        ),
        ("<td>a<td>b", ["paragraph: a", "paragraph: b"]),
    ],
)
def test_a_table_that_lays_out_a_page_is_no_table(html: str, shown: list[str]) -> None:
    assert told(html) == shown


@pytest.mark.parametrize("tag", ["div", "ol><li", "dl><dd", "table><tr><td", "blockquote", "q"])
def test_elements_may_stand_deep_in_each_other(tag: str) -> None:
    ends = "".join(f"</{each}>" for each in reversed(tag.split("><")))
    shown = texts(f"<{tag}>" * 500 + "deep" + ends * 500 + "<p>after")
    assert "deep" in shown[0]
    assert shown[-1] == "after"


def test_a_page_that_closes_nothing_is_read_and_one_too_deep_refused() -> None:
    assert texts("<font size=1>small <b>" * 3_000 + "<p>after")[-1] == "after"
    with pytest.raises(ReadingError, match="2,048 deep"):
        plain("<div>" * 3_000 + "deep")


def test_words_that_stand_for_images_are_read_if_wished() -> None:
    assert plain("<p>a <img alt='a boat'></p>") == "a"
    assert plain("<p>a <img alt='a boat'></p>", image_words=True) == "a a boat"
