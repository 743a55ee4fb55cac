"""What a reviewer does on a report, as JSON: a decision, its undoing, a draft, a finding that was missed, a grade."""

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from pipeline.records import Decision, Reason, Severity, Verdict
from pipeline.web.security import desk_of, person_of

router = APIRouter()
ReportId = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Short = Annotated[str, Field(max_length=4000)]


class Decide(BaseModel):
    """``expect``: the id of the decision that the page showed."""

    finding: Short
    verdict: Verdict
    reason: Reason | None = None
    note: Short = ""
    comment: Short | None = None
    expect: Short | None = None


class Comment(BaseModel):
    finding: Short
    text: Short


class Missed(BaseModel):
    """A finding on a selection: the words that were selected; where they stand is found here, not in the browser."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]
    message: Annotated[str, Field(min_length=1, max_length=2000)]
    severity: Severity = "medium"


class Graded(BaseModel):
    side: Literal["problems", "measures", "report"]
    grade: int = Field(ge=1, le=4)
    expect: Short | None = None


class Finish(BaseModel):
    anyway: bool = False


class Reasoned(BaseModel):
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


@router.post("/reports/{report}/decide")
def decide(request: Request, report: ReportId, given: Decide) -> JSONResponse:
    made = desk_of(request).deciding.decide(
        person_of(request), report, given.finding, given.verdict, given.reason, given.note, given.comment, given.expect
    )
    return JSONResponse(told(made))


@router.post("/reports/{report}/undo")
def undo(request: Request, report: ReportId) -> JSONResponse:
    done = desk_of(request).deciding.undo(person_of(request), report)
    return JSONResponse({"decisions": [told(one) for one in done.decisions]})


@router.post("/reports/{report}/redo")
def redo(request: Request, report: ReportId) -> JSONResponse:
    done = desk_of(request).deciding.redo(person_of(request), report)
    return JSONResponse({"decisions": [told(one) for one in done.decisions]})


@router.post("/reports/{report}/comment")
def comment(request: Request, report: ReportId, given: Comment) -> JSONResponse:
    desk_of(request).deciding.comment(person_of(request), report, given.finding, given.text)
    return JSONResponse({"saved": True})


@router.post("/reports/{report}/missed")
def missed(request: Request, report: ReportId, given: Missed) -> JSONResponse:
    span = desk_of(request).showing.place(report, given.text)
    made = desk_of(request).deciding.add(person_of(request), report, span, None, given.message, given.severity)
    return JSONResponse(told(made))


@router.post("/reports/{report}/grade")
def grade(request: Request, report: ReportId, given: Graded) -> JSONResponse:
    made = desk_of(request).deciding.grade(person_of(request), report, given.side, given.grade, given.expect)
    return JSONResponse(told(made))


@router.post("/reports/{report}/lease")
def lease(request: Request, report: ReportId) -> JSONResponse:
    held = desk_of(request).working.lease(person_of(request), report)
    return JSONResponse({"until": held.until.isoformat()})


@router.post("/reports/{report}/take-over")
def take_over(request: Request, report: ReportId) -> JSONResponse:
    held = desk_of(request).working.take_over(person_of(request), report)
    return JSONResponse({"until": held.until.isoformat()})


@router.post("/reports/{report}/release")
def release(request: Request, report: ReportId) -> JSONResponse:
    desk_of(request).working.release(person_of(request), report)
    return JSONResponse({"released": True})


@router.post("/reports/{report}/finish")
def finish(request: Request, report: ReportId, given: Finish) -> JSONResponse:
    work = desk_of(request).working.finish(person_of(request), report, anyway=given.anyway)
    return JSONResponse({"state": work.state})


@router.post("/reports/{report}/send-back")
def send_back(request: Request, report: ReportId, given: Reasoned) -> JSONResponse:
    work = desk_of(request).working.send_back(person_of(request), report, given.reason)
    return JSONResponse({"state": work.state})


@router.post("/reports/{report}/reopen")
def reopen(request: Request, report: ReportId, given: Reasoned) -> JSONResponse:
    work = desk_of(request).working.reopen(person_of(request), report, given.reason)
    return JSONResponse({"state": work.state})


def told(one: Decision) -> dict[str, object]:
    """A decision for the page."""
    row = asdict(one)
    return {name: row[name] for name in ("id", "finding", "verdict", "reason", "note", "comment", "grade")}
