"""The folder is the register: each rule has its two files, its documentation and its cases, as the catalogue says."""

import pytest

from pipeline import checks
from pipeline.checks import Check, _catalogue

# id → name, family, default severity, as published.
PUBLISHED = {
    "missing-section": ("必备章节缺失", "结构", "high"),
    "empty-section": ("空章节", "结构", "low"),
    "template-residue": ("填报说明未删除", "结构", "medium"),
    "unfilled-placeholder": ("占位未填", "结构", "medium"),
    "heading-numbering": ("序号缺号重号错序", "结构", "medium"),
    "missing-attachment": ("引用附表未附", "结构", "medium"),
    "components-sum": ("构成不等于合计", "勾稽", "high"),
    "percent-recompute": ("占比、执行率不符", "勾稽", "high"),
    "change-rate": ("增减率不符", "勾稽", "high"),
    "part-exceeds-whole": ("分项大于总体", "勾稽", "high"),
    "conflicting-values": ("同一数据前后不一", "勾稽", "high"),
    "completion-rate": ("办结率与件数不符", "勾稽", "high"),
    "unit-price": ("单价乘数量不符", "勾稽", "medium"),
    "enumerated-count": ("列举项数不符", "勾稽", "medium"),
    "headcount": ("编制人数不符", "勾稽", "high"),
    "missing-amount": ("金额或单位缺失", "勾稽", "medium"),
    "carryover-identity": ("结余不平", "勾稽", "medium"),
    "fund-nature": ("资金性质矛盾", "勾稽", "high"),
    "year-mismatch": ("年度错用", "时间", "high"),
    "implausible-date": ("日期不合理", "时间", "high"),
    "stale-basis": ("依据过期", "时间", "medium"),
    "contract-period": ("合同期限异常", "时间", "low"),
    "frequency-gap": ("频次与期间不符", "时间", "low"),
    "score-sum": ("得分不符", "评分", "high"),
    "deduction-unexplained": ("扣分无原因", "评分", "high"),
    "completed-but-deducted": ("完成却扣分", "评分", "high"),
    "deviation-unexplained": ("偏差未说明", "评分", "high"),
    "rubric-misapplied": ("未按标准打分", "评分", "high"),
    "full-score-unsupported": ("满分无依据", "评分", "medium"),
    "indicator-formula": ("指标口径用错", "评分", "high"),
    "dimension-missing": ("评分维度缺失", "评分", "medium"),
    "target-not-quantified": ("目标未量化", "目标", "medium"),
    "target-unpaired": ("目标与完成不对应", "目标", "high"),
    "indicator-type": ("指标类型错配", "目标", "medium"),
    "duplicate-indicator": ("指标重复", "目标", "high"),
    "satisfaction-unsupported": ("满意度无佐证", "目标", "medium"),
    "problem-thin": ("问题避重就轻", "问题与措施", "high"),
    "problem-off-topic": ("问题与绩效无关", "问题与措施", "high"),
    "problem-as-advice": ("以建议代问题", "问题与措施", "high"),
    "problem-uncovered": ("问题无对应措施", "问题与措施", "high"),
    "problem-contradicted": ("问题与自述矛盾", "问题与措施", "medium"),
    "measure-vague": ("措施空泛", "问题与措施", "medium"),
    "measure-irrelevant": ("措施答非所问", "问题与措施", "high"),
    "copied-from-peer": ("跨单位雷同", "雷同与套话", "high"),
    "copied-from-last-year": ("照抄上年", "雷同与套话", "high"),
    "repeated-passage": ("报告内重复", "雷同与套话", "medium"),
    "shared-typo": ("共有错别字", "雷同与套话", "high"),
    "foreign-entity": ("他单位残留", "雷同与套话", "high"),
    "pasted-article": ("粘贴论文教材", "雷同与套话", "high"),
    "stock-phrases": ("成效套话", "雷同与套话", "low"),
    "third-person": ("第三方口吻", "雷同与套话", "medium"),
    "format-residue": ("网页或转换残留", "文本", "low"),
    "text-error": ("错别字、残句", "文本", "low"),
    "name-inconsistent": ("名称不一致", "文本", "low"),
    "personal-data": ("个人信息", "文本", "info"),
}

CHECKS = [pytest.param(check, id=check.rule) for check in checks.load()]


def test_every_rule_is_a_module_and_a_yaml_file() -> None:
    folder = _catalogue._FOLDER
    modules = set(_catalogue.modules())
    described = {path.stem for path in folder.glob("*.yaml")}
    assert modules - described == set(), "a rule without its YAML file"
    assert described - modules == set(), "a YAML file without its rule"


@pytest.mark.parametrize("check", CHECKS)
def test_the_rule_is_what_the_catalogue_says(check: Check) -> None:
    assert (check.name, check.family, check.severity) == PUBLISHED[check.rule]


@pytest.mark.parametrize("check", CHECKS)
def test_the_rule_is_documented(check: Check) -> None:
    assert check.summary.endswith("。")
    assert "\n" not in check.summary
    assert all((check.why, check.how, check.limits))
    assert check.basis.strip()
    assert check.suggestion.endswith("。")


@pytest.mark.parametrize("check", CHECKS)
def test_the_rule_has_firing_and_silent_cases(check: Check) -> None:
    firing = [case for case in check.cases if case.findings]
    silent = [case for case in check.cases if not case.findings]
    assert len(firing) >= 3
    assert len(silent) >= 3
    names = [case.name for case in check.cases]
    assert len(set(names)) == len(names)
