"""Names and values of WordprocessingML."""

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST_NUMBER = 2**31


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return _W + name


VAL = w("val")


def child(element: etree._Element, name: str) -> etree._Element | None:
    return element.find(_W + name)


def value(element: etree._Element, name: str) -> str | None:
    """The ``w:val`` of the child ``name``, or None."""
    found = element.find(_W + name)
    return None if found is None else found.get(VAL)


def number(text: str | None) -> int | None:
    """An integer as written in an attribute; None for anything else and for what no document means."""
    try:
        found = int(text or "")
    except ValueError:
        return None
    return found if abs(found) < _LARGEST_NUMBER else None


def on(element: etree._Element | None) -> bool:
    """Whether a switch (``w:vanish``, ``w:isLgl`` …) is there and on."""
    return element is not None and element.get(VAL) not in ("0", "false", "off")
