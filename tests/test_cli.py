"""The command as users run it."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

Jishen = Callable[..., "subprocess.CompletedProcess[str]"]
SCHEMA = json.loads((Path(__file__).parent.parent / "pipeline" / "review.schema.json").read_text("utf-8"))


def test_review(jishen: Jishen, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = jishen("review", folder, "--out", out)
    assert done.returncode == 1, done.stderr
    assert "审阅 3 份，未读取 1 个" in done.stdout
    assert "复核次序" in done.stdout
    for path in out.glob("*.review.json"):
        Draft202012Validator(SCHEMA).validate(json.loads(path.read_text("utf-8")))


def test_one_report_exits_with_0(jishen: Jishen, folder: Path, tmp_path: Path) -> None:
    done = jishen("review", next(folder.glob("[0-9]*.docx")), "--out", tmp_path / "out", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert len(result["reports"]) == 1
    assert result["failures"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("review", "没有的文件夹", "--out", "o"), "没有的文件夹"),
        (("review",), "Missing argument"),
        (("rules", "no-such"), "empty-section"),
        (("claims", "没有.jsonl"), "打不开"),
    ],
)
def test_wrong_usage_exits_with_2_and_no_traceback(jishen: Jishen, words: tuple[str, ...], said: str) -> None:
    done = jishen(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_an_unknown_profile_is_answered_with_the_names(jishen: Jishen, folder: Path, tmp_path: Path) -> None:
    done = jishen("review", folder, "--out", tmp_path / "out", "--profile", "mars")
    assert done.returncode == 2
    assert "generic" in done.stderr


def test_claims_streams_lines(jishen: Jishen) -> None:
    lines = [json.dumps({"id": f"n{i}", "text": f"新增床位{i}张。"}, ensure_ascii=False) for i in range(1, 4)]
    done = jishen("claims", "-", stdin="\n".join(lines))
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["id"], row["claims"][0]["value"]) for row in rows] == [("n1", "1"), ("n2", "2"), ("n3", "3")]


def test_rules(jishen: Jishen) -> None:
    listed = jishen("rules", "--json")
    assert {"rule", "name", "why", "cases"} <= json.loads(listed.stdout)[0].keys()
    one = jishen("rules", "empty-section")
    for word in ("为什么", "做法", "局限", "样例"):
        assert word in one.stdout


def test_version_and_help(jishen: Jishen) -> None:
    assert jishen("--version").stdout.startswith("jishen ")
    for command in ("review", "batch", "claims", "rules"):
        assert command in jishen("--help").stdout
        assert jishen(command, "--help").returncode == 0


def test_compare_quotes_both_passages_and_goes_on_past_what_it_cannot_read(jishen: Jishen, tmp_path: Path) -> None:
    said = "全年开展护林防火巡查三百一十二次，处置火情隐患四十六处，新造林六千一百亩，成活率达到百分之九十一点五。"
    inbox = tmp_path / "收件"
    inbox.mkdir()
    for name, agency in (("甲", "青岚县林业局"), ("乙", "云溪山区林业局")):
        text = f"{agency}2023年度部门整体支出绩效自评报告\n\n一、工作成绩\n\n（一）主要工作。{said}{agency}按期完成。\n"
        (inbox / f"{name}.txt").write_text(text, "utf-8")
    (inbox / "丙.docx").write_bytes(b"%PDF-1.7 0000000000")
    ran = jishen("compare", inbox, "--out", tmp_path / "pairs.jsonl")
    assert ran.returncode == 1
    assert "丙.docx" in ran.stderr
    lines = map(json.loads, (tmp_path / "pairs.jsonl").read_text("utf-8").splitlines())
    (line,) = (line for line in lines if not line["reason"])
    assert {line["a"]["report"], line["b"]["report"]} == {"甲.txt", "乙.txt"}
    assert said in line["a"]["text"]
    assert said in line["b"]["text"]
    assert line["kind"] == "peer"
    assert 0.9 < line["similarity"] < 1
    assert line["length"] >= len(said) - 8
