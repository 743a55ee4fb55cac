"""What texts state: the cases of quantities.yaml and lookalikes.yaml, and what holds for any text."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.quantity import Mention, mentions, rejected

_HERE = Path(__file__).parent
_QUANTITIES = yaml.safe_load((_HERE / "quantities.yaml").read_text("utf-8"))
_LOOKALIKES = yaml.safe_load((_HERE / "lookalikes.yaml").read_text("utf-8"))

# What numbers, their units, hedges and look-alikes are made of.
_ALPHABET = "0123456789０１２９.．,，、:：-—～~至到和/%％‰+¥()（）“”《》〔〕\n 一二两三五九十百千万亿〇零壹贰拾佰几数多余来半第前每均约近超不足以上下内达占比成折番倍分之个百点元角件人次年月日天小时名位项家户增长减少负号热线附件是AV"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_texts = st.text(_ALPHABET, max_size=40)


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _written(text: str, one: Mention) -> str:
    """A mention in the notation of quantities.yaml."""
    quantity = one.quantity
    low, high = "[" if quantity.low_closed else "(", "]" if quantity.high_closed else ")"
    parts = [
        text[one.start : one.end],
        _number(quantity.value) or "-",
        quantity.unit or "-",
        quantity.kind,
        f"{low}{_number(quantity.low)}, {_number(quantity.high)}{high}",
        quantity.qualifier,
    ]
    return " | ".join([*parts, one.direction or "change"] if one.change else parts)


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{name}-{case['text']}") for name, cases in _QUANTITIES.items() for case in cases],
)
def test_a_text_states_its_quantities(case: dict[str, list[str]]) -> None:
    text = str(case["text"])
    assert [_written(text, one) for one in mentions(text)] == case["states"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["text"]) for case in _LOOKALIKES])
def test_a_lookalike_is_rejected_with_its_reason(case: dict[str, list[str]]) -> None:
    text = str(case["text"])
    assert mentions(text) == []
    assert [f"{text[start:end]} | {reason}" for start, end, reason in rejected(text)] == case["rejects"]


@settings(max_examples=400, deadline=None)
@given(_texts)
@example("一点五亿元" * 8)
@example("9" * 400 + "万亿元")
@example("1,000" * 60)
@example("-" * 40 + "1")
@example("²٣个 百分之")
def test_mentions_are_in_order_inside_the_text_and_apart(text: str) -> None:
    last = 0
    for one in mentions(text):
        assert last <= one.start <= one.core < one.end <= len(text)
        last = one.end


@settings(max_examples=400, deadline=None)
@given(_texts)
def test_a_value_lies_between_its_bounds(text: str) -> None:
    for one in mentions(text):
        quantity = one.quantity
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
        if quantity.value is not None:
            assert quantity.low is None or quantity.low <= quantity.value
            assert quantity.high is None or quantity.value <= quantity.high


@settings(max_examples=300, deadline=None)
@given(_texts)
def test_full_width_figures_change_nothing(text: str) -> None:
    assert mentions(text.translate(_WIDE)) == mentions(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for one in mentions(text):
        assert text[one.start : one.end]
    for start, end, reason in rejected(text):
        assert 0 <= start < end <= len(text)
        assert reason


@given(st.integers(0, 10**12), st.sampled_from(["件", "人次", "元", "个工作日"]))
def test_a_plain_integer_of_things_stands_for_itself(number: int, unit: str) -> None:
    (one,) = mentions(f"共{number}{unit}")
    assert (one.quantity.value, one.quantity.low, one.quantity.high) == (Decimal(number),) * 3
    (same,) = mentions(f"共{number:,}{unit}")
    assert same.quantity == one.quantity


@given(st.decimals(0, 10**6, places=2))
def test_an_amount_is_known_to_half_of_its_last_digit(number: Decimal) -> None:
    (one,) = mentions(f"支出{number}万元")
    quantity = one.quantity
    assert (quantity.value, quantity.unit, quantity.places) == (number * 10**4, "元", 2)
    assert quantity.high == number * 10**4 + 50
    assert quantity.low == (number * 10**4 - 50 if number else 0)
