"""A programme as it lies in a file: which of the three forms it has, and the request that it makes."""

from __future__ import annotations

import json
from typing import Any

from service.audits.forms import Form
from service.audits.reading.table import looks_like_a_table
from service.audits.schemas import AuditRequest
from service.errors import Fault, MalformedJsonError, RequestError
from service.validation.parsing import parse

_OF_PLANS_ONLY = ("pins", "objective", "supersets", "solve")
_OF_THE_WEEK = ("starts_on", "repeats")


def request_of(
    content: bytes, form: Form, about: bytes | None = None, *, repair: bool = False, time_limit: float | None = None
) -> AuditRequest:
    """The request that a file makes; `repair` and its seconds win over what it says.

    JSON is a whole request, a week, a list of sessions, or the answer to a plan, which brings its own athlete and
    places. `about` is a plan's or an audit's request: what it says of athlete, places, rules and week wins. Raises
    MalformedJsonError and RequestError.
    """
    body = _body(_decoded(content), form)
    if about is not None:
        body = {**body, **_known_of(_object(_loaded(_decoded(about)), "the request"))}
    if repair:
        body = {**body, "repair": True}
    if time_limit is not None:
        told = body.get("solve")
        body = {**body, "solve": {**(told if isinstance(told, dict) else {}), "time_limit_seconds": time_limit}}
    return parse(AuditRequest, json.dumps(body).encode())


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _body(text: str, form: Form) -> dict[str, Any]:
    if form is Form.AUTO:
        form = _form_of(text)
    if form is Form.CSV:
        return {"programme": {"csv": text}}
    if form is Form.TEXT:
        return {"programme": {"text": text}}
    found = _loaded(text)
    if isinstance(found, list):
        return {"programme": {"sessions": found}}
    whole = _object(found, "the programme")
    if "programme" in whole:
        return whole
    if "sessions" in whole:
        return {"programme": whole}
    if "week" in whole and "request" in whole:
        if not isinstance(whole["week"], dict):
            raise RequestError([Fault("/week", "required", "this plan has no week: there is nothing to audit")])
        return {"programme": whole["week"], **_known_of(_object(whole["request"], "the plan's request"))}
    message = "a JSON programme is an object with programme or sessions, a list of sessions, or the answer to a plan"
    raise RequestError([Fault("", "required", message)])


def _form_of(text: str) -> Form:
    if text.lstrip()[:1] in ("{", "["):
        return Form.JSON
    return Form.CSV if looks_like_a_table(text) else Form.TEXT


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise MalformedJsonError(f"The file is not valid JSON: {error}.") from None


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RequestError([Fault("", "wrong_type", f"{what} is an object")])
    return value


def _known_of(request: dict[str, Any]) -> dict[str, Any]:
    """What an audit uses of a plan's request; fields that no request has are kept, to be refused by name."""
    used = {name: value for name, value in request.items() if name not in _OF_PLANS_ONLY}
    week = used.get("week")
    if isinstance(week, dict):
        used["week"] = {name: value for name, value in week.items() if name in _OF_THE_WEEK}
    return used
