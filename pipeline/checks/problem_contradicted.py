"""存在的问题应当与报告其他地方说的一致。

为什么
    正文写着采购流标、只完成计划的35%，问题一栏却写“无”；问题写投诉超期办理，成绩写按时办结率100%：两处总有一处不实。

做法
    一，问题写“无”或者只写成绩的，看正文有没有写未完成、未达标、流标、完成计划百分之几；二，问题说的（超期、执行率低、满意度低、
    验收滞后等）与别处说的（按时办结率100%、执行率100%等）相反的，两处都引出来；对照表在 lexicon/contradictions.toml。

局限
    只查对照表里的说法；同一事项的不同部分（有的超期、大多按时）也会提示，因为100%与超期不能并存；范围不同的可能误报。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pipeline import lexicon
from pipeline.checks._graded import evaluates, problems, section_spans, short, words
from pipeline.records import Evidence, Issue, Span

_CLAUSE = re.compile(r"[^，。；！？\n]+")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_OTHER_SPEECH = re.compile(
    r"扣\d|得\s*\d|满分|评分|如未|若未|是否|上年|去年|以前年度|指标|标准|目标[：:]|的原因|下一步|将"
)
_MOST = 2


@dataclass(frozen=True, slots=True)
class _Pair:
    problem: re.Pattern[str]
    other: re.Pattern[str]
    about: tuple[str, ...]


@cache
def _pairs() -> tuple[_Pair, ...]:
    return tuple(
        _Pair(re.compile(row["problem"]), re.compile(row["other"]), tuple(row.get("about", ())))
        for row in lexicon.load("contradictions")["pair"]
    )


@cache
def _shortfall() -> re.Pattern[str]:
    return re.compile(lexicon.load("contradictions")["shortfall"])


def check(evidence: Evidence) -> Iterator[Issue]:
    if evidence.grades.problems is None or not evaluates(evidence):
        return
    if evidence.grades.problems.grade == 1 and not _states_any(evidence):
        yield from _denied(evidence)
    for item in problems(evidence):
        yield from _opposed(evidence, item.span, item.text)


def _states_any(evidence: Evidence) -> bool:
    return any(words("deficit").search(item.text) for item in problems(evidence))


def _denied(evidence: Evidence) -> Iterator[Issue]:
    where = section_spans(evidence, "problems")
    told = list(islice(_found(evidence, _shortfall(), ()), _MOST))
    if where and told:
        quote = evidence.reading.report.quote
        said = "；".join(f"“{short(quote(span))}”" for span in told)
        yield Issue(
            f"问题写的是“{short(quote(where[0]))}”，正文却写了：{said}。",
            (*told, where[0]),
            expected="与正文一致",
            actual=short(quote(where[0])),
        )


def _opposed(evidence: Evidence, span: Span, text: str) -> Iterator[Issue]:
    for pair in _pairs():
        stated = next((clause for clause in _CLAUSE.findall(text) if pair.problem.search(clause)), None)
        if stated is None:
            continue
        about = tuple(word for word in pair.about if word in stated)
        if pair.about and not about:
            continue
        other = next(_found(evidence, pair.other, about), None)
        if other is not None:
            said = evidence.reading.report.quote(other)
            yield Issue(
                f"问题写“{short(stated)}”，别处却写“{short(said)}”，两处相反。",
                (span, other),
                expected=short(said),
                actual=short(stated),
            )


def _found(evidence: Evidence, wanted: re.Pattern[str], about: tuple[str, ...]) -> Iterator[Span]:
    """Clauses outside problems and measures that say ``wanted``, in a sentence ``about`` one of these."""
    skipped = {
        at for section in evidence.reading.sections if section.kind in ("problems", "measures", "duties")
        for at in range(section.first, section.last)
    }  # fmt: skip
    for block in evidence.reading.report.blocks:
        if block.index in skipped or not wanted.search(block.text):
            continue
        for sentence in _SENTENCE.finditer(block.text):
            if about and not any(word in sentence.group() for word in about):
                continue
            for clause in _CLAUSE.finditer(block.text, sentence.start(), sentence.end()):
                if wanted.search(clause.group()) and not _OTHER_SPEECH.search(clause.group()):
                    yield Span(block.index, clause.start(), clause.end())
