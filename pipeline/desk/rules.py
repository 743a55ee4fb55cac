"""The rule catalogue, as the command line, the pages and the exports show it."""

from typing import Any

from pipeline import checks
from pipeline.errors import WrongUsage
from pipeline.export.cards import RuleCard


def rule_cards() -> dict[str, RuleCard]:
    """What the exports say about each rule."""
    return {
        c.rule: RuleCard(c.rule, c.name, c.family, f"{c.summary}\n{c.why}\n{c.how}\n{c.limits}") for c in checks.load()
    }


def catalogue(rule: str | None = None) -> list[dict[str, Any]]:
    """The rule catalogue, or ``rule`` alone. Raises WrongUsage, naming the rules there are, for an unknown one."""
    known = {check.rule: check for check in checks.load()}
    if rule is not None and rule not in known:
        raise WrongUsage(f"没有编号为“{rule}”的规则。可用的编号：{'、'.join(known)}")
    wanted = known.values() if rule is None else [known[rule]]
    return [
        {
            "rule": c.rule, "name": c.name, "family": c.family, "severity": c.severity, "summary": c.summary, "why": c.why,
            "how": c.how, "limits": c.limits, "basis": c.basis, "suggestion": c.suggestion,
            "cases": [{"name": k.name, "report": k.report, "findings": [" … ".join(w) for w in k.findings]} for k in c.cases],
        }
        for c in wanted
    ]  # fmt: skip
