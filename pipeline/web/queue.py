"""The ranked queue: the address is the view."""

from typing import Annotated, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from pipeline.desk import rule_cards
from pipeline.desk.working import STATES
from pipeline.records import Band, View, WorkState
from pipeline.web.pages import page
from pipeline.web.security import desk_of, form, person_of

router = APIRouter()
_FIELDS = ("batch", "agency", "year", "band", "rule", "state", "mine", "text")
_PAGE = 50


@router.get("/")
def queue(request: Request) -> Response:
    given = _given(request.query_params)
    desk, view = desk_of(request), _view(given, person_of(request).id)
    found = desk.queueing.page(view, request.query_params.get("after") or None, _PAGE)
    progress = desk.queueing.progress(view)
    cards = rule_cards()
    return page(
        request,
        "queue.html",
        lines=found.lines,
        total=found.total,
        following=f"/?{urlencode(given | {'after': found.next})}" if found.next else "",
        given=given,
        facets=desk.queueing.facets(),
        rules={rule: card.name for rule, card in cards.items()},
        progress=progress,
        done=sum(n for state, n in progress.items() if state in ("reviewed", "returned", "closed")),
        all=sum(progress.values()),
        message=request.query_params.get("said", ""),
    )


@router.post("/next")
def following(request: Request, given: Annotated[dict[str, str], Depends(form)]) -> Response:
    """The next report of the view that nobody has, taken."""
    view = _given(given)
    report = desk_of(request).queueing.next(person_of(request), _view(view, person_of(request).id))
    if report is None:
        return RedirectResponse(f"/?{urlencode(view | {'said': 'none-left'})}", 303)
    return RedirectResponse(f"/reports/{report}?{urlencode(view)}", 303)


@router.get("/api/reports")
def reports(request: Request) -> Response:
    """A page of the queue for programs: the parameters are those of the page; ``next`` is the cursor that follows."""
    found = desk_of(request).queueing.page(
        _view(_given(request.query_params), person_of(request).id), request.query_params.get("after") or None
    )
    rows = [
        {
            "id": line.entry.id,
            "name": line.entry.name,
            "agency": line.entry.agency,
            "year": line.entry.year,
            "score": line.entry.score,
            "band": line.entry.band,
            "because": list(line.entry.because),
            "state": line.state,
        }
        for line in found.lines
    ]
    return JSONResponse({"reports": rows, "next": found.next, "total": found.total})


def _given(fields: object) -> dict[str, str]:
    get = fields.get  # type: ignore[attr-defined]
    return {name: str(get(name)) for name in _FIELDS if get(name)}


def _view(given: dict[str, str], person: str) -> View:
    return View(
        batch=_number(given.get("batch")),
        agency=given.get("agency"),
        year=_number(given.get("year")),
        band=cast(Band, given["band"]) if given.get("band") in ("weak", "watch", "sound") else None,
        rule=given.get("rule"),
        state=cast(WorkState, given["state"]) if given.get("state") in STATES else None,
        mine=person if given.get("mine") else None,
        text=given.get("text", ""),
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
