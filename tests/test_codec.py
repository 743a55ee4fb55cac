"""The review file: what goes in comes out, and it is what the public schema says."""

import json
from dataclasses import replace
from decimal import Decimal
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import codec, records
from pipeline.records import (
    Block,
    Cell,
    Claim,
    Cover,
    Feature,
    Finding,
    Grade,
    GradedItem,
    Grades,
    Match,
    Pair,
    Quantity,
    Reading,
    Report,
    Review,
    Section,
    Source,
    Span,
    Triage,
)

SCHEMA = json.loads(resources.files("pipeline").joinpath("review.schema.json").read_text("utf-8"))
CONTRACT = Path(__file__).parents[2] / "shared" / "contract" / "review.schema.json"

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["𠮷林县", "14.00万元", "\n\t“"]
)
decimals = st.builds(
    lambda sign, digits, exponent: Decimal((sign, tuple(digits), exponent)),
    st.integers(0, 1),
    st.lists(st.integers(0, 9), min_size=1, max_size=18),
    st.integers(-8, 12),
)
share = st.floats(0, 1)


def one_of(alias: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(alias.__args__)


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    texts = draw(st.lists(words, min_size=1, max_size=5))
    cells = st.none() | st.builds(Cell, *[st.integers(0, 5)] * 3, st.integers(1, 3), st.integers(1, 3))
    blocks = tuple(Block(i, text, draw(st.integers(0, 6)), draw(cells)) for i, text in enumerate(texts))

    @st.composite
    def spans(inner: st.DrawFn) -> Span:
        block = inner(st.integers(0, len(blocks) - 1))
        ends = sorted(inner(st.tuples(*[st.integers(0, len(blocks[block].text))] * 2)))
        return Span(block, ends[0], ends[1])

    quantities = st.builds(
        Quantity, st.none() | decimals, st.none() | decimals, st.none() | decimals, st.booleans(), st.booleans(), words,
        one_of(records.ClaimKind), one_of(records.Qualifier), st.integers(0, 8),
    )  # fmt: skip
    claims = st.builds(
        Claim, words, spans(), quantities, words, one_of(records.Role), st.sampled_from([None, "up", "down"]),
        st.none() | words, one_of(records.SectionKind), st.sampled_from(["prose", "table"]), st.none() | words,
    )  # fmt: skip
    sections = st.builds(
        Section, one_of(records.SectionKind), words, st.integers(0, 9), st.integers(0, 9), st.integers(1, 4)
    )
    findings = st.builds(
        Finding, words, st.from_regex(r"[a-z]+(-[a-z]+)*", fullmatch=True), one_of(records.Severity), words,
        st.lists(spans(), max_size=3).map(tuple), st.none() | words, st.none() | words, words, words,
    )  # fmt: skip
    sources = st.builds(Source, words, words, st.builds(Span, *[st.integers(0, 99)] * 3), words)
    matches = st.builds(Match, words, spans(), sources, one_of(records.MatchKind), st.integers(0, 99), share)
    aspects = st.dictionaries(words, share, max_size=2)
    grades = st.none() | st.builds(
        Grade, st.integers(1, 4), st.tuples(share, share, share, share), aspects,
        st.lists(st.builds(Feature, words, share, st.tuples(share, share), share), max_size=2).map(tuple),
        st.lists(st.builds(GradedItem, spans(), st.integers(1, 4), aspects), max_size=2).map(tuple),
    )  # fmt: skip
    pairs = st.lists(st.builds(Pair, spans(), st.lists(spans(), max_size=2).map(tuple)), max_size=2).map(tuple)
    cover = st.builds(Cover, words, words, st.none() | st.integers(1990, 2100), one_of(records.CoverKind))

    def some(strategy: st.SearchStrategy[Any]) -> Any:
        return tuple(draw(st.lists(strategy, max_size=3)))

    return Review(
        Reading(Report("0a" * 32, draw(words), blocks), draw(cover), some(sections), some(claims)),
        some(findings),
        some(matches),
        Grades(draw(grades), draw(grades), draw(pairs)),
        Triage(draw(st.floats(0, 100)), draw(one_of(records.Band)), some(words)),
        {"code": "0.1.0"} | draw(st.dictionaries(words, words, max_size=2)),
    )


@pytest.fixture
def review() -> Review:
    text = "全年支出14.00万元，完成率超过95%，数百人次受益。"
    quantity = Quantity(Decimal("14.00"), Decimal("13.995"), Decimal("14.005"), True, False, "元", "money", "none", 2)
    claim = Claim("c1", Span(0, 4, 11), quantity, "全年支出", "spent", section="finance")
    reading = Reading(Report("0" * 64, "甲.docx", (Block(0, text),)), Cover("甲局", "", None), (), (claim,))
    finding = Finding("f1", "unit-price", "high", "不符", (Span(0, 0, 4),), "1", None, "", "")
    return Review(reading, (finding,), (), Grades(), Triage(80.0, "weak", ("理由",)), {"code": "0.1.0"})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(reviews())
def test_what_goes_in_comes_out_and_is_valid(review: Review) -> None:
    data = codec.encode(review)
    assert codec.decode(data) == review
    jsonschema.validate(json.loads(data), SCHEMA)


@given(decimals)
@settings(deadline=None)
def test_decimals_keep_their_zeros_and_have_no_exponent(number: Decimal) -> None:
    review = make(number)
    written = json.loads(codec.encode(review))["claims"][0]["value"]
    assert "e" not in written.lower()
    assert Decimal(written) == number
    if number.as_tuple().exponent <= 0:  # type: ignore[operator]
        again = codec.decode(codec.encode(review)).reading.claims[0].quantity.value
        assert again is not None
        assert format(again, "f") == written == format(number, "f")


def make(number: Decimal) -> Review:
    quantity = Quantity(number, None, None, False, False, "元", "money")
    claim = Claim("c", Span(0, 0, 1), quantity, "")
    reading = Reading(Report("0" * 64, "甲", (Block(0, "一"),)), Cover(), (), (claim,))
    return Review(reading, (), (), Grades(), Triage(0.0, "sound", ()), {"code": "0"})


def test_a_claim_is_laid_flat_with_its_words(review: Review) -> None:
    written = json.loads(codec.encode(review))
    assert written["schema"] == "jishen.review/1"
    assert written["claims"][0] == {
        "id": "c1", "span": {"block": 0, "start": 4, "end": 11}, "text": "14.00万元", "value": "14.00",
        "low": "13.995", "high": "14.005", "low_closed": True, "high_closed": False, "unit": "元", "kind": "money",
        "qualifier": "none", "metric": "全年支出", "role": "spent", "direction": None, "period": None,
        "section": "finance", "source": "prose", "group": None, "places": 2,
    }  # fmt: skip
    assert written["grades"] == {"problems": None, "measures": None, "pairs": []}


def test_read_only_mappings_are_written(review: Review) -> None:
    sealed = replace(review, made_with=MappingProxyType({"code": "0.1.0"}))
    assert codec.decode(codec.encode(sealed)) == review


def test_fields_added_later_are_passed_over(review: Review) -> None:
    raw = json.loads(codec.encode(review))
    raw["later"] = raw["claims"][0]["later"] = raw["report"]["later"] = 1
    assert codec.decode(json.dumps(raw).encode()) == review


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[]", b"{}", b'{"schema":"jishen.review/2"}', b"null", b"1"])
def test_bad_bytes_are_refused_in_chinese(data: bytes) -> None:
    with pytest.raises(codec.UnreadableReview, match="审阅"):
        codec.decode(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("report",), None),
        (("claims",), None),
        (("claims",), {}),
        (("claims",), [3]),
        (("claims", 0, "value"), "NaN"),
        (("claims", 0, "kind"), "mass"),
        (("claims", 0, "span", "end"), 99),
        (("claims", 0, "span", "block"), 7),
        (("claims", 0, "span", "block"), -1),
        (("findings", 0, "severity"), "worst"),
        (("findings", 0, "spans", 0, "start"), 9),
        (("triage", "score"), "high"),
        (("report", "blocks", 0, "text"), 5),
    ],
)
def test_contents_against_the_contract_are_refused(review: Review, path: tuple[Any, ...], value: object) -> None:
    raw = json.loads(codec.encode(review))
    place = raw
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(codec.UnreadableReview, match="审阅文件的内容不合约定"):
        codec.decode(json.dumps(raw).encode())


def test_the_schema_is_the_public_one() -> None:
    if not CONTRACT.exists():
        pytest.skip("the public contract is not beside this checkout")
    assert json.loads(CONTRACT.read_text("utf-8")) == SCHEMA
