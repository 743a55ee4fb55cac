"""``triage.xlsx``: the ranked reports, each finding with both sides of its evidence, the numbers, the unread files."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from pipeline.export import words
from pipeline.export.atomic import replacing
from pipeline.export.cards import Rules, name
from pipeline.export.names import Named
from pipeline.export.places import block_places, clause
from pipeline.export.sheets import ROWS, Cell, Column, Looks, Sheet, Value, finish, new_book
from pipeline.records import Claim, Failure, Finding, Report, Severity

STATES = ("待核", "采纳", "驳回", "存疑")

# What a reviewer reads and fills in comes first, within the width of an office screen; what is looked up comes after.
_REPORTS = (
    Column("序号", 7, "count"),
    Column("报告", 26),
    Column("单位", 20),
    Column("年度", 7, "short"),
    Column("类型", 10, "short"),
    Column("得分", 8, "number"),
    Column("等级", 11),
    Column("高", 6, "count"),
    Column("中", 6, "count"),
    Column("低", 6, "count"),
    Column("提示", 6, "count"),
    Column("主要理由一", 38),
    Column("主要理由二", 38),
    Column("主要理由三", 38),
)
_FINDINGS = (
    Column("报告", 22),
    Column("程度", 6),
    Column("规则", 16),
    Column("问题", 36),
    Column("原文", 30),
    Column("对照原文", 30),
    Column("应为", 14),
    Column("报告写为", 14),
    Column("状态", 8, "state", STATES),
    Column("建议", 30),
    Column("依据", 30),
    Column("规则编号", 22, "short"),
)
_CLAIMS = (
    Column("报告", 26, "short"),
    Column("章节", 10, "short"),
    Column("原文", 18, "short"),
    Column("数值", 18, "number"),
    Column("单位", 9, "short"),
    Column("类别", 10, "short"),
    Column("口径", 8, "short"),
    Column("指标", 26),
    Column("角色", 8, "short"),
    Column("期间", 16, "short"),
    Column("下限", 18, "number"),
    Column("上限", 18, "number"),
    Column("来源", 7, "short"),
    Column("位置", 60, "short"),
)
_FAILURES = (Column("文件", 50), Column("代码", 20, "short"), Column("原因与处理办法", 80))


def write(
    path: Path, reviews: Iterable[Named], failures: Sequence[Failure], rules: Rules, *, sheet_rows: int = ROWS
) -> None:
    """Write the workbook; ``reviews`` in rank order, gone through once. ``sheet_rows`` rows fill a sheet."""
    with replacing(path) as draft:
        book = new_book(str(draft))
        book.set_properties({"title": "绩效自评报告复核"})
        looks = Looks(book)
        reports = Sheet(book, looks, "报告", _REPORTS, kept=3, rows=sheet_rows)
        findings = Sheet(book, looks, "发现", _FINDINGS, kept=1, rows=sheet_rows)
        claims = Sheet(book, looks, "数量", _CLAIMS, kept=1, rows=sheet_rows)
        sheets = [reports, findings, claims]
        if failures:
            unread = Sheet(book, looks, "未读取", _FAILURES, rows=sheet_rows)
            for failure in failures:
                unread.add((failure.path, failure.code, failure.message))
            sheets.insert(1, unread)
        for rank, named in enumerate(reviews, 1):
            reports.add(_report(rank, named))
            reading = named.review.reading
            for finding in named.review.findings:
                findings.add(_finding(named.name, reading.report, finding, rules))
            places = block_places(reading.report.blocks)
            for claim in reading.claims:
                claims.add(_claim(named.name, reading.report, claim, places))
        finish(book, sheets)


def _report(rank: int, named: Named) -> tuple[Value, ...]:
    review = named.review
    cover, triage = review.reading.cover, review.triage
    counts = Counter[Severity](finding.severity for finding in review.findings)
    reasons = (*triage.because[:3], "", "", "")[:3]
    return (
        rank,
        named.name,
        cover.agency,
        str(cover.year) if cover.year is not None else "",
        words.COVER[cover.kind],
        round(float(triage.score), 1),
        Cell(words.BAND[triage.band], triage.band),
        counts["high"],
        counts["medium"],
        counts["low"],
        counts["info"],
        *reasons,
    )


def _finding(file: str, report: Report, finding: Finding, rules: Rules) -> tuple[Value, ...]:
    quotes = [report.quote(span) for span in finding.spans] or [""]
    others = "\n".join(f"（{i}）{quote}" for i, quote in enumerate(quotes[1:], 1) if quote)
    return (
        file,
        Cell(words.SEVERITY[finding.severity], finding.severity),
        name(rules, finding.rule),
        finding.message,
        quotes[0],
        others,
        finding.expected,
        finding.actual,
        STATES[0],
        finding.suggestion,
        finding.basis,
        finding.rule,
    )


def _claim(file: str, report: Report, claim: Claim, places: Sequence[str]) -> tuple[Value, ...]:
    quantity = claim.quantity
    return (
        file,
        words.SECTION[claim.section],
        report.quote(claim.span),
        quantity.value,
        quantity.unit,
        words.KIND[quantity.kind],
        words.QUALIFIER[quantity.qualifier],
        claim.metric,
        words.role(claim),
        words.period(claim.period),
        _bound(quantity.low),
        _bound(quantity.high),
        words.SOURCE[claim.source],
        "：".join(part for part in (places[claim.span.block], clause(report, claim.span)) if part),
    )


def _bound(number: Decimal | None) -> Decimal | str:
    return "不限" if number is None else number
