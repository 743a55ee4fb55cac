"""Runs a flow with the Prefect server that is configured, or with one of its own for as long as the run takes."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import JishenError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.desk import Outcome

_PATIENCE = 120.0


class NoServer(JishenError):
    """Prefect's server did not start."""

    code = "no-server"


def run(
    settings: Settings,
    paths: Sequence[Path],
    out: Path,
    profile: str | None = None,
    *,
    done: Callable[[int, int], None] = lambda finished, total: None,
) -> "list[Outcome]":
    """Reviews ``paths`` as the Prefect flow ``review-folder``; ``done(finished, total)`` is told the progress in files.

    Raises WrongUsage as the desk does, NoServer where no Prefect server can be had.
    """
    with _prefect(settings.workspace / "prefect"):
        from flows.review import on_progress, review_folder

        token = on_progress.set(done)
        try:
            return review_folder([str(path.absolute()) for path in paths], str(out.absolute()), profile, settings)
        finally:
            on_progress.reset(token)


@contextmanager
def _prefect(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    # No telemetry, no look-ups on the network, results as JSON and never as pickles.
    os.environ |= {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    }
    os.environ.setdefault("PREFECT_HOME", str(home))
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    with _server(home) as address:
        os.environ["PREFECT_API_URL"] = address
        try:
            yield
        finally:
            del os.environ["PREFECT_API_URL"]


@contextmanager
def _server(home: Path) -> Iterator[str]:
    port = _free_port()
    log = home / "server.log"
    with log.open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "flows.server", str(port)], stdin=subprocess.PIPE, stdout=said, stderr=said
        )
    try:
        address = f"http://127.0.0.1:{port}/api"
        _await(process, f"{address}/health", log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: "subprocess.Popen[bytes]", health: str, log: Path) -> None:
    limit = time.monotonic() + _PATIENCE
    while time.monotonic() < limit and process.poll() is None:
        try:
            # A proxy of the office has nothing to do with an address of this machine.
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(health, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise NoServer(f"Prefect 服务没有启动，原因见“{log}”。可改用 jishen review，或检查磁盘空间和工作目录权限后重试。")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
