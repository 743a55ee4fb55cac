"""Cases received and cases disposed of: 受理, 签收 against 办结, 化解."""

import re
from collections.abc import Iterator

from pipeline.checks._named_amounts import lead
from pipeline.checks._passages import Amount, Passage, passages
from pipeline.records import Claim, Evidence

_RATE = re.compile(
    r"办结|结案|审结|办理|化解|调解|调处|调成|处置|处理|整改|整治|回复|答复|签收|执结|破案|销号|办复|回应|解决"
)
_RECEIVED = re.compile(
    r"受理|接[到收访待听打报处诉]|收到|收案|来电|来信|来访|签收|立案|排查|发现|查出|收集|征集|交办|转办|承办|登记|举报|投诉|诉求|交转|检查出|摸排|反馈|通报|指出|移交|移送|督办|梳理|提案"
)
_DISPOSED = re.compile(r"办结|结案|审结|化解|调处|调解|整改|整治|处置|处理|回复|答复|销号|办复|解决|执结|办理|办毕")
_OLD = re.compile(r"上年|往年|历年|旧存|新收|累计|存量|历史|遗留|积案|结转|其他|另|前期|以来|去年|往届|含")
_PART = re.compile(r"其中|包括|分别")
_CASES = frozenset("件次起条个宗项例封处户栋家") | {"批次", "人次", "件次", "份", "座"}


def is_disposal(name: str) -> bool:
    """Whether a rate tells how many of the cases received were disposed of."""
    return _RATE.search(name) is not None


def exceeded(evidence: Evidence) -> Iterator[tuple[Claim, Claim]]:
    """More cases disposed of than received in one sentence: (disposed of, received)."""
    for passage in passages(evidence):
        yield from _exceeded(passage, evidence)


def _exceeded(passage: Passage, evidence: Evidence) -> Iterator[tuple[Claim, Claim]]:
    report = evidence.reading.report
    received: Amount | None = None
    for amount in passage.amounts:
        quantity = amount.claim.quantity
        if quantity.kind not in ("count", "measure") or quantity.unit not in _CASES or quantity.value is None:
            continue
        words = re.split(r"[；;]", lead(amount, report))[-1]
        if ";" in amount.before or "；" in amount.before:
            received = None
        if _OLD.search(words):
            received = None
        elif _PART.search(words):
            continue
        elif _DISPOSED.search(words) and not _RECEIVED.search(re.split(r"[，,]", words)[-1]):
            if (
                received is not None
                and _cases_alike(amount.claim, received.claim)
                and _more(amount.claim, received.claim)
            ):
                yield amount.claim, received.claim
            received = None
        elif _RECEIVED.search(words) and not _DISPOSED.search(re.split(r"[，,]", words)[-1]):
            received = amount
        else:
            received = None
    return


def _cases_alike(one: Claim, other: Claim) -> bool:
    first, second = one.quantity.unit, other.quantity.unit
    return first == second or {first, second} <= {"件", "次", "起", "条", "个", "件次", "宗", "例", "批次"}


def _more(done: Claim, received: Claim) -> bool:
    low, high = done.quantity.low, received.quantity.high
    return low is not None and high is not None and low > high
