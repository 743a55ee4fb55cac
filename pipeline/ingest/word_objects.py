"""What stands in a paragraph beside its runs of text: text boxes and formulas."""

from collections.abc import Iterator

from lxml import etree

from pipeline.ingest.word_names import ALTERNATE, DELETED, branch, w
from pipeline.ingest.word_symbols import clean

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FORMULAS = frozenset({_MATH + "oMath", _MATH + "oMathPara"})
_BOX = w("txbxContent")


def boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing."""
    for part in element:
        if part.tag == _BOX:
            yield part
        elif part.tag == ALTERNATE:
            chosen = branch(part)
            if chosen is not None:
                yield from boxes(chosen)
        else:
            yield from boxes(part)


def formula(element: etree._Element) -> Iterator[str]:
    """The text of a formula on one line, fractions with a stroke."""
    for part in element:
        if part.tag == _MATH + "t":
            yield clean(part.text or "")
        elif part.tag not in DELETED:
            yield from formula(part)
            if part.tag == _MATH + "num":
                yield "/"
