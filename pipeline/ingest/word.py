"""A Word document's body as blocks, in reading order, as it reads with every tracked change accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.draft import Draft, OpenCell
from pipeline.ingest.refusals import refusal
from pipeline.ingest.word_names import ALTERNATE, DELETED, VAL, branch, number, on, unwrapped, value, w
from pipeline.ingest.word_numbering import Numbering, Story
from pipeline.ingest.word_package import Package
from pipeline.ingest.word_styles import Numbered, Styles, outline_level
from pipeline.ingest.word_symbols import clean, run_text, sign
from pipeline.ingest.word_table import cells
from pipeline.records import Block

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_P, _R, _T, _TBL, _PPR, _RPR = w("p"), w("r"), w("t"), w("tbl"), w("pPr"), w("rPr")
_PSTYLE, _NUMPR, _OUTLINE = w("pStyle"), w("numPr"), w("outlineLvl")
_VANISH, _BOX = w("vanish"), w("txbxContent")
_DEEPEST_FIELD = 50
_KEPT = frozenset(map(w, ("ins", "moveTo")))
_MATHS = {_MATH + "oMath", _MATH + "oMathPara"}
_PICTURES = frozenset(map(w, ("drawing", "pict", "object")))
_PLAIN = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_BR, _SYM, _RUBY, _RUBY_BASE, _FIELD = w("br"), w("sym"), w("ruby"), w("rubyBase"), w("fldChar")
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}


@dataclass(slots=True)
class _Scope:
    """Where the walk is: the cell, the story that counts numbers, the fields that are open there.

    A field is False while its code is read and True from its result on. References to notes are not followed
    within notes.
    """

    cell: OpenCell | None = None
    story: Story = field(default_factory=Story)
    fields: list[bool] = field(default_factory=list)
    notes: bool = True


@dataclass(slots=True)
class _Format:
    """What a paragraph's properties say.

    ``joins``: its mark is deleted, so that the next paragraph's text follows on. ``hidden``: its mark is.
    """

    style: str | None = None
    level: int | None = None
    numbered: Numbered | None = None
    joins: bool = False
    hidden: bool = False


@dataclass(slots=True)
class _Line:
    """A paragraph while it is read; "\\n" is a line break. Text boxes and notes follow it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    format: _Format | None = None


def read(data: bytes, name: str) -> tuple[Block, ...]:
    """The blocks of the Word package in ``data``. Raises UnreadableReport."""
    package = Package(data, name)
    root = package.document()
    body = root.find(w("body"))
    if root.tag != w("document") or body is None:
        raise refusal("damaged", name, "没有正文")
    walk = _Walk(package, root, name)
    walk.flow(body, _Scope())
    if not walk.draft.has_text():
        raise refusal("pictures-only" if walk.pictures else "empty", name)
    return walk.draft.blocks()


class _Walk:
    def __init__(self, package: Package, root: etree._Element, name: str) -> None:
        self.draft = Draft(name)
        self.pictures = False
        self._package = package
        self._styles, self._numbering = package.made(_formats, "styles", "numbering")
        # Looking at the properties of every run takes a tenth of the time, and few documents hide anything.
        self._hides = self._styles.hide or next(root.iter(_VANISH), None) is not None
        self._tables = 0
        self._notes: dict[str, dict[str | None, etree._Element]] = {}
        self._note_stories: dict[str, Story] = {}
        self._noted: set[tuple[str, str]] = set()

    def flow(self, parent: etree._Element, scope: _Scope) -> None:
        """Paragraphs and tables of the body, a cell, a text box or a note."""
        line = _Line()
        for element in unwrapped(parent):
            tag = element.tag
            if tag == _P:
                line.format = _Format()
                self._inline(element, line, scope)
                if not all(scope.fields):
                    # Codes end with their paragraph; one that does not has lost its end, and must not swallow the rest.
                    scope.fields[:] = [result for result in scope.fields if result]
                if not line.format.joins:
                    self._close(line, scope)
                    line = _Line()
            elif tag == _TBL:
                self._close(line, scope)
                line = _Line()
                self._table(element, scope)
        self._close(line, scope)

    def _close(self, line: _Line, scope: _Scope) -> None:
        """Writes a paragraph out, then what is anchored in it."""
        form = line.format
        if form is None:
            return
        level = self._styles.level(form.style) if form.level is None else form.level
        # A hidden paragraph is not counted; one that only ends hidden is.
        uncounted = form.hidden and not line.pieces
        mark = "" if uncounted else self._numbering.next(form.numbered, form.style, scope.story)
        lines = [text for text in map(str.strip, "".join(line.pieces).split("\n")) if text] if line.pieces else []
        if mark:
            lines[:1] = [mark + lines[0] if lines else mark.strip()]
        for text in lines:
            self.draft.add(text, level, scope.cell)
        for box in line.boxes:
            self.flow(box, _Scope(scope.cell, notes=scope.notes))
        for kind, note in line.notes:
            self._note(kind, note, scope)

    def _inline(self, parent: etree._Element, line: _Line, scope: _Scope) -> None:
        for element in unwrapped(parent):
            tag = element.tag
            if tag == _R:
                self._run(element, line, scope)
            elif tag == _PPR:
                line.format = _format(element, hides=self._hides)
            elif tag in _MATHS:
                line.pieces.extend(_math(element))

    def _run(self, run: etree._Element, line: _Line, scope: _Scope) -> None:
        fields, pieces = scope.fields, line.pieces
        hidden, properties = self._hides and self._hidden(None, line), None
        for element in run:
            tag = element.tag
            if tag == _RPR:
                properties = element
                hidden = self._hides and self._hidden(element, line)
            elif tag == _FIELD:
                _turn(fields, element.get(w("fldCharType")))
            # Results of fields within a code are part of the code.
            elif hidden or (fields and not all(fields[:-1])):
                continue
            elif tag == _T:
                pieces.append(run_text(element, properties))
            elif tag in _PLAIN:
                pieces.append(_PLAIN[tag])
            elif tag == _BR:
                if element.get(w("type"), "textWrapping") == "textWrapping":
                    pieces.append("\n")
            elif tag in _PICTURES:
                self.pictures = True
                line.boxes.extend(_boxes(element))
            elif tag in _NOTES:
                line.notes.append((_NOTES[tag], element.get(w("id"), "")))
            elif tag == _SYM:
                pieces.append(sign(element))
            elif tag == _RUBY:
                base = element.find(_RUBY_BASE)
                if base is not None:
                    self._inline(base, line, scope)
            elif tag == ALTERNATE:
                chosen = branch(element)
                if chosen is not None:
                    self._run(chosen, line, scope)

    def _hidden(self, properties: etree._Element | None, line: _Line) -> bool:
        """Whether a run is hidden: by itself, else by its style, else by the style of its paragraph."""
        if properties is not None:
            own = properties.find(_VANISH)
            if own is not None:
                return on(own)
            style = value(properties, "rStyle")
            hidden = None if style is None else self._styles.hidden(style)
            if hidden is not None:
                return hidden
        return line.format is not None and self._styles.hidden(line.format.style) is True

    def _note(self, kind: str, note: str, scope: _Scope) -> None:
        """A foot- or endnote as blocks of its own, once, numbered in the order of the references."""
        if not scope.notes or (kind, note) in self._noted:
            return
        if kind not in self._notes:
            root = self._package.part(kind)
            self._notes[kind] = {} if root is None else {element.get(w("id")): element for element in root}
            self._note_stories[kind] = Story()
        element = self._notes[kind].get(note)
        if element is None:
            return
        self._noted.add((kind, note))
        at = len(self.draft)
        self.flow(element, _Scope(scope.cell, self._note_stories[kind], notes=False))
        if len(self.draft) > at:
            self.draft.prefix(at, f"〔注{len(self._noted)}〕")

    def _table(self, table: etree._Element, scope: _Scope) -> None:
        index = self._tables
        for tc, cell in cells(table, index):
            # Tables within a cell come after it; a table whose rows are all deleted counts for nothing.
            self._tables = max(self._tables, index + 1)
            at = len(self.draft)
            self.flow(tc, _Scope(cell, scope.story, scope.fields, scope.notes))
            if not cell.filled:
                self.draft.insert(at, "", 0, cell)


def _formats(styles: etree._Element | None, numbering: etree._Element | None) -> tuple[Styles, Numbering]:
    found = Styles(styles)
    return found, Numbering(numbering, found)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing."""
    for part in element:
        if part.tag == _BOX:
            yield part
        elif part.tag == ALTERNATE:
            chosen = branch(part)
            if chosen is not None:
                yield from _boxes(chosen)
        else:
            yield from _boxes(part)


def _math(element: etree._Element) -> Iterator[str]:
    """The text of a formula on one line, fractions with a stroke."""
    for part in element:
        if part.tag == _MATH + "t":
            yield clean(part.text or "")
        elif part.tag not in DELETED:
            yield from _math(part)
            if part.tag == _MATH + "num":
                yield "/"


def _turn(fields: list[bool], what: str | None) -> None:
    if what == "begin" and len(fields) < _DEEPEST_FIELD:
        fields.append(False)
    elif fields and what == "separate":
        fields[-1] = True
    elif fields and what == "end":
        fields.pop()


def _format(properties: etree._Element, *, hides: bool) -> _Format:
    form = _Format()
    for element in properties:
        tag = element.tag
        if tag == _PSTYLE:
            form.style = element.get(VAL)
        elif tag == _NUMPR:
            form.numbered = Numbered(number(value(element, "numId")), number(value(element, "ilvl")))
        elif tag == _OUTLINE:
            form.level = outline_level(element)
        elif tag == _RPR:
            form.hidden = hides and on(element.find(_VANISH))
            # Tracked changes of the mark come before all its looks (CT_ParaRPr).
            for mark in element:
                if mark.tag in DELETED:
                    form.joins = True
                elif mark.tag not in _KEPT:
                    break
    return form
