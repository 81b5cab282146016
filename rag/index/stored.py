"""Settings to the index that is asked: on this machine's disk or, where RAG_STORE names one, in a Milvus."""

from __future__ import annotations

from collections.abc import Callable

from rag.index.manifests import Recipe
from rag.index.opened import Index
from rag.settings import Settings


def opened(settings: Settings, recipe: Recipe | None = None, before: Index | None = None) -> Index:
    """Open the snapshot in use, faster where one of the same articles on the same disk is open `before`.

    Raises SnapshotError as `Index.open` does, and SettingError without pymilvus.
    """
    if not settings.store:
        return Index.open(settings.index, recipe, before)
    from rag.index.milvus.opened import MilvusIndex  # noqa: PLC0415 - only for who chose it
    from rag.index.milvus.store import Address, Store  # noqa: PLC0415

    return MilvusIndex.current(Store(Address.read(settings.store)), recipe)


def publish(settings: Settings, progress: Callable[[int, int], object]) -> bool:
    """Write the snapshot in use on disk to the Milvus that is set; False when it is there, or none is set.

    `progress` is told passages done and to do.
    """
    if not settings.store:
        return False
    from rag.index.milvus.published import publish as write  # noqa: PLC0415
    from rag.index.milvus.store import Address, Store  # noqa: PLC0415

    return write(Index.open(settings.index), Store(Address.read(settings.store)), progress)
