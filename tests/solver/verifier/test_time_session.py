from dataclasses import replace

from solver.domain.plan import Entry
from solver.domain.problem import Problem
from tests.solver.verifier.builders import WEEK, exercise, line_for, problem, settings, subjects, week

RULE = "time.session"
ROW = exercise("row", pattern="pull", seconds_per_set=30, rest_seconds=90, setup_seconds=60, warmup_seconds=60)
PULL = exercise("pull", pattern="pull", seconds_per_set=20, rest_seconds=60, setup_seconds=0, warmup_seconds=120)
CURL = exercise("curl", pattern="elbow", seconds_per_set=40, rest_seconds=60, setup_seconds=10)
# warm-up 300
# row   60 + 3 x 30 + 2 x 90 = 330
# pull   0 + 2 x 20 + 1 x 60 = 100
# curl  10 + 3 x 40 + 2 x 60 = 250
# ramp-up: the larger of 60 and 120 for the shared pattern; changeovers 2 x 60
PLAN = week(mon=[("row", 3), ("pull", 2), ("curl", 3)])
SECONDS = 300 + 330 + 100 + 250 + 120 + 120


def _limited(seconds: int, *, supersets: bool = False, **rules: int) -> Problem:
    first, *others = WEEK
    slots = (replace(first, limit_seconds=seconds), *others)
    return problem(ROW, PULL, CURL, slots=slots, supersets=supersets, rules=settings(**rules))


def test_the_last_second_counts() -> None:
    exact = line_for(RULE, _limited(SECONDS), PLAN)
    assert exact.holds
    assert exact.measured == {"mon": 1220}
    assert exact.slack == 0
    over = line_for(RULE, _limited(SECONDS - 1), PLAN)
    assert subjects(over) == ["mon"]
    assert over.slack == -1
    assert (
        over.violations[0].statement == "The session in 'mon' takes 20 min 20 s, 0 min 1 s more than its 20 min 19 s."
    )


def test_warmup_and_changeover_are_parameters() -> None:
    line = line_for(RULE, _limited(SECONDS, warmup_seconds=0, changeover_seconds=30), PLAN)
    assert line.measured == {"mon": 1220 - 300 - 2 * 30}


def test_each_session_has_its_own_limit() -> None:
    plan = week(mon=[("pull", 2)], wed=PLAN.sessions[0].entries)
    line = line_for(RULE, _limited(600), plan)
    assert line.holds
    assert line.measured == {"mon": 300 + 100 + 120, "wed": 1220}
    assert line.slack == 600 - 520


def test_a_superset_saves_the_rest_they_share() -> None:
    paired = week(mon=[("row", 3), Entry("pull", 2, ("none",), "a"), Entry("curl", 3, ("none",), "a")])
    # min(60, 60) x (min(2, 3) - 1) = 60, below 35 % of 350
    line = line_for(RULE, _limited(SECONDS - 60, supersets=True), paired)
    assert line.holds
    assert line.slack == 0


def test_the_saving_is_capped_at_a_share_of_the_pair() -> None:
    restful = exercise("restful", seconds_per_set=5, rest_seconds=600)
    twin = exercise("twin", seconds_per_set=5, rest_seconds=600)
    plan = week(mon=[Entry("restful", 2, ("none",), "a"), Entry("twin", 2, ("none",), "a")])
    # each 2 x 5 + 600 = 610; the shared rest of 600 is above 35 % of 1220 = 427
    line = line_for(RULE, problem(restful, twin, supersets=True), plan)
    assert line.measured == {"mon": 300 + 1220 + 60 - 427}


def test_a_label_on_one_or_three_entries_saves_nothing() -> None:
    alone = week(mon=[("row", 3), ("pull", 2), Entry("curl", 3, ("none",), "a")])
    three = week(mon=[Entry(name, sets, ("none",), "a") for name, sets in (("row", 3), ("pull", 2), ("curl", 3))])
    for plan in (alone, three):
        assert line_for(RULE, _limited(SECONDS), plan).measured == {"mon": SECONDS}
