"""The only SQL: what was handed in (kept for ever) and what was made of it (deleted and remade at will)."""

from pipeline.errors import UnusableStore
from pipeline.store import desk_tables, queue_tables  # noqa: F401 - so that whoever opens a store knows all of its tables
from pipeline.store.store import Counts, Store, Submission

__all__ = ["Counts", "Store", "Submission", "UnusableStore"]
