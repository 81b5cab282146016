"""A question that is understood to hits.

In reading order:

    rerank    question and passages to scores by a cross-encoder, where one is set
    spelling  a question with words that no passage has to the same with the nearest that some have
    retrieve  dense and BM25, fused, among what passes the filter and holds the quoted phrases
"""
