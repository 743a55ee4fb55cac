"""Totals of tables and what they are totals of: along the rows (合计, 其中：) and down the columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import table
from pipeline.checks._completeness import inner
from pipeline.checks._lines import COLUMN_NUMBERS, NO_SUMS, OF_WHICH, TOTAL, Line, bare, claim_at, outer
from pipeline.checks._tabulated_rows import down
from pipeline.records import Claim, Evidence
from pipeline.table import Part


def lines(evidence: Evidence) -> Iterator[Line]:
    """The totals of all tables, in reading order."""
    claims = {claim.span.block: claim for claim in evidence.reading.claims if claim.source == "table"}
    if not claims:
        return
    for grid in table.of(evidence.reading.report):
        for number, part in enumerate(grid.parts):
            if len(part.body) and any(claim_at(place, claims) for row in part.body for place in row):
                yield from _across(part, claims, (grid.index, number))
                heads = {column.start: column.label for column in _columns(part)} if part.headers else {}
                yield from down(part, claims, heads, (grid.index, number))


@dataclass(frozen=True, slots=True)
class _Column:
    start: int
    path: tuple[str, ...]
    label: str
    level: int
    of_which: int  # How many of the headers above it are 其中.


def _columns(part: Part) -> list[_Column]:
    """The columns of numbers with what stands above each."""
    leaves: dict[int, tuple[str, ...]] = {}
    for row in part.body:
        for place in row:
            if place.numeric and place.column not in leaves:
                leaves[place.column] = part.column_labels(place)
    columns = []
    for start in sorted(leaves):
        path = leaves[start]
        named = [label for label in path if not OF_WHICH.fullmatch(label.rstrip(":："))]
        inside = sum(OF_WHICH.search(label) is not None for label in path)
        columns.append(_Column(start, path, named[-1] if named else "", len(path), inside))
    return columns


def _across(part: Part, claims: dict[int, Claim], where: tuple[int, int]) -> Iterator[Line]:
    if not part.headers:
        return
    columns = _columns(part)
    for at, column in enumerate(columns):
        if NO_SUMS.search(column.label):
            continue
        readings, of_which = _right_of(columns, at)
        named = inner(bare(column.label), tuple(bare(other.label) for other in columns[at + 1 :]))
        if named:
            readings, of_which = (tuple(range(at + 1, at + 1 + named)),), True
        if not readings:
            continue
        for row in part.body:
            if row[0].label in COLUMN_NUMBERS:
                continue
            by_column = {place.column: place for place in row}
            if column.start not in by_column:
                continue
            whole = claim_at(by_column[column.start], claims)
            if whole is None or not whole.quantity.value:
                continue
            cells = tuple(
                claim_at(by_column[other.start], claims) if other.start in by_column else None for other in columns
            )
            yield Line(
                whole, cells, tuple(bare(other.label) for other in columns), readings, of_which, False,
                (where, "across", column.start),
            )  # fmt: skip


def _right_of(columns: Sequence[_Column], at: int) -> tuple[tuple[tuple[int, ...], ...], bool]:
    """The ways in which columns may be the parts of column ``at``."""
    column = columns[at]
    under: list[int] = []
    for other in range(at + 1, len(columns)):
        if columns[other].of_which <= column.of_which:
            break
        under.append(other)
    if under:
        top = tuple(other for other in under if columns[other].of_which == column.of_which + 1)
        after = under[-1] + 1
        rest = after < len(columns) and columns[after].label.startswith("其他")
        found = [_without_inner(top, columns), top, tuple(under)]
        if rest:
            found.insert(0, (*found[0], after))
        return tuple(dict.fromkeys(found)), True
    if not TOTAL.search(column.label):
        return (), False
    right = []
    for other in range(at + 1, len(columns)):
        if columns[other].of_which != column.of_which or TOTAL.search(columns[other].label):
            break
        if not NO_SUMS.search(columns[other].label):
            right.append(other)
    left = []
    for other in range(at - 1, -1, -1):
        if columns[other].of_which != column.of_which or TOTAL.search(columns[other].label):
            break
        if not NO_SUMS.search(columns[other].label):
            left.append(other)
    same = tuple(other for other in right if columns[other].path[:-1] == column.path[:-1])
    before = tuple(other for other in reversed(left) if columns[other].path[:-1] == column.path[:-1])
    # 上年结转 | 本年收入合计 | 财政拨款 | 其他收入 | 收入总计: other totals, with their parts, may stand among the parts.
    further = tuple(
        other
        for other in range(at)
        if columns[other].of_which == column.of_which and not NO_SUMS.search(columns[other].label)
    )
    found = [_without_inner(same, columns), same, tuple(right), _without_inner(before, columns), before]
    if len(before) < len(further):
        found.append(further)
    return tuple(dict.fromkeys(reading for reading in found if len(reading) > 1)), False


def _without_inner(reading: Sequence[int], columns: Sequence[_Column]) -> tuple[int, ...]:
    return outer(reading, [bare(column.label) for column in columns])
