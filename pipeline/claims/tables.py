"""Claims of table cells that hold a bare number: what they are of, their unit and their role come from the headers."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline import lexicon
from pipeline.claims.periods import period
from pipeline.claims.roles import of_name
from pipeline.quantity import Mention, mentions
from pipeline.records import Block, Claim, ClaimKind, Quantity, Role, Span
from pipeline.table import Part, Place, Table, unit_text

_NUMBER = re.compile(r"[-−－+]?\s*[¥￥]?\s*[\d０-９][\d０-９,，.．\s]*")
# A number that no sign, magnitude or unit makes a quantity.
_BARE = re.compile(r"[0-9][0-9,.]*")
_TOTAL = re.compile(r"合计|总计|总额|小计")
_CODE = re.compile(r"[\d０-９]{7,}")
_LABEL = re.compile(r"^(?:(?:绩效)?指标\s?\d{0,2}|\d{1,2}|[（(]?[一二三四五六七八九十\d]{1,2}[）)]?)\s?[:：、.．]\s?")


# The forms of a season have the same labels; those that are kept are so few and short that they take 4 MB at most.
_MOST_KEPT, _LONGEST_KEPT = 2048, 300


class _Said(NamedTuple):
    """What its labels say of a cell: ``name`` of what it counts, the ``unit`` that holds for it and the ``kind``."""

    name: str
    unit: str | None
    kind: ClaimKind
    period: str | None


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("metrics")["table"][name])


def claims(table: Table) -> Iterator[Claim]:
    """The claims of a table's number cells, in order, without ids and sections."""
    for number, part in enumerate(table.parts):
        for place in part.number_cells():
            yield from _cell(table, part, place, f"t{table.index}.{number}.{place.cell.row}")


def silent(tables: Sequence[Table]) -> set[int]:
    """Indexes of the blocks that state nothing: columns of standards, explanations, codes, contacts; number cells."""
    blocks: set[int] = set()
    pattern = _words("no_data_columns")
    for table in tables:
        for part in table.parts:
            mute = {head.label for row in part.headers for head in row if pattern.search(head.label)}
            for row in part.body:
                for place in row:
                    if place.numeric or (mute and not mute.isdisjoint(part.column_labels(place)[-1:])):
                        blocks.update(block.index for block in place.blocks)
    return blocks


def _cell(table: Table, part: Part, place: Place, group: str) -> Iterator[Claim]:
    columns, rows = part.column_labels(place), part.row_labels(place)
    said = _said(part.titles, columns, rows)
    if said is None:
        return
    for block in place.blocks:
        mention = _read(block, said.unit, said.kind)
        if mention is None:
            continue
        role = _role(columns, rows, said.name, mention.quantity.kind)
        span = Span(block.index, mention.start, mention.end)
        grouped = group if role in ("whole", "part") else None
        yield Claim(
            "",
            span,
            mention.quantity,
            said.name,
            role,
            mention.direction,
            said.period,
            "other",
            "table",
            grouped,
        )


def _said(titles: tuple[str, ...], columns: tuple[str, ...], rows: tuple[str, ...]) -> _Said | None:
    """What the labels of a cell say of it; None where it states nothing."""
    short = sum(map(len, titles)) + sum(map(len, columns)) + sum(map(len, rows)) <= _LONGEST_KEPT
    return _kept(titles, columns, rows) if short else _say(titles, columns, rows)


def _say(titles: tuple[str, ...], columns: tuple[str, ...], rows: tuple[str, ...]) -> _Said | None:
    if _no_data(columns, rows):
        return None
    name = _metric(columns, rows)
    unit, kind = _unit(name, (*titles, *rows, *columns), columns[-1:] + rows[-1:])
    return _Said(name, unit, kind, period("".join((*titles[-1:], *rows, *columns))))


_kept = lru_cache(maxsize=_MOST_KEPT)(_say)


def _no_data(columns: tuple[str, ...], rows: tuple[str, ...]) -> bool:
    """Whether a cell under such labels states nothing."""
    if any(_words("no_data_columns").search(label) for label in columns[-1:]):
        return True
    return any(_words("no_data_labels").search(label) for label in (*columns[-1:], *rows[-1:]))


def _read(block: Block, unit: str | None, kind: ClaimKind) -> Mention | None:
    """The quantity of a cell: with its own unit, else with that of its labels written behind its number."""
    text = block.text
    number = _NUMBER.search(text)
    if number is None or _CODE.fullmatch(text.strip()):
        return None
    if not _BARE.fullmatch(text):
        own = [one for one in mentions(text) if one.start <= number.start() + 1]
        if own and (own[0].quantity.unit or own[0].quantity.kind == "percent"):
            return own[0]
    body = text.rstrip()
    for one in mentions(body + (unit or "个")):
        if one.start > number.start() + 1:
            break
        quantity = one.quantity if unit else _plain(one.quantity, kind)
        return Mention(one.start, min(one.end, len(body)), quantity, one.core, one.direction, one.change)
    return None


def _plain(quantity: Quantity, kind: ClaimKind) -> Quantity:
    return Quantity(
        quantity.value, quantity.low, quantity.high, quantity.low_closed, quantity.high_closed, "", kind,
        quantity.qualifier, quantity.places,
    )  # fmt: skip


def _unit(name: str, labels: tuple[str, ...], nearest: tuple[str, ...]) -> tuple[str | None, ClaimKind]:
    """The unit that holds for a cell, None if none is given, and the kind that its labels tell."""
    own = unit_text(nearest)
    if own is not None:
        return own, "count"
    head = nearest[0] if nearest else ""
    if any(_words("points").search(label) for label in nearest):
        return "分", "score"
    if _words("percent").search(name) or _words("percent").search(head):
        return "%", "percent"
    if _words("people").search(name) and not _words("money").search(name):
        return "人", "count"
    shared = unit_text(labels)
    if shared is not None:
        return shared, "count"
    return None, "money" if _words("money").search(name + head) else "count"


def _metric(columns: tuple[str, ...], rows: tuple[str, ...]) -> str:
    """The label that says what the cell is of: the row's under a generic column, the column's in a row of totals, else both."""
    column = _bare(columns[-1]) if columns else ""
    row = _bare(rows[-1]) if rows else ""
    if not column or (row and _words("generic_columns").search(column)):
        return row or column
    if not row or _words("generic_rows").search(row):
        return column
    return f"{row}{column}" if column not in row else row


def _bare(label: str) -> str:
    label = _LABEL.sub("", label)
    return re.sub(r"[（(](?:单位[:：])?[^（）()]{0,4}(?:元|%|人|个|分)[）)]", "", label)


def _role(columns: tuple[str, ...], rows: tuple[str, ...], name: str, kind: ClaimKind) -> Role:
    head = columns[-1] if columns else ""
    if kind == "score":
        return of_name(head or name, kind)
    if any(label.startswith("其中") for label in (*columns[:-1], *rows)):
        return "part"
    if _TOTAL.search(head):
        return "whole"
    for label in (head, name):
        role = of_name(label, kind)
        if role != "value":
            return role
    return "whole" if rows and _TOTAL.search(rows[-1]) else "value"
