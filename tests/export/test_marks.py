"""Highlights in a text: cut at their borders, never changing the text."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.export.page.marks import Mark, Underline, marked


def parsed(text: str) -> html.HtmlElement:
    # In a parent of its own: between fragments the parser drops what is only spaces.
    return html.fragment_fromstring(f"<div>{text}</div>")


def test_plain_text_is_only_escaped() -> None:
    assert marked("甲<b>&乙", (), ()) == "甲&lt;b&gt;&amp;乙"


def test_overlapping_findings_are_cut_at_their_borders() -> None:
    marks = [Mark(0, 4, "a", 1, "low", "c1"), Mark(2, 6, "b", 2, "high", "c2")]
    pieces = [
        (m.text_content(), m.get("data-f"), m.get("class"))
        for m in parsed(marked("零一二三四五六", marks, ())).iter("mark")
    ]
    assert pieces == [("零一", "1", "low"), ("二三", "1 2", "high"), ("四五", "2", "high")]


def test_each_span_is_an_anchor_and_ends_with_its_number() -> None:
    node = parsed(marked("零一二三", [Mark(1, 3, "r1-f4-0", 4, "medium", "r1-c4")], ()))
    assert [n.get("id") for n in node.iter("span")] == ["r1-f4-0"]
    (number,) = node.iter("a")
    assert (number.get("href"), number.get("data-n"), number.get("aria-label")) == ("#r1-c4", "4", "发现4（中）")


def test_an_empty_span_is_a_place_with_a_number() -> None:
    node = parsed(marked("", [Mark(0, 0, "here", 1, "low", "c")], ()))
    assert [n.get("id") for n in node.iter("span")] == ["here"]
    assert len(list(node.iter("a"))) == 1
    assert not list(node.iter("mark"))


def test_claims_lie_inside_marks() -> None:
    node = parsed(marked("支出98.2%整", [Mark(0, 4, "a", 1, "high", "c")], [Underline(2, 7, "金额 <x>")]))
    assert [(n.text, n.get("title")) for n in node.iter("span") if n.get("class") == "q"] == [
        ("98", "金额 <x>"),
        (".2%", "金额 <x>"),
    ]


def test_a_place_to_jump_to_is_not_highlighted() -> None:
    node = parsed(marked("零一二", [Mark(0, 2, "m", 0)], ()))
    assert [n.tag for n in node] == ["span"]


texts = st.text(st.sampled_from("甲乙<&\"'>𠮷 14.%"), max_size=12)
ranges = st.tuples(st.integers(0, 14), st.integers(0, 14)).map(sorted)


@given(texts, st.lists(ranges, max_size=5), st.lists(ranges, max_size=4))
def test_the_text_stays_and_every_character_lists_its_findings(
    text: str, spans: list[list[int]], claims: list[list[int]]
) -> None:
    marks = [Mark(a, b, f"a{i}", i + 1, "low", "c") for i, (a, b) in enumerate(spans)]
    node = parsed(marked(text, marks, [Underline(a, b, "") for a, b in claims]))
    assert node.text_content() == text
    assert sorted(n.get("id", "") for n in node.iter("span") if n.get("id")) == sorted(m.anchor for m in marks)
    listed: list[set[str]] = []

    def walk(element: html.HtmlElement, numbers: set[str]) -> None:
        inner = numbers | set((element.get("data-f") or "").split())
        listed.extend([inner] * len(element.text or ""))
        for child in element:
            walk(child, inner)
            listed.extend([inner] * len(child.tail or ""))

    walk(node, set())
    assert listed == [{str(m.number) for m in marks if m.start <= i < m.end} for i in range(len(text))]
