"""Amounts that are more than what they are part of: within a sentence or a table, by class, and by the usual names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.checks._accounts import parts_of
from pipeline.checks._labels import Labelled, labelled
from pipeline.checks._passages import passages
from pipeline.quantity import Interval
from pipeline.records import Claim, Evidence

# What each of the usual amounts is part of (lexicon/labels.toml).
_WITHIN = {
    "基本支出": ("支出总额",),
    "项目支出": ("支出总额",),
    "人员经费": ("基本支出", "支出总额"),
    "公用经费": ("基本支出", "支出总额"),
    "公务接待费": ("“三公”经费",),
    "公务用车购置费": ("“三公”经费",),
    "公务用车运行维护费": ("“三公”经费",),
    "因公出国（境）费": ("“三公”经费",),
    "“三公”经费": ("支出总额",),
    "财政拨款收入": ("收入总额",),
}
_CLASS = re.compile(r"([\u4e00-\u9fff]{2,16})[（(]类[）)]")
_ITEM = re.compile(r"[（(][款项][）)]")


@dataclass(frozen=True, slots=True)
class Excess:
    part: Claim
    whole: Claim
    name: str
    of: str


def excesses(evidence: Evidence) -> Iterator[Excess]:
    """The parts of a report that exceed their wholes, each pair once."""
    seen: set[tuple[str, str]] = set()
    for one in (*_stated(evidence), *_classes(evidence), *_named(evidence)):
        if (one.part.id, one.whole.id) not in seen:
            seen.add((one.part.id, one.whole.id))
            yield one


def exceeds(part: Claim, whole: Claim) -> bool:
    """Whether a part is more than its whole however both were rounded."""
    return Interval.of(whole.quantity).below(Interval.of(part.quantity))


def _stated(evidence: Evidence) -> Iterator[Excess]:
    """Parts said to be such: 其中 in a sentence, 其中 and totals in a table."""
    for whole, part, name in parts_of(evidence):
        if exceeds(part, whole):
            yield Excess(part, whole, name, whole.metric)


def _classes(evidence: Evidence) -> Iterator[Excess]:
    """Items of a functional class (城乡社区支出（类）…（项）) against what is stated for the class."""
    classes: dict[str, list[Claim]] = defaultdict(list)
    items: list[tuple[str, Claim, str]] = []
    for passage in passages(evidence):
        for amount in passage.amounts:
            if (
                "类" not in amount.before
                or amount.claim.quantity.kind != "money"
                or amount.claim.role in ("change", "from", "share")
            ):
                continue
            classed = list(_CLASS.finditer(amount.before))
            if not classed:
                continue
            name = _class_name(classed[-1][1])
            rest = amount.before[classed[-1].end() :]
            if _ITEM.search(rest):
                items.append((name, amount.claim, rest))
            else:
                classes[name].append(amount.claim)
    for name, item, rest in items:
        for whole in classes.get(name, ()):
            if exceeds(item, whole) and (item.period or whole.period) == (whole.period or item.period):
                yield Excess(item, whole, _ITEM.sub("", rest).strip("，,：:"), f"{name}（类）")
                break


def _class_name(name: str) -> str:
    return name.removesuffix("支出")


def _named(evidence: Evidence) -> Iterator[Excess]:
    """The usual amounts against those that they are part of; only where a name has one value in the whole report."""
    kinds: dict[tuple[str, str, str, str], list[Labelled]] = defaultdict(list)
    for one in labelled(evidence):
        if one.claim.quantity.kind == "money":
            kinds[one.label, one.scope, one.stage, one.year].append(one)
    for (label, scope, stage, year), parts in kinds.items():
        for over in _WITHIN.get(label, ()):
            wholes = kinds.get((over, scope, stage, year), [])
            if wholes and _one(wholes) and _one(parts) and exceeds(parts[0].claim, wholes[0].claim):
                yield Excess(parts[0].claim, wholes[0].claim, label, over)


def _one(members: Sequence[Labelled]) -> bool:
    first = Interval.of(members[0].claim.quantity)
    return all(first.meets(Interval.of(one.claim.quantity)) for one in members)
