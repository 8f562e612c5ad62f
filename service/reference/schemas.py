"""The JSON of rules and of the service's own facts. Catalog records are given as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, Field, field_serializer

from catalog.schema import Exercise
from service.reference.paging import PageQuery

if TYPE_CHECKING:
    from solver.rulebook import RuleSpec


class ParameterResponse(BaseModel):
    """A number or choice that a request may set."""

    name: str = Field(description="`*` when the rule's object is itself muscle -> number.", examples=["ratio"])
    kind: Literal["integer", "ratio", "choice", "per_muscle"] = Field(examples=["ratio"])
    default: int | float | str | None = Field(description="Null when it differs per muscle.", examples=[2.0])
    minimum: float | None = Field(examples=[1])
    maximum: float | None = Field(examples=[4])
    choices: list[str] = Field(examples=[[]])
    unit: str = Field(examples=["pull per push"])
    weaker: Literal["lower", "higher", "none"] = Field(
        description="The direction in which the rule asks for less.", examples=["lower"]
    )


class RuleResponse(BaseModel):
    """One rule of the rulebook."""

    id: str = Field(examples=["balance.upper_pull_push"])
    of: Literal["week", "block", "gym"] = Field(
        description="What keeps it: every week, a block of weeks, or the schedule of a gym.", examples=["week"]
    )
    title: str = Field(examples=["Upper body: pull to push"])
    sentence: str = Field(examples=["Weekly upper-body pulling units reach the ratio times the pushing units."])
    source: str = Field(description="Codes of the sources it rests on.", examples=["SEED; PPR"])
    mistake: int | None = Field(description="The guide's mistake that it answers, if any.", examples=[2])
    hard: bool = Field(description="Always kept; a plan that breaks it is no plan.", examples=[True])
    suggestible: bool = Field(description="Whether a conflict may propose to change it.", examples=[True])
    parameters: list[ParameterResponse]

    @classmethod
    def of_spec(cls, spec: RuleSpec) -> RuleResponse:
        """A rule as it stands in the rulebook."""
        return cls(
            id=spec.id,
            of=spec.of,
            title=spec.title,
            sentence=spec.sentence,
            source=spec.source,
            mistake=spec.mistake,
            hard=spec.hard,
            suggestible=spec.suggestible,
            parameters=[
                ParameterResponse(
                    name=p.name,
                    kind=p.kind,
                    default=p.default,
                    minimum=p.minimum,
                    maximum=p.maximum,
                    choices=list(p.choices),
                    unit=p.unit,
                    weaker=p.weaker,
                )
                for p in spec.parameters
            ],
        )


class RulebookResponse(BaseModel):
    """All rules in the order of the rulebook: those of a week, of a block and of a gym."""

    items: list[RuleResponse]
    next_cursor: None = Field(default=None, description="The rulebook is one page.")


class LimitsResponse(BaseModel):
    """How large a request may be."""

    body_bytes: int = Field(examples=[1048576])
    batch_lines: int = Field(examples=[2000])
    batch_bytes: int = Field(examples=[16777216])
    gyms: int = Field(description="Of a tenant.", examples=[100])
    gym_members: int = Field(description="Of a gym.", examples=[500])
    slots: int = Field(examples=[21])
    places: int = Field(examples=[12])
    pins: int = Field(examples=[100])
    must_include: int = Field(examples=[30])
    session_minutes: list[int] = Field(description="Shortest and longest.", examples=[[10, 240]])
    time_limit_seconds: list[int] = Field(description="Shortest and longest.", examples=[[1, 60]])
    workers: int = Field(examples=[8])
    concurrent_solves: int = Field(examples=[2])
    queue_length: int = Field(description="Requests that wait for a free solver at most.", examples=[16])
    queue_seconds: float = Field(description="Longest wait for a free solver.", examples=[15.0])
    wait_seconds: int = Field(description="Longest wait that `Prefer: wait` is granted.", examples=[100])
    queued_jobs: int = Field(description="Searches that may wait at a time; 0 for any number.", examples=[1000])
    tenant_jobs: int = Field(description="Unfinished searches of a tenant; 0 for any number.", examples=[100])
    requests_per_minute: int = Field(description="Requests of a tenant; 0 for any number.", examples=[1200])
    plans_per_minute: int = Field(description="Searches of a tenant; 0 for any number.", examples=[60])
    open_requests: int = Field(description="Open requests of a tenant; 0 for any number.", examples=[64])


class MetaResponse(BaseModel):
    """What is running here."""

    name: str = Field(examples=["counterpull"])
    version: str = Field(examples=["0.1.0"])
    catalog: str = Field(description="Hash of the catalog.", examples=["sha256:2f7c..."])
    counts: dict[str, int] = Field(description="Size of the catalog.", examples=[{"exercises": 187, "muscles": 23}])
    limits: LimitsResponse


class ExerciseResponse(Exercise):
    """An exercise of the catalog. Times are seconds; muscle weights are quarter sets per set, 4 being a whole one."""

    @field_serializer("stress", "guide_mistakes")
    def _in_order(self, values: frozenset[str] | frozenset[int]) -> list[str | int]:
        # A set has no order of its own, and an answer should not change from process to process.
        return sorted(values)


class ExerciseQuery(PageQuery):
    """Filters of the exercise list; several are met together."""

    muscle: str | None = Field(default=None, description="Trains this muscle, primarily or secondarily.")
    equipment: str | None = Field(default=None, description="One of its alternatives uses this item.")
    pattern: str | None = Field(default=None, description="Movement pattern.")
    ladder: str | None = Field(default=None, description="A rung of this ladder.")
    search: str | None = Field(default=None, max_length=64, description="Part of the id, the name or another name.")
