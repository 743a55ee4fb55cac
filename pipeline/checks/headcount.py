"""编制数、实有人数应当前后一致，分类人数之和应等于总数。

为什么
    人员数是核对基本支出、公用经费的依据。表里填12人、正文写17人，或者行政、事业编制加起来不等于总编制，说明有一处填错。

做法
    把全文的编制、实有（在职、在编、现有）人数找出来：同一句或同一行里，行政、事业、工勤等分类相加与总数比较；不同地方的总数
    两两比较，只有分类而没有总数的，用分类之和比较。

局限
    临聘、劳务派遣、离退休人员不计入；表内数为本级、正文数为全系统的，人数本来就不同，需要复核人核对口径。
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.checks._staff import Staff, is_total, staff
from pipeline.records import Evidence, Issue

_WORKERS = ("工勤", "工人")
_NAMES = {"quota": "编制", "actual": "实有人数"}


def check(evidence: Evidence) -> Iterator[Issue]:
    totals: dict[str, list[tuple[Decimal, tuple[Staff, ...]]]] = {"quota": [], "actual": []}
    for group in staff(evidence):
        for count in ("quota", "actual"):
            members = [one for one in group if one.count == count]
            yield from _within(evidence, members, count)
            figure = _figure(members)
            if figure is not None:
                totals[count].append(figure)
    for count, figures in totals.items():
        yield from _between(evidence, figures, count)


def _within(evidence: Evidence, members: Sequence[Staff], count: str) -> Iterator[Issue]:
    """A total and the kinds, or the posts, that stand in one sentence with it."""
    whole = [one for one in members if is_total(one) and not one.kind and not one.post]
    posts = any(one.post for one in members)
    parts = (
        [one for one in members if one.post or one.kind in _WORKERS] if posts else [one for one in members if one.kind]
    )
    if len(whole) != 1 or len(parts) < 2 or len({one.kind + one.post for one in parts}) != len(parts):
        return
    value, added = whole[0].claim.quantity.value, _sum(parts)
    if value is None or added == value:
        return
    # Posts are all named where the workers are; else some may be left out.
    if posts and added < value and not any(one.kind in _WORKERS for one in parts):
        return
    quote = evidence.reading.report.quote
    yield Issue(
        f"{_NAMES[count]}：{'＋'.join(quote(one.claim.span) for one in parts)}＝{added}人，与总数{quote(whole[0].claim.span)}不等",
        (whole[0].claim.span, *(one.claim.span for one in parts)),
        expected=f"{added}人",
        actual=quote(whole[0].claim.span),
    )


def _figure(members: Sequence[Staff]) -> tuple[Decimal, tuple[Staff, ...]] | None:
    """The number over all kinds that a sentence or row states, or its kinds added."""
    whole = [one for one in members if not one.kind and not one.post]
    if whole:
        value = whole[0].claim.quantity.value
        return None if value is None or len({one.claim.quantity.value for one in whole}) > 1 else (value, (whole[0],))
    parts = [one for one in members if one.kind and not one.post]
    if len(parts) < 2 or len({one.kind for one in parts}) != len(parts):
        return None
    return _sum(parts), tuple(parts)


def _between(evidence: Evidence, figures: Sequence[tuple[Decimal, tuple[Staff, ...]]], count: str) -> Iterator[Issue]:
    """The first number against every other one of the report."""
    if not figures:
        return
    quote = evidence.reading.report.quote
    value, first = figures[0]
    told = set()
    for other, members in figures[1:]:
        if other == value or other in told:
            continue
        told.add(other)
        written = "＋".join(quote(one.claim.span) for one in members)
        yield Issue(
            f"{_NAMES[count]}前后不一：一处为{'＋'.join(quote(one.claim.span) for one in first)}"
            f"{f'（共{value}人）' if len(first) > 1 else '人' if quote(first[0].claim.span).isdecimal() else ''}"
            f"，另一处为{written}{f'（共{other}人）' if len(members) > 1 else '人' if written.isdecimal() else ''}",
            (*(one.claim.span for one in members), *(one.claim.span for one in first)),
            expected=f"{value}人",
            actual=f"{other}人",
        )


def _sum(parts: Sequence[Staff]) -> Decimal:
    return sum((one.claim.quantity.value or Decimal(0) for one in parts), Decimal(0))
