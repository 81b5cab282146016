"""A Markdown file as its reader sees it, whatever wrote and runs it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rag.corpus.formats import articles, markdown
from rag.errors import ReadingError
from rag.types import Article, BlockKind


def read(text: str, id: str = "a.md") -> Article:
    return markdown.read(text.encode(), id)


def told(body: str, front: str = "title: Storm") -> list[str]:
    """Return the lines that are read of a body below front matter."""
    text = read(
        f"---\n{front}\n---\nIt rained.\n\n{body}" if front else f"# Storm\n\nIt rained.\n\n{body}"
    ).text
    return [line for line in text.split("\n") if line][1:]


def kinds(body: str) -> list[tuple[BlockKind, int, str]]:
    article = read(f"# Storm\n\nIt rained.\n\n{body}")
    return [(each.kind, each.level, article.text[each.start : each.end]) for each in article.blocks][1:]


class TestCases:
    """What people reported of readers of Markdown."""

    def test_what_was_taken_back_is_left_out(self, shared: Path) -> None:
        article = markdown.read((shared / "cases/19/strike.md").read_bytes(), "strike.md")
        assert article.text == ("The Arn fair opens on 10 May with 55 stalls.\n\nThe entry costs 6 crowns.")

    def test_bullets_are_items(self, shared: Path) -> None:
        article = markdown.read((shared / "cases/26/a.md").read_bytes(), "a.md")
        items = [article.text[each.start : each.end] for each in article.blocks if each.kind == "item"]
        assert items == [
            "Anna Brandt won the first prize with a poppy roll",
            "The fire brigade won the second prize",
            "The school of Holm won the third prize with a plum tart",
            "Entries close on 3 April 2027",
            "The fee is 5 crowns per cake",
        ]

    @pytest.mark.parametrize(
        ("name", "row"),
        [
            ("14/sales", "Year: 2022; Loaves sold: 41,200; Revenue (crowns): 310,000; Manager: Ilse Varga"),
            ("14b/facts", "Height: 38 metres"),
            ("14b/prices", "Ticket: Adults; Price: 4.50 crowns"),
        ],
    )
    def test_rows_have_their_heads(self, shared: Path, name: str, row: str) -> None:
        article = markdown.read((shared / f"cases/{name}.md").read_bytes(), "a.md")
        first = next(block for block in article.blocks if block.kind == "row")
        assert article.text[first.start : first.end] == row

    def test_code_in_a_sentence_is_part_of_it(self, shared: Path) -> None:
        article = markdown.read((shared / "cases/18/code.md").read_bytes(), "a.md")
        assert article.text == (
            "The mill listens on port 1884 and stores its log in /var/log/mill.log for 40 days."
        )


class TestTextsOfFrontMatter:
    @pytest.mark.parametrize(
        "name",
        [
            "summary",
            "description",
            "excerpt",
            "deck",
            "dek",
            "abstract",
            "standfirst",
            "lead",
            "intro",
            "text",
        ],
    )
    def test_a_file_without_a_body_has_the_text_of_its_front_matter(self, name: str) -> None:
        article = read(f"---\ntitle: Storm\n{name}: The Arn rose\n  by two metres.\n---\n")
        assert (article.title, article.text) == ("Storm", "The Arn rose by two metres.")

    @pytest.mark.parametrize("body", ["", "\n\n", "{{< youtube abc >}}\n", "# Storm\n"])
    def test_a_body_without_words_is_none(self, body: str) -> None:
        assert read(f"+++\ntitle = 'Storm'\nsummary = 'The *Arn* rose.'\n+++\n{body}").text == "The Arn rose."

    def test_each_text_stands_once_the_deck_first(self) -> None:
        front = "title: Storm\ndescription: Nobody was hurt.\nsummary: The  Arn rose.\ndeck: The Arn rose."
        assert read(f"---\n{front}\n---\n").text == "The Arn rose.\n\nNobody was hurt."

    @pytest.mark.parametrize("name", ["deck", "subtitle", "standfirst", "Lede", "subheading", "abstract"])
    def test_the_deck_stands_above_the_text(self, name: str) -> None:
        front = f"---\ntitle: Storm\n{name}: A night on the [Arn](/arn)\nsummary: For lists only.\n---\n"
        assert read(f"{front}It rained.").text == "A night on the Arn\n\nIt rained."
        assert read(f"{front}# Storm\n\nIt rained.").text == "A night on the Arn\n\nIt rained."

    def test_a_deck_that_the_text_begins_with_is_not_said_twice(self) -> None:
        front = "---\ntitle: Storm\ndeck: A night on the Arn\n---\n"
        assert read(f"{front}*A night on the Arn*\n\nIt rained.").text == "A night on the Arn\n\nIt rained."

    def test_sentences_under_names_of_the_authors_own_are_read_where_nothing_else_is(self) -> None:
        front = """---
title: Diary
tags: [Electrical Engineering, Interview]
interests:
  - The Arn rose by [two metres](/arn) in a night
  - Nobody in all of Holm was hurt by it
---
"""
        article = read(front)
        assert article.text == "The Arn rose by two metres in a night\nNobody in all of Holm was hurt by it"
        assert {block.kind for block in article.blocks} == {"item"}
        assert read(f"{front}It rained.").text == "It rained."

    def test_a_file_that_says_nothing_but_its_title_holds_no_text(self) -> None:
        with pytest.raises(ReadingError, match="holds no text"):
            read("---\ntitle: Storm\nlayout: summary\n---\n")

    def test_the_address_where_it_was_first_published_is_its_own(self) -> None:
        front = "title: Storm\nsummary: The Arn rose.\nsource: va\nsource_url: https://news.example/storm"
        article = read(f"---\n{front}\n---\n")
        assert (article.source, article.url) == ("va", "https://news.example/storm")

    def test_authors_by_their_keys_are_named(self) -> None:
        article = read("---\ntitle: Storm\nauthors:\n  - ilse-varga\n  - jan-de-vries\n---\nIt rained.")
        assert article.author == "Ilse Varga, Jan de Vries"


class TestKramdown:
    """What Jekyll's Markdown knows beside CommonMark's."""

    @pytest.mark.parametrize(
        ("body", "lines"),
        [
            ('<div markdown="1">\nIt *rained* \\[hard\\].\n</div>', ["It rained [hard]."]),
            ("<section markdown>\nIt **rained**.\n</section>", ["It rained."]),
            ('<div class="a" markdown="1">It *rained*.</div>\n\nIt *snowed*.', ["It rained.", "It snowed."]),
            (
                '<div markdown="block">\n<div class=x>\nThe *Arn*\n</div>\n<q>\\[It\\] rained.</q>\n</div>',
                ["The Arn", "“[It] rained.”"],
            ),
            ('<div markdown="1">\n- one\n- *two*\n</div>', ["one", "two"]),
            ('<div>\n<div markdown="1">\n*in*\n</div>\n*out*\n</div>', ["in", "*out*"]),
            ("<div>\nIt *rained*.\n</div>", ["It *rained*."]),
            ('<div markdown="0">\nIt *rained*.\n</div>', ["It *rained*."]),
            ('`<div markdown="1">` and `<div>`, *so*.', ['<div markdown="1"> and <div>, so.']),
        ],
    )
    def test_the_inside_of_html_may_be_markdown(self, body: str, lines: list[str]) -> None:
        assert " ".join(told(body)).split() == " ".join(lines).split()

    def test_a_sign_that_parts_two_definitions_is_not_read(self) -> None:
        body = "Arn\n: a river\n^\n\nHolm\n: a town\n^\n"
        assert told(body) == ["Arn: a river", "Holm: a town"]

    def test_a_verse_is_broken_where_its_converter_broke_it(self) -> None:
        body = 'Oh, give me land* * *\n{: data-type="newline"}\n\n fence me in* * *\n\nAnd more'
        assert told(body) == ["Oh, give me land", "fence me in", "And more"]
        assert told("It rained.\n\n* * *\n\nIt snowed.") == ["It rained.", "It snowed."]

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("A sluice ([link](#fig-2)) was used.", "A sluice was used."),
            (r"A sluice ([\[link\]](#fig-2)) was used.", "A sluice was used."),
            ("A sluice ([link]), and a pan (see [link](#a) and [link](#b)).", "A sluice, and a pan."),
            ("## Sluices [¶](#sluices)", "Sluices"),
            ("A sluice.[↩](#fnref1)", "A sluice."),
            ("A sluice ([Figure 2](#fig-2)) was used.", "A sluice (Figure 2) was used."),
            ("Follow [link](#fig-2) to it.", "Follow link to it."),
            ("A ([link](https://news.example)) there.", "A (link) there."),
        ],
    )
    def test_references_without_words_are_not_read(self, body: str, said: str) -> None:
        assert told(body) == [said]


class TestFacts:
    @pytest.mark.parametrize(
        "id",
        [
            "_posts/2021-05-03-a-storm.md",
            "_posts/2021-5-3-a-storm.markdown",
            "posts/2021-05-03_a-storm/index.md",
            "blog/2021/05/03/a-storm.md",
            "2021-05-03 A storm.md",
        ],
    )
    def test_the_name_or_folder_of_a_file_gives_the_day(self, id: str) -> None:
        article = read("It rained.", id)
        assert (article.title, article.published) == ("A storm", date(2021, 5, 3))

    def test_the_day_that_the_text_gives_wins(self) -> None:
        assert read("---\ndate: 2020-01-02\n---\nIt rained.", "2021-05-03-a.md").published == date(2020, 1, 2)
        said = read("# Storm\n\nPublished: 4 May 2019\n\nIt rained.", "2021-05-03-a.md")
        assert said.published == date(2019, 5, 4)
        unknown = read("---\ndate: soon\n---\nIt rained.", "2021-05-03-a.md")
        assert unknown.published == date(2021, 5, 3)

    def test_the_day_it_was_created_counts_where_there_is_no_other(self) -> None:
        front = "---\ncreated: 2019-05-04 09:41:07Z\nupdated: 2020-01-01\n"
        assert read(f"{front}---\nIt rained.").published == date(2019, 5, 4)
        assert read(f"{front}date: 2019-06-01\n---\nIt rained.").published == date(2019, 6, 1)

    @pytest.mark.parametrize("name", ["path", "url", "slug", "permalink"])
    def test_the_place_on_the_site_gives_the_day(self, name: str) -> None:
        for place in ("2018/01/03/new-year", "/blog/2018/01/03/new-year/"):
            assert read(f'+++\n{name} = "{place}"\n+++\nIt rained.').published == date(2018, 1, 3)

    @pytest.mark.parametrize(
        "lines",
        [
            "Author: Ilse Varga\nDate: 4 May 2019\nPlace: Arn",
            "**Author:** Ilse Varga\n**Date:** May 4, 2019\n**Place:** Arn",
            "__Author__: *Ilse Varga*\nDate: 2019-05-04\nPlace: Arn\n---",
            "author: Ilse Varga\ndate: 2019-05-04\nplace: Arn",
        ],
    )
    def test_lines_with_labels_below_the_title_are_facts(self, lines: str) -> None:
        article = read(f"# Storm\n\n{lines}\n\nIt rained.")
        assert (article.author, article.published) == ("Ilse Varga", date(2019, 5, 4))
        assert article.text.lower() == "place: arn\n\nit rained."

    def test_facts_may_stand_below_what_is_none(self) -> None:
        article = read("# Storm\n\nPlace: Arn\nDate: 4 May 2019\n\nIt rained.")
        assert (article.published, article.text) == (
            date(2019, 5, 4),
            "Place: Arn\nDate: 4 May 2019\n\nIt rained.",
        )

    def test_prose_with_colons_goes_on_in_the_next_line(self) -> None:
        body = "Two things fell: the mole and\nthe quay: both of oak.\n\nPlace: Arn\nIt rained."
        assert read(f"# Storm\n\n{body}").text == body.replace("and\n", "and ").replace("Arn\n", "Arn ")

    def test_a_number_that_is_no_day_is_none(self) -> None:
        assert read("It rained.", "1234-56-78-a.md").published is None
        assert read("It rained.", "rules/2021/99/a.md").published is None

    def test_front_matter_in_json_gives_the_facts(self) -> None:
        text = '{\n  "title": "1984",\n  "date": "2025-08-14",\n  "authors": ["Jane Doe"]\n}\n\nIt rained.\n'
        assert read(text) == Article(
            id="a.md", title="1984", text="It rained.", published=date(2025, 8, 14), author="Jane Doe"
        )

    @pytest.mark.parametrize("text", ['{"x": 1}\nIt rained.', '{"title": ', "{ it rained }", '{"a": [[[['])
    def test_a_brace_at_the_top_is_no_front_matter(self, text: str) -> None:
        assert read(f"{text}\n\nIt stopped.").text.endswith("It stopped.")


class TestTemplates:
    def test_links_that_templates_give_keep_their_words(self) -> None:
        body = (
            'See [the map]({% post_url 2021-05-03-map %}), [this]({{ site.baseurl }}{% link a.md %}#x "t"), '
            '[that]({{< ref "b.md" >}}), <a href="{{ site.url }}/x">more</a> and [the rest][1].\n\n'
            "[1]: {% post_url 2020-01-01-other %}\n"
        )
        assert told(body) == ["See the map, this, that, more and the rest."]

    def test_values_that_the_file_gives_are_said_and_others_are_not(self) -> None:
        body = (
            '{% assign town = "Arn" %}It hit {{ town }}, says {{ page.who }} of {{ site.title }}"{{ "us" }}" '
            "on {{< param who >}}."
        )
        assert told(body, "title: Storm\nwho: Odile") == ['It hit Arn, says Odile of "us" on Odile.']

    def test_a_term_between_words_is_said(self) -> None:
        body = (
            "The sign of having no {% thing 'carriage' %} and no {{< term \"court dress\" >}}, nor a\n"
            "{% abbr 'wig' %} {% icon 'arrow-7' %}.\n\n{% figure 'carriage' %}\n\n{% icon 'pin' %} It ends.\n"
        )
        assert told(body) == [
            "The sign of having no carriage and no court dress, nor a wig .",
            "It ends.",
        ]

    def test_brackets_that_a_tag_leaves_empty_go_with_it(self) -> None:
        body = (
            "A rare umbrella ({% open 'fig-170' %}) is red (see {% open 'fig-2' %}), or ({{ site.hue }}) no\n"
            "(as {{ site.who }} thinks of it) in f() (really).\n"
        )
        assert told(body) == ["A rare umbrella is red, or no (as thinks of it) in f() (really)."]

    def test_what_no_reader_sees_goes_and_one_branch_stays(self) -> None:
        body = (
            "{% comment %}Secret.{% endcomment %}\n\n{% if x %}It is wet.{% else %}It is dry.{% endif %}\n\n"
            "{% for p in posts %}\n- [{{ p.title }}]({{ p.url }})\n{% endfor %}\n\n"
            "{{< youtube abc >}}\n\n{% gist 12 %}\n\n{%- capture a -%}b{%- endcapture -%}\nIt ends.\n"
        )
        assert told(body) == ["It is wet.", "It ends."]

    def test_a_block_that_never_ends_swallows_nothing(self) -> None:
        assert told("{% comment %}\n\nOne.\n\n{% for x in y %}\n\nTwo. {{ three\n") == [
            "One.",
            "Two. {{ three",
        ]

    @pytest.mark.parametrize(
        ("begin", "end"),
        [
            ("{% highlight python linenos %}", "{% endhighlight %}"),
            ('{{< highlight python "hl_lines=1" >}}', "{{< /highlight >}}"),
            ("{% codeblock lang:python %}", "{% endcodeblock %}"),
        ],
    )
    def test_listings_of_templates_are_listings(self, begin: str, end: str) -> None:
        assert kinds(f"{begin}\nif x:\n    *y*\n{end}\n\nIt ends.") == [
            ("code", 0, "if x:\n    *y*"),
            ("paragraph", 0, "It ends."),
        ]

    def test_a_listing_that_stands_far_in_shows_no_fence(self) -> None:
        body = "1. Dig:\n\n        {{< highlight python >}}\nx = 1{{< / highlight >}}\n\nIt ends.\n"
        assert told(body) == ["1. Dig:", "x = 1", "It ends."]

    def test_what_is_shown_as_code_stays_where_no_program_runs_it(self) -> None:
        assert told("Write `{{ name }}`.\n\n```\n{% if x %}\n```\n", "") == [
            "Write {{ name }}.",
            "{% if x %}",
        ]
        assert told("Write {% raw %}`{{ name }}`{% endraw %} or `a{{ name }}`.") == ["Write {{ name }} or a."]
        assert told("Write `{{ .Title }}` and `{{</* ref */>}}`.") == ["Write {{ .Title }} and {{< ref >}}."]
        assert told("`{{/* a note */}}`") == ["{{/* a note */}}"]

    def test_captions_and_words_of_shortcodes_are_read(self) -> None:
        body = (
            '{{< figure src="a.png" title="x" caption="Boats at <Arn>" >}}\n\n'
            "{% include figure.html src='b.png' alt='The quay' %}\n\n"
            'Press {{< button href="/x" text="Go" >}} now.\n\n{{ figure(src="a", caption="The mole") }}\n'
        )
        assert told(body) == ["Boats at <Arn>", "The quay", "Press Go now.", "The mole"]

    def test_sentences_that_a_tag_is_given_are_read_and_settings_are_not(self) -> None:
        body = '{% include questions.md\n q0="Why is the *pier* built of oak?"\n'
        body += ' a0="Oak stands in the water for a century."\n kind="a list of notes" %}\n\nIt ends.'
        asked = "Why is the pier built of oak?"
        assert told(body) == [asked, "Oak stands in the water for a century.", "It ends."]

    def test_a_tag_that_shows_nothing_ends_no_table(self) -> None:
        body = "<table>\n<tr><th>Pier</th><th>Built</th></tr>\n{% include row.html %}\n"
        body += "        <tr><td>Arn</td><td>1880</td></tr>\n</table>\n\n"
        body += "It ends.\n{% include x.html %}\nIt rains.\n"
        assert told(body) == ["Pier: Arn; Built: 1880", "It ends.", "It rains."]

    def test_the_last_words_of_a_tag_are_shown_between_others(self) -> None:
        body = 'Go to {% channel "vets" "Veterans" %} now.\n\n- {% channel "law" "Ethics" %} is for all.\n'
        assert told(body) == ["Go to Veterans now.", "Ethics is for all."]

    def test_a_box_that_is_called_highlight_is_no_code(self) -> None:
        body = "{{< highlight >}}\nThe *pier* is closed.\n{{< /highlight >}}"
        assert told(body) == ["The pier is closed."]

    def test_what_stands_between_shortcodes_is_read(self) -> None:
        body = '{{% notice title="Careful" %}}\nIt *rises*.\n{{% /notice %}}\n\n'
        body += "{% quote() %}\nBe still.\n{% end %}\n"
        assert told(body) == ["Careful", "It rises.", "Be still."]


class TestDialects:
    def test_attributes_are_no_text(self) -> None:
        body = (
            "* TOC\n{:toc}\n\n## Fees {#fees .big}\n\nIt *rose*{: .x}.\n{: .note}\n\n## Old {#old}\n\n"
            "[a](b){.c}\n{.class}\n\n```\n{: .kept}\n```\n\n*[HTML]: Words\n"
        )
        assert told(body) == ["Fees", "It rose.", "Old", "a", "{: .kept}"]

    @pytest.mark.parametrize(
        "body",
        [
            "![The mole](m.png){ align=left }",
            '[The mole](m.png){ .button width="3" }',
            "**The mole**{ #mole }",
            "The mole { .annotate }",
        ],
    )
    def test_attributes_may_have_blanks_around_them(self, body: str) -> None:
        assert told(body) == ["The mole"]

    @pytest.mark.parametrize("body", ["Take { .5 }", "Let {x=1}", "Say { what }", "Of f(x){a}"])
    def test_other_braces_are_text(self, body: str) -> None:
        assert told(body) == [body]

    @pytest.mark.parametrize("slash", ["", "\\"])
    def test_wordpress_shows_captions_and_no_names_of_settings(self, slash: str) -> None:
        picture = '[caption id="a_1" width="3"]<img src="m.png"> The <a>mole</a> in 1911[/caption]'
        body = f'{picture}\n\nIt fell. [youtube https://a.example/x]\n\n[gallery ids="1,2"]\n'
        body = body.replace("[", f"{slash}[").replace("]", f"{slash}]")
        assert told(body) == ["The mole in 1911", "It fell."]

    def test_other_brackets_are_text(self) -> None:
        body = "See [the caption] and [a film https://a.example/x] of [caption]."
        assert told(body) == [body]

    def test_notes_stand_below_with_their_numbers(self) -> None:
        body = "The fee[^b] rises[^a].\n\n[^a]: By 2.\n\n    In May.\n[^b]: It was 5.\n\nIt ends.\n"
        assert kinds(body) == [
            ("paragraph", 0, "The fee rises."),
            ("paragraph", 0, "It ends."),
            ("note", 0, "1. It was 5."),
            ("note", 0, "2. By 2."),
            ("note", 0, "In May."),
        ]

    @pytest.mark.parametrize(
        ("body", "items"),
        [
            ("3. Dig.\n4. Lay.\n", ["3. Dig.", "4. Lay."]),
            ("7) Dig.\n8) Lay.\n", ["7. Dig.", "8. Lay."]),
            ("2019. It was dry.\n", ["2019. It was dry."]),
            ("- [ ] Dig.\n- [x] Lay.\n", ["☐ Dig.", "☑ Lay."]),
        ],
    )
    def test_items_have_the_marks_that_a_reader_sees(self, body: str, items: list[str]) -> None:
        assert [text for kind, _, text in kinds(body) if kind == "item"] == items

    def test_a_sentence_that_begins_beside_the_kind_of_a_notice_goes_on(self) -> None:
        assert told("> [!note] The mole\n> fell.\n") == ["The mole fell."]

    def test_a_year_that_begins_a_line_of_a_paragraph_begins_no_list(self) -> None:
        assert kinds("It was dry in\n2019. Then it rained.\n\n- x") == [
            ("paragraph", 0, "It was dry in 2019. Then it rained."),
            ("item", 0, "x"),
        ]

    def test_definitions_are_rows(self) -> None:
        assert kinds("Height\n: 38 metres\n\nFirst lit\n: 1881\n") == [
            ("row", 0, "Height: 38 metres"),
            ("row", 0, "First lit: 1881"),
        ]

    @pytest.mark.parametrize(
        "body",
        [
            '!!! warning "Careful"\n    It rises.\n',
            '=== "Careful"\n    It rises.\n',
            "> [!CAREFUL]\n> It rises.\n",
            "> [!warning] Careful\n> It rises.\n",
            "> [!warning]- Careful\n>\n> It rises.\n",
            "::: warning Careful\nIt rises.\n:::\n",
            ":::note{.x} Careful\n\nIt rises.\n:::\n",
            '<div class="x" markdown="1">\n**Careful**\n\nIt *rises*.\n</div>\n',
        ],
    )
    def test_notices_are_read_with_their_titles(self, body: str) -> None:
        assert told(body) == ["Careful", "It rises."]

    @pytest.mark.parametrize(
        ("body", "shown"),
        [
            ("Set `fee` to `6` in `C:\\pool` today.", "Set fee to 6 in C:\\pool today."),
            ("Run ``tide `now` `` twice, then [`tide.log`](x).", "Run tide `now` twice, then tide.log."),
            ("Press <kbd>Ctrl</kbd>+**`S`** on *the `north` pump*.", "Press Ctrl+S on the north pump."),
        ],
    )
    def test_code_in_a_line_is_part_of_its_sentence(self, body: str, shown: str) -> None:
        assert told(f"{body}\n") == [shown]

    @pytest.mark.parametrize(
        "row", ["| Adults | ~~4~~ 5 |\n", "| Adults | <del>4</del> 5 |\n", "| Adults ~~and dogs~~ | 5 |\n"]
    )
    def test_what_is_struck_out_in_a_row_is_no_part_of_it(self, row: str) -> None:
        assert told(f"| Who | Fee |\n| --- | --- |\n{row}") == ["Who: Adults; Fee: 5"]

    def test_html_that_is_indented_as_its_template_was_is_no_code(self) -> None:
        html = "    <h2>Kiln</h2>\n    <p>It burned 3<sup>rd</sup>\n    May.</p>\n\n    <p>It fell.</p>\n"
        assert told(f"<meta name='x'>\n\n{html}") == ["Kiln", "It burned 3rd May.", "It fell."]

    def test_indented_html_that_an_article_tells_about_is_code(self) -> None:
        body = "A paragraph of a page stands between two tags:\n\n    <p>Glass.</p>\n"
        assert told(body)[1:] == ["<p>Glass.</p>"]

    def test_what_is_struck_out_goes_with_what_stands_in_it(self) -> None:
        assert told("~~It *rose* [a](b).~~ It fell.\n\n<del>Old.</del> <s>Older.</s> New.\n") == [
            "It fell.",
            "New.",
        ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("See [[Ostrel|the town]] and [[Kiln#Fire]].", "See the town and Kiln#Fire."),
        ("![[kiln.png]]The ==old kiln== stands. %%Is it so?%%", "The old kiln stands."),
        (
            "A note [[1]](#n) and `[[bin]]`, where a == b and c == d.",
            "A note [1] and [[bin]], where a == b and c == d.",
        ),
        (
            "import Kiln from './kiln';\nexport const meta = {a: 1};\n\nThe kiln. {/* not\nyet */}",
            "The kiln.",
        ),
        ("We import sand from 'Ostrel' and ash.", "We import sand from 'Ostrel' and ash."),
        ("**Fire **burns, **ash—**the rest—**stays:**here.", "Fire burns, ash—the rest—stays:here."),
        (
            "Read**** on kilns.**** It is 2**3, 4 ** 5, and **no.",
            "Read on kilns. It is 2**3, 4 ** 5, and **no.",
        ),
        ("Glass.\n\n## What is `kiln` for? {#kiln-for}\n\nAsh.", "Glass.\n\nWhat is kiln for?\n\nAsh."),
        ("```\n# a {#b}\n```\n\nGlass.", "# a {#b}\n\nGlass."),
    ],
)
def test_marks_of_obsidian_mdx_and_pandoc_are_no_text(given: str, shown: str) -> None:
    assert markdown.read(given.encode(), "a.md").text == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("See [the pier][pier], [the\n*quay*][] and [Arn][town\nof]", "See the pier, the quay and Arn"),
        ("See [the pier][pier] of [Arn].\n\n[pier]: http://a.example", "See the pier of [Arn]."),
        (
            "It is [the pier][pier] `a[i][j]`, x[i][j] and [1][2].",
            "It is the pier a[i][j], x[i][j] and [1][2].",
        ),
    ],
)
def test_a_link_whose_address_stands_elsewhere_is_its_words(given: str, shown: str) -> None:
    assert read(given).text == shown


def test_facts_have_the_signs_that_a_page_shows() -> None:
    article = read("---\ntitle: Arn&#8217;s pier&#58; a day\nauthor: Ada &amp; Ilse\n---\nIt rained.")
    assert (article.title, article.author) == ("Arn’s pier: a day", "Ada & Ilse")


@pytest.mark.parametrize(
    "front",
    [
        '+++\ntitle = "Glass"\n[extra]\nauthor = "Ilse Varga"\n+++\n',
        '+++\ntitle = "Glass"\n[taxonomies]\nauthors = ["Ilse Varga"]\n+++\n',
        "---\ntitle: Glass\nparams:\n  title: none\n  author: Ilse Varga\n---\n",
    ],
)
def test_facts_in_a_table_of_the_authors_own_are_read(front: str) -> None:
    article = markdown.read(f"{front}The kiln burned.".encode(), "a.md")
    assert (article.title, article.author) == ("Glass", "Ilse Varga")


@pytest.mark.parametrize(
    "first", ["```\nash = 1\n```", "- Sand and ash", "| Year | Ware |\n| --- | --- |\n| 1880 | Jugs |"]
)
def test_code_items_and_rows_at_the_top_are_no_title(first: str) -> None:
    article = markdown.read(f"{first}\n\n{'The kiln burned for three days. ' * 9}".encode(), "kiln.md")
    assert article.title == "Kiln"
    assert not article.text.startswith("The kiln")


@pytest.mark.parametrize(
    "top",
    [
        '---js\n{ title: "Pier", date: "2026-03-01" }\n---\n',
        '---json\n{"title": "Pier", "date": "2026-03-01"}\n---\n',
        '---toml\ntitle = "Pier"\ndate = 2026-03-01\n---\n',
        "---yaml\ntitle: Pier\ndate: 2026-03-01\n---\n",
        "% Pier\n% Ada Lund\n% 1 March 2026\n\n",
        "%\n  Pier\n%\n  Ada Lund\n% March 1, 2026\n# Pier\n\n",
        "# Pier\n\nBy Ada Lund, 1 March 2026\n\n",
        "# Pier\n\n*Posted by Ada Lund on March 1, 2026*\n\n",
        "# Pier\n\n1 March 2026 | By Ada Lund\n\n",
        "# Pier\n\nPublished on 1 March 2026 by Ada Lund\n\n",
    ],
)
def test_the_facts_above_a_text_are_read_however_they_are_written(top: str) -> None:
    article = read(f"{top}The pier of Arn was built of oak.")
    assert (article.title, article.published) == ("Pier", date(2026, 3, 1))
    assert article.author == ("Ada Lund" if "Ada" in top else None)
    assert article.text == "The pier of Arn was built of oak."


@pytest.mark.parametrize("top", ["% of all rain\nfell", "% a\n% b\n% c\n% d\n", "%% Unseen %%\n"])
def test_what_only_begins_like_the_title_block_of_pandoc_is_text(top: str) -> None:
    article = read(f"{top} here.\n\nIt rained.")
    assert (article.title, article.author) == ("A", None)


@pytest.mark.parametrize(
    "line", ["By Ada Lund, who saw 3 March 2026", "It was built by Ada Lund, 3 March 2026", "Stand by, 5"]
)
def test_what_only_begins_like_a_byline_is_text(line: str) -> None:
    assert read(f"# Pier\n\n{line}\n\nIt rained.").author is None


def test_code_of_templates_stands_neither_in_facts_nor_in_the_text() -> None:
    article = read(
        '---\ntitle: "News of {{ site.title }} today"\n---\nIt <%= render "rain" %>rained.\n\n`<% x %>`'
    )
    assert (article.title, article.text) == ("News of today", "It rained.\n\n<% x %>")


class TestPages:
    """Pages in HTML that Jekyll, Hugo or Eleventy makes a site of."""

    BODY = (
        "<p>\n  It rained in {{ page.place }}.\n</p>\n\n<p><em\n    >Nobody</em\n  > came.</p>\n\n"
        "    <ul><li>Wet</li></ul>\n{% include footer.html %}"
    )

    @pytest.mark.parametrize(
        "above",
        [
            '---\ntitle: "Storm & rain"\ndate: 2022-04-13T00:00:00Z\nauthor: Ada Lane\nplace: Arn\n---\n',
            '+++\ntitle = "Storm & rain"\ndate = 2022-04-13\nauthor = "Ada Lane"\nplace = "Arn"\n+++\n',
            "\ufeff---\r\ntitle: Storm & rain\r\ndate: 2022-04-13\r\nauthor: Ada Lane\r\n"
            "place: Arn\r\n---\r\n",
            '{"title": "Storm & rain", "date": "2022-04-13", "author": "Ada Lane", "place": "Arn"}\n',
        ],
    )
    @pytest.mark.parametrize("suffix", ["html", "htm", "xhtml"])
    def test_what_stands_above_gives_the_facts_and_is_no_text(self, above: str, suffix: str) -> None:
        [article] = articles((above + self.BODY).encode(), f"storm.{suffix}")
        assert isinstance(article, Article)
        assert (article.title, article.published, article.author) == (
            "Storm & rain",
            date(2022, 4, 13),
            "Ada Lane",
        )
        assert article.text == "It rained in Arn.\n\nNobody came.\n\nWet"
        assert article.blocks[-1].kind == "item"

    def test_the_name_of_its_file_gives_the_day(self) -> None:
        [article] = articles(f"---\ntitle: Storm\n---\n{self.BODY}".encode(), "2022-04-13-storm.html")
        assert article.published == date(2022, 4, 13)

    def test_without_anything_above_it_is_read_as_any_page(self) -> None:
        page = f"<html><head><title>Storm</title></head><body><article>{self.BODY}</article></body></html>"
        assert markdown.read_page(page.encode(), "storm.html") is None
        for rule in ("---\n", "{ not JSON }\n"):
            assert markdown.read_page((rule + page).encode(), "storm.html") is None
