"""A segment: some reports with their fingerprints, in a folder of plain arrays that is written once and mapped to read.

| file | what it holds |
| --- | --- |
| `segment.json` | format, edition of the fingerprints, counts, bits of a place, and the size of each file |
| `units.u2` | the compared characters of all reports, each from a page on |
| `postings.u8` | sorted: high bits of the fingerprint, then its place in `units.u2` |
| `common.u8`, `common_reports.u4` | fingerprints in many places, and in how many reports |
| `starts.i8` | where each report begins in `units.u2`, and the end |
| `borders.u4`, `borders_at.i8` | where its blocks begin, counted from its start |
| `records.bin`, `records_at.i8` | its words and what is known of it, compressed |
| `ids.u1`, `agencies.u8`, `years.i2` | to look reports up |
"""

import json
import zlib
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import JishenError
from pipeline.reuse.document import Document
from pipeline.reuse.fingerprint import EDITION, Hashes
from pipeline.reuse.normalise import BORDER
from pipeline.reuse.pieces import Side
from pipeline.reuse.seeds import COMMON
from pipeline.reuse.shared import Text
from pipeline.reuse.shelf import PAGE, Shelf, shelf

FORMAT = "jishen.reuse/1"
HEAD = "segment.json"
FILES = {
    "units.u2": "<u2", "postings.u8": "<u8", "common.u8": "<u8", "common_reports.u4": "<u4", "starts.i8": "<i8",
    "borders.u4": "<u4", "borders_at.i8": "<i8", "records.bin": "u1", "records_at.i8": "<i8", "ids.u1": "u1",
    "agencies.u8": "<u8", "years.i2": "<i2",
}  # fmt: skip
NO_YEAR = -1
_ID = 32
# Words of a report take up so much at most once unpacked: a damaged record must not fill the memory.
_LARGEST = 1 << 28


class UnusableIndex(JishenError):
    """An index that is damaged, foreign or of another edition: to be made again."""

    code = "unusable-index"


def broken(folder: Path, why: str) -> UnusableIndex:
    return UnusableIndex(f"雷同比对索引“{folder}”不能使用：{why}。请删除该文件夹，再次审阅时会重新建立。")


def agency_number(unit: str) -> int:
    """A number for a unit's name; 0 for an unknown one."""
    return (
        int.from_bytes(blake2b(unit.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") if unit else 0
    )


def pack(document: Document, level: int) -> bytes:
    """What is kept of a report besides its compared characters."""
    head = [document.id, document.name, document.agency, document.year, len(document.flags)]
    text = document.text.encode("utf-8", "surrogatepass")
    return zlib.compress(json.dumps(head).encode() + b"\n" + document.flags + text, level)


class Segment:
    """A finished segment, its files mapped. Raises UnusableIndex where they are not what they should be."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        head = _head(folder)
        self.bits: int = head["bits"]
        arrays: dict[str, NDArray[Any]] = {name: _mapped(folder, name, head["files"].get(name)) for name in FILES}
        self.units: NDArray[np.uint16] = arrays["units.u2"]
        self.postings: Hashes = arrays["postings.u8"]
        self.common: Hashes = arrays["common.u8"]
        self.common_reports: NDArray[np.uint32] = arrays["common_reports.u4"]
        self.starts: NDArray[np.int64] = np.array(arrays["starts.i8"])
        self.borders: NDArray[np.uint32] = arrays["borders.u4"]
        self.borders_at: NDArray[np.int64] = np.array(arrays["borders_at.i8"])
        self.records: NDArray[np.uint8] = arrays["records.bin"]
        self.records_at: NDArray[np.int64] = np.array(arrays["records_at.i8"])
        self.agencies: NDArray[np.uint64] = arrays["agencies.u8"]
        self.years: NDArray[np.int16] = arrays["years.i2"]
        self._hold(head["reports"], arrays["ids.u1"])
        self.ids: NDArray[np.void] = arrays["ids.u1"].view(f"V{_ID}")
        self.shelf: Shelf = shelf(self.units, self.starts)

    def __len__(self) -> int:
        return len(self.years)

    def document(self, number: int) -> Document:
        """The report of that number."""
        raw = self.records[self.records_at[number] : self.records_at[number + 1]].tobytes()
        try:
            unpacked = zlib.decompressobj().decompress(raw, _LARGEST)
            line, rest = unpacked.split(b"\n", 1)
            key, name, agency, year, flags = json.loads(line)
            text = rest[flags:].decode("utf-8", "surrogatepass")
        except (zlib.error, ValueError, TypeError) as error:
            raise broken(self.folder, "报告原文已损坏") from error
        if flags != text.count(BORDER) + 1:
            raise broken(self.folder, "报告原文已损坏")
        return Document(key, name, agency, year, text, rest[:flags])

    def text(self, number: int, *, fold_numerals: bool = False) -> Text:
        """The report of that number as a side of passages; ``fold_numerals`` as the segment was written."""
        document = self.document(number)
        length = int(np.count_nonzero(self.units_of(number)))
        borders = self.borders[self.borders_at[number] : self.borders_at[number + 1]].tolist()
        return Text(document, Side(document.blocks, borders, length, fold_numerals=fold_numerals))

    def run(self, hashes: Hashes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where each fingerprint begins among the postings, and how many there are of it."""
        bits = np.uint64(self.bits)
        keys = hashes >> bits << bits
        first = np.searchsorted(self.postings, keys)
        return first, np.searchsorted(self.postings, keys | np.uint64((1 << self.bits) - 1), "right") - first

    def common_count(self, keys: Hashes) -> NDArray[np.int64]:
        """In how many reports each of the fingerprints is that are in many places, by their high bits."""
        if not len(keys):
            return np.empty(0, np.int64)
        slot = np.minimum(np.searchsorted(self.common, keys), len(self.common) - 1)
        if not len(self.common) or np.any(self.common[slot] != keys):
            raise broken(self.folder, "内容已损坏")
        return self.common_reports[slot].astype(np.int64)

    def reports(self, hashes: Hashes) -> NDArray[np.int64]:
        """In how many reports each fingerprint is; of one in few places, in how many places."""
        _, count = self.run(hashes)
        many = count > COMMON
        count[many] = self.common_count(hashes[many] >> np.uint64(self.bits))
        return count

    def units_of(self, number: int) -> NDArray[np.uint16]:
        """The compared characters of that report, with the empty rest of their last page."""
        return self.units[self.starts[number] : self.starts[number + 1]]

    def _hold(self, reports: int, ids: NDArray[np.uint8]) -> None:
        """Refuses arrays that do not belong together: whatever is read later relies on them."""
        starts, ends = self.starts, (self.borders_at, self.records_at)
        right = (
            {len(starts) - 1, len(ends[0]) - 1, len(ends[1]) - 1, len(self.years), len(self.agencies)} == {reports}
            and len(ids) == reports * _ID
            and starts[0] == PAGE
            and bool(np.all(np.diff(starts) >= PAGE))
            and not np.any(starts % PAGE)
            and len(self.units) == starts[-1] + PAGE
            and int(starts[-1]).bit_length() <= self.bits
            and all(at[0] == 0 and bool(np.all(np.diff(at) >= 0)) for at in ends)
            and ends[0][-1] == len(self.borders)
            and ends[1][-1] == len(self.records)
            and len(self.common) == len(self.common_reports)
        )
        if not right:
            raise broken(self.folder, "内容已损坏")


def _head(folder: Path) -> dict[str, Any]:
    try:
        head = json.loads((folder / HEAD).read_text("utf-8"))
    except FileNotFoundError as error:
        raise broken(folder, "缺少文件头") from error
    except (OSError, ValueError) as error:
        raise broken(folder, "文件头读不出来") from error
    if not isinstance(head, dict) or head.get("format") != FORMAT or head.get("edition") != EDITION:
        raise broken(folder, "不是本程序的索引，或由别的版本写成")
    if not (
        isinstance(head.get("bits"), int)
        and 0 < head["bits"] < 64
        and isinstance(head.get("reports"), int)
        and isinstance(head.get("files"), dict)
    ):
        raise broken(folder, "文件头不完整")
    return head


def _mapped(folder: Path, name: str, size: object) -> NDArray[Any]:
    """A file of a segment as an array; its size must be the one in the head."""
    path, kind = folder / name, np.dtype(FILES[name])
    try:
        found = path.stat().st_size
        if found != size or found % kind.itemsize:
            raise broken(folder, f"文件“{name}”大小不对")
        # An empty file cannot be mapped.
        return np.asarray(np.memmap(path, kind, "r")) if found else np.empty(0, kind)
    except OSError as error:
        raise broken(folder, f"文件“{name}”打不开") from error
