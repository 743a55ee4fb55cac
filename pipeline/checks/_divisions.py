"""Amounts of a sentence that are said to be parts of another: wholes, parts, and parts of parts."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from pipeline.checks._added_up import AND_SO_ON, KINDS, RESTATED, added_up
from pipeline.checks._division import Division, is_part, is_second, label, last_words, unit
from pipeline.checks._passages import Amount, Passage
from pipeline.checks._text import numbered
from pipeline.records import Claim, Evidence

_STRONG = re.compile(
    r"其中|包括|包含|(?:按|分)[^，。；：\d]{1,12}(?:分|看|划分|分类)[：:，,为]|由(?=[^。]{0,200}?(?:构成|组成))|构成|组成|分为|具体[为是如]|(?P<of>[^，,。；;：:（）()\s\d]{0,16}(?:支出|收入|经费|资金|投入|资产|决算))中(?=[：:，,]|[^，。；\d]{2,12}$)|^\s*中[，,：:]|主要(?:有|是|用于)"
)
_WEAK = re.compile(r"分别|[：:][^，,。；;：:\d]*$|^\s*[（(](?!.*[）)])")
# A quick look: what none of the openers does without.
_MAY_OPEN = re.compile(
    r"其中|[合共总]计|总额|包[括含]|分[别为：:看划]|[分看][：:，,]|[构组]成|具体|[出入费金产算]中|^\s*中|主要[有是用]|总量|[：:]|[（(]\D*$",
    re.MULTILINE,
)
_OPEN_LIST = re.compile(r"主要(?!用于以下)|尤其|特别")
_CHOSEN = re.compile(r"(?:重点|部分)(?:支出|项目|资金|经费|领域|工作|内容)|^[^，,]{0,4}重点")
_TAKEN_OFF = re.compile(
    r"扣除|减去|剔除|冲减|抵减|不含|不包括|未包括|上解上级|下级净上解|调出|另有|此外|另外|还有|[-－−]\s*$"
)
# What money brings about is no part of it.
_BROUGHT = re.compile(r"拉动|带动|撬动|产值|纳税|税收贡献|营业收入|销售|交易额|贷款|担保|保额|总限额")
_SEMICOLON = re.compile(r"[；;]")
_NEXT_PART = re.compile(r"[；;、]")
_NO_NAME = re.compile(r"^(?:\d{4}年度?|全年|当年|本年度?|[，,：:\s（(主要])+|(?:主要|[，,：:\s])+$")
_CHARGED_TO = re.compile(r"([^，,。；;\d]{2,12}?)中?(?:列支|开支)的")
_TARGET = re.compile(r"目标|任务|计划")
_MOST_WHOLES = 4
_SENTENCES_BACK = 2


def divisions(evidence: Evidence, found: Sequence[Passage]) -> Iterator[Division]:
    """The divisions of ``found``, the sentences of a report, in reading order."""
    for at, passage in enumerate(found):
        yield from _Reader(passage, found, at).read()


def _earlier(found: Sequence[Passage], at: int) -> list[Amount]:
    """The numbers of the sentences just before, the nearest first: what 其中 at the head of a sentence speaks of."""
    amounts: list[Amount] = []
    here = found[at].amounts[0].claim.span.block
    for before in reversed(found[max(0, at - _SENTENCES_BACK) : at]):
        if here - before.amounts[-1].claim.span.block > 1:
            break
        amounts += reversed(before.amounts)
    return amounts


class _Reader:
    def __init__(self, passage: Passage, found: Sequence[Passage], place: int) -> None:
        self.amounts = passage.amounts
        self.passage = passage
        self.found, self.place = found, place
        self.depths: list[int] = []

    def read(self) -> Iterator[Division]:
        if not _MAY_OPEN.search("\n".join(amount.before for amount in self.amounts)):
            return
        depth = 0
        for amount in self.amounts:
            depth = max(0, depth + _rise(amount.before))
            self.depths.append(depth)
        at = 0
        start = 0
        while at < len(self.amounts):
            opener = self._opener(at)
            if opener is None:
                if at - start > 1 and RESTATED.search(self.amounts[at].before):
                    yield from added_up(self.passage, self.depths, start, at)
                    start = at + 1
                at += 1
                continue
            end = at + 1
            for kind in self._kinds(at) if opener == "strong" else (unit(self.amounts[at].claim),):
                division, reached = self._division(at, opener == "strong", kind)
                end = max(end, reached)
                if division is not None:
                    yield division
                    yield from division.nested
            if not self.depths[at]:
                start = end
            at = end

    def _kinds(self, first: int) -> list[tuple[str, str]]:
        """What the first part is told in: its number, or its number and its money (其中：水利9个，资金107万元；…)."""
        kinds = [unit(self.amounts[first].claim)]
        if kinds[0][0] == "money":
            return kinds
        for amount in self.amounts[first + 1 :]:
            if _NEXT_PART.search(amount.before):
                break
            if amount.claim.quantity.kind == "money":
                return [*kinds, unit(amount.claim)]
        return kinds

    @cached_property
    def earlier(self) -> list[Amount]:
        return _earlier(self.found, self.place)

    def _opener(self, at: int) -> str | None:
        amount = self.amounts[at]
        if amount.claim.quantity.kind not in KINDS:
            return None
        clause = _SEMICOLON.split(amount.before)[-1]
        if _STRONG.search(clause):
            return "strong"
        return "weak" if at and _WEAK.search(clause) else None

    def _division(self, first: int, strong: bool, kind: tuple[str, str] | None = None) -> tuple[Division | None, int]:
        kind = kind or unit(self.amounts[first].claim)
        wholes = self._wholes(first, kind)
        items: list[list[Claim]] = []
        names: list[str] = []
        shares: list[Claim] = []
        nested: list[Division] = []
        asides: list[Claim] = []
        taken_off = False
        # …；农林水支出386万元，其中…412万元；城乡社区支出…: here a semicolon may end the parts.
        sibling = any(_SEMICOLON.search(one.before) for one in self.amounts[:first])
        sure = 0
        semicolons: bool | None = None
        beyond: list[Claim] = []
        at = first
        last = first
        while at < len(self.amounts):
            amount, depth = self.amounts[at], self.depths[at]
            if depth < self.depths[first] or (at > first and self._closed(at, self.depths[first])):
                break
            if at > first and depth == self.depths[first]:
                if _SEMICOLON.search(amount.before) and semicolons is False:
                    beyond = self._beyond(at, kind)
                    break
                opener = self._opener(at)
                if opener == "strong" and items:
                    inner, end = self._division(at, True)
                    if inner is not None:
                        nested.append(inner)
                    if inner is not None and unit(inner.items[0][0]) == kind:
                        at = max(end, at + 1)
                        continue
            if depth > self.depths[first]:
                if at and self.depths[at - 1] < depth and self._opener(at) is not None and items:
                    inner, end = self._division(at, self._opener(at) == "strong")
                    if inner is not None:
                        nested.append(inner)
                    at = max(end, at + 1)
                else:
                    at += 1
                continue
            if items and _BROUGHT.search(amount.before):
                break
            if unit(amount.claim) == kind and _TAKEN_OFF.search(last_words(amount.before)):
                taken_off = True
            if amount.claim.role == "share" and amount.claim.quantity.kind == "percent":
                if len(shares) < len(items):
                    shares.append(amount.claim)
            elif unit(amount.claim) == kind and is_part(amount):
                if len(items) > 1 and RESTATED.search(amount.before):
                    wholes.append(amount)
                    at += 1
                    break
                if items and is_second(amount) and unit(self.amounts[at - 1].claim)[0] in ("percent", kind[0]):
                    items[-1].append(amount.claim)
                else:
                    if items and semicolons is None:
                        semicolons = _SEMICOLON.search(self._since(last, at)) is not None
                        sure = len(items) if semicolons and sibling else 0
                    items.append([amount.claim])
                    names.append(label(amount))
                last = at
            elif unit(amount.claim) == kind and items:
                asides.append(amount.claim)
            at += 1
        if not items or not wholes:
            return None, at
        lead = self.amounts[first].before
        if not first and wholes[0] in self.earlier:
            lead = self.found[self.place - 1].tail + lead
        wholes = _fitting(wholes, names)
        cut = AND_SO_ON.search(self.passage.after(last)) is not None or _CHOSEN.search(lead) is not None
        cut = cut or (self.passage.broken and last == len(self.amounts) - 1)
        division = Division(
            [one.claim for one in wholes], [label(one) for one in wholes], items, names, shares, strong,
            cut or _OPEN_LIST.search(lead) is not None, cut, taken_off, lead, "其中" in lead, asides, nested, sure, beyond,
        )  # fmt: skip
        return division, at

    def _beyond(self, first: int, kind: tuple[str, str]) -> list[Claim]:
        """Amounts behind a semicolon that may go on with the parts before it."""
        found: list[Claim] = []
        for at in range(first, len(self.amounts)):
            amount = self.amounts[at]
            if self.depths[at] != self.depths[first] or self._opener(at) or RESTATED.search(amount.before):
                break
            if self._is_whole(amount, kind) and not is_second(amount):
                found.append(amount.claim)
        return found

    def _since(self, last: int, at: int) -> str:
        return "".join(amount.before for amount in self.amounts[last + 1 : at + 1])

    def _closed(self, at: int, depth: int) -> bool:
        """Whether the brackets that the list stands in are closed before ``at`` and others opened."""
        low = level = self.depths[at - 1]
        for mark in self.amounts[at].before:
            level += (mark in "（(") - (mark in "）)")
            low = min(low, level)
        return low < depth

    def _wholes(self, first: int, kind: tuple[str, str]) -> list[Amount]:
        found: list[Amount] = []
        lead = _STRONG.search(_SEMICOLON.split(self.amounts[first].before)[-1])
        if lead is not None and (name := lead["of"]):
            return self._named(first, kind, name)
        if lead is not None and (charged := _CHARGED_TO.search(lead.string, lead.end())):
            return self._named(first, kind, charged[1])
        for at in range(first - 1, -1, -1):
            if self.depths[at] <= self.depths[first] and self._is_whole(self.amounts[at], kind):
                found.append(self.amounts[at])
            if len(found) >= _MOST_WHOLES or (found and _SEMICOLON.search(self.amounts[at].before)):
                break
        if not found and not first and lead is not None:
            subject = self._subject(lead)
            return self._named(first, kind, subject) if subject else self._said_before(kind)
        return found[:_MOST_WHOLES]

    def _said_before(self, kind: tuple[str, str]) -> list[Amount]:
        """The amounts of the sentence before."""
        found: list[Amount] = []
        for one in self.earlier:
            if found and one.claim.span.block != found[0].claim.span.block:
                break
            if self._is_whole(one, kind) and _rise(one.before) <= 0:
                found.append(one)
        return found[:_MOST_WHOLES]

    def _subject(self, lead: re.Match[str]) -> str:
        """What a sentence that begins with its parts says they are parts of (项目支出包括…)."""
        words = lead.string[: lead.start()].strip()
        number = numbered(words)
        words = words[number.end :] if number else words
        return _NO_NAME.sub("", words)

    def _named(self, first: int, kind: tuple[str, str], name: str) -> list[Amount]:
        """The amounts before that go under ``name`` (项目支出中：)."""
        earlier = (*reversed(self.amounts[:first]), *self.earlier)
        return [one for one in earlier if self._is_whole(one, kind) and _same_name(one.claim.metric, name)][
            :_MOST_WHOLES
        ]

    def _is_whole(self, amount: Amount, kind: tuple[str, str]) -> bool:
        return unit(amount.claim) == kind and is_part(amount)


def _rise(text: str) -> int:
    if "（" not in text and "）" not in text and "(" not in text and ")" not in text:
        return 0
    return text.count("（") + text.count("(") - text.count("）") - text.count(")")


def _fitting(wholes: list[Amount], names: Sequence[str]) -> list[Amount]:
    """``wholes`` without what the names of the parts rule out: an income divided into expenses, a target beside the result."""
    spending = sum("支出" in name for name in names) * 2 >= len(names)
    called = [label(one) for one in wholes]
    if spending and any("支出" in name for name in called):
        wholes = [one for one, name in zip(wholes, called, strict=True) if "收入" not in name or "支出" in name]
    return [one for one in wholes if not _TARGET.search(label(one))] or wholes


def _same_name(metric: str, name: str) -> bool:
    return len(metric) > 1 and (name in metric or name.endswith(metric))
