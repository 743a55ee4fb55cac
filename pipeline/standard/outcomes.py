"""Outcomes in words (完成, 基本完成, 优秀), under one name however they are written."""

import re

from pipeline.standard.wording import DEGREE, GRADES, LATE, ON_TIME, STEM

ON_TIME_NAME, LATE_NAME = "按时完成", "未按时完成"
_GRADED = re.compile(
    rf"(?:等级|等次|结果|考核|评价|考评|验收|评定)*(?:为|评为|获评)?(?P<grade>{GRADES}|[优良中差好])(?:等次|等级|等|档次|档)?"
)
_DONE = re.compile(
    rf"(?P<degree>(?:{DEGREE})*+)(?P<stem>{STEM})(?:(?:年度|绩效|预期)?(?:目标值?|指标值|任务|计划|要求|标准|规定))?"
)
_NOT = frozenset({"未", "未能", "没有", "尚未", "不"})
_PART = {
    "基本": "基本", "大部分": "部分", "部分": "部分", "超额": "超额", "较": "较", "比较": "较", "较为": "较", "很": "很",
}  # fmt: skip
_LONG = {"优": "优秀", "良": "良好", "中": "中等", "差": "较差", "好": "较好"}
_SAME = {
    "实施": "完成", "完成任务": "完成", "达到": "达标", "达到要求": "达标", "达到标准": "达标", "达到规定": "达标",
    "符合": "符合要求", "符合规定": "符合要求", "符合标准": "符合要求", "通过验收": "通过",
}  # fmt: skip


def outcome(text: str) -> str | None:
    """The name of the outcome that ``text`` states and nothing besides; None where it states none or more."""
    flat = "".join(text.split()).strip("。；;，,.")
    if re.fullmatch(rf"(?:已|均|均已|全部)?(?:{ON_TIME})", flat):
        return ON_TIME_NAME
    if re.fullmatch(rf"未(?:能)?(?:{ON_TIME})|(?:{LATE})(?:完成)?", flat):
        return LATE_NAME
    if (found := _GRADED.fullmatch(flat)) is not None:
        return _LONG.get(found["grade"], found["grade"])
    found = _DONE.fullmatch(flat)
    if found is None:
        return None
    stem = _SAME.get(found["stem"], found["stem"])
    words = re.findall(DEGREE, found["degree"])
    if any(word in _NOT for word in words):
        # 未全部完成 is neither undone nor done.
        return f"未{stem}" if len(words) == 1 else None
    parts = [_PART[word] for word in words if word in _PART]
    return "".join(parts) + stem if len(parts) <= 1 else None


def is_grade(name: str) -> bool:
    """Whether an outcome is a grade (优秀), not something done or not done."""
    return re.fullmatch(GRADES, name) is not None


def stem(name: str) -> str:
    """What an outcome is about: 完成 for 未完成 and 基本完成."""
    return re.sub("^(?:未|基本|部分|超额|较|很)", "", name)


def denied(name: str) -> bool:
    return name.startswith("未")
