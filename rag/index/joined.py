"""A snapshot in which passages have no vector yet to one in which all have, batch by batch.

Each batch is on the disk as soon as it is embedded, so that a build that is killed loses one at most. Every
so often the vectors join the index: a new snapshot, the rest of whose files are those of the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rag.files import remove
from rag.index import snapshots, written
from rag.index.batches import Batches
from rag.index.database import Database, digest
from rag.index.embedded import Embedded, embed, recover
from rag.index.embedding import Embedder
from rag.index.meaning import FILE, Work
from rag.index.parts import Files
from rag.index.written import Beside

STEPS = 10
"""Snapshots in which the vectors of a first build join: each rewrites those before it, which altogether takes
about a hundredth of the time of embedding them."""

BATCHES = 4
"""Batches at least from one step to the next."""

WINDOW = 16
"""Batches of passages that follow one another, among which those of similar length share a batch: fewer would
be padded more, more would load the articles again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """How the vectors of an index join it."""

    embedder: Embedder
    batch: int
    """Passages that are embedded and written at once."""
    beside: Beside
    """Works out further files, once all vectors are there."""
    progress: Callable[[int, int], object]
    """Is told passages embedded and to embed."""
    paused: Callable[[], bool]
    """Says after each batch whether to stop here, with what there is."""

    def complete(self, index: Path) -> int:
        """Embed the passages without a vector of the index in the folder `index`; return how many were.

        Raises SnapshotError when it is damaged, OSError when it cannot be written. What was committed stays.
        """
        files = Files(*snapshots.in_use(index))
        database, batches = Database(files), Batches(index)
        lengths, counts = database.sizes()
        embedded = Embedded.load(files, counts)
        recover(embedded, database.digests(), batches, self.embedder.fingerprint)
        missing = embedded.missing
        joined, step = int(embedded.has.sum()), max(len(counts) // STEPS, BATCHES * self.batch)
        done = 0
        with Work(index, len(missing)) as work:
            self.progress(0, len(missing))
            for rows in batched(missing, lengths, self.batch):
                if self.paused():
                    return done
                self._commit(rows.tolist(), database, embedded, batches)
                done += len(rows)
                work.tell(done, len(rows))
                self.progress(done, len(missing))
                if done < len(missing) and embedded.has.sum() - joined >= step:
                    joined = int(embedded.has.sum())
                    self._join(index, embedded, batches)
            self._join(index, embedded, batches)
        return done

    def _commit(self, rows: Sequence[int], database: Database, embedded: Embedded, batches: Batches) -> None:
        """Embed the passages `rows` and write their vectors."""
        passages = database.passages(rows)
        embed(rows, passages, self.embedder, embedded)
        batches.commit(
            self.embedder.fingerprint,
            [digest(passage) for passage in passages],
            embedded.passages[rows],
            [embedded.of_sentences(row) for row in rows],
        )

    def _join(self, index: Path, embedded: Embedded, batches: Batches) -> None:
        """Switch to a snapshot with the vectors that there are: the batches need not hold them any more."""
        snapshots.keep_only_used(index)
        snapshots.switch(index, written.advanced(*snapshots.in_use(index), embedded, self.beside))
        batches.clear()


def clean(index: Path) -> None:
    """Delete from the folder `index`, where all passages have vectors, what a killed build left there."""
    Batches(index).clear()
    for name in (FILE, f".{FILE}.new"):
        with suppress(OSError):
            remove(index / name)


def batched(
    rows: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64], batch: int
) -> Iterator[npt.NDArray[np.int64]]:
    """Yield `rows`, ascending, in batches of similar `lengths`, which are of all rows.

    In mixed order, so that the speed so far predicts the time left, and what is found by meaning meanwhile is
    spread over the articles.
    """
    mixed = np.random.default_rng(0)
    windows = [rows[at : at + WINDOW * batch] for at in range(0, len(rows), WINDOW * batch)]
    for at in mixed.permutation(len(windows)):
        window = windows[at][np.argsort(lengths[windows[at]], kind="stable")]
        batches = [window[first : first + batch] for first in range(0, len(window), batch)]
        for number in mixed.permutation(len(batches)):
            yield np.sort(batches[number])
