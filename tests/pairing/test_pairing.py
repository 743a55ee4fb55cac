"""Two lists of statements: which belong together, whatever their order."""

from pipeline.pairing import Statement, pair

PLANNED = ("完成12所农村学校校舍维修", "新建高山蔬菜冷库2座", "开展人工增雨作业40次以上")
DONE = ("实施火箭增雨作业46次，增加降水1030万立方米", "全年维修农村学校校舍12所，8月25日全部交付", "调解矛盾纠纷97起")


def statements(texts: tuple[str, ...]) -> tuple[Statement, ...]:
    return tuple(Statement(text) for text in texts)


def pairs(left: tuple[str, ...], right: tuple[str, ...]) -> set[tuple[str, str]]:
    return {(left[one.left], right[one.right]) for one in pair(statements(left), statements(right)).pairs}


def test_what_is_about_the_same_thing_belongs_together() -> None:
    assert pairs(PLANNED, DONE) == {(PLANNED[0], DONE[1]), (PLANNED[2], DONE[0])}


def test_the_order_of_the_lists_makes_no_difference() -> None:
    assert pairs(PLANNED[::-1], DONE[::-1]) == pairs(PLANNED, DONE)


def test_a_statement_pairs_with_itself() -> None:
    assert pairs(PLANNED, PLANNED) == {(one, one) for one in PLANNED}


def test_what_is_left_over_has_its_best_candidate() -> None:
    found = pair(statements(PLANNED), statements(DONE))
    assert [at for at, _ in found.left_over] == [1]
    assert [at for at, _ in found.right_over] == [2]
    assert all(candidate is not None and candidate.likeness < 0.5 for _, candidate in found.left_over)


def test_nothing_to_pair_with() -> None:
    found = pair(statements(PLANNED), ())
    assert not found.pairs
    assert found.left_over == ((0, None), (1, None), (2, None))
    assert not pair((), ()).pairs
