from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from catalog.schema import Ladder, LadderStage
from solver.blocks.ladders import Climb, carried
from tests.solver.rule_lab import FLOOR, Week, athlete, drill, exercise, plan_of, problem, rung, slot, week

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

BAR = (("barbell",),)
HANG = exercise("hang", ladder=rung("pulls", 1))
ASSISTED = exercise("assisted", ladder=rung("pulls", 2), equipment=BAR)
FULL = exercise("full", ladder=rung("pulls", 3))
HARD = exercise("hard", ladder=rung("pulls", 3), skill_level=3)
WARM = drill("warm", ladder=rung("pulls", 1))


def _ladder(*, strict: bool, sessions: int = 2) -> Ladder:
    stages = [
        LadderStage(
            stage=stage,
            exercises=names,
            min_sessions_before_advancing=sessions,
            advance_criterion="10 clean ones",
            sources=("judgement",),
        )
        for stage, names in enumerate([("hang", "warm"), ("assisted",), ("full", "hard")], start=1)
    ]
    return Ladder(id="pulls", name="Pulls", strict=strict, stages=tuple(stages))


def _world(*, bar: bool = True, top: object = FULL, stage: int = 1) -> Problem:
    place = {} if bar else {"place": FLOOR}
    slots = tuple(slot(day, **place) for day in ("mon", "wed", "fri"))
    return problem(HANG, ASSISTED, top, WARM, slots=slots, who=athlete(stages={"pulls": stage}))  # type: ignore[arg-type]


def _trained(world: Problem, wanted: Week) -> Plan:
    return plan_of(world, wanted)


def _steps(world: Problem, *weeks: Week, strict: bool) -> list[int]:
    """The stage after each week."""
    climb, stages = Climb(world, (_ladder(strict=strict),)), []
    for wanted in weeks:
        climb.trained(_trained(world, wanted))
        climb.advance()
        stages.append(climb.athlete.stages["pulls"])
    return stages


def test_a_stage_is_entered_after_its_sessions_and_counts_anew() -> None:
    one, both = week(mon={"hang": 3}), week(mon={"hang": 3}, fri={"hang": 3})
    assert _steps(_world(), one, one, one, strict=True) == [1, 2, 2]
    assert _steps(_world(), both, week(mon={"assisted": 3}), strict=True) == [2, 2]
    assert _steps(_world(), both, week(mon={"assisted": 3}, wed={"assisted": 3}), strict=True) == [2, 3]


def test_two_entries_of_a_stage_in_a_session_are_one_session() -> None:
    assert _steps(_world(), week(mon={"hang": 3, "warm": 1}), strict=True) == [1]


def test_the_last_stage_stays() -> None:
    trained = week(mon={"full": 3}, wed={"full": 3})
    assert _steps(_world(stage=3), trained, trained, strict=False) == [3, 3]


def test_what_is_not_possible_here_holds_a_strict_ladder_and_is_passed_over_on_others() -> None:
    both = week(mon={"hang": 3}, fri={"hang": 3})
    assert _steps(_world(bar=False), both, strict=True) == [1]
    assert _steps(_world(bar=False), both, strict=False) == [3]


def test_passing_over_takes_the_skill_while_climbing_earns_it() -> None:
    both = week(mon={"hang": 3}, fri={"hang": 3})
    assert _steps(_world(bar=False, top=HARD), both, strict=False) == [1]
    climbed = _steps(_world(top=HARD), both, week(mon={"assisted": 3}, wed={"assisted": 3}), strict=False)
    assert climbed == [2, 3]


def test_a_stage_that_was_worked_for_overrides_skill() -> None:
    climb = Climb(_world(), (_ladder(strict=True),))
    assert "pulls" not in climb.athlete.stated_stages
    climb.trained(_trained(_world(), week(mon={"hang": 3}, fri={"hang": 3})))
    (step,) = climb.advance()
    assert (step.before, step.after, step.sessions, step.needed) == (1, 2, 2, 2)
    assert "pulls" in climb.athlete.stated_stages


def test_a_known_week_moves_up_with_the_athlete() -> None:
    world = _world()
    before = plan_of(world, week(mon={"warm": 2, "hang": 3, "plank": 2}))
    raised = replace(world, athlete=athlete(stages={"pulls": 2}))
    after = carried(raised, before, {"pulls": 1})
    # drills stay, work moves up
    assert [(e.exercise, e.sets) for e in after.sessions[0].entries] == [("warm", 2), ("assisted", 3), ("plank", 2)]
    assert carried(world, before, {"pulls": 1}) == before
