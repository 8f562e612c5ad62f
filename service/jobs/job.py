"""What a job is to those who submit, watch and do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

State = Literal["queued", "running", "done", "cancelled", "failed"]
ENDED: tuple[State, ...] = ("done", "cancelled", "failed")

MOST_LOSSES = 3
"""So many attempts may end without a word before the job is given up as what ends them."""
LOST_TOO_OFTEN = f"Given up: {MOST_LOSSES} workers in a row died or fell silent over it."
OUR_FAULT = "Something went wrong on our side; the fault is logged under the id of the job."

EventKind = Literal["queued", "running", "progress", "ended"]


@dataclass(frozen=True)
class Job:
    """A job as it was when it was looked at."""

    id: str
    tenant: str
    kind: str
    state: State
    threads: int
    cancel_requested: bool
    attempt: int
    losses: int
    last_seq: int
    reason: str | None
    """Why it failed, for the caller to read."""
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ENDED


@dataclass(frozen=True)
class Event:
    """Something that happened to a job. `seq` counts from 1 without holes; `ended` is always the last.

    `data` of `queued`: {}; of `running`: {attempt}; of `progress`: whatever the work tells; of `ended`: {state, status,
    reason}, where `status` is the work's own word for how it ended.
    """

    seq: int
    kind: EventKind
    data: Mapping[str, object]
    created_at: datetime


@dataclass(frozen=True)
class Landing:
    """What came out of the work, to be stored together with the end of its job or not at all."""

    status: str
    """The work's own word for how it ended."""
    store: Callable[[Session], None]
    """Writes the result; called in the transaction that ends the job."""
    interrupted: bool = False
    """Whether the work was told to stop and would have gone on."""
    again_after: float | None = None
    """The job is not over: it is to be done once more after so many seconds. What came out of it so far is stored."""


@dataclass(frozen=True)
class NewJob:
    """A job that is to be submitted."""

    id: str
    tenant: str
    kind: str
    threads: int = 0
    """Threads it works with. Jobs with none are light: they wait for others or for the network, and take no seat."""


class Aftermath(Protocol):
    """What follows from the end of a job."""

    def __call__(self, session: Session, job: Job, status: str) -> Sequence[NewJob]:
        """Called in the transaction that ends the job, after its result is stored; returns jobs to submit in it.

        `status` is the work's own word for how it ended.
        """
        ...


class Control(Protocol):
    """What work is given while it runs; may be used from any thread, and costs next to nothing."""

    def is_cancelled(self) -> bool:
        """Whether to end soon with what there is."""
        ...

    def tell(self, progress: Mapping[str, object]) -> None:
        """Say how far it is, in JSON values. Only the latest word is passed on, a few times a second."""
        ...


class Work(Protocol):
    """How jobs of one kind are done."""

    def run(self, job: Job, control: Control) -> Landing:
        """Do it; blocks. Whatever it raises fails the job."""
        ...

    def give_up(self, job: Job, state: Literal["cancelled", "failed"], reason: str | None) -> Landing:
        """What is stored for a job that ends without having been done."""
        ...

    def forget(self, session: Session, job_ids: Sequence[str]) -> None:
        """Delete the results of jobs, whatever their kind, before the jobs are deleted."""
        ...


Works = Mapping[str, Work]
"""Every kind of job with how it is done."""
