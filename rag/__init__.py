"""Ask your articles, check every citation.

In reading order:

    errors        what can go wrong
    types         the nouns: Article, Filter, Sentence, Passage, Hit, Citation, Statement, and the outcomes
    filters       what a person asks for to a Filter
    settings      what can be set
    reading       one reader a format: file to Article
    corpus        a folder to Articles
    web           an address to what it holds; the only door to httpx and feedparser
    intake        what people add to the corpus, and what they take out of it
    passages      Article to sentences and passages with exact offsets
    embedding     passages to vectors; the only door to sentence-transformers
    snapshots     which snapshot is in use, and its files as they were written
    vectors       vectors on disk and in FAISS; the only door to faiss
    duplicates    articles to those that nearly duplicate an earlier one
    words         BM25; the only door to tantivy
    index         articles to a snapshot in index/, and what it holds
    build         THE FIRST SPINE: corpus/ to a new snapshot
    phrases       a question's quoted phrases, and the texts that hold them
    names         a question's names and numbers, and the texts that hold them
    units         a question for a measure, and whether a text may tell it
    figures       text to the figures and days it states
    relative      a citation to the words in it that only its article's date places
    times         a question's words of time to what they ask of the articles' dates
    kinds         a question to its kind: whose words, a list, a comparison, an article, what there is
    speech        whose words a sentence reports
    quotes        a sentence to the stretch that is quoted, wider where it cannot stand alone
    conversation  turns and a follow-up to a question that stands alone
    question      a question understood, once: all that is read in it
    rerank        a cross-encoder, where one is set; a door to sentence-transformers
    ranker        question and passages to the short answer in each sentence
    retrieve      question to hits
    evidence      hits to sentences weighed against the question
    choose        evidence to Answer or Unanswered
    disagreement  hits to what they state differently for a question
    why           a hit to why it was found, for people
    catalogue     a question for what there is to a Listing
    contrast      a comparison to evidence for each side
    summarise     one article to a few of its own sentences
    questioning   a sentence to questions that it answers
    suggest       articles to questions to start with, and to go on with after an answer
    chat          THE SECOND SPINE: question to Answer, Unanswered or Listing
    questions     a file of labelled questions to Questions
    measures      rankings to values, values to figures; the only door to trec_eval
    results       what a run of questions measured
    evaluate      labelled questions to Results
    compare       two runs to what changed, and whether by more than chance
    floors        what a run must reach at least
    report        Results to a table and a page; the only door to matplotlib
    export        an answer, what a search found, or an article, as JSON
    links         an article's address to a link that leads to a quote
    documents     answers as JSON to Markdown and HTML with footnotes
    doctor        what is installed and whether the index is stale
    page          the web page; the only door to gradio
    __main__      the command line; the only place that prints

A module imports only modules above it.
"""
