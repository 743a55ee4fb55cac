"""What a standard says its results are of (预算执行率, 在职人员控制率)."""

import re

from pipeline.standard.wording import Irregular

_SUBJECT = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9]{0,22}(?:率|度|比例|比重|占比|进度|数量|数|面积|天数|时间|成本|金额|额|次数|人次|结果|值|情况|覆盖面|经费|支出|巡查|检查|培训|宣传|活动|演练|监测|会议|调研|x|X)"
)
_LOOSE = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,12}")
# Words that would make a name a condition of its own.
_NO_NAME = re.compile(
    r"[每扣或除但]|分别|以及|按照|不得|如有|其中|经(?![费济营])|情况属实|^由|打分|取平均|酌情|讨论|视情"
)
_FILLER = re.compile(
    r"^(?:的|者|时|则|且|并|如果|如|若|当|凡|此项|该项|本项|该指标|本指标|指标|在(?![职校册编建岗线库]))+|(?:的|者|时(?!间)|则|在|且|并|之间|(?<!时)间|范围内)+$"
)
_BEGIN = re.compile(r"^(?:本|该|部门|单位|项目|年度|全年|实际|当年|年末|最终|整体|指标)+(?=[\u4e00-\u9fff]{2})")


def subject(words: str, loose: bool) -> str:
    """The name in ``words``, "" where they say nothing; Irregular where they say something else.

    ``loose``: any short name, for standards whose results are no numbers.
    """
    name = _BEGIN.sub("", _FILLER.sub("", words.strip("()")))
    if name and (not (_LOOSE if loose else _SUBJECT).fullmatch(name) or _NO_NAME.search(name)):
        raise Irregular(words)
    return name
