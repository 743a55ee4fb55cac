"""Accounts of tables: what adds up in one row or column shows how the others are to be read."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.checks._account import Account, judged, topmost, total_of, whole_exceeded
from pipeline.checks._completeness import named_in_full, one_slip
from pipeline.checks._division import unit
from pipeline.checks._lines import Line
from pipeline.quantity import Interval
from pipeline.records import Claim


def of_tables(lines: Iterable[Line]) -> Iterator[Account]:
    """The accounts of ``lines``, those of one kind together."""
    kinds: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        kinds.setdefault(line.kind, []).append(line)
    for same in kinds.values():
        yield from _tabulated(same)


def _tabulated(same: Sequence[Line]) -> Iterator[Account]:
    """The accounts of lines of one kind: what adds up in one of them shows how the others are to be read."""
    proven: dict[tuple[int, ...], int] = {}
    agreed: dict[int, tuple[int, ...]] = {}
    for at, line in enumerate(same):
        for reading in (*line.readings, _topmost(line)):
            parts = _chosen(line, reading)
            if len(parts) > 1 and total_of(parts).meets(Interval.of(line.whole.quantity)):
                agreed[at] = reading
                if sum(bool(part.quantity.value) for part in parts) > 1:
                    proven[reading] = proven.get(reading, 0) + 1
                break
    usual = max(proven, key=lambda reading: proven[reading]) if proven else None
    for at, line in enumerate(same):
        reading = agreed.get(at) or usual or line.readings[0]
        parts = _chosen(line, reading)
        names = tuple(line.labels[place] for place in reading if line.cells[place] is not None)
        if at in agreed:
            yield Account(line.whole, tuple(parts), names, "agrees", True)
        elif any(len(one) and judged(line.whole, _chosen(line, one)) == "agrees" for one in line.readings):
            continue
        elif len(parts) > 1 and (verdict := judged(line.whole, parts)) not in (None, "agrees"):
            exceeds = whole_exceeded(line.whole, parts)
            slipped = one_slip(line.whole.quantity, [part.quantity for part in parts])
            # The same people may be counted in several rows, but only once in their total.
            if exceeds and line.whole.quantity.kind == "count" and line.whole.quantity.unit != "人次" and not slipped:
                continue
            plain = len(line.readings) == 1 and not line.blank
            complete = (
                (usual is not None and not line.blank)
                or (line.of_which and len(parts) == len(reading))
                or (plain and len(parts) == len(reading))
                or (exceeds and (line.of_which or usual is not None or plain))
                or named_in_full(line.whole.metric, names)
                or slipped
            )
            yield Account(line.whole, tuple(parts), names, verdict, complete)


def _chosen(line: Line, reading: Sequence[int]) -> list[Claim]:
    kind = unit(line.whole)
    return [cell for place in reading if (cell := line.cells[place]) is not None and unit(cell) == kind]


def _topmost(line: Line) -> tuple[int, ...]:
    """The places of ``line`` without those that add to one before them."""
    known = {place for reading in line.readings for place in reading}
    places = [place for place in sorted(known) if line.cells[place] is not None]
    cells = [cell for place in places if (cell := line.cells[place]) is not None]
    return tuple(places[at] for at in topmost(cells))
