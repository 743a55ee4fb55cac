"""各项得分之和应当等于总分，得分、扣分、满分和等级应当互相吻合。

为什么
    总分与分项对不上，说明打分没有按表计算，或者改了分项没有改总分；等级高于得分应有的档次，结论就站不住。

做法
    在评分表里把各项得分、各项分值分别相加，与表中的总分比较；检查单项得分是否超过分值、分值与扣分之差是否等于得分；在文字里把
    “其中投入14分、过程19分……”相加，把满分减去逐项扣分，与所写总分比较；文字总分与表中总分比较；等级按提纲的档次核对。

局限
    有加分项、附加分的，只核对能够确定的部分；报告另外印有等级档次的，不核对等级。
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline import indicators
from pipeline.checks._scores import Total, grades, plain, sheets, totals
from pipeline.checks._text import joined
from pipeline.indicators import Deduction, Points, Sheet
from pipeline.records import Evidence, Issue, Span

_BONUS = re.compile(r"加分|附加分|奖励分|倒扣")
_PARTIAL = re.compile(r"主要扣|等(?:方面|原因|指标)|部分扣分|其他")
_BANDS = re.compile(
    r"\d{2,3}\s*分?[^，。；\d]{0,6}(?:以上|至|—|-|－|~|～|到|≤|>|＞|≥)[^，。；]{0,16}(?:为|：|:|属|评)?[“\"]?(?:优|良|中|差)"
)


def check(evidence: Evidence) -> Iterator[Issue]:
    for sheet in sheets(evidence):
        yield from _sheet(sheet)
    stated = totals(evidence)
    for total in stated:
        yield from _components(evidence, total)
    if stated:
        yield from _taken_off(evidence, stated[0])
        yield from _against_sheets(evidence, stated[0])
        yield from _grade(evidence, stated[0])


def _sheet(sheet: Sheet) -> Iterator[Issue]:
    if not any(_BONUS.search(one.name.text) for one in sheet.indicators):
        yield from _sum("得分", sheet.scores, sheet.score)
        yield from _sum("分值", sheet.weights, sheet.weight)
    for one in sheet.indicators:
        name = "".join(one.name.text.split())
        if (
            one.weight is not None
            and one.score is not None
            and one.score.value > one.weight.value
            and one.weight.value > 0
        ):
            yield Issue(
                f"“{name}”得分{plain(one.score.value)}分，超过分值{plain(one.weight.value)}分",
                (one.score.span, one.weight.span),
                expected=f"不超过{plain(one.weight.value)}分",
                actual=f"{plain(one.score.value)}分",
            )
        elif one.weight is not None and one.score is not None and one.deducted is not None:
            left = one.weight.value - abs(one.deducted.value)
            if left != one.score.value:
                yield Issue(
                    f"“{name}”分值{plain(one.weight.value)}－扣分{plain(abs(one.deducted.value))}＝{plain(left)}，与得分{plain(one.score.value)}不符",
                    (one.score.span, one.weight.span, one.deducted.span),
                    expected=plain(left),
                    actual=plain(one.score.value),
                )


def _sum(what: str, parts: Sequence[Points], stated: Points | None) -> Iterator[Issue]:
    added = sum((part.value for part in parts), Decimal(0))
    if stated is None or len(parts) < 2 or added == stated.value:
        return
    yield Issue(
        f"各项{what}相加为{plain(added)}分（{'＋'.join(plain(part.value) for part in parts)}），与所写总{what}{plain(stated.value)}分不符",
        (stated.span, *(part.span for part in parts)),
        expected=plain(added),
        actual=plain(stated.value),
    )


def _components(evidence: Evidence, total: Total) -> Iterator[Issue]:
    quote = evidence.reading.report.quote
    parts = total.parts
    for part in parts:
        points, weight = part.points.quantity.value, part.weight.quantity.value if part.weight else None
        if points is not None and weight is not None and points > weight:
            yield Issue(
                f"“{part.name}”得分{plain(points)}分，超过满分{plain(weight)}分",
                (part.points.span, *((part.weight.span,) if part.weight else ())),
                expected=f"不超过{plain(weight)}分",
                actual=f"{plain(points)}分",
            )
    added = sum((part.points.quantity.value or Decimal(0) for part in parts), Decimal(0))
    if len(parts) < 3 or any(_BONUS.search(part.name) for part in parts) or added == total.value:
        return
    # Components that are far from the whole are of one dimension alone.
    if not total.value * Decimal("0.8") <= added <= total.value * Decimal("1.2"):
        return
    terms = "＋".join(f"{part.name}{plain(part.points.quantity.value or Decimal(0))}" for part in parts)
    yield Issue(
        f"{terms}＝{plain(added)}分，与所写总分{quote(total.points.span).strip()}不符",
        (total.points.span, *(part.points.span for part in parts)),
        expected=f"{plain(added)}分",
        actual=f"{plain(total.value)}分",
    )


def _taken_off(evidence: Evidence, total: Total) -> Iterator[Issue]:
    """Deductions listed in prose against what is missing to the full mark, and against their own sum."""
    listed = list(indicators.deductions(evidence.reading))
    for group in sorted({one.group for one in listed}):
        members = [one for one in listed if one.group == group]
        sums = [one for one in members if one.total]
        items = [one for one in members if not one.total]
        if not items or any(_PARTIAL.search(one.sentence.text) for one in members):
            continue
        added = sum((one.points.value for one in items), Decimal(0))
        terms = "＋".join(plain(one.points.value) for one in items)
        if sums and len(items) > 1 and sums[0].points.value != added:
            yield _deducted(
                f"逐项扣分{terms}＝{plain(added)}分，与所写共扣{plain(sums[0].points.value)}分不符",
                sums[0].points,
                items,
                added,
            )
        elif not sums and len({one.group for one in listed}) == 1 and added != total.full - total.value:
            missing = total.full - total.value
            yield Issue(
                f"满分{plain(total.full)}－逐项扣分{plain(added)}（{terms}）＝{plain(total.full - added)}分，与所写总分{plain(total.value)}分不符",
                (total.points.span, *(one.points.span for one in items)),
                expected=f"扣分合计{plain(missing)}分",
                actual=f"扣分合计{plain(added)}分",
                severity="medium",
            )


def _deducted(message: str, stated: Points, items: Sequence[Deduction], added: Decimal) -> Issue:
    return Issue(
        message,
        (stated.span, *(one.points.span for one in items)),
        expected=plain(added),
        actual=plain(stated.value),
    )


def _against_sheets(evidence: Evidence, total: Total) -> Iterator[Issue]:
    """The total of the text against that of the one sheet with a score."""
    scored = [sheet.score for sheet in sheets(evidence) if sheet.score is not None]
    if len(scored) == 1 and scored[0].value != total.value and scored[0].value > total.value / 2:
        yield Issue(
            f"文字中的自评得分是{plain(total.value)}分，评分表中的总分是{plain(scored[0].value)}分，两处不一致",
            (total.points.span, scored[0].span),
            expected=f"{plain(scored[0].value)}分",
            actual=f"{plain(total.value)}分",
        )


def _grade(evidence: Evidence, total: Total) -> Iterator[Issue]:
    bands = dict(evidence.profile.scoring.bands)
    share = total.value * 100 / total.full
    if _BANDS.search(joined(evidence.reading.report).string):
        return
    due = next((word for word, least in bands.items() if share >= least), None)
    for stated in grades(evidence):
        if stated.grade in bands and due is not None and stated.grade != due:
            spans: tuple[Span, ...] = (stated.span, total.points.span)
            yield Issue(
                f"自评得分{plain(total.value)}分，按{evidence.profile.title}的档次应为“{due}”，报告写的等级是“{stated.grade}”",
                spans,
                expected=due,
                actual=stated.grade,
                severity="medium",
            )
            return
