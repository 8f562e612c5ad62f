"""The `rules` object of a request, described by the rulebook: rule id -> that rule's own parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import GetJsonSchemaHandler, JsonValue

from solver.rulebook import RULES, Parameter, RuleSpec

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

EVERY_MUSCLE = "*"
"""The parameter name by which the rulebook says: the rule's object is itself muscle -> number."""


def _parameter_schema(parameter: Parameter) -> dict[str, Any]:
    """One parameter as JSON schema."""
    if parameter.kind == "choice":
        return {"type": "string", "enum": list(parameter.choices), "default": parameter.default}
    number = {
        "type": "number" if parameter.kind == "ratio" else "integer",
        "minimum": parameter.minimum,
        "maximum": parameter.maximum,
        "description": parameter.unit,
    }
    if parameter.kind == "per_muscle":
        return {"type": "object", "description": "muscle id -> number", "additionalProperties": number}
    return {**number, "default": parameter.default}


def _rule_schema(spec: RuleSpec) -> dict[str, Any]:
    """One rule's object as JSON schema."""
    described: dict[str, Any] = {"type": "object", "title": spec.title, "description": spec.sentence}
    for parameter in spec.parameters:
        if parameter.name == EVERY_MUSCLE:
            return {**described, "additionalProperties": _parameter_schema(parameter)["additionalProperties"]}
    properties = {parameter.name: _parameter_schema(parameter) for parameter in spec.parameters}
    return {**described, "properties": properties, "additionalProperties": False}


@dataclass(frozen=True)
class DescribedByRulebook:
    """Gives the `rules` object its JSON schema; `service.plans.mapping.rules` checks the values."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        adjustable = [spec for spec in RULES if spec.parameters]
        return {
            **handler(schema),
            "properties": {spec.id: _rule_schema(spec) for spec in adjustable},
            "additionalProperties": False,
        }


RuleParameters = Annotated[dict[str, dict[str, JsonValue]], DescribedByRulebook()]
"""Rule id -> parameter -> value. Types, names and bounds are those of the rulebook."""
