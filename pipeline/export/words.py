"""The contract's codes in the words that a reviewer reads."""

import re
from collections.abc import Mapping

from pipeline.records import Claim, Reason, Verdict

BAND: Mapping[str, str] = {"weak": "需重点看", "watch": "关注", "sound": "基本良好"}
SEVERITY: Mapping[str, str] = {"high": "高", "medium": "中", "low": "低", "info": "提示"}
COVER: Mapping[str, str] = {"department": "部门整体", "project": "项目", "unknown": "未识别"}
SECTION: Mapping[str, str] = {
    "duties": "职能职责",
    "achievements": "工作成绩",
    "problems": "存在问题",
    "measures": "改进措施",
    "overview": "基本情况",
    "staff": "人员编制",
    "finance": "收支情况",
    "projects": "项目情况",
    "assets": "资产情况",
    "targets": "绩效目标",
    "evaluation": "评价情况",
    "experience": "经验做法",
    "disclosure": "公开应用",
    "attachment": "附件附表",
    "other": "其他",
}
KIND: Mapping[str, str] = {
    "money": "金额",
    "percent": "百分比",
    "pp": "百分点",
    "count": "数量",
    "duration": "时长",
    "measure": "计量",
    "score": "得分",
    "rank": "名次",
    "ratio": "比例",
    "multiple": "倍数",
    "fraction": "几分之几",
}
QUALIFIER: Mapping[str, str] = {
    "none": "",
    "near": "接近",
    "about": "大约",
    "over": "超过",
    "over_incl": "不低于",
    "under": "不足",
    "under_incl": "不超过",
    "plus": "有余",
    "reach": "达到",
    "range": "区间",
    "vague": "概数",
}
ROLE: Mapping[str, str] = {
    "value": "数值",
    "whole": "总体",
    "part": "分项",
    "share": "占比",
    "from": "变动前",
    "to": "变动后",
    "change": "增减",
    "budget": "预算",
    "spent": "支出",
    "rate": "比率",
    "target": "目标值",
    "actual": "完成值",
    "weight": "权重",
    "score": "得分",
}
DIRECTION: Mapping[str, str] = {"up": "增加", "down": "减少"}
SOURCE: Mapping[str, str] = {"prose": "正文", "table": "表格"}
MATCH: Mapping[str, str] = {
    "peer": "与其他单位相同",
    "last-year": "与本单位上年相同",
    "within": "本报告内重复",
    "form": "表格固定文字",
    "stock": "常用套话",
}

REASON: Mapping[Reason, str] = {
    "rule-wrong": "误报：规则理解有误",
    "misread": "误报：抽取错误（数字、表格、段落）",
    "unimportant": "属实但不重要",
    "explained": "属实但文中另处已说明",
    "unclear": "依据不足，无法判断",
    "duplicate": "重复",
    "other": "其他",
}
"""Why a finding is rejected, in the order of the keys 1 to 7."""
VERDICT: Mapping[Verdict, str] = {
    "accepted": "采纳",
    "rejected": "驳回",
    "corrected": "更正",
    "unsure": "存疑",
    "manual": "补充",
    "graded": "评级",
    "cleared": "未处理",
}

_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>\d{2})))?")


def role(claim: Claim) -> str:
    """The part a number plays; of a change, which way."""
    if claim.role == "change" and claim.direction:
        return DIRECTION[claim.direction]
    return ROLE[claim.role]


def period(code: str | None) -> str:
    """2023, 2023-H1, 2023-Q2 and 2023-07 in words; 本年 and the like as they are."""
    found = _PERIOD.fullmatch(code or "")
    if not found:
        return code or ""
    part = ""
    if found["half"]:
        part = "上半年" if found["half"] == "1" else "下半年"
    elif found["quarter"]:
        part = f"第{found['quarter']}季度"
    elif found["month"]:
        part = f"{int(found['month'])}月"
    return f"{found['year']}年{part}"
