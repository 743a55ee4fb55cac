"""Names, values and wrappers of WordprocessingML."""

from collections.abc import Iterator

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LARGEST_NUMBER = 2**31


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return _W + name


VAL = w("val")
ALTERNATE, FALLBACK = _COMPATIBILITY + "AlternateContent", _COMPATIBILITY + "Fallback"
_BRANCHES = (_COMPATIBILITY + "Choice", FALLBACK)
# Elements that stand around content without being part of the text.
_WRAPPERS = frozenset(
    map(w, ("ins", "moveTo", "hyperlink", "sdt", "sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo"))
)
DELETED = frozenset(map(w, ("del", "moveFrom")))


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


def unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    """The children of ``parent``, with what stands within wrappers and in one branch of alternatives."""
    for element in parent:
        if element.tag in _WRAPPERS:
            yield from unwrapped(element)
        elif element.tag == ALTERNATE:
            chosen = branch(element)
            if chosen is not None:
                yield from unwrapped(chosen)
        else:
            yield element


def branch(alternatives: etree._Element) -> etree._Element | None:
    """The branch that is read: the first choice is what Word shows, the fallback repeats it for older programs."""
    return next((element for element in alternatives if element.tag in _BRANCHES), None)
