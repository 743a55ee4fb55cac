from itertools import pairwise

import pytest

from pipeline.records import Block, Finding, Report, Severity, Span
from pipeline.triage import parts, triage

REPORT = Report("0" * 64, "x.txt", (Block(0, "八、有关建议。无。"), Block(1, "指标1：……"), Block(2, "资金截流，" * 20)))


def finding(rule: str, severity: Severity, block: int = 0, n: int = 0) -> Finding:
    text = REPORT.blocks[block].text
    return Finding(f"{rule}{n}", rule, severity, f"{rule}的说明。", (Span(block, 0, len(text)),), None, None, "", "")


def test_no_findings_no_score() -> None:
    result = triage(REPORT, [], {})
    assert (result.score, result.band, result.because) == (0, "sound", ())


def test_the_score_is_the_sum_of_its_parts() -> None:
    found = [
        finding("a", "high"),
        finding("a", "high", n=1),
        finding("b", "medium", 1),
        finding("c", "low", 2),
        finding("d", "info"),
    ]
    assert triage(REPORT, found, {}).score == sum(part.points for part in parts(found, {}))


def test_repeats_of_one_rule_count_less_each_time() -> None:
    points = [part.points for part in parts([finding("a", "high", n=n) for n in range(4)], {})]
    assert points == [15, 7.5, 3.75, 1.88]


def test_a_rule_that_reviewers_reject_weighs_less() -> None:
    found = [finding("a", "high")]
    assert triage(REPORT, found, {"a": 0.2}).score == 3


def test_more_is_always_worse_and_nothing_passes_100() -> None:
    scores = [triage(REPORT, [finding(f"rule{n}", "high", n=n) for n in range(count)], {}).score for count in range(40)]
    assert scores[:4] == [0, 15, 30, 45]
    assert all(one < other for one, other in pairwise(scores[:30]))
    assert max(scores) <= 100


def test_parts_add_up_to_a_high_score_too() -> None:
    found = [finding(f"rule{n}", "high", n=n) for n in range(12)]
    assert triage(REPORT, found, {}).score == pytest.approx(sum(part.points for part in parts(found, {})), abs=0.06)


def test_three_reasons_of_different_rules_the_gravest_first_each_with_the_words_of_the_report() -> None:
    found = [
        finding("low-one", "low", 2),
        finding("high-one", "high"),
        finding("high-one", "high", n=1),
        finding("mid", "medium", 1),
        finding("tiny", "info"),
    ]
    because = triage(REPORT, found, {}).because
    assert [reason.split("的")[0] for reason in because] == ["high-one", "mid", "low-one"]
    assert "“八、有关建议。无。”（+15分）" in because[0]
    assert len(because[2]) <= 100


def test_bands() -> None:
    assert triage(REPORT, [finding("a", "high"), finding("b", "high")], {}).band == "weak"
    assert triage(REPORT, [finding("a", "high")], {}).band == "watch"
    assert triage(REPORT, [finding("a", "medium")], {}).band == "sound"
