"""Changes of a rule's parameters, inside their bounds and only towards the weaker side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.plans.mapping.athlete import default_goals
from service.plans.mapping.settings import with_catalog_defaults
from service.plans.phrases import name_of
from service.plans.schemas.rules import EVERY_MUSCLE
from service.plans.suggestions import costs
from service.plans.suggestions.asked import Asked, Change, Offers, offer
from service.plans.suggestions.patching import drop, put
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.plans.suggestions.patching import Key, Operation
    from solver.domain.problem import MuscleGoal
    from solver.domain.subject import Subject
    from solver.rulebook import Parameter

WORDS = {
    ("mobility.thoracic", "distinct"): "the number of different thoracic drills a week",
    ("balance.upper_pull_push", "ratio"): "the ratio of upper-body pulling to pushing",
    ("balance.lower_pull_push", "min"): "the smallest ratio of posterior-chain to quad-dominant work",
    ("balance.lower_pull_push", "max"): "the largest ratio of posterior-chain to quad-dominant work",
    ("shoulder.external_rotation", "sets"): "the weekly sets of external rotation",
    ("shoulder.external_rotation", "share"): "the ratio of external to internal rotation",
    ("scapula.lower_trap", "sets"): "the weekly sets of direct lower-trapezius work",
    ("scapula.lower_trap", "ratio"): "the ratio of lower to upper trapezius work",
    ("pull.isometric_hold", "sessions"): "the number of sessions with a top-position hold",
    ("row.retraction", "sets"): "the weekly sets of rows led by the shoulder blades",
    ("progression.deadlift", "loaded_stages"): "the number of loaded deadlift stages a week",
    ("time.session", "warmup_seconds"): "the seconds of the general warm-up",
    ("time.session", "changeover_seconds"): "the seconds between two entries",
    ("recovery.muscle", "hours"): "the recovery hours of {muscle}",
    ("volume.session_max", EVERY_MUSCLE): "the most sets of {muscle} in a session",
    ("volume.weekly_max", EVERY_MUSCLE): "the most sets of {muscle} in a week",
    ("volume.weekly_min", EVERY_MUSCLE): "the required sets of {muscle} a week",
    ("structure.sessions", "per_day"): "the number of sessions a day",
    ("structure.exercises", "max"): "the number of working exercises in a session",
    ("structure.exercises", "drills"): "the number of drills in a session",
}
"""Every number of the rulebook that can be made weaker, in words."""
RATIO_STEP, SHARE_STEP = 0.25, 0.05
HOURS_STEP = 12
SECONDS_STEP = 30
FEWEST_HOURS = 24
"""No proposal lets a muscle recover for less than a day."""
_GOALS = {
    "recovery.muscle": "recovery_hours",
    "volume.session_max": "session_max_sets",
    "volume.weekly_max": "weekly_max_sets",
    "volume.weekly_min": "weekly_min_sets",
}
_WAIVABLE = {"pull.isometric_hold": "a top-position hold", "row.retraction": "rows led by the shoulder blades"}


def weaker_numbers(asked: Asked, rule: str, subject: Subject) -> Offers:
    """Weaker values of the parameters that move this part of the rule."""
    found: Offers = []
    for parameter in RULE_BY_ID[rule].parameters:
        if _moves(asked, rule, parameter, subject):
            chosen = parameter.kind == "choice"
            steps = _choice(asked, rule, parameter) if chosen else _steps(asked, rule, parameter, subject)
            found += offer(asked, f"{rule} {parameter.name}", *steps)
    return [*found, *_not_insisted(asked, rule)]


def _moves(asked: Asked, rule: str, parameter: Parameter, subject: Subject) -> bool:
    if parameter.kind == "per_muscle":
        return subject.kind == "muscle"
    if parameter.kind == "choice":
        return parameter.name in asked.request.rules.get(rule, {})
    if rule == "time.session":
        # Nobody is told to warm up less than usual: a longer session costs less.
        now, default = value_in_force(asked, rule, parameter, ""), _default(asked, rule, parameter, "")
        return bool(now > default)
    return subject.kind in ("part", "rule") and parameter.moves == subject.id


def _goal(asked: Asked, muscle: str) -> MuscleGoal:
    return asked.problem.goal_by_muscle[muscle]


def value_in_force(asked: Asked, rule: str, parameter: Parameter, muscle: str) -> Any:
    """The value in force."""
    if parameter.kind == "per_muscle":
        return getattr(_goal(asked, muscle), _GOALS[rule])
    return with_catalog_defaults(asked.request, asked.catalog).value(rule, parameter.name)


def _default(asked: Asked, rule: str, parameter: Parameter, muscle: str) -> Any:
    """The value that would be in force if the request said nothing of it."""
    if parameter.kind == "per_muscle":
        return getattr(default_goals(asked.request, asked.catalog)[muscle], _GOALS[rule])
    silent = asked.request.model_copy(update={"rules": {}})
    return with_catalog_defaults(silent, asked.catalog).value(rule, parameter.name)


def _steps(asked: Asked, rule: str, parameter: Parameter, subject: Subject) -> list[Change]:
    now, default = value_in_force(asked, rule, parameter, subject.id), _default(asked, rule, parameter, subject.id)
    words = WORDS[rule, parameter.name].format(muscle=name_of(subject.id))
    verb = "raise" if parameter.weaker == "higher" else "lower"
    guide = RULE_BY_ID[rule].mistake is not None
    path = path_of(rule, parameter, subject)
    changes = []
    for number, value in enumerate(_weaker(rule, parameter, now), start=1):
        beyond = value > default if parameter.weaker == "higher" else value < default
        note = f", weaker than the guide's {default:g}" if beyond and guide else ""
        statement = f"{verb} {words} to {value:g} instead of {now:g}{note}"
        cost = _cost(rule, parameter, value, default, number)
        changes.append(Change((put(asked.body, path, value),), statement, cost))
    if rule == "volume.weekly_min":
        changes.append(_not_required(asked, subject.id, now))
    return changes


def path_of(rule: str, parameter: Parameter, subject: Subject) -> tuple[Key, ...]:
    """Where the number stands in a request."""
    if parameter.name == EVERY_MUSCLE:
        return ("rules", rule, subject.id)
    muscle = (subject.id,) if parameter.kind == "per_muscle" else ()
    return ("rules", rule, parameter.name, *muscle)


def step_of(rule: str, parameter: Parameter) -> float:
    """The smallest difference that people talk of."""
    if parameter.kind == "ratio":
        return SHARE_STEP if parameter.name == "share" else RATIO_STEP
    if parameter.name.endswith("_seconds"):
        return SECONDS_STEP
    return HOURS_STEP if rule == "recovery.muscle" else 1


def _weaker(rule: str, parameter: Parameter, now: float) -> Iterator[float]:
    """Ever weaker values up to the parameter's bound."""
    assert parameter.minimum is not None
    assert parameter.maximum is not None
    step = step_of(rule, parameter)
    lowest = max(parameter.minimum, FEWEST_HOURS) if rule == "recovery.muscle" else parameter.minimum
    lowest = max(lowest, 1) if rule == "volume.weekly_min" else lowest
    count = 0
    while True:
        count += 1
        value = now + count * step if parameter.weaker == "higher" else now - count * step
        if not lowest <= value <= parameter.maximum:
            return
        yield int(value) if value == int(value) else round(value, 2)


def _cost(rule: str, parameter: Parameter, value: float, default: float, steps: int) -> int:
    """The steps back to the default cost little, those beyond it more, those beyond the guide's most."""
    if rule == "volume.weekly_min":
        return costs.FEWER_SETS * steps
    past = (value - default) if parameter.weaker == "higher" else (default - value)
    beyond = min(steps, max(0, round(past / step_of(rule, parameter)))) if past > 0 else 0
    once, each = (costs.GUIDE, costs.GUIDE_STEP) if RULE_BY_ID[rule].mistake else (costs.LIMIT, costs.LIMIT_STEP)
    if rule == "structure.sessions":
        return costs.SECOND_SESSION_A_DAY * steps
    return costs.OWN_NUMBER * (steps - beyond) + (once + each * beyond if beyond else 0)


def _not_required(asked: Asked, muscle: str, now: int) -> Change:
    """The muscle's minimum becomes a wish like that of all others."""
    required = asked.request.athlete.required_muscles
    places = [index for index, name in enumerate(required) if name == muscle][::-1]
    operations: list[Operation] = [drop(("athlete", "required_muscles", index)) for index in places]
    if muscle in asked.request.rules.get("volume.weekly_min", {}):
        operations.append(drop(("rules", "volume.weekly_min", muscle)))
    return Change(tuple(operations), f"no longer require {name_of(muscle)}", costs.FEWER_SETS * (now + 1))


def _choice(asked: Asked, rule: str, parameter: Parameter) -> list[Change]:
    """Back to the default choice."""
    now = asked.request.rules[rule][parameter.name]
    if now == parameter.default:
        return []
    what = "recovery" if rule == "recovery.muscle" else "units counted"
    statement = f"plan with {parameter.default} {what} instead of {now}"
    if parameter.name == "basis":
        statement = f"count {RULE_BY_ID[rule].title.lower()} in {parameter.default} instead of {now}"
    return [Change((drop(("rules", rule, parameter.name)),), statement, costs.OWN_CHOICE)]


def _not_insisted(asked: Asked, rule: str) -> Offers:
    """An inclusion that the request states, and would be waived if it did not."""
    stated = asked.request.rules.get(rule, {})
    if rule not in _WAIVABLE or not stated:
        return []
    operations = tuple(drop(("rules", rule, name)) for name in stated)
    statement = f"do not insist on {_WAIVABLE[rule]}, so that it is waived where none is possible"
    return offer(asked, f"{rule} stated", Change(operations, statement, costs.NOT_INSISTED))
