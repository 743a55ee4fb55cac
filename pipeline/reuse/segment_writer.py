"""Writing a segment: reports one by one or whole segments, in bounded memory."""

import json
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from pipeline.reuse.buckets import Buckets
from pipeline.reuse.document import Document
from pipeline.reuse.fingerprint import EDITION, Hashes, fingerprints, mixed
from pipeline.reuse.normalise import Normal
from pipeline.reuse.seeds import COMMON, packed
from pipeline.reuse.segment import FILES, FORMAT, HEAD, NO_YEAR, Segment, agency_number, pack
from pipeline.reuse.shelf import PAGE, Ordinals, Shelf, padded, shelf

_POSTING = np.dtype([("hash", "<u8"), ("place", "<i8")])
# Postings are sorted by parts of so many top bits.
_PART_BITS = 6
_STEP = 1 << 22


class Writer:
    """Writes a segment into an empty folder; nothing may read it before ``finish``.

    ``level`` is that of the compression of words; ``apart`` lets only reports of one unit share fingerprints, and folds
    their numerals.
    """

    def __init__(self, folder: Path, *, level: int = 6, apart: bool = False) -> None:
        self._folder, self._level, self._apart = folder, level, apart
        self._units: IO[bytes] = (folder / "units.u2").open("wb")
        self._records: IO[bytes] = (folder / "records.bin").open("wb")
        np.zeros(PAGE, "<u2").tofile(self._units)
        self._starts, self._records_at, self._borders_at = [PAGE], [0], [0]
        self._borders: list[NDArray[np.uint32]] = []
        self._ids: list[bytes] = []
        self._agencies: list[int] = []
        self._years: list[int] = []
        self._buckets = Buckets(folder, "postings", _POSTING)

    def __len__(self) -> int:
        return len(self._years)

    def add(self, document: Document) -> None:
        normal = document.normal(fold_numerals=self._apart)
        hashes, places = fingerprints(normal.units)
        agency = agency_number(document.unit)
        if self._apart:
            hashes = mixed(hashes ^ np.uint64(agency))
        self._post(hashes, places + self._starts[-1])
        self._put(normal, document.borders(normal), pack(document, self._level))
        self._ids.append(bytes.fromhex(document.id))
        self._agencies.append(agency)
        self._years.append(NO_YEAR if document.year is None else document.year)

    def take(self, other: Segment) -> None:
        """Adds all reports of ``other``."""
        shift, end = self._starts[-1] - PAGE, int(other.starts[-1])
        for first in range(PAGE, end, _STEP):
            other.units[first : min(first + _STEP, end)].tofile(self._units)
        for first in range(0, len(other.records), _STEP):
            other.records[first : first + _STEP].tofile(self._records)
        for first in range(0, len(other.postings), _STEP):
            part, bits = other.postings[first : first + _STEP], np.uint64(other.bits)
            self._post(part >> bits << bits, (part & np.uint64((1 << other.bits) - 1)).astype(np.int64) + shift)
        self._starts += (other.starts[1:] + shift).tolist()
        self._records_at += (other.records_at[1:] + self._records_at[-1]).tolist()
        self._borders_at += (other.borders_at[1:] + self._borders_at[-1]).tolist()
        self._borders.append(np.array(other.borders))
        self._ids.append(other.ids.tobytes())
        self._agencies += other.agencies.tolist()
        self._years += other.years.tolist()

    def _put(self, normal: Normal, borders: list[int], record: bytes) -> None:
        units = padded(normal.units)
        units.tofile(self._units)
        self._records.write(record)
        self._starts.append(self._starts[-1] + len(units))
        self._records_at.append(self._records_at[-1] + len(record))
        self._borders.append(np.array(borders, np.uint32))
        self._borders_at.append(self._borders_at[-1] + len(borders))

    def _post(self, hashes: Hashes, places: Ordinals) -> None:
        rows = np.empty(len(hashes), _POSTING)
        rows["hash"], rows["place"] = hashes, places
        self._buckets.put((hashes >> np.uint64(64 - _PART_BITS)).astype(np.int64), rows)

    def finish(self) -> None:
        """Sorts the postings and writes the head last."""
        np.zeros(PAGE, "<u2").tofile(self._units)
        self._units.close()
        self._records.close()
        bits = self._starts[-1].bit_length()
        arrays = {
            "starts.i8": self._starts, "records_at.i8": self._records_at, "borders_at.i8": self._borders_at,
            "borders.u4": np.concatenate([np.empty(0, np.uint32), *self._borders]),
            "ids.u1": np.frombuffer(b"".join(self._ids), np.uint8), "agencies.u8": self._agencies,
            "years.i2": self._years,
        }  # fmt: skip
        for name, values in arrays.items():
            np.asarray(values, FILES[name]).tofile(self._folder / name)
        starts = np.asarray(self._starts, np.int64)
        numbers = shelf(np.empty(0, np.uint16), starts)
        with (
            (self._folder / "postings.u8").open("wb") as postings,
            (self._folder / "common.u8").open("wb") as common,
            (self._folder / "common_reports.u4").open("wb") as reports,
        ):
            for rows in self._buckets.drain():
                part = packed(rows["hash"], rows["place"], bits)
                part.tofile(postings)
                keys, counts = _common(part, bits, numbers)
                keys.astype("<u8").tofile(common)
                counts.astype("<u4").tofile(reports)
        sizes = {name: (self._folder / name).stat().st_size for name in FILES}
        head = {"format": FORMAT, "edition": EDITION, "bits": bits, "reports": len(self), "files": sizes}
        (self._folder / HEAD).write_text(json.dumps(head, indent=1), "utf-8")


def _common(postings: Hashes, bits: int, numbers: Shelf) -> tuple[Hashes, NDArray[np.int64]]:
    """The fingerprints in more places than are looked at one by one, and the number of reports of each."""
    tops = postings >> np.uint64(bits)
    heads = np.flatnonzero(np.append(True, tops[1:] != tops[:-1])[: len(tops)])
    sizes = np.diff(heads, append=len(tops))
    many = sizes > COMMON
    heads, sizes = heads[many], sizes[many]
    inside = np.repeat(heads - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    texts = numbers.texts_of((postings[inside] & np.uint64((1 << bits) - 1)).astype(np.int64))
    group = np.repeat(np.arange(len(heads)), sizes)
    changes = np.ones(len(texts), np.bool_)
    changes[1:] = (np.diff(texts) != 0) | (np.diff(group) != 0)
    return tops[heads], np.bincount(group[changes], minlength=len(heads))
