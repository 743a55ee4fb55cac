"""上年结转加本年收入减本年支出，应当等于年末结余（结转下年）。

为什么
    收、支、余三个数不平，说明其中一个填错，或者有收回、调剂等情况没有写明；收入大于支出而全文不提结余，余下的钱去向不清。

做法
    在相邻的句子里找收入（到位资金、预算）、支出、结余和上年结转，在表格里按同一单位的收入合计、支出合计、结余各列取数，用
    “收入－支出”和“上年结转＋收入－支出”两种算法与结余比较，有一种相符即通过；都不符的提示。收入总数大于支出总数、全文没有
    结余或结转数的，作低等级提示。

局限
    涉及上解、调入调出、债务、结余分配、财政收回等项目的不核算；累计（滚存）结余没有写明年初数的不核算。
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._arithmetic import as_written, written
from pipeline.checks._balances import Balance, balances
from pipeline.checks._passages import passages
from pipeline.checks._text import joined
from pipeline.records import Claim, Evidence, Issue

_LEFT = re.compile(r"结余|节余|结转(?:下年|至|到|\d)|年末结转|收回")
_INCOME = re.compile(r"(?:总收入|收入(?:总计|合计|总额|决算|预算|为)?)$|预算收入$")
_SPENDING = re.compile(r"(?:总支出|支出(?:总计|合计|总额|决算)?)$")


def check(evidence: Evidence) -> Iterator[Issue]:
    for balance in balances(evidence):
        yield _issue(evidence, balance)
    if not _LEFT.search(joined(evidence.reading.report).string):
        yield from _unexplained(evidence)


def _issue(evidence: Evidence, balance: Balance) -> Issue:
    report = evidence.reading.report
    quote = report.quote
    values = [claim.quantity.value or Decimal(0) for claim in (balance.income, balance.spending)]
    left = values[0] - values[1] + ((balance.opening.quantity.value or Decimal(0)) if balance.opening else 0)
    opening = f"上年结转{quote(balance.opening.span).strip()}＋" if balance.opening else ""
    result = written(left, balance.closing, report) if left >= 0 else f"－{written(-left, balance.closing, report)}"
    stated = quote(balance.closing.span).strip()
    spans = (balance.closing, balance.income, balance.spending, *((balance.opening,) if balance.opening else ()))
    return Issue(
        f"{opening}收入{quote(balance.income.span).strip()}－支出{quote(balance.spending.span).strip()}＝{result}，与结余{stated}不符",
        tuple(claim.span for claim in spans),
        expected=result,
        actual=stated,
        severity="low" if balance.verdict == "cut off" else None,
    )


def _unexplained(evidence: Evidence) -> Iterator[Issue]:
    """The first total income and the total spending beside it, where more came in than went out and nothing is left."""
    income: Claim | None = None
    for passage in passages(evidence):
        for amount in passage.amounts:
            claim = amount.claim
            label = re.split(r"[，,。；;：:（(、]", amount.before.rstrip("为：: "))[-1].strip()
            if claim.quantity.kind != "money" or claim.role in ("change", "from", "share", "part"):
                continue
            if income is None and _INCOME.search(label):
                income = claim
            elif income is not None and _SPENDING.search(label) and claim.span.block - income.span.block <= 2:
                report = evidence.reading.report
                if as_written(claim, report).below(as_written(income, report)):
                    yield _silent(evidence, income, claim)
                return


def _silent(evidence: Evidence, income: Claim, spending: Claim) -> Issue:
    report = evidence.reading.report
    left = written((income.quantity.value or Decimal(0)) - (spending.quantity.value or Decimal(0)), spending, report)
    return Issue(
        f"收入{report.quote(income.span)}比支出{report.quote(spending.span)}多{left}，报告没有说明结余或者结转",
        (spending.span, income.span),
        expected=f"说明{left}的结余结转情况",
        severity="low",
    )
