"""Blocks put back into tables: merged cells, gaps, several paragraphs, tables in cells."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.page.tables import Table, TableCell, nested
from pipeline.records import Block, Cell


def blocks(*items: tuple[str, Cell | None]) -> list[Block]:
    return [Block(i, text, 0, cell) for i, (text, cell) in enumerate(items)]


def plain(piece: Block | Table) -> object:
    if isinstance(piece, Block):
        return piece.text
    return [[(cell.columns, cell.rows, *map(plain, cell.content)) for cell in row] for row in piece.rows]


def shown(*items: tuple[str, Cell | None]) -> list[object]:
    return [plain(piece) for piece in nested(blocks(*items))]


def test_paragraphs_and_a_table_in_order() -> None:
    table = [("甲", Cell(0, 0, 0)), ("乙", Cell(0, 0, 1)), ("丙", Cell(0, 1, 0)), ("丁", Cell(0, 1, 1))]
    assert shown(("前", None), *table, ("后", None)) == [
        "前",
        [[(1, 1, "甲"), (1, 1, "乙")], [(1, 1, "丙"), (1, 1, "丁")]],
        "后",
    ]


def test_merged_cells_keep_their_extent() -> None:
    table = [("左", Cell(0, 0, 0, 2, 1)), ("上", Cell(0, 0, 1, 1, 2)), ("一", Cell(0, 1, 1)), ("二", Cell(0, 1, 2))]
    assert shown(*table) == [[[(1, 2, "左"), (2, 1, "上")], [(1, 1, "一"), (1, 1, "二")]]]


def test_paragraphs_of_one_cell_stay_together() -> None:
    assert shown(("一", Cell(0, 0, 0)), ("二", Cell(0, 0, 0)), ("三", Cell(0, 0, 1))) == [
        [[(1, 1, "一", "二"), (1, 1, "三")]]
    ]


def test_gaps_in_the_grid_are_filled() -> None:
    assert shown(("一", Cell(0, 0, 0)), ("二", Cell(0, 0, 3)), ("三", Cell(0, 1, 1))) == [
        [[(1, 1, "一"), (2, 1), (1, 1, "二")], [(1, 1), (1, 1, "三")]]
    ]


def test_a_table_in_a_cell() -> None:
    items = [("外", Cell(0, 0, 0)), ("内", Cell(1, 0, 0)), ("完", Cell(0, 0, 0)), ("右", Cell(0, 0, 1))]
    assert shown(*items) == [[[(1, 1, "外", [[(1, 1, "内")]], "完"), (1, 1, "右")]]]


def test_two_tables_side_by_side() -> None:
    assert shown(("一", Cell(0, 0, 0)), ("二", Cell(1, 0, 0))) == [[[(1, 1, "一")]], [[(1, 1, "二")]]]


def test_rows_where_nothing_begins_shorten_the_cells_over_them() -> None:
    assert shown(("一", Cell(0, 0, 0, 3, 1)), ("二", Cell(0, 0, 1, 3, 1)), ("三", Cell(0, 3, 0))) == [
        [[(1, 1, "一"), (1, 1, "二")], [(1, 1, "三")]]
    ]


def test_absurd_extents_are_cut() -> None:
    ((row,),) = [
        piece.rows for piece in nested(blocks(("一", Cell(0, 0, 0, 10**9, 10**9)))) if isinstance(piece, Table)
    ]
    assert row == (TableCell(1000, 1, (Block(0, "一", 0, Cell(0, 0, 0, 10**9, 10**9)),)),)


cells = st.none() | st.builds(
    Cell, st.integers(0, 2), st.integers(0, 4), st.integers(0, 4), st.integers(1, 4), st.integers(1, 4)
)


@given(st.lists(cells, max_size=14))
def test_every_block_is_shown_once_whatever_the_grid(grid: list[Cell | None]) -> None:
    def found(piece: Block | Table) -> list[int]:
        if isinstance(piece, Block):
            return [piece.index]
        return [i for row in piece.rows for cell in row for inner in cell.content for i in found(inner)]

    made = [i for piece in nested(blocks(*(("", cell) for cell in grid))) for i in found(piece)]
    assert sorted(made) == list(range(len(grid)))
