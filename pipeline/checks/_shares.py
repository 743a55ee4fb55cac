"""Shares and rates of running text: what a percentage is a percentage of, by the words about it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.checks._named_amounts import Names, alike, bare, is_everything, lead
from pipeline.checks._passages import Amount, Passage, passages
from pipeline.checks._rates import Rates
from pipeline.checks._stated import SHARE, SUM_SHARE, Sense
from pipeline.checks._wholes import among, by_kind, given_out, of_one_kind
from pipeline.identity import Same
from pipeline.records import Claim, Evidence, Report

Kind = Literal["share", "plan", "rate"]

_LINK = r"(?:分别|分别为|为|是|达到?|约|近|超过?|不足|不到|仅|高达|均|各|也|了|[：:])*"
_SHARE = re.compile(
    rf"占(?P<of>[^，,。；;：:\d占]{{0,30}}?)的?(?:比重|比例|份额|比率|百分比|比)?{_LINK}\s*$|(?:比重|比例|份额){_LINK}\s*$"
)
_PLAN = re.compile(
    rf"(?:完成|达到?|为|是|相当于|执行)[^，,。；;：:\d]{{0,14}}?(?:预算|计划|目标|任务|指标|概算)[数额值量]?(?:总额)?的?{_LINK}\s*$"
)
_COMPLETED = re.compile(rf"^\s*[，,、]?\s*(?:已|实际)?完成{_LINK}\s*$")
_RATE = re.compile(
    rf"(?P<name>[^，,。；;：:、（()）\d\s“”]{{1,14}}(?:率|进度|比例)|[^，,。；;：:、（()）\d\s“”]{{0,12}}满意度)(?:[（(][^（）()\d]*[）)])?{_LINK}\s*$"
)
_NO_RATE = re.compile(r"变动率|变化率|增长率|增减率|下降率|增速|利率|税率|费率|频率|效率|汇率|概率|控制率|调整率|超")
_SAVED = re.compile(r"(?:结余|结转|节约|节支|节省|核减|审减)率")
_COMPARED = re.compile(r"(?:比|较|同比|环比|增[加长]|提[高升]|下降|上升|降低|高于|低于|减少)[^，,。；;]{0,12}$")

_PART = re.compile(r"其中|中有|中[：:，,]|^[^，。；]{0,12}中[^，。；]{1,16}$")
_ELSEWHERE = re.compile(r"全[省国市县区乡镇球]|GDP|生产总值|同期")
_JOINED = re.compile(r"[、和与及]|以及|，|,|^$")
_ATTACHED = re.compile(r"^[\s）)]*[，,、（(；;]?\s*(?:仅|只|约|共|总共|合计|大约|均)?(?:占|比重|比例)")
# One clause that goes on about the part before 占: 有5件超过时限，占…
_CLAUSE = re.compile(r"^[^，,。；;：:]{0,24}[，,]占")
_SUBJECT = re.compile(r"^(?:其中|其|而|则|并|且|[和与、])+|(?:所|分别|仅|只|约|的)+$")
# A whole named in so near a block is the one that is meant, whatever else goes by its name.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Stated:
    """A percentage with what it may be of. ``name`` is what to call it."""

    claim: Claim
    kind: Kind
    name: str
    senses: tuple[Sense, ...]


def stated(evidence: Evidence) -> tuple[Stated, ...]:
    """The shares and rates of running text, in reading order; made once for the rules that ask for them."""
    return _stated(_Key(evidence))


class _Key(Same):
    __slots__ = ("evidence",)

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(evidence.reading.report)
        self.evidence = evidence


@lru_cache(maxsize=1)
def _stated(key: _Key) -> tuple[Stated, ...]:
    report = key.evidence.reading.report
    sentences = passages(key.evidence)
    names = Names(sentences, key.evidence)
    found: list[Stated] = []
    for at, passage in enumerate(sentences):
        if any(one.claim.quantity.kind == "percent" for one in passage.amounts):
            found += _Sentence(passage, sentences[max(0, at - 3) : at], report, names).stated()
    return tuple(found)


class _Sentence:
    def __init__(self, passage: Passage, earlier: Sequence[Passage], report: Report, names: Names) -> None:
        self.amounts = passage.amounts
        self.earlier = earlier
        self.report = report
        self.names = names.claims
        self.places = names.places
        self.depths: list[int] = []
        depth = 0
        for amount in self.amounts:
            depth += sum((mark in "（(") - (mark in "）)") for mark in amount.before)
            self.depths.append(depth)
        self.rates = Rates(self.amounts, self.depths, report, self._further)

    def stated(self) -> Iterator[Stated]:
        for at, amount in enumerate(self.amounts):
            quantity = amount.claim.quantity
            if quantity.kind != "percent" or quantity.value is None:
                continue
            if amount.claim.role == "change" and not _SAVED.search(self._lead(at)):
                continue
            first = self._run(at)
            head = lead(self.amounts[first], self.report) if first != at else self._lead(at)
            if _COMPARED.search(head) and not _SHARE.search(head):
                continue
            if first != at or self._run_ends(at) > at + 1:
                yield from self._zipped(at, first, head)
            elif (share := _SHARE.search(head)) is not None:
                yield from self._share(at, head, share["of"] or "")
            elif _PLAN.search(head) or (_COMPLETED.match(head) and self._planned(at)):
                yield Stated(amount.claim, "plan", "完成比例", tuple(self.rates.of_plan(at)))
            elif re.fullmatch(r"\s*的(?:比重|比例)?[为达约]*\s*", head) and at:
                yield from self._of_the_last(at)
            elif (rate := _RATE.search(head)) is not None and not _NO_RATE.search(rate["name"]) and "其中" not in head:
                yield Stated(amount.claim, "rate", rate["name"][-10:], tuple(self.rates.named(at, rate["name"])))

    def _lead(self, at: int) -> str:
        return lead(self.amounts[at], self.report)

    def _planned(self, at: int) -> bool:
        """Whether one of the two amounts before a place is planned."""
        return any(re.search(r"计划|目标|任务", self._lead(before)) for before in range(max(0, at - 2), at))

    # Percentages in a row

    def _run(self, at: int) -> int:
        """The first of the row of percentages (分别占…的30%、40%和30%) that the percentage ``at`` ends or is in."""
        first = at
        while first and self._goes_on(first):
            first -= 1
        return first

    def _run_ends(self, at: int) -> int:
        end = at + 1
        while end < len(self.amounts) and self._goes_on(end):
            end += 1
        return end

    def _goes_on(self, at: int) -> bool:
        return (
            self.amounts[at].claim.quantity.kind == self.amounts[at - 1].claim.quantity.kind == "percent"
            and re.fullmatch(r"\s*(?:[、，,和与及]|以及)\s*", self._lead(at)) is not None
        )

    def _zipped(self, at: int, first: int, head: str) -> Iterator[Stated]:
        """A percentage of a row, with the amount at its place in the row of amounts before."""
        size = self._run_ends(first) - first
        run = [one for one in self.amounts[:first] if one.claim.role != "change"][-size:]
        share = _SHARE.search(head)
        if share is None or len(run) < size or any(not alike(run[0].claim, one.claim) for one in run):
            return
        joined = all(_JOINED.match(one.before.strip()) for one in run[1:])
        part = run[at - first].claim
        of = share["of"] or ""
        named = self._named(at, part, of) if len(bare(of)) > 1 else []
        known = {one.claim.id for one in run}
        wholes = [one for one in (*named[:1], *self._wholes(first, part, of)) if one.id not in known]
        others = tuple(one.claim for one in run if one.claim is not part)
        certain = joined and (bool(named) or is_everything(of)) and not _ELSEWHERE.search(of)
        senses = [Sense((part, whole), SHARE, certain and not place) for place, whole in enumerate(wholes)]
        senses.append(Sense((part, *others), SUM_SHARE))
        yield Stated(self.amounts[at].claim, "share", "占比", tuple(senses))

    # Shares

    def _share(self, at: int, head: str, of: str) -> Iterator[Stated]:
        claim = self.amounts[at].claim
        part, sure = self._said_of(at, head)
        if part is None:
            return
        place = self.amounts.index(part)
        senses: list[Sense] = []
        names = self._named(at, part.claim, of) if len(bare(of)) > 1 else []
        wholes = self._wholes(place, part.claim, of)
        if not names and (whole := self._said_whole(place, head, of, claim.quantity.places > 0)) is not None:
            senses.append(Sense((part.claim, whole), SHARE, sure or _CLAUSE.match(head) is not None))
        if names:
            near = part.claim.span.block - names[0].span.block <= _NEAR and len(names) == 1
            one_value = len({whole.quantity.value for whole in self._all_named(part.claim, of)}) == 1
            senses += [Sense((part.claim, whole), SHARE, sure and (near or one_value)) for whole in names]
        if not names and is_everything(of) and not _ELSEWHERE.search(of):
            group = [one for one in wholes if one.role == "whole" and one.group and one.group == part.claim.group]
            if group or (_PART.search(part.before) and wholes):
                senses.append(Sense((part.claim, (group or wholes)[0]), SHARE, sure))
        senses += [Sense((part.claim, whole), SHARE) for whole in wholes]
        senses += self._summed(place, part.claim, at)
        # A whole that is called by its name is not to be looked for in other sentences.
        if len(bare(of)) < 2 or not any(sense.sure for sense in senses):
            senses += self._further(part.claim, claim)
        yield Stated(claim, "share", f"占{of}比例" if of else "占比", tuple(senses))

    def _said_whole(self, place: int, head: str, of: str, fine: bool) -> Claim | None:
        """The whole that the words of the sentence give the part at ``place``; ``fine``: a share with decimals, which
        would not fit by chance what stands far off."""
        if len(bare(of)) > 1:
            return by_kind(self.amounts, place, of, self.report)
        whole = among(self.amounts, place)
        if whole is None and _ATTACHED.match(head) and fine:
            whole = given_out(self.amounts, place, self.report) or of_one_kind(self.amounts, place, self.report)
        return whole

    def _said_of(self, at: int, head: str) -> tuple[Amount | None, bool]:
        """The amount that a share is said of, and whether the words leave no doubt: 占 right behind it, or its name."""
        if _ATTACHED.match(head):
            return self._part(at), True
        who = bare(_SUBJECT.sub("", re.split(r"[，,；;：:。（(]", head[: head.rfind("占")])[-1]))
        if len(who) >= 2:
            for one in reversed(self.amounts[:at]):
                if one.claim.role not in ("share", "change", "whole") and bare(one.claim.metric) == who:
                    return one, True
        return self._part(at), False

    def _part(self, at: int) -> Amount | None:
        """The amount that a share is said of: the last before it that is no percentage, change or comparison."""
        for place in range(at - 1, -1, -1):
            one = self.amounts[place]
            if one.claim.quantity.kind in ("percent", "pp"):
                continue
            if one.claim.quantity.kind not in ("money", "count", "measure") or one.claim.quantity.value is None:
                return None
            if one.claim.role == "change" and one.claim.quantity.kind != "money":
                continue
            return one
        return None

    def _wholes(self, place: int, part: Claim, of: str) -> list[Claim]:
        """What a part may be of: the earlier amounts of its unit, the nearest first."""
        value = part.quantity.value
        return [
            one.claim
            for one in reversed(self.amounts[max(0, place - 12) : place])
            if alike(one.claim, part)
            and one.claim.role not in ("change", "share")
            and one.claim.quantity.value is not None
            and value is not None
            and one.claim.quantity.value > 0
        ]

    def _named(self, at: int, part: Claim, of: str) -> list[Claim]:
        """The amounts that go by the name that the share gives its whole: those of its sentence, then those before it,
        the nearest first."""
        here = {one.claim.id for one in self.amounts}
        place = self.places[self.amounts[at].claim.id]
        named = [claim for claim in self._all_named(part, of) if claim.id in here or self.places[claim.id] < place]
        return sorted(named, key=lambda claim: (claim.id not in here, abs(self.places[claim.id] - place)))[:4]

    def _all_named(self, part: Claim, of: str) -> list[Claim]:
        return [
            claim
            for claim in self.names.get(bare(of), ())
            if claim.id != part.id and alike(claim, part) and claim.quantity.value
        ]

    def _summed(self, place: int, part: Claim, at: int) -> Iterator[Sense]:
        """A part among those of its unit in the sentence, added."""
        others = [
            one.claim
            for one in self.amounts
            if alike(one.claim, part) and one.claim.id != part.id and one.claim.role not in ("change", "share")
        ]
        if 0 < len(others) <= 8:
            yield Sense((part, *others), SUM_SHARE)
            if len(others) > 1:
                yield Sense((part, *others[1:]), SUM_SHARE)

    def _further(self, part: Claim, claim: Claim) -> Iterator[Sense]:
        """The amounts of the sentences before, where so fine a percentage would not fit one by chance."""
        if claim.quantity.places < 1:
            return
        for passage in reversed(self.earlier):
            for one in reversed(passage.amounts):
                if alike(one.claim, part) and one.claim.role != "change":
                    yield Sense((part, one.claim), SHARE)

    def _of_the_last(self, at: int) -> Iterator[Stated]:
        """占改造总投资23150万元的23.91%: the whole stands between its name and the share."""
        whole = self.amounts[at - 1]
        words = lead(whole, self.report)
        link = re.search(r"(?P<share>占)|完成|达到?|为|相当于", words)
        if at < 2 or whole.claim.role == "change" or link is None or not whole.claim.quantity.value:
            return
        part = self._part(at - 1)
        if part is None or not alike(part.claim, whole.claim):
            return
        several = re.search(r"共|合计|[两三四五六]项|总", words[: link.start()])
        sums = [Sense((part.claim, whole.claim), SHARE, several is None)]
        run = [one.claim for one in self.amounts[: at - 1] if alike(one.claim, part.claim)]
        senses = [*sums, *(Sense((one, whole.claim), SHARE) for one in run)]
        yield Stated(
            self.amounts[at].claim,
            "share" if link["share"] else "plan",
            "占比" if link["share"] else "完成比例",
            tuple(senses),
        )
