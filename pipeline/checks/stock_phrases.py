"""成绩应当用本单位的事实说明，不应当整段都是各家通用的话。

为什么
    “保证了机关正常运转，各项工作迈上新台阶”谁都可以写，复核人从中看不出做了什么、花的钱值不值。

做法
    比对库统计出在很多报告里几乎逐字出现的句子。一段话里这类句子占到大半，或者连续六十字以上，而且没有一个数字的，提示；
    职能职责、依据、附件和表格栏目不看。

局限
    比对库报告少时，只能认出随产品附带的常用语；换了说法的空话看不出来；有数字的段落即使空泛也不提示。
"""

import re
from collections.abc import Iterator

from pipeline.checks._matched import kinds, shown, telling
from pipeline.records import Evidence, Issue, Report, Span

_LEAST = 12
_LONG = 60
_SHARE = 0.5
_SKIPPED = ("duties", "attachment", "disclosure", "staff")
_FIGURE = re.compile(r"(?!20\d\d\s*年)\d+(?:\.\d+)?\s*[^\d\s年月日）)、.．]")
_ENDS = re.compile(r"[。；！;!.]\s*$")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    sections = kinds(evidence)
    by_block: dict[int, list[Span]] = {}
    for match in evidence.matches:
        if match.kind == "stock" and telling(report, match.span, _LEAST):
            by_block.setdefault(match.span.block, []).append(match.span)
    for block, spans in sorted(by_block.items()):
        if sections[block] not in _SKIPPED and _hollow(report, block, spans):
            spans.sort(key=lambda span: span.start)
            said = "；".join(f"“{shown(report.quote(span))}”" for span in spans[:3])
            yield Issue(f"这一段主要是很多报告里都有的话，没有本单位的事实：{said}。", tuple(spans))


def _hollow(report: Report, block: int, spans: list[Span]) -> bool:
    text = report.blocks[block].text
    # A line that a converter cut out of a paragraph is no paragraph.
    if not _ENDS.search(text) or _FIGURE.search(text):
        return False
    covered = {at for span in spans for at in range(span.start, span.end) if _WORD.match(text[at])}
    return len(covered) >= _LONG or len(covered) >= _SHARE * len(_WORD.findall(text))
