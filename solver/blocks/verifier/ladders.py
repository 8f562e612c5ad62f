"""`block.ladders`: stages by week and session, from the first week to the last."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from solver.blocks.verifier.cycle import unloads
from solver.blocks.verifier.timeline import timeline
from solver.domain.outcome import Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import athlete_obstacles, obstacles
from solver.verifier.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.schema import Ladder
    from solver.blocks.domain import BlockProblem, BlockWeek
    from solver.domain.outcome import CertificateLine

RULE = "block.ladders"
DEADLIFT, FIRST_LOADED = "deadlift", 3


def check(block: BlockProblem, planned: Sequence[BlockWeek]) -> CertificateLine:
    """No slack. Measured: per ladder, the stage of each week, and how many stages were entered."""
    ladders = [ladder for ladder in block.ladders if ladder.id in block.week.athlete.stages]
    stages = {ladder.id: [week.problem.athlete.stages.get(ladder.id, 0) for week in planned] for ladder in ladders}
    entered = sum(a != b for of_one in stages.values() for a, b in pairwise(of_one))
    shown = [(ladder, stages[ladder.id]) for ladder in ladders if ladder.strict or len(set(stages[ladder.id])) > 1]
    told = "; ".join(f"{ladder.name.lower()} {' '.join(map(str, weekly))}" for ladder, weekly in shown)
    return line(
        RULE,
        f"{counted(entered, 'stage')} entered; by week: {told}",
        measured={ladder.id: " ".join(map(str, stages[ladder.id])) for ladder in ladders},
        limit={"skipped": 0, "backwards": 0, "early": 0},
        violations=[
            *(found for ladder in ladders for found in _climb(block, planned, ladder)),
            *_told_stages(planned),
            *_loaded_sessions(planned),
        ],
    )


def _climb(block: BlockProblem, planned: Sequence[BlockWeek], ladder: Ladder) -> Iterator[Violation]:
    """One ladder from week to week: the sessions on a stage count from the week in which it was entered."""
    needed = {rung.stage: rung.min_sessions_before_advancing for rung in ladder.stages}
    stage, sessions = block.week.athlete.stages[ladder.id], 0
    for week in planned:
        now, at = week.problem.athlete.stages.get(ladder.id, 0), f"{ladder.name} in week {week.number}"
        if now < stage:
            yield Violation(RULE, ladder.id, f"{at}: back from stage {stage} to {now} without a cause.")
        elif now > stage:
            if week.number == 1:
                yield Violation(RULE, ladder.id, f"{at}: stage {now}, the athlete begins at {stage}.")
            if sessions < needed.get(stage, 0):
                after = f"stage {now} after {counted(sessions, 'session')}"
                statement = f"{at}: {after} on stage {stage}, which needs {needed[stage]}."
                yield Violation(RULE, ladder.id, statement)
            if unloads(block.mesocycle, week.number):
                yield Violation(RULE, ladder.id, f"{at}: stage {now} is entered in a week of unloading.")
            yield from _skipped(week, ladder, stage, now)
        if now != stage:
            stage, sessions = now, 0
        sessions += _sessions_on(week, ladder.id, stage)


def _skipped(week: BlockWeek, ladder: Ladder, stage: int, now: int) -> Iterator[Violation]:
    """What lies between two stages: nothing on a strict ladder, only what is not possible here on another."""
    for between in range(stage + 1, now):
        possible = any(
            exercise.stage_on(ladder.id) == between and not obstacles(week.problem, exercise, slot)
            for exercise in week.problem.exercises
            for slot in week.problem.slots
        )
        if ladder.strict or possible:
            statement = f"{ladder.name} in week {week.number}: stage {between} is skipped on the way to {now}."
            yield Violation(RULE, ladder.id, statement)


def _sessions_on(week: BlockWeek, ladder: str, stage: int) -> int:
    return sum(
        any(exercise.stage_on(ladder) == stage for exercise, _ in session.entries) for session in timeline([week])
    )


def _told_stages(planned: Sequence[BlockWeek]) -> Iterator[Violation]:
    """What the block says of its stages and sessions is what its weeks hold."""
    for week in planned:
        for ladder, stage in week.problem.athlete.stages.items():
            if week.stages.get(ladder) != stage or week.sessions.get(ladder) != _sessions_on(week, ladder, stage):
                yield Violation(
                    RULE, ladder, f"Week {week.number} tells other stages or sessions of {ladder} than it has."
                )
        for session in timeline([week]):
            for exercise, _ in session.entries:
                if any(obstacle.kind == "stage" for obstacle in athlete_obstacles(week.problem.athlete, exercise)):
                    yield Violation(
                        RULE, exercise.id, f"{exercise.name} in {session.name} is above the athlete's stage."
                    )


def _loaded_sessions(planned: Sequence[BlockWeek]) -> Iterator[Violation]:
    """From session to session through the whole block the loaded deadlift stage climbs by one or stays."""
    highest = 0
    for session in timeline(planned):
        loaded = sorted(
            stage for exercise, _ in session.entries if (stage := exercise.stage_on(DEADLIFT) or 0) >= FIRST_LOADED
        )
        if loaded and highest and loaded[0] < highest:
            statement = f"Deadlift stage {loaded[0]} in {session.name} comes after stage {highest}."
            yield Violation(RULE, DEADLIFT, statement)
        if loaded and highest and loaded[-1] > highest + 1:
            yield Violation(RULE, DEADLIFT, f"Deadlift stage {loaded[-1]} in {session.name} jumps from {highest}.")
        highest = max([highest, *loaded])
