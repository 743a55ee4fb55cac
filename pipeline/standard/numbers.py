"""A draft of a standard over numbers, made into pieces that do not overlap."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.standard.awards import Award, Fixed, Share, Steps, shown
from pipeline.standard.ranges import Range, overlap, settled
from pipeline.standard.reader import Draft, InProportion, Stepwise
from pipeline.standard.scale import Piece, Standard
from pipeline.standard.wording import NAMED, Irregular, is_target, number

_HUNDRED = Decimal(100)
_ZERO = Decimal(0)
Placed = list[tuple[Range, Award]]


def standard(draft: Draft, text: str) -> Standard:
    """The standard that ``draft`` describes; Irregular where its parts contradict each other."""
    full = _full(draft)
    if len(draft.units) > 1:
        raise Irregular(f"units {draft.units}")
    placed: Placed = list(draft.fixed)
    subject = max(draft.subjects, key=len, default="")
    unit = next(iter(draft.units), "")
    border = draft.base if draft.base is not None else draft.target
    steps = [(where, one) for where, one in draft.moving if isinstance(one, Stepwise)]
    shares = [(where, one) for where, one in draft.moving if isinstance(one, InProportion)]
    if len(shares) > 1 or (draft.at_target and draft.fixed and any(award.points == full for _, award in draft.fixed)):
        raise Irregular("points for the same twice")
    by_completion = shares and not steps and not draft.fixed and not unit
    if shares and (by_completion or (not _best(draft, full) and border is None)):
        # What is compared with the target is its rate of completion.
        border, unit = _HUNDRED, unit or "%"
        subject = subject or "完成率"
    if (
        draft.at_target or (steps and not _best(draft, full) and not all(_own_border(*one) for one in steps))
    ) and border is None:
        return Standard(text, full, unit, subject, needs_target=True)
    if unit and unit != "%" and shares and border is None and not _best(draft, full):
        raise Irregular("in proportion to nothing")
    anchors = list(draft.fixed)
    sides = {one.side for _, one in steps if one.side} | ({"up"} if draft.at_most else set())
    if border is not None and not _best(draft, full) and (steps or shares or draft.at_target):
        whole = Fixed(full, _anchor_words(border, unit, sides))
        anchor = _good_side(border, sides)
        placed.append((anchor, whole))
        anchors.append((anchor, whole))
    for where, one in steps:
        placed += _stepped(where, one, anchors, draft, full)
    for where, share in shares:
        placed.append(_shared(where, share, anchors, full))
    return Standard(text, full, unit, subject, "", _pieces(placed), (), draft.otherwise, draft.rounding)


def _full(draft: Draft) -> Decimal:
    best = max((award.points for _, award in draft.fixed), default=None)
    full = draft.full if draft.full is not None else best
    if full is None or full <= 0 or (best is not None and best > full):
        raise Irregular("full marks of unknown worth")
    if best is not None and best < full and not draft.moving and not draft.at_target:
        raise Irregular("the best result does not get full marks")
    return full


def _best(draft: Draft, full: Decimal) -> bool:
    """Whether a range has full marks."""
    return any(award.points == full for _, award in draft.fixed)


def _own_border(where: Range | None, one: Stepwise) -> bool:
    return where is not None or (bool(one.origin) and not is_target(one.origin))


def _anchor_words(border: Decimal, unit: str, sides: set[str]) -> str:
    return f"不超过{shown(border)}{unit}" if sides == {"up"} else f"达到{shown(border)}{unit}"


def _good_side(border: Decimal, sides: set[str]) -> Range:
    if sides == {"up"}:
        return Range(None, border)
    return Range(border, None) if "up" not in sides and "off" not in sides else Range(border, border)


def _stepped(
    where: Range | None, one: Stepwise, anchors: Sequence[tuple[Range, Fixed]], draft: Draft, full: Decimal
) -> Placed:
    take = one.take if one.take is not None else full * (one.share or _ZERO) / _HUNDRED
    least = _ZERO if draft.most is None else max(_ZERO, full - draft.most)
    if not take or not one.step:
        raise Irregular(one.words)
    found: Placed = []
    for side in ("down", "up") if one.side == "off" else (one.side or _side(where),):
        border = _border(where, one, anchors, side, full)
        start = next((award.points for place, award in anchors if _touches(place, border)), None)
        if start is None:
            if where is None and not one.origin:
                raise Irregular(one.words)
            start = full
        place = where if where is not None else _reach(border, side, anchors)
        found.append((place, Steps(start, border, one.step, take, min(least, start), one.words)))
        if one.origin and not any(_touches(held, border) for held, _ in anchors):
            found.append((_good_side(border, {side}), Fixed(full, f"达到{shown(border)}%")))
    return found


def _side(where: Range | None) -> str:
    if where is not None and (where.low is None) != (where.high is None):
        return "down" if where.low is None else "up"
    raise Irregular("points taken on an unknown side")


def _border(
    where: Range | None, one: Stepwise, anchors: Sequence[tuple[Range, Fixed]], side: str, full: Decimal
) -> Decimal:
    """From where the steps are counted."""
    border: Decimal | None = None
    if one.origin and not is_target(one.origin):
        border = number(one.origin.removesuffix("%"))
    elif where is not None:
        border = where.high if side == "down" else where.low
    else:
        best = [place for place, award in anchors if award.points == full]
        ends = [place.low if side == "down" else place.high for place in best]
        known = [end for end in ends if end is not None]
        if known:
            border = min(known) if side == "down" else max(known)
    if border is None:
        raise Irregular(one.words)
    return border


def _touches(place: Range, border: Decimal) -> bool:
    return border in (place.low, place.high)


def _reach(border: Decimal, side: str, anchors: Sequence[tuple[Range, Fixed]]) -> Range:
    """From ``border`` to the next range that has its own points."""
    if side == "down":
        below = [place.high for place, _ in anchors if place.high is not None and place.high < border]
        if any(place.low is None and place.high is None for place, _ in anchors):
            raise Irregular("points for every result")
        return Range(max(below, default=None), border, NAMED, NAMED)
    above = [place.low for place, _ in anchors if place.low is not None and place.low > border]
    return Range(border, min(above, default=None), NAMED, NAMED)


def _shared(
    where: Range | None, one: InProportion, anchors: Sequence[tuple[Range, Fixed]], full: Decimal
) -> tuple[Range, Award]:
    tops = [place.low for place, award in anchors if award.points == full and place.low is not None]
    top = min(tops, default=None)
    if top is None or top <= 0:
        if one.whole and not anchors:
            return Range(None, None), Share(full, (_HUNDRED,), one.words)
        raise Irregular(one.words)
    place = where if where is not None else _reach(top, "down", anchors)
    if place.high is None or place.high > top:
        raise Irregular(one.words)
    if one.whole or top == _HUNDRED:
        return place, Share(full, (_HUNDRED,), one.words)
    foot = None
    if place.low is not None and place.low < top:
        given = next((award.points for held, award in anchors if held.high == place.low), None)
        foot = None if given is None else (place.low, given)
    return place, Share(full, (top, _HUNDRED), one.words, foot)


def _pieces(placed: Placed) -> tuple[Piece, ...]:
    ranges = settled([place for place, _ in placed])
    for at, one in enumerate(ranges):
        if any(overlap(one, other) for other in ranges[at + 1 :]):
            raise Irregular("two ranges for one result")
    return tuple(Piece(one, award) for one, (_, award) in zip(ranges, placed, strict=True))
