"""办结率应当等于办结数除以受理数，办结数不应多于受理数。

为什么
    热线、信访、案件的办结率是常用的产出指标。办结数比受理数还多，或者办结率与件数除不出来，说明件数或比率有一处写错。

做法
    一句话或一行表里写有受理（签收、收到、排查发现）数和办结（化解、整改、回复）数的，比较大小；写有办结率、化解率、结案率的，
    用两数重新计算。

局限
    办结数含上年结转件的，可能多于当年受理数，文中写明旧存、累计、新收的不作判断；受理与办结计量单位不同的，需要复核人判断。
"""

from collections.abc import Iterator

from pipeline.checks._columns import rates
from pipeline.checks._disposals import exceeded, is_disposal
from pipeline.checks._shares import stated
from pipeline.checks._stated import issue, words, wrong
from pipeline.records import Evidence, Issue


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    for done, received in exceeded(evidence):
        yield Issue(
            f"办结数{words(done, report)}多于受理数{words(received, report)}。",
            (done.span, received.span),
            expected=f"不多于{words(received, report)}",
            actual=words(done, report),
        )
    for one in (*stated(evidence), *rates(evidence)):
        if one.kind == "rate" and is_disposal(one.name) and (found := wrong(one.claim, one.senses)) is not None:
            yield issue(found, report, one.name)
