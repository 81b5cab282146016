"""What a run must reach at least: "recall@5=0.95"."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.errors import QuestionsError
from rag.evaluation.results import LISTS, LOW_IS_GOOD, METRICS, RANKED, Results


@dataclass(frozen=True, slots=True)
class Floor:
    """The least value of a measure."""

    metric: str
    """Its full name, one of METRICS."""
    least: float

    @classmethod
    def parse(cls, text: str) -> Floor:
        """Read METRIC=VALUE. Raises QuestionsError for an unknown measure, with the nearest known ones."""
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign:
            raise QuestionsError(f"{text} is not a floor; write METRIC=VALUE, such as recall@5=0.95")
        metric = full_name(name)
        if metric in LOW_IS_GOOD:
            raise QuestionsError(f"{name} is better the lower it is; set a floor for refusal.precision")
        try:
            least = float(value)
        except ValueError:
            raise QuestionsError(f"the floor {text}: {value!r} is not a number") from None
        if not 0 <= least <= 1:
            raise QuestionsError(f"the floor {text} is outside 0 to 1, where every measure is")
        return cls(metric, least)


def full_name(name: str) -> str:
    """Return the full name of a measure: of a bare one, and of `passages.` without a list, that of fused.

    Raises QuestionsError for an unknown one, with the nearest known ones.
    """
    short = {f"{above}{kind}": f"{above}fused.{kind}" for above in ("", "passages.") for kind in RANKED}
    known = dict.fromkeys(METRICS) | {name: None for name, full in short.items() if full in METRICS}
    full = name if name in METRICS else short.get(name, name)
    if full in METRICS:
        return full
    near = difflib.get_close_matches(name.lower(), known, n=3)
    others = [each for each in METRICS if each.startswith("refusal.") and each not in LOW_IS_GOOD]
    lists = (
        f"{', '.join(RANKED)}, alone or after {', '.join(f'{each}.' for each in LISTS)}, {', '.join(others)}"
    )
    hint = f"did you mean {' or '.join(near)}?" if near else f"known are {lists}"
    raise QuestionsError(f"{name} is not a measure; {hint}")


def below(results: Results, floors: Iterable[Floor]) -> Iterator[str]:
    """Yield a line for each of `floors` that `results` do not reach, or do not measure."""
    for floor in floors:
        figure = results.figures.get(floor.metric)
        if figure is None:
            yield f"{floor.metric} could not be measured with these questions; its floor is {floor.least}"
        elif figure.value < floor.least:
            yield f"{floor.metric} is {figure.value:.4f}, below the floor of {floor.least}"
