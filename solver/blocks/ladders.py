"""Ladders over the weeks: a stage is entered when the one below has had its sessions, and never left downwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.blocks.domain import Advance
from solver.domain.eligibility import Eligibility
from solver.domain.plan import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.schema import Ladder
    from solver.domain.plan import Plan
    from solver.domain.problem import Athlete, Problem


class Climb:
    """Where the athlete stands on every ladder, and how many sessions the stages have had."""

    def __init__(self, problem: Problem, ladders: tuple[Ladder, ...]) -> None:
        self._problem = problem
        self._ladders = tuple(ladder for ladder in ladders if ladder.id in problem.athlete.stages)
        self._stages = dict(problem.athlete.stages)
        self._stated = set(problem.athlete.stated_stages)
        self._sessions = dict.fromkeys(self._stages, 0)

    @property
    def athlete(self) -> Athlete:
        """The athlete of the coming week. A stage that was worked for counts as one that the caller gave."""
        return replace(self._problem.athlete, stages=dict(self._stages), stated_stages=frozenset(self._stated))

    def trained(self, plan: Plan) -> Mapping[str, int]:
        """Count the sessions of a week on the present stages; per ladder, how many those were."""
        counted = {ladder: sessions_on(self._problem, plan, ladder, stage) for ladder, stage in self._stages.items()}
        for ladder, sessions in counted.items():
            self._sessions[ladder] += sessions
        return counted

    def advance(self) -> tuple[Advance, ...]:
        """Enter every stage whose sessions are done and that has an exercise possible here."""
        steps = [step for ladder in self._ladders if (step := self._next(ladder)) is not None]
        for step in steps:
            self._stages[step.ladder] = step.after
            self._stated.add(step.ladder)
            self._sessions[step.ladder] = 0
        return tuple(steps)

    def _next(self, ladder: Ladder) -> Advance | None:
        stage, sessions = self._stages[ladder.id], self._sessions[ladder.id]
        rung = next(rung for rung in ladder.stages if rung.stage == stage)
        if sessions < rung.min_sessions_before_advancing:
            return None
        higher = [later.stage for later in ladder.stages if later.stage > stage]
        reachable = higher[:1] if ladder.strict else higher
        after = next(
            (later for later in reachable if self._possible(ladder.id, later, passing=later > stage + 1)), None
        )
        if after is None:
            return None
        return Advance(ladder.id, stage, after, sessions, rung.min_sessions_before_advancing, rung.advance_criterion)

    def _possible(self, ladder: str, stage: int, *, passing: bool) -> bool:
        """Whether some slot allows an exercise of the stage. `passing` over a stage takes the skill as well."""
        athlete = self.athlete
        stated = athlete.stated_stages - {ladder} if passing else athlete.stated_stages | {ladder}
        there = replace(athlete, stages={**athlete.stages, ladder: stage}, stated_stages=stated)
        eligibility = Eligibility.of(replace(self._problem, athlete=there))
        return bool(eligibility.eligible(lambda exercise: exercise.stage_on(ladder) == stage))


def sessions_on(problem: Problem, plan: Plan, ladder: str, stage: int) -> int:
    """How many sessions of a week train a stage."""
    by_id = problem.exercise_by_id
    return sum(any(by_id[e.exercise].stage_on(ladder) == stage for e in s.entries) for s in plan.sessions)


def carried(problem: Problem, plan: Plan, stages: Mapping[str, int]) -> Plan:
    """A week of earlier stages with the athlete's present ones: work on a stage that was left moves up with it.

    `stages` are those of the week that `plan` comes from. Drills stay: they open the later stages too. Where no
    exercise of the new stage is possible in the slot, or it stands there already, the old one stays.
    """
    eligibility = Eligibility.of(problem)
    sessions = []
    for session in plan.sessions:
        entries = list(session.entries)
        for index, entry in enumerate(entries):
            place = problem.exercise_by_id[entry.exercise].ladder
            if place is None or problem.exercise_by_id[entry.exercise].is_drill or place.stage != stages[place.ladder]:
                continue
            now, here = problem.athlete.stages[place.ladder], {e.exercise for e in entries}
            raised = [e for e in problem.exercises if e.stage_on(place.ladder) == now and e.id not in here]
            new = next((e for e in raised if eligibility.possible(e, problem.slot_by_id[session.slot])), None)
            if now > place.stage and new is not None:
                sets = min(max(entry.sets, new.sets.min), new.sets.max)
                entries[index] = Entry(new.id, sets, new.equipment[0])
        sessions.append(replace(session, entries=tuple(entries)))
    return replace(plan, sessions=tuple(sessions))
