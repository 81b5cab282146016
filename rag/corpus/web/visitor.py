"""Pages that nobody named, fetched as a guest: as robots.txt allows, and with pauses."""

from __future__ import annotations

import time
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from rag.corpus.web.get import AGENT, Fetched, ask, get
from rag.errors import WebError

PAUSE = 1.0
"""Seconds between the starts of two pages of one site."""

LONGEST_PAUSE = 10.0
"""Seconds that a site's robots.txt may ask for."""

LARGEST_RULES = 500_000
"""Bytes of a robots.txt; RFC 9309 asks for no less."""

NOTHING = ("User-agent: *", "Disallow: /")


class Visitor:
    """Fetches pages that were found in a list; it knows the rules of the sites and when it was last there."""

    def __init__(self, *, private: bool = False, pause: float = PAUSE) -> None:
        self._private = private
        self._pause = pause
        self._rules: dict[str, RobotFileParser] = {}
        self._next: dict[str, float] = {}  # when each site may be asked again

    def get(self, address: str) -> Fetched:
        """Return what `address` holds, after a pause.

        Raises WebError as `rag.corpus.web.get` does, and where the site's robots.txt forbids it.
        """
        try:
            parts = urlsplit(address)
            site = f"{parts.scheme}://{parts.netloc}"
            if site not in self._rules:
                self._rules[site] = _rules(site, private=self._private)
            welcome = self._rules[site].can_fetch(AGENT, address)
        except ValueError:  # a host in square brackets that is none
            raise WebError("is not an address") from None
        if not welcome:
            raise WebError("is not to be fetched by programs, says its site's robots.txt")
        time.sleep(max(0.0, self._next.get(site, 0.0) - time.monotonic()))
        asked_for = float(self._rules[site].crawl_delay(AGENT) or 0)
        self._next[site] = time.monotonic() + max(self._pause, min(asked_for, LONGEST_PAUSE))
        return get(address, private=self._private)


def _rules(site: str, *, private: bool) -> RobotFileParser:
    """Return the rules of `site`, as RFC 9309 reads them.

    All is allowed where it has none, and nothing where it cannot be asked.
    """
    rules = RobotFileParser()
    try:
        found = ask(f"{site}/robots.txt", private=private, largest=LARGEST_RULES)
        text = found.content.decode("utf-8", errors="replace") if found.status < 300 else ""
        rules.parse(NOTHING if found.status >= 500 else text.splitlines())
    except (WebError, ValueError):  # ValueError: robotparser takes "²" for a number of seconds
        rules.parse(NOTHING)
    return rules
