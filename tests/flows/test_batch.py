"""The Prefect flow as users run it, with a server of its own."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import season

pytestmark = [pytest.mark.prefect, pytest.mark.slow]
Jishen = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_batch_gives_what_review_gives(jishen: Jishen, folder: Path, tmp_path: Path) -> None:
    batch = jishen("batch", folder, "--out", tmp_path / "batch", "--workspace", tmp_path / "w1", "--workers", 2)
    assert batch.returncode == 1, batch.stderr
    direct = jishen("review", folder, "--out", tmp_path / "direct", "--workspace", tmp_path / "w2")
    assert direct.returncode == 1, direct.stderr
    assert {p.name for p in (tmp_path / "batch").iterdir()} == {p.name for p in (tmp_path / "direct").iterdir()}
    for path in (tmp_path / "batch").glob("*.json"):
        assert path.read_bytes() == (tmp_path / "direct" / path.name).read_bytes()
    with sqlite3.connect(tmp_path / "w1" / "prefect" / "prefect.db") as records:
        assert records.execute("select count(*) from flow_run where state_type = 'COMPLETED'").fetchone() == (1,)
        assert records.execute("select count(*) from artifact where key = 'worst-reports'").fetchone()[0] >= 1


def test_wrong_usage_starts_no_server(jishen: Jishen, tmp_path: Path) -> None:
    done = jishen("batch", tmp_path / "没有", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert not (tmp_path / "workspace" / "prefect").exists()


def test_a_killed_batch_goes_on_where_it_stopped(jishen: Jishen, tmp_path: Path) -> None:
    inbox, workspace, out = tmp_path / "in", tmp_path / "workspace", tmp_path / "out"
    season.write(inbox, 300)
    command = [str(Path(sys.executable).with_name("jishen")), "batch", str(inbox), "--out", str(out), "--workers", "2"]
    process = subprocess.Popen(
        command, env=os.environ | {"JISHEN_HOME": str(workspace)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        stored = _wait_for_reviews(workspace, 40, process)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    before = _stored(workspace)
    assert stored <= len(before) < 300
    done = jishen("batch", inbox, "--out", out, "--workers", 2, "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["reports"]) == 300
    after = _stored(workspace)
    assert len(after) == 300
    assert {report: at for report, at in after.items() if report in before} == before
    assert len(list(out.glob("*.review.json"))) == 300
    shutil.rmtree(inbox)


def _stored(workspace: Path) -> dict[str, str]:
    """When each stored review was made."""
    with sqlite3.connect(workspace / "jishen.sqlite3") as store:
        return dict(store.execute("select report, reviewed_at from reviews"))


def _wait_for_reviews(workspace: Path, count: int, process: "subprocess.Popen[bytes]") -> int:
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        assert process.poll() is None, "the batch ended before it could be killed"
        if (workspace / "jishen.sqlite3").exists():
            try:
                found = len(_stored(workspace))
            except sqlite3.OperationalError:
                found = 0
            if found >= count:
                return found
        time.sleep(0.05)
    raise AssertionError("no reviews were stored in two minutes")
