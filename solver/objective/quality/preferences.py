"""What the athlete likes and dislikes."""

from __future__ import annotations

from solver.objective.quality.term import Distinct, PerEntry

FAVOURITE_POINTS = 20
DISLIKE_POINTS = -20

FAVOURITES = Distinct(
    "favourites",
    lambda problem, e, _: e.id if e.id in problem.athlete.favourites else None,
    lambda _: FAVOURITE_POINTS,
)
DISLIKES = PerEntry("dislikes", lambda problem, e: DISLIKE_POINTS if e.id in problem.athlete.dislikes else 0)
