"""Every word the page shows that is not from an article or a question. To translate: make another Strings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from rag.documents import Words
from rag.types import Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Strings:
    """The page's words; names in braces are filled in when they are shown."""

    language: str = "en"
    """BCP 47 tag: the page's language and the way its dates are written."""
    name: str = "Footnote"
    views: str = "Views"
    chat: str = "Chat"
    new_chat: str = "New chat"
    running: str = "Footnote is ready at {address} (stop it with Ctrl+C)"

    welcome_title: str = "Ask your articles"
    welcome: str = (
        "Footnote answers with sentences quoted word for word from your articles. "
        "Each has a number; follow it to the passage and check."
    )
    examples: str = "Try one of these"

    conversation: str = "Conversation"
    question: str = "Your question"
    question_hint: str = "Ask a question…"
    send: str = "Ask"
    searching: str = "Searching…"
    all_exact: str = "Checked: every sentence is an exact quote."

    understood: str = "Understood as: "
    edit: str = "Edit"
    edit_question: str = "Edit the question: {question}"
    sides: str = "The articles give different answers:"
    reading: str = "How the question was read"
    newer_first: str = "newer articles first"
    days_since: str = "from {day}"
    days_until: str = "until {day}"
    remove: str = "Remove: {words}"
    given_up: str = "Nothing {words} answers, so this is from all articles."
    dated: str = "{words}: the article is from {date}."

    refusal: str = "The articles don't answer this."
    related: str = "The articles don't say this directly."
    related_lead: str = "Closest:"
    unheld: str = "Closest, without a word of {names}:"
    missing: str = "No passage says {phrases}."
    quoted: str = "“{phrase}”"
    together: str = " and "
    closest: str = "Closest passages, which may be about something else:"

    uncovered: str = "Nothing was found about {side}."
    none_listed: str = "There is no article {asked}."
    one_listed: str = "1 article {asked}"
    listed: str = "{total} articles {asked}"
    first_listed: str = "{total} articles {asked}, the first {shown}:"

    copy: str = "Copy"
    copy_answer: str = "Copy this answer with its sources"
    copy_link: str = "Copy link"
    download: str = "Download"
    export: str = "Export"
    export_answer: str = "Export this answer"
    export_all: str = "Export the conversation"
    take_as: str = "{action} as {format}"
    copied: str = "Copied"
    downloaded: str = "Downloaded"
    not_taken: str = "That did not work; try again."

    sources: str = "Sources"
    closest_title: str = "Closest passages"
    closest_note: str = "These may be about something else."
    no_sources: str = "When an answer cites a passage, it is shown here with the quoted sentence marked."
    citation: str = "Citation {number}: {title}, {date}"
    no_date: str = "no date"
    aged: str = "{date} ({age})"
    checked: Mapping[Support, tuple[str, str]] = field(
        default_factory=lambda: {"exact": ("✓", "Checked: exact quote")}
    )
    """How a statement was checked: a sign and words, so that it is not told by colour alone."""
    not_cited: str = "Not cited"
    found: str = "Also found"
    found_note: str = "Considered for this answer, and not cited."
    copies_one: str = "+{count} copy"
    copies_other: str = "+{count} copies"
    """Plurals, by the language's own kinds (Intl.PluralRules)."""
    more: str = "and {count} more"
    why: str = "Why this passage: "
    matches: str = "matches {words}"
    no_word: str = "no word of the question"
    meaning_close: str = "close in meaning"
    meaning_related: str = "loosely related in meaning"
    meaning_distant: str = "distant in meaning"
    by_words: str = "{place} by words"
    by_meaning: str = "{place} by meaning"
    place_one: str = "{number}st"
    place_two: str = "{number}nd"
    place_few: str = "{number}rd"
    place_other: str = "{number}th"
    """Ordinals, by the language's own kinds (Intl.PluralRules); a language without some leaves them."""
    original: str = "Open the original"
    original_of: str = "Open the original of {title} in a new tab"
    close: str = "Close"

    read: str = "Read the article: {title}"
    opening: str = "Opening the article…"
    gone: str = "The whole article cannot be shown; this is the passage as it was found."
    changed: str = "The article was changed since it was quoted; what no longer stands in it is not marked."
    back: str = "All sources"
    walk: str = "Citations of this answer"
    place: str = "{at} of {count}"
    previous: str = "Previous citation (key p)"
    next: str = "Next citation (key n)"
    find: str = "Find in articles"

    too_long: str = (
        "This question has {length:,} characters; the most is {limit:,}. Shorten it and ask again."
    )
    went_wrong: str = "Something went wrong; the details are in the server's log."


ENGLISH = Strings()


def document_words(strings: Strings) -> Words:
    """Return what a document says in the page's language: each of its words is one of the page's."""
    return Words(**{each.name: getattr(strings, each.name) for each in fields(Words)})
