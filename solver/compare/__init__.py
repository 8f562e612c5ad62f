"""Two weeks side by side, also of different problems: which sessions answer to each other, and what changes between."""

from solver.compare.pairing import paired_slots
from solver.compare.weeks import ComparedWeek, Difference, difference_between

__all__ = ["ComparedWeek", "Difference", "difference_between", "paired_slots"]
