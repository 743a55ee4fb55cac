"""存在的问题应当是本单位花钱、管理、办事中的不足，不应当只说学习、态度，或者只说缺钱缺人。

为什么
    “理论学习不够深入”“干部主动性不强”“单位人员少、经费不足”与资金用得好不好无关，改不改都不影响绩效；复核人得不到要看的东西。

做法
    逐条看问题：说不足的分句都落在学习、思想、作风、能力上，或者都落在资金、人员、编制不足和向上级要钱要人上，
    又没有写到具体的项目、事项和数据的，提示。全部问题都是这样的按高等级，部分的按中等级。

局限
    人员不足造成具体后果（如“窗口只有2人，群众平均等候47分钟”）的不提示；党建考核类项目的自评以学习为内容的，可能误报。
"""

import re
from collections.abc import Iterator

from pipeline.checks._graded import Item, clauses, problems, quoted, words
from pipeline.records import Evidence, Issue

_MIND = re.compile(
    r"学习|理论|思想|政治(?:站位|素质)|认识|意识|钻研|作风|服务态度|精神|主动性|主动作为|积极性|责任心|担当|进取|创新(?!中心|创业)|(?:业务|综合|政策|自身|工作)(?:素质|水平|能力)|工作标准|能力"
)
_ASKED = re.compile(r"希望上级|请(?:上级|财政)|恳请|增加(?:编制|经费|人员|投入)")
# What a unit does with its money and its work: a shortfall there is to the point.
_WORK = re.compile(
    r"资金(?:使用|管理|支付|拨付|监管)|预算(?:编制|执行|控制|管理)|资产|采购|合同|项目(?:建设|管理|进度|实施|验收)|制度|财务|台账|验收|工程|设备|系统|平台|绩效(?:目标|指标|管理|评价)|执行率|进度|支出|结余|结转|补贴|补助|窗口|基层|街道|乡镇|企业|群众|服务(?!态度|意识|水平)"
)
# 系统性 is no system.
_SYSTEMATIC = re.compile(r"系统性|制度自信")
_SOLID = 0.5


def check(evidence: Evidence) -> Iterator[Issue]:
    items = problems(evidence)
    bare = [item for item in items if item.graded.aspects.get("evidence", 0) < _SOLID]
    mind = [item for item in bare if _only(item, _MIND)]
    means = [item for item in bare if item not in mind and _short_of_means(item)]
    found = mind + means
    if not found:
        return
    about = "、".join(said for said, some in (("学习、态度、能力", mind), ("缺钱缺人", means)) if some)
    yield Issue(
        f"写的是{about}，与资金使用和绩效无关：{quoted(found)}。",
        tuple(item.span for item in found),
        expected="本单位花钱、管理、办事中的不足",
        actual=about,
        severity=None if len(found) == len(items) else "medium",
    )


def _only(item: Item, about: re.Pattern[str]) -> bool:
    """Whether every clause that states a shortfall is ``about`` that, and none is about the unit's work."""
    short = [clause for clause in clauses(item.text) if words("deficit").search(clause)]
    return (
        bool(short)
        and all(about.search(clause) for clause in short)
        and not _WORK.search(_SYSTEMATIC.sub("", item.text))
    )


def _short_of_means(item: Item) -> bool:
    said = clauses(item.text)
    lacking = [clause for clause in said if words("external").search(clause) or _ASKED.search(clause)]
    others = [c for c in said if c not in lacking and words("deficit").search(c) and not _MIND.search(c)]
    return bool(lacking) and not others and (bool(_ASKED.search(item.text)) or not _WORK.search(item.text))
