"""Tiny catalogs of which every week can be listed: what is asked of the search can be asked of the list as well.

Which weeks are valid is the verifier's word, what they are worth the terms' own arithmetic; the model has no say.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from catalog.schema import Span
from solver.domain.plan import Plan, Session
from solver.domain.problem import (
    Avoidances,
    BalanceRule,
    MuscleGoal,
    PinnedEntry,
    PinnedSession,
    Problem,
    RequiredExercise,
    RuleSettings,
)
from solver.model import MINIMA, QUALITY, TARGETS, measured
from solver.verifier import CHECKS, verify
from solver.verifier.facts import digest
from tests.solver.rule_lab import (
    FLOOR,
    GYM,
    athlete,
    drill,
    exercise,
    goal,
    lower,
    plan_of,
    rung,
    settings,
    slot,
    thoracic,
    upper,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.schema import Exercise
    from solver.domain.problem import Athlete, Basis, Slot

SEEDS = range(36)
MOST_WEEKS = 8_000

LOCAL_RULES = frozenset(
    {
        "equipment.available",
        "time.session",
        "volume.session_max",
        "structure.exercises",
        "structure.order",
        "athlete.skill",
        "athlete.prerequisite",
        "athlete.exclusions",
    }
)
"""What a session breaks of these it breaks in every week it stands in."""

PECS, LATS, QUADS, HAMS, CUFF = "pectorals", "latissimus_dorsi", "quadriceps", "hamstrings", "rotator_cuff_external"
LOW_TRAP, UPPER_TRAP, CALVES = "trapezius_lower", "trapezius_upper", "calves"


def _span(low: int, high: int) -> Span:
    return Span(min=low, max=high)


ROTATION = thoracic("turn", "rotation").model_copy(update={"sets": _span(1, 1)})
EXTENSION = thoracic("arch", "extension").model_copy(update={"sets": _span(1, 1)})
RAISE = exercise(
    "y_raise",
    region="upper",
    pattern="scapular_control",
    push_pull="pull",
    shoulder_rotation="external",
    lower_trap_direct=True,
    muscles={LOW_TRAP: 4, CUFF: 2},
    secondary_muscles={UPPER_TRAP: 1},
    guide_mistakes=frozenset({3}),
    sets=_span(1, 2),
)
"""Lower trapezius and external rotation at once: what no rule ever waives."""

EXTRAS: tuple[tuple[Exercise, ...], ...] = (
    (
        upper("press", "push", pattern="horizontal_push", muscles={PECS: 4}, sets=_span(3, 3), loading="loaded"),
        upper("row", "pull", row_type="led", row_implement="dumbbell", muscles={LATS: 4}, sets=_span(3, 4)),
    ),
    (
        upper(
            "bench",
            "push",
            pattern="horizontal_push",
            shoulder_rotation="internal",
            muscles={PECS: 4},
            sets=_span(3, 3),
            session_slot=4,
            loading="loaded",
            equipment=(("barbell", "rack"),),
            warmup_seconds=120,
        ),
        upper(
            "pulldown", "pull", pattern="vertical_pull", muscles={LATS: 4}, sets=_span(3, 4), equipment=(("cable",),)
        ),
    ),
    (upper("push_up", "push", pattern="horizontal_push", muscles={PECS: 3}, sets=_span(2, 3), loading="light"),),
    (
        lower(
            "squat",
            "push",
            pattern="squat",
            muscles={QUADS: 4},
            sets=_span(2, 2),
            session_slot=4,
            axial_load=3,
            warmup_seconds=180,
        ),
        lower("hinge", "pull", pattern="hip_hinge", muscles={HAMS: 4}, sets=_span(3, 4), axial_load=3),
    ),
    (
        drill("hinge_drill", pattern="hip_hinge", is_hinge_drill=True, session_slot=2, sets=_span(1, 1)),
        lower(
            "rack_pull",
            "pull",
            pattern="hip_hinge",
            ladder=rung("deadlift", 3),
            barbell_hinge=True,
            muscles={HAMS: 3},
            sets=_span(2, 3),
            stress=frozenset({"spinal_load"}),
            warmup_seconds=240,
        ),
    ),
    (
        upper(
            "hold",
            "pull",
            pattern="vertical_pull",
            is_isometric=True,
            ladder=rung("pull_up", 4),
            muscles={LATS: 2},
            sets=_span(3, 3),
            equipment=(("pull_up_bar",),),
        ),
    ),
    (lower("leg_curl", "pull", mechanic="isolation", ratio_units=1, muscles={HAMS: 4}, sets=_span(3, 3)),),
    (
        exercise(
            "light_raise",
            region="upper",
            pattern="scapular_control",
            push_pull="pull",
            shoulder_rotation="external",
            lower_trap_direct=True,
            muscles={CUFF: 4, LOW_TRAP: 2},
            sets=_span(2, 3),
        ),
    ),
    (
        exercise("calf_raise", muscles={CALVES: 4}, sets=_span(2, 3)),
        exercise("shrug", muscles={UPPER_TRAP: 4}, upper_trap_direct=True, sets=_span(1, 1)),
    ),
)
"""Small families; an instance takes one or two of them."""


@dataclass(frozen=True)
class _Draw:
    """The dice of one instance."""

    dice: random.Random

    def chance(self, percent: int) -> bool:
        return self.dice.randrange(100) < percent

    def catalog(self, days: int) -> tuple[Exercise, ...]:
        """Drills and the raise, nearly always enough of them, and one or two families with at most six in all."""
        chosen = [ROTATION, RAISE if days > 1 else RAISE.model_copy(update={"sets": _span(1, 4)})]
        if days > 1 and self.chance(95):
            chosen.append(EXTENSION)
        families = self.dice.sample(EXTRAS, 2)
        for family in families:
            if len(chosen) + len(family) <= (5 if days > 1 else 6):
                chosen += family
        return tuple(sorted(chosen, key=lambda e: e.id))

    def slots(self, days: int) -> tuple[Slot, ...]:
        names = [("mon", "tue"), ("mon", "thu"), ("sun", "mon")][self.dice.randrange(3)][:days]
        offered = [
            slot(name, minutes=self.dice.choice((20, 26, 34, 45)), place=FLOOR if self.chance(12) else GYM)
            for name in names
        ]
        return tuple(sorted(offered, key=lambda s: s.start_minute))

    def goal(self, muscle: str) -> MuscleGoal:
        low = self.dice.randint(0, 3)
        target = low + self.dice.randint(0, 4)
        return goal(
            muscle,
            weekly_min_sets=low,
            weekly_target_sets=target,
            weekly_max_sets=target + self.dice.randint(2, 8),
            session_max_sets=self.dice.randint(3, 8),
            recovery_hours=self.dice.choice((24, 48, 72)),
            recovery_free_sets=self.dice.randint(1, 3),
            priority=self.dice.randint(0, 3),
            required=self.chance(5),
        )

    def rules(self, days: int) -> RuleSettings:
        fewest = self.dice.randint(1, days)
        basis: Basis = self.dice.choice(("sets", "movements", "both")) if self.chance(30) else "sets"
        return settings(
            thoracic_distinct=self.dice.randint(1, 2),
            upper_balance=BalanceRule(Fraction(self.dice.choice((2, 2, 2, 3, 4)), 2), None, basis),
            lower_balance=BalanceRule(Fraction(1), Fraction(self.dice.choice((2, 3, 6)), 2), "sets"),
            external_rotation_sets=self.dice.randint(2, 3),
            lower_trap_sets=self.dice.randint(2, 3),
            sessions_min=fewest,
            sessions_max=days if self.chance(75) else fewest,
            working_exercises_max=self.dice.randint(3, 5),
        )

    def athlete(self, catalog: Sequence[Exercise]) -> Athlete:
        wanted = self.dice.choice(catalog)
        wants = (RequiredExercise(wanted.id, self.dice.randint(1, 3)),) if self.chance(25) else ()
        return athlete(
            stages={"deadlift": self.dice.choice((1, 3, 3, 3, 3, 4)), "pull_up": self.dice.choice((3, 4, 6))},
            avoid=Avoidances(stress=frozenset({"spinal_load"})) if self.chance(10) else Avoidances(),
            favourites=frozenset({self.dice.choice(catalog).id}),
            dislikes=frozenset({self.dice.choice(catalog).id}),
            must_include=wants,
        )


@cache
def tiny_problem(seed: int) -> Problem:
    """One or two days and at most six exercises; the same for the same seed."""
    draw = _Draw(random.Random(seed))
    days = 1 + (seed % 3 > 0)
    catalog, slots = draw.catalog(days), draw.slots(days)
    muscles = sorted({muscle for e in catalog for muscle in e.muscle_quarters})
    pinned = draw.dice.choice(catalog)
    pins = (PinnedEntry(slots[0].id, pinned.id, draw.dice.choice((0, pinned.sets.max))),) if draw.chance(20) else ()
    rest_day = (PinnedSession(slots[-1].id, ()),) if draw.chance(6) else ()
    return Problem(
        exercises=catalog,
        muscles=tuple(draw.goal(muscle) for muscle in muscles),
        slots=slots,
        athlete=draw.athlete(catalog),
        rules=draw.rules(days),
        pinned_entries=pins,
        pinned_sessions=rest_day,
        week_repeats=draw.chance(70),
    )


def keeps_local_rules(problem: Problem, plan: Plan) -> bool:
    """Whether no session breaks a rule that it breaks wherever it stands."""
    facts = digest(problem, plan)
    return all(CHECKS[rule](facts).holds for rule in LOCAL_RULES)


def _sessions(problem: Problem, where: Slot) -> list[Session | None]:
    """Everything that can be done in a slot on its own, and nothing."""
    counts = [[0, *range(e.sets.min, e.sets.max + 1)] for e in problem.exercises]
    found: list[Session | None] = [None]
    for sets in product(*counts):
        chosen = {e.id: n for e, n in zip(problem.exercises, sets, strict=True) if n}
        plan = plan_of(problem, {where.id: chosen})
        if plan.sessions and keeps_local_rules(problem, plan):
            found.append(plan.sessions[0])
    return found


def every_week(problem: Problem) -> list[Plan]:
    """All weeks whose sessions are each valid on their own, the empty week among them."""
    by_slot = [_sessions(problem, where) for where in problem.slots]
    return [Plan(tuple(session for session in week if session is not None)) for week in product(*by_slot)]


_STRICTEST = list(CHECKS)
"""Every rule, the one that rejected a week last first: it is likely to reject the next."""


def is_valid(problem: Problem, plan: Plan) -> bool:
    """Whether `verify` finds nothing wrong. Thousands of weeks are asked for, so those that one check rejects go first.

    A check's own word is the verifier's where there is no past to tell it apart from.
    """
    assert not problem.done
    facts = digest(problem, plan)
    for rule in _STRICTEST:
        if not CHECKS[rule](facts).holds:
            _STRICTEST.remove(rule)
            _STRICTEST.insert(0, rule)
            return False
    return not verify(problem, plan)


def tiers_of(problem: Problem, plan: Plan) -> tuple[int, int, int]:
    """Minima and targets, of which less is better, and quality, of which more is better."""
    minima, targets, quality = (sum(measured(problem, plan, spec).values()) for spec in (MINIMA, TARGETS, QUALITY))
    return minima, targets, quality


def valid_weeks(problem: Problem) -> Iterator[tuple[tuple[int, int, int], Plan]]:
    """All valid weeks with their tiers, the best first."""
    weeks = every_week(problem)
    assert len(weeks) <= MOST_WEEKS
    valued = [(tiers_of(problem, plan), plan) for plan in weeks if is_valid(problem, plan)]
    return iter(sorted(valued, key=lambda week: (week[0][0], week[0][1], -week[0][2])))
