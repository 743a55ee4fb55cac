"""写了金额、比率的名称，就要写出数字；写了数字，就要写出单位。

为什么
    “项目支出为万元”“完成率为%”，是套用模板时漏填了数字；“基本支出1200，项目支出300万元”少了单位，数额相差一万倍。

做法
    一是找“为、共、合计”等字后面直接跟着“万元、%、人次”而没有数字的地方；二是找收入、支出、经费一类名称后面的数字没有单位、
    而同一句中其他金额有单位的地方；三是找收支部分里说某项经费已支付、已拨付，整句却没有金额的地方。

局限
    表格里的单位通常写在表头，不逐格检查；空白的模板横线由“占位未填”提示。
"""

import re
from collections.abc import Iterator

from pipeline.checks._text import joined
from pipeline.records import Evidence, Issue, Span

_NO_NUMBER = re.compile(
    r"(?:收入|支出|预算|决算|经费|资金|金额|总额|合计|共计|总计|达到|占比|比例|率|安排|投入|拨款|结余|结转|补助)(?:总额|金额|合计|数)?(?:分别)?(?P<words>(?:为|是|共|达)?\s{0,8}(?:万元|亿元|％|%))"
    r"(?=[，。；、,;）)\s]|$)"
)
_NO_UNIT = re.compile(
    r"(?:收入|支出|预算|决算|经费|拨款|结余|结转)(?:总额|金额|合计|总计|数)?(?:为|是|共|共计|：|:)?\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?=\s?[，。；、,;]|$)(?![,，]\d{3})"
)
# 维修经费，由县财政下达，全部支付完毕。
_PAID = re.compile(
    r"(?:^|[。；;])\s*(?P<label>[^，。；;、\d（）()]{2,20}(?:经费|资金|补助|补贴|费用?|拨付|支出))，[^。；;]{0,60}?(?:全部支付完毕|支付完毕|全年拨付|已(?:全部)?(?:拨付|支付|发放)(?:到位|完毕)?|拨付到位)(?=[。；;]|$)",
    re.MULTILINE,
)
_MONEY_SECTIONS = ("finance", "projects")
_UNIT = re.compile(r"\d\s?(?:万|亿)?元")
_FORMULA = re.compile(r"[=＝×÷*/]|公式|计算|单位[:：]")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    text = joined(report)
    yield from _without_amount(evidence)
    for span, found in text.search(_NO_NUMBER, "words"):
        block = report.blocks[span.block].text
        if block.strip() and len(block) > 12 and not _FORMULA.search(block):
            yield Issue(
                f"“{found.group()}”漏写了数字",
                (span,),
                expected="数字和单位",
                actual=report.quote(span),
            )
    for span, found in text.search(_NO_UNIT, "number"):
        block = report.blocks[span.block].text
        start = max(block.rfind(mark, 0, span.start) for mark in "。\n") + 1
        stop = block.find("。", span.end)
        sentence = block[start : stop if stop >= 0 else len(block)]
        if _UNIT.search(sentence) and not _FORMULA.search(sentence) and not _YEAR.fullmatch(found["number"]):
            yield Issue(
                f"“{found.group()}”没有写单位，同一句中的其他金额有单位",
                (span,),
                expected="数字和单位",
                actual=report.quote(span),
            )


def _without_amount(evidence: Evidence) -> Iterator[Issue]:
    """Money that was paid, in a sentence that says no amount; only where the report accounts for its money."""
    report = evidence.reading.report
    amounts = [claim.span for claim in evidence.reading.claims if claim.quantity.kind == "money"]
    blocks = {
        index
        for section in evidence.reading.sections
        if section.kind in _MONEY_SECTIONS
        for index in range(section.first, section.last)
    }
    for index in sorted(blocks):
        for found in _PAID.finditer(report.blocks[index].text):
            start, end = found.start("label"), found.end()
            if not any(span.block == index and start <= span.start < end for span in amounts):
                yield Issue(
                    f"“{found['label']}”说已支付，却没有写金额",
                    (Span(index, start, end),),
                    expected="金额",
                    actual=report.quote(Span(index, start, end)),
                )
