"""拟公开的自评报告不应带有个人的电话、身份证号和银行账号。

为什么
    绩效自评报告要随部门决算公开。填报人的手机号、补助对象的身份证号和银行账号一并公开，会泄露个人信息。

做法
    查找手机号、校验位正确的十八位身份证号、账号类栏目后的十三至十九位银行账号，以及“联系人＋姓名＋电话”的填报栏。
    提示中的号码和姓名隐去一部分，位置指向原文；同一号码只提示一次，各处一并标出。

局限
    单位值班、服务热线等没有姓名的座机号码不算；已经隐去中间几位的号码不算；只有姓名不算。是否公开由单位决定，这里只作提醒。
"""

import re
from collections.abc import Iterator

from pipeline import lexicon
from pipeline.checks._text import Text, joined
from pipeline.records import Evidence, Issue, Span

# What must not stand before a number is looked at behind its first digit: a search that begins with a digit is fast.
_MOBILE = re.compile(
    r"(?P<number>1(?:(?<![\d.*＊]1)|(?<=\+861)|(?<=86[- ]1))[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![\d*＊.]|万|元|%|件)"
)
_IDENTITY = re.compile(
    r"(?P<number>[1-9](?<![0-9A-Za-z].)\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx])(?![0-9A-Za-z])"
)
_ACCOUNT = re.compile(
    r"(?:账\s*号|帐\s*号|卡\s*号|账户|帐户|银行卡|一卡通|存折)[^\d\n]{0,12}\n?[^\d\n]{0,4}"
    r"(?P<number>\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7})(?!\d)"
)
# A landline beside a person's name; without a name it is the office's.
_CONTACT = re.compile(
    r"(?:联\s*[系络]\s*人|填[报表]人|经办人|负责人|撰写人|姓\s*名)\s*(?:姓名)?\s*(?:[（(]\s*签[名字章]\s*[）)])?[\s：:]*"
    r"(?P<name>[\u4e00-\u9fff][ \u3000]*[\u4e00-\u9fff]{1,2})[\s，,、；;（(]{1,30}(?:办公|联系|联络)?\s*(?:电\s*话|方\s*式)[\s：:]*"
    r"(?P<number>(?:0\d{2,3}[-—－ ]?)?\d{7,8})(?!\d)"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check(evidence: Evidence) -> Iterator[Issue]:
    text = joined(evidence.reading.report)
    for what, pattern in (("手机号码", _MOBILE), ("身份证号码", _IDENTITY), ("银行账号", _ACCOUNT)):
        places: dict[str, list[Span]] = {}
        for span, found in text.search(pattern, "number"):
            digits = re.sub(r"\D", "", found["number"][:-1]) + found["number"][-1]
            if what != "身份证号码" or _checked(digits):
                places.setdefault(digits, []).append(span)
        for digits, spans in places.items():
            shown = digits[:3] + "*" * (len(digits) - 7) + digits[-4:]
            times = f"，共{len(spans)}处" if len(spans) > 1 else ""
            yield Issue(f"报告中有个人的{what}（{shown}）{times}，公开前请隐去。", tuple(spans))
    yield from _contacts(text)


def _contacts(text: Text) -> Iterator[Issue]:
    people = lexicon.load("people")
    places: dict[str, list[Span]] = {}
    for span, found in text.search(_CONTACT, "number"):
        first, last = found["name"][0], found["name"][-1]
        # 张某某 is hidden already.
        if first in people["surnames"] + people["rarer"] and last not in people["offices"] + "某":
            name = text.span(*found.span("name"))
            places.setdefault(found["name"], []).extend([span, name] if name else [span])
    for person, spans in places.items():
        who = person[0] + "*" * (len(person) - 1)
        yield Issue(f"报告中有个人的姓名和联系电话（{who}），公开前请确认是否隐去。", tuple(spans))


def _checked(number: str) -> bool:
    """Whether the last character is the check character of GB 11643-1999."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()
