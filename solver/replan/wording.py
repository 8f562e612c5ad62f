"""One plain sentence for each change of a replanned week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.change_wording import change_in_words
from solver.repair.wording import because

if TYPE_CHECKING:
    from solver.domain.problem import Problem
    from solver.repair.outcome import ReasonedChange
    from solver.replan.outcome import Replanned


def sentence(problem: Problem, replanned: Replanned, reasoned: ReasonedChange) -> str:
    """The change in words, the slot by its id, with what it is there for.

    Like "wed: Face pull, 3 sets -> 4 sets, because otherwise ...", or "mon: no session, it was not held."
    """
    change = reasoned.change
    said = change_in_words(problem, change)
    if change.slot in problem.done and change.kind == "close":
        return f"{said}, it was not held."
    if change.slot in problem.done and change.kind == "drop":
        return f"{said}, it was not done."
    reasons = because(problem, reasoned)
    if reasons:
        return f"{said}, because {reasons}."
    if change.kind == "move" and change.slot in problem.done:
        return f"{said}, to make up for what was not done."
    if change.kind == "order":
        return f"{said}."
    if replanned.prefer == "best_week":
        return f"{said}, for a better week."
    if replanned.unkept:
        return f"{said}, to come as near to the rules as can be."
    return f"{said}; no rule needs this by itself."
