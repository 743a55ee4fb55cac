import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from pipeline.desk import Desk
from pipeline.records import PersonRole
from pipeline.settings import Settings
from pipeline.web.app import application
from pipeline.web.security import COOKIE

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
GIVEN, OWN = "sui-gang-2026-desk", "zai-ci-yi-ge-2026"
REPORT = """青岚县林业局2023年度部门整体支出绩效自评报告

一、工作成绩

全年预算500万元，支出400万元，预算执行率90%。<script>alert(1)</script>

二、存在的问题

内控制度还不够健全，管理有待加强。

三、改进措施

进一步加强管理，不断提高水平。
"""


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three reports reviewed, made once; every test has a copy of its own."""
    folder = tmp_path_factory.mktemp("web")
    inbox = folder / "收件"
    inbox.mkdir()
    (inbox / "坏的<img src=x>.txt").write_text(REPORT, "utf-8")
    for name in ("16-chuyuan-market-regulation-2022.docx", "17-hexi-market-regulation-2022.docx"):
        (inbox / name).write_bytes((SAMPLES / name).read_bytes())
    with Desk.open(Settings(home=folder / "workspace", workers=1)) as desk:
        batch = desk.queueing.begin(None, "一批")
        assert all(o.failure is None for o in desk.review_files(sorted(inbox.iterdir()), batch=batch.id))
    return folder / "workspace"


@pytest.fixture
def reviewed(workspace: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(workspace, tmp_path / "workspace")
    with Desk.open(Settings(home=tmp_path / "workspace", workers=1)) as desk:
        yield desk


@pytest.fixture
def app(reviewed: Desk) -> FastAPI:
    return application(reviewed)


@pytest.fixture
def entered(reviewed: Desk, app: FastAPI) -> Callable[..., TestClient]:
    """A browser of somebody with the given roles, logged in; its requests carry the token of the page."""
    known: set[str] = set()

    def enter(*roles: PersonRole, name: str = "") -> TestClient:
        name = name or "和".join(roles)
        if name not in known:
            reviewed.people.create(None, name, roles, GIVEN)
            token, person = reviewed.people.login(name, GIVEN)
            reviewed.people.change_password(person, GIVEN, OWN, token)
            known.add(name)
        token, _ = reviewed.people.login(name, OWN)
        client = TestClient(app, base_url="http://desk", follow_redirects=False)
        client.cookies.set(COOKIE, token)
        session = reviewed.people.session(token)
        assert session is not None
        client.headers["x-csrf-token"] = session.csrf
        return client

    return enter


@pytest.fixture
def report(reviewed: Desk) -> str:
    """The report with the hostile words."""
    from pipeline.records import View

    (line,) = (x for x in reviewed.queueing.page(View()).lines if x.entry.name.startswith("坏的"))
    return line.entry.id


@pytest.fixture
def served(reviewed: Desk) -> Iterator[str]:
    """The same desk behind a real server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(application(reviewed), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    limit = time.monotonic() + 20
    while not server.started and time.monotonic() < limit:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
