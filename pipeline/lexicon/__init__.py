"""Words that officials will want to edit, one TOML file a subject, each with a comment that says how it is used."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def load(name: str) -> Mapping[str, Any]:
    """The lexicon ``name``.toml as read; the same object at every call, so that callers may compile from it once."""
    text = (files(__name__) / f"{name}.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))
