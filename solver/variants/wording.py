"""One sentence on a variant: how it differs from the best week and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.contrast import Marks, contrast
from solver.domain.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.domain.outcome import Solved
    from solver.domain.problem import Problem

NAMES_SHOWN = 3
BEST = "The best week found."
PROVEN_BEST = "The best week there is."
MINIMA_FIRST = "It has fewer sets below weekly minima than those that score more, and these count first."


def best_sentence(best: Solved, others: Sequence[Solved]) -> str:
    """Of the week that the others are measured by."""
    said = PROVEN_BEST if all(tier.proven for tier in best.tiers) else BEST
    if any(other.score.value > best.score.value for other in others):
        return f"{said} {MINIMA_FIRST}"
    return said


def sentence(problem: Problem, best: Solved, variant: Solved) -> str:
    """Like "38 % different: Hip thrust and Front squat instead of Leg press; costs 0.4 of score."."""
    before, after = Marks.of(problem, best.plan), Marks.of(problem, variant.plan)
    share = f"{float(100 * contrast(problem, best.plan, variant.plan)):.0f} % different"
    said = [_exchange(problem, sorted(after.exercises - before.exercises), sorted(before.exercises - after.exercises))]
    kept = before.exercises & after.exercises
    moved = {exercise for exercise, _ in before.placements ^ after.placements if exercise in kept}
    if moved:
        said.append(f"{counted(len(moved), 'exercise')} on other days")
    return f"{share}: {', '.join(part for part in said if part)}; {_cost(best, variant)}."


def _exchange(problem: Problem, new: Sequence[str], gone: Sequence[str]) -> str:
    if new and gone:
        return f"{_named(problem, new)} instead of {_named(problem, gone)}"
    if new:
        return f"{_named(problem, new)} more"
    return f"without {_named(problem, gone)}" if gone else ""


def _named(problem: Problem, exercises: Sequence[str]) -> str:
    names = [problem.exercise_by_id[exercise].name for exercise in exercises[:NAMES_SHOWN]]
    others = len(exercises) - len(names)
    if others:
        return f"{', '.join(names)} and {counted(others, 'other')}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _cost(best: Solved, variant: Solved) -> str:
    """What the variant is short of, tiers 1 and 2 as score, tier 3 in points."""
    score = round(best.score.value - variant.score.value, 2)
    quality = int(best.tiers[-1].value - variant.tiers[-1].value)
    lost = [f"{score:g} of score"] if score > 0 else []
    lost += [f"{counted(quality, 'point')} of quality"] if quality > 0 else []
    won = [f"{-score:g} of score"] if score < 0 else []
    won += [f"{counted(-quality, 'point')} of quality"] if quality < 0 else []
    if not lost and not won:
        return "costs nothing"
    said = [f"costs {' and '.join(lost)}"] if lost else []
    said += [f"gains {' and '.join(won)}"] if won else []
    return ", ".join(said)
