"""Measures that are other people's to take: more money, posts or policies, and what 上级, 财政 or 高校 ought to do."""

import re

from pipeline.checks._graded import Item, clauses

_ADDRESSED = re.compile(
    r"(?:建议|希望|恳请|请求|请|呼吁)[^，。；]{0,12}?(?:上级|财政(?:部门|局|厅)|主管部门|有关部门|相关部门|各级|政府|人大|审计|编办|高校|社会|县|市|区|省|国家)"
)
_ASKS = re.compile(
    _ADDRESSED.pattern
    + r"|(?:建议|希望|恳请|请求|争取)[^，。；]{0,10}?(?:增加|加大|追加|提高|核增|增配|充实|给予|解决|出台)[^，。；]{0,14}(?:资金|经费|预算|投入|编制|人员|待遇|政策|支持|补助)"
)
_MORE = re.compile(
    r"(?:增加|加大|追加|提高|继续加大)[^，。；]{0,12}(?:资金|经费|预算|投入|编制|人员|待遇)|提高(?:教师|职工|干部|人员)待遇"
)
_SOLID = 0.5


def asks_others(item: Item) -> bool:
    """Whether the measure asks others and says nothing that the unit does itself."""
    if item.graded.aspects.get("actionable", 0) >= _SOLID or not _ASKS.search(item.text):
        return False
    said = clauses(item.text)
    asked = [clause for clause in said if _ASKS.search(clause) or _MORE.search(clause)]
    return said[0] in asked or 2 * len(asked) > len(said)


def addressed(item: Item) -> bool:
    """Whether the measure asks somebody who is named: 建议财政部门……."""
    return asks_others(item) and _ADDRESSED.search(item.text) is not None
