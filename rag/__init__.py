"""Ask your articles, check every citation.

In reading order; `build` and `chat` are the two spines:

    errors      what can go wrong
    types       the nouns: Article, Filter, Sentence, Passage, Hit, Citation, Statement, and the outcomes
    settings    what can be set
    files       content to the disk in one step
    corpus      files and addresses to Articles
    index       Articles to a snapshot
    question    text to Understood, built once
    retrieval   Understood to hits
    answer      hits to an outcome
    build       THE FIRST SPINE: corpus/ to a new snapshot in index/
    chat        THE SECOND SPINE: question to Answer, Unanswered or Listing
    output      an outcome to what leaves the program
    evaluation  labelled questions to figures
    doctor      what is installed, whether the index is whole and fresh, what its articles lack
    page        the web page; the only door to gradio
    cli         the command line: what is asked for to what is done and printed
    __main__    one command and its exit status

A room imports only rooms above it. What a room holds, in reading order, stands at the head of its own
__init__.py.
"""
