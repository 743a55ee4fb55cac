"""报告里应当只有本单位、本地的事实，不应当留有别的单位、别的地方、别的层级的名称。

为什么
    “楚源县企业开办压缩至半天”写在禾溪县的报告里，“我局”写在医院的报告里，说明文字是照抄来的，其中的数字也不能相信。

做法
    从单位名称认出本地（行政区划表 places.toml 给出上下级关系，表里没有的按“县、区、乡、镇”判断），再找四类残留：
    外地的同名机构（“楚源县市场监督管理局”）和外地的党委、政府；句首以外地为主语的事实；根据外地文件开展自评；
    与本单位层级、性质不合的自称（区里的单位写“我县”，医院写“我局”）；学校、医院报告里以另一所同类学校、医院为主语的话。
    与外地协作、考察、对口帮扶、跨区域通办、比较、案件移送等正常提到外地的句子不算；书名号里的名称、上级和下级的地名不算。

局限
    行政区划表以外的“市”分不清是上级还是外地，不提示；不带“县、市、区”的简称不提示；指标口径属于别的单位的
    （用养老机构的满意度评价民族资金）看不出来。
"""

from collections import Counter
from collections.abc import Iterator

from pipeline.checks._names import plain
from pipeline.checks._places import PREFECTURE, Home, home, rank
from pipeline.checks._selves import strange_selves
from pipeline.checks._siblings import siblings
from pipeline.checks._strangers import Stranger, ruled, strangers
from pipeline.checks._text import Text, joined
from pipeline.records import Evidence, Issue, Span

_OFTEN = 3


def check(evidence: Evidence) -> Iterator[Issue]:
    text = joined(evidence.reading.report)
    agency = plain(evidence.reading.cover.agency)
    if len(agency) < 3:
        return
    own = home(agency) or _spoken_of(text.string, agency)
    if own is not None:
        yield from _places(text, own, agency)
    yield from strange_selves(text, agency, own)
    yield from siblings(text, agency, own)


def _spoken_of(string: str, agency: str) -> Home | None:
    """The place of a unit that is named without it: the one that its report has before 县委, 人民政府, if it is one."""
    seen = Counter(name for name, _ in ruled(string))
    if not seen:
        return None
    name, times = seen.most_common(1)[0]
    others = sum(count for other, count in seen.items() if other != name and rank(other) == rank(name))
    alone = times >= _OFTEN and times >= _OFTEN * others
    return Home((name,), rank(name) or PREFECTURE, agency) if alone else None


def _places(text: Text, own: Home, agency: str) -> Iterator[Issue]:
    by_name: dict[str, dict[Span, Stranger]] = {}
    for stranger in strangers(text.string, own):
        span = text.span(stranger.start, stranger.end)
        spans = by_name.setdefault(stranger.name, {})
        if span and not any(s.block == span.block and s.start <= span.start and span.end <= s.end for s in spans):
            spans[span] = stranger
    for name, spans in by_name.items():
        places = sorted(spans, key=lambda span: (span.block, span.start))
        if places:
            yield Issue(
                f"本单位是“{agency}”，这里出现了别处的{spans[places[0]].what}“{name}”，像是照抄别处报告留下的。",
                tuple(places),
                expected=own.name,
                actual=name,
                severity=None if any(stranger.sure for stranger in spans.values()) else "medium",
            )
