"""表格和提纲自带的填报说明应当在填好后删去。

为什么
    “根据部门实际进行调整细化”“此处应写……”“字数不超过……”是写给填报人看的话。留在报告里，说明照抄空表，
    没有按本单位的实际填写。

做法
    在段落和表格单元格里查找对填报人说话的写法（instructions.toml）。挂在标题后面的“……，主要包括……等情况。”
    只说明标题照抄提纲，后面一般已有内容，按较低等级提示；同一份报告中这类标题合并为一条。

局限
    “（预期实现的效益）”“（盖章）”等表格本身的栏目文字不算；正文用来列举内容的“主要包括……”不算；表末的“注：”是表样的
    组成部分，不算。提纲原文未收入词表的说法看不出来。
"""

import re
from collections.abc import Iterator
from functools import cache

from pipeline import lexicon
from pipeline.checks._text import joined, numbered
from pipeline.records import Block, Evidence, Issue, Span

_LONGEST_LABEL = 14
_HEADING_PART = re.compile(r"[\u4e00-\u9fff（）()“”、]{2,24}[，,（(]")
_BRACKETED = re.compile(r"[（(【\[][^（()）【】\[\]\n]*$")


@cache
def _sure() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    """Wordings with the words that must stand in the report before they are looked for."""
    data = lexicon.load("instructions")
    bracketed = re.compile("[（(【\\[](?P<words>" + "|".join(data["bracketed"]) + ")")
    sure = [(tuple(e.get("has", ())), re.compile(f"(?P<words>{e['pattern']})", re.MULTILINE)) for e in data["sure"]]
    return ((), bracketed), *sure


@cache
def _glued() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.load("instructions")["glued"]))


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    text = joined(report)
    seen: dict[int, Span] = {}
    for has, pattern in _sure():
        if has and not any(word in text.string for word in has):
            continue
        for span, _ in text.search(pattern, "words"):
            if not _is_label(report.blocks[span.block], span):
                seen.setdefault(span.block, span)
    for block in sorted(seen):
        span = _widened(report.blocks[block], seen[block])
        yield Issue(f"表格或提纲自带的填报说明没有删除：“{_short(report.quote(span))}”。", (span,))
    glued = tuple(span for span in map(_glued_to_heading, report.blocks) if span and span.block not in seen)
    if glued:
        shown = _short(report.quote(glued[0]))
        yield Issue(f"标题后面仍带着提纲的说明文字：“{shown}”{'等' if len(glued) > 1 else ''}。", glued, severity="low")


def _is_label(block: Block, span: Span) -> bool:
    words = block.text[span.start : span.end]
    short = block.cell is not None and len(block.text.strip()) <= _LONGEST_LABEL
    return short or any(label in words for label in lexicon.load("instructions")["labels"])


def _widened(block: Block, span: Span) -> Span:
    """The whole bracket that the words stand in, so that the reviewer sees the instruction from its beginning."""
    before = _BRACKETED.search(block.text[: span.start])
    close = re.compile(r"[）)】\]]").search(block.text, span.end)
    if before and close and close.start() - span.end < 60:
        return Span(span.block, before.start(), close.end())
    return span


def _glued_to_heading(block: Block) -> Span | None:
    """项目组织情况分析，主要包括项目招投标、竣工验收等情况。 at the head of a numbered paragraph."""
    number = numbered(block.text)
    if number is None and not block.level:
        return None
    start = number.end if number else 0
    head = _HEADING_PART.match(block.text, start)
    if head is None or not re.search(r"情况|分析|说明|概况|绩效|管理|措施|问题", head.group()):
        return None
    found = _glued().match(block.text, head.end())
    rest = block.text[found.end() :].lstrip("。）) ") if found else ""
    at_end = found is not None and (not rest or head.group()[-1] not in "（(")
    return Span(block.index, found.start(), found.end()) if found and at_end else None


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:38] + "……"
