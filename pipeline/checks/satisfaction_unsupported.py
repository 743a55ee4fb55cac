"""满意度的数值应当有调查方式、样本或者时间作依据。

为什么
    满意度是最容易随手填写的指标。没有问卷、回访、评价系统等来源，也没有样本数和时间，数值无从核对。

做法
    找出作为完成结果填写的满意度、满意率百分数（目标值除外），再看全文提到满意、评价的地方有没有调查方式（问卷、测评、回访、
    评价器、抽样等）、样本数或者调查时间。都没有的，提示一次，列出各处数值。

局限
    热线、工单、政务评价系统自动产生的满意率视为有来源；调查材料作为附件另报、正文没有提到的，需要复核人核对。
"""

import re
from collections.abc import Iterator

from pipeline.records import Claim, Evidence, Issue, Report

_SATISFACTION = re.compile(r"满意(?:度|率|程度|比例|以上)?")
_SOURCE = re.compile(
    r"问卷|测评|评议|回访|抽[样查取]|随机|样本|评价器|好差评|暗访|电话|访问|受访|有效票|评价系统|扫码评价|一事一评|第三方|统计局|民调"
    r"|满意度评价表|意见表|反馈表|热线|工单|12345|信箱|提案|代表建议|人大代表"
)
# Words that tell a survey only where the satisfaction itself is spoken of.
_SURVEY = re.compile(
    r"调[查研]|走访|访谈|座谈|\d+\s*(?:份|票)|参评|随访|满意的?\s*\d+\s*人|\d+\s*人[^，。；]{0,6}(?:表示)?满意|\d{1,2}月"
)
_TARGET = re.compile(r"目标|指标值|年度指标|计划|预期|力争|预计|确保|[≥≧>＞]|不低于")
_NEAR = 60


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    stated = [claim for claim in evidence.reading.claims if _is_result(claim, report)]
    if not stated or any(_SOURCE.search(text) for text in _around(report)):
        return
    if any(_SURVEY.search(sentence) for sentence in _sentences(report)):
        return
    first = stated[0]
    quote = report.quote(first.span).strip()
    more = f"等{len(stated)}处" if len(stated) > 1 else ""
    yield Issue(
        f"满意度填写为“{quote}”{more}，全文没有写明怎样调查、调查了多少人、什么时候调查的",
        tuple(claim.span for claim in stated[:5]),
        expected="写明调查方式、样本数和时间",
        actual=quote,
    )


def _is_result(claim: Claim, report: Report) -> bool:
    if claim.quantity.kind != "percent" or claim.role in ("target", "change", "weight"):
        return False
    if claim.source == "prose" and claim.section == "targets":
        return False
    text = report.blocks[claim.span.block].text
    words = text[max(0, claim.span.start - _NEAR) : claim.span.start]
    words = re.split(r"[。；;\n]", words)[-1] + report.quote(claim.span)
    if claim.source == "table":
        words = claim.metric
    return _SATISFACTION.search(words) is not None and not (_TARGET.search(words) or "≥" in report.quote(claim.span))


def _around(report: Report) -> Iterator[str]:
    """What stands about each mention of satisfaction: its paragraph and those beside it."""
    blocks = report.blocks
    for at, block in enumerate(blocks):
        if _SATISFACTION.search(block.text):
            if block.cell is not None:
                yield block.text
            else:
                yield "\n".join(one.text for one in blocks[max(0, at - 1) : at + 2])


def _sentences(report: Report) -> Iterator[str]:
    """The sentences that speak of satisfaction."""
    for block in report.blocks:
        if _SATISFACTION.search(block.text):
            yield from (part for part in re.split(r"[。；;\n]", block.text) if _SATISFACTION.search(part))
