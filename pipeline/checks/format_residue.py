"""报告正文中不应留有网页栏目文字、域代码、网页代码或乱码。

为什么
    从网页复制或由其他软件转换而来的文字会带进“扫一扫在手机打开当前页”“错误！未找到引用源”“&nbsp;”之类的残留，
    说明报送前没有通读，也常说明文字是从别处取来的。

做法
    按词表（residue.toml）查找四类残留：网页栏目文字（要求单独成段，或写法不会有别的意思）、域代码、网页代码、乱码。
    同一类残留在一份报告中只提示一次，逐处标出。

局限
    “附件下载”等字样出现在叙述句中间时不提示；图片和页眉页脚中的残留看不到；符号字体的项目符号不视为乱码。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.checks._text import joined, whole
from pipeline.records import Evidence, Issue, Report, Span

_SHOWN = 3
_LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    signs: re.Pattern[str]
    line: re.Pattern[str] | None
    anywhere: tuple[re.Pattern[str], ...]


@cache
def _groups() -> tuple[_Group, ...]:
    return tuple(
        _Group(
            group["name"],
            re.compile("|".join(group["signs"])),
            re.compile("|".join(group["line"])) if group["line"] else None,
            tuple(map(re.compile, group["anywhere"])),
        )
        for group in lexicon.load("residue").values()
    )


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    text = joined(report)
    for group in _groups():
        if not group.signs.search(text.string):
            continue
        spans = dict(_lines(report, group))
        for pattern in group.anywhere:
            for span, _ in text.search(pattern):
                spans.setdefault(span.block, span)
        if spans:
            ordered = tuple(spans[block] for block in sorted(spans))
            shown = "、".join(f"“{report.quote(span).strip()[:20]}”" for span in ordered[:_SHOWN])
            more = f"等{len(ordered)}处" if len(ordered) > _SHOWN else ""
            yield Issue(f"正文中留有{group.name}：{shown}{more}。", ordered)


def _lines(report: Report, group: _Group) -> Iterator[tuple[int, Span]]:
    """Paragraphs that are nothing but such words."""
    if group.line is None:
        return
    for block in report.blocks:
        if 0 < len(block.text) <= _LONGEST_LINE and group.signs.search(block.text):
            span = whole(report, block.index)
            if span and group.line.fullmatch(block.text, span.start, span.end):
                yield block.index, span
