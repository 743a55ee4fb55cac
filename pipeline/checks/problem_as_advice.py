"""存在的问题一节应当写已经发生的不足，不应当只写今后应该怎么做。

为什么
    “应进一步健全制度，需要建立长效机制”是建议，不是问题。哪里不健全、造成了什么后果，都没有说。

做法
    逐条看问题：以“应、须、需要、建议、今后”开头或者带这类说法的分句占一半以上，又没有写不足、没有数据的，提示。

局限
    先写不足、再写应当怎样的不提示；用“需要”写事实的（“需要排队两小时”）有数据时不提示。
"""

import re
from collections.abc import Iterator

from pipeline.checks._graded import Item, clauses, problems, quoted, starts, words
from pipeline.records import Evidence, Issue

_MARK = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+是|[（(]?[\d一二三四五六七八九十]+[）)、.．]|首先|其次|最后|再次)\s*[，,]?"
)
# 需要、有待 are said of what ought to be, and do not state that anything went wrong.
_OUGHT = re.compile(r"有待|亟待|亟需|仍需|还需|仍要")
_MOST = 0.5
_FACT = 0.5


def check(evidence: Evidence) -> Iterator[Issue]:
    items = problems(evidence)
    found = [item for item in items if _advises(item)]
    if found and 2 * len(found) >= len(items):
        yield Issue(
            f"写的是今后应当怎样，没有写出了什么问题：{quoted(found)}。",
            tuple(item.span for item in found),
            expected="写已经发生的不足",
            actual="只有建议",
        )


def _advises(item: Item) -> bool:
    if item.graded.aspects.get("evidence", 0) >= _FACT:
        return False
    said = [_MARK.sub("", clause) for clause in clauses(item.text)]
    advice = [clause for clause in said if clause.startswith(starts("advice")) or words("advice").search(clause)]
    stated = [clause for clause in said if clause not in advice and words("deficit").search(_OUGHT.sub("", clause))]
    return bool(advice) and not stated and (len(advice) >= _MOST * len(said) or item.graded.grade == 1)
