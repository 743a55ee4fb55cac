"""单价乘以数量应当等于所写的金额，并且不超过预算。

为什么
    单价、数量、金额三者相乘不符，说明支出依据有误，或者数量、标准有一处写错；按合同单价和数量计算已超过预算的，应当说明资金来源。

做法
    找出一句话里的单价（48元/盒、每场4000元、户均2000元）、同一单位的数量和合计金额，或者表格一行里的单价、数量、金额，相乘后比较。
    句中另有月数、次数、天数的，一并试算，任何一种算法相符即视为相符。

局限
    一句话里有几种单价、几个标准的，不作判断；数量不在本句的，需要复核人核对。
"""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._arithmetic import written
from pipeline.checks._prices import Product, product, wrong_products
from pipeline.checks._stated import words
from pipeline.records import Evidence, Issue, Report


def check(evidence: Evidence) -> Iterator[Issue]:
    for one in wrong_products(evidence):
        yield _issue(one, evidence.reading.report)


def _issue(one: Product, report: Report) -> Issue:
    exact = product([factor.quantity for factor in one.factors])
    computed = written(((exact.low or Decimal(0)) + (exact.high or Decimal(0))) / 2, one.amount, report)
    amount = words(one.amount, report)
    formula = f"{'×'.join(words(factor, report) for factor in one.factors)}＝{computed}"
    return Issue(
        f"{formula}，超过预算{amount}。" if one.over else f"{formula}，与所写的金额{amount}不符。",
        (one.amount.span, *(factor.span for factor in one.factors)),
        expected=computed,
        actual=amount,
    )
