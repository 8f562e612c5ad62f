"""Tier 3, quality: what a coach sees once the muscles have what they need. Points; more is better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.objective.quality.economy import EQUIPMENT, FRAGMENTS, MINUTES
from solver.objective.quality.evenness import EVENNESS
from solver.objective.quality.guide import DRILL_PAIR, NAMED
from solver.objective.quality.loading import LOADING
from solver.objective.quality.main_lifts import LOADED_BASICS, MAIN_LIFTS
from solver.objective.quality.preferences import DISLIKES, FAVOURITES
from solver.objective.quality.supersets import SUPERSETS
from solver.objective.quality.term import Term
from solver.objective.quality.variety import CROWDED_DAYS, PATTERNS

if TYPE_CHECKING:
    from solver.domain.problem import Problem

QUALITY_TERMS: tuple[Term, ...] = (
    FAVOURITES,
    DISLIKES,
    MAIN_LIFTS,
    LOADED_BASICS,
    LOADING,
    NAMED,
    DRILL_PAIR,
    PATTERNS,
    CROWDED_DAYS,
    FRAGMENTS,
    EVENNESS,
    EQUIPMENT,
    MINUTES,
)
"""Of every problem; more may join them."""


def quality_terms(problem: Problem) -> tuple[Term, ...]:
    """The terms of tier 3 that have a say in a problem."""
    return (*QUALITY_TERMS, SUPERSETS) if problem.supersets else QUALITY_TERMS


__all__ = ["QUALITY_TERMS", "Term", "quality_terms"]
