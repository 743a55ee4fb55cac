"""Lists of numbered paragraphs, whatever their shape."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks._sequences import Item, faults, lists
from pipeline.numbering import mark
from pipeline.numerals import counting

STYLES = ("{}、", "（{}）", "{}.", "（{}）")
# How many items a list has on each level, and which of them have a list of their own.
OUTLINES = st.recursive(st.just([]), lambda inner: st.lists(inner, min_size=1, max_size=6), max_leaves=30)


def marks(outline: list, level: int = 0) -> list[str]:
    found = []
    for number, inner in enumerate(outline, 1):
        written = counting(number) if level < 2 else str(number)
        found.append(STYLES[level].format(written) + "事项")
        if level + 1 < len(STYLES):
            found += marks(inner, level + 1)
    return found


def items(texts: list[str]) -> list[Item]:
    return [Item(at, found) for at, text in enumerate(texts) if (found := mark(text))]


def faulty(texts: list[str]) -> list[tuple[str, str]]:
    sequences = list(lists(items(texts)))
    return [(fault.kind, fault.item.mark.text) for sequence in sequences for fault in faults(sequence)]


@given(OUTLINES)
def test_an_outline_that_counts_on_has_no_fault(outline: list) -> None:
    assert faulty(marks(outline)) == []


@given(st.integers(3, 12), st.data())
def test_an_item_left_out_is_a_gap(length: int, data: st.DataObject) -> None:
    out = data.draw(st.integers(2, length - 1))
    texts = [f"{n}.事项" for n in range(1, length + 1) if n != out]
    assert faulty(texts) == [("gap", f"{out + 1}.")]


@given(st.integers(2, 12), st.data())
def test_an_item_said_again_is_a_repeat(length: int, data: st.DataObject) -> None:
    again = data.draw(st.integers(2, length))
    numbers = [*range(1, again + 1), *range(again, length + 1)]
    assert faulty([f"（{n}）事项" for n in numbers]) == [("repeat", f"（{again}）")]


def test_every_mark_is_in_exactly_one_list() -> None:
    texts = ["一、甲", "1.乙", "3.丙", "二、丁", "四、戊", "三、己", "（二）庚"]
    sequences = list(lists(items(texts)))
    assert sorted(item.block for sequence in sequences for item in sequence.items) == list(range(7))
