"""A passage is taken apart at its own outermost numbering."""

import itertools

import pytest

from pipeline.quality.items import items

CASES = {
    "以下问题：一是台账不全；二是车辆闲置，3辆车全年没有出库；三是合同超期。": ["一是台账", "二是车辆", "三是合同"],
    "1.泵站停机。\n2.2个泵站漏油。\n3.闸门锈蚀。": ["1.泵站", "2.2个泵站", "3.闸门"],
    "1.2024年起换表。\n2.管网分区计量。": ["1.2024年", "2.管网"],
    "（一）进度慢\n1.征地拖了半年。\n2.图纸改了三次。\n（二）质量差\n路面开裂。": ["（一）进度慢", "（二）质量差"],
    "首先，账实不符。其次，无人盘点。最后，处置不公示。": ["首先，", "其次，", "最后，"],
    "台账不全；车辆闲置；合同超期未续签。": ["台账不全", "车辆闲置", "合同超期"],
    "台账不全；车辆闲置。": ["台账不全；车辆闲置。"],
    "设备买回来没人会用。": ["设备买回来没人会用。"],
    "存在的问题如下：\n采购流标两次，推迟到11月。\n验收只看数量。": ["采购流标", "验收只看"],
    "": [],
}


@pytest.mark.parametrize("text", CASES)
def test_items_begin_where_the_numbering_says(text: str) -> None:
    found = [text[item.start : item.end] for item in items(text)]
    assert len(found) == len(CASES[text])
    for piece, start in zip(found, CASES[text], strict=True):
        assert piece.startswith(start)


def test_items_keep_order_and_do_not_overlap() -> None:
    for text in CASES:
        spans = [(item.start, item.end) for item in items(text)]
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
