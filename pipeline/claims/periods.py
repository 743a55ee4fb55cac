"""Which period a sentence speaks of."""

import re

_YEAR = re.compile(
    r"(?<![〔\[（(\d第])(?P<year>(?:19|20)\d{2})\s?年(?:度)?(?:\s?(?P<half>上半年|下半年)|\s?第?(?P<quarter>[一二三四1-4])季度"
    r"|\s?(?P<month>\d{1,2})\s?月)?|(?P<word>上半年|下半年|上年度?|去年|本年度?|今年|当年|全年)(?!来|结转|结余|度?预算安排)"
)
# 比2020年增长: the year is what is compared with, not when.
_COMPARED = re.compile(r"(?:比|较|与|同|从|自|至|截至|截止|到|由|和)\s?\Z")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_WORDS = {
    "上半年": "上半年",
    "下半年": "下半年",
    "上年": "上年",
    "去年": "上年",
    "本年": "本年",
    "今年": "本年",
    "当年": "本年",
    "全年": "本年",
}


def period(text: str) -> str | None:
    """The period named last in ``text``: 2021, 2021-06, 2021-Q1, 2021-H1, or 本年, 上年 where no year is written."""
    if "年" not in text:
        return None
    for found in reversed(list(_YEAR.finditer(text))):
        if _COMPARED.search(text, max(0, found.start() - 3), found.start()):
            continue
        if found["word"]:
            return _WORDS[found["word"].removesuffix("度")]
        if found["half"]:
            return f"{found['year']}-H{1 if found['half'] == '上半年' else 2}"
        if found["quarter"]:
            quarter = _QUARTERS.get(found["quarter"]) or int(found["quarter"])
            return f"{found['year']}-Q{quarter}"
        if found["month"] and 1 <= int(found["month"]) <= 12:
            return f"{found['year']}-{int(found['month']):02d}"
        return str(found["year"])
    return None
