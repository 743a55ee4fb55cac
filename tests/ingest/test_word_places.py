"""Where in a document's XML the blocks stand."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from packages import docx, p, parts, r, tbl, tc, tr, zipped

from pipeline.ingest import locate, read_bytes

NUMBERING = (
    "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/>"
    "<w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
)
NUMBERED = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"


def shown(body: str, **related: str) -> list[str]:
    """Each block with what Word writes itself in square brackets, ‹› around what cannot be cut, and its pieces by |; where
    nothing of it can be marked, the element that it hangs on."""
    data = docx(body, **related)
    blocks, places = read_bytes(data, "a.docx").blocks, locate(data, "a.docx")
    assert places is not None
    assert places.part == "word/document.xml"
    assert len(blocks) == len(places.blocks)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        elements = list(etree.fromstring(archive.read(places.part)).iter("*"))
    found = []
    for block, place in zip(blocks, places.blocks, strict=True):
        if not place.stretches:
            found.append(f"<{etree.QName(elements[place.holder]).localname}>")
            continue
        lead = place.stretches[0].start
        pieces = [f"[{block.text[:lead]}]"] if lead else []
        at = lead
        for stretch in place.stretches:
            assert stretch.start == at
            at = stretch.end
            words = block.text[stretch.start : stretch.end]
            if stretch.at is None:
                pieces.append(f"‹{words}›")
            else:
                assert (elements[stretch.element].text or "")[stretch.at :].startswith(words)
                pieces.append(words)
        assert at == len(block.text)
        found.append("|".join(pieces))
    return found


def test_runs_and_what_stands_around_them() -> None:
    inside = f"<w:ins w:id='1'>{r('增')}</w:ins><w:del w:id='2'><w:r><w:delText>删</w:delText></w:r></w:del>"
    assert shown(p(r(" 甲") + inside + f"<w:hyperlink>{r('链 ')}</w:hyperlink>")) == ["甲|增|链"]


def test_line_breaks_make_blocks_and_tabs_are_whole() -> None:
    assert shown(p("<w:r><w:t>一 </w:t><w:br/><w:t> 二</w:t><w:tab/><w:t>三</w:t></w:r>")) == ["一", "二|‹\t›|三"]


def test_numbers_that_word_writes_are_nowhere() -> None:
    body = p("目标", properties=NUMBERED) + p("", properties=NUMBERED) + p("甲", properties=NUMBERED)
    assert shown(body, numbering=NUMBERING) == ["[一、]|目标", "<p>", "[三、]|甲"]


def test_a_paragraph_whose_mark_is_deleted_goes_on_in_the_next() -> None:
    joined = "<w:rPr><w:del w:id='9' w:author='甲'/></w:rPr>"
    assert shown(p("前", properties=joined) + p("后")) == ["前|后"]


def test_cells_and_empty_ones() -> None:
    merged = tr(tc("并", "<w:vMerge w:val='restart'/>"), tc()) + tr(tc("藏", "<w:vMerge/>"), tc(p("一") + p("二")))
    assert shown(tbl(merged)) == ["并", "<p>", "一", "二"]


def test_text_boxes_and_notes_hang_on_their_run() -> None:
    box = f"<w:pict><v:shape><v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    note = f"<w:footnote w:id='2'>{p('注文')}</w:footnote>"
    body = p(f"<w:r>{box}<w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>")
    assert shown(body, footnotes=note) == ["正文", "<r>", "<r>"]


def test_signs_formulas_and_ruby_are_whole() -> None:
    wingdings = "<w:rFonts w:ascii='Wingdings'/>"
    ruby = "<w:r><w:ruby><w:rubyBase><w:r><w:t>沅</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    formula = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    sym = "<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>"
    assert shown(p(r("þ", wingdings) + r("甲") + ruby + formula + sym)) == ["‹☑›|甲|‹沅›|‹x=1›|‹☑›"]


def test_strict_documents_and_other_encodings() -> None:
    files: dict[str, str | bytes] = {**parts(p("甲乙"))}
    text = str(files["word/document.xml"])
    strict = text.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    for content in (strict.encode(), text.replace("UTF-8", "UTF-16").encode("utf-16")):
        places = locate(zipped(files | {"word/document.xml": content}), "a.docx")
        assert places is not None
        assert [stretch.at for stretch in places.blocks[0].stretches] == [0]


def test_plain_text_has_no_places() -> None:
    assert locate("一、概况\n".encode(), "a.txt") is None


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from(["甲乙", " ", "", "丙 ", "<w:br/>", "<w:tab/>", " 丁"]), max_size=6), max_size=6)
)
def test_every_letter_is_found_again(paragraphs: list[list[str]]) -> None:
    body = "".join(
        p("".join(f"<w:r>{x}</w:r>" if x.startswith("<") else r(x) for x in pieces), properties=NUMBERED)
        for pieces in paragraphs
    )
    shown(body + p("完"), numbering=NUMBERING)


@pytest.mark.parametrize("name", ["02", "04", "13", "25"])
def test_samples(name: str, request: pytest.FixtureRequest) -> None:
    (path,) = (request.config.rootpath / "corpora" / "samples").glob(f"{name}-*.docx")
    data = path.read_bytes()
    places = locate(data, path.name)
    assert places is not None
    for block, place in zip(read_bytes(data, path.name).blocks, places.blocks, strict=True):
        assert not place.stretches or place.stretches[-1].end == len(block.text)
