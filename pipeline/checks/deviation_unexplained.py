"""预算执行率偏低、指标完成明显偏离目标的，应当说明原因。

为什么
    执行率低、完成数与目标相差很大，或者是预算、目标编得不准，或者是工作没有做完。不说明原因，复核人无法判断，也无法改进。

做法
    找出所写的预算执行率、成对的预算数与支出数、评分表中完成值与目标值之比，低于提纲规定的执行率或者超出规定的完成幅度的，再看本段、
    下文和谈到执行、结余的段落有没有说明原因；都没有的提示。同一份报告的执行率偏低合并为一条，列出各处。

局限
    只看有没有说明，不判断说得是否充分；结余已在别处说明原因而没有提到该项目名称的，需要复核人核对。
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._reached import compared, less_is_better, noted, ratio
from pipeline.checks._scores import plain, sheets
from pipeline.checks._shortfalls import Shortfall, shortfalls
from pipeline.checks._text import numbered
from pipeline.indicators import Indicator
from pipeline.records import Evidence, Issue, Report

_CAUSE = re.compile(
    r"原因|由于|因为|因(?![此而素])|主要是(?!单位|为|指|用于|用来|包括|在职|反映)|主要系|系因|受[^，。；]{1,14}影响|尚未|跨年|质保金|未结算|未验收|未完工|未竣工"
    r"|未达|未到付款|待[验结支]|按合同|按进度|节约|节支|收回|压减|调减|核减|滞后|推迟|延后|逾期|流标|取消|所致|造成|导致|停工|暂缓|结转下年|[年月]底下达|年末下达"
    r"|[两多]次调整|重新|变更|用去"
)
_SPENDING = re.compile(
    r"执行率|支出进度|支出率|支付率|预算执行|结余|结转|未支付|未使用|资金滞留|沉淀|节余|执行进度|支付进度|支出.{0,4}(?:缓慢|偏慢|不均衡)"
)
_GENERIC = re.compile(r"项目|经费|资金|预算|支出|实际|年初|安排|全年|合计|总计|决算|专项|万元|20\d\d年度?")
_WHOLE = re.compile(r"部门|单位|整体|全年|合计|总|20\d\d年")
_MOST = 5
# So much of a project's name is repeated where it is spoken of again.
_HEAD = 4
_REACHED = 100


def check(evidence: Evidence) -> Iterator[Issue]:
    if evidence.reading.cover.kind == "unknown":
        return
    scoring = evidence.profile.scoring
    report = evidence.reading.report
    low = [one for one in shortfalls(evidence, scoring.execution) if not _explained(one, report)]
    if low:
        yield _execution(low, scoring.execution, report)
    least, most = scoring.completion
    for sheet in sheets(evidence):
        for one in sheet.indicators:
            share = _share(one)
            if share is None or noted(one) or least <= share <= most or one.target is None or one.result is None:
                continue
            name = "".join(one.name.text.split())
            if _told(name, report):
                continue
            word = "低于" if share < least else "高于"
            bound = least if share < least else most
            yield Issue(
                f"“{name}”目标“{_plain(one.target.text)}”、完成“{_plain(one.result.text)}”，完成比例{share:.1f}%，{word}{plain(bound)}%，没有说明原因",
                (*one.result.spans[:1], *one.target.spans[:1], *one.name.spans[:1]),
                expected="说明偏差原因",
                actual=f"{share:.1f}%",
                severity="medium",
            )


def _share(one: Indicator) -> Decimal | None:
    """The result as per cent of the target; None where more, or less, is simply better, or a rate is more than reached."""
    share = ratio(one)
    pair = compared(one)
    if share is None or pair is None or share < 0:
        return None
    if less_is_better(one):
        return None if share < _REACHED else share
    return None if share > _REACHED and pair[0].kind in ("percent", "pp") else share


def _execution(low: list[Shortfall], least: Decimal, report: Report) -> Issue:
    shown = "；".join(_shown(one, report) for one in low[:_MOST]) + ("等" if len(low) > _MOST else "")
    claims = [claim for one in low for claim in one.claims]
    return Issue(
        f"执行率低于{plain(least)}%而没有说明原因：{shown}",
        tuple(dict.fromkeys(claim.span for claim in claims)),
        expected="说明执行率偏低的原因和结余去向",
        actual=f"{low[0].rate}%",
    )


def _shown(one: Shortfall, report: Report) -> str:
    if len(one.claims) == 1:
        return f"{one.name}{report.quote(one.claims[0].span).strip()}"
    spent, planned = (report.quote(claim.span).strip() for claim in one.claims)
    return f"{one.name}{spent}÷{planned}＝{one.rate}%"


def _explained(one: Shortfall, report: Report) -> bool:
    """Whether a cause stands in the paragraph or the two after it, or wherever spending or the project is spoken of."""
    first = one.claims[0].span
    cell = report.blocks[first.block].cell
    if cell is None:
        near = report.blocks[first.block].text[first.start :].split("。")[:3]
        following = report.blocks[first.block + 1 : first.block + 2]
        near += [block.text for block in following if block.cell is None and not numbered(block.text)]
        if any(_CAUSE.search(text) for text in near):
            return True
    if (cell is not None or len(one.claims) == 1 or _WHOLE.search(one.name)) and _told("", report):
        return True
    name = _GENERIC.sub("", one.name)[:_HEAD]
    return len(name) > 2 and _told(name, report)


def _told(name: str, report: Report) -> bool:
    """Whether a sentence speaks of ``name`` (of slow spending, where there is none) and gives a cause."""
    for block in report.blocks:
        if (name and name not in block.text) or not (name or _SPENDING.search(block.text)):
            continue
        for sentence in re.split(r"[。\n]", block.text):
            if (name in sentence if name else _SPENDING.search(sentence)) and _CAUSE.search(sentence):
                return True
    return False


def _plain(text: str) -> str:
    return "".join(text.split())
