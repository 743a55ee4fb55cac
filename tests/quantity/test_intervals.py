"""Arithmetic on intervals: what the results of all numbers of the operands are."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.quantity import Interval, mentions, total

_numbers = st.decimals(-1000, 1000, places=2)
_divisors = st.decimals("0.01", 1000, places=2)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _of(low: str | None, high: str | None, closed: str = "[]") -> Interval:
    return Interval(_decimal(low), _decimal(high), closed[0] == "[", closed[1] == "]")


@st.composite
def _intervals(draw: st.DrawFn, numbers: st.SearchStrategy[Decimal] = _numbers) -> tuple[Interval, Decimal]:
    """An interval between two of ``numbers`` and a number in it."""
    low, inside, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return (
        Interval(low, high, low == inside or draw(st.booleans()), high == inside or draw(st.booleans())),
        inside,
    )


def test_sums_and_differences() -> None:
    assert _of("1", "2").add(_of("10", "20", "[)")) == _of("11", "22", "[)")
    assert _of("10", "20").sub(_of("1", "2", "(]")) == _of("8", "19", "[)")
    assert _of("1", None, "[)").add(_of("1", "2")) == _of("2", None, "[)")
    assert total([]) == Interval.exactly(Decimal(0))
    assert total([_of("0.5", "1.5"), _of("1.5", "2.5"), _of("3", "3")]) == _of("5.0", "7.0")


def test_products_and_quotients() -> None:
    assert _of("-1", "2").mul(_of("3", "4")) == _of("-4", "8")
    assert _of("0", "2").mul(_of("3", "4", "()")) == _of("0", "8", "[)")
    assert _of("1", None, "[)").mul(_of("1", "2")) == Interval(None, None, False, False)
    assert _of("10", "20").div(_of("2", "4")) == _of("2.5", "10")
    assert _of("10", "20").div(_of("0", "4")) is None
    assert _of("10", "20").div(_of("-1", "1")) is None


def test_a_share_in_per_cent() -> None:
    part, whole = (Interval.of(one.quantity) for one in mentions("支出6.38万元，预算12.76万元"))
    share = part.percent(whole)
    assert share is not None
    assert Decimal(50) in share
    assert Decimal("50.1") not in share
    assert part.percent(_of("0", "1")) is None


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        (_of("1", "2"), _of("2", "3"), True),
        (_of("1", "2", "[)"), _of("2", "3"), False),
        (_of("1", "2"), _of("2", "3", "(]"), False),
        (_of(None, "2", "()"), _of("1", None, "[)"), True),
        (_of(None, "2", "()"), _of("2", None, "[)"), False),
        (_of("1", "9"), _of("4", "5", "()"), True),
    ],
)
def test_intervals_meet_where_a_number_lies_in_both(first: Interval, second: Interval, meet: bool) -> None:
    assert first.meets(second) is second.meets(first) is meet


def test_a_ratio_has_no_bounds() -> None:
    (one,) = mentions("按1:3配置")
    assert Decimal(7) in Interval.of(one.quantity)


@given(_intervals(), _intervals())
def test_results_of_members_are_members(first: tuple[Interval, Decimal], second: tuple[Interval, Decimal]) -> None:
    (one, a), (other, b) = first, second
    assert a in one
    assert a + b in one.add(other)
    assert a - b in one.sub(other)
    assert a * b in one.mul(other)
    assert -a in one.negated()


@given(_intervals(), _intervals(_divisors), st.booleans())
def test_quotients_of_members_are_members(
    first: tuple[Interval, Decimal], second: tuple[Interval, Decimal], negative: bool
) -> None:
    (one, a), (other, b) = first, second
    if negative:
        other, b = other.negated(), -b
    quotients = one.div(other)
    assert quotients is not None
    # A quotient is written with finitely many digits: its product is compared.
    assert quotients.low is not None
    assert quotients.high is not None
    lowest, highest = sorted((quotients.low * b, quotients.high * b))
    slack = Decimal("1e-20") * max(abs(lowest), abs(highest), Decimal(1))
    assert lowest - slack <= a <= highest + slack


@given(_intervals(), _intervals())
def test_meeting_is_mutual_and_below_excludes_it(
    first: tuple[Interval, Decimal], second: tuple[Interval, Decimal]
) -> None:
    (one, a), (other, b) = first, second
    assert one.meets(other) is other.meets(one)
    assert one.meets(other) or one.below(other) or other.below(one)
    if one.below(other):
        assert a < b
