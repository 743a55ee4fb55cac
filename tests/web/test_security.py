"""Forged requests, stolen sessions, hostile words and names: each is tried."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from pipeline.desk import Desk
from pipeline.web.security import COOKIE
from pipeline.web.uploads import _free

Entered = Callable[..., TestClient]


def test_a_request_without_the_pages_token_is_refused(entered: Entered, report: str) -> None:
    client = entered("reviewer")
    for token in ("", "x" * 43):
        client.headers["x-csrf-token"] = token
        assert client.post(f"/reports/{report}/undo").status_code == 403


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}])
def test_a_request_from_another_site_is_refused_even_with_the_token(
    headers: dict[str, str], entered: Entered, report: str
) -> None:
    assert entered("reviewer").post(f"/reports/{report}/undo", headers=headers).status_code == 403


def test_logging_in_gives_a_new_session_that_scripts_cannot_read(app: FastAPI, entered: Entered) -> None:
    entered("reviewer")
    client = TestClient(app, follow_redirects=False)
    client.cookies.set(COOKIE, "chosen-by-the-attacker")
    answer = client.post("/login", data={"name": "reviewer", "password": "zai-ci-yi-ge-2026", "to": "//evil"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "chosen" not in cookie
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()


def test_five_wrong_passwords_lock_the_account(app: FastAPI, reviewed: Desk) -> None:
    reviewed.people.create(None, "健忘", ["reviewer"], "hai-ji-de-2026-ma")
    client = TestClient(app, follow_redirects=False)
    for _ in range(5):
        assert client.post("/login", data={"name": "健忘", "password": "wrong-wrong"}).status_code == 401
    locked = client.post("/login", data={"name": "健忘", "password": "hai-ji-de-2026-ma"})
    assert locked.status_code == 401
    assert "锁定" in locked.text


def test_logging_out_ends_the_session(entered: Entered) -> None:
    client = entered("lead")
    assert client.get("/").status_code == 200
    client.post("/logout")
    client.cookies.set(COOKIE, client.cookies.get(COOKIE) or "gone")
    assert client.get("/", headers={"accept": "text/html"}).status_code == 303


def test_a_password_given_by_another_must_be_changed_first(app: FastAPI, reviewed: Desk) -> None:
    reviewed.people.create(None, "新来的", ["reviewer"], "gei-de-2026-mima")
    client = TestClient(app, follow_redirects=False)
    client.post("/login", data={"name": "新来的", "password": "gei-de-2026-mima"})
    assert client.get("/", headers={"accept": "text/html"}).headers["location"] == "/password"


def test_headers_let_nothing_in_from_outside(entered: Entered, report: str) -> None:
    answer = entered("reviewer").get(f"/reports/{report}")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert "http://" not in answer.text.replace("http://desk", "")


def test_words_and_names_of_a_report_are_only_shown(entered: Entered, report: str) -> None:
    client = entered("reviewer")
    for path in (f"/reports/{report}", "/"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x>" not in page
    assert "&lt;script&gt;" in client.get(f"/reports/{report}").text


@pytest.mark.parametrize("name", ["../../x.docx", "..\\..\\x.docx", "/etc/passwd", "a\x00b.docx", "", "..", "x" * 400])
def test_an_uploaded_name_stays_in_its_folder(name: str, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    place = _free(folder, name)
    assert place.resolve().parent == folder.resolve()
    place.write_bytes(b"")
    assert _free(folder, name) != place


def test_the_link_for_the_first_account_is_spent(app: FastAPI) -> None:
    client = TestClient(app, follow_redirects=False)
    answer = client.post(
        "/first", data={"link": "guess", "name": "黑客", "password": "0123456789x", "again": "0123456789x"}
    )
    assert answer.status_code == 400
