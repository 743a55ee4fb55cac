"""A printed scoring standard that was understood: what a result scores by it, and how that is reckoned."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.quantity import Interval
from pipeline.standard.awards import Award, Fixed, Rounding, shown
from pipeline.standard.outcomes import LATE_NAME, ON_TIME_NAME, denied, is_grade, outcome, stem
from pipeline.standard.ranges import holds, parts

# Points reach nothing beyond these results: all that is taken off is off, all that is given is given.
_FAR = Decimal(10) ** 15
_NAMES = {"faults": "发现问题", "delay": "逾期"}
_MEASURES = {"月": "个月"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of results and what it is worth."""

    range: Interval
    award: Award


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard of ``full`` points for a result in ``unit`` (%, 项, 天 …; "" where none is named).

    ``subject`` is what the result is of, where the standard says so (预算执行率). ``counts`` says what a bare count is of:
    "faults" (每发现一处), "delay" (每逾期一天) or "" where the result is the indicator's own value.
    ``outcomes`` are points for words (完成, 优秀) instead of numbers. ``otherwise`` is for all results that no piece has.
    ``needs_target``: it speaks of the target without naming it and scores nothing before ``against``.
    """

    text: str
    full: Decimal
    unit: str = ""
    subject: str = ""
    counts: str = ""
    pieces: tuple[Piece, ...] = ()
    outcomes: tuple[tuple[str, Fixed], ...] = ()
    otherwise: Fixed | None = None
    rounding: Rounding = "in proportion"
    needs_target: bool = False

    def score(self, result: Interval | str) -> Interval | None:
        """The points for ``result``, given in ``unit``, or as the word of an outcome; None where undecided.

        A step begun counts in proportion, unless the standard says otherwise. Where the result lies on both sides of
        a border, or the standard leaves a border or a base open, all points that are possible are in the interval.
        """
        return self._points(result, (self.rounding,))

    def allowed(self, result: Interval | str) -> Interval | None:
        """The points for ``result`` by every way in use of counting steps: in proportion, begun ones, whole ones only."""
        known = self.rounding != "in proportion"
        return self._points(result, (self.rounding,) if known else ("in proportion", "begun", "whole"))

    def explain(self, result: Interval | str) -> str | None:
        """A Chinese line with the arithmetic behind ``score``; None where there is no score."""
        if self.score(result) is None:
            return None
        if isinstance(result, str):
            fixed = self._fixed(result)
            name = self.subject or "结果"
            return (
                None if fixed is None else f"{name}为“{result}”，属于“{fixed.words}”的情形，得{shown(fixed.points)}分"
            )
        name = _NAMES.get(self.counts) or self.subject or "结果"
        if result.low is None or result.high is None:
            return self._both_ends(name, result)
        middle = (result.low + result.high) / 2
        exact = Interval.exactly(middle)
        award, points = self._award(exact), self.score(exact)
        if award is None or points is None or points.low is None or points.high is None:
            return None
        measure = _MEASURES.get(self.unit, self.unit)
        line = award.arithmetic(middle, f"{name}{shown(middle)}{measure}", self.unit, self.rounding)
        if points.low == points.high:
            return line
        return f"{line}（标准未写明处另作理解，可得{shown(points.low)}至{shown(points.high)}分）"

    def _both_ends(self, name: str, result: Interval) -> str | None:
        points = self.score(result)
        if points is None or points.low is None or points.high is None:
            return None
        low, high = shown(points.low), shown(points.high)
        given = f"得{low}分" if low == high else f"得{low}至{high}分"
        if result.low is not None:
            return f"{name}不低于{shown(result.low)}{self.unit}，{given}"
        return None if result.high is None else f"{name}不高于{shown(result.high)}{self.unit}，{given}"

    def _fixed(self, word: str) -> Fixed | None:
        """What the outcome named ``word`` is worth."""
        meant = outcome(word)
        if meant is None:
            return None
        if self.counts == "delay":
            return self._by_time(meant)
        named = dict(self.outcomes)
        if meant == ON_TIME_NAME and meant not in named:
            meant = "完成"
        if meant in named:
            return named[meant]
        # 否则 is for what the outcomes deny, not for what lies between.
        other = is_grade(meant) if any(is_grade(name) for name in named) else denied(meant) and stem(meant) in named
        return self.otherwise if other else None

    def _by_time(self, meant: str) -> Fixed | None:
        results = {ON_TIME_NAME: Interval.exactly(Decimal(0)), LATE_NAME: Interval(Decimal(0), None, False, False)}
        points = self.score(results[meant]) if meant in results else None
        if points is None or points.low is None or points.low != points.high:
            return None
        return Fixed(points.low, meant)

    def _award(self, part: Interval) -> Award | None:
        return next((piece.award for piece in self.pieces if holds(piece.range, part)), self.otherwise)

    def _points(self, result: Interval | str, roundings: tuple[Rounding, ...]) -> Interval | None:
        if isinstance(result, str):
            fixed = self._fixed(result)
            return None if fixed is None else Interval.exactly(fixed.points)
        if not self.pieces:
            return None
        found: list[Decimal] = []
        borders = [end for piece in self.pieces for end in (piece.range.low, piece.range.high) if end is not None]
        for part in parts(result, borders):
            awards: list[Award | None] = [piece.award for piece in self.pieces if holds(piece.range, part)] or [
                self.otherwise
            ]
            for award in awards:
                if award is None:
                    return None
                for end in _ends(part):
                    for rounding in roundings:
                        found += award.at(end, rounding)
        return Interval(min(found), max(found))


def _ends(part: Interval) -> Iterator[Decimal]:
    yield -_FAR if part.low is None else part.low
    yield _FAR if part.high is None else part.high
