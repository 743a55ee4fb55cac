"""One report: its page, passages side by side, its history and its review file."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from pipeline.desk.deciding import REASONS
from pipeline.desk.returning import Returned
from pipeline.errors import WrongUsage
from pipeline.records import Decision
from pipeline.web.pages import page
from pipeline.web.security import desk_of, person_of

router = APIRouter()
ReportId = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
_KEYS = "1234567"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/reports/{report}")
def report_page(request: Request, report: ReportId) -> Response:
    desk, person = desk_of(request), person_of(request)
    sheet = desk.showing.sheet(report)
    if sheet is None:
        raise WrongUsage("没有这份报告的审阅结果。请从队列里打开，或重新审阅该文件。")
    decisions = desk.deciding.state(report, person)
    cards = {card.finding.id for card in sheet.cards}
    names = {one.id: one.name for one in desk.people.list()}
    return page(
        request,
        "report.html",
        f=sheet,
        report=report,
        decisions={finding: _told(one, names) for finding, one in decisions.items()},
        missed=[one for finding, one in decisions.items() if finding not in cards and one.verdict == "manual"],
        drafts=desk.deciding.drafts(person, report) if person.roles & {"reviewer", "lead"} else {},
        reasons=[(key, code, said) for key, (code, said) in zip(_KEYS, REASONS.items(), strict=False)],
        work=desk.working.work(report),
        leases=desk.working.leases(report),
        versions=desk.working.versions(report),
        view=str(request.query_params),
    )


@router.get("/reports/{report}/matches/{number}")
def side_by_side(request: Request, report: ReportId, number: int) -> Response:
    found = desk_of(request).showing.side_by_side(report, number)
    if found is None:
        raise WrongUsage("没有这份报告的审阅结果。请从队列里打开。")
    review, side = found
    shown = [i for i, match in enumerate(review.matches, 1) if match.kind not in ("form", "stock")]
    before = max((i for i in shown if i < number), default=None)
    after = min((i for i in shown if i > number), default=None)
    return page(
        request, "match.html", report=report, review=review, side=side, number=number, before=before, after=after
    )


@router.get("/reports/{report}/history")
def history(request: Request, report: ReportId) -> Response:
    desk = desk_of(request)
    names = {one.id: one.name for one in desk.people.list()}
    return page(
        request, "history.html", report=report, names=names, decisions=desk.deciding.history(report, person_of(request))
    )


@router.get("/reports/{report}/review.json")
def review_file(request: Request, report: ReportId) -> Response:
    data = desk_of(request).showing.data(report)
    if data is None:
        raise WrongUsage("没有这份报告的审阅结果。")
    desk_of(request).audit.write(person_of(request), "export", report)
    headers = {"content-disposition": f'attachment; filename="{report[:12]}.review.json"'}
    return Response(data, media_type="application/json", headers=headers)


@router.get("/reports/{report}/comments.docx")
def comments(request: Request, report: ReportId) -> Response:
    """The unit's Word file with comments at the accepted findings."""
    return _download(desk_of(request).returning.word(person_of(request), report))


@router.get("/reports/{report}/opinion.docx")
def opinion(request: Request, report: ReportId) -> Response:
    """The opinion on the report, one page in Word."""
    return _download(desk_of(request).returning.opinion(person_of(request), report))


def _download(file: Returned) -> Response:
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
    return Response(file.data, media_type=_WORD, headers=headers)


def _told(one: Decision, names: dict[str, str]) -> dict[str, str]:
    return {
        "id": one.id,
        "verdict": one.verdict,
        "reason": one.reason or "",
        "note": one.note,
        "comment": one.comment,
        "by": names.get(one.reviewer, ""),
    }
