"""A first look over the rows of a table: the order of its dates, and what of it would not be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rag.corpus.formats.facts.dates import Order, day, given, is_ordered
from rag.corpus.formats.facts.fields import field_of, fields_of
from rag.corpus.formats.facts.values import words
from rag.corpus.formats.tables.objects import Row
from rag.corpus.formats.text.characters import one_line
from rag.errors import Remark

LOOKED_AT = 1000
"""Rows whose unknown columns are looked at."""

LIKE_DATES = 0.8
"""Share of a column's values that are dates, from which it looks like one of dates."""

LIKE_TEXT = 200
"""Characters in a column's values, on average, from which it looks like one of texts."""


@dataclass(slots=True)
class Column:
    """What was seen in a column."""

    values: int = 0
    characters: int = 0
    dates: int = 0
    order: Order = field(default_factory=Order)

    @property
    def length(self) -> float:
        """Characters of a value, on average."""
        return self.characters / max(self.values, 1)


@dataclass(slots=True)
class Survey:
    """What was seen in the rows of a table."""

    rows: int = 0
    columns: dict[str, Column] = field(default_factory=dict)
    dated: int = 0
    """Rows that have something in a column of dates."""
    undated: list[str] = field(default_factory=list)
    """What stood there, of rows in which nothing is a date."""

    def see(self, row: Row) -> None:
        """Learn from a row."""
        self.rows += 1
        said = {name: words(row[name]) for name in fields_of(row).get("published", ())}
        for name, value in said.items():
            self._column(name).order.see(value)
        stated = [value for value in said.values() if value]
        self.dated += bool(stated)
        if stated and not any(given(value) or is_ordered(value) for value in stated):
            self.undated.append(stated[0])
        if self.rows <= LOOKED_AT:
            for column, each in row.items():
                self._look(column, each)

    def _look(self, name: str, value: object) -> None:
        known = field_of(name)
        if value and (known is None or known[0] == "text"):
            said = words(value)
            column = self._column(name)
            column.values += bool(said)
            column.characters += len(said)
            column.dates += len(said) <= 50 and bool(day(said) or is_ordered(said))

    def _column(self, name: str) -> Column:
        return self.columns.setdefault(name, Column())

    def dated_as(self, name: str, said: str) -> str:
        """Return the date that column `name` says as year, month and day; as it is where it is none."""
        found = self.columns[name].order.day(one_line(said)) if name in self.columns else None
        return found.isoformat() if found else said

    def remarks(self) -> Iterable[Remark]:
        """Yield, in one remark, what of the table is not used."""
        said = [*self._of_orders(), *self._of_undated(), *self._of_unused()]
        if said:
            yield Remark("; ".join(said))

    def _of_orders(self) -> Iterable[str]:
        for name, column in self.columns.items():
            order = column.order
            if order.unsure and order.day_first == order.month_first:
                why = "there are dates of both kinds" if order.day_first else "no other date tells which"
                yield (
                    f"{order.unsure} in “{name}” may begin with the day or the month, and {why};"
                    " write them as YYYY-MM-DD"
                )

    def _of_undated(self) -> Iterable[str]:
        if self.undated:
            yield (
                f"{len(self.undated):,} of {self.dated:,} dates were not understood, such as"
                f" “{one_line(self.undated[0])[:60]}”; write them as YYYY-MM-DD"
            )

    def _of_unused(self) -> Iterable[str]:
        unknown = {name: column for name, column in self.columns.items() if field_of(name) is None}
        for name, column in unknown.items():
            if not self.dated and column.dates and column.dates >= LIKE_DATES * column.values:
                yield f"“{name}” looks like dates and is not used; name it date"
        for name, column in likely_texts(self.columns).items():
            if name in unknown and column.length > self._length_of_text():
                yield f"“{name}” looks like texts and is not used; name it text"

    def _length_of_text(self) -> float:
        lengths = [
            column.length for name, column in self.columns.items() if (field_of(name) or ("", 0))[0] == "text"
        ]
        return max(lengths, default=0.0)


def likely_texts(columns: dict[str, Column]) -> dict[str, Column]:
    """Return those of the `columns` whose values are as long as texts."""
    return {name: column for name, column in columns.items() if column.length >= LIKE_TEXT}
