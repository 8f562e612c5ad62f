"""Reading a body: bytes -> model, or everything that is wrong with its shape in plain words."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from service.errors import Fault, MalformedJsonError, RequestError, pointer
from service.validation.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

MAX_FAULTS = 100
"""A body with more faults than this is refused without listing them: nobody reads on."""

_EXPECTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "string_type": "a text",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "pin_form": "an object",
    "equipment_form": "the name of an equipment preset, or a list of equipment ids",
}


def parse(model: type[Model], raw: bytes) -> Model:
    """Read a JSON body strictly.

    Raises MalformedJsonError when it is not JSON or an object has a key twice, RequestError with every fault when its
    shape is wrong.
    """
    try:
        body = model.model_validate_json(raw)
    except ValidationError as error:
        _require_single_keys(raw, error)
        if error.error_count() > MAX_FAULTS:
            message = f"more than {MAX_FAULTS} fields are wrong; compare the body with /openapi.json"
            raise RequestError([Fault("", "too_many_faults", message)]) from None
        details = error.errors(include_url=False)
    else:
        _require_single_keys(raw)
        return body
    raise RequestError([shape_fault(model, detail) for detail in details])


def _require_single_keys(raw: bytes, error: ValidationError | None = None) -> None:
    """Refuse what is no JSON, or has a key twice: readers would disagree which of the two is meant."""
    if error is not None and error.error_count() == 1:
        detail = error.errors(include_url=False)[0]
        if detail["type"] == "json_invalid":
            raise MalformedJsonError(f"The body is not valid JSON: {detail['ctx']['error']}.") from None
    # Numbers stay texts: their digits do not matter here, and there may be thousands of them.
    json.loads(raw, object_pairs_hook=_with_single_keys, parse_int=str, parse_float=str)


def _with_single_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise MalformedJsonError(f"The key {_short(twice)} occurs more than once in the same object.")
    return found


def shape_fault(model: type[BaseModel], detail: ErrorDetails) -> Fault:
    """One pydantic error in our words; `model` is the root of the body."""
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    # A union's branch appears in the location under its tag, which is no part of the body.
    parts = [part for part in detail["loc"] if not (isinstance(part, str) and part.startswith("<"))]
    at, name = pointer(*parts), _name(parts)
    if kind == "missing":
        return Fault(at, "required", f"{name} is required here")
    if kind == "extra_forbidden":
        known = _fields_at(model, detail["loc"][:-1])
        hint = nearest(name, known)
        return Fault(at, "unknown_field", f"there is no field {_short(name)} here", sorted(known), hint)
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        guess = nearest(given, choices) if isinstance(given, str) else ()
        return Fault(at, "unknown_choice", f"{name} is one of {', '.join(choices)}", choices, guess)
    if kind == "wrong_size":
        allowed = {"minimum": context["minimum"], "maximum": context["maximum"]}
        message = f"{name} holds {allowed['minimum']} to {allowed['maximum']} items, not {context['given']}"
        return Fault(at, "wrong_size", message, allowed)
    if kind == "finite_number":
        return Fault(at, "wrong_type", f"{name} is a finite number; NaN and Infinity are not")
    if kind in _EXPECTED:
        return Fault(at, "wrong_type", f"{name} is {_EXPECTED[kind]}, not {in_words(given)}")
    return Fault(at, "invalid", f"{name}: {detail['msg']}")


def _name(parts: Sequence[str | int]) -> str:
    """What a place in the body is called; an item goes by the name of its list."""
    if not parts:
        return "the body"
    names = [part for part in parts if isinstance(part, str)]
    return f"each of {names[-1]}" if names and isinstance(parts[-1], int) else str(parts[-1])


def in_words(value: Any) -> str:
    """What kind of JSON value this is, without repeating it at length."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return "a number" if isinstance(value, int) else "a decimal number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "an object"


def _short(name: str) -> str:
    return repr(name if len(name) <= 64 else name[:61] + "...")


def _fields_at(model: type[BaseModel], location: Sequence[str | int]) -> tuple[str, ...]:
    """Names of the fields of the object at `location`, found by following the annotations."""
    candidates: list[Any] = [model]
    for part in location:
        if isinstance(part, int) or part.startswith("<"):
            continue
        candidates = [c.model_fields[part].annotation for c in candidates if part in c.model_fields]
        candidates = [found for annotation in candidates for found in _models_in(annotation)]
    return tuple(dict.fromkeys(name for c in candidates for name in c.model_fields))


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """Every model that occurs in an annotation, however wrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for argument in get_args(annotation) for found in _models_in(argument)]
