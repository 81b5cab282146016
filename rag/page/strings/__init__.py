"""Every word the page shows that is not from an article or a question; german.py is a translation.

Not here, and English: what is drawn in a plot, the report that is downloaded, and errors (rag.errors).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.evaluation.results import Problem
from rag.output.documents import Words
from rag.types import Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Strings(Words):
    """The page's words, beside those it shares with documents; names in braces are filled in."""

    name: str = "Footnote"
    views: str = "Views"
    chat: str = "Chat"
    new_chat: str = "New chat"
    history: str = "History"
    history_note: str = "Kept in this browser only."
    history_none: str = "Conversations will be listed here. They are kept in this browser only."
    delete_one: str = "Delete: {title}"
    delete_all: str = "Delete all"
    running: str = "Footnote is ready at {address} (stop it with Ctrl+C)"

    welcome_title: str = "Ask your articles"
    welcome: str = (
        "Footnote answers with sentences quoted word for word from your articles. "
        "Each has a number; follow it to the passage and check."
    )
    articles_one: str = "{count} article"
    articles_other: str = "{count} articles"
    no_articles: str = "No articles yet: add some under Articles, or put files into the folder of articles."
    passages_one: str = "{count} passage"
    passages_other: str = "{count} passages"
    summing_up: str = "Looking at what the articles hold…"
    examples: str = "Try one of these"
    holds: str = "What the articles hold"
    holds_add: str = "Add articles"
    holds_newest: str = "Newest"
    holds_people: str = "People"
    holds_places: str = "Places"
    holds_timeline: str = "Timeline"
    ask_person: str = "Who is {name}?"
    ask_place: str = "What do the articles say about {name}?"
    """Asked of the articles, whose language these two have to be in."""

    question: str = "Your question"
    question_hint: str = "Ask a question…"
    question_hint_tab: str = "Ask a question… (Tab: first citation)"
    send: str = "Ask"
    searching: str = "Searching…"
    queued_one: str = "Waiting for {count} question before yours…"
    queued_other: str = "Waiting for {count} questions before yours…"
    searching_one: str = "Searching {count} passage…"
    searching_other: str = "Searching {count} passages…"
    comparing_one: str = "Comparing {count} passage with the question…"
    comparing_other: str = "Comparing {count} passages with the question…"
    reading_one: str = "Reading {count} passage…"
    reading_other: str = "Reading {count} passages…"
    """What is being done, by the language's own plurals."""
    done_for: str = "For “{question}”: "
    waiting: str = "Waiting for the answer before it…"
    stop: str = "Stop"
    stopped: str = "Stopped."
    lost: str = "The server did not answer. See that it runs."
    next_questions: str = "These articles also answer"
    nearest_question: str = "The nearest question that they answer"

    edit: str = "Edit"
    edit_question: str = "Edit the question: {question}"
    edit_asked: str = "Edit the question"
    ask_again: str = "Ask again"
    give_up: str = "Cancel"
    dropped_one: str = "The question below goes: it came after this one."
    dropped_other: str = "The {count} questions below go: they came after this one."
    reading: str = "What the answer is limited to or ordered by"
    filter: str = "Filter"
    limited: str = "Only these articles may answer"
    limit_days: str = "Published {days}"
    limit_sources: str = "Source: {name}"
    limit_authors: str = "Author: {name}"
    limit_collections: str = "Collection: {name}"
    limit_articles: str = "Article: {name}"
    filter_since: str = "From"
    filter_until: str = "Until"
    filter_sources: str = "Sources"
    filter_authors: str = "Authors"
    filter_collections: str = "Collections"
    filter_articles: str = "Articles"
    find_sources: str = "Find a source"
    find_authors: str = "Find an author"
    find_collections: str = "Find a collection"
    find_articles: str = "Type part of a title"
    filter_clear: str = "Clear"
    filter_done: str = "Done"
    passing_one: str = "{count} article passes."
    passing_other: str = "{count} articles pass."
    passing_none: str = "No article passes; loosen it."
    undated_one: str = "{count} without a date is left out."
    undated_other: str = "{count} without a date are left out."
    newer_first: str = "newer articles first"
    remove: str = "Remove: {words}"
    dated: str = "{words}: the article is from {date}."

    copy: str = "Copy"
    copy_answer: str = "Copy this answer with its sources"
    copy_link: str = "Copy link"
    shared_at: str = "Shared {when}; this is the answer as it was then."
    shared_changed: str = "Changed or removed since: {titles}."
    shared_rebuilt: str = "Other articles have been added, changed or removed since."
    shared_ask: str = "Ask now"
    shared_link: str = "A shared answer"
    shared_gone: str = "This shared answer is not kept any more. Ask for its question instead."
    download: str = "Download"
    export: str = "Export"
    export_answer: str = "Export this answer"
    export_all: str = "Export the conversation"
    take_as: str = "{action} as {format}"
    copied: str = "Copied"
    downloaded: str = "Downloaded"
    not_taken: str = "That did not work; try again."

    closest_title: str = "Closest passages"
    closest_note: str = "These may be about something else."
    no_sources: str = "When an answer cites a passage, it is shown here with the quoted sentence marked."
    sources_soon: str = "The passages that answer will be shown here."
    sources_never: str = "This question was not answered, so it has no sources."
    sources_listing: str = "This answer is a list of articles. Open one to read it here."
    same_article: str = "In the same article"
    citation: str = "Citation {number}: {title}, {date}"
    aged: str = "{date} ({age})"
    checked: Mapping[Support, tuple[str, str]] = field(
        default_factory=lambda: {"exact": ("✓", "Word for word")}
    )
    """How a statement was checked: a sign and words, so that it is not told by colour alone."""
    anywhere: str = "Ask all articles"
    only: str = "Ask only this"
    only_of: str = "Ask only this: {title}"
    strong: str = "A strong match with the question."
    fair: str = "A fair match with the question."
    """How well the quotes answer, which is another thing than that they are exact."""
    not_cited: str = "Not cited"
    page: str = "p. {page}"
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
    outline: str = "Outline"
    find_here: str = "Find in this article"
    find_here_key: str = "Find in this article (key /)"
    found_before: str = "Previous place (Shift+Enter)"
    found_after: str = "Next place (Enter)"
    not_found: str = "not found"
    widen: str = "Wider"
    narrow: str = "Narrower"
    keys_walk: str = "n, p: next and previous citation"
    keys_find: str = "/: find"
    keys_leave: str = "Esc: back to the answer"

    articles: str = "Articles"
    found_of: str = "{found} of {total}"
    search_articles: str = "Search titles, sources and authors"
    title: str = "Title"
    source: str = "Source"
    date: str = "Date"
    length: str = "Characters"
    characters_one: str = "{count} character"
    characters_other: str = "{count} characters"
    collection: str = "Collection"
    no_article_found: str = "No article has all these words in its title, source, author or file name."
    pages: str = "Pages of the table"
    page_of: str = "{at} of {count}"
    previous_page: str = "Previous"
    next_page: str = "Next"
    gone_alone: str = "This article cannot be shown; it may have been removed."

    address: str = "Address of a page, feed or sitemap"
    add: str = "Add"
    choose_files: str = "Choose files…"
    adding_hint: str = (
        "Or drop files here. They are copied; a page is fetched once, and only from a public address."
    )
    changes: str = "Changes"
    sending: str = "Sending {name}…"
    adding: str = "Adding {name}…"
    adding_of: str = "Adding {name}: {done} of {total} pages…"
    building: str = "Reading the articles…"
    building_of: str = "Reading the articles: {done} of {total} new passages…"
    things_wait_one: str = "{count} more to add."
    things_wait_other: str = "{count} more to add."
    up_to_date: str = "Up to date: questions are answered from these articles."
    was_added: str = "Added"
    was_updated: str = "Updated"
    was_unchanged: str = "Already there"
    was_refused: str = "Not added"
    was_failed: str = "Not done"
    was_removed: str = "Removed"
    was_restored: str = "Put back"
    too_large: str = "has more than {limit} bytes"
    not_sent: str = "could not be sent"
    remove_article: str = "Remove the article: {title}"
    remove_it: str = "Remove"
    keep_it: str = "Keep"
    undo: str = "Undo"
    undo_removal: str = "Undo the removal of {name}"
    lacking_date_one: str = "{count} of {total} articles has no date"
    lacking_date_other: str = "{count} of {total} articles have no date"
    lacking_title_one: str = "{count} is called by the name of its file"
    lacking_title_other: str = "{count} are called by the names of their files"
    lacking_author_one: str = "{count} has no author"
    lacking_author_other: str = "{count} have no author"
    lacking_source_one: str = "{count} has no source"
    lacking_source_other: str = "{count} have no source"
    lacking: str = "What articles lack"
    odd_one: str = "{count} thing in the articles looks odd"
    odd_other: str = "{count} things in the articles look odd"
    odd_title: str = "{count} articles are called “{title}”."
    odd_template: str = "Code of a template is left in {article}: {code}"
    odd_left_out: str = (
        "“{line}” is left out of {count} of {of} articles of {within} as page furniture; "
        "footnote.toml can keep it."
    )
    odd_line: str = (
        "“{line}” stands in {count} of {of} articles of {within}; "
        "footnote.toml can drop it, or keep it and say so."
    )
    top_folder: str = "the top folder"
    odd_idle: str = "footnote.toml speaks of {name}, which is not there."
    newer_one: str = "{count} file was added or changed"
    newer_other: str = "{count} files were added or changed"
    gone_one: str = "{count} file was removed"
    gone_other: str = "{count} files were removed"
    newer_and_gone: str = "{newer} and {gone}"
    older: str = "{what} since the index was built; run “rag build”."
    meaning: str = "Meaning search: {percent}, {rest}."
    meaning_left_one: str = "about {count} minute left"
    meaning_left_other: str = "about {count} minutes left"
    meaning_soon: str = "less than a minute left"
    meaning_begun: str = "being prepared"
    meaning_stopped: str = "go on with “rag build”"
    edit_facts: str = "Edit facts"
    edit_facts_of: str = "Edit facts: {title}"
    facts_note: str = (
        "This corrects what is said of the article; its file stays as it is. "
        "Empty a field to take a correction back."
    )
    author: str = "Author"
    web_address: str = "Web address"
    save_facts: str = "Save"
    was_corrected: str = "Corrected"
    unread_one: str = "{count} file or row could not be read"
    unread_other: str = "{count} files and rows could not be read"

    judge: str = "Is this right?"
    right: str = "This is right: save it as a test"
    wrong: str = "This is wrong: save what is right as a test"
    case_kept: str = "Saved as a test."
    case_changed: str = "The article was changed since this was found in it; ask again."
    pick: str = "Which passage is right?"
    pick_none: str = "The articles don't answer this"
    pick_note: str = "Or select a sentence in an open article and choose “This is right”."
    pick_selected: str = "This is right"
    pick_first: str = "Choose one of these first."
    pick_save: str = "Save as test"

    tests: str = "Tests"
    tests_about: str = (
        "Questions with what is right for them. Run them again after a change, "
        "and see what it made better or worse. They measure what is found without what readers chose."
    )
    tests_none: str = (
        "There are no tests yet. To make one, ask a question in the chat and say with a thumb that the "
        "answer is right, or that it is wrong and which passage is right. To begin with sentences of your "
        "articles, run “rag test --draft 20”, write a question to each, and put the lines into the file of "
        "questions."
    )
    tests_one: str = "{count} test"
    tests_other: str = "{count} tests"
    tests_unanswerable: str = "Not answered by the articles"
    tests_absent: str = "This no longer stands in the articles: {what}"
    tests_run: str = "Run the tests"
    tests_progress: str = "Questions asked"

    report_right: str = "{right} of {total} right"
    report_worse_one: str = "{count} got worse"
    report_worse_other: str = "{count} got worse"
    report_better_one: str = "{count} got better"
    report_better_other: str = "{count} got better"
    report_as_before: str = "none got worse"
    report_details: str = "Details"
    report_compared_one: str = "compared with the run before over {count} question"
    report_compared_other: str = "compared with the run before over {count} questions"
    report_download: str = "Download the report"
    plots: Mapping[str, str] = field(
        default_factory=lambda: {
            "recall": "Right articles among the first k, for each of the lists",
            "confidence": "How probable an answer was thought",
        }
    )
    measures: str = "Measures"
    measure: str = "Measure"
    measure_value: str = "Value (95% interval)"
    measure_change: str = "Change"
    measure_names: Mapping[str, str] = field(
        default_factory=lambda: {
            "fused.sentence@1": "Right sentence quoted first",
            "fused.sentence@3": "Right sentence among the first three",
            "fused.recall@1": "Right articles found first",
            "fused.recall@10": "Right articles among the first ten",
            "fused.mrr@10": "How near the top the right article is (MRR)",
            "refusal.recall": "Refused, of the questions without an answer",
            "refusal.answerable_refused": "Refused, of those with one (less is better)",
        }
    )
    unchanged: str = "none"
    verdicts: Mapping[str, str] = field(
        default_factory=lambda: {"better": "better", "worse": "worse", "chance": "may be chance"}
    )
    misses_one: str = "{count} question went wrong"
    misses_other: str = "{count} questions went wrong"
    problems: Mapping[Problem, str] = field(
        default_factory=lambda: {
            "answered": "It is answered; the articles don't answer it.",
            "refused": "It is refused; the articles answer it.",
            "sentence": "It is answered, but with no right sentence.",
            "article": "No right article is among the first ten.",
        }
    )
    miss_new: str = "New: it was right before."
    miss_expected: str = "Expected"
    miss_found: str = "Found instead"
    miss_closest: str = "Closest"
    mended_one: str = "{count} question is right again"
    mended_other: str = "{count} questions are right again"
    ask_in_chat: str = "Ask in the chat"
    ask_in_chat_label: str = "Ask in the chat: {question}"

    too_long: str = (
        "This question has {length:,} characters; the most is {limit:,}. Shorten it and ask again."
    )
    busy: str = "Many people are asking just now. Try again in a moment."
    went_wrong: str = "Something went wrong; the details are in the server's log."


ENGLISH = Strings()
