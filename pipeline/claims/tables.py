"""Claims of table cells that hold a bare number: what they are of, their unit and their role come from the headers."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline import lexicon
from pipeline.claims.periods import period
from pipeline.claims.roles import of_name
from pipeline.quantity import Mention, mentions
from pipeline.records import Block, Claim, ClaimKind, Quantity, Role, Span
from pipeline.table import Part, Place, Table, unit_text

_NUMBER = re.compile(r"[-−－+]?\s*[¥￥]?\s*[\d０-９][\d０-９,，.．\s]*")
_TOTAL = re.compile(r"合计|总计|总额|小计")
_CODE = re.compile(r"[\d０-９]{7,}")
_LABEL = re.compile(r"^(?:(?:绩效)?指标\s?\d{0,2}|\d{1,2}|[（(]?[一二三四五六七八九十\d]{1,2}[）)]?)\s?[:：、.．]\s?")


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
    for table in tables:
        for part in table.parts:
            for row in part.body:
                for place in row:
                    if place.numeric or any(
                        _words("no_data_columns").search(label) for label in part.column_labels(place)[-1:]
                    ):
                        blocks.update(block.index for block in place.blocks)
    return blocks


def _cell(table: Table, part: Part, place: Place, group: str) -> Iterator[Claim]:
    columns, rows = part.column_labels(place), part.row_labels(place)
    if _no_data(columns, rows):
        return
    name = _metric(columns, rows)
    for block in place.blocks:
        mention = _read(block, _unit(name, (*part.titles, *rows, *columns), columns[-1:] + rows[-1:]))
        if mention is None:
            continue
        role = _role(columns, rows, name, mention.quantity.kind)
        span = Span(block.index, mention.start, mention.end)
        grouped = group if role in ("whole", "part") else None
        yield Claim(
            "",
            span,
            mention.quantity,
            name,
            role,
            mention.direction,
            period("".join((*part.titles[-1:], *rows, *columns))),
            "other",
            "table",
            grouped,
        )


def _no_data(columns: tuple[str, ...], rows: tuple[str, ...]) -> bool:
    """Whether a cell under such labels states nothing."""
    if any(_words("no_data_columns").search(label) for label in columns[-1:]):
        return True
    return any(_words("no_data_labels").search(label) for label in (*columns[-1:], *rows[-1:]))


def _read(block: Block, given: tuple[str | None, ClaimKind]) -> Mention | None:
    """The quantity of a cell: with its own unit, else with the unit ``given`` by the labels written behind its number."""
    text = block.text
    number = _NUMBER.search(text)
    if number is None or _CODE.fullmatch(text.strip()):
        return None
    own = [one for one in mentions(text) if one.start <= number.start() + 1]
    if own and (own[0].quantity.unit or own[0].quantity.kind == "percent"):
        return own[0]
    body = text.rstrip()
    unit, kind = given
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
