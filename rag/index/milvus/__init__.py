"""A snapshot in Milvus, which any number of servers share: the extra `milvus`, imported only if it is chosen.

In reading order:

    store      an address to the collections of a snapshot; the only door to pymilvus
    among      the rows that may be found to what Milvus is asked
    words      words and BM25
    vectors    vectors
    records    articles and passages
    published  a snapshot on disk to Milvus
    opened     a snapshot in Milvus to what a question needs of it
"""
