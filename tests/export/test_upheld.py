"""What a reviewer upheld, as the unit is told of it, and the opinion on one page."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from pipeline.export.cards import RuleCard
from pipeline.export.opinion import opinion
from pipeline.export.upheld import Upheld, remark, upheld
from pipeline.records import Correction, Decision, Review, Span, Verdict


def decided(review: Review, finding: str, verdict: Verdict = "accepted", **more: object) -> Decision:
    rules = {one.id: (one.rule, one.message) for one in review.findings}
    rule, said = rules.get(finding, ("", ""))
    fields = {"reason": None, "note": "", "comment": "", "rule": rule, "said": said} | more
    return Decision(
        id=f"d-{finding}", report=review.reading.report.id, finding=finding, verdict=verdict, reviewer="p1",
        at=datetime(2026, 3, 1, tzinfo=UTC), view="assisted", edition="e", **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def everything(review: Review, rules: dict[str, RuleCard]) -> tuple[Upheld, ...]:
    return upheld(review, {one.id: decided(review, one.id) for one in review.findings}, rules)


def text_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def test_only_what_stands_is_told_in_the_order_of_the_report(review: Review, rules: dict[str, RuleCard]) -> None:
    verdicts: dict[str, Verdict] = {
        "f-rate": "accepted", "f-heads": "corrected", "f-sum": "rejected", "f-thin": "unsure", "f-over": "cleared",
        "f-miss": "accepted", "missed:1": "manual", "grade:problems": "graded",
    }  # fmt: skip
    correction = Correction(message="实有人数前后不一", severity="high", span=Span(9, 0, 5))
    added = Correction("headcount", "low", Span(2, 0, 4), "没有写批复文号。")
    decisions = {
        key: decided(review, key, verdict, correction={"corrected": correction, "manual": added}.get(verdict))
        for key, verdict in verdicts.items()
    }
    told = upheld(review, decisions, rules)
    assert [one.decision.finding for one in told] == ["f-miss", "missed:1", "f-heads", "f-rate"]
    heads, added_one = told[2], told[1]
    assert (heads.message, heads.severity, heads.spans[0]) == ("实有人数前后不一", "high", Span(9, 0, 5))
    assert heads.spans[1:] == review.findings[2].spans[1:]
    assert (added_one.message, added_one.severity, added_one.spans) == ("没有写批复文号。", "low", (Span(2, 0, 4),))


def test_a_comment_quotes_the_other_side_with_basis_and_advice(review: Review, rules: dict[str, RuleCard]) -> None:
    rate = next(one for one in everything(review, rules) if one.decision.finding == "f-rate")
    assert remark(rate, review.reading.report).split("\n") == [
        "【占比、执行率不符】预算执行率写为98.2%，按支出1371.84万元、收入1482.60万元计算约为92.5%。请予核实。",
        "对照表1第4行第2列：“1482.60”",
        "依据：财预〔2020〕10号。",
        "建议：请核对预算数、支出数和执行率，并说明口径。",
    ]


def test_the_reviewers_own_words_win(review: Review, rules: dict[str, RuleCard]) -> None:
    own = {"f-rate": decided(review, "f-rate", comment=" 请说明口径。\n谢谢。 ")}
    (one,) = upheld(review, own, rules)
    assert remark(one, review.reading.report) == "请说明口径。\n谢谢。"


def test_what_an_earlier_edition_found_is_told_without_its_place(review: Review, rules: dict[str, RuleCard]) -> None:
    (one,) = upheld(review, {"gone": decided(review, "gone", said="合计不符。", rule="components-sum")}, rules)
    assert (one.spans, one.message, one.family) == ((), "合计不符。", rules["components-sum"].family)


def test_a_rule_put_in_the_place_of_another_does_not_borrow_its_basis(
    review: Review, rules: dict[str, RuleCard]
) -> None:
    other = decided(review, "f-rate", "corrected", correction=Correction(rule="components-sum"))
    (one,) = upheld(review, {"f-rate": other}, rules)
    assert (one.title, one.basis, one.suggestion) == (rules["components-sum"].name, "", "")


def test_the_opinion_says_what_where_and_leaves_the_rest_to_a_person(
    review: Review, rules: dict[str, RuleCard]
) -> None:
    lines = text_of(opinion(review, everything(review, rules)[:3]))
    assert lines[0] == "绩效自评报告复核意见"
    assert lines[1] == "被复核单位：沅北市水务事务中心　　　　年度：2023年度"
    assert lines[3].startswith("复核结论：□ 通过　　□ 修改后通过")
    assert lines[5] == "你单位报送的绩效自评报告经复核，有下列3处需要核实或者修改："
    assert any("于　　　　年　　月　　日前重新报送" in line for line in lines)
    assert lines[-2:] == [
        "复核人（签字）：　　　　　　　　　　复核单位（盖章）：　　　　　　　　",
        "　　　　年　　月　　日",
    ]
    families = [line for line in lines if "类（" in line]
    assert families == sorted(set(families), key=families.index)
    assert sum(int(line.split("（")[1].removesuffix("处）")) for line in families) == 3


def test_nothing_upheld_is_said_too(review: Review) -> None:
    assert any("未发现需要修改的问题" in line for line in text_of(opinion(review, ())))


def test_fonts_are_those_of_official_papers_with_others_to_fall_back_on(review: Review) -> None:
    document = docx.Document(io.BytesIO(opinion(review, ())))
    assert {run.font.name for paragraph in document.paragraphs for run in paragraph.runs} == {
        "方正小标宋简体", "黑体", "仿宋_GB2312"
    }  # fmt: skip
    (fonts,) = (part.blob.decode() for part in document.part.package.iter_parts() if "fontTable" in part.partname)
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong,华文仿宋"/>' in fonts


def test_characters_that_word_refuses_are_left_out(review: Review, rules: dict[str, RuleCard]) -> None:
    odd = replace(everything(review, rules)[0], message="合计\x00不\x7f符\ud800", spans=())
    assert any("合计不符" in line for line in text_of(opinion(review, [odd])))


def many(review: Review, rules: dict[str, RuleCard], times: int) -> list[Upheld]:
    """Of eight families, with sentences as long as those of rules."""
    families = ("勾稽", "评分", "目标", "结构", "问题与措施", "雷同与套话", "文本", "时间")
    return [
        replace(one, family=families[i % 8], title=f"{families[i % 8]}不符", message=one.message * 2)
        for i, one in enumerate(everything(review, rules) * times)
    ]


def test_what_does_not_fit_is_named_and_counted(review: Review, rules: dict[str, RuleCard]) -> None:
    points = many(review, rules, 8)
    lines = text_of(opinion(review, points))
    assert sum(int(line.split("（")[1].removesuffix("处）")) for line in lines if "类（" in line) == len(points)
    assert any("目标不符（7处）" in line for line in lines)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_it_is_one_page(tmp_path: Path, review: Review, rules: dict[str, RuleCard]) -> None:
    for times in (0, 1, 2, 8):
        (tmp_path / f"{times}.docx").write_bytes(opinion(review, many(review, rules, times)))
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    files = sorted(tmp_path.glob("*.docx"))
    subprocess.run([*command, "--outdir", tmp_path, *files], check=True, capture_output=True, timeout=120)
    for file in files:
        assert file.with_suffix(".pdf").read_bytes().count(b"/Type/Page/") == 1, file.name
