"""分项相加应当等于合计：收入、支出、基本和项目支出、功能分类、项目明细、“三公”经费等，正文和表格都要相符。

为什么
    分项加起来不等于合计，说明至少有一个数填错，或者漏列、多列了一项，是复核时最容易认定的硬伤。

做法
    在正文里找“其中、包括、分为、按……分”等说法前面的总数和后面的分项（括号内的再分项另算），在编号列出的项目里按预算数、
    支出数分别相加；正文自己用“加上……合计”列全的、年初预算加追加得全年预算的，也都核算；在表格里用合计行、合计列与各行各列
    比较。相加时每个数按其写法允许的四舍五入区间计算，区间没有交集的才提示；按截尾写法可以相符的只作低等级提示。小数位数比
    别的数少、舍入后可以相符的不提示，其中位数很少或者是整十的数（如14万元、120万元，可能没有舍入）作低等级提示。只有能认定
    分项已经列全（名称齐全、有“其他”项、占比合计为100%、同类数据在别处相符、一处笔误即可说明差额）或者分项之和已超过总数的
    才提示。

局限
    “其中”只列举部分项目的（带“等”“主要”），不要求等于总数；分项有扣减、上解等增减项的不核算。
"""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._accounts import Account, accounts
from pipeline.checks._arithmetic import as_written, written
from pipeline.quantity import total
from pipeline.records import Claim, Evidence, Issue, Report

# Fewer decimals than its neighbours and three digits make a number a rounded one; 14 or 1200 beside 174.51 may be exact.
_ROUNDED = 100


def check(evidence: Evidence) -> Iterator[Issue]:
    for account in accounts(evidence):
        if account.verdict == "agrees" or not (account.complete or account.likely):
            continue
        rounded = _rounded(account, evidence.reading.report)
        if not rounded or any(_short(one, evidence.reading.report) for one in rounded):
            yield _issue(evidence, account, bool(rounded))


def _rounded(account: Account, report: Report) -> list[Claim]:
    """The numbers with fewer decimals than their neighbours, where these being rounded explains the difference."""
    own = [as_written(part, report) for part in account.parts]
    if not total(own).meets(as_written(account.whole, report)):
        return []
    return [one for one in (account.whole, *account.parts) if _coarse(one, report)]


def _coarse(claim: Claim, report: Report) -> bool:
    own, quantity = as_written(claim, report), claim.quantity
    if own.low is None or own.high is None or quantity.low is None or quantity.high is None:
        return False
    return own.high - own.low > quantity.high - quantity.low


def _short(claim: Claim, report: Report) -> bool:
    """Whether a number looks exact: of few digits, or round."""
    own, value = as_written(claim, report), claim.quantity.value
    if own.low is None or own.high is None or value is None:
        return True
    last = own.high - own.low
    return abs(value) < _ROUNDED * last or value % (10 * last) == 0


def _issue(evidence: Evidence, account: Account, rounded: bool) -> Issue:
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
        severity="low" if rounded or account.verdict == "cut off" or not account.complete else None,
    )
