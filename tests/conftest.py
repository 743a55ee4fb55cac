import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from pipeline.desk import Desk
from pipeline.settings import Settings

# The same examples every time; HYPOTHESIS_PROFILE=new looks for others.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("new", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "workspace", workers=2)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    with Desk.open(settings) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three sample reports, one of them in a folder of its own, and a file that is no report."""
    found = sorted(SAMPLES.glob("*.docx"))[:2] + sorted(SAMPLES.glob("*.txt"))[:1]
    inbox = tmp_path / "收件"
    (inbox / "乡镇").mkdir(parents=True)
    for path, place in zip(found, (inbox, inbox, inbox / "乡镇"), strict=True):
        shutil.copy(path, place / path.name)
    (inbox / "扫描件.docx").write_bytes(b"%PDF-1.7\n" + b"0" * 400)
    return inbox


@pytest.fixture
def jishen(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """The installed command, run as a process with a workspace of its own."""

    def run(*words: object, stdin: str | None = None) -> "subprocess.CompletedProcess[str]":
        command = [str(Path(sys.executable).with_name("jishen")), *map(str, words)]
        env = os.environ | {"JISHEN_HOME": str(tmp_path / "workspace"), "COLUMNS": "160", "PYTHONUTF8": "1"}
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, encoding="utf-8", env=env, timeout=180, check=False
        )

    return run
