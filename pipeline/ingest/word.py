"""A Word document's body as blocks, in reading order, as it reads with every tracked change accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat

from lxml import etree

from pipeline.ingest.draft import Draft, OpenCell
from pipeline.ingest.refusals import refusal
from pipeline.ingest.word_names import ALTERNATE, DELETED, VAL, branch, number, on, unwrapped, value, w
from pipeline.ingest.word_numbering import Numbering, Story
from pipeline.ingest.word_objects import FORMULAS, boxes, formula
from pipeline.ingest.word_package import Package
from pipeline.ingest.word_places import Origin, outermost_run, places, starts
from pipeline.ingest.word_styles import Numbered, Styles, outline_level
from pipeline.ingest.word_symbols import run_text, sign
from pipeline.ingest.word_table import cells
from pipeline.records import Block, Places

_P, _R, _T, _TBL, _PPR, _RPR = w("p"), w("r"), w("t"), w("tbl"), w("pPr"), w("rPr")
_PSTYLE, _NUMPR, _OUTLINE = w("pStyle"), w("numPr"), w("outlineLvl")
_VANISH = w("vanish")
_DEEPEST_FIELD = 50
_KEPT = frozenset(map(w, ("ins", "moveTo")))
_PICTURES = frozenset(map(w, ("drawing", "pict", "object")))
_PLAIN = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_BR, _SYM, _RUBY, _RUBY_BASE, _FIELD = w("br"), w("sym"), w("ruby"), w("rubyBase"), w("fldChar")
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}


@dataclass(slots=True)
class _Scope:
    """Where the walk is: the cell, the story that counts numbers, the fields that are open there.

    A field is False while its code is read and True from its result on. References to notes are not followed
    within notes. ``holder`` is the run of the body that the text box or note hangs on.
    """

    cell: OpenCell | None = None
    story: Story = field(default_factory=Story)
    fields: list[bool] = field(default_factory=list)
    notes: bool = True
    holder: etree._Element | None = None


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
    """A paragraph while it is read; "\\n" is a line break. Text boxes and notes follow it.

    ``sources`` has the element that each piece comes from.
    """

    pieces: list[str] = field(default_factory=list)
    sources: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str, etree._Element]] = field(default_factory=list)
    format: _Format | None = None
    element: etree._Element | None = None


def read(data: bytes, name: str) -> tuple[Block, ...]:
    """The blocks of the Word package in ``data``. Raises UnreadableReport."""
    return _walked(Package(data, name), name, located=False)[0].draft.blocks()


def locate(data: bytes, name: str) -> Places:
    """Where each of the blocks that ``read`` gives stands in the package. Raises UnreadableReport as it does."""
    package = Package(data, name)
    walk, root = _walked(package, name, located=True)
    origins = [(text, origin) for text, origin in walk.draft.origins() if isinstance(origin, Origin)]
    return Places(package.main_entry, places(root, origins))


def _walked(package: Package, name: str, *, located: bool) -> tuple["_Walk", etree._Element]:
    root = package.document()
    body = root.find(w("body"))
    if root.tag != w("document") or body is None:
        raise refusal("damaged", name, "没有正文")
    walk = _Walk(package, root, name, located=located)
    walk.flow(body, _Scope())
    if not walk.draft.has_text():
        raise refusal("pictures-only" if walk.pictures else "empty", name)
    return walk, root


class _Walk:
    def __init__(self, package: Package, root: etree._Element, name: str, *, located: bool) -> None:
        self.draft = Draft(name)
        self._located = located
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
                if line.element is None:
                    line.element = element
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
        joined = "".join(line.pieces)
        lines = [text for text in map(str.strip, joined.split("\n")) if text] if joined else []
        if mark:
            lines[:1] = [mark + lines[0] if lines else mark.strip()]
        origins = self._origins(line, joined, mark, scope) if self._located else repeat(None)
        for text, origin in zip(lines, origins, strict=False):
            self.draft.add(text, level, scope.cell, origin)
        for box in line.boxes:
            holder = outermost_run(box) if scope.holder is None else scope.holder
            self.flow(box, _Scope(scope.cell, notes=scope.notes, holder=holder))
        for kind, note, reference in line.notes:
            self._note(kind, note, scope, reference)

    def _origins(self, line: _Line, joined: str, mark: str, scope: _Scope) -> Iterator[Origin]:
        """The origin of each block of a paragraph."""
        holder = scope.holder if scope.holder is not None else line.element
        if holder is None:
            return
        if scope.holder is not None:
            yield from repeat(Origin(holder))
        lead = len(mark)
        for start in starts(joined):
            yield Origin(holder, lead, start, line.pieces, line.sources)
            lead = 0
        # Left where Word writes a number and nothing else stands in the paragraph.
        yield Origin(holder)

    def _inline(self, parent: etree._Element, line: _Line, scope: _Scope) -> None:
        for element in unwrapped(parent):
            tag = element.tag
            if tag == _R:
                self._run(element, line, scope)
            elif tag == _PPR:
                line.format = _format(element, hides=self._hides)
            elif tag in FORMULAS and (written := "".join(formula(element))):
                line.pieces.append(written)
                line.sources.append(element)

    def _run(self, run: etree._Element, line: _Line, scope: _Scope) -> None:
        fields, pieces, sources = scope.fields, line.pieces, line.sources
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
                sources.append(element)
            elif tag in _PLAIN:
                pieces.append(_PLAIN[tag])
                sources.append(element)
            elif tag == _BR:
                if element.get(w("type"), "textWrapping") == "textWrapping":
                    pieces.append("\n")
                    sources.append(element)
            elif tag in _PICTURES:
                self.pictures = True
                line.boxes.extend(boxes(element))
            elif tag in _NOTES:
                line.notes.append((_NOTES[tag], element.get(w("id"), ""), element))
            elif tag == _SYM:
                pieces.append(sign(element))
                sources.append(element)
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

    def _note(self, kind: str, note: str, scope: _Scope, reference: etree._Element) -> None:
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
        holder = scope.holder if scope.holder is not None else outermost_run(reference)
        self.flow(element, _Scope(scope.cell, self._note_stories[kind], notes=False, holder=holder))
        if len(self.draft) > at:
            self.draft.prefix(at, f"〔注{len(self._noted)}〕")

    def _table(self, table: etree._Element, scope: _Scope) -> None:
        index = self._tables
        for tc, cell in cells(table, index):
            # Tables within a cell come after it; a table whose rows are all deleted counts for nothing.
            self._tables = max(self._tables, index + 1)
            at = len(self.draft)
            self.flow(tc, _Scope(cell, scope.story, scope.fields, scope.notes, scope.holder))
            if not cell.filled:
                self.draft.insert(at, "", 0, cell, self._empty(tc, scope) if self._located else None)

    def _empty(self, tc: etree._Element, scope: _Scope) -> Origin:
        """The origin of a cell without text: its first paragraph."""
        if scope.holder is not None:
            return Origin(scope.holder)
        return Origin(next((element for element in unwrapped(tc) if element.tag == _P), tc))


def _formats(styles: etree._Element | None, numbering: etree._Element | None) -> tuple[Styles, Numbering]:
    found = Styles(styles)
    return found, Numbering(numbering, found)


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
