"""What the exports say about a rule."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleCard:
    """``name`` and ``family`` are the catalogue's Chinese names; ``why`` is the rule's documentation as plain text."""

    rule: str
    name: str
    family: str
    why: str


Rules = Mapping[str, RuleCard]


def name(rules: Rules, rule: str) -> str:
    """The Chinese name of a rule; its id where the review was made with a rule that is no longer there."""
    card = rules.get(rule)
    return card.name if card else rule
