"""A verdict that is called certain stays what it is, whatever the unread lines turn out to be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.catalog import default_catalog
from solver.audit import FollowedSession, FollowedWeek, Unread, audit
from tests.solver.audit.building import problem, week

if TYPE_CHECKING:
    from solver.audit import Audit
    from solver.domain.problem import Problem

GYM = problem("mon", "tue", "thu", "sat")
ADVANCED = problem(
    "mon", "tue", "thu", "sat", athlete={"experience": "advanced"}, rules={"pull.isometric_hold": {"sessions": 2}}
)
AT_HOME = problem("mon", "tue", "thu", "sat", places=[{"id": "home", "equipment": "bands_only"}])

# fmt: off
TELLING = [
    "barbell_bench_press", "barbell_overhead_press", "push_up", "cable_fly", "pull_up", "lat_pulldown",
    "barbell_bent_over_row", "face_pull", "dumbbell_row_retraction", "cable_row_retraction", "reverse_pec_deck",
    "barbell_back_squat", "leg_press", "leg_extension", "romanian_deadlift", "barbell_hip_thrust", "lying_leg_curl",
    "conventional_deadlift", "rack_pull_knee", "hip_hinge_wall_drill", "prone_y_raise", "barbell_shrug",
    "upright_row", "isometric_chin_up_hold", "bird_dog", "side_lying_windmill", "prone_cobra", "cat_camel",
    "band_external_rotation", "front_plank", "dumbbell_lateral_raise",
]
# fmt: on
exercises = st.one_of(st.sampled_from(TELLING), st.sampled_from(sorted(default_catalog().exercises)))


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Problem, FollowedWeek, FollowedWeek]:
    """A problem, a whole week, and the same week with some of its entries unread."""
    of = draw(st.sampled_from([GYM, ADVANCED, AT_HOME]))
    days = draw(st.lists(st.sampled_from(["mon", "tue", "thu", "sat"]), min_size=1, max_size=4, unique=True))
    order = [slot.id for slot in of.slots if slot.id in days]
    entry = st.tuples(exercises, st.integers(1, 6))
    sessions = {day: draw(st.lists(entry, min_size=1, max_size=7, unique_by=lambda e: e[0])) for day in order}
    whole = week(of, sessions)
    count = sum(len(session.entries) for session in whole.sessions)
    hidden = draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=min(3, count)))
    told = draw(st.booleans())
    return of, whole, _without(whole, hidden, sets_told=told)


def _without(whole: FollowedWeek, hidden: set[int], *, sets_told: bool) -> FollowedWeek:
    sessions, unread = [], []
    for session in whole.sessions:
        read = tuple(entry for entry in session.entries if entry.sources[0] not in hidden)
        for position, entry in enumerate(session.entries):
            if entry.sources[0] in hidden:
                before = sum(1 for other in session.entries[:position] if other in read)
                unread.append(Unread(session.slot if read else None, before, entry.sets if sets_told else None))
        if read:
            sessions.append(FollowedSession(session.slot, read))
    return FollowedWeek(tuple(sessions), tuple(unread))


@settings(max_examples=250, deadline=None)
@given(weeks())
def test_a_certain_verdict_is_the_verdict_of_the_whole_week(
    drawn: tuple[Problem, FollowedWeek, FollowedWeek],
) -> None:
    of, whole, read = drawn
    all_of_it, part_of_it = audit(of, whole), audit(of, read)
    for full, part in zip(all_of_it.rules, part_of_it.rules, strict=True):
        if part.certain:
            assert part.line.holds == full.line.holds, (part.line, full.line)
    for full_mistake, part_mistake in zip(all_of_it.mistakes, part_of_it.mistakes, strict=True):
        if part_mistake.certain:
            assert part_mistake.made == full_mistake.made, part_mistake


def _found(of: Problem, sessions: dict[str, list[tuple[str, int]]], *unread: Unread) -> Audit:
    return audit(of, week(of, sessions, unread))


def _certain(found: Audit, rule: str) -> bool:
    return next(finding.certain for finding in found.rules if finding.line.rule == rule)


def test_everything_is_certain_when_everything_was_read() -> None:
    found = _found(GYM, {"mon": [("barbell_bench_press", 4)]})
    assert all(finding.certain for finding in found.rules)
    assert all(mistake.certain for mistake in found.mistakes)


def test_a_large_deficit_stays_one_and_a_small_one_may_not() -> None:
    """Pull 6 against push 16 lacks 26 units: 12 unread sets are worth 24 at most, 13 may make it up."""
    sessions = {"mon": [("barbell_bench_press", 4), ("push_up", 4), ("lat_pulldown", 3)]}
    rule = "balance.upper_pull_push"
    assert _certain(_found(GYM, sessions, Unread("mon", 3, 12)), rule)
    assert not _certain(_found(GYM, sessions, Unread("mon", 3, 13)), rule)
    assert not _certain(_found(GYM, sessions, Unread("mon", 3, None)), rule)


def test_a_hold_that_was_read_cannot_be_undone() -> None:
    sessions = {"mon": [("isometric_chin_up_hold", 3)]}
    assert _certain(_found(GYM, sessions, Unread("mon", 1, None)), "pull.isometric_hold")
    assert not _certain(_found(GYM, {"mon": [("pull_up", 3)]}, Unread("mon", 1, 1)), "pull.isometric_hold")


def test_a_line_below_the_drill_cannot_come_before_it() -> None:
    drills = [("bird_dog", 2), ("side_lying_windmill", 1), ("prone_cobra", 2), ("lat_pulldown", 3)]
    assert _certain(_found(GYM, {"mon": drills}, Unread("mon", 3, 3)), "mobility.thoracic")
    assert not _certain(_found(GYM, {"mon": drills}, Unread("mon", 0, 3)), "mobility.thoracic")


def test_a_drill_below_the_first_pull_opens_nothing_for_an_unread_press() -> None:
    """The day trains no upper body yet; a press among the unread lines would make it one that a pull opens."""
    late = {"mon": [("romanian_deadlift", 3), ("bird_dog", 1)]}
    assert not _certain(_found(GYM, late, Unread("mon", 2, 3)), "mobility.thoracic")


def test_a_session_that_nothing_unread_can_open_stays_unopened() -> None:
    sessions = {"mon": [("barbell_bench_press", 3)], "thu": [("lat_pulldown", 3)]}
    assert _certain(_found(GYM, sessions, Unread("mon", 0, 3)), "mobility.thoracic")
    only = {"mon": [("barbell_bench_press", 3)]}
    assert not _certain(_found(GYM, only, Unread("mon", 0, 3)), "mobility.thoracic")


def test_limits_can_only_be_broken_by_more() -> None:
    """Squats a day apart are too close whatever else is done; three days apart more work may still load the legs."""
    close = {"mon": [("barbell_back_squat", 4)], "tue": [("barbell_back_squat", 4)]}
    assert _certain(_found(GYM, close, Unread("mon", 1, 3)), "recovery.muscle")
    apart = {"mon": [("barbell_back_squat", 4)], "thu": [("barbell_back_squat", 4)]}
    assert not _certain(_found(GYM, apart, Unread("mon", 1, 3)), "recovery.muscle")


def test_what_is_not_judged_is_not_broken() -> None:
    of = problem("mon")
    kept_out = {"time.session": "no minutes are given"}
    long_day = week(of, {"mon": [("barbell_back_squat", 20), ("barbell_bench_press", 20), ("pull_up", 20)]})
    told, untold = audit(of, long_day), audit(of, long_day, kept_out)
    line = next(finding for finding in told.rules if finding.line.rule == "time.session")
    left_out = next(finding for finding in untold.rules if finding.line.rule == "time.session")
    assert line.broken
    assert not left_out.broken
    assert replace(left_out, not_judged=None) == line
