"""Enumerations within a sentence: how many items a list divided by 、 can have."""

import re

_BRACKETS = re.compile(r"[（(][^（）()]*[）)]|《[^《》]*》|“[^“”]*”")
_AND = re.compile(r"[和及与]|以及")
_PLAIN = "甲"


def count(text: str) -> tuple[int, int]:
    """The least and the greatest number of items of ``text``: 和 and 及 may divide two items or stand inside one."""
    bare = _BRACKETS.sub(_PLAIN, text).strip(" 、，,；;。：:")
    items = [item for item in re.split("[、；;]", bare) if item.strip()]
    return len(items), len(items) + sum(len(_AND.findall(item)) for item in items)
