"""An outcome to what leaves the program.

In reading order:

    bold       a text and where its answering words stand to stretches, bold or not
    labels     labels of statements to what is shown of them: equal ones once
    json       an answer, a listing, what a search found, or an article, as JSON
    text       an outcome as text for a terminal
    links      an article's address to a link that leads to a quote
    documents  answers as JSON to Markdown and HTML with footnotes
"""
