"""What a range of results is worth: points at a rate, by steps, or in proportion; with the arithmetic in Chinese."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Literal

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
# Wide enough for whatever number a report writes.
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
Rounding = Literal["in proportion", "begun", "whole"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """``points`` whatever the result within the range; ``words`` are those of the standard."""

    points: Decimal
    words: str

    def at(self, result: Decimal, rounding: Rounding) -> tuple[Decimal, Decimal]:
        return self.points, self.points

    def arithmetic(self, result: Decimal, written: str, unit: str, rounding: Rounding) -> str:
        return f"{written}，属于“{self.words}”的情形，得{shown(self.points)}分"


@dataclass(frozen=True, slots=True)
class Steps:
    """``start`` less ``take`` for each ``step`` that the result lies away from ``border``; never less than ``least``."""

    start: Decimal
    border: Decimal
    step: Decimal
    take: Decimal
    least: Decimal
    words: str
    counted: bool = False

    def at(self, result: Decimal, rounding: Rounding) -> tuple[Decimal, Decimal]:
        points = max(self.least, self.start - self._taken(result, rounding))
        return points, points

    def _taken(self, result: Decimal, rounding: Rounding) -> Decimal:
        return self.take * self._steps(result, rounding)

    def _steps(self, result: Decimal, rounding: Rounding) -> Decimal:
        steps = abs(result - self.border) / self.step
        if rounding == "in proportion":
            return steps
        return steps.to_integral_value(ROUND_CEILING if rounding == "begun" else ROUND_FLOOR)

    def arithmetic(self, result: Decimal, written: str, unit: str, rounding: Rounding) -> str:
        away = abs(result - self.border)
        taken = self._taken(result, rounding)
        measure = "个百分点" if unit == "%" else unit
        if self.counted:
            distance = ""
        else:
            side = "低于" if result < self.border else "高于"
            distance = f"，{side}{shown(self.border)}{unit}共{shown(away)}{measure}"
        points = max(self.least, self.start - taken)
        sum_ = f"{shown(self.start)}－{shown(taken)}＝{shown(self.start - taken)}分"
        if not away:
            sum_ = f"不扣分，得{shown(points)}分"
        elif taken > self.start - self.least:
            sum_ = f"应扣{shown(taken)}分，最多扣{shown(self.start - self.least)}分，得{shown(points)}分"
        return f"{written}{distance}，{self.words}，{sum_}"


@dataclass(frozen=True, slots=True)
class Share:
    """``full`` times the result over one of ``bases``; a standard may leave open over which.

    Where it gives in proportion between two results only, ``foot`` is the lower one with its points: the line from there
    to the first base is a third reading.
    """

    full: Decimal
    bases: tuple[Decimal, ...]
    words: str
    foot: tuple[Decimal, Decimal] | None = None

    def at(self, result: Decimal, rounding: Rounding) -> tuple[Decimal, Decimal]:
        points = [self.full * result / base for base in self.bases]
        if self.foot is not None:
            low, given = self.foot
            points.append(given + (self.full - given) * (result - low) / (self.bases[0] - low))
        capped = [min(self.full, max(_ZERO, one)) for one in points]
        return min(capped), max(capped)

    def arithmetic(self, result: Decimal, written: str, unit: str, rounding: Rounding) -> str:
        base = self.bases[0]
        points, _ = Share(self.full, (base,), "").at(result, rounding)
        whole = unit == "%" and base == _HUNDRED
        rate = f"{shown(result)}%" if whole else f"{shown(result)}{unit}÷{shown(base)}{unit}"
        if result > base:
            return f"{written}，{self.words}，超过部分不加分，得{shown(points)}分"
        return f"{written}，{self.words}，{rate}×{shown(self.full)}分＝{shown(points)}分"


Award = Fixed | Steps | Share


def shown(value: Decimal) -> str:
    """With two decimals at most, no idle zeros."""
    rounded = _EXACT.quantize(value, _CENT).normalize(_EXACT)
    return f"{rounded:f}" if rounded else "0"
