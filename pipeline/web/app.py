"""The application: routes, the guard before them, and what is said where something is refused."""

from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from pipeline import __version__
from pipeline.desk import Desk
from pipeline.errors import Conflict, Forbidden, JishenError, LogInRefused, UnusableStore
from pipeline.records import Decision, Lease
from pipeline.web import accounts, decisions, overview, queue, report, uploads
from pipeline.web.decisions import told
from pipeline.web.pages import FOLDER, page
from pipeline.web.security import LoggedOut, MustChange, add_headers, guard

_STATUS: tuple[tuple[type[JishenError], int], ...] = (
    (Forbidden, 403), (LogInRefused, 401), (Conflict, 409), (UnusableStore, 503),
)  # fmt: skip


def application(desk: Desk) -> FastAPI:
    """The desk's pages. Nothing in them comes from another host."""
    app = FastAPI(
        title="绩审", version=__version__, docs_url=None, redoc_url=None, openapi_url=None,
        dependencies=[Depends(guard)],
    )  # fmt: skip
    app.state.desk = desk
    app.middleware("http")(add_headers)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), "static")
    for part in (accounts, queue, report, decisions, uploads, overview):
        app.include_router(part.router)

    @app.get("/api/openapi.json")
    def described() -> dict[str, Any]:
        return app.openapi()

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok", "version": __version__}

    app.add_exception_handler(LoggedOut, _logged_out)
    app.add_exception_handler(MustChange, _must_change)
    app.add_exception_handler(JishenError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _missing)
    return app


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and request.method in ("GET", "HEAD", "POST")


def _logged_out(request: Request, _error: Exception) -> Response:
    if _wants_page(request):
        return RedirectResponse(f"/login?to={request.url.path}", 303)
    return JSONResponse({"message": "请先登录。"}, 401)


def _must_change(request: Request, _error: Exception) -> Response:
    if _wants_page(request):
        return RedirectResponse("/password", 303)
    return JSONResponse({"message": "请先修改初始密码。"}, 403)


def _refused(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 400)
    if _wants_page(request):
        return page(request, "refused.html", status, message=str(error))
    body: dict[str, object] = {"message": str(error)}
    if isinstance(error, Conflict):
        if isinstance(error.other, Decision):
            body["decision"] = told(error.other)
        elif isinstance(error.other, Lease):
            body["holder"] = error.other.name
    return JSONResponse(body, status)


def _malformed(request: Request, _error: Exception) -> Response:
    return _said(request, "提交的内容不对。请刷新页面后重试。", 422)


def _missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _said(request, "没有这个页面。请从队列重新打开。", status)


def _said(request: Request, message: str, status: int) -> Response:
    if _wants_page(request):
        return page(request, "refused.html", status, message=message)
    return JSONResponse({"message": message}, status)
