"""Formulas of a Word file to characters in a line: "E = mc²", "(a + b)/2"."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.corpus.formats.word.parts import Element, attribute, child

_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_RAISABLE = re.compile(r"[\d+−n-]+")
_LOWERABLE = re.compile(r"[\d+−-]+")
_SIMPLE = re.compile(r"[\w.,∞π]*|\(.*\)")


def _raised(_: Element, inside: str) -> str:
    return inside.translate(_RAISED) if _RAISABLE.fullmatch(inside) else f"^{_held(inside)}"


def _lowered(_: Element, inside: str) -> str:
    return inside.translate(_LOWERED) if _LOWERABLE.fullmatch(inside) else f"_{_held(inside)}"


def _between(element: Element, inside: str) -> str:
    told = child(element, "m:dPr")
    ends = (attribute(child(told, name)) for name in ("m:begChr", "m:endChr"))
    begin, end = (standard if sign is None else sign for sign, standard in zip(ends, "()", strict=True))
    return f"{begin}{inside}{end}"


def _held(inside: str) -> str:
    return inside if _SIMPLE.fullmatch(inside) else f"({inside})"


PARTS: dict[str, Callable[[Element, str], str]] = {
    "m:num": lambda _, inside: f"{_held(inside)}/",
    "m:den": lambda _, inside: _held(inside),
    "m:sup": _raised,
    "m:sub": _lowered,
    "m:deg": lambda _, inside: f"{inside} ",
    "m:rad": lambda _, inside: f"√{_held(inside)}",
    "m:d": _between,
    "m:fName": lambda _, inside: f"{inside} ",
}
"""The parts of a formula that are not written as they come, each with what it makes of what stands inside."""


def written(name: str, element: Element, inside: str) -> str:
    """Return one of the PARTS of a formula in a line, what is `inside` it being written already."""
    return PARTS[name](element, inside) if inside else ""


def sign(element: Element) -> str:
    """Return the sign of a sum, product or integral."""
    told = child(element, "m:naryPr", "m:chr")
    return "∫" if told is None else attribute(told) or ""
