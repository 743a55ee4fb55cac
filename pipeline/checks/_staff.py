"""Head counts: what a number of people counts (编制, 实有, 在职 …), and whether it is a total or a kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.records import Claim, Evidence

Count = Literal["quota", "actual", "retired", "other"]

_RETIRED = re.compile(r"离退休|退休|离休")
_OTHER = re.compile(
    r"临聘|聘用|劳务|派遣|外聘|编外|临时|公益性|遗属|学生|教师|医生|村|志愿|党员|领导|职数|正科|副科|高级|中级|女|以上|学历|代表|委员|服务对象|合同制|辅警|协管|见习|抽调|借调|借用"
)
_OWN = re.compile(r"编制|职工|干部|人员|在职|在编|民警|干警")
# 编制绩效目标: here 编制 is a verb.
_TASK = re.compile(r"编制(?:了|完成)?[^，。人名数]{0,12}(?:目标|预算|计划|规划|方案|报告|清单|项目)")
_LONGEST = 60
_ACTUAL = re.compile(r"实有|在职|在岗|现有(?!\w{0,4}编制)|在编(?!制)|实际")
_QUOTA = re.compile(r"编制|核编|核定")
_KIND = re.compile(
    r"行政|事业|工勤|参公|参照|机关|全额|差额|自收自支|专项|公务员|工人|本级|下属|二级|局属|所属|政法|公安"
)
# Posts, which are another division of the same people than the kinds of their establishment.
_POST = re.compile(r"管理(?:人员|岗)|管理[及和与、]|(?:专业|卫生|工程)?技术(?:人员|岗|工种)")
_TOTAL = re.compile(r"共|合计|总|人员编制|编制人数|编制数|实有人数|实有人员|在职人数|实有在职")


@dataclass(frozen=True, slots=True)
class Staff:
    """A number of people: ``kind`` is 行政, 事业 …, ``post`` 管理, 专业技术 …; both are empty for a number over all of them."""

    claim: Claim
    count: Count
    kind: str
    label: str
    post: str = ""


def staff(evidence: Evidence) -> Iterator[tuple[Staff, ...]]:
    """The head counts of a report, those of one sentence or one row of a table together."""
    members: list[Staff] = []
    place: tuple[int, int] | None = None
    mode: Count = "other"
    aside = False
    end = 0
    for claim in evidence.reading.claims:
        if claim.quantity.kind != "count" or claim.quantity.unit not in ("人", "名") or claim.quantity.value is None:
            continue
        label, here = _label(evidence, claim, end if place and place[0] == claim.span.block else 0)
        if here != place:
            if members:
                yield tuple(members)
            members, mode, place, aside = [], "other", here, False
        # 核定辅警员额60名，实有58名: the second number is of the same others.
        aside = _OTHER.search(label) is not None or (aside and not _OWN.search(label))
        count = None if aside else _count(label, mode)
        if count is not None and claim.quantity.qualifier == "none":
            mode = count if count in ("quota", "actual") else mode
            kind, post = _KIND.search(label), _POST.search(label)
            members.append(Staff(claim, count, kind.group() if kind else "", label, post.group() if post else ""))
        end = claim.span.end
    if members:
        yield tuple(members)


def _label(evidence: Evidence, claim: Claim, end: int) -> tuple[str, tuple[int, int]]:
    """The words before a number back to the one before it, and the sentence or row that it stands in."""
    block = evidence.reading.report.blocks[claim.span.block]
    if claim.source == "table" and block.cell is not None:
        return claim.metric, (-1 - block.cell.table, block.cell.row)
    start = max(block.text.rfind(mark, 0, claim.span.start) for mark in "。；;\n") + 1
    return block.text[max(start, end) : claim.span.start], (block.index, start)


def _count(label: str, mode: Count) -> Count | None:
    """What is counted; words without a word of their own go on with what was counted before (行政编制7名，事业15名)."""
    if len(label) > _LONGEST or _TASK.search(label):
        return None
    if _RETIRED.search(label):
        return "retired"
    if _ACTUAL.search(label):
        return "actual"
    if _QUOTA.search(label):
        return "quota" if mode != "actual" or "核定" in label else mode
    bare = label.strip("，,、：:（(其中 共计合")
    return (
        mode if mode != "other" and (not bare or _KIND.search(bare) or _POST.search(bare)) and len(bare) <= 8 else None
    )


def is_total(one: Staff) -> bool:
    return not (one.kind or one.post) or _TOTAL.search(one.label) is not None
