"""Whatever comes in whatever order, a job's row, its events and its results tell one story.

Messages that come late or twice, workers that are overtaken, rescuers that looked too long ago and impatient callers,
drawn at random; beside them a model of a few lines that knows only what counts: the newest attempt writes, nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from service.db import schema
from service.ids import new_id
from service.jobs.board import Board, Sign
from tests.service.jobs.toys import TENANT, Office, office

if TYPE_CHECKING:
    from pathlib import Path

    from service.jobs.job import State

ENDS: tuple[State, ...] = ("done", "cancelled", "failed")


@dataclass
class Story:
    """What ought to be true of a job."""

    deliveries: list[str]
    state: str = "queued"
    attempt: int = 0
    losses: int = 0
    cancel_requested: bool = False
    signs_of_life: int = 0
    told: list[str] = field(default_factory=lambda: ["queued"])
    results: list[str] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        return self.state in ENDS

    def step(self, state: str, told: str, **changes: Any) -> None:
        self.state, self.signs_of_life = state, self.signs_of_life + 1
        self.told.append(told)
        for name, value in changes.items():
            setattr(self, name, value)

    def end(self, state: str, status: str) -> None:
        self.step(state, "ended")
        self.results.append(status)


@dataclass(frozen=True)
class Claim:
    """A worker's belief that a job is its own."""

    job_id: str
    attempt: int


@dataclass(frozen=True)
class Look:
    """What a rescuer has seen, and when in the job's life."""

    job_id: str
    sign: Sign
    signs_of_life: int


class LifeCycle(RuleBasedStateMachine):
    jobs, claims, looks = Bundle("jobs"), Bundle("claims"), Bundle("looks")

    def __init__(self, desk: Office) -> None:
        super().__init__()
        self.desk = desk
        self.stories: dict[str, Story] = {}
        self.touched: str | None = None

    def story(self, job_id: str) -> Story:
        self.touched = job_id
        return self.stories[job_id]

    def holds(self, claim: Claim) -> bool:
        story = self.story(claim.job_id)
        return story.state == "running" and story.attempt == claim.attempt

    def alone(self, look: Look) -> bool:
        story = self.story(look.job_id)
        return not story.ended and story.signs_of_life == look.signs_of_life

    @precondition(lambda self: all(story.ended for story in self.stories.values()))
    @rule(target=jobs)
    def ask(self) -> str:
        job_id = self.desk.submit("quick")
        with self.desk.sessions() as session:
            self.stories[job_id] = Story([Board(session).delivery(job_id)])
        return job_id

    @rule(target=claims, job_id=jobs, data=st.data())
    def a_message_arrives(self, job_id: str, data: st.DataObject) -> Any:
        story = self.story(job_id)
        delivery = data.draw(st.sampled_from(story.deliveries))
        with self.desk.sessions.begin() as session:
            job = Board(session).begin(job_id, delivery, "worker", datetime.now(UTC))
        if story.ended or delivery != story.deliveries[-1]:
            assert job is None
            return multiple()
        lost = story.state == "running"
        story.step("running", "running", attempt=story.attempt + 1, losses=story.losses + lost)
        assert job is not None
        return Claim(job_id, job.attempt)

    @rule(claim=claims)
    def a_worker_tells(self, claim: Claim) -> None:
        held = self.holds(claim)
        with self.desk.sessions.begin() as session:
            assert Board(session).tell(claim.job_id, claim.attempt, {"step": 1}) == held
        if held:
            self.story(claim.job_id).step("running", "progress")

    @rule(claim=claims)
    def a_worker_breathes(self, claim: Claim) -> None:
        held = self.holds(claim)
        with self.desk.sessions.begin() as session:
            assert Board(session).breathe(claim.job_id, claim.attempt) == held
        self.story(claim.job_id).signs_of_life += held

    @rule(claim=claims, state=st.sampled_from(ENDS))
    def a_result_lands(self, claim: Claim, state: State) -> None:
        held = self.holds(claim)
        with self.desk.sessions.begin() as session:
            ended = Board(session).end(claim.job_id, claim.attempt, state, "well", None, datetime.now(UTC))
            assert ended == held
            if ended:
                self.desk.toys["quick"].give_up(self.desk.job(claim.job_id), "failed", None).store(session)
        if held:
            self.story(claim.job_id).end(state, "failed")

    @rule(claim=consumes(claims))
    def a_worker_hands_on(self, claim: Claim) -> None:
        held, delivery = self.holds(claim), new_id()
        with self.desk.sessions.begin() as session:
            assert Board(session).hand_on(claim.job_id, claim.attempt, delivery) == held
        if held:
            self.story(claim.job_id).step("queued", "queued")
            self.story(claim.job_id).deliveries.append(delivery)

    @rule(target=looks, job_id=jobs)
    def a_rescuer_looks(self, job_id: str) -> Any:
        story = self.story(job_id)
        with self.desk.sessions() as session:
            sign = Board(session).signs().get(job_id)
        assert (sign is None) == story.ended
        return multiple() if sign is None else Look(job_id, sign, story.signs_of_life)

    @rule(look=consumes(looks))
    def a_rescuer_takes_it_away(self, look: Look) -> None:
        alone, delivery = self.alone(look), new_id()
        with self.desk.sessions.begin() as session:
            assert Board(session).take_away(look.job_id, look.sign, delivery) == alone
        if alone:
            story = self.story(look.job_id)
            story.step("queued", "queued", losses=story.losses + (story.state == "running"))
            story.deliveries.append(delivery)

    @rule(look=consumes(looks))
    def a_rescuer_gives_it_up(self, look: Look) -> None:
        alone = self.alone(look)
        with self.desk.sessions.begin() as session:
            buried = Board(session).bury(look.job_id, look.sign, "failed", "lost", datetime.now(UTC))
            assert buried == alone
            if buried:
                self.desk.toys["quick"].give_up(self.desk.job(look.job_id), "failed", "lost").store(session)
        if alone:
            story = self.story(look.job_id)
            story.losses += 1
            story.end("failed", "failed")

    @rule(job_id=jobs)
    def somebody_cancels(self, job_id: str) -> None:
        story = self.story(job_id)
        told = self.desk.jobs.cancel(job_id, TENANT)
        assert told is not None
        if story.state == "queued":
            story.end("cancelled", "cancelled")
        elif story.state == "running":
            story.cancel_requested = True

    @invariant()
    def the_story_is_true(self) -> None:
        if self.touched is None:
            return
        story, job = self.stories[self.touched], self.desk.job(self.touched)
        expected = (story.state, story.attempt, story.losses, story.cancel_requested, story.ended)
        assert (job.state, job.attempt, job.losses, job.cancel_requested, job.ended_at is not None) == expected
        events = self.desk.events(job.id)
        assert [event.kind for event in events] == story.told
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        assert job.last_seq == len(events)
        assert [status for _, _, status in self.desk.landings(job.id)] == story.results
        assert len(story.results) == story.ended, "one result, and not before the end"


def test_jobs_tell_one_story_whatever_happens(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'plans.db'}"
    schema.upgrade(url)
    with office(url) as desk:
        small = settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            # A story of 30 steps can be read as it is; making it shorter would take minutes.
            phases=[Phase.generate],
        )
        run_state_machine_as_test(lambda: LifeCycle(desk), settings=small)  # type: ignore[no-untyped-call]
