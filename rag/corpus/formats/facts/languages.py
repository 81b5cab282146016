"""The names of languages to their ISO 639-1 codes."""

from __future__ import annotations

import re

# code, English name, own name, ISO 639-2 codes
_TABLE = """
ar Arabic العربية ara
bg Bulgarian Български bul
cs Czech Čeština ces cze
da Danish Dansk dan
de German Deutsch deu ger
el Greek Ελληνικά ell gre
en English eng
es Spanish Español spa
fa Persian فارسی fas per
fi Finnish Suomi fin
fr French Français fra fre
he Hebrew עברית heb
hi Hindi हिन्दी hin
hu Hungarian Magyar hun
id Indonesian ind
it Italian Italiano ita
ja Japanese 日本語 jpn
ko Korean 한국어 kor
nl Dutch Nederlands nld dut
no Norwegian Norsk nor
pl Polish Polski pol
pt Portuguese Português por
ro Romanian Română ron rum
ru Russian Русский rus
sv Swedish Svenska swe
ta Tamil தமிழ் tam
tr Turkish Türkçe tur
uk Ukrainian Українська ukr
vi Vietnamese vie
zh Chinese 中文 zho chi
"""
_CODES = {name.casefold(): row.split()[0] for row in _TABLE.split("\n") if row for name in row.split()[1:]}
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*")


def code(text: str) -> str | None:
    """Return the ISO 639-1 code for a language's name or tag ("English", "en-GB", "eng")."""
    text = text.strip().casefold()
    if text in _CODES:
        return _CODES[text]
    if match := _CODE.fullmatch(text):
        tag = match[1]
        return tag if len(tag) == 2 else _CODES.get(tag)
    return None


def label(line: str) -> str | None:
    """Return the code when `line` is only the name of a language, as menus leave it in copied text."""
    name = line.strip().casefold()
    return _CODES.get(name) if len(name) > 3 or not name.isascii() else None
