"""Templates, and what every page has: who is logged in, the token for its forms, where it stands."""

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.desk import words
from pipeline.desk.people import ROLES
from pipeline.web.roles import ALLOWED

FOLDER = Path(__file__).parent

_environment = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
)
_environment.globals |= {"words": words, "ROLES": ROLES}
_PLACES = (
    ("/", "队列"), ("/season", "总览"), ("/batches", "批次"), ("/upload", "上传"), ("/rules", "规则"),
    ("/people", "用户"), ("/audit", "审计"),
)  # fmt: skip


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page that ``template`` makes of ``values``."""
    session = getattr(request.state, "session", None)
    person = getattr(request.state, "person", None)
    roles = person.roles if person else frozenset()
    text = _environment.get_template(template).render(
        person=person,
        csrf=session.csrf if session else "",
        here=request.url.path,
        places=[(path, name) for path, name in _PLACES if roles & ALLOWED[("GET", path)]],
        may=lambda method, path: bool(roles & ALLOWED.get((method, path), frozenset())),
        **values,
    )
    return HTMLResponse(text, status)
