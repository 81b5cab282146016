"""Files and addresses to Articles, and what may be asked of them.

In reading order:

    formats    one reader a format: bytes to an Article; each file is read in a process of its own
    structure  an article's blocks to what stands around a place of its text
    folder     a folder of files to Articles
    web        an address to what it holds; the only door to httpx and feedparser
    filters    what a person asks for to a Filter, and a Filter back to words
    intake     what people add to the corpus, and what they take out of it
"""
