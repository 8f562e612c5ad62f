"""Errors as `application/problem+json` (RFC 9457): one document, one place where it is made."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from service import metrics
from service.db.engine import DATABASE_AWAY
from service.errors import PROBLEM_KINDS, ApiError, Fault
from service.validation.nearest import nearest
from solver.domain.outcome import InvalidPlanError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI
    from starlette.requests import Request

MEDIA_TYPE = "application/problem+json"
_CODE_BY_STATUS = {400: "bad-request", 404: "not-found", 405: "method-not-allowed", 413: "too-large"}

_URL_LIMITS = {
    "greater_than_equal": ("is at least {}", "ge"),
    "less_than_equal": ("is at most {}", "le"),
    "string_too_long": ("has at most {} characters", "max_length"),
}

_log = logging.getLogger("service.problems")


class FaultDetails(BaseModel):
    """One thing that is wrong, and what would be right."""

    model_config = ConfigDict(json_schema_extra={"required": ["pointer", "code", "message"]})

    pointer: str = Field(
        description="JSON Pointer (RFC 6901) into the request body; empty for the whole of it.",
        examples=["/rules/balance.upper_pull_push/ratio"],
    )
    code: str = Field(description="Stable name of the kind of fault.", examples=["out_of_range"])
    message: str = Field(examples=["ratio is between 1 and 4 pull per push, not 0"])
    allowed: Any = Field(
        default=None,
        description="What would be accepted: a range, a list of choices or a form in words.",
        examples=[{"minimum": 1, "maximum": 4}],
    )
    nearest: list[str] | None = Field(default=None, description="Known words that are close.", examples=[["glutes"]])
    parameter: str | None = Field(
        default=None, description="Name of the query parameter, when the fault is in the URL.", examples=["limit"]
    )


class ProblemDetails(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(json_schema_extra={"required": ["type", "title", "status", "detail", "instance"]})

    type: str = Field(description="Stable URI path of the kind of problem.", examples=["/problems/invalid-request"])
    title: str = Field(examples=["The request does not make sense"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["ratio is between 1 and 4 pull per push, not 0"])
    instance: str = Field(description="Path of the request.", examples=["/v1/plans"])
    errors: list[FaultDetails] | None = Field(default=None, description="Everything that is wrong with the request.")


def problem_response(error: ApiError, instance: str) -> Response:
    """The error as a response."""
    metrics.count_problem(error.code)
    body = document_of(error, instance).model_dump_json(exclude_none=True)
    return Response(body, error.kind.status, dict(error.headers), media_type=MEDIA_TYPE)


def document_of(error: ApiError, instance: str) -> ProblemDetails:
    """The error as a document."""
    return ProblemDetails(
        type=error.kind.uri,
        title=error.kind.title,
        status=error.kind.status,
        detail=error.detail,
        instance=instance,
        errors=[_details(fault) for fault in error.faults] or None,
    )


def _details(fault: Fault) -> FaultDetails:
    return FaultDetails(
        pointer=fault.pointer,
        code=fault.code,
        message=fault.message,
        allowed=fault.allowed,
        nearest=list(fault.nearest) or None,
        parameter=fault.parameter,
    )


def internal_error() -> ApiError:
    """What a caller is told when the fault is ours."""
    return ApiError("internal-error", "The fault is ours and has been logged under this response's X-Request-Id.")


async def _api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return problem_response(error, request.url.path)


async def _http_error(request: Request, error: Exception) -> Response:
    """Errors of the framework: unknown paths, wrong methods, unreadable requests."""
    assert isinstance(error, HTTPException)
    code = _CODE_BY_STATUS.get(error.status_code, "internal-error" if error.status_code >= 500 else "bad-request")
    detail = {
        "not-found": f"There is nothing at {request.url.path}.",
        "method-not-allowed": f"{request.method} is not possible here.",
    }.get(code, PROBLEM_KINDS[code].meaning)
    headers = dict(error.headers or {})
    if "Allow" in headers:
        headers["Allow"] = ", ".join(_allowed(request))
    return problem_response(ApiError(code, detail, (), headers), request.url.path)


def _allowed(request: Request) -> list[str]:
    """Every method of the address; the framework names those of the first route that fits."""
    routers = [getattr(route, "original_router", None) for route in request.app.routes]
    routes = [route for router in routers if router is not None for route in router.routes]
    fitting = [route for route in routes if route.matches(request.scope)[0] is not Match.NONE]
    found = {method for route in fitting for method in route.methods}
    return sorted(found | {"HEAD"} if "GET" in found else found)


async def _url_error(request: Request, error: Exception) -> Response:
    """Query and path parameters that FastAPI could not read."""
    assert isinstance(error, RequestValidationError)
    known = _query_parameters(request)
    faults = [_url_fault(detail, known) for detail in error.errors()]
    return problem_response(ApiError("invalid-request", faults[0].message, tuple(faults)), request.url.path)


def _query_parameters(request: Request) -> list[str]:
    """Names of the query parameters of the route that was found."""
    dependant = getattr(request.scope.get("route"), "dependant", None)
    annotations = [field.field_info.annotation for field in dependant.query_params] if dependant is not None else []
    models = [found for found in annotations if isinstance(found, type) and issubclass(found, BaseModel)]
    return sorted(name for model in models for name in model.model_fields)


def _url_fault(detail: Mapping[str, Any], known: list[str]) -> Fault:
    """One unreadable parameter in our words. Everything in a URL is text, so the body's words do not fit."""
    kind, context = detail["type"], detail.get("ctx", {})
    # One of several values of a parameter goes by the parameter's name, not by its place among them.
    name = next((part for part in reversed(detail["loc"]) if isinstance(part, str)), "")
    if kind == "extra_forbidden":
        message = f"there is no query parameter {name[:64]!r} here; there are {', '.join(known)}"
        return Fault("", "unknown_parameter", message, known, nearest(name, known), name)
    if kind in _URL_LIMITS:
        words, key = _URL_LIMITS[kind]
        return Fault("", "out_of_range", f"{name} {words.format(context[key])}", context[key], parameter=name)
    if kind in ("literal_error", "enum"):
        choices = re.findall(r"'([^']*)'", context["expected"])
        guess = nearest(str(detail["input"]), choices)
        message = f"{name} is one of {', '.join(choices)}"
        return Fault("", "unknown_choice", message, choices, guess, name)
    message = f"{name} is a whole number" if kind == "int_parsing" else f"{name} cannot be read"
    return Fault("", "wrong_type", message, parameter=name)


async def _invalid_plan(request: Request, error: Exception) -> Response:
    """The solver contradicted its own verifier: for the log in full, for the caller an apology."""
    assert isinstance(error, InvalidPlanError)
    _log.error("a plan failed its own verification", extra={"fields": {"violations": str(error)}})
    return problem_response(internal_error(), request.url.path)


async def _database_away(request: Request, error: Exception) -> Response:
    """The database does not answer, or cannot be written to; what it said is for the log."""
    said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    _log.error("the database cannot be used", extra={"fields": {"error": said}})
    detail = "The database cannot be used at the moment; please come back a little later."
    return problem_response(ApiError("not-ready", detail, (), {"Retry-After": "5"}), request.url.path)


def install(app: FastAPI) -> None:
    """Answer every expected error with a problem document; unexpected ones are `service.middleware`'s."""
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _url_error)
    app.add_exception_handler(InvalidPlanError, _invalid_plan)
    for kind in DATABASE_AWAY:
        app.add_exception_handler(kind, _database_away)
