"""Hits to an outcome: Answer, Unanswered or Listing.

In reading order:

    reader        question and passages to the short answer in each sentence, by the packaged model
    evidence      hits to sentences weighed against the question
    lead          evidence to the words that an answer leads with, and to those that are bold
    widened       quotes that go on to a later sentence
    lists         evidence to the items or rows that are asked for, and to the cell of a row
    missing       a question and a text to what of the question the text does not say
    considered    what an answer is chosen from
    choose        evidence to Answer or Unanswered
    limits        quotes to whole thoughts: with what limits them, takes them back or replies to them
    dated         quotes to those of their words that count from the day of their article
    disagreement  evidence to what articles state differently
    comparison    a comparison to evidence for each side
    parts         a question of two questions to what answers each
    summary       one article to a few of its own sentences
    overview      articles to what they hold: briefs, people, places, a time line
    catalogue     a question for what there is to a Listing
    facts         a question for a fact of an article to a Listing that leads with it
    pasted        a text that was pasted in to the sentences it is taken from
    definitions   a question for what something is to the sentences that define it
    special       a question of a special kind to its outcome, by the way for its kind
    explain       a hit to why it was found, for people
    suggest       articles to questions to start with, and to go on with after an answer
"""
