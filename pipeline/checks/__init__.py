"""The rules. The folder is the register: a rule is a module and a YAML file of the same name.

``percent_recompute.py`` holds ``check(evidence) -> Iterator[Issue]`` and, as its docstring, the rule's documentation in
Chinese (为什么 / 做法 / 局限); ``percent_recompute.yaml`` holds its name, severity, basis, advice and tested cases.
Modules whose names begin with an underscore are what rules share.
"""

from pipeline.checks._catalogue import Case, Check, load
from pipeline.checks._runner import run

__all__ = ["Case", "Check", "load", "run"]
