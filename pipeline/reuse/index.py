"""The index of all reports seen: a folder of segments, added to, merged, and looked up for one report at a time.

`index-N.json` names the segments; the greatest N counts. A writer makes a segment under another name, renames it, and then
makes the next `index-N.json` under a name that must be free: whoever comes second starts over from what the first has
written. So a killed writer leaves only folders that no list names, and readers never wait.
"""

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.reuse.document import Document
from pipeline.reuse.fingerprint import Hashes, fingerprints, mixed
from pipeline.reuse.normalise import Units, normalise
from pipeline.reuse.pieces import Side
from pipeline.reuse.seeds import COMMON
from pipeline.reuse.segment import FORMAT, Segment, UnusableIndex, agency_number, broken
from pipeline.reuse.segment_writer import Writer
from pipeline.reuse.shared import Text
from pipeline.reuse.shelf import padded

# A segment is merged with the one before it once that is not so many times larger.
_RATIO = 4
# Lists and folders that nobody names are left for so many seconds, since their writer may be at work.
_LEFT = 24 * 3600
_TRIES = 100


@dataclass(frozen=True, slots=True)
class Found:
    """Places of fingerprints in the index: which fingerprint, which report (segment and number), where in it."""

    fingerprint: NDArray[np.int64]
    segment: NDArray[np.int64]
    number: NDArray[np.int64]
    place: NDArray[np.int64]


NOTHING = Found(*(np.empty(0, np.int64),) * 4)


class Place(NamedTuple):
    """A report of the index: the number of its segment, and its number there."""

    segment: int
    number: int


class Index:
    """The index in a folder as it stood when opened. Raises UnusableIndex where the folder holds something else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index in ``folder``; a folder that is empty or not there is an empty index."""
        return cls(folder)

    def __len__(self) -> int:
        return sum(map(len, self.segments))

    def __contains__(self, key: str) -> bool:
        """Whether the report with that id is in the index."""
        return bool(self.known([key]))

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of the ids that are in the index."""
        wanted = np.frombuffer(b"".join(map(bytes.fromhex, keys)), "V32")
        found: set[str] = set()
        for segment in self.segments:
            found.update(
                wanted[at].tobytes().hex() for at in np.flatnonzero(np.isin(_words(wanted), _words(segment.ids)))
            )
        return found

    def add(self, documents: Iterable[Document]) -> int:
        """Adds reports that are not yet there, in one segment; how many were added."""
        draft = self._draft()
        try:
            writer = Writer(draft)
            seen: set[str] = set()
            for document in documents:
                if document.id not in seen and document.id not in self:
                    seen.add(document.id)
                    writer.add(document)
            writer.finish()
            if len(writer):
                self._publish(draft, ())
            added = len(writer)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        self._merge()
        return added

    def lookup(self, hashes: Hashes, skip: str) -> tuple[Found, NDArray[np.int64]]:
        """Where the fingerprints stand, at most 50 places of each in a segment, and in how many reports each is.

        Of one in more places only the first is given. ``skip`` is the id of a report to leave out.
        """
        reports = np.zeros(len(hashes), np.int64)
        parts = [_in_segment(segment, at, hashes, skip, reports) for at, segment in enumerate(self.segments)]
        return Found(*map(np.concatenate, zip(*parts, strict=True))) if parts else NOTHING, reports

    def reports(self, text: str) -> int:
        """How many reports have the median fingerprint of ``text``."""
        hashes, _ = fingerprints(normalise(text).units)
        counts = sum((segment.reports(hashes) for segment in self.segments), np.zeros(len(hashes), np.int64))
        return int(np.sort(counts)[(len(counts) - 1) // 2]) if len(counts) else 0

    def units(self, place: Place) -> Units:
        """The compared characters of a report, with empty units behind."""
        return self.segments[place.segment].units_of(place.number)

    def text(self, place: Place) -> Text:
        """A report's words; held against its compared characters, so that what is quoted is what was found."""
        segment = self.segments[place.segment]
        document = segment.document(place.number)
        normal = document.normal()
        if not np.array_equal(padded(normal.units), segment.units_of(place.number)):
            raise broken(segment.folder, "报告原文已损坏")
        return Text(document, Side(document.blocks, document.borders(normal), len(normal.units)))

    def of_unit(self, unit: str, before: int) -> list[Place]:
        """The unit's reports of years before that one, the latest first."""
        number = np.uint64(agency_number(unit))
        found = [
            (int(segment.years[at]), at_segment, int(at))
            for at_segment, segment in enumerate(self.segments if number else ())
            for at in np.flatnonzero(segment.agencies == number)
            if 0 <= segment.years[at] < before
        ]
        return [Place(segment, at) for _, segment, at in sorted(found, reverse=True)]

    def refresh(self) -> None:
        """Looks again, if reports were added since."""
        if _newest(self.folder) != self._number:
            self._open()

    def _open(self) -> None:
        for _ in range(_TRIES):
            self._number, names = _latest(self.folder)
            try:
                self.segments = [Segment(self.folder / name) for name in names]
            except UnusableIndex:
                # A merge may just have taken a segment away.
                if _latest(self.folder)[0] == self._number:
                    raise
                continue
            return
        raise broken(self.folder, "正被别的程序不断改写")

    def _draft(self) -> Path:
        draft = self.folder / f"draft-{secrets.token_hex(8)}"
        draft.mkdir(parents=True)
        return draft

    def _publish(self, draft: Path, merged: Sequence[str]) -> bool:
        """Puts a finished segment in the place of ``merged``; False where those are no longer there."""
        name = f"segment-{secrets.token_hex(8)}"
        draft.rename(self.folder / name)
        for _ in range(_TRIES):
            number, names = _latest(self.folder)
            if not set(merged) <= set(names):
                break
            kept = [old for old in names if old not in merged]
            at = names.index(merged[0]) if merged else len(kept)
            if _claim(self.folder, number + 1, [*kept[:at], name, *kept[at:]]):
                self._open()
                return True
        shutil.rmtree(self.folder / name, ignore_errors=True)
        if not merged:
            raise broken(self.folder, "正被别的程序不断改写")
        return False

    def _merge(self) -> None:
        """Merges the last segments so that each is some times larger than all behind it, and sweeps up."""
        first, size = len(self.segments), 0
        for at in range(len(self.segments) - 1, -1, -1):
            if at < len(self.segments) - 1 and len(self.segments[at]) > _RATIO * size:
                break
            first, size = at, size + len(self.segments[at])
        merging = self.segments[first:]
        if len(merging) > 1:
            draft = self._draft()
            try:
                writer = Writer(draft)
                for segment in merging:
                    writer.take(segment)
                writer.finish()
                names = [segment.folder.name for segment in merging]
                if self._publish(draft, names):
                    for name in names:
                        # On some systems a segment that a reader has open stays; it is swept up later.
                        shutil.rmtree(self.folder / name, ignore_errors=True)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
        self._sweep()

    def _sweep(self) -> None:
        number, names = _latest(self.folder)
        for path in self.folder.iterdir():
            old = path.name.startswith("index-") and _number(path) < number - 1
            lost = path.name.startswith(("draft-", "segment-", "list-")) and path.name not in names
            with suppress(OSError):
                if old or (lost and time.time() - path.stat().st_mtime > _LEFT):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _in_segment(
    segment: Segment, at: int, hashes: Hashes, skip: str, reports: NDArray[np.int64]
) -> tuple[NDArray[np.int64], ...]:
    bits = np.uint64(segment.bits)
    keys = hashes >> bits
    first, count = segment.run(hashes)
    many = count > COMMON
    reports[many] += segment.common_count(keys[many])
    taken = np.where(many, 1, count)
    which = np.repeat(np.arange(len(hashes)), taken)
    rank = np.arange(len(which)) - np.repeat(np.cumsum(taken) - taken, taken)
    places = (segment.postings[first[which] + rank] & np.uint64((1 << segment.bits) - 1)).astype(np.int64)
    if len(places) and not (segment.starts[0] <= places.min() and places.max() < segment.starts[-1]):
        raise broken(segment.folder, "内容已损坏")
    number = segment.shelf.texts_of(places).astype(np.int64)
    own = np.flatnonzero(_words(segment.ids) == _words(np.frombuffer(bytes.fromhex(skip), "V32")))
    kept = ~np.isin(number, own)
    which, number, places = which[kept], number[kept], places[kept]
    fresh = np.ones(len(which), np.bool_)
    fresh[1:] = (np.diff(which) != 0) | (np.diff(number) != 0)
    reports += np.where(many, 0, np.bincount(which[fresh], minlength=len(hashes)))
    return which, np.full(len(which), at), number, places - segment.starts[number]


def _words(ids: NDArray[np.void]) -> Hashes:
    """A number for each id."""
    parts = np.frombuffer(ids.tobytes(), "<u8").reshape(-1, 4)
    number = np.zeros(len(parts), np.uint64)
    for column in parts.T:
        number = mixed(number ^ column)
    return number


def _number(path: Path) -> int:
    digits = path.stem.removeprefix("index-")
    return int(digits) if digits.isdecimal() else 0


def _newest(folder: Path) -> int:
    return max((_number(path) for path in folder.glob("index-*.json")), default=0)


def _latest(folder: Path) -> tuple[int, list[str]]:
    """The number of the list that counts and the segments it names."""
    try:
        lists = sorted(folder.glob("index-*.json"), key=_number)
        if not lists:
            if any(folder.iterdir()) and not any(folder.glob("draft-*")) and not any(folder.glob("segment-*")):
                raise broken(folder, "文件夹里是别的内容")
            return 0, []
        found = json.loads(lists[-1].read_text("utf-8"))
    except FileNotFoundError:
        return 0, []
    except (OSError, ValueError) as error:
        raise broken(folder, "索引清单读不出来") from error
    names = found.get("segments") if isinstance(found, dict) and found.get("format") == FORMAT else None
    if not isinstance(names, list) or not all(isinstance(name, str) and Path(name).name == name for name in names):
        raise broken(folder, "不是本程序的索引，或由别的版本写成")
    return _number(lists[-1]), names


def _claim(folder: Path, number: int, names: Sequence[str]) -> bool:
    """Makes the list of that number, whole or not at all; False where there is one."""
    draft = folder / f"list-{secrets.token_hex(8)}"
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, "segments": list(names)}, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, folder / f"index-{number}.json")
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
