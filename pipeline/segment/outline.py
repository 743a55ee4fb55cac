"""The tree of sections that a run of headings makes: a stack of open lists, each known by its style of number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.records import SectionKind
from pipeline.segment.headings import CORE, Heading
from pipeline.segment.titles import primary

# Inside problems and measures a heading may turn to the other of the two, but never back to duties or achievements:
# items there are about everything.
_TURNS: dict[str, frozenset[str]] = {
    "duties": frozenset({"achievements", "problems", "measures", "staff"}),
    "achievements": frozenset({"duties", "problems", "measures", "experience", "disclosure"}),
    "problems": frozenset({"measures", "problems", "experience"}),
    "measures": frozenset({"problems", "measures"}),
}

_USUAL = ("第一部分", "第一章", "第一节", "一、", "（一）", "1.", "（1）", "1）", "①")
_MONEY = re.compile(r"资金|预算")


@dataclass(slots=True)
class Node:
    """A section being built. ``kind`` is what its blocks are; ``opens`` is false where it only carries a list on."""

    heading: Heading
    kind: SectionKind
    opens: bool
    style: str
    number: int
    first: int
    last: int
    depth: int
    parent: "Node | None" = None


def tree(found: Iterable[Heading], last: int) -> list[Node]:
    """Nodes in reading order; each ends where a heading of its level or above begins, the last ones at ``last``."""
    nodes: list[Node] = []
    stack: list[Node] = []
    for heading in found:
        keep = _keep(stack, heading)
        for node in stack[keep:]:
            node.last = heading.block
        del stack[keep:]
        parent = stack[-1] if stack else None
        kind, opens = _kind(heading, parent, top=not stack or stack[-1].style == "title")
        style, number = _place(heading)
        node = Node(heading, kind, opens, style, number, heading.block, last, len(stack) + 1, parent)
        stack.append(node)
        nodes.append(node)
    return nodes


def _place(heading: Heading) -> tuple[str, int]:
    if heading.mark is None:
        if heading.attachment:
            return "attachment", 0
        return (f"level {heading.level}" if heading.level else "unmarked"), 0
    style = heading.mark.style
    return (f"{style}/{len(heading.mark.parts)}" if style == "1.1" else style), heading.mark.number


def _keep(stack: list[Node], heading: Heading) -> int:
    """How many open nodes stay open above ``heading``."""
    style, number = _place(heading)
    if style == "attachment":
        return 0
    if heading.level:
        above = [i for i, node in enumerate(stack) if 0 < node.heading.level < heading.level]
        return above[-1] + 1 if above else 0
    if style == "unmarked":
        # A lead-in (存在的主要问题有：) ends the lead-in before it, and the list below that.
        before = [i for i, node in enumerate(stack) if node.style == "unmarked"]
        return before[0] if before else len(stack)
    same = [i for i, node in enumerate(stack) if node.style == style]
    if not same:
        # A list that begins in its middle, its first heading unseen, stands where its style usually does.
        below = (i for i, node in enumerate(stack) if _rank(node.style) > _rank(style))
        return len(stack) if number == 1 else next(below, len(stack))
    innermost = same[-1]
    if number == 1:
        lead_in = any(node.style == "unmarked" for node in stack[innermost + 1 :])
        # A list that begins anew right under a heading of its own style is that heading's (五、文字部分 → 一、概况).
        if lead_in or (innermost == len(stack) - 1 and stack[innermost].heading.block == heading.block - 1):
            return len(stack)
        return innermost
    follows = [i for i in same if stack[i].number == number - 1]
    return follows[-1] if follows else innermost


def _rank(style: str) -> int:
    return _USUAL.index(style) if style in _USUAL else -1


def _kind(heading: Heading, parent: Node | None, *, top: bool) -> tuple[SectionKind, bool]:
    title = heading.title
    inherited: SectionKind = parent.kind if parent else "other"
    if title.kinds:
        kind = primary(title)
        if title.sure:
            if inherited == "achievements" and title.kinds == ("finance",) and _MONEY.search(heading.text):
                # 资金投入情况 inside 绩效目标完成情况: the money, not the results.
                return "finance", True
            both = parent is not None and {"problems", "measures"} <= set(parent.heading.title.kinds)
            if both or inherited not in CORE or kind in _TURNS[inherited] or kind == inherited:
                return kind, True
            return inherited, False
        if inherited not in CORE and (top or (heading.mark and heading.mark.style in ("一、", "第一章", "第一部分"))):
            return kind, True
    if top and (heading.mark or heading.level):
        return ("evaluation" if title.weak else "other"), True
    return inherited, False
