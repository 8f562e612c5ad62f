"""Every rule parameter of a problem: the request's value or the default, and which of them were stated or loosened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.plans.mapping.rules import RuleValues, exact
from service.plans.schemas.rules import EVERY_MUSCLE
from solver.domain.problem import BalanceRule, RuleSettings
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catalog.catalog import Catalog
    from service.plans.schemas import PlanRequest
    from solver.domain.problem import MuscleGoal
    from solver.rulebook import Parameter

_UPPER, _LOWER = "balance.upper_pull_push", "balance.lower_pull_push"


def with_catalog_defaults(request: PlanRequest, catalog: Catalog) -> RuleValues:
    """The request's rules over the catalog's defaults, where the catalog has them; the rulebook has the others."""
    defaults = catalog.defaults
    base: Mapping[str, Mapping[str, Any]] = {
        "time.session": {"warmup_seconds": defaults.warmup_seconds, "changeover_seconds": defaults.changeover_seconds},
        "structure.exercises": {"max": defaults.max_working_exercises, "drills": defaults.max_drills},
    }
    rules = {**base, **request.rules}
    return RuleValues({rule: {**base.get(rule, {}), **given} for rule, given in rules.items()})


def rule_settings(
    request: PlanRequest,
    catalog: Catalog,
    sessions: tuple[int, int],
    default_goals: Mapping[str, MuscleGoal],
) -> RuleSettings:
    """Resolve all parameters. `sessions` are the fewest and the most; `default_goals` are each muscle's own numbers
    before the request changed them, against which a looser one is told."""
    values = with_catalog_defaults(request, catalog)
    number = values.value
    return RuleSettings(
        thoracic_distinct=number("mobility.thoracic", "distinct"),
        upper_balance=BalanceRule(exact(number(_UPPER, "ratio")), None, number(_UPPER, "basis")),
        lower_balance=BalanceRule(exact(number(_LOWER, "min")), exact(number(_LOWER, "max")), number(_LOWER, "basis")),
        external_rotation_sets=number("shoulder.external_rotation", "sets"),
        external_rotation_share=exact(number("shoulder.external_rotation", "share")),
        lower_trap_sets=number("scapula.lower_trap", "sets"),
        lower_trap_ratio=exact(number("scapula.lower_trap", "ratio")),
        isometric_hold_sessions=number("pull.isometric_hold", "sessions"),
        retraction_row_sets=number("row.retraction", "sets"),
        deadlift_loaded_stages=number("progression.deadlift", "loaded_stages"),
        sessions_min=sessions[0],
        sessions_max=sessions[1],
        sessions_per_day=number("structure.sessions", "per_day"),
        working_exercises_max=number("structure.exercises", "max"),
        drills_max=number("structure.exercises", "drills"),
        warmup_seconds=number("time.session", "warmup_seconds"),
        changeover_seconds=number("time.session", "changeover_seconds"),
        stated=frozenset(_stated(request)),
        loosened=frozenset(_loosened(request, catalog, default_goals)),
    )


def _stated(request: PlanRequest) -> Iterator[str]:
    for rule, _, name, _ in _given(request):
        yield f"{rule}:{name}"
    for name in ("min", "max"):
        if getattr(request.week.sessions, name) is not None:
            yield f"structure.sessions:{name}"


def _loosened(request: PlanRequest, catalog: Catalog, default_goals: Mapping[str, MuscleGoal]) -> Iterator[str]:
    defaults = with_catalog_defaults(request.model_copy(update={"rules": {}}), catalog)
    for rule, parameter, name, value in _given(request):
        if parameter.kind == "per_muscle":
            default = _own_number(rule, default_goals[name.rpartition(".")[2]], request)
        else:
            default = defaults.value(rule, name)
        if _is_weaker(parameter.weaker, value, default):
            yield f"{rule}:{name}"


def _given(request: PlanRequest) -> Iterator[tuple[str, Parameter, str, Any]]:
    """Every single number and choice of the request: rule, parameter, its full name (`hours.calves`), value."""
    for rule, given in request.rules.items():
        for parameter in RULE_BY_ID[rule].parameters:
            if parameter.kind == "per_muscle":
                prefix = "" if parameter.name == EVERY_MUSCLE else f"{parameter.name}."
                numbers = RuleValues(request.rules).per_muscle(rule, parameter.name)
                yield from ((rule, parameter, prefix + muscle, number) for muscle, number in numbers.items())
            elif parameter.name in given:
                yield rule, parameter, parameter.name, given[parameter.name]


def _is_weaker(direction: str, value: Any, default: Any) -> bool:
    if direction == "none" or default is None:
        return False
    return bool(value < default if direction == "lower" else value > default)


def _own_number(rule: str, goal: MuscleGoal, request: PlanRequest) -> int | None:
    """The athlete's default for one muscle; None where the rule does not apply without being asked for."""
    if rule == "volume.weekly_min":
        return goal.weekly_min_sets if goal.muscle in request.athlete.required_muscles else None
    return {
        "recovery.muscle": goal.recovery_hours,
        "volume.session_max": goal.session_max_sets,
        "volume.weekly_max": goal.weekly_max_sets,
    }[rule]
