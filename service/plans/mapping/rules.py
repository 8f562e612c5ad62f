"""The `rules` object: checked against the rulebook, then resolved into settings."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from service.errors import Fault, pointer
from service.plans.schemas.rules import EVERY_MUSCLE
from service.validation.nearest import nearest
from service.validation.parsing import in_words
from service.validation.walk import known_words, range_fault, unknown_fault
from solver.rulebook import RULE_BY_ID, Parameter, RuleSpec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import JsonValue

    from catalog.catalog import Catalog

LARGEST_DENOMINATOR = 100
"""Ratios are exact fractions with a denominator of at most this: 1.33 is 133/100, 1.3333 is 4/3."""

_LOWER = "balance.lower_pull_push"


def exact(value: float) -> Fraction:
    """A decimal ratio as the exact fraction the model calculates with."""
    return Fraction(value).limit_denominator(LARGEST_DENOMINATOR)


@dataclass(frozen=True)
class RuleValues:
    """The request's rules, already checked, with the rulebook's defaults behind them."""

    given: Mapping[str, Mapping[str, Any]]

    def value(self, rule: str, parameter: str) -> Any:
        """What applies: the request's value, else the rulebook's default."""
        given = self.given.get(rule, {})
        return given[parameter] if parameter in given else RULE_BY_ID[rule].parameter(parameter).default

    def per_muscle(self, rule: str, parameter: str = EVERY_MUSCLE) -> Mapping[str, int]:
        """Muscle -> number, for the muscles the request names."""
        given = self.given.get(rule, {})
        found: Mapping[str, int] = given if parameter == EVERY_MUSCLE else given.get(parameter, {})
        return found


def rule_faults(rules: Mapping[str, Mapping[str, JsonValue]], catalog: Catalog) -> list[Fault]:
    """Unknown rules and parameters, wrong types, numbers out of bounds, and a smallest ratio above the largest."""
    return [*_faults(rules, catalog), *_crossed_ratios(rules)]


def _faults(rules: Mapping[str, Mapping[str, JsonValue]], catalog: Catalog) -> Iterator[Fault]:
    for rule_id, given in rules.items():
        spec = RULE_BY_ID.get(rule_id)
        if spec is None:
            yield unknown_fault(
                pointer("rules", rule_id), rule_id, "rule", {r.id: (r.title,) for r in RULE_BY_ID.values()}
            )
            continue
        names = {parameter.name: parameter for parameter in spec.parameters}
        for name, value in given.items():
            at = pointer("rules", rule_id, name)
            if EVERY_MUSCLE in names:
                yield from _muscle_fault(at, name, value, names[EVERY_MUSCLE], catalog)
            elif name in names:
                yield from _value_faults(at, value, names[name], catalog)
            else:
                yield _unknown_parameter(at, name, spec)


def _unknown_parameter(at: str, name: str, spec: RuleSpec) -> Fault:
    names = [parameter.name for parameter in spec.parameters]
    if spec.id == "structure.sessions" and name in ("min", "max"):
        return Fault(at, "unknown_field", f"the number of sessions is set by /week/sessions/{name}", names)
    offer = f"it has {', '.join(names)}" if names else "it has none"
    return Fault(at, "unknown_field", f"{spec.id} has no parameter {name[:64]!r}: {offer}", names, nearest(name, names))


def _value_faults(at: str, value: JsonValue, parameter: Parameter, catalog: Catalog) -> Iterator[Fault]:
    if parameter.kind == "per_muscle":
        if not isinstance(value, dict):
            yield Fault(at, "wrong_type", f"{parameter.name} is an object of muscle and number, not {in_words(value)}")
            return
        for muscle, number in value.items():
            yield from _muscle_fault(f"{at}{pointer(muscle)}", muscle, number, parameter, catalog)
    elif parameter.kind == "choice":
        if value not in parameter.choices:
            guess = nearest(value, parameter.choices) if isinstance(value, str) else ()
            message = f"{parameter.name} is one of {', '.join(parameter.choices)}"
            yield Fault(at, "unknown_choice", message, list(parameter.choices), guess)
    else:
        yield from _number_faults(at, value, parameter)


def _muscle_fault(at: str, muscle: str, value: JsonValue, parameter: Parameter, catalog: Catalog) -> Iterator[Fault]:
    if muscle not in catalog.muscles:
        yield unknown_fault(at, muscle, "muscle", known_words("muscles", catalog))
    yield from _number_faults(at, value, parameter)


def _number_faults(at: str, value: JsonValue, parameter: Parameter) -> Iterator[Fault]:
    """A ratio takes any finite number, everything else a whole one; both inside the parameter's bounds."""
    name = at.rsplit("/", 1)[-1]
    wanted, expected = ((int, float), "a number") if parameter.kind == "ratio" else ((int,), "a whole number")
    if isinstance(value, bool) or not isinstance(value, wanted):
        yield Fault(at, "wrong_type", f"{name} is {expected}, not {in_words(value)}")
    elif isinstance(value, float) and not math.isfinite(value):
        yield Fault(at, "wrong_type", f"{name} is a finite number; NaN and Infinity are not")
    elif parameter.minimum is not None and parameter.maximum is not None:
        assert isinstance(value, int | float)
        if not parameter.minimum <= value <= parameter.maximum:
            yield range_fault(at, value, parameter.minimum, parameter.maximum, parameter.unit)


def _crossed_ratios(rules: Mapping[str, Mapping[str, JsonValue]]) -> Iterator[Fault]:
    given = rules.get(_LOWER, {})
    spec = RULE_BY_ID[_LOWER]
    if any(list(_number_faults("", given[n], spec.parameter(n))) for n in ("min", "max") if n in given):
        return
    values = RuleValues({_LOWER: given})
    smallest, largest = values.value(_LOWER, "min"), values.value(_LOWER, "max")
    if exact(smallest) > exact(largest):
        at = pointer("rules", _LOWER, "min" if "min" in given else "max")
        message = f"the smallest ratio ({smallest:g}) is above the largest ({largest:g}); both are set by this rule"
        yield Fault(at, "contradiction", message)
