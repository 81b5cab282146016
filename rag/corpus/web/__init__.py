"""An address to what it holds: a page, or the pages that a feed or sitemap lists. The only door to the web.

addresses.py   a host's name to the addresses that may be connected to
get.py         an address to its content; the only door to httpx
lists.py       a feed or sitemap to the addresses it lists; the only door to feedparser
visitor.py     pages that nobody named, as robots.txt allows and not too fast

Whatever comes from there is hostile until it is read: it is kept within limits here, and parsed elsewhere.
"""

from rag.corpus.web.get import Fetched, get
from rag.corpus.web.lists import Links, links
from rag.corpus.web.visitor import PAUSE, Visitor

__all__ = ["PAUSE", "Fetched", "Links", "Visitor", "get", "links"]
