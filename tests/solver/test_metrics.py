"""What a week costs, counted by hand."""

from __future__ import annotations

from solver.domain import metrics
from solver.domain.plan import Entry, Plan, Session
from solver.measured import MeasuredWeek
from tests.solver.verifier.builders import exercise, problem, slot

SQUAT = exercise("squat", systemic_fatigue=3, seconds_per_set=40, rest_seconds=120, setup_seconds=30)
ROW = exercise("row", systemic_fatigue=1, seconds_per_set=30, rest_seconds=60)
CURL = exercise("curl", seconds_per_set=30, rest_seconds=60)
ASKED = problem(SQUAT, ROW, CURL, slots=(slot("mon"), slot("wed")))
WEEK = Plan(
    (
        Session("mon", (Entry("squat", 3, ("barbell", "squat_rack")), Entry("row", 2, ("barbell",)))),
        Session("wed", (Entry("curl", 3, ("dumbbells",), "A"), Entry("row", 3, ("none",), "A"))),
    )
)


def test_the_week_costs_what_its_parts_cost() -> None:
    # mon: warm-up 300, squat 30 + 3 x 40 + 2 x 120, row 2 x 30 + 60, a changeover 60.
    monday = 300 + 390 + 120 + 60
    # wed: 210 each; the pair shares min(60, 60) x 2 of rest, less than 35 % of 420.
    wednesday = 300 + 210 + 210 + 60 - 120
    assert [metrics.seconds_of_session(ASKED, session) for session in WEEK.sessions] == [monday, wednesday]
    assert metrics.total_seconds(ASKED, WEEK) == monday + wednesday
    assert metrics.session_count(WEEK) == 2
    assert metrics.total_sets(WEEK) == 11
    assert metrics.exercises_used(WEEK) == {"squat", "row", "curl"}
    assert metrics.systemic_fatigue(ASKED, WEEK) == 3 * 3 + 5 * 1
    assert metrics.equipment_used(WEEK) == {"barbell", "squat_rack", "dumbbells"}


def test_a_label_without_a_partner_saves_nothing() -> None:
    alone = Session("mon", (Entry("row", 3, ("none",), "A"),))
    assert metrics.seconds_of_session(ASKED, alone) == 300 + 3 * 30 + 2 * 60
    assert MeasuredWeek(ASKED, Plan((alone,))).seconds == {"mon": 300 + 3 * 30 + 2 * 60}
