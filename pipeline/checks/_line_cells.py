"""Lines of tables: the numbers of a row (or a column) under their labels."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.checks._stated import Sense, wrong
from pipeline.records import Claim, Report
from pipeline.table import Part

# What the label of a column of rates, of growth says.
RATE_LABEL = re.compile(r"率|完成比例|完成进度|执行进度|支付进度|预算的[%％比]|完成[%％]|[%％]$")
GROWTH_LABEL = re.compile(
    r"增减率|增长率|变动率|变化率|增减[（(]?[%％]|增长[（(]?[%％]|增[幅速]|涨幅|增减(?:幅度|比例|百分比)|增长比例|变动(?:幅度|比例)|同比(?!数)|降幅|[±+][%％]|(?:比|较)上年.{0,4}[%％率]"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a line with the label that it stands under."""

    label: str
    claim: Claim


def layouts(part: Part, claims: dict[int, Claim]) -> Iterator[dict[str, list[Cell]]]:
    """The rows of a part with their cells under the labels of columns, and its columns with those of rows.

    A line goes under its own label (合计, 人员经费).
    """
    rows: dict[str, list[Cell]] = {}
    columns: dict[str, list[Cell]] = defaultdict(list)
    named = False
    for row in part.body:
        line: list[Cell] = []
        left = ""
        for place in row:
            claim = next((claims[block.index] for block in place.blocks if block.index in claims), None)
            if claim is None:
                continue
            heads, sides = part.column_labels(place), part.row_labels(place)
            if part.is_pairs(place) or not heads:
                line.append(Cell(sides[-1] if sides else "", claim))
                continue
            left = left or "".join(sides[-1:])
            line.append(Cell("·".join(heads[-2:]), claim))
            if sides:
                named = named or RATE_LABEL.search(sides[-1]) is not None or GROWTH_LABEL.search(sides[-1]) is not None
                columns["·".join(heads)].append(Cell(sides[-1], claim))
        if len(line) > 1:
            rows[f"{len(rows)}·{left}"] = line
    if rows:
        yield rows
    if named:
        yield {f"{at}·{label}": cells for at, (label, cells) in enumerate(columns.items()) if len(cells) > 2}


def near(label: str) -> str:
    return label.rsplit("·", 1)[-1]


def is_percent(cell: Cell) -> bool:
    return cell.claim.quantity.kind == "percent" and cell.claim.quantity.value is not None


def alike(one: Cell, other: Cell) -> bool:
    first, second = one.claim.quantity, other.claim.quantity
    return (
        first.kind == second.kind
        and first.unit == second.unit
        and first.kind in ("money", "count", "measure", "duration")
    )


def as_fraction(claim: Claim, senses: Sequence[Sense], report: Report) -> bool:
    """Whether a rate without a per cent sign is written as a fraction of one (0.87) that agrees."""
    quote, quantity = report.quote(claim.span), claim.quantity
    if "%" in quote or "％" in quote or quantity.value is None or abs(quantity.value) > 10:
        return False
    if quantity.low is None or quantity.high is None:
        return True
    hundred = replace(quantity, value=quantity.value * 100, low=quantity.low * 100, high=quantity.high * 100)
    return wrong(claim, senses, hundred) is None
