"""``triage.xlsx``: the ranked reports, each finding with both sides of its evidence, the numbers, the unread files."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from pipeline.export import words
from pipeline.export.atomic import replacing
from pipeline.export.cards import Rules, name
from pipeline.export.names import Named
from pipeline.export.sheets import ROWS, Cell, Column, Looks, Sheet, Value, new_book
from pipeline.records import Claim, Failure, Finding, Report, Severity

STATES = ("待核", "采纳", "驳回", "存疑")

_REPORTS = (
    Column("序号", 6, "number"),
    Column("文件", 26),
    Column("单位", 20),
    Column("年度", 7, "short"),
    Column("类型", 9, "short"),
    Column("得分", 8, "number"),
    Column("等级", 10),
    Column("主要理由一", 34),
    Column("主要理由二", 34),
    Column("主要理由三", 34),
    Column("高", 6, "number"),
    Column("中", 6, "number"),
    Column("低", 6, "number"),
    Column("提示", 7, "number"),
)
_FINDINGS = (
    Column("文件", 22),
    Column("规则", 16),
    Column("规则编号", 18),
    Column("程度", 6),
    Column("问题", 40),
    Column("原文", 36),
    Column("其他出处原文", 36),
    Column("应为", 14),
    Column("报告写为", 14),
    Column("依据", 26),
    Column("建议", 28),
    Column("状态", 8, "state", STATES),
)
_CLAIMS = (
    Column("文件", 22),
    Column("章节", 12, "short"),
    Column("原文", 24),
    Column("数值", 18, "number"),
    Column("下限", 18, "number"),
    Column("上限", 18, "number"),
    Column("单位", 8, "short"),
    Column("类别", 9, "short"),
    Column("限定", 9, "short"),
    Column("指标", 26),
    Column("角色", 9, "short"),
    Column("期间", 12, "short"),
    Column("出处", 7, "short"),
)
_FAILURES = (Column("文件", 50), Column("代码", 18, "short"), Column("原因与处理办法", 80))


def write(
    path: Path, reviews: Iterable[Named], failures: Sequence[Failure], rules: Rules, *, sheet_rows: int = ROWS
) -> None:
    """Write the workbook; ``reviews`` in rank order, gone through once. ``sheet_rows`` rows fill a sheet."""
    with replacing(path) as draft:
        book = new_book(str(draft))
        book.set_properties({"title": "绩效自评报告复核"})
        looks = Looks(book)
        reports = Sheet(book, looks, "报告", _REPORTS, rows=sheet_rows)
        findings = Sheet(book, looks, "发现", _FINDINGS, rows=sheet_rows)
        claims = Sheet(book, looks, "数量", _CLAIMS, rows=sheet_rows)
        sheets = [reports, findings, claims]
        if failures:
            unread = Sheet(book, looks, "未读取", _FAILURES, rows=sheet_rows)
            for failure in failures:
                unread.add((failure.path, failure.code, failure.message))
            sheets.append(unread)
        for rank, named in enumerate(reviews, 1):
            reports.add(_report(rank, named))
            reading = named.review.reading
            for finding in named.review.findings:
                findings.add(_finding(named.name, reading.report, finding, rules))
            for claim in reading.claims:
                claims.add(_claim(named.name, reading.report, claim))
        for sheet in sheets:
            sheet.close()
        book.close()


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
        *reasons,
        counts["high"],
        counts["medium"],
        counts["low"],
        counts["info"],
    )


def _finding(file: str, report: Report, finding: Finding, rules: Rules) -> tuple[Value, ...]:
    quotes = [report.quote(span) for span in finding.spans] or [""]
    others = "\n".join(f"（{i}）{quote}" for i, quote in enumerate(quotes[1:], 1) if quote)
    return (
        file,
        name(rules, finding.rule),
        finding.rule,
        Cell(words.SEVERITY[finding.severity], finding.severity),
        finding.message,
        quotes[0],
        others,
        finding.expected,
        finding.actual,
        finding.basis,
        finding.suggestion,
        STATES[0],
    )


def _claim(file: str, report: Report, claim: Claim) -> tuple[Value, ...]:
    quantity = claim.quantity
    return (
        file,
        words.SECTION[claim.section],
        report.quote(claim.span),
        quantity.value,
        _bound(quantity.low),
        _bound(quantity.high),
        quantity.unit,
        words.KIND[quantity.kind],
        words.QUALIFIER[quantity.qualifier],
        claim.metric,
        words.ROLE[claim.role],
        claim.period,
        words.SOURCE[claim.source],
    )


def _bound(number: Decimal | None) -> Decimal | str:
    return "不限" if number is None else number
