"""Totals down the columns of tables: the rows of 合计 and 小计, rows under 其中, classes by code."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.checks._completeness import inner
from pipeline.checks._lines import COLUMN_NUMBERS, NO_SUMS, OF_WHICH, TOTAL, Line, bare, claim_at, outer
from pipeline.records import Claim
from pipeline.table import Part, Place

_SUBTOTAL = re.compile(r"小\s*计")
_LESS = re.compile(r"^\s*(?:减|扣除)\s*[:：]?")
_CODES = re.compile(r"编码|代码|科目|类款项")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    code: str
    cells: dict[int, Claim]
    numbers: int


def down(part: Part, claims: dict[int, Claim], heads: Mapping[int, str], where: tuple[int, int]) -> Iterator[Line]:
    rows = [_row(part, row, claims) for row in part.body if row[0].label not in COLUMN_NUMBERS]
    totals = [at for at, row in enumerate(rows) if row.cells and TOTAL.search(row.label)]
    if len(rows) < 3:
        return
    yield from _inner_rows(rows, where)
    for at in totals:
        if _SUBTOTAL.search(rows[at].label):
            continue
        for members in _members(rows, at, totals):
            if any(_LESS.search(rows[member].label) for member in members):
                continue
            readings = _readings(rows, members)
            blank = any(not rows[member].numbers for member in members)
            for column, whole in rows[at].cells.items():
                if NO_SUMS.search(heads.get(column, "")) or not whole.quantity.value:
                    continue
                cells = tuple(rows[member].cells.get(column) for member in members)
                if sum(cell is not None for cell in cells) < 2:
                    continue
                yield Line(
                    whole, cells, tuple(bare(rows[member].label) for member in members), readings, False, blank,
                    (where, "down", at, members[0]),
                )  # fmt: skip


def _inner_rows(rows: Sequence[_Row], where: tuple[int, int]) -> Iterator[Line]:
    """Rows whose names say that those below are their parts (基本支出: 人员经费, 公用经费)."""
    labels = tuple(bare(row.label) for row in rows)
    for at, row in enumerate(rows):
        count = inner(labels[at], labels[at + 1 : at + 8]) if row.cells else 0
        if count:
            members = range(at + 1, at + 1 + count)
            for column, whole in row.cells.items():
                cells = tuple(rows[member].cells.get(column) for member in members)
                if whole.quantity.value and sum(cell is not None for cell in cells) > 1:
                    yield Line(
                        whole, cells, labels[at + 1 : at + 1 + count], (tuple(range(count)),), True, False,
                        (where, "inner", at),
                    )  # fmt: skip


def _row(part: Part, row: Sequence[Place], claims: dict[int, Claim]) -> _Row:
    cells: dict[int, Claim] = {}
    labels = [place.label for place in row if place.label and not place.numeric]
    for place in row:
        claim = claim_at(place, claims)
        if claim is not None:
            cells[place.column] = claim
    first = next((place for place in row if place.numeric), None)
    label = ""
    if first is not None:
        over = part.row_labels(first)
        label = over[-1] if over else ""
        if not TOTAL.search(label) and over and TOTAL.search(over[0]) and len(labels) == 1:
            label = over[0]
    elif labels:
        label = labels[0]
    code = next((place.label for place in row[:3] if _is_code(part, place)), "")
    return _Row(label, code, cells, len(cells))


def _is_code(part: Part, place: Place) -> bool:
    """Whether a cell holds a code of the functional classification (201, 20103, 2010301)."""
    if not place.numeric or not _CODE.fullmatch(place.label):
        return False
    return any(_CODES.search(label) for label in part.column_labels(place))


def _members(rows: Sequence[_Row], at: int, totals: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The rows that a total row may be the total of: those above it up to another total, else those below it."""
    hard = [other for other in totals if not _SUBTOTAL.search(rows[other].label)]
    above = max((other for other in hard if other < at), default=-1)
    up = tuple(other for other in range(above + 1, at) if rows[other].label or rows[other].cells)
    if len(up) > 1:
        yield up
        return
    below = min((other for other in hard if other > at), default=len(rows))
    down = tuple(other for other in range(at + 1, below) if rows[other].label or rows[other].cells)
    if down:
        yield down


def _readings(rows: Sequence[_Row], members: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    places = range(len(members))
    labels = [rows[member].label for member in members]
    plain = tuple(at for at in places if not _SUBTOTAL.search(labels[at]))
    subtotals = tuple(at for at in places if _SUBTOTAL.search(labels[at]))
    nested = _outer(labels)
    ranked = _ranked(labels)
    coded = _coded([rows[member].code for member in members])
    found = (coded, outer(nested, [bare(label) for label in labels]), nested, ranked, plain, subtotals, tuple(places))
    return tuple(dict.fromkeys(reading for reading in found if reading))


def _outer(labels: Sequence[str]) -> tuple[int, ...]:
    """The rows up to those that begin with 其中."""
    inside = False
    outer = []
    for at, label in enumerate(labels):
        inside = inside or (at > 0 and OF_WHICH.search(label) is not None)
        if not inside and not _SUBTOTAL.search(label):
            outer.append(at)
    return tuple(outer)


def _coded(codes: Sequence[str]) -> tuple[int, ...]:
    """The rows with the shortest codes, where all rows have one: the classes."""
    if not codes or not all(codes):
        return ()
    shortest = min(map(len, codes))
    return tuple(at for at, code in enumerate(codes) if len(code) == shortest)


_RANKS = (
    re.compile(r"^[一二三四五六七八九十]+、"),
    re.compile(r"^[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"^\d+[、.．]"),
    re.compile(r"^\d{3}(?!\d)"),
)


def _ranked(labels: Sequence[str]) -> tuple[int, ...]:
    """The rows whose labels are numbered like the first one."""
    rank = next((pattern for pattern in _RANKS if labels and pattern.search(labels[0])), None)
    return tuple(at for at, label in enumerate(labels) if rank.search(label)) if rank else ()
