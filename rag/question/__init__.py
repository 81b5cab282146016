"""Text to Understood: what a question is about, what it asks for, of which kind it is, and from when.

In reading order:

    typed       what was typed to text that can be searched and kept
    phrases     a question's quoted phrases, and the texts that hold them
    times       words of time to what they ask of the articles' dates
    kind        the kinds of questions that are answered in their own way
    forms       wordings of questions, and the one that fits
    quote       how far a quote may reach beyond its sentence
    stated      figures and days as sentences state them
    english     all that knows only English
    plain       its twin for every other language: no rules, no vetoes
    language    what either tells of a question and of sentences
    understood  a question to all that is read in it, worked out once
"""
