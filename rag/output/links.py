"""Article to the link that opens the original, at a quote where one is given."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

WHOLE = 20
"""Words up to which a quote is looked for whole; of a longer one, its first and last words are."""

ENDS = 8
"""Words of each end of a long quote: so many stand in one place, and what is between may differ a little."""


def original(url: str | None, said: str = "") -> str | None:
    """Return `url`, leading to what is `said` there; None when it is not safe to follow.

    The form is a text fragment (wicg.github.io/scroll-to-text-fragment); a browser that does not know it, or
    does not find the words, opens the page at its top.
    """
    if not url or not is_web_address(url):
        return None
    if not said:
        return url
    words = said.split()
    parts = [words] if len(words) <= WHOLE else [words[:ENDS], words[-ENDS:]]
    separator = ":~:" if "#" in url else "#:~:"
    return f"{url}{separator}text={','.join(_encoded(' '.join(part)) for part in parts)}"


def is_web_address(url: str) -> bool:
    """Say whether following `url` can only open a web page: "javascript:" and "data:" run code."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _encoded(words: str) -> str:
    """Return `words` percent-encoded: in a text fragment "-", "," and "&" are marks of their own."""
    return quote(words, safe="", errors="replace").replace("-", "%2D")
