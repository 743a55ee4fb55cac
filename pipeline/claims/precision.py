"""Amounts of one list or table are written to one precision: 14 beside 174.51 is 14.00 (XBRL Calculations 1.1)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.numbering import mark
from pipeline.records import Block, Claim, Quantity


def shared(claims: Sequence[Claim], blocks: Sequence[Block]) -> list[Claim]:
    """``claims`` with the intervals of money amounts narrowed to the largest number of decimals in their list."""
    lists: dict[tuple[str, str], list[int]] = defaultdict(list)
    keys = _lists(claims, blocks)
    for at, claim in enumerate(claims):
        key = keys[at]
        if key is not None and claim.quantity.kind == "money" and claim.quantity.qualifier == "none":
            lists[key, claim.quantity.unit].append(at)
    narrowed = list(claims)
    for members in lists.values():
        places = max(claims[at].quantity.places for at in members)
        for at in members:
            quantity = _narrowed(claims[at].quantity, places)
            if quantity is not claims[at].quantity:
                narrowed[at] = replace(claims[at], quantity=quantity)
    return narrowed


def _lists(claims: Iterable[Claim], blocks: Sequence[Block]) -> list[str | None]:
    """What list each claim stands in: its table, its enumeration, or the numbered paragraphs about it."""
    numbered: dict[int, str] = {}
    run, style = 0, None
    for block in blocks:
        here = mark(block.text) if block.cell is None and len(block.text) > 1 else None
        if here is None:
            style = None
            continue
        if here.style != style:
            run, style = run + 1, here.style
        numbered[block.index] = f"list{run}"
    return [_list_of(claim, blocks, numbered) for claim in claims]


def _list_of(claim: Claim, blocks: Sequence[Block], numbered: dict[int, str]) -> str | None:
    cell = blocks[claim.span.block].cell
    if claim.source == "table" and cell is not None:
        return f"table{cell.table}"
    return numbered.get(claim.span.block) or claim.group


def _narrowed(quantity: Quantity, places: int) -> Quantity:
    """``quantity`` as if written with ``places`` decimals. What stands for itself already is left."""
    value, low, high = quantity.value, quantity.low, quantity.high
    if value is None or low is None or high is None or low == high or quantity.places >= places:
        return quantity
    half = (high - value).scaleb(quantity.places - places)
    return replace(quantity, low=value - half, high=value + half)
