"""What a kind of study is made of, and what it is handed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from pydantic import BaseModel

from service.plans.schemas.response import OriginResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime
    from pathlib import Path

    from catalog.catalog import Catalog
    from service.jobs.job import Control
    from service.plans.schemas import PlanResponse
    from service.plans.schemas.response import OriginKind
    from service.studies.schemas import StudyResponse
    from service.studies.weeks import KeptWeek

Request = TypeVar("Request", bound=BaseModel)
Answer = TypeVar("Answer", bound=BaseModel)
Request_co = TypeVar("Request_co", bound=BaseModel, covariant=True)

Outcome = Literal["done", "partial", "infeasible", "timed_out"]
"""How work can end by itself; see `service.studies`."""


@dataclass(frozen=True)
class StudyQuestion(Generic[Request_co]):
    """A question that was asked."""

    id: str
    created_at: datetime
    request: Request_co
    catalog: Catalog
    about: KeptWeek | None = None
    """The plan it is about, of a kind with `about_plan`."""
    earlier: StudyResponse[Any] | None = None
    """The finished answer that it goes on from, of a kind with `goes_on_from`, where it names one."""

    @property
    def week(self) -> KeptWeek:
        """The plan it is about. For kinds with `about_plan` alone."""
        assert self.about is not None
        return self.about


@dataclass(frozen=True)
class Studied(Generic[Answer]):
    """What came of a question. Work that was stopped from outside says how far it got: `partial` or `timed_out`."""

    outcome: Outcome
    answer: Answer | None
    weeks: tuple[PlanResponse, ...] = ()
    """Weeks that are to be kept as plans of their own."""
    follows: Mapping[str, str] = field(default_factory=dict)
    """Id of a week of it -> id of the kept plan whose place that week takes."""
    void: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Id of a kept plan that holds no more and has no successor -> its slots."""
    stands: tuple[str, ...] = ()
    """Kept plans that the answer names again: they are kept as long as it is."""
    repeatable: bool = True
    """Whether an equal question would get this answer again; False when the clock had a hand in it."""


@dataclass(frozen=True)
class Example:
    """A documented request; `file` is where its answer is kept, None for a request without one."""

    summary: str
    request: Mapping[str, Any]
    file: Path | None = None


@dataclass(frozen=True, eq=False)
class StudyKind(Generic[Request, Answer]):
    """A kind of long question."""

    name: str
    """In addresses (`/v1/<name>`), and the kind of its jobs."""
    operation: str
    """Names its operations: `create<operation>`, `list<operation>`, ..."""
    summary: str
    """A few words on what it asks, for the documentation."""
    description: str
    """What asking does, for the documentation."""
    request: type[Request]
    answer: type[Answer]
    response: type[StudyResponse[Answer]]
    run: Callable[[StudyQuestion[Request], Control], Studied[Answer]]
    """Answers a question; blocks. Raises ApiError for what the caller can read, anything else for a fault of ours.
    To be called by way of `study`."""
    makes: Callable[[Request], OriginKind]
    """What the weeks of an answer are called that are kept as plans of their own."""
    check: Callable[[StudyQuestion[Request]], None]
    """Raises RequestError with everything that is wrong with a request; called before it is kept. Need not be quick."""
    threads: Callable[[StudyQuestion[Request]], int]
    """How many threads the work takes."""
    examples: Mapping[str, Example] = field(default_factory=dict)
    about_plan: bool = False
    goes_on_from: Callable[[Request], str | None] | None = None
    """Id of the earlier answer of this kind that a request names, in its field `before`."""
    asked_as: str | None = None
    """The last word of the address where it is asked, where that is not `name`."""

    def study(self, question: StudyQuestion[Request], control: Control) -> Studied[Answer]:
        """Answer a question as `run` does; the weeks that are to be kept tell where they come from."""
        found, about = self.run(question, control), None if question.about is None else question.about.id

        def told(week: PlanResponse) -> PlanResponse:
            plan = found.follows.get(week.id, about)
            origin = OriginResponse(kind=self.makes(question.request), plan=plan, question=question.id)
            return week.model_copy(update={"origin": origin})

        return replace(found, weeks=tuple(map(told, found.weeks)))

    @property
    def listing(self) -> str:
        """Id of the operation that lists its questions."""
        return f"list{self.operation.removesuffix('s')}s"

    @property
    def asked_at(self) -> str:
        """The address where its questions are asked."""
        word = self.asked_as or self.name
        return f"/v1/plans/{{plan_id}}/{word}" if self.about_plan else f"/v1/{word}"


AnyKind = StudyKind[Any, Any]
