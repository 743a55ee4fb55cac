"""列入评分的维度，正文应当有相应的说明。

为什么
    给了分却没有任何说明的维度，得分没有依据，复核人也无从核对。

做法
    从自评得分的分项（预算执行20分、政府采购10分……）和评分表的指标里取出维度名称，在报告其余部分找有没有谈到它；只在打分处出现、
    别处一个字也没有的，提示。报告自己写明某类指标没有完成数据的，也提示。

局限
    只看有没有谈到，不看谈得是否充分；只有两个字的维度（产出、效益、投入、过程）不核对。
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._scores import plain, sheets, totals
from pipeline.records import Evidence, Issue, Report, Span

_CUT = re.compile(r"指标|情况|得分|自评|方面|管理$|工作$|\s|^[\d（(一二三四五六七八九十）)、.．]+|[“”]")
_SILENT = re.compile(
    r"(?:除)(?P<except>[^，。；外]{2,12}?)外[^，。；]{0,10}(?:均|都)[^，。；]{0,8}(?:完成|填|有)|(?P<name>[^，。；]{2,10}?指标)(?:未|没有)(?:填|完成数据|数据|说明)"
)
# Too general to be looked for, or told in other words (执行率).
_GENERAL = re.compile(r"投入|过程|产出|效益|效果|决策|履职|预算执行|加分|附加|总分|合计")
_LEAST = 3


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    seen: set[str] = set()
    for name, points, span in _dimensions(evidence):
        key = _CUT.sub("", name)
        if len(key) < _LEAST or key in seen or _GENERAL.search(key):
            continue
        seen.add(key)
        if not _spoken_of(key, span, report):
            yield Issue(
                f"“{name}”计了{points}分，除打分外全文没有谈到{key}",
                (span,),
                expected=f"说明{key}的情况和得分依据",
                actual="没有说明",
            )
    yield from _admitted(report)


def _dimensions(evidence: Evidence) -> Iterator[tuple[str, str, Span]]:
    for total in totals(evidence):
        for part in total.parts:
            block = evidence.reading.report.blocks[part.points.span.block]
            at = block.text.rfind(part.name, 0, part.points.span.end) if part.name else -1
            if at >= 0:
                yield (
                    part.name,
                    plain(part.points.quantity.value or Decimal(0)),
                    Span(block.index, at, part.points.span.end),
                )
    for sheet in sheets(evidence):
        if sheet.columns & {"target", "result"}:
            continue
        for one in sheet.indicators:
            notes = (one.remarks, one.reason, one.standard)
            if one.score and not one.name.blank and all(entry is None or entry.blank for entry in notes):
                yield "".join(one.name.text.split()), plain(one.score.value), one.name.spans[0]


def _spoken_of(key: str, span: Span, report: Report) -> bool:
    """Whether the report speaks of ``key`` elsewhere: by name, or by the halves of a compound name."""
    halves = [key[: len(key) // 2], key[len(key) // 2 :]] if len(key) >= 4 else [key]
    for block in report.blocks:
        text = block.text
        if block.index == span.block:
            text = text[: span.start] + text[span.end :]
        if key in text or (block.cell is None and all(half in text for half in halves)):
            return True
    return False


def _admitted(report: Report) -> Iterator[Issue]:
    """Where the report says itself that a kind of indicators has no data."""
    for block in report.blocks:
        found = _SILENT.search(block.text)
        name = found and (found["except"] or found["name"])
        if found is not None and name and "指标" in name:
            yield Issue(
                f"报告写明“{found.group()}”，{name}没有完成情况",
                (Span(block.index, found.start(), found.end()),),
                expected=f"补充{name}的完成情况",
                actual="没有完成情况",
            )
