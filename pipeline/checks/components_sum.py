"""分项相加应当等于合计：收入、支出、基本和项目支出、功能分类、项目明细、“三公”经费等，正文和表格都要相符。

为什么
    分项加起来不等于合计，说明至少有一个数填错，或者漏列、多列了一项，是复核时最容易认定的硬伤。

做法
    在正文里找“其中、包括、分为、按……分”等说法前面的总数和后面的分项（括号内的再分项另算），在编号列出的项目里按预算数、
    支出数分别相加；正文自己用“加上……合计”列全的、年初预算加追加得全年预算的，也都核算；在表格里用合计行、合计列与各行各列
    比较。相加时每个数按其写法允许的四舍五入区间计算，区间没有交集的才提示；按截尾写法可以相符的只作低等级提示；小数位数比
    别的数少、舍入后可以相符的不提示。只有能认定分项已经列全（名称齐全、有“其他”项、占比合计为100%、同类数据在别处相符、一处笔误即可说明差额）或者分项之和已超过总数的
    才提示。

局限
    “其中”只列举部分项目的（带“等”“主要”），不要求等于总数；分项有扣减、上解等增减项的不核算。
"""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._accounts import Account, accounts
from pipeline.checks._arithmetic import as_written, written
from pipeline.quantity import total
from pipeline.records import Evidence, Issue, Report


def check(evidence: Evidence) -> Iterator[Issue]:
    for account in accounts(evidence):
        if account.verdict == "agrees" or not (account.complete or account.likely):
            continue
        if not _rounded(account, evidence.reading.report):
            yield _issue(evidence, account)


def _rounded(account: Account, report: Report) -> bool:
    """Whether numbers with fewer decimals than their neighbours, taken as rounded, explain the difference."""
    return total(as_written(part, report) for part in account.parts).meets(as_written(account.whole, report))


def _issue(evidence: Evidence, account: Account) -> Issue:
    report = evidence.reading.report
    whole, parts = account.whole, account.parts
    added = account.added
    stated = whole.quantity.value or Decimal(0)
    terms = "＋".join(report.quote(part.span).strip() for part in parts)
    return Issue(
        f"{terms}＝{written(added, whole, report)}，与{account.called or whole.metric or '合计'}{report.quote(whole.span).strip()}"
        f"相差{written(abs(added - stated), whole, report)}",
        (whole.span, *(part.span for part in parts)),
        expected=written(added, whole, report),
        actual=report.quote(whole.span).strip(),
        severity="low" if account.verdict == "cut off" or not account.complete else None,
    )
