"""Rates of running text (执行率, 完成年初预算的…): which two amounts of the sentence a percentage compares."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pipeline.checks._named_amounts import alike, lead
from pipeline.checks._passages import Amount
from pipeline.checks._stated import REST, REST_OF_TWO, SHARE, SHARE_OF_TWO, Rule, Sense
from pipeline.checks._wholes import among
from pipeline.records import Claim, Report

_REST = re.compile(r"结余|结转|节约|节支|节省|核减|审减|压减|压缩|下浮|降低|精简|减少|流失|缺口|空置|失业")
_BASE = re.compile(
    r"预算|概算|计划|下达|到位|安排|批复|拨入|应|送审|控制价|总[收投资]|收入|目标|任务|合同|中标|申请|申报|签订|核定|年初|总额|总量|共"
)
_PLANNED = re.compile(r"预算|概算|计划|目标|任务|核定|年初|下达|安排|指标|应")
# Names of accounts: 预算 in them says nothing of a plan.
_ACCOUNT = re.compile(
    r"(?:一般公共|公共财政|政府性基金|基金|国有资本经营|社会保险基金|社保基金|[两三四]本)预算(?!数|为|安排)"
)
_GIVEN_OUT = re.compile(
    r"受理|组织|培训|发放|回访|抽[检查样测]|检[查测验]|参[训加评]|申[请报]|应|共|计划|报名|接|收|签|设|监测|发出|送检|样|体检|调查|排查|登记|目标|任务|适龄|参|问卷|回收|收回|回复|反馈|立案|案件|开工"
)
_DONE = re.compile(
    r"支出|执行|支付|使用|拨付|到位|完成|实际|实施|列支|结算|决算|兑付|发放|投资|投入|已|实|采购|入库|回收|收回|开工"
)
_STAGE = re.compile(
    r"(?:(?:全部|均)[为是][^，,。；;]{2,8}|截[至止][^，,]{0,14}(?:日|底|末)|20\d\d年度?|\d{1,2}月份?|全年|当年|本年度?|年度|年末|年底|年初|目前|累计|已经?|均|共计?|总计|合计|实际|实有?"
    r"|调整后?|财政|资金|经费|项目|预算|决算|支出|执行|支付|使用|完成|拨付|到位|列支|结算|采购|发放|投资|投入|情况|金额|总额|总|数|额|值|量|为|是|达到?|了|的"
    r"|[其中下达安排批复并则而与后在、，,；;：:（()）\s“”])"
)
_ADDED = re.compile(r"追加|结转|新增|调整|补充|增加|另")
_PATCHED = re.compile(r"追加|追减|调[减增剂]|盘活")
_ONE_CLAUSE = re.compile(r"^[^，,。；;：:]{0,16}[，,][^，,。；;：:]+$")
_PART = re.compile(r"其中|中有|中[：:，,]|^[^，。；]{0,12}中[^，。；]{1,16}$")


class Rates:
    """What the rates of one sentence compare. ``further`` gives the amounts of the sentences before that a part may be of."""

    def __init__(
        self,
        amounts: Sequence[Amount],
        depths: Sequence[int],
        report: Report,
        further: Callable[[Claim, Claim], Iterator[Sense]],
    ) -> None:
        self.amounts = amounts
        self.depths = depths
        self.report = report
        self._further = further

    def of_plan(self, at: int) -> Iterator[Sense]:
        """Done against planned: 年初预算100万元，支出决算95万元，完成年初预算的95%."""
        yield from self._pairs(at, _PLANNED, _DONE, SHARE)

    def named(self, at: int, name: str) -> Iterator[Sense]:
        rule = REST if _REST.search(name) else SHARE
        root = stem(name)[-4:]
        if rule is SHARE:
            yield from self._among(at)
        yield from self._pairs(at, _BASE, _DONE, rule, root)

    def _among(self, at: int) -> Iterator[Sense]:
        """34家企业中有21家迁入园区，留园率: the rate is of what was said just before."""
        if at < 2 or not _ONE_CLAUSE.match(lead(self.amounts[at], self.report)):
            return
        part, whole = self.amounts[at - 1].claim, among(self.amounts, at - 1)
        if whole is self.amounts[at - 2].claim and whole is not None and part.quantity.value is not None:
            yield Sense((part, whole), SHARE, True)
            yield Sense((part, whole), REST)

    def _pairs(
        self, at: int, base: re.Pattern[str], done: re.Pattern[str], rule: Rule, root: str = ""
    ) -> Iterator[Sense]:
        """Pairs of the amounts before a rate, the ones that its words name first."""
        before = [
            place
            for place in range(at - 1, max(-1, at - 14), -1)
            if self.amounts[place].claim.quantity.kind in ("money", "count", "measure")
            and (self.amounts[place].claim.role != "change" or self._saved(place, rule))
            and self.amounts[place].claim.quantity.value is not None
            and not self.amounts[place].before.endswith(("/", "每"))
        ]
        if not before and rule is SHARE:
            yield from self._behind(at, base, done)
            return
        pair = list(self._named_pair(before, at, base, done, rule, root))
        yield from pair
        known = {claim.id for sense in pair for claim in sense.given}
        fine = self.amounts[at].claim.quantity.places > 0
        for first in before:
            for second in before:
                one, other = self.amounts[first].claim, self.amounts[second].claim
                if pair and not (
                    one.id in known or other.id in known
                    if fine
                    else one is pair[0].given[0] or other is pair[0].given[1]
                ):
                    continue
                if first != second and alike(one, other) and other.quantity.value:
                    yield Sense((one, other), SHARE)
                    if rule is REST:
                        yield Sense((one, other), REST)
        yield from self._of_two(before, rule)
        if self.amounts[at].claim.quantity.places >= 1 and before:
            part = self.amounts[before[0]].claim
            yield from self._further(part, self.amounts[at].claim)

    def _of_two(self, before: Sequence[int], rule: Rule) -> Iterator[Sense]:
        """Amounts that come together to what is spent: 年初预算100万元，追加20万元; 上年结转12万元，本年收入86万元."""
        for second, first in pairwise(before):
            one, other = self.amounts[first], self.amounts[second]
            added = _ADDED.search(lead(one, self.report)) or _ADDED.search(lead(other, self.report))
            if not added or not alike(one.claim, other.claim) or not other.claim.quantity.value:
                continue
            for place in before:
                part = self.amounts[place].claim
                if place not in (first, second) and alike(part, one.claim):
                    yield Sense((part, one.claim, other.claim), SHARE_OF_TWO)
                    if rule is REST:
                        yield Sense((part, one.claim, other.claim), REST_OF_TWO)

    def _patched(self, before: Sequence[int]) -> bool:
        """Whether a budget was added to or cut and its last state is not among the amounts: 追加20万元，调减5万元."""
        leads = [lead(self.amounts[place], self.report) for place in before[1:]]
        return any(_PATCHED.search(words) for words in leads) and not any("调整" in words for words in leads)

    def _saved(self, place: int, rule: Rule) -> bool:
        """Whether a change is what a rate of saving is of: 审减132.40万元，审减率."""
        return rule is REST and _REST.search(lead(self.amounts[place], self.report)) is not None

    def _words(self, place: int) -> str:
        """The words before an amount; those of the one before, where it goes on with that (培训4期216人)."""
        words = lead(self.amounts[place], self.report)
        return words if words.strip() or not place else self._words(place - 1)

    def _named_pair(
        self, before: Sequence[int], at: int, base: re.Pattern[str], done: re.Pattern[str], rule: Rule, root: str
    ) -> Iterator[Sense]:
        if not before or self.depths[before[0]] > self.depths[at]:
            before = [place for place in before if self.depths[place] <= self.depths[at]]
        if len(before) < 2:
            return
        last = self.amounts[before[0]]
        between = [
            self.amounts[k].claim for k in range(before[0] + 1, at) if self.amounts[k].claim.quantity.kind != "percent"
        ]
        if between and not (rule is REST and len(between) == 1 and alike(between[0], last.claim)):
            return
        earlier = [
            place
            for place in before[1:]
            if alike(self.amounts[place].claim, last.claim) and self.depths[place] <= self.depths[before[0]]
        ]
        if not earlier:
            return
        first = self.amounts[earlier[0]]
        words, others = (_ACCOUNT.sub("", self._words(one)) for one in (before[0], earlier[0]))
        if any(self.amounts[k].claim.quantity.kind in ("percent", "pp") for k in range(earlier[0] + 1, before[0])):
            return
        if last.claim.quantity.kind != "money":
            done_value, base_value = last.claim.quantity.value, first.claim.quantity.value
            if not base_value or not done_value:
                return
            given_out = _GIVEN_OUT.search(others) is not None
            adjacent = earlier[0] == before[1]
            # 回收190份，其中满意120份: those who are fairly satisfied are counted too, but not written.
            graded = "满意" in root and _PART.search(words) is not None
            named = root and not graded and _counts(root, words, given_out) and not _counts(root, others, False)
            if (named and (given_out or done_value <= base_value) and (adjacent or root[-2:] in words)) or (
                base.search(others) and re.search(r"实际|实|完成|已", words) and _same_subject(words, others)
            ):
                yield Sense((last.claim, first.claim), rule, True)
            elif not root and adjacent and base.search(words) and not base.search(others):
                yield Sense((first.claim, last.claim), rule, True)
            return
        if _PART.search(words) or before[0] != at - 1 - len(between) or self._patched(before):
            return
        if rule is REST and _REST.search(words) and base.search(others) and first.claim.quantity.value:
            yield Sense((last.claim, first.claim), SHARE, True)
        elif rule is REST and earlier[1:] and _REST.search(words):
            second = self.amounts[earlier[1]]
            if base.search(lead(second, self.report)) and second.claim.quantity.value:
                yield Sense((last.claim, second.claim), SHARE, True)
        elif rule is REST and between and base.search(others) and first.claim.quantity.value:
            yield Sense((between[0], first.claim), SHARE, True)
            yield Sense((last.claim, first.claim), REST, True)
        elif (
            done.search(words) and base.search(others) and _same_subject(words, others) and first.claim.quantity.value
        ) or (rule is SHARE and earlier[0] == before[1] and _returned(root, words, others, last.claim, first.claim)):
            yield Sense((last.claim, first.claim), rule, True)
        elif base.search(words) and done.search(others) and _same_subject(words, others) and last.claim.quantity.value:
            yield Sense((first.claim, last.claim), rule, True)

    def _behind(self, at: int, base: re.Pattern[str], done: re.Pattern[str]) -> Iterator[Sense]:
        """预算执行率为98%，其中全年预算100万元，执行数98万元: the amounts stand behind the rate."""
        pair = self.amounts[at + 1 : at + 3]
        if len(pair) < 2 or not alike(pair[0].claim, pair[1].claim) or pair[0].claim.quantity.kind != "money":
            return
        words, others = lead(pair[1], self.report), lead(pair[0], self.report)
        if done.search(words) and base.search(others) and _same_subject(words, others) and pair[0].claim.quantity.value:
            yield Sense((pair[1].claim, pair[0].claim), SHARE, True)
        yield Sense((pair[0].claim, pair[1].claim), SHARE)


def _counts(root: str, words: str, given_out: bool) -> bool:
    """Whether the words before a number say what the rate with this root counts: 办结 in 共办结, 结案 in 审结."""
    clause = re.split(r"[，,；;：:。]", words)[-1]
    if re.search(rf"[不未非]{re.escape(root[-2:])}", clause):
        return False
    return root[-2:] in clause or (given_out and any(character in clause for character in root[-2:]))


def _returned(root: str, words: str, others: str, part: Claim, whole: Claim) -> bool:
    """Whether an amount of money that the rate is named for is part of the one before: 追回100万元，发还98万元，发还率."""
    one, other = part.quantity.value, whole.quantity.value
    clause = re.sub(r"^(?:其中|已|共|实际|全年)+", "", re.split(r"[，,；;：:。]", words)[-1].strip())
    named = len(root) > 1 and clause.startswith(root[-2:]) and root[-2:] not in others
    return named and one is not None and other is not None and one <= other and not re.search(r"追加|调整|其中", others)


def _same_subject(words: str, others: str) -> bool:
    """Whether an amount names nothing but a stage (实际支出), or the same thing as the one before."""
    rest = _STAGE.sub("", words)
    return only_stage(words) or rest in others or all(character in others for character in rest)


def only_stage(words: str) -> bool:
    """Whether the words before an amount name nothing but a stage: 2022年下达资金, 全年实际支出."""
    return not _STAGE.sub("", words)


def stem(name: str) -> str:
    """What a rate is a rate of: 办结率 → 办结."""
    return (
        re.sub(r"^.*[的之]", "", name).removesuffix("率").removesuffix("进度").removesuffix("比例").removesuffix("度")
    )
