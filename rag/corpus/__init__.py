"""Files and addresses to Articles, and what may be asked of them.

In reading order:

    formats      one reader a format: bytes to an Article; each file is read in a process of its own
    structure    an article's blocks to what stands around a place of its text
    corrections  footnote.toml to what it corrects of the articles; the only door to tomlkit
    workers      work to the machines of a Ray cluster; the only door to ray
    filters      what a person asks for to a Filter, and a Filter back to words
    repeated     articles to the lines that repeat across them, which are left out as page furniture
    folder       a folder of files to Articles
    changed      a folder to what changed in it since it was read
    web          an address to what it holds; the only door to httpx and feedparser
    health       articles to what is missing or odd in them
    advice       what is missing or odd to its likely cause, and what to do
    intake       what people add to the corpus, correct in it and take out of it
"""
