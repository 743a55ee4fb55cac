"""The amounts of a report by the names that they go under, for the words that say what a number is a share of."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from pipeline.checks._passages import Amount, Passage
from pipeline.records import Claim, Evidence, Report

_CLAUSE = re.compile(r"[，,；;：:。（(]|其中|年度?")
_OUTER = re.compile(
    r"全部|全年|当年|本年度?|年度|同期|总额|总量|总数|总计|合计|总|的|其|数额|额度|部门|本[局院县市区单位]+|我[局院县市区]|金额|数$|额$|量$|整体"
)
_MARKS = re.compile(r"[\s“”\"]")
_LEAD = re.compile(r"^[^\d０-９]*")


class Names:
    """The amounts of a report by the names that they go under, and the place of each in reading order."""

    def __init__(self, sentences: Sequence[Passage], evidence: Evidence) -> None:
        self._sentences = sentences
        self._evidence = evidence

    @cached_property
    def places(self) -> dict[str, int]:
        return {claim.id: at for at, claim in enumerate(self._evidence.reading.claims)}

    @cached_property
    def claims(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self._evidence.reading.claims:
            if claim.source == "table" and claim.quantity.kind == "money" and len(name := bare(claim.metric)) > 1:
                found[name].append(claim)
        for passage in self._sentences:
            for one in passage.amounts:
                claim = one.claim
                if claim.quantity.kind not in ("money", "count", "measure") or claim.role in (
                    "change",
                    "share",
                    "from",
                    "target",
                ):
                    continue
                names = {bare(claim.metric), bare(_CLAUSE.split(lead(one, self._evidence.reading.report))[-1])}
                for name in names:
                    if len(name) > 1:
                        found[name].append(claim)
        return found


def lead(amount: Amount, report: Report) -> str:
    """The words before a number, those of its own span included."""
    head = _LEAD.match(report.quote(amount.claim.span))
    return amount.before + (head.group() if head else "")


def alike(one: Claim, other: Claim) -> bool:
    return one.quantity.kind == other.quantity.kind and one.quantity.unit == other.quantity.unit


def bare(name: str) -> str:
    return _OUTER.sub("", _MARKS.sub("", name)).removesuffix("决算").removesuffix("执行")


def is_everything(name: str) -> bool:
    """Whether a share is of the whole without a name of its own (占全部的, 占总额的)."""
    return not _OUTER.sub("", name)
