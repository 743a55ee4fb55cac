"""Grading of problems and measures: items, features, a linear ordinal model that says what carried its grade."""

from pipeline.quality.grading import grade
from pipeline.quality.model import ASPECTS, Model, Said, Side, load

__all__ = ["ASPECTS", "Model", "Said", "Side", "grade", "load"]
