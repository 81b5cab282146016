"""How the reader in rag/answer/reader is made: labelled questions in, one ONNX file of at most 25 MB out.

In reading order:

    clean      the text of a data set, as it was written before it was tokenised; spans move with it
    sets       files of labelled questions to Labelled questions over small documents
    written    questions of our own, in other words than their answers, to Labelled questions
    unseen     what the evaluation sets hold, to keep it out
    groups     labelled questions to groups: a question and the passages that compete for it
    negatives  questions to the passages that our own retrieval puts first
    packed     groups as arrays of tokens, on disk and in memory
    prepare    THE FIRST COMMAND: folders of data sets to one file of packed groups, and a table
    limits     examples of what limits a quote to such pairs, beside the groups
    weights    the published models, fetched and checked; the shipped reader as floats again
    pieces     a large file in pieces, and back
    reader     an encoder and one linear layer: four numbers a token
    batches    packed groups to the tensors of a step
    loss       scores of a batch to losses, and to figures
    schedule   how far a run is, by the clock or by steps
    pairs      pairs of sentences as tokens, and whether one has to be quoted with the other
    run        THE SECOND COMMAND: packed groups to trained weights
    teach      what teachers say of packed groups, for students to learn from
    plan       THE COMMAND FOR A GPU: teacher, logits, students and their mean, within given times
    graph      the packaged model's graph without weights, rag/index/packaged.onnx
    rounding   weights to 8-bit ones with which a reader says the same
    export     trained weights to rag/answer/reader/reader.onnx
    measure    THE LAST COMMAND: every evaluation set, against the shipped reader
    card       a trained file to its card

`packed` to `plan` need torch, transformers and numpy only, so that they run on a machine that has
nothing else. README.md has the commands.
"""
