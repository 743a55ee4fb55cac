"""Settling what headings leave open: combined headings, weak wordings, text without a heading of its own."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline import lexicon
from pipeline.numbering import Mark, mark
from pipeline.records import Block, Profile, SectionKind
from pipeline.segment.draft import Draft

_DATE_LINE = re.compile(r"^\s*(?:20\d\d|二[〇○零]\S\S)\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*[日号]\s*$")
_DUTY_LEAD = re.compile(
    r"(?:主要|具体|工作|单位|部门)?(?:职能职责|职责职能|职能|职责|任务)(?:范围)?(?:主要)?(?:是|为|有|包括|如下|[：:])"
)
_DUTY_HEAD = re.compile(r"^(?:主要)?(?:承担|负责)|[，,]主要(?:承担|负责)|履行(?:以下|下列)\S{0,4}职责")
_DUTY_ITEM = re.compile(
    r"^(?:负责|组织|贯彻|拟订|拟定|指导|承担|协调|监督|研究|推进|统筹|编制|参与|管理|制定|执行|宣传|落实|承办|牵头|起草|依法|会同|配合|完成\S{0,16}交办)"
)
_STAFF_LEAD = re.compile(r"内设|下设|下辖|编制|在职|在编|机构设置|实有")
_FAULT = re.compile(
    r"不足|不够|不到位|不高|不强|不严|不全|不力|滞后|缺乏|缺少|有待|薄弱|未能|未及时|偏低|偏差|缺失|较少|困难|压力|不完善|不规范|不健全|欠缺|差距"
)
_ACTION = re.compile(
    r"^(?:进一步|要|将|拟|继续)?(?:加强|完善|建立|健全|强化|提高|提升|规范|细化|严格|加大|推进|加快|优化|落实|深化|做好|抓好|开展|组织|注重|增强|树立|坚持|科学|合理|明确|压实|修订)"
)


@cache
def _turns() -> dict[str, re.Pattern[str]]:
    turns = lexicon.load("sections")["turns"]
    return {kind: re.compile("|".join(map(re.escape, words))) for kind, words in turns.items()}


def settle(blocks: Sequence[Block], drafts: list[Draft], profile: Profile) -> list[Draft]:
    """Drafts with the open questions decided."""
    settled = list(drafts)
    kinds = {draft.kind for draft in settled}
    for draft in settled:
        _give_way(draft, settled)
    for draft in drafts:
        if draft.both:
            settled += _turned(blocks, draft, settled, guess=True)
        elif draft.kind == "problems" and "measures" not in kinds:
            settled += _turned(blocks, draft, settled, guess=False)
        if draft.kind == "duties" and "staff" in draft.kinds:
            settled += _staff(blocks, draft)
    for draft in [d for d in settled if d.weak == "achievements" and d.last > d.body]:
        # 绩效评价情况 may head the results or the work of evaluating: results, where nothing plainer does.
        plainer = [d for d in settled if d.kind == "achievements" and d is not draft]
        if all(draft.first <= d.first and d.last <= draft.last for d in plainer):
            draft.kind = "achievements"
    if "duties" not in kinds:
        for draft in [d for d in settled if d.kind == "overview" or "overview" in d.kinds]:
            settled += _duties(blocks, draft, settled)
    for draft in [d for d in settled if d.kind in ("problems", "measures")]:
        settled += _tables(blocks, draft)
    return settled + list(_signature(blocks, settled))


def _give_way(draft: Draft, drafts: Sequence[Draft]) -> None:
    """评价结论及建议 with a 建议 of its own inside is about the conclusion."""
    others = [kind for kind in draft.kinds if kind not in ("problems", "measures")]
    if others and draft.kind in ("problems", "measures"):
        inner = {d.kind for d in drafts if d is not draft and draft.first < d.first < draft.last}
        if draft.kind in inner:
            draft.kind = others[0]


def _own(draft: Draft, drafts: Sequence[Draft]) -> list[int]:
    """Body blocks of ``draft`` that no section inside it takes."""
    inner = [
        d
        for d in drafts
        if d is not draft
        and draft.first <= d.first
        and d.last <= draft.last
        and (d.first, d.last) != (draft.first, draft.last)
    ]
    taken = {i for d in inner for i in range(d.first, d.last)}
    return [i for i in range(draft.body, draft.last) if i not in taken]


def _turned(blocks: Sequence[Block], draft: Draft, drafts: Sequence[Draft], *, guess: bool) -> Iterator[Draft]:
    """Measures inside a section that begins with problems."""
    own = _own(draft, drafts)
    kinds = _by_cues(blocks, own)
    if "measures" not in kinds and guess and not _has_inner(draft, drafts):
        kinds = _by_wording(blocks, own)
    yield from _runs(own, kinds, "measures", draft.title)


def _has_inner(draft: Draft, drafts: Sequence[Draft]) -> bool:
    return any(d is not draft and d.kind == "measures" and draft.first <= d.first < draft.last for d in drafts)


def _by_cues(blocks: Sequence[Block], own: Sequence[int]) -> list[str]:
    turns = _turns()
    kinds: list[str] = []
    kind = "problems"
    problem_mark: Mark | None = None
    own_list = False
    for i in own:
        text = blocks[i].text.strip()
        number = mark(text)
        rest = text[number.end :] if number else text
        if turns["measures"].match(rest):
            kind, own_list = "measures", False
        elif kind == "measures" and number:
            if (
                problem_mark
                and not own_list
                and (number.style, number.number) == (problem_mark.style, problem_mark.number + 1)
            ):
                kind = "problems"
            own_list = own_list or number.number == 1
        elif kind == "measures" and turns["problems"].match(rest):
            kind = "problems"
        if kind == "problems" and number:
            problem_mark = number
        kinds.append(kind)
    return kinds


def _by_wording(blocks: Sequence[Block], own: Sequence[int]) -> list[str]:
    """One turn from problems to measures, where wording says it is likeliest."""
    scores = []
    for i in own:
        text = blocks[i].text.strip()
        number = mark(text)
        rest = text[number.end :] if number else text
        scores.append((2 if _ACTION.match(rest) else 0) - len(_FAULT.findall(rest)))
    best, turn = 0, len(own)
    for k in range(1, len(own)):
        gain = sum(scores[k:]) - sum(scores[:k])
        if all(score >= 0 for score in scores[k:]) and gain > best and sum(scores[k:]) > 0:
            best, turn = gain, k
    return ["problems"] * turn + ["measures"] * (len(own) - turn)


def _runs(own: Sequence[int], kinds: Sequence[str], wanted: SectionKind, title: str) -> Iterator[Draft]:
    start: int | None = None
    previous = -2
    for i, kind in zip([*own, -1], [*kinds, ""], strict=True):
        if start is not None and (kind != wanted or i != previous + 1):
            yield Draft(wanted, title, start, previous + 1, start)
            start = None
        if kind == wanted and start is None:
            start = i
        previous = i


def _staff(blocks: Sequence[Block], draft: Draft) -> Iterator[Draft]:
    """职能职责及机构设置: from the first paragraph that is about the organisation on."""
    for i in range(draft.body + 1, draft.last):
        head = blocks[i].text[:30]
        if _STAFF_LEAD.search(head) and "职责" not in head and "负责" not in head:
            yield Draft("staff", draft.title, i, draft.last, i)
            return


def _duties(blocks: Sequence[Block], draft: Draft, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Duties told inside an overview, with the list that follows them."""
    own = _own(draft, drafts)
    for at, i in enumerate(own):
        text = blocks[i].text
        items = [j for n, j in enumerate(own[at:]) if j == i + n and _duty_item(blocks[j].text)]
        listed = len(items) >= 3 and items[0] == i and items[-1] == i + len(items) - 1
        if not (_DUTY_LEAD.search(text) or _DUTY_HEAD.search(text[:60]) or listed):
            continue
        last = i + 1
        for j in own[at + 1 :]:
            if j != last or not (_duty_item(blocks[j].text) or (mark(blocks[j].text) and _DUTY_LEAD.search(text))):
                break
            if _STAFF_LEAD.search(blocks[j].text[:20]):
                break
            last = j + 1
        first = i - 1 if listed and i - 1 in own and "贯彻" in blocks[i - 1].text else i
        if set(own) <= set(range(first, last)):
            first = draft.first
        yield Draft("duties", draft.title, first, last, i)
        return


def _duty_item(text: str) -> bool:
    number = mark(text)
    return bool(_DUTY_ITEM.match(text[number.end :] if number else text))


def _tables(blocks: Sequence[Block], draft: Draft) -> Iterator[Draft]:
    """A large table behind problems or measures is an attachment, not part of them."""
    if blocks[draft.first].cell is not None:
        return
    first = next((i for i in range(draft.body, draft.last) if blocks[i].cell is not None), None)
    if first is None:
        return
    cell = blocks[first].cell
    cells = [
        b for b in blocks[first : draft.last] if b.cell is not None and cell is not None and b.cell.table == cell.table
    ]
    if len({b.cell.row for b in cells if b.cell}) >= 4 and len({b.cell.column for b in cells if b.cell}) >= 3:
        caption = first - 1 if first - 1 > draft.body and blocks[first - 1].text.strip().endswith("表") else first
        yield Draft("attachment", blocks[caption].text.strip()[:40], caption, draft.last, first)


def _signature(blocks: Sequence[Block], drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The unit's name and the date under the text belong to no section."""
    for i, block in enumerate(blocks):
        if block.cell is not None or not _DATE_LINE.match(block.text):
            continue
        first = i - 1 if i and _names_unit(blocks[i - 1]) else i
        holders = [d for d in drafts if d.first < first < d.last]
        if holders:
            yield Draft("other", "落款", first, min(d.last for d in holders), first)


def _names_unit(block: Block) -> bool:
    text = block.text.strip()
    return block.cell is None and 0 < len(text) <= 30 and mark(text) is None and not text.endswith(("。", "：", "；"))
