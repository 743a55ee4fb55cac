"""Everything the system can do, one method each. Command line, pages and flows open on this and on nothing else."""

from pipeline.desk.batch import Desk, Outcome
from pipeline.desk.comparing import Comparison
from pipeline.desk.lines import claims_of, grader
from pipeline.desk.queueing import named
from pipeline.desk.rules import catalogue, rule_cards

__all__ = ["Comparison", "Desk", "Outcome", "catalogue", "claims_of", "grader", "named", "rule_cards"]
