"""Indicator tables (绩效目标自评表) and scoring sheets (评分表), each cell with what it means."""

from pipeline.indicators.reading import deductions, of
from pipeline.indicators.sheet import (
    Deduction,
    Dimension,
    Entry,
    Execution,
    Goal,
    Indicator,
    IndicatorKind,
    Level,
    Points,
    Sheet,
    SheetKind,
)

__all__ = [
    "Deduction",
    "Dimension",
    "Entry",
    "Execution",
    "Goal",
    "Indicator",
    "IndicatorKind",
    "Level",
    "Points",
    "Sheet",
    "SheetKind",
    "deductions",
    "of",
]
