"""Reviews, rules and failures for the exports."""

import pytest
from invented import make_review

from pipeline.export.cards import RuleCard
from pipeline.export.names import Named
from pipeline.records import Failure, Review


@pytest.fixture
def review() -> Review:
    return make_review()


@pytest.fixture
def batch() -> list[Named]:
    return [Named(f"水务中心{i:03}.docx", make_review(i)) for i in range(1, 13)]


@pytest.fixture
def failures() -> list[Failure]:
    return [
        Failure("甲/旧表.doc", "legacy-doc", "这是旧版 Word 文件（.doc），请在 Word 或 WPS 中另存为 .docx 后再试。"),
        Failure("甲/加密.docx", "encrypted", "文件设有打开密码，请去除密码后再试。"),
    ]


@pytest.fixture
def rules() -> dict[str, RuleCard]:
    return {
        card.rule: card
        for card in (
            RuleCard(
                "percent-recompute",
                "占比、执行率不符",
                "勾稽",
                "写明的比率应当能由两个金额算出。\n\n局限：口径不同时会误报。",
            ),
            RuleCard("components-sum", "构成不等于合计", "勾稽", "各分项之和应当等于合计。"),
            RuleCard("headcount", "编制人数不符", "勾稽", "表与正文的人数应当一致。"),
            RuleCard("change-rate", "增减率不符", "勾稽", "增减率应当能由前后两个数算出。"),
            RuleCard("missing-section", "必备章节缺失", "结构", "提纲要求的章节应当都有。"),
            RuleCard("empty-section", "空章节", "结构", "标题之下应当有内容。"),
        )
    }
