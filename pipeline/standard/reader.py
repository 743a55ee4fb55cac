"""From the words of a standard to what it gives for which results."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.standard.awards import Fixed, Rounding
from pipeline.standard.bounds import bounded, sure
from pipeline.standard.ranges import EVERYWHERE, Range
from pipeline.standard.subjects import subject
from pipeline.standard.wording import (
    IN,
    LEFT_OUT,
    NAMED,
    OUT,
    SAID,
    Irregular,
    Token,
    in_percent,
    is_target,
    number,
    split_value,
)

_HUNDRED = Decimal(100)
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stepwise:
    """每低1个百分点扣0.5分: ``side`` is where points are lost (down, up, off: both), "" where the range tells."""

    side: str
    step: Decimal
    take: Decimal | None
    share: Decimal | None
    origin: str
    words: str


@dataclass(frozen=True, slots=True)
class InProportion:
    words: str
    completion: bool = False
    whole: bool = False


@dataclass(slots=True)
class Draft:
    """What has been read so far. ``fixed`` and ``moving`` have their range; None where the standard does not say it."""

    full: Decimal | None
    target: Decimal | None
    loose: bool
    fixed: list[tuple[Range, Fixed]] = field(default_factory=list)
    moving: list[tuple[Range | None, Stepwise | InProportion]] = field(default_factory=list)
    units: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    otherwise: Fixed | None = None
    at_most: bool = False
    base: Decimal | None = None
    most: Decimal | None = None
    rounding: Rounding = "in proportion"
    at_target: bool = False
    ranges: list[Range] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    # The condition read last is 否则, or one of words that the target decides (完成, 未完成).
    other: bool = False
    reached: bool = False

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            getattr(self, f"_{token.name}", self._unread)(token)
        if self.ranges or self.other or self.reached:
            raise Irregular("a condition without points")

    def _unread(self, token: Token) -> None:
        raise Irregular(token.text)

    # ---- what changes nothing, or everything

    def _idle(self, token: Token) -> None:
        pass

    _note = _meaning = _idle

    def _begun(self, token: Token) -> None:
        self.rounding = "begun"

    def _whole(self, token: Token) -> None:
        self.rounding = "whole"

    def _most(self, token: Token) -> None:
        self.most = token.number("most", "most2")

    def _base(self, token: Token) -> None:
        self.base = token.number("base", "base2")
        self.units.add("%")

    def _ceiling(self, token: Token) -> None:
        stated = token.number("ceiling", "ceiling2", "ceiling3")
        if self.full not in (None, stated):
            raise Irregular(token.text)
        self.full = stated

    def _rest(self, token: Token) -> None:
        name = subject(token.text, self.loose)
        if name and self.subjects and not any(name in one or one in name for one in self.subjects):
            raise Irregular(f"{name}, not {self.subjects}")
        if name:
            self.subjects.add(name)

    # ---- conditions

    def _bound(self, token: Token) -> None:
        said = token.said
        if is_target(said["value"]):
            self._reach(token)
            return
        written, unit = split_value(said["value"])
        self._unit(unit)
        value = number(written)
        op, post = said.get("op", ""), said.get("post", "")
        mark = said.get("mark", "") + said.get("mark4", "")
        self._add(bounded(value, op, post, mark), token.text)

    def _reach(self, token: Token) -> None:
        """A condition that names the target without its number."""
        op = token.said.get("op", "")
        if re.fullmatch(r"<|小于|低于|不足|未达到|未达|没有达到|少于|不到", op):
            self.other = True
        elif op in (
            "",
            "≥",
            "达到",
            "达",
            "等于",
            "不低于",
            "不少于",
            "≤",
            "不超过",
            "不高于",
            "=",
            "大于等于",
            "小于等于",
            "不大于",
        ):
            self.reached = True
        else:
            raise Irregular(token.text)
        self.said.append(token.text)

    def _range(self, token: Token) -> None:
        said = token.said
        unit1, unit2 = said.get("unit1", ""), said.get("unit2", "")
        self._unit(unit2 or unit1)
        if unit1:
            self._unit(unit1)
        ends = [
            (number(said["from1"]), said.get("mark1", "")),
            (number(said["to1"]), said.get("mark2", "") or said.get("mark3", "")),
        ]
        (low, low_mark), (high, high_mark) = sorted(ends, key=lambda end: end[0])
        if low == high:
            raise Irregular(token.text)
        self._add(Range(low, high, sure(NAMED, low_mark), sure(NAMED, high_mark)), token.text)

    def _both(self, token: Token) -> None:
        said = token.said
        self._unit(said.get("bothunit", ""))
        low, high = number(said["bothlow"]), number(said["bothhigh"])
        surely = {"≤": SAID, "<": LEFT_OUT}
        self._add(Range(low, high, surely[said["bothlowop"]], surely[said["bothhighop"]]), token.text)

    def _otherwise(self, token: Token) -> None:
        self.other = True
        self.said.append(token.text)

    def _state(self, token: Token) -> None:
        """Among numbers 完成 and 未达标 are about the target."""
        words = token.said["state"]
        if re.search("基本|部分|超额|较|显著|明显", words):
            raise Irregular(token.text)
        if re.match("未|没有|尚未|不", words):
            self.other = True
        else:
            self.reached = True
        self.said.append(token.text)

    def _add(self, one: Range, words: str) -> None:
        if self.other or self.reached:
            # 未达到目标但高于60%: the number says more than the words.
            self.other = self.reached = False
        self.ranges.append(one)
        self.said.append(words)

    def _unit(self, unit: str) -> None:
        if unit:
            self.units.add(in_percent(unit))

    # ---- points

    def _fix(self, token: Token) -> None:
        self._give(token.number("fix"), token)

    def _zero(self, token: Token) -> None:
        self._give(_ZERO, token)

    def _fullmark(self, token: Token) -> None:
        self._give(self._known(), token)

    def _part(self, token: Token) -> None:
        share = token.number("part", "part2")
        self._give(None if share is None else self._known() * share / _HUNDRED, token)

    def _take(self, token: Token) -> None:
        taken = token.number("taken")
        self._give(None if taken is None else self._known() - taken, token)

    def _give(self, points: Decimal | None, token: Token) -> None:
        if points is None or points < 0:
            raise Irregular(token.text)
        award = Fixed(points, as_printed("".join(self.said)))
        where = self._where(token)
        if where is not None:
            self.fixed.append((where, award))
        elif self.other and self.otherwise is None:
            self.otherwise = award
        elif self.reached and points == self._known():
            self.at_target = True
        elif self.base is not None and not self.said and points == self._known():
            pass
        else:
            raise Irregular(token.text)
        self._forget()

    def _step(self, token: Token) -> None:
        said = token.said
        side = next((one for one in ("off", "down", "up") if one in said), "")
        if said.get("thing"):
            raise Irregular(token.text)
        self._unit(said["stepunit"])
        step = token.number("step") or Decimal(1)
        words = as_printed(token.text)
        moved = Stepwise(side, step, token.number("take"), token.number("takeshare"), said.get("from", ""), words)
        self._move(moved, token)

    def _share(self, token: Token) -> None:
        if "扣" in token.text:
            # What is taken in proportion leaves what is given in proportion.
            self._move(InProportion(as_printed(token.text)), token)
        elif token.text[-1] in "得计给赋记分":
            self._move(InProportion(as_printed(token.text)), token)
        else:
            raise Irregular(token.text)

    def _formula(self, token: Token) -> None:
        points = token.number("points", "points2", "points3")
        if points is not None and self.full not in (None, points):
            raise Irregular(token.text)
        self.full = self.full if points is None else points
        self._known()
        factor = token.said.get("factor", "") or token.said.get("factor2", "")
        if factor:
            self._rest(Token("rest", factor, {}))
        self.units.add("%")
        self._move(InProportion(as_printed(token.text), completion=not factor, whole=True), token)

    def _move(self, one: Stepwise | InProportion, token: Token) -> None:
        self.moving.append((self._where(token), one))
        self._forget()

    def _where(self, token: Token) -> Range | None:
        if not self.ranges:
            return None
        where = EVERYWHERE
        for one in self.ranges:
            where = where.both(one)
        if where.empty:
            raise Irregular(token.text)
        return where

    def _forget(self) -> None:
        self.ranges, self.said, self.other, self.reached = [], [], False, False

    def _known(self) -> Decimal:
        if self.full is None:
            raise Irregular("full marks of unknown worth")
        return self.full


def as_printed(words: str) -> str:
    """Levelled words as a reader knows them."""
    return words.replace(IN, "（含）").replace(OUT, "（不含）").replace("/降低", "（降低）").replace(",", "，")
