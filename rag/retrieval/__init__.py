"""A question that is understood to hits.

In reading order:

    rerank    question and passages to scores by a cross-encoder, where one is set
    retrieve  dense and BM25, fused, among what passes the filter and holds the quoted phrases
"""
