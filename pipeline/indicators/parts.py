"""A row as indicators: its cells cut into numbered parts, the parts paired."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.indicators.items import Item, items, pieces
from pipeline.indicators.passage import Passage
from pipeline.indicators.sheet import Dimension, Entry, Indicator, IndicatorKind, Level, Points
from pipeline.indicators.words import Head, dimension_of, named
from pipeline.records import Claim
from pipeline.table import Place

Claims = Mapping[int, Sequence[Claim]]
_PROSE: frozenset[Head] = frozenset(("原因", "标准", "解释", "备注", "完成率", "符号", "单位"))
_POINTS: frozenset[Head] = frozenset(("分值", "得分", "扣分"))
FIELDS: Mapping[Head, str] = {
    "目标": "target", "完成": "result", "完成率": "completion", "分值": "weight", "得分": "score", "扣分": "deducted",
    "原因": "reason", "标准": "standard", "解释": "explanation", "备注": "remarks", "符号": "sign", "单位": "unit",
}  # fmt: skip


@dataclass(slots=True)
class RowDraft:
    """The cells of an indicator's row, and of the rows that go on with it."""

    levels: tuple[Level, ...]
    name: list[Place]
    cells: dict[Head, list[Place]] = field(default_factory=dict)


def built(draft: RowDraft, claims: Claims) -> Iterator[Indicator]:
    """The indicators of a row; none where nothing is written in it."""
    name = Passage(draft.name, claims)
    fields = {head: Passage(places, claims) for head, places in draft.cells.items() if places}
    parts = _parts(name, fields)
    for number in range(len(parts)):
        one = _indicator(draft.levels, name, fields, parts, number)
        if not _is_empty(one):
            yield one


def _indicator(
    path: Sequence[Level], name: Passage, fields: Mapping[Head, Passage], parts: Sequence[Item], number: int
) -> Indicator:
    part, levels = parts[number], list(path)
    if part.label is not None:
        rank = max((level.rank for level in levels), default=0) + 1
        entry = name.entry(*part.label)
        levels.append(Level(rank, entry, *named(entry.text)))
    end, weight = part.end, None
    if scaled := name.scaled(part.start, part.end):
        weight = scaled[0]
        if not name.text[scaled[2] : end].strip("；;，,、 \u3000\n"):
            end = scaled[1]
    dimension, kind = _meaning(levels)
    entries: dict[str, Entry | None] = {}
    points: dict[str, Points | None] = {}
    for head, passage in fields.items():
        if head == "目标与完成":
            left, right = _both(passage)
            entries["target"], entries["result"] = passage.entry(*left), passage.entry(*right)
        elif head in _POINTS:
            points[FIELDS[head]] = _shared_points(passage, number, len(parts))
        elif head in FIELDS:
            entries[FIELDS[head]] = _part(passage, part, number, parts, head in _PROSE)
    return Indicator(
        tuple(levels), name.entry(part.start, end), dimension, kind, entries.get("target"), entries.get("result"),
        points.get("weight") or weight, points.get("score"), points.get("deducted"),
        entries.get("reason"), entries.get("standard"), entries.get("explanation"), entries.get("remarks"),
        entries.get("completion"), entries.get("sign"), entries.get("unit"),
    )  # fmt: skip


def _meaning(levels: Sequence[Level]) -> tuple[Dimension | None, IndicatorKind | None]:
    kind = next((level.kind for level in reversed(levels) if level.kind), None)
    dimension = next((level.dimension for level in levels if level.dimension), None)
    if dimension is None and kind is not None:
        dimension = dimension_of(kind)
    return dimension, kind


def _parts(name: Passage, fields: Mapping[Head, Passage]) -> list[Item]:
    """The indicators of a row, by the numbers in its name, else by those that its target and its result share."""
    parts = items(name.text)
    sides = [items(fields[head].text) for head in ("目标", "完成") if head in fields]
    keys = [[one.key for one in side] for side in sides]
    if len(parts) == 1:
        if len(keys) == 2 and len(keys[0]) > 1 and keys[0] == keys[1]:
            first = parts[0]
            return [Item(key, first.start, first.end, first.style, first.label) for key in keys[0]]
        return parts
    known = {one.key for one in parts}
    for side in sides:
        if len(side) > 1 and side[0].style == parts[0].style:
            parts += [Item(one.key, 0, 0, one.style) for one in side if one.key not in known]
            known |= {one.key for one in side}
    return parts


def _part(passage: Passage, part: Item, number: int, parts: Sequence[Item], prose: bool) -> Entry:
    """What a cell says of one of the row's indicators: its numbered part, its piece, else all of it."""
    found = items(passage.text)
    if len(parts) == 1:
        return passage.entry(found[0].start) if len(found) == 1 and not prose else passage.entry()
    if len(found) > 1 and (not prose or (found[0].style == parts[0].style and len(found) == len(parts))):
        one = next((one for one in found if one.key == part.key), None)
        return passage.entry(one.start, one.end) if one else passage.entry(0, 0)
    spans = [] if prose else pieces(passage.text, len(parts))
    return passage.entry(*spans[number]) if spans else passage.entry()


def _shared_points(passage: Passage, number: int, count: int) -> Points | None:
    if count > 1:
        found = [one for one in items(passage.text) if one.key is not None]
        spans = [(one.start, one.end) for one in found] if len(found) == count else pieces(passage.text, count)
        if spans:
            return passage.points(*spans[number])
    return passage.points()


def _both(passage: Passage) -> tuple[tuple[int, int], tuple[int, int]]:
    """Target and result in one cell: 目标：…完成：…, or 100%/98%."""
    text = passage.text
    for word in ("实际完成", "完成情况", "完成值", "实际", "完成"):
        at = text.find(word + "：")
        if at > 0:
            start = text.find("：") + 1 if 0 <= text.find("：") < at else 0
            return (start, len(text[:at].rstrip("，,；;、 \n"))), (at + len(word) + 1, len(text))
    at = max(text.find("/"), text.find("／"))
    return ((0, at), (at + 1, len(text))) if at > 0 else ((0, len(text)), (len(text), len(text)))


def _is_empty(one: Indicator) -> bool:
    said = (one.target, one.result, one.standard, one.reason)
    return one.name.blank and not one.weight and not one.score and all(entry is None or entry.blank for entry in said)
