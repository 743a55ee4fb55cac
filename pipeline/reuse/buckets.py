"""Rows sorted into buckets, on disk as soon as there are too many to hold."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.void]

# Rows held in memory at most: 64 MB of postings.
_HELD = 1 << 22


class Buckets:
    """Takes rows with the number of the bucket of each; gives them back bucket by bucket, in order."""

    def __init__(self, folder: Path, name: str, dtype: np.dtype[Any]) -> None:
        self._folder, self._name, self._dtype = folder, name, dtype
        self._waiting: list[tuple[NDArray[np.int64], Rows]] = []
        self._held = 0
        self._written: set[int] = set()

    def put(self, bucket: NDArray[np.int64], rows: Rows) -> None:
        self._waiting.append((bucket, rows))
        self._held += len(rows)
        if self._held >= _HELD:
            self._flush()

    def drain(self) -> Iterator[Rows]:
        """All rows of one bucket after another, or at once where there are few; each bucket is forgotten after it."""
        if not self._written:
            rows = [rows for _, rows in self._waiting]
            self._waiting = []
            yield np.concatenate(rows) if rows else np.empty(0, self._dtype)
            return
        self._flush()
        for bucket in sorted(self._written):
            path = self._path(bucket)
            yield np.fromfile(path, self._dtype)
            path.unlink()

    def _flush(self) -> None:
        if not self._waiting:
            return
        bucket = np.concatenate([bucket for bucket, _ in self._waiting])
        rows = np.concatenate([rows for _, rows in self._waiting])
        self._waiting, self._held = [], 0
        order = np.argsort(bucket, kind="stable")
        bucket, rows = bucket[order], rows[order]
        numbers, starts = np.unique(bucket, return_index=True)
        for number, part in zip(numbers.tolist(), np.split(rows, starts[1:]), strict=True):
            with self._path(number).open("ab") as file:
                part.tofile(file)
            self._written.add(number)

    def _path(self, bucket: int) -> Path:
        return self._folder / f"{self._name}-{bucket:05}.part"
