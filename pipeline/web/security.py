"""Who asks, whether they may, and whether it was they who asked: sessions, roles, forged requests, headers."""

import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from pipeline.desk import Desk
from pipeline.errors import Forbidden
from pipeline.records import Person, Session
from pipeline.web.roles import ALLOWED, OPEN

COOKIE = "jishen"
_LARGEST_FORM = 1_000_000
_WRITING = {"POST", "PUT", "DELETE", "PATCH"}
_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


class LoggedOut(Exception):
    """Nobody is logged in; the page to log in is shown, or 401 told."""


class MustChange(Exception):
    """The password was given by another and is to be changed first."""


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def session_of(request: Request) -> Session:
    """The session that the guard found."""
    session: Session = request.state.session
    return session


def person_of(request: Request) -> Person:
    """Who asks: by session or by token."""
    person: Person = request.state.person
    return person


def ip_of(request: Request) -> str:
    return request.client.host if request.client else ""


async def form_of(request: Request) -> dict[str, str]:
    """The fields of an HTML form. Raises Forbidden for one that is too large."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_FORM:
            raise Forbidden("提交的内容过长。请缩短后重试。")
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


async def guard(request: Request) -> None:
    """Runs before every route: deny by default, by the table of roles."""
    route = (request.method, getattr(request.scope.get("route"), "path", ""))
    if request.method == "HEAD":
        route = ("GET", route[1])
    if request.method in _WRITING and not _same_site(request):
        raise Forbidden("请求不是从本站页面发出的，已拒绝。请从本站页面操作。")
    request.state.session = None
    request.state.person = None
    if route in OPEN:
        return
    allowed = ALLOWED.get(route)
    if allowed is None:
        raise Forbidden("没有这个页面，或不允许访问。")
    person = await _who(request)
    if person.must_change and route not in {("GET", "/password"), ("POST", "/password"), ("POST", "/logout")}:
        raise MustChange
    if not person.roles & allowed:
        raise Forbidden("您的角色不能使用这项功能。请联系系统管理员。")


async def _who(request: Request) -> Person:
    desk = desk_of(request)
    bearer = request.headers.get("authorization", "")
    if bearer.startswith("Bearer "):
        person = await run_in_threadpool(desk.people.tokens.person, bearer.removeprefix("Bearer ").strip())
        if person is None:
            raise LoggedOut
        request.state.person = person
        return person
    session = await run_in_threadpool(desk.people.session, request.cookies.get(COOKIE, ""))
    if session is None:
        raise LoggedOut
    if request.method in _WRITING:
        await _hold_token(request, session)
    request.state.session = session
    request.state.person = session.person
    return session.person


async def _hold_token(request: Request, session: Session) -> None:
    given = request.headers.get("x-csrf-token", "")
    if not given and request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        request.state.form = await form_of(request)
        given = request.state.form.get("csrf", "")
    if not hmac.compare_digest(given.encode(), session.csrf.encode()):
        raise Forbidden("页面已过期。请刷新页面后重试。")


def _same_site(request: Request) -> bool:
    """What the browser says of where the request comes from; programs say nothing."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


async def form(request: Request) -> dict[str, str]:
    """The form of a request, read once."""
    held: dict[str, str] | None = getattr(request.state, "form", None)
    return held if held is not None else await form_of(request)


async def add_headers(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call(request)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    response.headers["cache-control"] = (
        "public, max-age=3600" if request.url.path.startswith("/static/") else "no-store"
    )
    return response
