"""The desk over a real workspace: real files, a real database, real processes."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline.desk import Desk, catalogue, claims_of
from pipeline.errors import WrongUsage
from pipeline.settings import Settings


def run(desk: Desk, inbox: Path, out: Path) -> list[tuple[str, str | None, bool]]:
    outcomes = list(desk.review_files(desk.find([inbox], out)))
    desk.export(out, outcomes)
    return sorted((o.path.name, o.failure.code if o.failure else None, o.reused) for o in outcomes)


def test_a_folder_becomes_review_files_a_page_a_workbook_and_a_list_of_failures(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "结果"
    found = run(desk, folder, out)
    names = [name for name, code, _ in found if code is None]
    assert len(names) == 3
    assert [(name, code) for name, code, _ in found if code] == [("扫描件.docx", "pdf")]
    assert {p.name for p in out.iterdir()} == {
        "index.html",
        "triage.xlsx",
        "failures.json",
        *(f"{n}.review.json" for n in names),
    }
    (failure,) = json.loads((out / "failures.json").read_text("utf-8"))
    assert failure["code"] == "pdf"
    assert failure["path"].endswith("扫描件.docx")
    assert "PDF" in failure["message"]


def test_what_is_stored_is_not_done_again(desk: Desk, folder: Path, tmp_path: Path) -> None:
    first = run(desk, folder, tmp_path / "a")
    again = run(desk, folder, tmp_path / "b")
    assert not any(reused for _, _, reused in first)
    assert all(reused for _, _, reused in again)
    for path in (tmp_path / "a").glob("*.json"):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_the_same_bytes_under_two_names_are_one_report_with_two_review_files(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    original = next(folder.glob("*.docx"))
    shutil.copy(original, folder / "改名.docx")
    out = tmp_path / "out"
    outcomes = [o for o in desk.review_files(desk.find([original, folder / "改名.docx"], out)) if not o.failure]
    desk.export(out, outcomes)
    assert len({o.report for o in outcomes}) == 1
    assert len(list(desk.queue(outcomes))) == 1
    for name in (original.name, "改名.docx"):
        assert json.loads((out / f"{name}.review.json").read_text("utf-8"))["report"]["name"] == name


def test_files_of_one_name_in_two_folders_both_have_their_review(desk: Desk, folder: Path, tmp_path: Path) -> None:
    first, second = sorted(folder.glob("[0-9]*.docx"))
    for place, path in (("甲", first), ("乙", second)):
        (tmp_path / "in" / place).mkdir(parents=True)
        shutil.copy(path, tmp_path / "in" / place / "自评报告.docx")
    run(desk, tmp_path / "in", tmp_path / "out")
    reviews = [json.loads(p.read_text("utf-8"))["report"] for p in (tmp_path / "out").glob("*.review.json")]
    assert len({r["id"] for r in reviews}) == 2
    assert {r["name"] for r in reviews} == {"自评报告.docx"}


def test_the_queue_is_ranked(desk: Desk, folder: Path, tmp_path: Path) -> None:
    outcomes = list(desk.review_files(desk.find([folder], tmp_path / "out")))
    scores = [entry.score for entry in desk.queue(outcomes)]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)


def test_a_file_that_vanishes_fails_alone_and_is_tried_again(desk: Desk, folder: Path, tmp_path: Path) -> None:
    files = desk.find([folder], tmp_path / "out")
    kept = files[0].read_bytes()
    files[0].unlink()
    first = {o.path: o for o in desk.review_files(files)}
    assert first[files[0]].failure is not None
    assert first[files[0]].failure.code == "no-access"
    assert sum(o.failure is None for o in first.values()) >= 2
    files[0].write_bytes(kept)
    again = {o.path: o for o in desk.review_files(files)}
    assert again[files[0]].failure is None
    assert not again[files[0]].reused


def test_a_report_over_its_time_fails_with_a_sentence(folder: Path, tmp_path: Path) -> None:
    with Desk.open(Settings(home=tmp_path / "w", workers=1, timeout=0.001)) as desk:
        outcomes = list(desk.review_files(sorted(folder.glob("[0-9]*.docx"))))
    assert {o.failure.code for o in outcomes if o.failure} == {"timeout"}
    assert all("时限" in o.failure.message for o in outcomes if o.failure)


def test_results_lying_in_the_folder_are_not_reviewed(desk: Desk, folder: Path) -> None:
    out = folder / "结果"
    run(desk, folder, out)
    assert len(desk.find([folder], out)) == 4


def test_a_profile_is_kept_apart(desk: Desk, folder: Path) -> None:
    files = sorted(folder.glob("[0-9]*.docx"))
    list(desk.review_files(files))
    (other, _) = desk.review_files(files, "mof-project")
    assert not other.reused
    review = desk.review(str(other.report), "mof-project")
    assert review is not None
    assert review.made_with["profile"] == "mof-project"


def test_an_unknown_profile_is_wrong_usage(desk: Desk, folder: Path) -> None:
    with pytest.raises(WrongUsage):
        list(desk.review_files(sorted(folder.glob("*.docx")), "mars"))


def test_a_folder_that_is_not_there_is_wrong_usage(desk: Desk, folder: Path) -> None:
    with pytest.raises(WrongUsage):
        desk.find([folder / "nowhere"], folder / "out")


def test_an_empty_folder_is_wrong_usage(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(WrongUsage, match="没有可审阅的文件"):
        desk.find([tmp_path / "空"], tmp_path / "out")


def test_results_may_not_go_into_the_folder_of_reports(desk: Desk, folder: Path) -> None:
    for out in (folder, folder.parent):
        with pytest.raises(WrongUsage, match="报告文件夹"):
            desk.find([folder], out)


def test_the_catalogue_names_rules_and_refuses_unknown_ones() -> None:
    assert {"empty-section", "text-error"} <= {card["rule"] for card in catalogue()}
    with pytest.raises(WrongUsage, match="empty-section"):
        catalogue("no-such-rule")


def test_claims_of_a_line() -> None:
    row = json.loads(claims_of('{"id": 7, "text": "全年培训1.5万人次。"}', "第 1 行"))
    assert row["id"] == 7
    assert [(c["value"], c["unit"], c["span"]) for c in row["claims"]] == [
        ("15000", "人次", {"block": 0, "start": 4, "end": 10})
    ]


@pytest.mark.parametrize("line", ["not json", '{"id": 1}', '{"text": "x"}', "[]", '{"id": 1, "text": 3}'])
def test_a_bad_line_is_said_with_its_place(line: str) -> None:
    with pytest.raises(WrongUsage, match="第 3 行"):
        claims_of(line, "第 3 行")


FACTS = "全年开展护林防火巡查三百一十二次，处置火情隐患四十六处，新造林六千一百亩，成活率达到百分之九十一点五，群众反映良好。"


def written(path: Path, agency: str, year: int, text: str) -> Path:
    path.write_text(f"{agency}{year}年度部门整体支出绩效自评报告\n\n一、工作成绩\n\n{text}\n", "utf-8")
    return path


def peers(desk: Desk, report: str | None) -> list[str]:
    review = desk.review(str(report))
    assert review is not None
    return [match.source.name for match in review.matches if match.kind == "peer"]


def test_reports_of_one_call_are_compared_with_each_other(desk: Desk, tmp_path: Path) -> None:
    one = written(tmp_path / "甲.txt", "青岚县林业局", 2023, FACTS)
    other = written(tmp_path / "乙.txt", "云溪山区林业局", 2023, FACTS)
    outcomes = {o.path: o.report for o in desk.review_files([one, other])}
    assert peers(desk, outcomes[one]) == ["乙.txt"]
    assert peers(desk, outcomes[other]) == ["甲.txt"]


def test_a_report_that_comes_later_is_held_against_those_reviewed_before(desk: Desk, tmp_path: Path) -> None:
    one = written(tmp_path / "甲.txt", "青岚县林业局", 2023, FACTS)
    apart = written(
        tmp_path / "丙.txt", "青岚县水利局", 2023, "疏浚渠道十七公里，改善灌溉面积八千四百亩，维修小水库三座。"
    )
    first = {o.path: o for o in desk.review_files([one, apart])}
    assert peers(desk, first[one].report) == []
    other = written(tmp_path / "乙.txt", "云溪山区林业局", 2023, FACTS)
    again = {o.path: o for o in desk.review_files([one, apart, other])}
    # What shares text with the new report is made again, what does not is kept; and that is all.
    assert {path.name: o.reused for path, o in again.items()} == {"甲.txt": False, "丙.txt": True, "乙.txt": False}
    assert peers(desk, again[one].report) == ["乙.txt"]
    assert all(o.reused for o in desk.review_files([one, apart, other]))


def test_figures_carried_over_from_the_units_own_earlier_report_are_said_so(desk: Desk, tmp_path: Path) -> None:
    said = "全年开展护林防火巡查312次，处置火情隐患46处，新造林6100亩，林农参训人数达到2250人次，群众反映良好。"
    earlier = written(tmp_path / "上年.txt", "青岚县林业局", 2022, said)
    later = written(tmp_path / "本年.txt", "青岚县林业局", 2023, said)
    outcomes = {o.path: o.report for o in desk.review_files([earlier, later])}
    found = {path.name: desk.review(str(report)) for path, report in outcomes.items()}
    rules = {name: {f.rule for f in review.findings} for name, review in found.items() if review}
    assert "copied-from-last-year" in rules["本年.txt"]
    assert not any(rule.startswith("copied") for rule in rules["上年.txt"])
