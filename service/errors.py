"""What can go wrong for a caller: faults in a request, and errors that carry their HTTP status."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a request body, and what would be right."""

    pointer: str
    """JSON Pointer (RFC 6901) into the body; empty for the whole of it."""
    code: str
    message: str
    allowed: object | None = None
    nearest: tuple[str, ...] = ()
    parameter: str | None = None
    """Name of the query parameter, when the fault is in the URL and not in the body."""


def pointer(*parts: str | int) -> str:
    """A JSON Pointer from its parts; `~` and `/` are escaped."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


@dataclass(frozen=True)
class ProblemKind:
    """A kind of problem document: its URI is `/problems/<code>`."""

    code: str
    status: int
    title: str
    meaning: str

    @property
    def uri(self) -> str:
        """Stable identifier of the kind, a path of this service."""
        return f"/problems/{self.code}"


_KINDS = (
    ProblemKind("malformed-json", 400, "The body is not JSON", "The body could not be read as JSON in UTF-8."),
    ProblemKind("bad-request", 400, "The request could not be read", "The request breaks the rules of HTTP."),
    ProblemKind("unauthorized", 401, "A key is needed", "The API key is missing, unknown, revoked or expired."),
    ProblemKind("forbidden", 403, "The key does not allow this", "The API key has not the scope that this needs."),
    ProblemKind(
        "unknown-host",
        421,
        "This service is not known by that name",
        "Without API keys it answers only under the names of this machine.",
    ),
    ProblemKind("not-found", 404, "Not found", "There is nothing at this address."),
    ProblemKind("method-not-allowed", 405, "Method not allowed", "The address exists, but not for this method."),
    ProblemKind("not-acceptable", 406, "No such format", "It is not offered in a format of the Accept header."),
    ProblemKind("in-flight", 409, "Still being answered", "The first request with this key has no answer yet."),
    ProblemKind("not-finished", 409, "Not finished", "There is no week yet that could be shown in this format."),
    ProblemKind(
        "no-week", 409, "There is no week", "The question is about a week, and the plan has none that can be read."
    ),
    ProblemKind("no-dates", 409, "The week has no dates", "A calendar needs a week that starts on a date."),
    ProblemKind("endpoint-disabled", 409, "The address is disabled", "Nothing is told to it until it is enabled."),
    ProblemKind(
        "no-slots", 409, "The week stands on no bookable slots", "None of its slots is known from a feed of the tenant."
    ),
    ProblemKind("exists", 409, "It exists already", "There is one of this name already."),
    ProblemKind("scheduling", 409, "A schedule is being made", "A gym has one schedule in the making at a time."),
    ProblemKind("too-many", 409, "Too many of them", "A tenant, or a gym, has a limited number of them."),
    ProblemKind("too-many-endpoints", 409, "Too many addresses", "A tenant has a limited number of them."),
    ProblemKind(
        "rules-broken", 409, "The week breaks rules", "The question needs a week that keeps every rule as it stands."
    ),
    ProblemKind("changed-meanwhile", 412, "It has changed meanwhile", "Somebody else has changed what was read."),
    ProblemKind("too-large", 413, "The body is too large", "The body is larger than this service reads."),
    ProblemKind(
        "unsupported-media-type", 415, "Unsupported media type", "Bodies are sent as application/json, but for batches."
    ),
    ProblemKind(
        "invalid-request",
        422,
        "The request does not make sense",
        "Every entry of `errors` names a field by JSON Pointer, says what is wrong with it and what would be right.",
    ),
    ProblemKind(
        "idempotency-mismatch",
        422,
        "The key belongs to another request",
        "An `Idempotency-Key` stands for one request; this one was used with another body or address.",
    ),
    ProblemKind(
        "busy", 429, "Too many plans are being made", "Every solver is taken; `Retry-After` says when to return."
    ),
    ProblemKind(
        "rate-limited", 429, "Too many requests", "The tenant has used up its share; `Retry-After` says when to return."
    ),
    ProblemKind("internal-error", 500, "Something went wrong on our side", "The fault is logged under the request id."),
    ProblemKind("not-ready", 503, "Not ready", "The service cannot answer yet or any more."),
)

PROBLEM_KINDS: Mapping[str, ProblemKind] = MappingProxyType({kind.code: kind for kind in _KINDS})


@dataclass(eq=False)
class ApiError(Exception):
    """An error with its problem kind; `detail` and `faults` are shown to the caller."""

    code: str
    detail: str
    faults: tuple[Fault, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.detail

    @property
    def kind(self) -> ProblemKind:
        """The kind this error is shown as."""
        return PROBLEM_KINDS[self.code]


class RequestError(ApiError):
    """A body that can be read but not used; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        count = len(faults)
        detail = faults[0].message if count == 1 else f"{count} things are wrong with the request; see errors."
        super().__init__("invalid-request", detail, tuple(faults))


class MalformedJsonError(ApiError):
    """A body that is not JSON at all."""

    def __init__(self, detail: str) -> None:
        super().__init__("malformed-json", detail)
