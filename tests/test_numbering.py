import pytest

from pipeline.numbering import mark


@pytest.mark.parametrize(
    ("text", "style", "number", "rest"),
    [
        ("一、概况", "一、", 1, "概况"),
        ("十二、其他", "一、", 12, "其他"),
        ("（三）人员", "（一）", 3, "人员"),
        ("(十一) 设施", "（一）", 11, "设施"),
        ("1.单位职责：负责", "1.", 1, "单位职责：负责"),
        ("2 、保证供水", "1.", 2, "保证供水"),
        ("３．道路", "1.", 3, "道路"),
        ("（4）桥梁", "（1）", 4, "桥梁"),
        ("5)堤防", "1）", 5, "堤防"),
        ("⑥泵站", "①", 6, "泵站"),
        ("㉑渡口", "①", 21, "渡口"),
        ("⑺码头", "（1）", 7, "码头"),
        ("第二部分　收支", "第一部分", 2, "收支"),
        ("第3章 结论", "第一章", 3, "结论"),
        ("一是抓进度", "一是", 1, "抓进度"),
        ("Ⅳ、附录", "Ⅰ", 4, "附录"),
        ("  四、缩进", "一、", 4, "缩进"),
        ("1 部门概况", "1.", 1, "部门概况"),
    ],
)
def test_reads_marks(text: str, style: str, number: int, rest: str) -> None:
    found = mark(text)
    assert found is not None
    assert (found.style, found.number, text[found.end :]) == (style, number, rest)
    assert text[found.start :].startswith(found.text)


def test_decimal_marks_keep_every_level() -> None:
    found = mark("3.2.1 目标设定")
    assert found is not None
    assert found.parts == (3, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "1.5万元",
        "2021年度",
        "12345热线",
        "二要求",
        "一是否到位",
        "3.2亿元投资",
        "15个工作日",
        "三公经费",
        "万、千",
        "一万、二",
        "",
        "　",
    ],
)
def test_numbers_that_are_no_marks(text: str) -> None:
    assert mark(text) is None
