"""Scores that a report gives itself in running text: totals, what they are made of, and the grade beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline import indicators
from pipeline.checks._passages import Amount, Key, Passage, passages
from pipeline.indicators import Sheet
from pipeline.records import Claim, Evidence, Report, Span

FULL = Decimal(100)
_TOTAL = re.compile(
    r"(?:自评|自我评价|绩效评价|评价|综合|最终|合计|总计|共计|汇总|总体|整体支出绩效|绩效)[^，,。；;：:\d]{0,10}(?:得分|评分|分值|分数|总分|分)"
    r"[^，,。；;\d]{0,6}$|^\s*(?:总得分|总分|得分|自评分|自评)(?:数|值)?[为是共达计：:]*$|(?:总得分|总分|合计得分|综合得分|自评分|自评得分|共得)[为是：:]*$"
)
_NOT_TOTAL = re.compile(
    r"满分|分值|权重|标准分|应得|扣|加分|减分|每|不低于|以上|目标|上年|去年|计划|指标(?:得|自评|评)|其中|单位(?:得|平均)|平均"
)
_WEIGHT = re.compile(r"满分|分值|权重|标准分|总分值|应得")
_TAKEN = re.compile(r"扣")
_GRADE = re.compile(
    r"(?:等级|等次|结论|结果|评级|评价|级别|评定|档次)[^，,。；;\d]{0,10}?[“\"‘']?(?P<word>优秀|优|良好|良|中等|中|合格|一般|差|不合格|较差)(?![势点化先异质良化级于秀])"
)
_WORDS = {
    "优秀": "优", "优": "优", "良好": "良", "良": "良", "中等": "中", "中": "中", "合格": "中", "一般": "中", "差": "差", "不合格": "差", "较差": "差",
}  # fmt: skip
_CLAUSE = re.compile(r"[，,。；;：:（(]")
_OF_WHICH = re.compile(r"\s*其中|\s*(?:具体|分项|各项)")
# The score of another: of the bureau that checks, of last year.
_OTHERS = re.compile(
    r"复核|财政(?:局|部门)[^，。；]{0,16}(?:评价|复核|抽查|检查)|重点评价|再评价|抽评|第三方|上年|去年"
)
# A total lower than this is one of a part.
_LEAST = 40


@dataclass(frozen=True, slots=True)
class Part:
    """A component of a total: what it is called, its points and, where stated, its full mark."""

    name: str
    points: Claim
    weight: Claim | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A stated total score, its components in the same sentence, and its full mark where stated (满分120分)."""

    points: Claim
    parts: tuple[Part, ...]
    weight: Claim | None = None

    @property
    def value(self) -> Decimal:
        return self.points.quantity.value or Decimal(0)

    @property
    def full(self) -> Decimal:
        return self.weight.quantity.value or FULL if self.weight else FULL


@dataclass(frozen=True, slots=True)
class Stated:
    """A grade in words (优, 良, 中, 差 whatever the wording) and where it stands."""

    grade: str
    span: Span


def sheets(evidence: Evidence) -> tuple[Sheet, ...]:
    """The report's indicator tables and scoring sheets."""
    return indicators.of(evidence.reading)


def totals(evidence: Evidence) -> tuple[Total, ...]:
    """The total scores of running text, in reading order."""
    return _totals(Key(evidence))


@lru_cache(maxsize=1)
def _totals(key: Key) -> tuple[Total, ...]:
    found = passages(key.evidence)
    report = key.evidence.reading.report
    totals: list[Total] = []
    for at, passage in enumerate(found):
        scored = _scored(passage, report)
        following = found[at + 1] if at + 1 < len(found) else None
        if following is not None and _goes_on(passage, following):
            scored += _scored(following, report)
        if (total := _total(scored)) is not None:
            totals.append(total)
    return tuple(totals)


def _goes_on(passage: Passage, following: Passage) -> bool:
    """Whether the next sentence of the paragraph says what the total is made of (其中投入14分…)."""
    last, first = passage.amounts[-1].claim.span, following.amounts[0].claim.span
    return last.block == first.block and _OF_WHICH.match(following.amounts[0].before) is not None


def _scored(passage: Passage, report: Report) -> list[Amount]:
    """The points of a sentence that are given, not taken off, hedged or compared."""
    return [
        one
        for one in passage.amounts
        if one.claim.quantity.kind == "score"
        and one.claim.quantity.value is not None
        and one.claim.quantity.qualifier in ("none", "reach")
        and not _TAKEN.search(report.quote(one.claim.span))
        and not _TAKEN.search(one.before[-6:])
    ]


def _total(scored: list[Amount]) -> Total | None:
    whole = next((one for one in scored if _is_total(one)), None)
    if whole is None or (whole.claim.quantity.value or 0) < _LEAST:
        return None
    parts: list[Part] = []
    weight = None
    last = None
    for one in scored:
        words = _CLAUSE.split(one.before)[-1] if one is not scored[0] else one.before
        if one is whole or _is_total(one):
            last = one
        elif _WEIGHT.search(one.before[-8:]):
            if last is whole:
                weight = one.claim
            elif parts and parts[-1].weight is None:
                parts[-1] = Part(parts[-1].name, parts[-1].points, one.claim)
        else:
            name = re.sub(r"[得自评为是共计]*分?$|^其中|^[、，]", "", words.strip()).strip("“”为得：:")
            parts.append(Part(_CLAUSE.split(name)[-1], one.claim))
            last = one
    return Total(whole.claim, tuple(parts), weight)


def _is_total(amount: Amount) -> bool:
    words = re.split(r"[，,。；;]", amount.before)[-1]
    return _TOTAL.search(words) is not None and not _NOT_TOTAL.search(words) and not _OTHERS.search(amount.before)


def grades(evidence: Evidence) -> Iterator[Stated]:
    """The grades in words of running text and of the sheets."""
    for total in totals(evidence):
        block = evidence.reading.report.blocks[total.points.span.block]
        end = block.text.find("。", total.points.span.end)
        found = _GRADE.search(block.text, total.points.span.end, len(block.text) if end < 0 else end + 1)
        if found is not None:
            yield Stated(_WORDS[found["word"]], Span(block.index, found.start("word"), found.end("word")))
    for sheet in sheets(evidence):
        if sheet.grade is not None and (word := _WORDS.get(sheet.grade.text.strip())) is not None:
            yield Stated(word, sheet.grade.spans[0])


def plain(points: Decimal) -> str:
    """Points without needless zeros."""
    return f"{points.normalize():f}"
