"""A Word document's body as blocks, in reading order, as it reads with every tracked change accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.ingest.draft import Draft, OpenCell
from pipeline.ingest.refusals import refusal
from pipeline.ingest.word_names import VAL, child, number, on, value, w
from pipeline.ingest.word_numbering import Numbering, Story
from pipeline.ingest.word_package import Package
from pipeline.ingest.word_styles import Styles, numbering_of, outline_level
from pipeline.ingest.word_symbols import is_symbol_font, spelled, symbol
from pipeline.records import Block

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _R, _T, _TBL, _TR, _TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
_PPR, _RPR, _TRPR, _TCPR = w("pPr"), w("rPr"), w("trPr"), w("tcPr")
_VANISH, _RSTYLE, _RFONTS, _BOX = w("vanish"), w("rStyle"), w("rFonts"), w("txbxContent")
_ALTERNATE = _COMPATIBILITY + "AlternateContent"
_MATHS = {_MATH + "oMath", _MATH + "oMathPara"}
# Elements that stand around content without being part of the text. Deleted and moved-away content is not among them.
_WRAPPERS = frozenset(
    map(w, ("ins", "moveTo", "hyperlink", "sdt", "sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo"))
)
_DELETED = frozenset(map(w, ("del", "moveFrom")))
_PICTURES = frozenset(map(w, ("drawing", "pict", "object")))
_PLAIN = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_BR, _SYM, _RUBY, _RUBY_BASE, _FIELD = w("br"), w("sym"), w("ruby"), w("rubyBase"), w("fldChar")
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_MOST_COLUMNS = 63  # of a table in Word


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
class _Line:
    """A paragraph while it is read; "\\n" is a line break. Text boxes and notes follow it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    properties: etree._Element | None = None
    begun: bool = False


def read(data: bytes, name: str) -> tuple[Block, ...]:
    """The blocks of the Word package in ``data``. Raises UnreadableReport."""
    package = Package(data, name)
    root = package.document()
    body = root.find(w("body"))
    if root.tag != w("document") or body is None:
        raise refusal("damaged", name, "没有正文")
    walk = _Walk(package, name)
    walk.flow(body, _Scope())
    if not walk.draft.has_text():
        raise refusal("pictures-only" if walk.pictures else "empty", name)
    return walk.draft.blocks()


class _Walk:
    def __init__(self, package: Package, name: str) -> None:
        self.draft = Draft(name)
        self.pictures = False
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"), self._styles)
        self._tables = 0
        self._notes: dict[str, dict[str | None, etree._Element]] = {}
        self._note_scopes: dict[str, _Scope] = {}
        self._noted: set[tuple[str, str]] = set()

    def flow(self, parent: etree._Element, scope: _Scope) -> None:
        """Paragraphs and tables of the body, a cell, a text box or a note."""
        line = _Line()
        for element in _unwrapped(parent):
            tag = element.tag
            if tag == _P:
                line.properties = element.find(_PPR)
                line.begun = True
                self._inline(element, line, scope)
                if not all(scope.fields):
                    # Codes end with their paragraph; one that does not has lost its end, and must not swallow the rest.
                    scope.fields[:] = [result for result in scope.fields if result]
                if not _joins_next(line.properties):
                    self._close(line, scope)
                    line = _Line()
            elif tag == _TBL:
                self._close(line, scope)
                line = _Line()
                self._table(element, scope)
        self._close(line, scope)

    def _close(self, line: _Line, scope: _Scope) -> None:
        """Writes a paragraph out, then what is anchored in it."""
        if not line.begun:
            return
        properties, style, level, direct = line.properties, None, None, None
        if properties is not None:
            style = value(properties, "pStyle")
            level = outline_level(properties)
            direct = numbering_of(properties)
        if level is None:
            level = self._styles.level(style)
        mark = self._numbering.next(direct, style, scope.story)
        lines = [text for text in map(str.strip, "".join(line.pieces).split("\n")) if text]
        if mark:
            lines[:1] = [mark + lines[0] if lines else mark.strip()]
        for text in lines:
            self.draft.add(text, level, scope.cell)
        for box in line.boxes:
            self.flow(box, _Scope(scope.cell, notes=scope.notes))
        for kind, note in line.notes:
            self._note(kind, note, scope)

    def _inline(self, parent: etree._Element, line: _Line, scope: _Scope) -> None:
        for element in _unwrapped(parent):
            tag = element.tag
            if tag == _R:
                self._run(element, line, scope)
            elif tag in _MATHS:
                line.pieces.extend(_math(element))

    def _run(self, run: etree._Element, line: _Line, scope: _Scope) -> None:
        properties = run.find(_RPR)
        hidden, font = False, None
        if properties is not None:
            hidden = on(properties.find(_VANISH)) or self._hidden_style(properties)
            fonts = properties.find(_RFONTS)
            font = None if fonts is None else fonts.get(w("ascii"))
        self._content(run, line, scope, hidden=hidden, font=font if is_symbol_font(font) else None)

    def _hidden_style(self, properties: etree._Element) -> bool:
        style = properties.find(_RSTYLE)
        if style is None or properties.find(_VANISH) is not None:
            return False
        return self._styles.hidden(style.get(VAL, ""))

    def _content(self, run: etree._Element, line: _Line, scope: _Scope, *, hidden: bool, font: str | None) -> None:
        fields, pieces = scope.fields, line.pieces
        for element in run:
            tag = element.tag
            if tag == _FIELD:
                _turn(fields, element.get(w("fldCharType")))
                continue
            # Results of fields within a code are part of the code.
            if hidden or (fields and not all(fields[:-1])):
                continue
            if tag == _T:
                text = element.text
                if text:
                    pieces.append(_clean(text, font))
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
                pieces.append(_symbol(element))
            elif tag == _RUBY:
                base = element.find(_RUBY_BASE)
                if base is not None:
                    self._inline(base, line, scope)
            elif tag == _ALTERNATE:
                branch = _branch(element)
                if branch is not None:
                    self._content(branch, line, scope, hidden=hidden, font=font)

    def _note(self, kind: str, note: str, scope: _Scope) -> None:
        """A foot- or endnote as blocks of its own, once, numbered in the order of the references."""
        if not scope.notes or (kind, note) in self._noted:
            return
        if kind not in self._notes:
            root = self._package.part(kind)
            self._notes[kind] = {} if root is None else {element.get(w("id")): element for element in root}
            self._note_scopes[kind] = _Scope(notes=False)
        element = self._notes[kind].get(note)
        if element is None:
            return
        self._noted.add((kind, note))
        at = len(self.draft)
        self.flow(element, replace(self._note_scopes[kind], cell=scope.cell))
        if len(self.draft) > at:
            self.draft.prefix(at, f"〔注{len(self._noted)}〕")

    def _table(self, table: etree._Element, scope: _Scope) -> None:
        index, row = self._tables, -1
        above: dict[int, OpenCell] = {}
        for tr in _unwrapped(table):
            if tr.tag != _TR:
                continue
            properties = tr.find(_TRPR)
            if properties is not None and (child(properties, "del") is not None or on(child(properties, "hidden"))):
                continue
            row += 1
            self._tables = max(self._tables, index + 1)
            above = self._row(tr, OpenCell(index, row, _span(properties, "gridBefore", 0)), above, scope)

    def _row(
        self, tr: etree._Element, start: OpenCell, above: dict[int, OpenCell], scope: _Scope
    ) -> dict[int, OpenCell]:
        """Reads a row from ``start`` on; gives the cells that the next row may continue, by column."""
        open_cells: dict[int, OpenCell] = {}
        column, last = start.column, None
        for tc in _unwrapped(tr):
            if tc.tag != _TC:
                continue
            properties = tc.find(_TCPR)
            columns = _span(properties, "gridSpan", 1)
            down, across = _merge(properties, "vMerge"), _merge(properties, "hMerge")
            if properties is not None and child(properties, "cellDel") is not None:
                continue
            if across == "continue" and column > start.column:
                if last is not None:
                    last.columns += columns
            elif down == "continue" and column in above:
                cell = open_cells[column] = above[column]
                cell.rows, last = start.row - cell.row + 1, None
            else:
                cell = last = OpenCell(start.table, start.row, column, 1, columns)
                if down:
                    open_cells[column] = cell
                at = len(self.draft)
                self.flow(tc, replace(scope, cell=cell))
                if not cell.filled:
                    self.draft.insert(at, "", 0, cell)
            column += columns
        return open_cells


def _unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    """The children of ``parent``, with what stands within wrappers and in one branch of alternatives."""
    for element in parent:
        if element.tag in _WRAPPERS:
            yield from _unwrapped(element)
        elif element.tag == _ALTERNATE:
            branch = _branch(element)
            if branch is not None:
                yield from _unwrapped(branch)
        else:
            yield element


def _branch(alternatives: etree._Element) -> etree._Element | None:
    # The first choice is what Word shows; the fallback repeats it for older programs.
    return next((e for e in alternatives if e.tag in (_COMPATIBILITY + "Choice", _COMPATIBILITY + "Fallback")), None)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing."""
    for part in element:
        if part.tag == _BOX:
            yield part
        elif part.tag == _ALTERNATE:
            branch = _branch(part)
            if branch is not None:
                yield from _boxes(branch)
        else:
            yield from _boxes(part)


def _math(element: etree._Element) -> Iterator[str]:
    """The text of a formula on one line, fractions with a stroke."""
    for part in element:
        if part.tag == _MATH + "t":
            yield _clean(part.text or "", None)
        elif part.tag not in _DELETED:
            yield from _math(part)
            if part.tag == _MATH + "num":
                yield "/"


def _turn(fields: list[bool], what: str | None) -> None:
    if what == "begin":
        fields.append(False)
    elif fields and what == "separate":
        fields[-1] = True
    elif fields and what == "end":
        fields.pop()


def _clean(text: str, font: str | None) -> str:
    if "\n" in text or "\r" in text:
        text = text.replace("\r", " ").replace("\n", " ")
    if font is not None or any("\uf000" <= c <= "\uf0ff" for c in text):
        return spelled(text, font)
    return text


def _symbol(element: etree._Element) -> str:
    try:
        return symbol(element.get(w("font")), int(element.get(w("char"), ""), 16))
    except ValueError:
        return ""


def _joins_next(properties: etree._Element | None) -> bool:
    """Whether the paragraph's mark is deleted or moved away, so that the next paragraph's text follows on."""
    mark = None if properties is None else properties.find(_RPR)
    return mark is not None and any(mark.find(tag) is not None for tag in _DELETED)


def _span(properties: etree._Element | None, name: str, least: int) -> int:
    found = None if properties is None else number(value(properties, name))
    return least if found is None else max(least, min(found, _MOST_COLUMNS))


def _merge(properties: etree._Element | None, name: str) -> str:
    """ "restart", "continue" or "" for a cell that is not merged in this direction."""
    found = None if properties is None else child(properties, name)
    return "" if found is None else found.get(VAL, "continue")
