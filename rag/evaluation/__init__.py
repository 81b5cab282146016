"""Labelled questions to figures.

In reading order:

    questions  a file of labelled questions to labelled questions
    chosen     labelled questions to answers: what a reader chose comes first
    measures   rankings to values, values to figures; the only door to trec_eval
    results    what a run of questions measured
    judge      a labelled question to what is right and wrong about how it was answered
    run        labelled questions to Results
    compare    two runs to what changed, and whether by more than chance
    floors     what a run must reach at least
    report     Results to a table and a page; the only door to matplotlib
"""
