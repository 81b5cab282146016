"""Lines that a web page leaves in copied text and that are no part of the article.

A line goes only when one of these patterns is the whole of it. When in doubt it stays: a stray
"Share" costs a reader less than a lost sentence.
"""

from __future__ import annotations

import re

_ADDRESSEES = r"(?:facebook|twitter|x|linkedin|whatsapp|instagram|telegram|reddit|youtube|bluesky|email)"

_LOADED = (
    r"(?:the|photos?|images?|pictures?|videos?|player|gallery|slideshow|tweets?|comments?|maps?|polls?|quiz)"
)

LINES = (
    # what stands in for something still on its way
    rf"loading(?: {_LOADED})*(?: ?\.{{2,3}}| ?…)?",
    r"tweet not loading\? see it directly on (?:twitter|x)\.?",
    r"please (?:enable|turn on) javascript\b.{0,80}",
    # advertising and the form that asks about it
    r"advertisement|sponsored content|ad feedback",
    r"(?:story|article) continues (?:below|after)(?: this)?(?: ad| advertisement)?\.?",
    r"\d\. how relevant is this ad to you\?",
    r"video player was slow to load content video content never loaded ad froze\b.{0,160}",
    # the way to other pages
    r"skip to (?:main )?(?:content|navigation)",
    r"back to top|up next|most read|most popular|trending now|recommended for you",
    r"(?:read|see|show|load) more(?: comments)?(?::| ?\.{2,3}| ?…)?",
    r"related(?::| articles:?| stories:?| content:?| coverage:?| topics:?)",
    r"more on this story:?",
    r"click here (?:to|for) .{1,60}",
    r"print this (?:article|page|story)|listen to this article|open in app",
    r"(?:view|leave|post|add) (?:a |all )?comments?",
    # sharing and following
    rf"share(?: this)?(?: article| story| page| post| video)?(?: (?:on|via) {_ADDRESSEES})?:?",
    r"copy link|link copied!?",
    rf"(?:follow|like|find|join)(?: us)? on {_ADDRESSEES}(?:(?:, | and |, and | & ){_ADDRESSEES})*\.?",
    rf"(?:e-?mail the author ?\| ?)?follow (?-i:(?:[A-Z][\w.’'-]* ){{0,4}})on {_ADDRESSEES}(?: @\w+)?\.?",
    # newsletters and subscriptions
    r"subscribe(?: now| today| here| to our newsletter| to continue reading)?[.!]?",
    r"sign up(?: now| here| today)?[.!]?",
    r"sign up (?:for|to) our (?:[\w’'-]+ ){0,4}newsletters?(?: (?:here|today|now|to|for|and) ?.{0,80})?[.!]?",
    r"sign up for (?-i:[A-Z])[\w ]{1,30}[’']s (?:[\w’'-]+ ){0,3}newsletters?\.?(?: (?-i:[A-Z]).{0,140})?",
    r"get our free (?:weekly |daily )?newsletter\b.{0,100}",
    r"enter your email(?: address)?",
    r"(?:already a subscriber\? ?)?(?:sign|log) in(?: here)?\.?",
    # cookies and rights
    r"(?:we|this (?:web)?site) uses? cookies (?:to|and similar technologies)\b.{0,160}",
    r"(?:(?:terms(?: of (?:use|service)| and conditions)|privacy(?: policy)?|contact us)[ |·,]*){2,}",
    r"(?:accept|reject|manage)(?: all)? cookies|cookie (?:settings|preferences|policy|notice)",
    r"(?:(?:©|\(c\)|copyright)\W.{0,80}\W)?all rights reserved\.?",
    # the agency's label above a caption; the caption stays
    r"image source, .{1,60}",
)

_LINE = re.compile("|".join(f"(?:{pattern})" for pattern in LINES), re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Say whether the whole of `line` is page furniture, or each part of it where it is broken."""
    return all(_LINE.fullmatch(part.strip()) for part in line.strip().split("\n"))
