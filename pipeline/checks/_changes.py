"""Changes in running text: from what to what, by how much, and the rate that is said of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.checks._change_words import (
    BARE,
    BECOMES,
    BEFORE,
    COMPARED,
    DOWN,
    FROM,
    LAST,
    OTHER_BASE,
    THERE,
    THIS,
    UP,
    WORD,
    YEAR,
    follows,
)
from pipeline.checks._named_amounts import alike, lead
from pipeline.checks._passages import Passage, passages
from pipeline.checks._savings import is_saving
from pipeline.checks._stated import DIFFERENCE, FALL_BY, GROWTH, GROWTH_BY, Rule, Sense, flipped
from pipeline.identity import Same
from pipeline.records import Claim, Evidence, Quantity, Report

Direction = Literal["up", "down"]

_STEPS = frozenset({"money", "count", "measure", "duration"})


@dataclass(frozen=True, slots=True)
class Change:
    """A rate of change with its sign, and what it may be the rate of; ``base`` is a zero that it is said on."""

    claim: Claim
    stated: Quantity
    signless: bool
    senses: tuple[Sense, ...]
    base: tuple[Claim, ...] = ()
    points: bool = False


@dataclass(frozen=True, slots=True)
class Amounts:
    """``now`` against ``before`` and the difference that is said to lie between them, or None for the direction alone."""

    now: Claim
    before: Claim
    by: Claim | None
    direction: Direction


def changes(evidence: Evidence) -> tuple[tuple[Change, ...], tuple[Amounts, ...]]:
    """The rates and the amounts of change in running text."""
    return _changes(_Key(evidence))


class _Key(Same):
    __slots__ = ("evidence",)

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(evidence.reading.report)
        self.evidence = evidence


@lru_cache(maxsize=1)
def _changes(key: _Key) -> tuple[tuple[Change, ...], tuple[Amounts, ...]]:
    rates: list[Change] = []
    amounts: list[Amounts] = []
    for passage in passages(key.evidence):
        if len(passage.amounts) > 1:
            sentence = _Sentence(passage, key.evidence.reading.report)
            rates += sentence.rates()
            amounts += sentence.differences()
    return tuple(rates), tuple(amounts)


class _Sentence:
    def __init__(self, passage: Passage, report: Report) -> None:
        self.amounts = passage.amounts
        self.report = report
        self.leads = [lead(one, report) for one in self.amounts]
        self.steps = [
            one.claim.role == "change"
            or (one.claim.quantity.kind in _STEPS and WORD.search(words) is not None and not BECOMES.search(words))
            for one, words in zip(self.amounts, self.leads, strict=True)
        ]

    # Rates

    def rates(self) -> Iterator[Change]:
        for at, amount in enumerate(self.amounts):
            quantity = amount.claim.quantity
            if not at or quantity.kind not in ("percent", "pp") or quantity.value is None:
                continue
            direction, is_change = self._direction(at)
            if not is_change or self._in_a_row(at):
                continue
            senses = tuple(self._senses(at))
            base = tuple(self._zero(at))
            if senses or base:
                stated = flipped(quantity) if direction == "down" and quantity.value > 0 else quantity
                yield Change(amount.claim, stated, direction is None, senses, base, quantity.kind == "pp")

    def _direction(self, at: int) -> tuple[Direction | None, bool]:
        """Which way the change at a place goes, and whether there is one."""
        claim, words = self.amounts[at].claim, self.leads[at]
        found = WORD.search(words)
        if found is not None:
            return ("up" if found["up"] else "down" if found["down"] else None), True
        if claim.role == "change":
            return claim.direction, True
        if at and BARE.match(words) and self.steps[at - 1] and self.amounts[at - 1].claim.quantity.kind in _STEPS:
            return self._direction(at - 1)
        return None, False

    def _in_a_row(self, at: int) -> bool:
        """Whether the rate is one of several that are said of several things (分别增长5%和6%)."""
        if re.search(r"分别|各", self.leads[at]):
            return True
        if at + 1 < len(self.amounts) and re.fullmatch(r"\s*[、和与及]\s*", self.leads[at + 1]):
            return True
        return re.fullmatch(r"\s*[、和与及]\s*", self.leads[at]) is not None and self.amounts[
            at - 1
        ].claim.quantity.kind in ("percent", "pp")

    def _senses(self, at: int) -> Iterator[Sense]:
        if self.amounts[at].claim.quantity.kind == "pp":
            yield from self._points(at)
            return
        sure = not self._other_base(at)
        for now, before, certain in self._compared(at):
            yield Sense((now, before), GROWTH, certain and sure)
        yield from self._by(at, sure)
        yield from self._others(at)

    def _points(self, at: int) -> Iterator[Sense]:
        for now, before, certain in self._compared(at):
            if now.quantity.kind == "percent":
                yield Sense((now, before), DIFFERENCE, certain and not self._other_base(at))

    def _other_base(self, at: int) -> bool:
        return OTHER_BASE.search(self.leads[at]) is not None

    def _compared(self, at: int) -> Iterator[tuple[Claim, Claim, bool]]:
        """The two amounts right before a place that it compares: (now, before, whether the words say so)."""
        last = at - 1
        # 比上年的20万元减少2万元，下降10%: the amount of change stands between.
        if last and self.steps[last] and self.amounts[last].claim.quantity.kind != "percent":
            last -= 1
        first = last - 1
        # 支出96万元，比预算少支出22万元，比上年的104万元下降…: what is compared stands before the other comparison.
        if last > 0 and COMPARED.search(self.leads[last]):
            while first > 0 and (self.steps[first] or COMPARED.search(self.leads[first])):
                first -= 1
        if last < 1 or not alike(self.amounts[last].claim, self.amounts[first].claim):
            return
        one, other = self.amounts[first].claim, self.amounts[last].claim
        if self.steps[last] or self.steps[first] or one.quantity.value is None or other.quantity.value is None:
            return
        words, others = self.leads[last], self.leads[first]
        done = BEFORE.search(others)
        if (one.role == "from" and other.role == "to") or (
            FROM.search(others) and THERE.search(words) and len(words) <= 24
        ):
            yield other, one, True
        elif COMPARED.search(words) or (LAST.search(words) and not LAST.search(others) and len(words) <= 20):
            yield one, other, not COMPARED.search(self.leads[at]) or BARE.match(self.leads[at]) is not None
        elif LAST.search(others) and not LAST.search(words) and (THIS.search(words) or len(words) <= 14):
            yield other, one, THIS.search(words) is not None
        elif done is not None and f"{done[1]}后" in words:
            yield other, one, True
        else:
            years, later = YEAR.findall(others), YEAR.findall(words)
            if years and later and int(later[-1]) == int(years[-1]) + 1:
                yield other, one, len(words) <= 24
            elif years and later and int(years[-1]) == int(later[-1]) + 1:
                yield one, other, len(words) <= 24

    def _by(self, at: int, sure: bool) -> Iterator[Sense]:
        """支出18万元，比上年减少2万元，下降10%: what was before is the amount with the change taken back."""
        step = self.amounts[at - 1].claim
        if not self.steps[at - 1] or step.quantity.kind not in _STEPS or at < 2 or not step.quantity.value:
            return
        direction, _ = self._direction(at - 1)
        now = next((one for one in reversed(self.amounts[: at - 1]) if alike(one.claim, step)), None)
        if now is None:
            return
        near = self.amounts[at - 2] is now
        compared = COMPARED.search(self.leads[at - 2]) is not None
        rule = {"up": GROWTH_BY, "down": FALL_BY}.get(direction or "")
        if compared:
            yield Sense((step, now.claim), _signed(direction), sure)
        elif rule is not None and now.claim.role != "change":
            certain = (
                near
                and sure
                and not LAST.search(self.leads[at - 2])
                and follows(self.leads[at - 1])
                and follows(self.leads[at])
            )
            yield Sense((now.claim, step), rule, certain)
        for one in self.amounts[: at - 1]:
            if alike(one.claim, step) and one.claim.role != "change" and one is not now and rule is not None:
                yield Sense((one.claim, step), rule)
                yield Sense((step, one.claim), _signed(direction))

    def _others(self, at: int) -> Iterator[Sense]:
        """Any two amounts of one unit before a rate, which may be meant where the words are read wrongly."""
        before = [
            one.claim for one in self.amounts[max(0, at - 8) : at] if one.claim.quantity.kind not in ("percent", "pp")
        ]
        for one in before:
            for other in before:
                if (
                    one is not other
                    and alike(one, other)
                    and other.quantity.value
                    and one.role != "change" != other.role
                ):
                    yield Sense((one, other), GROWTH)

    def _zero(self, at: int) -> Iterator[Claim]:
        """The amounts that show that a rate is said on a base of zero."""
        if not self.amounts[at].claim.quantity.value or self.amounts[at].claim.quantity.kind != "percent":
            return
        for now, before, certain in self._compared(at):
            if certain and before.quantity.value == 0 and now.quantity.value:
                yield from (now, before)
                return
        step = self.amounts[at - 1].claim
        if at > 1 and self.steps[at - 1] and step.quantity.kind in _STEPS and step.quantity.value:
            now = self.amounts[at - 2].claim
            if (
                alike(now, step)
                and not self.steps[at - 2]
                and self._direction(at - 1)[0] == "up"
                and now.quantity.value == step.quantity.value
                and not COMPARED.search(self.leads[at - 2])
                and not LAST.search(self.leads[at - 2])
                and follows(self.leads[at - 1])
            ):
                yield from (now, step)

    # Amounts

    def differences(self) -> Iterator[Amounts]:
        for at in range(2, len(self.amounts)):
            step = self.amounts[at].claim
            if is_saving(self.amounts, self.leads, at) and not self.steps[at - 1] and not self.steps[at - 2]:
                yield Amounts(self.amounts[at - 1].claim, self.amounts[at - 2].claim, step, "down")
            direction, is_change = self._direction(at)
            if not is_change or direction is None or step.quantity.kind not in _STEPS or not self.steps[at]:
                continue
            for now, before, certain in self._compared(at):
                if certain and alike(now, step) and not self._other_base(at):
                    yield Amounts(now, before, step, direction)
        for at in range(1, len(self.amounts)):
            one, other = self.amounts[at - 1].claim, self.amounts[at].claim
            if one.role == "from" and other.role == "to" and alike(one, other) and one.quantity.kind != "rank":
                found = re.search(rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了)?[至到为成]", self.leads[at])
                if found is not None:
                    yield Amounts(other, one, None, "up" if found["up"] else "down")


def _signed(direction: Direction | None) -> Rule:
    """The amount of change as per cent of what it is a change of."""
    return _UPWARD if direction != "down" else _DOWNWARD


_UPWARD = Rule(lambda given: given[0].percent(given[1]), lambda words: f"{words[0]}÷{words[1]}")
_DOWNWARD = Rule(
    lambda given: None if (share := given[0].percent(given[1])) is None else share.negated(),
    lambda words: f"－{words[0]}÷{words[1]}",
)
