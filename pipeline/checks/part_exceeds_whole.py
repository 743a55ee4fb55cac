"""分项金额不应大于它所属的总额：其中数不大于总数，项级不大于类级，三公各项不大于“三公”经费合计。

为什么
    一个分项比它所在的类、款或者合计还大，两个数至少有一个填错，或者分项列错了科目。

做法
    在正文“其中”前后、表格的合计与其中项之间逐项比较；功能分类按名称比较类级数与同名类下项级数；再把全文的基本支出、
    项目支出、人员和公用经费、“三公”经费分项与各自的总额比较，名称、年度、口径和阶段都相同的才比。按写法允许的区间，
    分项的最小值仍大于总额的最大值才提示。

局限
    分项之和大于合计而每一项都不大的，由“构成不等于合计”提示；各处总额本身不一致的，由“同一数据前后不一”提示，这里不再比较。
"""

from collections.abc import Iterator

from pipeline.checks._accounts import accounts
from pipeline.checks._arithmetic import as_written
from pipeline.checks._excesses import Excess, excesses
from pipeline.records import Evidence, Issue


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    told = {(account.whole.id, part.id) for account in accounts(evidence) if account.complete for part in account.parts}
    for excess in excesses(evidence):
        rounded = not as_written(excess.whole, report).below(as_written(excess.part, report))
        if not rounded and (excess.whole.id, excess.part.id) not in told:
            yield _issue(evidence, excess)


def _issue(evidence: Evidence, excess: Excess) -> Issue:
    quote = evidence.reading.report.quote
    part, whole = quote(excess.part.span).strip(), quote(excess.whole.span).strip()
    return Issue(
        f"{excess.name or '分项'}{part}大于所属的{excess.of or '总额'}{whole}",
        (excess.part.span, excess.whole.span),
        expected=f"不大于{whole}",
        actual=part,
    )
