"""Ranks: 第1名, 排名全县第二, 位列前三."""

import re
from functools import cache

from pipeline.quantity import units
from pipeline.quantity.mention import Mention
from pipeline.quantity.number import Number
from pipeline.records import Quantity

_UNIT = re.compile(r" ?(?:名|位)(?!置|于|称|单|义)")
# After these an ordinal names a thing: 第二批, 第三季度, 第二、第三.
_NOT_RANK = re.compile(
    r" ?[家座所例条项批季期次届轮款章节类级部个页档版时课三产责书要线资代组方梯]|[、，]第?[二三四五六七八九0-9]|[一二三四五六七八九]"
)
_LEADING = re.compile(r"(?:排名|位列|位居|名列|居|列|排)[^，。；、：\n第]{0,8}前\Z")
_NAMES = ("排名", "位列", "位居", "名列")


@cache
def _announced() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(units.words('rank'))})[^，。；、：\n第]{{0,14}}\Z")


def read(flat: str, number: Number, last: int) -> Mention | None:
    """The rank that ``number`` states, if 第 or 前 stands before it."""
    value = number.value
    if value is None or number.plus or number.magnitude or number.places or not value:
        return None
    unit = _UNIT.match(flat, number.end)
    end = unit.end() if unit else number.end
    at = number.start
    if flat[at - 1] == "前":
        leading = _LEADING.search(flat, max(last, at - 16), at)
        if leading is None:
            return None
        quantity = Quantity(value, value / value, value, True, True, "名次", "rank", "under_incl")
        return Mention(leading.start(), end, quantity, at)
    ordinal = at - 1 if flat[at - 1] == "第" else at - 2
    if unit is None and (
        _NOT_RANK.match(flat, number.end) or not _announced().search(flat, max(0, ordinal - 18), ordinal)
    ):
        return None
    start = next((ordinal - len(word) for word in _NAMES if flat.endswith(word, last, ordinal)), ordinal)
    return Mention(start, end, Quantity(value, value, value, True, True, "名次", "rank"), at)


def is_announced(flat: str, at: int) -> bool:
    """Whether 第 or 前 stands before a number at ``at``."""
    return at > 0 and (flat[at - 1] in "第前" or flat.endswith("第 ", 0, at))
