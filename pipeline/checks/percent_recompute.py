"""文中写明的占比、执行率、完成率，应当等于它所依据的两个数相除的结果。

为什么
    执行率、占比是打分和核查的依据。支出486.20万元、预算512.40万元而执行率写成100%，或者占比与金额除不出来，都会使结论失实。

做法
    在一句话或表格的一行里，按“占、完成预算的、执行率、到位率、满意度”等字样找出分子、分母（“收入100万元中”、“回收500份”、
    “占在职人数”指明分母），重新相除。两数都按书写的位数留出四舍五入的余地；只有截尾才相符的，按较低等级提示。

局限
    分母不在本句、也没有同名数据的，不作判断；同一句里另有两个数可以得出所写比率的，视为相符。
"""

from collections.abc import Iterator

from pipeline.checks._columns import rates
from pipeline.checks._disposals import is_disposal
from pipeline.checks._shares import stated
from pipeline.checks._stated import issue, wrong
from pipeline.records import Evidence, Issue


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    for one in (*stated(evidence), *rates(evidence)):
        if one.kind == "rate" and is_disposal(one.name):
            continue
        found = wrong(one.claim, one.senses)
        if found is not None:
            yield issue(found, report, one.name)
