"""What the pages do, over the real application and a real database."""

import io
import json
import time
from collections.abc import Callable

import docx
from fastapi.testclient import TestClient

from pipeline.desk import Desk

Entered = Callable[..., TestClient]


def findings(client: TestClient, report: str) -> list[str]:
    return [one["id"] for one in json.loads(client.get(f"/reports/{report}/review.json").content)["findings"]]


def test_the_queue_is_ranked_and_filtered_by_its_address(entered: Entered) -> None:
    client = entered("reviewer")
    whole = client.get("/").text
    assert "青岚县林业局" in whole
    assert "禾溪县市场监督管理局" in whole
    narrowed = client.get("/", params={"text": "林业"}).text
    assert "青岚县林业局" in narrowed
    assert narrowed.count("data-line") < whole.count("data-line")
    assert "没有符合条件的报告" in client.get("/", params={"text": "没有这家"}).text


def test_a_report_shows_both_sides_and_its_outline(entered: Entered, report: str) -> None:
    page = entered("auditor").get(f"/reports/{report}").text
    assert "预算执行率" in page
    assert "存在的问题" in page
    assert 'data-act="accepted"' not in page


def test_a_decision_is_kept_undone_and_redone(entered: Entered, report: str) -> None:
    client = entered("reviewer", name="甲员")
    (first, *_) = findings(client, report)
    made = client.post(f"/reports/{report}/decide", json={"finding": first, "verdict": "accepted"}).json()
    assert made["verdict"] == "accepted"
    assert f'data-decision="{made["id"]}"' in client.get(f"/reports/{report}").text
    assert client.post(f"/reports/{report}/undo").json()["decisions"][0]["verdict"] == "cleared"
    assert client.post(f"/reports/{report}/redo").json()["decisions"][0]["verdict"] == "accepted"
    refused = client.post(f"/reports/{report}/decide", json={"finding": first, "verdict": "rejected"})
    assert refused.status_code == 400
    assert "理由" in refused.json()["message"]


def test_a_decision_on_what_another_has_changed_is_a_conflict_that_shows_theirs(
    entered: Entered, reviewed: Desk
) -> None:
    client = entered("reviewer", name="乙员")
    report = next(x.entry.id for x in reviewed.queueing.page(_all()).lines if x.entry.name.startswith("16-"))
    (first, *_) = findings(client, report)
    one = client.post(f"/reports/{report}/decide", json={"finding": first, "verdict": "accepted"}).json()
    client.post(f"/reports/{report}/decide", json={"finding": first, "verdict": "unsure", "expect": one["id"]})
    late = client.post(f"/reports/{report}/decide", json={"finding": first, "verdict": "accepted", "expect": one["id"]})
    assert late.status_code == 409
    assert late.json()["decision"]["verdict"] == "unsure"
    other = entered("reviewer", name="丙员").post(
        f"/reports/{report}/decide", json={"finding": first, "verdict": "accepted", "expect": None}
    )
    assert other.status_code == 409


def test_a_missed_finding_stands_where_its_words_do(entered: Entered, reviewed: Desk) -> None:
    client = entered("reviewer", name="丁员")
    report = next(x.entry.id for x in reviewed.queueing.page(_all()).lines if x.entry.name.startswith("17-"))
    made = client.post(
        f"/reports/{report}/missed", json={"text": "消费投诉存在超期办理", "message": "没有写超期多少件"}
    )
    assert made.status_code == 200, made.text
    assert "没有写超期多少件" in client.get(f"/reports/{report}").text
    lost = client.post(f"/reports/{report}/missed", json={"text": "文中没有的话", "message": "x"})
    assert lost.status_code == 400


def test_copied_passages_stand_side_by_side(entered: Entered, reviewed: Desk) -> None:
    client = entered("reviewer")
    report = next(x.entry.id for x in reviewed.queueing.page(_all()).lines if x.entry.name.startswith("17-"))
    matches = json.loads(client.get(f"/reports/{report}/review.json").content)["matches"]
    number = next(i for i, match in enumerate(matches, 1) if match["kind"] == "peer")
    page = client.get(f"/reports/{report}/matches/{number}").text
    assert "楚源县" in page or "16-chuyuan" in page
    assert client.get(f"/reports/{report}/matches/9999", headers={"accept": "application/json"}).status_code == 400


def test_uploaded_files_are_reviewed_and_failures_explained(entered: Entered) -> None:
    client = entered("operator")
    batch = client.post("/upload", data={"name": "网页上传的一批"}).json()["batch"]
    text = "云溪区水利局2023年度绩效自评报告\n\n一、存在的问题\n\n泵站停机23天。\n".encode()
    assert client.put(f"/upload/{batch}", params={"name": "水利.txt"}, content=text).status_code == 200
    assert client.put(f"/upload/{batch}", params={"name": "扫描.docx"}, content=b"%PDF-1.7 00000").status_code == 200
    assert client.post(f"/upload/{batch}/run").json() == {"files": 2}
    limit = time.monotonic() + 60
    while not (told := client.get(f"/batches/{batch}/progress").json())["ended"] and time.monotonic() < limit:
        time.sleep(0.2)
    assert told["done"] == 2
    ((name, message),) = told["failures"]
    assert name == "扫描.docx"
    assert "PDF" in message
    assert "云溪区水利局" in client.get("/", params={"batch": batch}).text


def test_what_was_accepted_goes_back_in_word(entered: Entered, reviewed: Desk, report: str) -> None:
    client = entered("reviewer", name="甲员")
    word = next(x.entry.id for x in reviewed.queueing.page(_all()).lines if x.entry.name.startswith("17-"))
    asked = {"accept": "application/json"}
    nothing = client.get(f"/reports/{word}/comments.docx", headers=asked)
    assert nothing.status_code == 400
    assert "采纳" in nothing.json()["message"]
    (first, second, *_) = findings(client, word)
    client.post(f"/reports/{word}/decide", json={"finding": first, "verdict": "accepted", "comment": "请核对这一处。"})
    client.post(f"/reports/{word}/decide", json={"finding": second, "verdict": "rejected", "reason": "misread"})
    answer = client.get(f"/reports/{word}/comments.docx")
    assert [one.text for one in docx.Document(io.BytesIO(answer.content)).comments] == ["请核对这一处。"]
    opinion = docx.Document(io.BytesIO(client.get(f"/reports/{word}/opinion.docx").content))
    said = "\n".join(paragraph.text for paragraph in opinion.paragraphs)
    assert "禾溪县市场监督管理局" in said
    assert "请核对这一处。" in said
    (plain, *_) = findings(client, report)
    client.post(f"/reports/{report}/decide", json={"finding": plain, "verdict": "accepted"})
    assert "不是 Word" in client.get(f"/reports/{report}/comments.docx", headers=asked).json()["message"]


def test_finishing_takes_the_next_report(entered: Entered, report: str) -> None:
    client = entered("reviewer", name="甲员")
    client.post(f"/reports/{report}/lease")
    left = client.post(f"/reports/{report}/finish", json={})
    assert left.status_code == 400
    assert client.post(f"/reports/{report}/finish", json={"anyway": True}).json()["state"] == "reviewed"
    assert client.post("/next", data={}).headers["location"].startswith("/")


def test_rules_season_people_and_audit_are_shown(entered: Entered) -> None:
    client = entered("admin", "lead", name="管理")
    assert "评分合计不符" in client.get("/rules").text or "规则目录" in client.get("/rules").text
    assert "为什么" in client.get("/rules/percent-recompute").text
    assert "<svg" in client.get("/season").text
    assert "管理" in client.get("/people").text
    assert client.post("/audit/verify").headers["location"] == "/audit?said=sound"
    made = client.post("/people", data={"name": "新人", "password": "xin-ren-2026-mm", "role-reviewer": "on"})
    assert made.status_code == 303
    assert "新人" in client.get("/people").text
    assert client.post("/people", data={"name": "新人", "password": "xin-ren-2026-mm"}).status_code == 400


def test_programs_read_the_queue_with_a_token(entered: Entered, reviewed: Desk, app: object) -> None:
    entered("reviewer", name="甲员")
    person = next(one for one in reviewed.people.list() if one.name == "甲员")
    secret, _ = reviewed.people.tokens.create(person, "预算系统")
    client = TestClient(app)  # type: ignore[arg-type]
    answer = client.get("/api/reports", headers={"authorization": f"Bearer {secret}"})
    assert {"id", "score", "because"} <= set(answer.json()["reports"][0])
    assert client.get("/api/reports", headers={"authorization": "Bearer nonsense"}).status_code == 401


def _all() -> object:
    from pipeline.records import View

    return View()
