"""The amount of a sentence that its words make the whole of a share: 收入100万元中, 受理申请46件, 占在职人数的."""

import re
from collections.abc import Sequence

from pipeline.checks._named_amounts import alike, bare, lead
from pipeline.checks._passages import Amount
from pipeline.records import Claim, Report

# 中 of 其中, 中心, 中学 and the like does not say that something is among others.
_NO_WORD = r"(?![心学型小标药国央间介期旬专华级层医文低共西部等环院])"
_BEHIND = re.compile(rf"^\s*[^，,。；;：:\d（）()]{{0,12}}?(?<![其当集年途])中{_NO_WORD}")
_NAMED = re.compile(rf"^[\s，,；;]*(?P<whole>[^，,。；;：:\d其]{{2,12}}?)(?<![其当集年途])中{_NO_WORD}")
_PART = re.compile(r"其中")
_GIVEN_OUT = re.compile(r"受理|收到|接到|抽查|抽[取检]|检查|检测|排查|回收|发放|登记|立案|摸排")
_KIND = re.compile(r"(?:人员|人数|总数|户数|数量|总额|总量|金额|数|额|的)+$")
_STAGE = re.compile(r"实际|全年|全部|当年|年度|合计|总计|共计|金额|总额|完成|\s|年|为|共|总|20\d\d")
_PLANNED = re.compile(r"预算|计划|目标|概算")
_CLAUSE = re.compile(r"[，,；;：:。、（(）)]|其中")


def among(amounts: Sequence[Amount], place: int) -> Claim | None:
    """What the amount ``place`` is said to be among: 100所学校中有12所, 收入中财政拨款; or what the one before it is
    said to be among, which it goes on with."""
    part = amounts[place]
    named = _NAMED.match(part.before)
    for at in range(place - 1, -1, -1):
        behind, whole = amounts[at + 1].before, amounts[at].claim
        if _PART.search(behind):
            return None
        if _of(part.claim, whole):
            if named is not None and bare(named["whole"]) == bare(whole.metric):
                return whole
            if _BEHIND.match(behind):
                return whole
            if named is None and at:
                named = _NAMED.match(amounts[at].before)
    return None


def given_out(amounts: Sequence[Amount], place: int, report: Report) -> Claim | None:
    """The cases or samples that a number is a part of: 抽查病案1200份，甲级1156份."""
    part = amounts[place]
    wholes = [one for one in amounts[:place] if _of(part.claim, one.claim)]
    if len(wholes) != 1 or part.claim.quantity.kind == "money" or _PART.search(part.before):
        return None
    words = _clause(wholes[0], report)
    return wholes[0].claim if _GIVEN_OUT.search(words) and not _GIVEN_OUT.search(part.before) else None


def by_kind(amounts: Sequence[Amount], place: int, of: str, report: Report) -> Claim | None:
    """The one amount before a part whose words hold what the share is said to be of: 实有在职573人, 占在职人数的."""
    kind = bare(_KIND.sub("", of))
    if len(kind) < 2:
        return None
    found = [
        one.claim for one in amounts[:place] if _of(amounts[place].claim, one.claim) and kind in _clause(one, report)
    ]
    return found[0] if len(found) == 1 else None


def of_one_kind(amounts: Sequence[Amount], place: int, report: Report) -> Claim | None:
    """The one amount of money before a part that goes under the last words of the part's name: 采购, 面向中小企业采购."""
    name = _clause(amounts[place], report)
    found = []
    for one in amounts[:place]:
        words = _clause(one, report)
        kind = _STAGE.sub("", words)
        if (
            _of(amounts[place].claim, one.claim)
            and len(kind) >= 2
            and name.endswith(kind)
            and not _PLANNED.search(words)
        ):
            found.append(one.claim)
    return found[0] if len(found) == 1 and found[0].quantity.kind == "money" else None


def _of(part: Claim, whole: Claim) -> bool:
    one, other = part.quantity.value, whole.quantity.value
    return alike(part, whole) and whole.role not in ("change", "share") and one is not None and bool(other)


def _clause(amount: Amount, report: Report) -> str:
    return _CLAUSE.split(lead(amount, report))[-1].strip()
