"""Logging in and out, one's password, and the accounts of others."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.desk.people import ROLES, SHORTEST
from pipeline.errors import JishenError, LogInRefused, WrongUsage
from pipeline.web.pages import page
from pipeline.web.security import COOKIE, desk_of, form, ip_of, person_of

router = APIRouter()
Form = Annotated[dict[str, str], Depends(form)]
PersonId = Annotated[str, Path(pattern="^[0-9a-f]{8,40}$")]


@router.get("/login")
def login_page(request: Request) -> Response:
    return page(request, "login.html", problem="", name="", to=_own_path(request.query_params.get("to", "/")))


@router.post("/login")
def login(request: Request, given: Form) -> Response:
    to = _own_path(given.get("to", "/"))
    try:
        token, _ = desk_of(request).people.login(given.get("name", ""), given.get("password", ""), ip_of(request))
    except LogInRefused as error:
        return page(request, "login.html", 401, problem=str(error), name=given.get("name", ""), to=to)
    return _entered(request, token, to)


@router.get("/first")
def first_page(request: Request) -> Response:
    return page(
        request, "first.html", problem="", name="", link=request.query_params.get("link", ""), shortest=SHORTEST
    )


@router.post("/first")
def first(request: Request, given: Form) -> Response:
    link = given.get("link", "")
    try:
        if given.get("password") != given.get("again"):
            raise WrongUsage("两次输入的密码不一样。请重新输入。")
        token, _ = desk_of(request).people.begin(link, given.get("name", ""), given.get("password", ""), ip_of(request))
    except JishenError as error:
        values = {"problem": str(error), "name": given.get("name", ""), "link": link, "shortest": SHORTEST}
        return page(request, "first.html", 400, **values)
    return _entered(request, token, "/")


@router.post("/logout")
def logout(request: Request) -> Response:
    desk_of(request).people.logout(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/password")
def password_page(request: Request) -> Response:
    return page(request, "password.html", problem="", shortest=SHORTEST)


@router.post("/password")
def password(request: Request, given: Form) -> Response:
    try:
        if given.get("new") != given.get("again"):
            raise WrongUsage("两次输入的新密码不一样。请重新输入。")
        token = request.cookies.get(COOKIE, "")
        desk_of(request).people.change_password(person_of(request), given.get("old", ""), given.get("new", ""), token)
    except JishenError as error:
        return page(request, "password.html", 400, problem=str(error), shortest=SHORTEST)
    return RedirectResponse("/", 303)


@router.get("/people")
def people_page(request: Request) -> Response:
    return _people(request)


@router.post("/people")
def create(request: Request, given: Form) -> Response:
    roles = [role for role in ROLES if given.get(f"role-{role}")]
    return _changed(
        request,
        lambda: desk_of(request).people.create(
            person_of(request), given.get("name", ""), roles, given.get("password", "")
        ),
    )


@router.post("/people/{person}/roles")
def set_roles(request: Request, person: PersonId, given: Form) -> Response:
    roles = [role for role in ROLES if given.get(f"role-{role}")]
    return _changed(request, lambda: desk_of(request).people.set_roles(person_of(request), person, roles))


@router.post("/people/{person}/close")
def close(request: Request, person: PersonId) -> Response:
    return _changed(request, lambda: desk_of(request).people.deactivate(person_of(request), person))


@router.post("/people/{person}/open")
def reopen(request: Request, person: PersonId) -> Response:
    return _changed(request, lambda: desk_of(request).people.activate(person_of(request), person))


@router.post("/people/{person}/password")
def reset(request: Request, person: PersonId, given: Form) -> Response:
    return _changed(
        request, lambda: desk_of(request).people.reset_password(person_of(request), person, given.get("password", ""))
    )


def _changed(request: Request, change: object) -> Response:
    try:
        change()  # type: ignore[operator]
    except WrongUsage as error:
        return _people(request, str(error), 400)
    return RedirectResponse("/people", 303)


def _people(request: Request, problem: str = "", status: int = 200) -> Response:
    return page(
        request, "people.html", status, people=desk_of(request).people.list(), problem=problem, shortest=SHORTEST
    )


def _entered(request: Request, token: str, to: str) -> Response:
    response = RedirectResponse(to, 303)
    response.set_cookie(COOKIE, token, path="/", httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return response


def _own_path(to: str) -> str:
    """A path of this site, whatever was asked for."""
    return quote(to, safe="/?&=%") if to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
