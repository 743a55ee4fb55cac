"""Standards that take points for each fault found: 每发现一处扣1分，扣完为止."""

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline.quantity import Interval
from pipeline.standard.awards import Fixed, Steps
from pipeline.standard.scale import Piece, Standard
from pipeline.standard.wording import Irregular, Token, in_percent

_ZERO = Decimal(0)
# What stands about the faults describes them; their number decides alone.
_SAYS_NOTHING = frozenset({"idle", "note", "rest", "state", "none", "intime"})
_MORE = re.compile(r"酌情|每|分别|或")


def standard(tokens: Sequence[Token], text: str, full: Decimal | None) -> Standard:
    steps = [token for token in tokens if token.name == "step"]
    if len(steps) != 1 or "fault" not in steps[0].said:
        raise Irregular("faults of several kinds")
    step = steps[0]
    size, take = step.number("step") or Decimal(1), step.number("take")
    most: Decimal | None = None
    for token in tokens:
        if token.name == "most":
            most = token.number("most", "most2")
        elif token.name in ("fix", "ceiling"):
            stated = token.number("fix", "ceiling", "ceiling2", "ceiling3")
            if full not in (None, stated):
                raise Irregular("points for something else")
            full = stated
        elif token.name not in ("fullmark", "step", *_SAYS_NOTHING) or (
            token.name == "rest" and _MORE.search(token.text)
        ):
            raise Irregular(token.text)
    if full is None:
        raise Irregular("full marks of unknown worth")
    if sum(token.name in ("fix", "fullmark") for token in tokens) > 1:
        raise Irregular("points for several things")
    if take is None:
        share = step.number("takeshare")
        take = full * (share or _ZERO) / 100
    if not take or not size:
        raise Irregular(step.text)
    least = _ZERO if most is None else max(_ZERO, full - most)
    unit = in_percent(step.said["stepunit"])
    if unit == "%":
        raise Irregular(step.text)
    pieces = (
        Piece(Interval.exactly(_ZERO), Fixed(full, "没有发现问题")),
        Piece(Interval(_ZERO, None, False, False), Steps(full, _ZERO, size, take, least, step.text, counted=True)),
    )
    return Standard(text, full, unit, "", "faults", pieces)
