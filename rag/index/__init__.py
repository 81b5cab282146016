"""Articles to a snapshot in index/, and a snapshot to what it holds.

In reading order:

    abbreviations  those that the splitter lacks, by what may follow them
    sentences   text to sentences with exact offsets; the only door to sentencex
    passages    Article to passages of whole sentences
    embedding   text to unit vectors; the only door to sentence-transformers
    onnx        files of models to sessions; the only door to onnxruntime and tokenizers
    packaged    text to unit vectors by the packaged model, without PyTorch
    duplicates  articles to those that nearly duplicate an earlier one
    manifests   what a snapshot was built from and with
    parts       the files of a snapshot, open and checked
    snapshots   the folder index/ to the snapshot in use, and a new one to that
    recipes     settings to the model that they name, and to the recipe of an index made with it
    dense       vectors on disk and in FAISS; the only door to faiss
    lexical     words and BM25; the only door to tantivy
    database    articles and passages in SQLite, each row sealed; the only door to it
    spread      passages to vectors on the machines of a Ray cluster
    batches     what a build embedded and no snapshot holds yet
    embedded    passages to vectors, those of the index in use taken over
    opened      a snapshot to what a question needs of it
    milvus      the same of a snapshot in Milvus
    stored      settings to the one or the other
    written     articles, passages and vectors to a new snapshot
    grown       an index and what changed to the next snapshot, without rewriting the rest
    meaning     how much of an index can be searched by meaning, and how long the rest takes
    archive     an index, and what people put beside the articles, to one file and back
    joined      a snapshot without some vectors to one with all, batch by batch
"""
