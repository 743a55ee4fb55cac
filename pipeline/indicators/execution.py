"""The row of budget execution: budget, spending, rate, and the points for it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.indicators.grid import Grid
from pipeline.indicators.passage import Passage
from pipeline.indicators.sheet import Execution
from pipeline.indicators.words import SUBJECTS, head, is_execution, money
from pipeline.records import Claim
from pipeline.table import Place

# The sum stands in the first rows under the header, its parts (其中：……) follow it.
_DEEPEST = 4


def is_heading(grid: Grid, at: int) -> bool:
    """Whether the cells that begin in row ``at`` head a row of budget execution, and no list of projects."""
    places = grid.own[at]
    found = {money(place.label) for place in places}
    if not {"预算", "执行"} <= found:
        return False
    heads = {head(place.label) for place in places}
    if heads & (SUBJECTS - {"弱指标"}):
        return False
    return bool(heads & {"分值", "得分"}) or any(_title(place) for place in grid.cells[at])


def _title(place: Place) -> bool:
    return money(place.label) is None and is_execution(place.label)


def read(grid: Grid, at: int, flat: bool, claims: Mapping[int, Sequence[Claim]]) -> Execution | None:
    """The row under the header in row ``at``, or beside its labels; None where it holds no number."""
    heads = grid.own[at]
    if any(place.numeric for place in heads):
        return _built(_beside(heads), heads[0], heads, claims)
    for row in range(at + 1, min(len(grid), at + 1 + _DEEPEST)):
        fresh = grid.own[row]
        if is_heading(grid, row) or not any(place.numeric for place in fresh):
            continue
        under = _by_order(heads, fresh) if flat else _by_column(heads, grid, row)
        name = next((place for place in fresh if place.label and not place.numeric), heads[0])
        return _built(under, name, heads, claims)
    return None


def _beside(row: Sequence[Place]) -> dict[str, Place]:
    """Label and value by turns: 全年预算数 | 120.00 | 全年执行数 | 118.40."""
    found: dict[str, Place] = {}
    for label, value in pairwise(row):
        what = money(label.label) or head(label.label)
        if what and not label.numeric and value.numeric:
            found.setdefault(what, value)
    return found


def _by_column(heads: Sequence[Place], grid: Grid, row: int) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for label in heads:
        what = money(label.label) or head(label.label)
        place = grid.under(row, label)
        if what and place is not None and place is not label:
            found[what] = place
    return found


def _by_order(heads: Sequence[Place], row: Sequence[Place]) -> dict[str, Place]:
    """Counted from the right: a label merged across at the left is one cell in a text file."""
    found: dict[str, Place] = {}
    for label, place in zip(reversed(heads), reversed(row), strict=False):
        what = money(label.label) or head(label.label)
        if what:
            found[what] = place
    return found


def _built(
    found: Mapping[str, Place], name: Place, heads: Sequence[Place], claims: Mapping[int, Sequence[Claim]]
) -> Execution | None:
    passages = {what: Passage([place], claims) for what, place in found.items()}

    def entry(what: str) -> Passage | None:
        return passages.get(what)

    budget = entry("预算") or entry("年初预算")
    if budget is None or not any(place.numeric for place in found.values()):
        return None
    title = next(filter(_title, heads), None)
    weight = passages["分值"].points() if "分值" in passages else None
    if weight is None and title is not None and (scaled := Passage([title], claims).scaled()):
        weight = scaled[0]
    initial = entry("年初预算") if "预算" in passages else None
    spent, rate, reason = entry("执行"), entry("执行率"), entry("原因")
    return Execution(
        Passage([name], claims).entry(),
        budget.entry(),
        spent.entry() if spent else None,
        rate.entry() if rate else None,
        weight,
        passages["得分"].points() if "得分" in passages else None,
        initial.entry() if initial else None,
        reason.entry() if reason else None,
    )
