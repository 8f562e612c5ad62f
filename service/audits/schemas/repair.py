"""The nearest week that keeps every rule, as a list of changes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.plans.schemas.response import (
    CertificateLineResponse,
    ResponseModel,
    SolverResponse,
    VolumeResponse,
    WeekResponse,
)

RepairStatus = Literal["optimal", "feasible", "infeasible", "timed_out", "cancelled"]
ChangeKind = Literal["drop", "sets", "swap", "move", "add", "open", "close", "order"]


class RepairedEntryResponse(ResponseModel):
    """An entry before or after a change."""

    slot: str = Field(examples=["tue"])
    exercise: str = Field(description="Exercise id.", examples=["prone_y_raise"])
    name: str = Field(examples=["Prone Y raise"])
    sets: int = Field(examples=[3])


class ReasonResponse(ResponseModel):
    """A rule that the repaired week would break without the change."""

    rule: str = Field(description="Rule id.", examples=["scapula.lower_trap"])
    mended: bool = Field(description="Whether the followed week breaks it too.", examples=[True])
    statement: str = Field(
        description="What was measured on the followed week, or what would be broken.",
        examples=["The week has 0 direct lower-trapezius sets, it needs 4."],
    )


class ChangeResponse(ResponseModel):
    """One change. `before` is null for what comes new, `after` for what goes."""

    kind: ChangeKind = Field(description="What happens to the entry or the session.", examples=["swap"])
    slot: str = Field(description="Where; for a move, where the entry comes from.", examples=["tue"])
    weight: int = Field(description="Its part of the distance.", examples=[29])
    before: RepairedEntryResponse | None = Field(description="The entry as it is followed.")
    after: RepairedEntryResponse | None = Field(description="The entry as it becomes.")
    statement: str = Field(
        description="The change and its reasons in a line.",
        examples=["tue: Barbell shrug, 4 sets -> Prone Y raise, 3 sets, because ..."],
    )
    reasons: list[ReasonResponse] = Field(description="Rules that need it; empty when a nearer week may exist.")


class ConflictingRuleResponse(ResponseModel):
    """One of the rules that no week in these slots can keep together."""

    rule: str = Field(examples=["time.session"])
    subject: str = Field(examples=["mon"])
    statement: str = Field(examples=["the session 'mon' fits into 20 minutes"])


class RepairResponse(ResponseModel):
    """The nearest week that keeps every rule, in the same slots."""

    status: RepairStatus = Field(
        description="`optimal` proven nearest, `feasible` out of time with the nearest found, `infeasible` proven that "
        "no week in these slots keeps every rule, `timed_out` neither, `cancelled` stopped from outside.",
        examples=["optimal"],
    )
    statement: str = Field(examples=["5 changes make a week that keeps every rule; none is nearer."])
    distance: int | None = Field(description="The weights of all changes; 0 when none is needed.", examples=[151])
    bound: int | None = Field(description="Proven: no such week is nearer than this.", examples=[151])
    gap: float | None = Field(description="Relative distance between the two; 0 means proven.", examples=[0.0])
    changes: list[ChangeResponse] = Field(description="What to change, in the order of the week.")
    week: WeekResponse | None = Field(description="The repaired week, in the form of a plan's; null without one.")
    certificate: list[CertificateLineResponse] = Field(description="Every rule, measured on the repaired week.")
    volume: list[VolumeResponse] = Field(description="Every muscle's sets in the repaired week.")
    score_before: float | None = Field(description="A plan's score, of the followed week.", examples=[71.2])
    score_after: float | None = Field(description="The same of the repaired week.", examples=[84.0])
    conflict: list[ConflictingRuleResponse] | None = Field(
        description="Rules that cannot hold together, if infeasible."
    )
    notes: list[str] = Field(description="What was taken for granted.", examples=[[]])
    solver: SolverResponse
