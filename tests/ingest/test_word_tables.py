"""Tables are read as grids: merged cells once, at their top left, with their extent."""

from packages import grid, p, tbl, tc, tr

DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_merged_cells_stand_once_with_their_extent() -> None:
    body = tbl(
        tr(tc("机构", DOWN), tc("支出", span(2))),
        tr(tc(properties=ON), tc("基本"), tc("项目")),
        tr(tc("甲局"), tc("10"), tc()),
    )
    assert grid(body) == [
        ("机构", (0, 0, 0, 2, 1)),
        ("支出", (0, 0, 1, 1, 2)),
        ("基本", (0, 1, 1, 1, 1)),
        ("项目", (0, 1, 2, 1, 1)),
        ("甲局", (0, 2, 0, 1, 1)),
        ("10", (0, 2, 1, 1, 1)),
        ("", (0, 2, 2, 1, 1)),
    ]


def test_a_block_of_two_by_two_and_two_merges_one_above_the_other() -> None:
    body = tbl(
        tr(tc("大", DOWN + span(2)), tc("1")),
        tr(tc(properties=ON + span(2)), tc("2")),
        tr(tc("小", DOWN), tc("3"), tc("4")),
        tr(tc(properties=ON), tc("5"), tc("6")),
    )
    assert [g for g in grid(body) if g[0] in "大小2"] == [
        ("大", (0, 0, 0, 2, 2)),
        ("2", (0, 1, 2, 1, 1)),
        ("小", (0, 2, 0, 2, 1)),
    ]


def test_the_old_way_of_merging_across() -> None:
    body = tbl(tr(tc("合", '<w:hMerge w:val="restart"/>'), tc("藏", "<w:hMerge/>"), tc("末")))
    assert grid(body) == [("合", (0, 0, 0, 1, 2)), ("末", (0, 0, 2, 1, 1))]


def test_rows_that_begin_later_keep_their_columns() -> None:
    body = tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="2"/>'))
    assert grid(body)[-1] == ("丙", (0, 1, 1, 1, 1))


def test_irregular_rows_do_not_raise() -> None:
    body = tbl(
        tr(tc("续", ON), tc("跨", span(0))),
        tr(),
        tr(tc("续", ON), tc("远", '<w:gridSpan w:val="999999999999999999999"/>'), tc("坏", '<w:gridSpan w:val="x"/>')),
    )
    assert grid(body) == [
        ("续", (0, 0, 0, 1, 1)),
        ("跨", (0, 0, 1, 1, 1)),
        ("续", (0, 2, 0, 1, 1)),
        ("远", (0, 2, 1, 1, 1)),
        ("坏", (0, 2, 2, 1, 1)),
    ]
    wide = tbl(tr(tc("宽", span(5000)), tc("后")))
    assert grid(wide) == [("宽", (0, 0, 0, 1, 63)), ("后", (0, 0, 63, 1, 1))]


def test_deleted_rows_and_cells_are_left_out() -> None:
    body = tbl(
        tr(tc("去"), properties='<w:del w:id="1" w:author="甲"/>'),
        tr(tc("隐"), properties="<w:hidden/>"),
        tr(tc("删", '<w:cellDel w:id="2"/>'), tc("留"), properties='<w:ins w:id="3" w:author="甲"/>'),
    )
    assert grid(body) == [("留", (0, 0, 0, 1, 1))]
    gone = tbl(tr(tc("去"), properties='<w:del w:id="1"/>'))
    assert grid(gone + tbl(tr(tc("表")))) == [("表", (0, 0, 0, 1, 1))]


def test_a_cell_of_several_paragraphs_is_several_blocks_of_one_cell() -> None:
    body = tbl(tr(tc(p("（一）甲") + p() + p("（二）乙")), tc(p() + p())))
    assert grid(body) == [("（一）甲", (0, 0, 0, 1, 1)), ("（二）乙", (0, 0, 0, 1, 1)), ("", (0, 0, 1, 1, 1))]


def test_nested_tables_follow_in_place_with_an_id_of_their_own() -> None:
    inner = tbl(tr(tc("内1"), tc("内2")))
    body = tbl(tr(tc(p("外前") + inner + p("外后")), tc("邻")), tr(tc(inner + p()))) + p("间") + tbl(tr(tc("后表")))
    assert grid(body) == [
        ("外前", (0, 0, 0, 1, 1)),
        ("内1", (1, 0, 0, 1, 1)),
        ("内2", (1, 0, 1, 1, 1)),
        ("外后", (0, 0, 0, 1, 1)),
        ("邻", (0, 0, 1, 1, 1)),
        ("", (0, 1, 0, 1, 1)),
        ("内1", (2, 0, 0, 1, 1)),
        ("内2", (2, 0, 1, 1, 1)),
        ("间", None),
        ("后表", (3, 0, 0, 1, 1)),
    ]


def test_rows_and_cells_within_content_controls() -> None:
    def sdt(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    body = tbl(tr(tc("甲"), sdt(tc("乙"))), sdt(tr(sdt(tc("丙")))))
    assert grid(body) == [("甲", (0, 0, 0, 1, 1)), ("乙", (0, 0, 1, 1, 1)), ("丙", (0, 1, 0, 1, 1))]
