"""The rules against the guide's six mistakes, in the words and numbers of one request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.plans.phrases import counted, ratio_of, sets_of
from solver.domain import kinds
from solver.domain.eligibility import Eligibility
from solver.rules.balance_upper_pull_push import PUSH_SETS
from solver.rules.progression_deadlift import FLOOR_STAGE, TRAP_BAR_STAGE

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.domain.problem import BalanceRule, Problem

_DRILL = "drill@"


def thoracic(problem: Problem, subject: str) -> str | None:
    """`mobility.thoracic`: about the week, a slot, or a direction."""
    if subject == "":
        distinct = problem.rules.thoracic_distinct
        many = "a thoracic drill" if distinct == 1 else f"{distinct} different thoracic drills"
        return f"the week has {many}, or one per session if fewer"
    if subject in problem.slot_by_id:
        return f"'{subject}' opens with a thoracic drill when it trains the upper body"
    if subject in ("rotation", "extension"):
        return f"the week has a thoracic drill of {subject} when it has two sessions or more"
    return None


def upper_balance(problem: Problem, subject: str) -> str | None:
    """`balance.upper_pull_push`."""
    balance = problem.rules.upper_balance
    if subject == "push stays":
        horizontal = Eligibility.of(problem).eligible(lambda e: kinds.compound(e) and e.pattern == "horizontal_push")
        push = "compound horizontal push" if horizontal else "compound push"
        return f"the week has {sets_of(PUSH_SETS)} or more of one {push}"
    return {
        "ratio": f"upper-body pulling is at least {ratio_of(balance.minimum)} times the pushing{_basis(balance)}",
        "single joint": "at most a third of the upper-body pulling is single-joint work",
    }.get(subject)


def lower_balance(problem: Problem, subject: str) -> str | None:
    """`balance.lower_pull_push`."""
    balance = problem.rules.lower_balance
    low = ratio_of(balance.minimum)
    span = f"at least {low}" if balance.maximum is None else f"{low} to {ratio_of(balance.maximum)}"
    return {
        "ratio": f"posterior-chain work is {span} times the quad-dominant work{_basis(balance)}",
        "single joint": f"at most a third of the {_capped_sides(problem)} is single-joint work",
        "squat or lunge stays": "the week has at least one compound squat or lunge",
        "posterior stays": "the week has at least one hard exercise of the posterior chain",
    }.get(subject)


def _basis(balance: BalanceRule) -> str:
    return {"sets": "", "movements": ", counted in movements", "both": ", counted in sets and in movements"}[
        balance.basis
    ]


def _capped_sides(problem: Problem) -> str:
    """The sides whose single-joint work is limited: those with a compound to do instead."""
    possible = Eligibility.of(problem).eligible

    def side(member: str, of_side: tuple[Exercise, ...]) -> list[str]:
        return [member] if any(kinds.compound(e) for e in of_side) else []

    sides = side("posterior-chain work", possible(kinds.posterior))
    return " and of the ".join([*sides, *side("quad-dominant work", possible(kinds.quad_dominant))])


def external_rotation(problem: Problem, subject: str) -> str | None:
    """`shoulder.external_rotation`."""
    rules = problem.rules
    share = ratio_of(rules.external_rotation_share)
    return {
        "sets": f"the week has at least {sets_of(rules.external_rotation_sets)} of external rotation",
        "share": f"the sets of external rotation are at least {share} times the inward rotating ones",
        "days": "external rotation is spread over two sessions, where the week has two",
    }.get(subject)


def lower_trap(problem: Problem, subject: str) -> str | None:
    """`scapula.lower_trap`."""
    rules = problem.rules
    return {
        "floor": f"the week has at least {sets_of(rules.lower_trap_sets)} of direct lower-trapezius work, half of it "
        "with exercises that train it hardest",
        "weighted": f"the lower trapezius gets at least {ratio_of(rules.lower_trap_ratio)} times the upper's sets",
        "direct": "the lower trapezius gets at least as many direct sets as the upper",
    }.get(subject)


def isometric_hold(problem: Problem, _: str) -> str:
    """`pull.isometric_hold`."""
    number = problem.rules.isometric_hold_sessions
    return f"at least {counted(number, 'session')} a week {'has' if number == 1 else 'have'} a top-position hold"


def retraction_row(problem: Problem, subject: str) -> str | None:
    """`row.retraction`."""
    if subject == "half":
        return "at least half of all row sets are led by the shoulder blades"
    if subject != "sets":
        return None
    preferred = Eligibility.of(problem).eligible(kinds.led_dumbbell_or_cable_row)
    rows = "dumbbell or cable rows" if preferred else "rows"
    return f"the week has at least {sets_of(problem.rules.retraction_row_sets)} of {rows} led by the shoulder blades"


def deadlift(problem: Problem, subject: str) -> str | None:
    """`progression.deadlift`."""
    stage = problem.athlete.stages[kinds.DEADLIFT]
    if subject.startswith(_DRILL) and subject.removeprefix(_DRILL) in problem.slot_by_id:
        what = "exercise of the deadlift ladder" if stage >= kinds.FIRST_LOADED_STAGE else "hinge"
        return f"in '{subject.removeprefix(_DRILL)}' a hinge drill comes before any other {what}"
    most = problem.rules.deadlift_loaded_stages
    return {
        "current stage": f"the athlete's deadlift stage, {stage}, is trained at least once a week",
        "loaded stages": f"the week trains at most {counted(most, 'loaded stage')} of the deadlift ladder",
        "no jump": "the week's loaded deadlift stages lie no more than one apart",
        "no falling back": "the loaded deadlift stage never falls from one session to the next",
        "ahead of the ladder": f"at deadlift stage {stage} the week has {_nothing_ahead(stage)}",
    }.get(subject)


def _nothing_ahead(stage: int) -> str:
    if stage < kinds.FIRST_LOADED_STAGE:
        return "no loaded barbell hinge, no pull from the floor and nothing from higher stages"
    if stage < TRAP_BAR_STAGE:
        return "no pull from the floor and nothing from higher stages"
    if stage < FLOOR_STAGE:
        return "no pull from the floor but with the trap bar, and nothing from higher stages"
    return "nothing from higher stages"
