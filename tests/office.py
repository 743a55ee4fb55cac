"""A desk's parts over one store, with people and reports made as a test needs them."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from pipeline.desk.approving import Approvals
from pipeline.desk.auditing import Audit
from pipeline.desk.deciding import Deciding
from pipeline.desk.people import People
from pipeline.desk.queueing import Queueing
from pipeline.desk.working import Working
from pipeline.records import Person, PersonRole, QueueEntry
from pipeline.store import Store, Submission
from pipeline.store.audit import Act
from pipeline.store.people import Accounts

EDITION = "e1"


def number(i: int) -> str:
    return f"{i:064x}"


def finding(i: int) -> dict[str, object]:
    return {"id": f"f{i}", "rule": f"rule-{i % 3}", "message": f"第{i}处前后不一致。", "severity": "medium"}


@dataclass
class Office:
    """The desk's parts over one store, and who works there."""

    store: Store

    def __post_init__(self) -> None:
        self.people = People(self.store)
        self.deciding = Deciding(self.store)
        self.working = Working(self.store)
        self.approvals = Approvals(self.store)
        self.queueing = Queueing(self.store, EDITION)
        self.audit = Audit(self.store)

    def hire(self, name: str, *roles: PersonRole) -> Person:
        """An account whose password, which nobody knows, is the owner's."""
        accounts, now, hired = Accounts(self.store), datetime.now(UTC), Act("系统", "user-create", name)
        person = accounts.add(name, roles, "!", now, hired)
        accounts.set_password(person.id, "!", now, hired, must_change=False, keep=None)
        return replace(person, must_change=False)

    def report(self, i: int = 1, findings: int = 4, edition: str = EDITION, **fields: Any) -> str:
        """A report handed in and reviewed."""
        report = number(i)
        blocks = [{"index": 0, "text": "一、基本情况"}, {"index": 1, "text": "全年执行率为61.2%，自评得分98分。"}]
        review = {"report": {"blocks": blocks}, "findings": [finding(n) for n in range(findings)]}
        entry = QueueEntry(
            report, f"{i}.docx", "云溪县水利局", "自评报告", 2030, "department", 50.0, "watch", ("“执行率”偏低",),
            {"medium": findings}, datetime.now(UTC), {f"rule-{n % 3}": "medium" for n in range(findings)},
        )  # fmt: skip
        entry = replace(entry, **fields)
        self.store.submit_many([Submission(report, entry.name, f"/报送/{entry.name}", 3)])
        self.store.save(edition, json.dumps(review, ensure_ascii=False).encode(), entry)
        return report
