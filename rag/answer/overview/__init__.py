"""Articles to what they hold: their briefs, the people and places they name, a time line, in their own words.

In reading order:

    quotes     articles to the sentences of theirs that can be quoted alone
    names      what a name is the name of, told by the examples in names.txt
    named      articles to the people and places that they name
    dated      articles to what they say happened when
    differing  articles to the figures that they state differently
    held       what articles hold, as a value
    kept       what a whole snapshot holds to a file in it, and back
    collected  a filter to the Overview of the articles that pass, kept once it was worked out
    asked      a question for what articles hold to an Answer
"""
