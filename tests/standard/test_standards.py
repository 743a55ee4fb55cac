"""What printed scoring standards give, and that irregular ones are left alone."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import quantity, standard
from pipeline.quantity import Interval
from pipeline.standard import Standard

CASES: dict[str, list[Any]] = yaml.safe_load((Path(__file__).parent / "standards.yaml").read_text("utf-8"))
REGULAR = [case for case in CASES["regular"] if not case.get("irregular")]
IRREGULAR = [(case["text"], case["full"]) for case in CASES["regular"] if case.get("irregular")] + CASES["irregular"]

# What standards are made of, so that some of what is put together is regular.
_WORDS = [
    "预算执行率", "在职人员控制率", "完成率", "达到", "≥", "<", "95%", "80%", "0", "10天", "3项", "9" * 30, "（含）", "（不含）", "以上", "以下", "-", "得满分",
    "不得分", "得3分", "得分值的60%", "扣1分", "每低1个百分点扣0.5分", "每超过5%扣2分", "每少1项扣1分", "每发现一处扣1分", "每逾期一天扣0.5分", "扣完为止",
    "最多扣3分", "按比例得分", "按完成率计算得分", "得分=执行率×10", "完成", "未完成", "基本完成", "优秀", "良", "按时完成", "逾期", "一个月内", "达到目标值",
    "否则", "其他", "其余", "，", "；", "。", "\n", "①", "酌情", "不足1个百分点按1个百分点计算",
]  # fmt: skip
_results = st.one_of(
    st.builds(Interval.exactly, st.decimals(-200, 200, places=2)),
    st.builds(
        lambda low, width: Interval(low, low + width), st.decimals(-200, 200, places=2), st.decimals(0, 50, places=2)
    ),
    st.just(Interval(Decimal(90), None, False, False)),
    st.just(Interval.exactly(Decimal("9" * 80))),
    st.sampled_from(["完成", "未完成", "优秀", "按时完成", "逾期", "别的"]),
)


def decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def parsed(case: dict[str, Any]) -> Standard:
    found = standard.parse(case["text"], decimal(case["full"]), decimal(case.get("target")))
    assert found is not None
    return found


def result(written: str) -> Interval | str:
    """94.69 exactly, 约 94.69 by the writing, or the word of an outcome."""
    if written.startswith("约 "):
        (mention,) = quantity.mentions(written.removeprefix("约 ") + "%")
        return Interval.of(mention.quantity)
    try:
        return Interval.exactly(Decimal(written))
    except ArithmeticError:
        return written


def points(expected: str | None) -> tuple[Decimal, Decimal] | None:
    if expected is None:
        return None
    low, _, high = expected.partition("..")
    return Decimal(low), Decimal(high or low)


def ends(interval: Interval | None) -> tuple[Decimal | None, Decimal | None] | None:
    return None if interval is None else (interval.low, interval.high)


@pytest.mark.parametrize("case", REGULAR, ids=lambda case: case["text"])
def test_regular_standards_are_applied(case: dict[str, Any]) -> None:
    one = parsed(case)
    assert {written: ends(one.score(result(written))) for written in case["scores"]} == {
        written: points(expected) for written, expected in case["scores"].items()
    }
    allowed = case.get("allowed", {})
    assert {written: ends(one.allowed(result(written))) for written in allowed} == {
        written: points(expected) for written, expected in allowed.items()
    }
    for name in ("unit", "subject", "counts"):
        assert getattr(one, name) == case.get(name, getattr(one, name))


@pytest.mark.parametrize(("text", "full"), IRREGULAR)
def test_irregular_standards_are_left_alone(text: str, full: int | None) -> None:
    assert standard.parse(text, decimal(full)) is None


@pytest.mark.parametrize("case", REGULAR, ids=lambda case: case["text"])
def test_what_has_a_score_is_explained_and_within_full_marks(case: dict[str, Any]) -> None:
    one = parsed(case)
    for written in case["scores"]:
        score, line = one.score(result(written)), one.explain(result(written))
        assert (score is None) == (line is None)
        if score is not None and score.low is not None and score.high is not None:
            assert 0 <= score.low <= score.high <= one.full


@settings(max_examples=400)
@given(st.lists(st.sampled_from(_WORDS), max_size=14).map("".join), st.sampled_from([None, 5, 10]), _results)
def test_any_words_are_read_or_left_alone(text: str, full: int | None, got: Interval | str) -> None:
    one = standard.parse(text, decimal(full), Decimal(90))
    if one is None:
        return
    assert one.full > 0
    score, allowed = one.score(got), one.allowed(got)
    one.explain(got)
    assert (score is None) == (allowed is None)
    if score is not None and allowed is not None:
        low, high = ends(score) or (None, None)
        least, most = ends(allowed) or (None, None)
        assert None not in (low, high, least, most)
        assert 0 <= least <= low <= high <= most <= one.full  # type: ignore[operator]


@given(st.text(max_size=80))
def test_no_text_is_an_error(text: str) -> None:
    standard.parse(text, Decimal(5))


def test_the_best_result_never_scores_less_than_a_worse_one() -> None:
    one = standard.parse("执行率90%以上得满分；80%（含）—90%之间，每低1个百分点扣0.5分；低于80%不得分", Decimal(10))
    assert one is not None
    scores = [one.score(Interval.exactly(Decimal(tenth) / 10)) for tenth in range(700, 1001)]
    lows = [score.low for score in scores if score is not None and score.low is not None]
    assert len(lows) == len(scores)
    assert lows == sorted(lows)


def test_a_target_is_needed_where_the_standard_does_not_name_it() -> None:
    one = standard.parse("达到目标值得满分，每超过1个百分点扣1分", Decimal(6))
    assert one is not None
    assert one.needs_target
    assert one.score(Interval.exactly(Decimal(99))) is None
    placed = standard.against(one, Decimal(5), at_most=True)
    assert placed is not None
    assert placed.score(Interval.exactly(Decimal("6.5"))) == Interval.exactly(Decimal("4.5"))
    assert placed.score(Interval.exactly(Decimal(3))) == Interval.exactly(Decimal(6))


def test_the_arithmetic_is_written_out() -> None:
    one = standard.parse("预算执行率达到100%得满分，每低1个百分点扣0.2分，扣完为止", Decimal(10))
    assert one is not None
    line = one.explain(Interval.exactly(Decimal("94.69")))
    assert line == "预算执行率94.69%，低于100%共5.31个百分点，每低1个百分点扣0.2分，10－1.06＝8.94分"
