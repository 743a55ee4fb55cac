"""Whether another place or unit is spoken of because the reporting unit has to do with it."""

import re

# What is done with other places, and what is told of them.
_DEALINGS = re.compile(
    r"对口|帮扶|支援|援助|援[藏疆建]|结对|协作|合作|考察|学习|借鉴|交流|跨[省市县区域境地]|异地|联合|联盟|签[订约署]|招商|引进|来自|落户|外[省市县地出]|兄弟|周边|邻|毗|接壤|交界"
    r"|协议|抽调|挂职|调研|参观|对比|相比|比较|高于|低于|优于|参照|移送|移交|移民|籍|[^方预]案件|诉|当事人|嫌疑|搬迁|途经|起于|起点|终点|线路|公路|铁路|高速|流域|划归|划入|并入"
    r"|原[县区市]|调入|调任|转入|转出|迁入|迁出|结算|参加|参赛|举办|冠军|比赛|转诊|转院|转学|医联体|医共体|分校|校区|毕业|招生|生源"
)
# The stop of a numbering mark (一、) is not that of a list.
_NEAR = re.compile(r"(?:[与和同跟及赴到去往向对从至原]|(?<![一二三四五六七八九十\d）)])、)\s*$")
_LISTED = re.compile(r"\s*(?:[、和与及至等籍—－~-]|的(?:做法|经验|先进))")
_INSIDE_TITLE = re.compile(r"《[^》\n]*$")
_ISSUED = re.compile(r"[\u4e00-\u9fff（）()]{0,12}(?:《|关于|印发|下发|转发|文件)")
_SENTENCE = "。；！？\n"
_CLAUSE = "，,：" + _SENTENCE
_LINE = 60


def sentence(string: str, start: int, end: int, ends: str = _SENTENCE) -> str:
    """The sentence around a place of ``string``."""
    first = max(string.rfind(mark, 0, start) for mark in ends) + 1
    last = min((at for mark in ends if (at := string.find(mark, end)) >= 0), default=len(string))
    return string[first:last]


def dealt_with(string: str, start: int, end: int, *, clause: bool = False) -> bool:
    """Whether the words are a partner, one of a list, an issuer of documents or part of a title, not the unit itself.

    What is done with others is looked for in the sentence, or in the clause alone.
    """
    line = string[max(0, start - _LINE) : start]
    return bool(
        _NEAR.search(line)
        or _INSIDE_TITLE.search(line)
        or _LISTED.match(string, end)
        or _ISSUED.match(string, end)
        or _DEALINGS.search(sentence(string, start, end, _CLAUSE if clause else _SENTENCE))
    )
