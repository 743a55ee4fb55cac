"""Whether a list of parts is meant to be the whole, told from names, shares, and how one slip would explain a difference."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from pipeline import lexicon
from pipeline.records import Quantity

# 教育支出（类）, 201 一般公共服务支出: the classes of the budget's functional classification.
_CLASS = re.compile(r"[（(]类[）)]")
_REST = re.compile(
    r"^(?:其他|其它|其余)|及其他|和其他|、其他|(?:其他|其它)(?:资金|收入|支出|项目|资产|人员|经费|费用|用车|方面)?$"
)
# A list that begins with the first class and goes on through the others is meant to be all of them.
_FIRST_CLASS = re.compile(r"^一般公共服务")
_FUNCTION = re.compile(
    r"一般公共服务|国防|公共安全|教育|科学技术|文化|社会保障|卫生健康|医疗卫生|节能环保|城乡社区|农林水|交通运输|资源勘探|商业服务|金融"
    r"|援助其他地区|自然资源|国土海洋|住房保障|粮油物资|灾害防治|预备费|债务付息|债务发行|其他支出"
)
_FEWEST_CLASSES = 3
_MOST_PARTS = 32


@dataclass(frozen=True, slots=True)
class _Partition:
    whole: re.Pattern[str]
    inside: re.Pattern[str] | None
    required: tuple[re.Pattern[str], ...]
    optional: tuple[re.Pattern[str], ...]


@cache
def _partitions() -> tuple[_Partition, ...]:
    return tuple(
        _Partition(
            re.compile(one.get("whole", "")),
            re.compile(one["inside"]) if "inside" in one else None,
            tuple(map(re.compile, one["required"])),
            tuple(map(re.compile, one.get("optional", ()))),
        )
        for one in lexicon.load("partitions")["partition"]
    )


@lru_cache(maxsize=1024)
def named_in_full(whole: str, parts: tuple[str, ...]) -> bool:
    """Whether parts of such names are all there is of a whole of such a name (lexicon/partitions.toml)."""
    if len(parts) < 2 or len(parts) > _MOST_PARTS:
        return False
    if _REST.search(parts[-1]):
        return True
    if len(parts) >= _FEWEST_CLASSES and (
        all(_CLASS.search(name) for name in parts)
        or (_FIRST_CLASS.search(parts[0]) and all(_FUNCTION.search(name) for name in parts))
    ):
        return True
    return any(one.whole.search(whole) and _covers(parts, one) for one in _partitions())


@lru_cache(maxsize=1024)
def inner(label: str, following: tuple[str, ...]) -> int:
    """How many of the labels that follow ``label`` name its parts (基本支出: 人员支出, 公用支出)."""
    for one in _partitions():
        if one.inside is None or not one.inside.search(label):
            continue
        count = 0
        while count < len(following) and any(
            pattern.search(following[count]) for pattern in (*one.required, *one.optional)
        ):
            count += 1
        if count > 1 and _covers(following[:count], one):
            return count
    return 0


def _covers(parts: Sequence[str], partition: _Partition) -> bool:
    left = list(parts)
    for pattern in partition.required:
        found = next((name for name in left if pattern.search(name)), None)
        if found is None:
            return False
        left.remove(found)
    return all(any(pattern.search(name) for pattern in partition.optional) for name in left)


def one_slip(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether one digit mistaken, two digits exchanged or one decimal point misplaced in a single number explains why the
    parts do not add to the whole. Numbers of few digits prove nothing: some slip explains any difference of theirs."""
    values = [part.value for part in parts]
    if whole.value is None or any(value is None for value in values):
        return False
    known = [value for value in values if value is not None]
    added = sum(known, Decimal(0))
    if _wrong_magnitude(whole, parts, added):
        return True
    if not _long(whole):
        return False
    if _slipped(whole.value, added):
        return True
    return any(
        _long(part) and _slipped(value, value + whole.value - added) for part, value in zip(parts, known, strict=True)
    )


_LONG = 1000
# Of a magnitude mistaken (万 for 亿) fewer digits are a proof: only one difference fits it.
_LONG_BESIDE_MAGNITUDE = 100
_MAGNITUDE = Decimal(10_000)


def _long(quantity: Quantity, least: int = _LONG) -> bool:
    """Whether a number is written with enough digits to prove something."""
    value, low, high = quantity.value, quantity.low, quantity.high
    if value is None or low is None or high is None:
        return False
    digits = value / (high - low) if high > low else value
    return abs(digits) >= least


def _wrong_magnitude(whole: Quantity, parts: Sequence[Quantity], added: Decimal) -> bool:
    """Whether 万 written for 亿, or 亿 for 万, in one of the parts explains the difference."""
    if whole.value is None or whole.kind != "money" or not _long(whole, _LONG_BESIDE_MAGNITUDE):
        return False
    halves = sum(map(_half, parts), _half(whole))
    for part in parts:
        if not part.value or not _long(part, _LONG_BESIDE_MAGNITUDE):
            continue
        for times in (_MAGNITUDE, 1 / _MAGNITUDE):
            apart = added + part.value * (times - 1) - whole.value
            if abs(apart) <= halves + _half(part) * (times - 1):
                return True
    return False


def _half(quantity: Quantity) -> Decimal:
    """Half the width of what a number as it is written may be."""
    low, high = quantity.low, quantity.high
    return Decimal(0) if low is None or high is None else (high - low) / 2


def _slipped(written: Decimal, meant: Decimal) -> bool:
    """Whether ``written`` for ``meant`` is one slip of the pen."""
    if written <= 0 or meant <= 0:
        return False
    scale = max(0, -int(written.normalize().as_tuple().exponent), -int(meant.normalize().as_tuple().exponent))
    first, second = (str(int(value.scaleb(scale))) for value in (written, meant))
    if first.rstrip("0") == second.rstrip("0"):
        return True
    if len(first) != len(second):
        return False
    apart = [at for at in range(len(first)) if first[at] != second[at]]
    if len(apart) == 1:
        return True
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and first[apart[0]] == second[apart[1]]
        and first[apart[1]] == second[apart[0]]
    )
