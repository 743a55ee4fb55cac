"""Rules, the season in figures, and the audit log."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.desk import catalogue, rule_cards
from pipeline.desk.auditing import noted_heads
from pipeline.errors import BrokenLog
from pipeline.records import View
from pipeline.web.pages import page
from pipeline.web.security import desk_of

router = APIRouter()
_SHOWN = 20


@router.get("/rules")
def rules(request: Request) -> Response:
    return page(request, "rules.html", rules=catalogue())


@router.get("/rules/{rule}")
def rule_page(request: Request, rule: str) -> Response:
    return page(request, "rule.html", rule=catalogue(rule)[0])


@router.get("/season")
def season(request: Request) -> Response:
    queueing = desk_of(request).queueing
    facets, cards = queueing.facets(), rule_cards()
    bands = [(band, queueing.page(View(band=band), limit=1).total) for band in ("weak", "watch", "sound")]
    return page(
        request,
        "season.html",
        bands=bands,
        states=queueing.progress(View()),
        rules=[(cards[rule].name if rule in cards else rule, rule, count) for rule, count in facets.rules[:_SHOWN]],
        agencies=facets.agencies[:_SHOWN],
    )


@router.get("/audit")
def audit(request: Request) -> Response:
    desk, before = desk_of(request), request.query_params.get("before", "")
    entries = desk.audit.entries(
        before=int(before) if before.isascii() and before.isdigit() else None,
        action=request.query_params.get("action", ""),
        limit=100,
    )
    return page(
        request, "audit.html", entries=entries, head=desk.audit.head(), said=request.query_params.get("said", "")
    )


@router.post("/audit/verify")
def verify(request: Request) -> Response:
    desk = desk_of(request)
    try:
        bad = desk.audit.verify(noted_heads(desk.settings.workspace / "audit-heads.txt"))
    except BrokenLog:
        return RedirectResponse("/audit?said=cut", 303)
    return RedirectResponse("/audit?said=" + ("sound" if bad is None else f"broken-{bad.seq}"), 303)
