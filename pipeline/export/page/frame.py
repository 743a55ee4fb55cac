"""The templates, with style, scripts and a content policy that lets nothing in from outside the file."""

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_FOLDER = Path(__file__).parent / "templates"


def _own(file: str) -> Markup:
    return Markup((_FOLDER / file).read_text("utf-8"))  # noqa: S704 - a file of this package


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    style, early, script = _own("page.css"), _own("early.js"), _own("page.js")
    made.globals |= {
        "style": style,
        "early": early,
        "script": script,
        "policy": (
            f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(early)} {_hash(script)}; "
            "base-uri 'none'; form-action 'none'"
        ),
    }
    return made


templates = _environment()
