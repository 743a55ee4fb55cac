"""The words of changes: up and down, before and now."""

import re

LINK = r"(?:了|约|近|超过?|达到?|为|是|不足|仅|高达|均|各|也|分别|[：:])*"
UP = r"增长|增加|提高|提升|上升|上涨|上浮|增收|增支|增产|净增|增多|多支出|增幅|增速|涨幅|升幅|多|高|增|涨|升"
DOWN = r"下降|减少|降低|压缩|压减|缩短|缩减|下滑|回落|精简|核减|调减|压降|节约|降幅|减收|减支|减产|少支出|减幅|少|低|减|降|缩"
WORD = re.compile(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN})|(?:增减|变动|变化|增降))(?:了|时限|时间|时长|比例|比率|幅度|率|速度|额)*{LINK}\s*$"
)
COMPARED = re.compile(
    r"(?:[比较同与]|相比|对比)[^，,。；;]{0,4}(?:上[一]?年|去年|前年|同期|20\d\d年?|年初|预算|计划|决算|原来|改革前|以前|基期|上期)[^，,。；;]{0,14}$"
)
LAST = re.compile(r"上年|去年|上一年|上期|同期|以前年度|改革前|原来|原")
THIS = re.compile(r"本年|今年|当年|本期|现")
BEFORE = re.compile(r"([\u4e00-\u9fff]{2})前")
YEAR = re.compile(r"(20\d\d)年?")
FROM = re.compile(r"(?:由|从|自)[^，。；]{0,24}$")
OTHER_BASE = re.compile(
    r"同口径|可比|不变价|剔除|扣除|还原|年均|平均|环比|累计|复合|两年|[三四五]年|预期|力争|目标|拟|安排|计划|将|基数|其中|季度|个月|连续|名义|实际增"
)
BARE = re.compile(r"^\s*[，,、（(；;]?\s*(?:即|也就是)?\s*$")
THERE = re.compile(r"[至到为成]")
BECOMES = re.compile(
    r"(?:增[长加]|提[高升]|上[升涨]|下降|减少|降低|压[缩减]|缩[短减]|精简|[增减降升])(?:了|时限)?[为成]\s*$"
)


def follows(words: str) -> bool:
    """Whether an amount goes on with the one before it and names nothing new."""
    return (
        re.match(
            r"^[\s）)]*[，,、（(；;]?\s*(?:(?:[比较同与][^，,。；;（）()]{0,16}|同比|相比|其?增[减长加]|即|共|也|又|[上去]年|决算|预算|支出|收入|数|的|[，,])*)"
            rf"(?:{UP}|{DOWN})?(?:了|幅度|率|额|比例)*{LINK}\s*$",
            words,
        )
        is not None
    )
