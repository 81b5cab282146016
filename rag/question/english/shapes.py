"""What the slots of forms.txt hold, by the name of their shape."""

from __future__ import annotations

import re

from rag.question.english.words import ASKING, AUXILIARIES, any_of

_JOINING = (
    "of in on at for to from with by about between and or than the was were is are do does did has have had"
    " be been being new wrong left it this that these those they he she you we i his her its their my your"
    " going doing made used known called newest latest oldest longest shortest best worst most first last"
)
_PART = rf"(?!\W*(?i:{any_of(_JOINING)})\W*(?: |$)|\S*['’]s)\S+"
"""A word of a thing's name, which ends before those that join a sentence together."""
_DEGREE = r"(?!(?:ever|never|other|rather|under|over|after)\b)(?:more|less|fewer|better|worse|[a-z]{2,}er)"
_MOST = r"(?:most|least|first|last|best|worst|[a-z]{2,}est)"
_PLURAL = (
    r"(?:people|women|men|children"
    r"|(?!(?:does|was|has|is|its|this|goes|says|makes|takes|gives|happens|means)\b)"
    r"[a-z-]+(?:[^\Wsui]s|ies|oes|sses|ches))"
)
SHAPES = {
    "author": re.compile(r"[^\W\d][\w’'.-]*(?: [\w’'.-]+){0,3}"),
    "term": re.compile(rf"{_PART}(?: {_PART}){{0,4}}"),
    "thing": re.compile(rf"{_PART}(?: {_PART}){{0,2}}"),
    "person": re.compile(rf"(?!(?:an?) ){_PART}(?: {_PART}){{0,3}}", re.IGNORECASE),
    "theme": re.compile(r"(?:the |our |my )?\S+(?: \S+)?", re.IGNORECASE),
    "proper": re.compile(rf"(?=[A-Z0-9]){_PART}(?: {_PART})*"),
    "capitals": re.compile(r"[A-Z][A-Z0-9&.-]+s?"),
    "quoted": re.compile(r"[\"“'‘]([^\"“”]{4,})[\"”'’]"),
    "text": re.compile(r"[\"“‘'](.+)[\"”’']|\S+(?: \S+){2,}"),
    "whole": re.compile(r"\S+"),
    "plain": re.compile(r"[\w -]+"),
    "small": re.compile(r"[a-z]+"),
    "five": re.compile(r"[\w’'-]+(?: [\w’'-]+){0,4}"),
    # Of comparisons: after "than" comes nothing to compare with in "lower than expected", "higher than 100".
    "side": re.compile(r"(?:(?!\b(?:or|and|than)\b)[^,;?]){1,60}", re.IGNORECASE),
    "rival": re.compile(
        r"(?![£$€]?\d|an? (?:hundred|thousand|million|billion)\b"
        r"|(?:expected|thought|predicted|planned|usual|normal|average|before|ever|now|last|we|you|they)\b)"
        r"(?:(?!\b(?:or|and|than)\b)[^,;?]){1,60}",
        re.IGNORECASE,
    ),
    "degree": re.compile(rf"{_DEGREE}(?: [a-z-]+)?", re.IGNORECASE),
    "most": re.compile(rf"{_DEGREE}(?: [a-z-]+)?|{_MOST}", re.IGNORECASE),
    "last": re.compile(rf"(?:[a-z]+ )?(?:first|last|{_DEGREE}(?: [a-z]+)?)", re.IGNORECASE),
    "measured": re.compile(rf"[^,:]*\b(?:{_DEGREE}|{_MOST})\b[^,:]*", re.IGNORECASE),
    "does": re.compile(
        rf"(?:(?:ever|[a-z]+ly) )?[a-z]+ (?:(?:much|far|even|any) )?(?:an? |the )?{_DEGREE}(?: [a-z]+)?"
    ),
    "asked": re.compile(rf"(?:[a-z]+ )?{any_of(' '.join(ASKING | AUXILIARIES))} \S+ \S.*", re.IGNORECASE),
    "further": re.compile(rf"(?!how \S+$){any_of(' '.join(ASKING))} \S.*", re.IGNORECASE),
    # Of lists: what is asked for in the plural.
    "plural": re.compile(_PLURAL, re.IGNORECASE),
    "counted": re.compile(rf"(?:[a-z-]+ ){{0,2}}{_PLURAL}", re.IGNORECASE),
    "several": re.compile(rf"(?:[a-z-]+ )?{_PLURAL}", re.IGNORECASE),
    "described": re.compile(rf"(?:[\w’'-]+ ){{0,4}}{_PLURAL}", re.IGNORECASE),
}
