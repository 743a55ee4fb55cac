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
from functools import cache

from pipeline import lexicon
from pipeline.checks._text import joined
from pipeline.records import Evidence, Issue, Span

_SHOWN = 3


@cache
def _groups() -> tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str]], ...]:
    groups = []
    for group in lexicon.load("residue").values():
        line = re.compile(r"^[ \t\u3000]*(?P<words>" + "|".join(group["line"]) + r")[ \t\u3000]*$", re.MULTILINE)
        groups.append((group["name"], line if group["line"] else None, re.compile("|".join(group["anywhere"]))))
    return tuple(groups)


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    text = joined(report)
    for name, line, anywhere in _groups():
        spans: dict[int, Span] = {}
        if line is not None:
            spans = {span.block: span for span, _ in text.search(line, "words")}
        for span, _ in text.search(anywhere):
            spans.setdefault(span.block, span)
        if spans:
            ordered = tuple(spans[block] for block in sorted(spans))
            shown = "、".join(f"“{report.quote(span).strip()[:20]}”" for span in ordered[:_SHOWN])
            more = f"等{len(ordered)}处" if len(ordered) > _SHOWN else ""
            yield Issue(f"正文中留有{name}：{shown}{more}。", ordered)
