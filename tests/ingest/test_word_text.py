"""The body of a Word document reads as it does with every change accepted."""

from io import BytesIO

import docx as python_docx
from packages import blocks, p, parts, r, tbl, tc, texts, tr, zipped

from pipeline.ingest import read_bytes

INS = '<w:ins w:id="1" w:author="甲" w:date="2024-01-01T00:00:00Z">{}</w:ins>'
MARK = "<w:rPr><w:del w:id='9' w:author='甲'/></w:rPr>"


def deleted(text: str, tag: str = "del") -> str:
    return f"<w:{tag} w:id='2' w:author='甲'><w:r><w:delText>{text}</w:delText></w:r></w:{tag}>"


def test_a_document_of_python_docx_is_read_with_headings_and_table() -> None:
    document = python_docx.Document()
    document.add_heading("整体支出绩效自评报告", 0)
    document.add_heading("一、基本情况", 1)
    document.add_paragraph("  全年支出120万元。　")
    document.add_paragraph("")
    document.add_table(1, 2).rows[0].cells[1].text = "得分"
    out = BytesIO()
    document.save(out)
    read = read_bytes(out.getvalue(), "a.docx").blocks
    assert [(b.index, b.text, b.level) for b in read] == [
        (0, "整体支出绩效自评报告", 0),
        (1, "一、基本情况", 1),
        (2, "全年支出120万元。", 0),
        (3, "", 0),
        (4, "得分", 0),
    ]


def test_insertions_are_kept_and_deletions_left_out() -> None:
    body = p(r("共办理") + INS.format(r("3")) + deleted("2") + r("件"))
    assert texts(body) == ["共办理3件"]


def test_text_moved_is_read_where_it_went() -> None:
    old = p(f"<w:moveFrom w:id='3'>{r('二、问题')}</w:moveFrom>", properties="<w:rPr><w:moveFrom w:id='4'/></w:rPr>")
    assert texts(old + p("一、概况") + p(f"<w:moveTo w:id='5'>{r('二、问题')}</w:moveTo>")) == ["一、概况", "二、问题"]


def test_a_deleted_paragraph_mark_joins_with_the_next_paragraph() -> None:
    body = p(r("预算执行率"), properties=MARK) + p("为98%。") + p("另段")
    assert texts(body) == ["预算执行率为98%。", "另段"]


def test_a_paragraph_deleted_wholly_leaves_nothing() -> None:
    assert texts(p("甲") + p(deleted("多余"), properties=MARK) + p("乙")) == ["甲", "乙"]


def test_a_deleted_mark_before_a_table_does_not_reach_into_it() -> None:
    assert texts(p("表前", properties=MARK) + tbl(tr(tc("格")))) == ["表前", "格"]


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_of_fields_only_results_are_read() -> None:
    simple = f'<w:fldSimple w:instr="PAGE">{r("7")}</w:fldSimple>'
    nested = field("begin") + code("PAGEREF") + field("separate") + r("藏") + field("end")
    body = p(
        r("第")
        + field("begin")
        + code("IF ")
        + nested
        + code(" = 1")
        + field("separate")
        + r("八")
        + field("end")
        + simple
    )
    assert texts(body) == ["第八7"]


def test_results_of_a_field_may_run_over_paragraphs() -> None:
    toc = (
        p(field("begin") + code("TOC") + field("separate") + r("一、概况"))
        + p("二、问题")
        + p(field("end"))
        + p("正文")
    )
    assert texts(toc) == ["一、概况", "二、问题", "正文"]


def test_a_field_without_its_end_does_not_swallow_the_rest() -> None:
    assert texts(p(field("begin") + code("PAGE") + r("甲")) + p("乙")) == ["甲", "乙"]


def test_hidden_text_is_left_out() -> None:
    styles = (
        "<w:style w:type='character' w:styleId='c'><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='z'><w:name w:val='z-窗体顶端'/><w:rPr><w:vanish/></w:rPr></w:style>"
    )
    body = (
        p(r("显") + r("隐", "<w:vanish/>") + r("示", '<w:vanish w:val="0"/>') + r("密", "<w:rStyle w:val='c'/>"))
        + p("窗体顶端", style="z")
        + p(r("可见", "<w:vanish w:val='false'/>"), style="z")
    )
    assert texts(body, styles=styles) == ["显示", "可见"]


def test_tabs_breaks_and_hyphens() -> None:
    run = (
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t><w:softHyphen/><w:t>丁</w:t>"
        "<w:br w:type='page'/><w:br w:type='column'/><w:t>戊</w:t><w:lastRenderedPageBreak/><w:t>己</w:t></w:r>"
    )
    assert texts(p(run)) == ["甲\t乙-丙丁戊己"]


def test_a_line_break_begins_a_block() -> None:
    run = "<w:r><w:t>二、存在问题</w:t><w:br/><w:t xml:space='preserve'>  资产管理不严。</w:t><w:cr/><w:br/></w:r>"
    assert texts(p(run)) == ["二、存在问题", "资产管理不严。"]


def test_line_ends_in_the_xml_are_spaces() -> None:
    assert texts(p(r("全年\n支出"))) == ["全年 支出"]


def test_signs_of_symbol_fonts() -> None:
    run = "".join(
        f"<w:r><w:sym w:font='{font}' w:char='{char}'/></w:r>"
        for font, char in (("Wingdings", "F0FE"), ("Wingdings", "00A8"), ("Wingdings 2", "0052"), ("Symbol", "F0B3"))
    )
    assert texts(p(run + "<w:r><w:sym w:font='Wingdings' w:char='坏'/></w:r>")) == ["☑□☑≥"]
    typed = r("þ", "<w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/>") + r("是") + r("\uf0a8") + r("否") + r("þ")
    assert texts(p(typed)) == ["☑是□否þ"]


def test_of_ruby_only_the_base_is_read() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('zhuó')}</w:rt><w:rubyBase>{r('涿')}</w:rubyBase></w:ruby></w:r>"
    assert texts(p(ruby + r("州"))) == ["涿州"]


def test_wrappers_are_looked_through() -> None:
    sdt = "<w:sdt><w:sdtPr><w:alias w:val='单位'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    inline = p(
        sdt.format(r("青岚县")) + f"<w:smartTag w:element='x'>{r('财政局')}</w:smartTag>"
        f"<w:hyperlink r:id='rId9'>{r('网址')}</w:hyperlink><w:customXml w:element='y'>{r('末')}</w:customXml>"
    )
    assert texts(inline + sdt.format(p("块内") + tbl(tr(tc("表"))))) == ["青岚县财政局网址末", "块内", "表"]


def box(text: str) -> str:
    return f"<w:txbxContent>{p(text)}{p('第二段')}</w:txbxContent>"


def test_a_text_box_is_read_once_after_the_paragraph_that_anchors_it() -> None:
    drawing = f"<w:drawing><wp:inline><wps:wsp><wps:txbx>{box('框')}</wps:txbx></wps:wsp></wp:inline></w:drawing>"
    vml = f"<w:pict><v:shape><v:textbox>{box('框')}</v:textbox></v:shape></w:pict>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{drawing}</mc:Choice><mc:Fallback>{vml}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert texts(p(f"<w:r>{both}<w:t>正文</w:t></w:r>") + p("下段")) == ["正文", "框", "第二段", "下段"]
    assert texts(p(f"<w:r>{vml}</w:r>") + p("下段")) == ["框", "第二段", "下段"]
    group = p(f"<w:r><w:pict><v:group>{both}</v:group></w:pict></w:r>")
    assert texts(group) == ["框", "第二段"]


def test_of_alternatives_around_paragraphs_and_runs_one_is_read() -> None:
    choice = "<mc:AlternateContent><mc:Choice Requires='w14'>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
    only = "<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    body = choice.format(p("段")) + p(choice.format(r("串")) + only.format(r("备"))) + "<mc:AlternateContent/>"
    assert texts(body) == ["段", "串备"]


def test_a_hidden_paragraph_is_not_counted() -> None:
    numbering = (
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:lvlText w:val='%1、'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    numbered = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    hidden = p(r("隐", "<w:vanish/>"), properties=numbered + "<w:rPr><w:ins w:id='1'/><w:vanish/></w:rPr>")
    body = p("甲", properties=numbered) + hidden + p("乙", properties=numbered)
    assert texts(body, numbering=numbering) == ["1、甲", "2、乙"]


def test_formulas_are_read_on_one_line() -> None:
    fraction = (
        "<m:oMathPara><m:oMath><m:r><m:t>执行率=</m:t></m:r><m:f><m:num><m:r><m:t>支出</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>预算</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara>"
    )
    assert texts(p(r("公式：") + fraction)) == ["公式：执行率=支出/预算"]


def note(kind: str, identity: int, content: str) -> str:
    return f'<w:{kind} w:id="{identity}">{content}</w:{kind}>'


def test_notes_follow_the_paragraph_that_refers_to_them() -> None:
    footnotes = note("footnote", 0, p("分隔")) + note(
        "footnote", 2, p("<w:r><w:footnoteRef/></w:r>" + r(" 含上年结转。"))
    )
    endnotes = note("endnote", 5, p("见附表1。") + p("另见附表2。"))
    body = (
        p(r("支出120万元") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + r("，执行率98%。"))
        + p(r("收入") + "<w:r><w:endnoteReference w:id='5'/><w:footnoteReference w:id='2'/></w:r>")
        + p("<w:r><w:footnoteReference w:id='77'/></w:r>" + r("无此注"))
    )
    assert texts(body, footnotes=footnotes, endnotes=endnotes) == [
        "支出120万元，执行率98%。",
        "〔注1〕含上年结转。",
        "收入",
        "〔注2〕见附表1。",
        "另见附表2。",
        "无此注",
    ]


def test_notes_that_refer_to_each_other_are_no_circle() -> None:
    reference = "<w:r><w:footnoteReference w:id='{}'/></w:r>"
    footnotes = "".join(note("footnote", i, p(r(f"注{i}") + reference.format((i + 1) % 3))) for i in range(3))
    assert texts(p(r("文") + reference.format(0)), footnotes=footnotes) == ["文", "〔注1〕注0"]


def test_headers_comments_and_imported_files_are_not_the_body() -> None:
    files: dict[str, str | bytes] = dict(
        parts(p("<w:commentRangeStart w:id='0'/>" + r("正文")) + "<w:altChunk r:id='rId8'/>")
    )
    files["word/header1.xml"] = f"<w:hdr xmlns:w='x'>{p('页眉')}</w:hdr>"
    files["word/comments.xml"] = "<w:comments xmlns:w='x'>批注</w:comments>"
    assert [b.text for b in read_bytes(zipped(files), "a.docx").blocks] == ["正文"]


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="22"><w:name w:val="标题 2"/></w:style>
<w:style w:type="paragraph" w:styleId="x"><w:name w:val="条"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="y"><w:name w:val="样式 条 + 黑体"/><w:basedOn w:val="x"/></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="TOC Heading"/><w:basedOn w:val="1"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="c1"><w:name w:val="圈甲"/><w:basedOn w:val="c2"/></w:style>
<w:style w:type="paragraph" w:styleId="c2"><w:name w:val="圈乙"/><w:basedOn w:val="c1"/></w:style>
"""


def test_heading_levels_by_outline_style_chain_and_style_name() -> None:
    def outline(level: int) -> str:
        return f'<w:outlineLvl w:val="{level}"/>'

    body = "".join(p(style or "无", style=style) for style in ("", "1", "22", "x", "y", "t", "toc", "c1", "absent"))
    body += p("直接", properties=outline(3)) + p("正文级", style="1", properties=outline(9))
    assert [(b.text, b.level) for b in blocks(body, styles=STYLES)] == [
        ("无", 0), ("1", 1), ("22", 2), ("x", 3), ("y", 3), ("t", 0), ("toc", 0), ("c1", 0), ("absent", 0),
        ("直接", 4), ("正文级", 0),
    ]  # fmt: skip
