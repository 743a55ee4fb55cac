"""Every route for every role: what the table says, and nothing that the table does not say."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from pipeline.desk.people import ROLES
from pipeline.records import PersonRole
from pipeline.web.roles import ALLOWED, OPEN

Entered = Callable[..., TestClient]
FILLED = {"report": "0" * 64, "number": "1", "rule": "score-sum", "batch": "999999", "person": "0" * 12}


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    for route in app.routes:
        if isinstance(route, APIRoute):
            for method in route.methods:
                yield method, route.path
        elif hasattr(route, "original_router"):
            for inner in route.original_router.routes:
                for method in inner.methods:
                    yield method, inner.path


def test_every_route_is_in_the_table(app: FastAPI) -> None:
    known = set(routes(app))
    assert len(known) > 30
    assert known <= set(ALLOWED) | OPEN
    assert set(ALLOWED) | OPEN <= known


@pytest.mark.parametrize("role", sorted(ROLES))
def test_roles(role: PersonRole, entered: Entered) -> None:
    client = entered(role)
    for (method, path), allowed in ALLOWED.items():
        if path in ("/logout", "/password"):
            continue
        answer = client.request(method, path.format(**FILLED), headers={"accept": "application/json"})
        refused = answer.status_code == 403
        assert refused == (role not in allowed), (method, path, answer.status_code)
        assert answer.status_code < 500


def test_nobody_gets_in_without_a_log_in(app: FastAPI) -> None:
    client = TestClient(app, follow_redirects=False)
    for method, path in ALLOWED:
        answer = client.request(method, path.format(**FILLED), headers={"accept": "application/json"})
        assert answer.status_code == 401, (method, path)
    page = client.get("/", headers={"accept": "text/html"})
    assert page.status_code == 303
    assert page.headers["location"].startswith("/login")


def test_a_path_that_is_none_is_not_told_apart(entered: Entered) -> None:
    answer = entered("reviewer").get("/reports/../../etc/passwd", headers={"accept": "application/json"})
    assert answer.status_code in (403, 404)
