"""提纲要求的部分，报告里应当都有，叫什么名称都可以。

为什么
    提纲规定的职能职责、绩效目标完成情况、存在的问题、改进措施等是复核的对象，缺一项就没有可复核的内容。

做法
    按所适用提纲的必备项，逐项看报告有没有这一类章节。找的是类别而不是字面：标题换了说法、与别的内容合写、在表格栏目里、
    或在段落里另起“存在的问题主要有：”的，都算有。确实没有的才提示，位置指向它本该所在之处的相邻标题。

局限
    没有对应提纲的报告只要求写问题和措施；只有自评表没有文字的、文字很少的、看不出是绩效自评报告的文件不查；
    有标题而没有内容的由“空章节”提示。
"""

import re
from collections.abc import Iterator

from pipeline import lexicon
from pipeline.checks._text import whole
from pipeline.records import Evidence, Issue, Outline, Report, SectionKind, Span

_LEAST_PROSE = 300
_LONGEST_HEADING = 40
_SUBJECT = re.compile(r"绩效|自评")
_BLANK = re.compile(r"[\s\u3000（）()“”\"、，。：:]+|部门|单位|情况|主要|有关")
# Wordings in running text that tell of the same thing without a heading.
_TOLD = {
    "problems": re.compile(
        r"(?:存在|还有|仍有|面临|发现)[^。；\n]{0,14}(?:问题|不足|困难|差距|薄弱环节|短板)(?:有|是|为|如下|主要|和不足|[：:，])"
        r"|(?:问题|不足)(?:主要)?(?:有|是|如下|表现在|体现在)"
    ),
    "measures": re.compile(
        r"(?:下一步|下步|今后|下阶段|下一年度?|针对(?:上述|以上|存在|这些)[^。；\n]{0,10}(?:问题|不足)|为此|改进措施|整改措施)"
        r"[^。；\n]{0,16}(?:[：:，,]|将|拟|要|应|我们|继续|进一步)"
        r"|(?:^|[。；：:，,是])\s*建议(?!\d)[^。；\n]{4,}|建议(?:如下|有|是|[：:])"
    ),
    "duties": re.compile(r"(?:主要)?(?:职责|职能)(?:有|是|为|包括|如下|[：:])|(?:主要)?负责[^。\n]{6,}"),
    "achievements": re.compile(r"完成|实现|建成|新增|提高"),
}


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    if not _is_report(evidence):
        return
    present = {section.kind for section in evidence.reading.sections}
    said: set[SectionKind] = set()
    for item in evidence.profile.outline:
        if not item.required or item.kind in present | said or item.kind in ("other", "attachment"):
            continue
        words = _words(item.kind)
        if _headed(report, item, words) or _told(report, item):
            continue
        said.add(item.kind)
        span = _neighbour(evidence, item)
        if span is not None:
            looked = "".join(f"“{word}”" for word in list(dict.fromkeys([item.title, *words]))[:4])
            message = f"提纲要求的“{item.title}”在报告中没有找到（找过{looked}等说法）。"
            yield Issue(message, (span,), expected=item.title)


def _is_report(evidence: Evidence) -> bool:
    """Whether this is a self-evaluation with text enough to miss something in."""
    report = evidence.reading.report
    prose = sum(len(block.text) for block in report.blocks if block.cell is None)
    head = evidence.reading.cover.title + "".join(block.text for block in report.blocks[:10])[:400]
    return prose >= _LEAST_PROSE and bool(_SUBJECT.search(head))


def _words(kind: SectionKind) -> list[str]:
    entry = lexicon.load("sections")["kinds"].get(kind, {})
    return [word for word in entry.get("words", ()) if len(word) >= 3]


def _headed(report: Report, item: Outline, words: list[str]) -> bool:
    """Whether a short line or a label cell has the wording, though no section was made of it."""
    own = _BLANK.sub("", item.title)
    for block in report.blocks:
        text = block.text.strip()
        if not text or len(text) > _LONGEST_HEADING or (block.cell is not None and re.search("偏差|未完成", text)):
            continue
        if (own and own in _BLANK.sub("", text)) or any(word in text for word in words):
            return True
    return False


def _told(report: Report, item: Outline) -> bool:
    told = _TOLD.get(item.kind)
    return told is not None and any(told.search(block.text) for block in report.blocks)


def _neighbour(evidence: Evidence, item: Outline) -> Span | None:
    """The heading beside which the section would stand: of what precedes it in the outline, else of what follows."""
    report = evidence.reading.report
    outline = evidence.profile.outline
    at = outline.index(item)
    for kind in [other.kind for other in (*reversed(outline[:at]), *outline[at + 1 :])]:
        for section in evidence.reading.sections:
            span = whole(report, section.first)
            if section.kind == kind and span is not None:
                return Span(span.block, span.start, min(span.end, span.start + _LONGEST_HEADING))
    spans = (whole(report, block.index) for block in report.blocks)
    return next((span for span in spans if span is not None), None)
