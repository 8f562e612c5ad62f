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
    from solver.domain.subject import Subject


def _of_part(subject: Subject, words: dict[str, str]) -> str | None:
    """What is said of one of the rule's own parts."""
    return words.get(subject.id) if subject.kind == "part" else None


def thoracic(problem: Problem, subject: Subject) -> str | None:
    """`mobility.thoracic`: about the week, a slot, or a direction."""
    if subject.kind == "rule":
        distinct = problem.rules.thoracic_distinct
        many = "a thoracic drill" if distinct == 1 else f"{distinct} different thoracic drills"
        return f"the week has {many}, or one per session if fewer"
    if subject.kind == "slot":
        return f"'{subject}' opens with a thoracic drill when it trains the upper body"
    directions = ("rotation", "extension")
    words = {d: f"the week has a thoracic drill of {d} when it has two sessions or more" for d in directions}
    return _of_part(subject, words)


def upper_balance(problem: Problem, subject: Subject) -> str | None:
    """`balance.upper_pull_push`."""
    balance = problem.rules.upper_balance
    horizontal = Eligibility.of(problem).eligible(lambda e: kinds.compound(e) and e.pattern == "horizontal_push")
    push = "compound horizontal push" if horizontal else "compound push"
    words = {
        "ratio": f"upper-body pulling is at least {_times(ratio_of(balance.minimum))} the pushing{_basis(balance)}",
        "single joint": "at most a third of the upper-body pulling is single-joint work",
        "push stays": f"the week has {sets_of(PUSH_SETS)} or more of one {push}",
    }
    return _of_part(subject, words)


def lower_balance(problem: Problem, subject: Subject) -> str | None:
    """`balance.lower_pull_push`."""
    balance = problem.rules.lower_balance
    low = ratio_of(balance.minimum)
    high = None if balance.maximum is None else ratio_of(balance.maximum)
    span = f"at least {low}" if high is None else low if low == high else f"{low} to {high}"
    words = {
        "ratio": f"posterior-chain work is {_times(span)} the quad-dominant work{_basis(balance)}",
        "single joint": f"at most a third of the {_capped_sides(problem)} is single-joint work",
        "squat or lunge stays": "the week has at least one compound squat or lunge",
        "posterior stays": "the week has at least one hard exercise of the posterior chain",
    }
    return _of_part(subject, words)


def _times(span: str) -> str:
    """`at least 2 times`, and `at least as much as` for once."""
    return f"{span[:-1]}as much as" if span.split()[-1] == "1" else f"{span} times"


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


def external_rotation(problem: Problem, subject: Subject) -> str | None:
    """`shoulder.external_rotation`."""
    rules = problem.rules
    share = counted(float(rules.external_rotation_share), "set")
    words = {
        "sets": f"the week has at least {sets_of(rules.external_rotation_sets)} of external rotation",
        "share": f"the week has at least {share} of external rotation for each inward rotating one",
        "days": "external rotation is spread over two sessions, where the week has two",
    }
    return _of_part(subject, words)


def lower_trap(problem: Problem, subject: Subject) -> str | None:
    """`scapula.lower_trap`."""
    rules = problem.rules
    each = counted(float(rules.lower_trap_ratio), "weighted set")
    words = {
        "floor": f"the week has at least {sets_of(rules.lower_trap_sets)} of direct lower-trapezius work, half of it "
        "with exercises that train it hardest",
        "weighted": f"the lower trapezius gets at least {each} for each of the upper",
        "direct": "the lower trapezius gets at least as many direct sets as the upper",
    }
    return _of_part(subject, words)


def isometric_hold(problem: Problem, _: Subject) -> str:
    """`pull.isometric_hold`."""
    number = problem.rules.isometric_hold_sessions
    return f"at least {counted(number, 'session')} a week {'has' if number == 1 else 'have'} a top-position hold"


def retraction_row(problem: Problem, subject: Subject) -> str | None:
    """`row.retraction`."""
    preferred = Eligibility.of(problem).eligible(kinds.led_dumbbell_or_cable_row)
    rows = "dumbbell or cable rows" if preferred else "rows"
    sets = sets_of(problem.rules.retraction_row_sets)
    words = {
        "half": "at least half of all row sets are led by the shoulder blades",
        "sets": f"the week has at least {sets} of {rows} led by the shoulder blades",
    }
    return _of_part(subject, words)


def deadlift(problem: Problem, subject: Subject) -> str | None:
    """`progression.deadlift`."""
    stage = problem.athlete.stages[kinds.DEADLIFT]
    what = "exercise of the deadlift ladder" if stage >= kinds.FIRST_LOADED_STAGE else "hinge"
    most = problem.rules.deadlift_loaded_stages
    words = {
        "drill": f"a hinge drill comes before any other {what} of a session",
        "current stage": f"the athlete's deadlift stage, {stage}, is trained at least once a week",
        "loaded stages": f"the week trains at most {counted(most, 'loaded stage')} of the deadlift ladder",
        "no jump": "the week's loaded deadlift stages lie no more than one apart",
        "no falling back": "the loaded deadlift stage never falls from one session to the next",
        "ahead of the ladder": f"at deadlift stage {stage} the week has {_nothing_ahead(stage)}",
    }
    return _of_part(subject, words)


def _nothing_ahead(stage: int) -> str:
    if stage < kinds.FIRST_LOADED_STAGE:
        return "no loaded barbell hinge, no pull from the floor and nothing from higher stages"
    if stage < TRAP_BAR_STAGE:
        return "no pull from the floor and nothing from higher stages"
    if stage < FLOOR_STAGE:
        return "no pull from the floor but with the trap bar, and nothing from higher stages"
    return "nothing from higher stages"
