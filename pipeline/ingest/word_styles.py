"""What a document's styles say of a paragraph: its heading level and its numbering."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.ingest.word_names import VAL, number, on, value, w

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_STYLE_ID, _DEFAULT, _VANISH = w("styleId"), w("default"), w("vanish")
_BODY_LEVEL = 9
_LONGEST_CHAIN = 50  # Word itself stops earlier


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbering property as written: ``num`` 0 turns numbering off; ``level`` None where it is not said."""

    num: int | None
    level: int | None


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    level: int | None
    numbered: Numbered | None
    hidden: bool | None


class Styles:
    """The styles of a document, by id; without a styles part every paragraph is plain."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        self._levels: dict[str | None, int] = {}
        self._numbered: dict[str | None, tuple[str, Numbered] | None] = {}
        self.hide = root is not None and next(root.iter(_VANISH), None) is not None
        """Whether any style hides text."""
        for style in () if root is None else root.iterchildren(w("style")):
            name = style.get(_STYLE_ID)
            if name is None:
                continue
            self._styles[name] = _style(style)
            if style.get(_DEFAULT) in ("1", "true", "on") and style.get(w("type")) == "paragraph":
                self._default = name

    def level(self, style: str | None) -> int:
        """Heading level (1..9) that ``style`` gives a paragraph, 0 for none; None is the default style."""
        name = self._known(style)
        if name not in self._levels:
            self._levels[name] = next((s.level for _, s in self._chain(name) if s.level is not None), 0)
        return self._levels[name]

    def numbered(self, style: str | None) -> tuple[str, Numbered] | None:
        """The numbering that ``style`` gives a paragraph, with the id of the style that says so, or None."""
        name = self._known(style)
        if name not in self._numbered:
            found = ((i, s.numbered) for i, s in self._chain(name) if s.numbered and s.numbered.num is not None)
            self._numbered[name] = next(found, None)
        return self._numbered[name]

    def hidden(self, style: str | None) -> bool | None:
        """Whether ``style`` hides text, None where it does not say."""
        return next((s.hidden for _, s in self._chain(self._known(style)) if s.hidden is not None), None)

    def _known(self, style: str | None) -> str | None:
        return style if style in self._styles else self._default

    def _chain(self, name: str | None) -> Iterator[tuple[str, _Style]]:
        """The style and those it is based on, nearest first; a circle ends where it closes."""
        seen: set[str] = set()
        while name is not None and name in self._styles and name not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(name)
            style = self._styles[name]
            yield name, style
            name = style.based_on


def outline_level(element: etree._Element) -> int | None:
    """Heading level that ``w:outlineLvl`` states: 1..9, 0 for body text, None where it says nothing."""
    level = number(element.get(VAL))
    if level is None or level < 0:
        return None
    return level + 1 if level < _BODY_LEVEL else 0


def _style(style: etree._Element) -> _Style:
    outline = style.find(f"{w('pPr')}/{w('outlineLvl')}")
    level = None if outline is None else outline_level(outline)
    named = _HEADING.fullmatch((value(style, "name") or "").strip())
    if level is None and named is not None:
        level = int(named[1])
    numbering = style.find(f"{w('pPr')}/{w('numPr')}")
    numbered = (
        None if numbering is None else Numbered(number(value(numbering, "numId")), number(value(numbering, "ilvl")))
    )
    vanish = style.find(f"{w('rPr')}/{_VANISH}")
    return _Style(value(style, "basedOn"), level, numbered, None if vanish is None else on(vanish))
