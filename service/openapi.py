"""The OpenAPI document: what FastAPI finds by itself, plus bodies we read ourselves and our problem documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from service.conditional import TAGGED
from service.errors import PROBLEM_KINDS
from service.problems import MEDIA_TYPE, ProblemDetails

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fastapi import FastAPI
    from pydantic import BaseModel

    from service.errors import ProblemKind

_REF = "#/components/schemas/{model}"

DESCRIPTION = (
    "POST your constraints, get the best training week that keeps your body in balance, with proof. "
    "Errors are `application/problem+json`; `errors[].pointer` leads to the field."
)


OF_A_BODY = ("too-large", "unsupported-media-type", "invalid-request")
"""What every operation that reads a body may answer."""
OF_JSON = ("malformed-json", "bad-request", *OF_A_BODY)
"""What every operation that reads JSON may answer, its header fields included."""
OF_A_KEY = ("in-flight", "idempotency-mismatch")
"""What every operation may answer that is done once for each `Idempotency-Key`."""
OF_US = ("internal-error", "not-ready")
"""What every operation that asks the database may answer."""
OF_A_JOB = ("bad-request", *OF_A_BODY, *OF_A_KEY, "busy", "rate-limited", *OF_US)
"""What every operation may answer that takes work on, once for each `Idempotency-Key`."""


def problems(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an operation that can fail in these ways."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        kind = PROBLEM_KINDS[code]
        example: dict[str, Any] = {
            "type": kind.uri,
            "title": kind.title,
            "status": kind.status,
            "detail": kind.meaning,
            "instance": "/v1/plans",
        }
        if code == "invalid-request":
            example["errors"] = [_FAULT_EXAMPLE]
        answer = by_status.setdefault(kind.status, _problem_answer(kind))
        answer["content"][MEDIA_TYPE]["examples"][code] = {"value": example}
    return by_status


def _problem_answer(kind: ProblemKind) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model="ProblemDetails")}
    answer: dict[str, Any] = {
        "description": kind.title,
        "content": {MEDIA_TYPE: {"schema": schema, "examples": {}}},
    }
    if kind.status in _HEADERS:
        name, description, form = _HEADERS[kind.status]
        answer["headers"] = {name: {"description": description, "schema": {"type": form}}}
    return answer


_HEADERS = {
    401: ("WWW-Authenticate", "What to send (RFC 6750).", "string"),
    403: ("WWW-Authenticate", "Which scope is missing (RFC 6750).", "string"),
    429: ("Retry-After", "Seconds to wait.", "integer"),
    503: ("Retry-After", "Seconds to wait.", "integer"),
}


_FAULT_EXAMPLE = {
    "pointer": "/rules/balance.upper_pull_push/ratio",
    "code": "out_of_range",
    "message": "ratio is between 1 and 4 pull per push, not 0",
    "allowed": {"minimum": 1, "maximum": 4},
}


def body_of(model: type[BaseModel], examples: Mapping[str, Any]) -> dict[str, Any]:
    """The `openapi_extra` of an operation that reads its JSON body itself."""
    content = {"schema": {"$ref": _REF.format(model=model.__name__)}, "examples": dict(examples)}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def describe(
    app: FastAPI,
    bodies: Iterable[type[BaseModel]],
    answers: Mapping[str, Mapping[str, Any]],
    pending: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the app, with the schemas of the bodies.

    `answers` are examples of successful answers by operation id, `pending` of answers that are not there yet: FastAPI
    would drop every null from them.
    """
    document = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        description=DESCRIPTION,
        license_info={"name": "MIT", "identifier": "MIT"},
        routes=app.routes,
        tags=app.openapi_tags,
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    own: list[type[BaseModel]] = [*bodies, ProblemDetails]
    for model in own:
        described = model.model_json_schema(ref_template=_REF)
        schemas.update(described.pop("$defs", {}))
        schemas[model.__name__] = described
    # FastAPI describes its own validation errors, which never leave this service.
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    _drop_null_defaults(schemas)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for status, examples in (("200", answers), ("201", answers), ("202", pending)):
                if operation["operationId"] in examples and status in operation["responses"]:
                    answer = operation["responses"][status]["content"]["application/json"]
                    answer["examples"] = examples[operation["operationId"]]
            if method == "get" and path.startswith(TAGGED):
                _offer_tags(operation)
    return document


def _drop_null_defaults(schemas: Mapping[str, Any]) -> None:
    """ "Not required" says as much already, and to some generators any default means that the field is always there."""
    for field in (field for schema in schemas.values() for field in schema.get("properties", {}).values()):
        if field.get("default", field) is None:
            del field["default"]


def _offer_tags(operation: dict[str, Any]) -> None:
    """Say that an answer has a tag, and that who sends the tag is spared the answer; streams have none."""
    answer = operation["responses"]["200"]
    if "text/event-stream" in answer.get("content", {}):
        return
    answer.setdefault("headers", {})["ETag"] = {"description": "Tag of these very bytes.", "schema": {"type": "string"}}
    operation["responses"]["304"] = {"description": "It has not changed since the tag of `If-None-Match`."}
    operation.setdefault("parameters", []).append(
        {
            "name": "If-None-Match",
            "in": "header",
            "required": False,
            "description": "Tags of answers that the caller has.",
            "schema": {"type": "string"},
            "example": '"5f2a9c0e8b7d4f61"',
        }
    )
