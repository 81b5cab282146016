"""Articles to a snapshot in index/, and a snapshot to what it holds.

In reading order:

    passages    Article to sentences and passages with exact offsets
    embedding   text to unit vectors; the only door to sentence-transformers
    duplicates  articles to those that nearly duplicate an earlier one
    snapshots   the folder index/ to the snapshot in use, and to its files as they were written
    dense       vectors on disk and in FAISS; the only door to faiss
    lexical     words and BM25; the only door to tantivy
    opened      a snapshot to its articles and passages; the only door to SQLite
"""
