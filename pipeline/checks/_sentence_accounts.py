"""Accounts of running text: the divisions of its sentences, and the lists of numbered items under a total."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from pipeline.checks._account import Account, collapsed, judged, judged_sum, near, running, total_of, whole_exceeded
from pipeline.checks._completeness import named_in_full, one_slip
from pipeline.checks._division import Division
from pipeline.quantity import Interval, total
from pipeline.records import Claim

_HUNDRED = Interval.exactly(Decimal(100))
_EXACT = ("none", "reach")
_BUDGET = re.compile(r"预算|安排|批复|下达|计划")
_BALANCE = re.compile(r"结[转余]")
_SAME = re.compile(r"[\s（()）:：，]|市级|全市|本级|本年|上年|\d{4}年度?")


def of_sentences(divisions: Iterable[Division]) -> Iterator[Account]:
    """The accounts of sentences. Names that add up in one sentence of a report are taken to do so in the others."""
    proven: set[tuple[str, ...]] = set()
    waiting: list[Division] = []
    for division in divisions:
        if min(map(len, division.items)) > 1 and len(division.items) > 1:
            yield from of_list(division)
            continue
        agreed = _agreed(division)
        if agreed is None:
            waiting.append(division)
        else:
            proven.add(_key(agreed.names))
            yield agreed
    for division in waiting:
        yield from _apart(division, proven)


def _agreed(division: Division) -> Account | None:
    """The reading under which the parts, or the first of them, add to one of the wholes."""
    for column in range(max(map(len, division.items))):
        parts = [item[column] for item in division.items if len(item) > column]
        sums = running(parts)
        for count in range(len(sums), 0, -1):
            agreed = _agrees(division, sums[count - 1], parts[:count], division.names[:count])
            if agreed:
                return agreed
    top, names = collapsed([item[0] for item in division.items], division.names)
    if 1 < len(top) < len(division.items) and (agreed := _agrees(division, total_of(top), top, names)):
        return agreed
    if division.beyond:
        parts = [*(item[0] for item in division.items), *division.beyond]
        sums = running(parts)
        for count in range(len(sums), len(division.items), -1):
            if agreed := _agrees(division, sums[count - 1], parts[:count], ()):
                return agreed
    if division.asides:
        parts = [*(item[0] for item in division.items), *division.asides]
        return _agrees(division, total_of(parts), parts, ())
    return None


def _agrees(division: Division, added: Interval, parts: Sequence[Claim], names: Sequence[str]) -> Account | None:
    # 123个部门的4854个目标，其中部门目标123个、…: a part alone is the whole only of the amount right before it.
    for whole, called in zip(division.wholes, division.called, strict=True):
        if added.meets(Interval.of(whole.quantity)):
            return Account(whole, tuple(parts), tuple(names), "agrees", len(parts) > 1, called=called)
        if len(parts) == 1 < len(division.items):
            break
    return None


def _apart(division: Division, proven: set[tuple[str, ...]]) -> Iterator[Account]:
    if division.taken_off:
        return
    parts, names = collapsed([item[0] for item in division.items], division.names)
    if any(one.quantity.qualifier not in _EXACT for one in (*parts, *division.wholes)):
        return
    # 支出129.8亿元；累计结余495.8亿元。其中市级支出118.5亿元；累计结余397.7亿元: each has a whole of its own.
    if division.strong and set(names) & set(division.called):
        return
    at = _meant(division, parts)
    whole, called = division.wholes[at], division.called[at]
    full = _named_in_full(called, names)
    if full:
        parts, names = parts[:full], names[:full]
    verdict = judged(whole, parts)
    if verdict is None or verdict == "agrees":
        return
    first = parts[: division.sure or None]
    exceeds = len(first) > (1 if whole.quantity.kind == "money" else 2) and all(
        whole_exceeded(one, first) for one in division.wholes
    )
    sure = (full > 0 and not division.cut_short) or (division.strong and exceeds)
    if not sure and not division.open and len(parts) > 1:
        sure = (
            _key(tuple(names)) in proven
            or _shares_in_full(division)
            or one_slip(whole.quantity, [part.quantity for part in parts])
            or division.joined
            or (division.totalled and near(whole, parts))
        )
    if not sure and not division.open:
        other = _slipped_otherwise(division, whole, parts)
        if other:
            parts, names, sure = other, [], True
            verdict = judged(whole, parts) or verdict
    likely = not sure and not division.cut_short and _seems_full(division, whole, parts)
    yield Account(whole, tuple(parts), tuple(names), verdict, sure, likely, called)


def _named_in_full(called: str, names: Sequence[str]) -> int:
    """How many of the parts are, by their names, all there is; what is left over at the end of a list of expenses is none
    of them (支出426.80万元，其中基本支出…，项目支出…，年末结转…)."""
    spending = "支出" in called
    return next(
        (
            count
            for count in range(len(names), 1, -1)
            if not (spending and _BALANCE.search(names[count - 1])) and named_in_full(called, tuple(names[:count]))
        ),
        0,
    )


def _slipped_otherwise(division: Division, whole: Claim, parts: list[Claim]) -> list[Claim]:
    """The parts and what a semicolon sets apart from them, or the last few amounts before a total, where one slip explains
    why they do not add to the whole; nothing where it does not."""
    others = [[*parts, *division.beyond]] if division.beyond else []
    if not division.strong and not division.joined:
        others += [parts[:count] for count in range(len(parts) - 1, 2, -1)]
    return next((one for one in others if one_slip(whole.quantity, [part.quantity for part in one])), [])


def _seems_full(division: Division, whole: Claim, parts: list[Claim]) -> bool:
    """Whether parts that may leave something out seem to be all there is."""
    if division.open:
        return one_slip(whole.quantity, [part.quantity for part in parts])
    return division.strong and near(whole, parts)


def _meant(division: Division, parts: Sequence[Claim]) -> int:
    """Which of the amounts before the parts is divided: the one that one slip sets apart from them, else the nearest that is
    neither a balance nor an income where the parts are expenses."""
    quantities = [part.quantity for part in parts]
    for at, whole in enumerate(division.wholes):
        if one_slip(whole.quantity, quantities):
            return at
    spending = sum("支出" in name for name in division.names) * 2 >= len(division.names)
    for at, called in enumerate(division.called):
        if _BALANCE.search(called) or (spending and "收入" in called and "支出" not in called):
            continue
        return at
    return 0


def _shares_in_full(division: Division) -> bool:
    return len(division.shares) == len(division.items) > 1 and total(
        Interval.of(share.quantity) for share in division.shares
    ).meets(_HUNDRED)


def _key(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(re.sub(r"[\s（()）:：，]|市级|全市|本级|本年|上年|\d{4}年度?", "", name) for name in names)


def of_list(division: Division) -> Iterator[Account]:
    """The accounts of a numbered list: the budgets of its items against the total budget, what was spent against the total
    spent. Where one of them agrees the list is complete, and the others must agree as well."""
    columns = [[item[at] for item in division.items] for at in range(min(map(len, division.items)))]
    agreed: dict[int, Account] = {}
    for at, parts in enumerate(columns):
        account = _agrees(division, total_of(parts), parts, division.names)
        if account is not None:
            agreed[at] = account
            yield account
    used = {account.whole.id for account in agreed.values()}
    rest = [one for one in zip(division.wholes, division.called, strict=True) if one[0].id not in used]
    if not agreed:
        yield from _numbered(division, columns)
        return
    for at, parts in enumerate(columns):
        if at in agreed or any(judged_sum(pair, parts) == "agrees" for pair in combinations(division.wholes, 2)):
            continue
        planned = at == 0
        whole, called = next((one for one in rest if bool(_BUDGET.search(one[1])) is planned), (None, ""))
        if whole is not None and (verdict := judged(whole, parts)) is not None:
            yield Account(whole, tuple(parts), tuple(division.names), verdict, True, called=called)


def _numbered(division: Division, columns: Sequence[Sequence[Claim]]) -> Iterator[Account]:
    """A numbered list of which no column agrees: the column and the total that one slip, or little, sets apart."""
    apart: list[Account] = []
    for at, parts in enumerate(columns):
        for whole, called in zip(division.wholes, division.called, strict=True):
            verdict = judged(whole, parts)
            if verdict is None or (len(columns) > 1 and bool(_BUDGET.search(called)) is not (at == 0)):
                continue
            complete = (
                named_in_full(called, tuple(division.names))
                or (not division.open and one_slip(whole.quantity, [part.quantity for part in parts]))
                or (not division.open and near(whole, parts))
            )
            apart.append(Account(whole, tuple(parts), tuple(division.names), verdict, complete, called=called))
    apart.sort(key=lambda account: (not account.complete, abs(account.added - (account.whole.quantity.value or 0))))
    yield from apart[:1]
