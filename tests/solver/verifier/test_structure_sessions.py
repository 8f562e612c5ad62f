from solver.domain.plan import Entry, Plan, Session
from solver.domain.problem import Problem
from tests.solver.verifier.builders import drill, exercise, line_for, problem, settings, slot, subjects, week

RULE = "structure.sessions"
PUSH, EASY, DRILL = exercise("push"), exercise("easy", counts_as_hard_set=False), drill("drill")
HARD_DRILL = drill("hard_drill", counts_as_hard_set=True)
SLOTS = (slot("mon"), slot("noon", day="tue", hour=12), slot("tue"), slot("wed"), slot("thu"))


def _world(**rules: int) -> Problem:
    return problem(PUSH, EASY, DRILL, HARD_DRILL, slots=SLOTS, rules=settings(**rules))


def _days(*names: str) -> Plan:
    return week(**{name: [("push", 3)] for name in names})


def test_number_of_sessions() -> None:
    world = _world(sessions_min=2, sessions_max=3)
    assert not line_for(RULE, world, _days("mon")).holds
    two = line_for(RULE, world, _days("mon", "wed"))
    three = line_for(RULE, world, _days("mon", "tue", "wed"))
    assert two.holds
    assert three.holds
    assert two.statement == "2 sessions within 2 to 3, most on a day 1 <= 1"
    assert three.statement == "3 sessions within 2 to 3, most on a day 1 <= 1"
    four = line_for(RULE, world, _days("mon", "tue", "wed", "thu"))
    assert not four.holds
    assert four.slack == -1


def test_sessions_of_a_day() -> None:
    double = _days("noon", "tue")
    one = line_for(RULE, _world(), double)
    assert not one.holds
    assert one.measured == {"sessions": 2, "most_on_a_day": 2}
    assert one.violations[0].statement == "Day 2 of the week has 2 sessions, more than the 1 allowed."
    assert line_for(RULE, _world(sessions_per_day=2), double).holds


def test_every_session_holds_a_hard_working_exercise() -> None:
    plan = week(mon=[("push", 3)], tue=[("drill", 2), ("easy", 3)], wed=[("hard_drill", 2)])
    assert subjects(line_for(RULE, _world(), plan)) == ["tue", "wed"]


def test_an_empty_session_does_not_belong_in_a_plan() -> None:
    line = line_for(RULE, _world(), week(mon=[("push", 3)], wed=[]))
    assert subjects(line) == ["wed"]
    assert line.measured["sessions"] == 1


def test_sessions_stand_in_time_order() -> None:
    assert subjects(line_for(RULE, _world(sessions_max=5), _days("wed", "mon"))) == ["mon"]
    assert subjects(line_for(RULE, _world(sessions_per_day=2), _days("tue", "noon"))) == ["noon"]


def test_a_slot_is_used_once() -> None:
    session = Session("mon", (Entry("push", 3, ("none",)),))
    assert "mon" in subjects(line_for(RULE, _world(sessions_per_day=2), Plan((session, session))))


def test_an_unknown_slot() -> None:
    line = line_for(RULE, _world(), _days("mon", "someday"))
    assert subjects(line) == ["someday"]
