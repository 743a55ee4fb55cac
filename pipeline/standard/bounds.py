"""Which results a bound of a standard names: ≥95%, 95%以上, 95%（含）以下, =0."""

from decimal import Decimal

from pipeline.standard.ranges import Range
from pipeline.standard.wording import IN, LEFT_OUT, OUT, SAID, USUAL, Irregular


def bounded(value: Decimal, op: str, post: str, mark: str) -> Range:
    """The range of ``op`` ``value`` ``post`` (不低于 95 以上); ``mark`` says whether the end belongs to it."""
    if op and post:
        # 达到95%以上 is 95%以上; 低于60%以下 is said, and means 低于60%.
        if post in ("内", "以内", "之内") and op == "控制在":
            return Range(None, value, SAID, sure(USUAL, mark))
        if op in ("达到", "达", "为", "=") or (op in ("超过", "高于", "大于") and post.endswith("以上")):
            return bounded(value, "", post, mark) if op in ("达到", "达", "为", "=") else bounded(value, op, "", mark)
        if op in ("低于", "小于", "不足") and post.endswith("以下"):
            return bounded(value, op, "", mark)
        raise Irregular(op + post)
    if post.endswith("以上"):
        return Range(value, None, sure(SAID if post[0] == "及" else USUAL, mark), SAID)
    if post:
        return Range(None, value, SAID, sure(SAID if post[0] == "及" else USUAL, mark))
    if op in ("", "=", "等于", "为"):
        if mark and not op:
            raise Irregular(mark)
        return Range(value, value)
    if op in ("≥", "大于等于", "大于或等于", "高于或等于", "不低于", "不少于", "不小于", "达到", "达"):
        return Range(value, None, sure(SAID, mark), SAID)
    if op in (">", "大于", "高于", "超过", "超出", "多于"):
        return Range(value, None, sure(LEFT_OUT, mark), SAID)
    if op in ("<", "小于", "低于", "不足", "未达到", "未达", "没有达到", "少于", "不到"):
        return Range(None, value, SAID, sure(LEFT_OUT, mark))
    return Range(None, value, SAID, sure(SAID, mark))


def sure(usual: int, mark: str) -> int:
    """How surely an end belongs to its range: as usual, unless marked."""
    return SAID if IN in mark else LEFT_OUT if OUT in mark else usual
