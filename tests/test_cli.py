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
