"""What is a copy and what is set aside, by ``find`` and ``compare`` alike."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from pipeline import ingest, reuse, segment
from pipeline.profiles import recognise
from pipeline.records import Match, Reading
from pipeline.reuse import Index, Labels, Pair, background, document, find

Make = Callable[..., Reading]
SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
COPIED = "全年检查食品生产经营单位一千二百家次，立案查处四十六件，罚没款入库八十九万元，群众投诉办结率百分之百。"
OTHER = "年内组织护林员培训四期，新造林三千亩，森林火灾发生率为零，林业有害生物防治面积达六千亩。"


def compare(readings: Iterable[Reading], *given: Labels) -> Iterator[Pair]:
    return reuse.compare(map(document, readings), *given)


def one(target: Reading, source: Reading, tmp_path: Path, labels: Labels | None = None) -> tuple[Match, Pair]:
    """The only match of two reports, found both ways."""
    index = Index.open(tmp_path / "one")
    index.add([document(source)])
    given = [labels] if labels else []
    (match,) = find(target, index, *given)
    (pair,) = compare([source, target], *given)
    assert (match.kind, match.reason, match.span, match.source) == (pair.kind, pair.reason, pair.a.span, pair.b)
    assert target.report.quote(match.span) == pair.a.text
    assert source.report.quote(match.source.span) == match.source.text
    return match, pair


def test_a_passage_of_another_unit(reading: Make, tmp_path: Path) -> None:
    source = reading("概况", f"（一）{COPIED}其余照旧。", agency="云溪区市场监督管理局", year=2022)
    target = reading(OTHER, f"2、市场安全有序。{COPIED}", agency="沅北市市场监督管理局", year=2022)
    match, pair = one(target, source, tmp_path)
    assert match.kind == "peer"
    assert not match.reason
    assert pair.a.text == pair.b.text == COPIED.rstrip("。")
    assert match.similarity == 1
    assert match.length == len(COPIED) - 4
    assert match.count == 2


def test_edits_inside_are_one_match(reading: Make, tmp_path: Path) -> None:
    source = reading(COPIED + OTHER, agency="甲局")
    edited = COPIED.replace("立案查处", "共立案").replace("群众投诉", "投诉举报") + OTHER.replace(
        "三千亩", "两千五百亩"
    )
    match, _ = one(reading(edited, agency="乙局"), source, tmp_path)
    assert 0.85 < match.similarity < 1
    assert match.span.end - match.span.start > 85
    assert not match.figures_only


def test_only_figures_changed(reading: Make, tmp_path: Path) -> None:
    text = "全年举办招聘会{}场，提供岗位{}个，达成就业意向{}人，发放培训补贴{}万元，惠及退役军人{}名。"
    source = reading(text.format(3, 1260, 318, "42.50", 96), agency="苍屏县退役军人事务局", year=2021)
    target = reading(text.format(12, 980, 1402, "7.1", 103), agency="苍屏县退役军人事务局（本级）", year=2022)
    match, _ = one(target, source, tmp_path)
    assert match.kind == "last-year"
    assert match.figures_only
    assert match.similarity < 1
    assert target.report.quote(match.span) == target.report.blocks[0].text.rstrip("。")


def test_same_words_of_last_year_are_not_only_figures(reading: Make, tmp_path: Path) -> None:
    source = reading(COPIED, agency="青岚县教育局机关", year=2021)
    match, _ = one(reading(COPIED, agency="青岚县教育局", year=2023), source, tmp_path)
    assert (match.kind, match.figures_only, match.similarity) == ("last-year", False, 1)


@pytest.mark.parametrize(
    ("years", "reason"),
    [
        ((2022, 2022), "同一单位同年度的另一份报告"),
        ((2021, 2022), "同一单位以后年度的报告"),
        ((None, 2022), "同一单位的另一份报告，年度不明"),
    ],
)
def test_other_reports_of_the_unit_are_set_aside(
    reading: Make, tmp_path: Path, years: tuple[int | None, int], reason: str
) -> None:
    target = reading(COPIED, agency="青岚县教育局", year=years[0])
    source = reading(COPIED, agency="青岚县教育局", year=years[1], name="另一份.docx")
    index = Index.open(tmp_path / "index")
    index.add([document(source)])
    (match,) = find(target, index)
    assert (match.kind, match.reason) == ("form", reason)


def test_repeats_within(reading: Make, index: Index) -> None:
    (match,) = find(reading(COPIED, OTHER, "经查，" + COPIED), index)
    assert (match.kind, match.span.block, match.source.span.block) == ("within", 2, 0)
    (pair,) = compare([reading(COPIED, OTHER, "经查，" + COPIED)])
    assert pair.kind == "within"


def test_text_that_repeats_itself_is_not_its_own_source(reading: Make) -> None:
    sentence = "我单位严格执行各项财务制度坚持厉行节约专款专用账目清楚"
    for match in find(reading(sentence * 5)):
        assert match.source.span.end <= match.span.start
    assert find(reading("无" * 200)) == ()


def test_headings_are_set_aside(reading: Make, tmp_path: Path) -> None:
    heading = "#二、2022年度部门整体支出绩效目标完成情况及存在的主要问题"
    match, _ = one(reading(heading, agency="甲局"), reading(heading, agency="乙局"), tmp_path)
    assert (match.kind, match.reason) == ("form", "章节标题")


def test_names_of_documents_are_set_aside(reading: Make, tmp_path: Path) -> None:
    basis = "《中华人民共和国预算法实施条例》《项目支出绩效评价管理办法》（财预〔2020〕10号）"
    match, _ = one(
        reading(f"评价工作依据{basis}开展。", agency="甲局"), reading(f"主要依据：{basis}等。", agency="乙局"), tmp_path
    )
    assert (match.kind, match.reason) == ("stock", "文件名称或条文引用")


def test_an_article_quoted_is_set_aside(reading: Make, tmp_path: Path) -> None:
    article = "根据《中华人民共和国预算法》第五十七条，各级政府、各部门、各单位应当对预算支出情况开展绩效评价。"
    match, _ = one(reading("甲。" + article, agency="甲局"), reading("乙。" + article, agency="乙局"), tmp_path)
    assert match.kind == "stock"


def test_short_cells_are_the_form(reading: Make, tmp_path: Path) -> None:
    row = "|一级指标名称及其权重|二级指标名称及其权重|年度计划完成指标值|实际全年完成指标值|"
    source, target = reading(row, agency="甲局"), reading(row, agency="乙局")
    index = Index.open(tmp_path / "index")
    index.add([document(source)])
    found = find(target, index)
    assert {(match.kind, match.reason) for match in found} == {("form", "表格栏目")}


def test_a_long_cell_is_not(reading: Make, tmp_path: Path) -> None:
    match, _ = one(reading(f"|绩效|{COPIED}|", agency="甲局"), reading(f"|成效|{COPIED}|", agency="乙局"), tmp_path)
    assert (match.kind, match.reason) == ("peer", "")


def test_blank_forms_and_phrases_are_set_aside(reading: Make, tmp_path: Path) -> None:
    target, source = reading("一。" + COPIED, agency="甲局"), reading("二。" + COPIED, agency="乙局")
    match, _ = one(target, source, tmp_path, Labels(forms=background([COPIED])))
    assert (match.kind, match.reason) == ("form", "空白表格或提纲原文")
    (pair,) = compare([source, target], Labels(phrases=background([OTHER, COPIED])))
    assert (pair.kind, pair.reason) == ("stock", "常用套话")


def test_duties_of_one_unit_are_set_aside(reading: Make, tmp_path: Path) -> None:
    duties = "贯彻执行国家关于退役军人工作的方针政策和法律法规，拟订全县退役军人事务管理办法并组织实施。"
    here = reading(duties, OTHER, agency="苍屏县退役军人事务局", year=2022, duties=1)
    own = reading(duties, agency="苍屏县退役军人事务局", year=2021, duties=1)
    match, _ = one(here, own, tmp_path)
    assert (match.kind, match.reason) == ("form", "同一单位的职能职责")
    peer = reading(duties, agency="苍屏县教育局", year=2021, duties=1)
    (pair,) = compare([peer, here])
    assert pair.kind == "peer"


def test_what_many_reports_have_is_stock(reading: Make, index: Index) -> None:
    reports = [reading(f"{chr(0x5E00 + at) * 3}。{COPIED}", agency=f"第{at}局", year=2022) for at in range(40)]
    index.add(map(document, reports))
    (match,) = find(reading(f"尾。{COPIED}", agency="末局"), index)
    assert match.kind == "stock"
    assert match.count > 30
    pairs = list(compare(reports))
    assert {pair.kind for pair in pairs} == {"stock"}
    assert {pair.a.report for pair in pairs} == {one.report.id for one in reports[1:]}


def test_the_report_itself_is_not_its_source(reading: Make, index: Index) -> None:
    report = reading(COPIED, OTHER, agency="甲局")
    index.add([document(report)])
    assert find(report, index) == ()
    assert list(compare([report, report])) == []


def test_ids_stay_and_differ(reading: Make, index: Index) -> None:
    index.add([document(reading(COPIED, OTHER, agency="甲局"))])
    here = find(reading(COPIED, OTHER, agency="乙局"), index)
    later = find(reading("前言", COPIED, OTHER, agency="乙局"), index)
    assert [match.id for match in here] == [match.id for match in later]
    assert len({match.id for match in here}) == 2


def test_the_samples_share_what_their_manifest_says() -> None:
    readings = []
    for path in sorted(SAMPLES.iterdir()):
        report = ingest.read(path)
        readings.append(Reading(report, segment.cover(report), segment.sections(report, recognise(report)), ()))
    long = {
        (pair.kind, pair.a.name[:2], pair.b.name[:2])
        for pair in compare(readings)
        if pair.kind in ("peer", "last-year") and pair.length > 50
    }
    assert long == {("peer", "17", "16"), ("last-year", "19", "18")}
