"""Pairs what was planned with what was done, and problems with measures: two lists of statements, which belong together."""

from pipeline.pairing.assign import Candidate, Pairing, pair
from pipeline.pairing.likeness import Statement, apart, likeness, topics

__all__ = ["Candidate", "Pairing", "Statement", "apart", "likeness", "pair", "topics"]
