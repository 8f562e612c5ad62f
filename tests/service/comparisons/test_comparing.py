"""What a comparison says is what the weeks themselves say, measured again by the verifier."""

from __future__ import annotations

import copy
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from catalog.catalog import default_catalog
from service.comparisons.question import labels_of
from service.comparisons.rows import SLACK_UNITS
from service.comparisons.schemas import ComparisonRequest
from service.plans.presenter import present_line
from service.plans.reading import plan_of, problem_of
from service.plans.sessions import present_volume
from solver.domain.change import WeekEntry
from solver.objective.score import score_of
from solver.objective.shortfall import minima_value, targets_value
from solver.rulebook import RULES
from solver.verifier import certify
from solver.verifier.facts import digest
from solver.verifier.time_session import seconds_of
from tests.service.comparisons.plans import THREE_DAYS, TWO_DAYS, compared, plan, scored

if TYPE_CHECKING:
    from service.plans.schemas import PlanResponse

STORED = {name: plan(name) for name in (THREE_DAYS, TWO_DAYS)}
FOUND = compared(*STORED.values())


def _figures(index: int) -> dict[str, Any]:
    return {row.metric: row.values[index] for row in FOUND.metrics}


@pytest.mark.parametrize(("index", "name"), list(enumerate(STORED)))
def test_the_figures_are_those_of_the_week_measured_again(index: int, name: str) -> None:
    """By the verifier and by counting, never by what the answer says of itself."""
    answer = STORED[name]
    assert answer.week is not None
    problem, week = problem_of(answer, default_catalog()), plan_of(answer.week)
    facts, lines = digest(problem, week), {line.rule: line for line in certify(problem, week)}
    upper, lower = (lines[f"balance.{side}_pull_push"].measured for side in ("upper", "lower"))
    placed = [entry for _, entry in facts.week]
    minima, targets = (sum(value(problem, week).values()) for value in (minima_value, targets_value))
    found = _figures(index)
    assert {name: found[name] for name in ("score", "tier_1", "tier_2")} == {
        "score": score_of(problem, minima, targets),
        "tier_1": minima,
        "tier_2": targets,
    }
    lengths = [seconds_of(session, problem.rules) for session in facts.sessions]
    assert (found["seconds"], found["longest_session"]) == (sum(lengths), max(lengths))
    assert [session.seconds for session in FOUND.plans[index].sessions] == lengths
    assert found["sets"] == sum(entry.sets for entry in placed)
    assert found["exercises"] == len({entry.exercise.id for entry in placed})
    assert found["fatigue"] == sum(entry.sets * entry.exercise.systemic_fatigue for entry in placed)
    assert set(FOUND.plans[index].equipment) == {item for entry in placed for item in entry.equipment} - {"none"}
    assert (found["upper_pull"], found["upper_push"]) == (upper["pull"], upper["push"])
    assert (found["lower_pull"], found["lower_push"]) == (lower["pull"], lower["push"])
    assert found["external_rotation"] == lines["shoulder.external_rotation"].measured["external"]
    assert found["upper_trap"] == lines["scapula.lower_trap"].measured["upper"]


@pytest.mark.parametrize(("index", "name"), list(enumerate(STORED)))
def test_the_slack_is_that_of_the_week_certified_again(index: int, name: str) -> None:
    answer = STORED[name]
    assert answer.week is not None
    problem, week = problem_of(answer, default_catalog()), plan_of(answer.week)
    lines = certify(problem, week)
    assert [row.rule for row in FOUND.rules] == [rule.id for rule in RULES] == [line.rule for line in lines]
    assert [row.slack[index] for row in FOUND.rules] == [line.slack for line in lines]
    assert [row.holds[index] for row in FOUND.rules] == [line.holds for line in lines]
    assert answer.certificate == [present_line(line) for line in lines]
    assert answer.volume == present_volume(problem, week)
    sets = {row.muscle: one.sets for row in FOUND.volume if (one := row.plans[index]) is not None}
    assert sets == {muscle.muscle: muscle.sets for muscle in present_volume(problem, week)}


def test_the_tightest_plan_of_each_rule_has_the_least_slack() -> None:
    assert any(row.tightest for row in FOUND.rules)
    for row in FOUND.rules:
        known = [slack for slack in row.slack if slack is not None]
        expected = [p.id for p, slack in zip(FOUND.plans, row.slack, strict=True) if slack == min(known, default=None)]
        assert row.tightest == (expected if len(set(known)) > 1 else [])
        assert (row.unit is None) <= (not known), f"{row.rule} has slack without a unit"
    assert SLACK_UNITS.keys() <= {rule.id for rule in RULES}


def test_undoing_every_change_gives_the_baseline_back() -> None:
    told = FOUND.plans[1].against_baseline
    assert told is not None
    assert told.changes
    taken = {pair.slot: pair.baseline_slot for pair in told.paired_slots}
    week = Counter(_entries(STORED[TWO_DAYS], taken))
    week -= Counter(WeekEntry(c.after.slot, c.after.exercise, c.after.sets) for c in told.changes if c.after)
    week += Counter(WeekEntry(c.before.slot, c.before.exercise, c.before.sets) for c in told.changes if c.before)
    assert week == Counter(_entries(STORED[THREE_DAYS], {}))
    assert told.distance == sum(change.weight for change in told.changes)


def _entries(answer: PlanResponse, taken: dict[str, str]) -> list[WeekEntry]:
    assert answer.week is not None
    return [WeekEntry(taken.get(s.slot, s.slot), e.exercise, e.sets) for s in answer.week.sessions for e in s.entries]


def test_the_sentence_tells_score_time_and_muscles() -> None:
    """Every number in it stands in the answers of the two plans."""
    one, other = STORED[THREE_DAYS], STORED[TWO_DAYS]
    told = FOUND.plans[1].against_baseline
    assert told is not None
    assert one.score is not None
    assert other.score is not None
    assert told.score == pytest.approx(other.score.value - one.score.value)
    assert told.statement.startswith(f"B scores {other.score.value:.2f}, {-told.score:.2f} less than A, and takes 80 ")
    assert "takes 80 minutes in 2 sessions instead of 90 in 3; it gains " in told.statement
    sets = {m.muscle: m.stimulus for m in one.volume}
    differences = {m.muscle: m.stimulus - sets[m.muscle] for m in other.volume if m.stimulus != sets[m.muscle]}
    assert {m.muscle: m.sets for m in told.gained} | {m.muscle: -m.sets for m in told.lost} == differences
    for muscle in (*told.gained[:3], *told.lost[:3]):
        assert (
            f"{muscle.sets:g} set{'s' * (muscle.sets != 1)} of {muscle.name[0].lower()}{muscle.name[1:]}"
            in told.statement
        )


def test_a_plan_against_itself_differs_in_nothing() -> None:
    twin = plan(THREE_DAYS, id="twin")
    found = compared(STORED[THREE_DAYS], twin)
    told = found.plans[1].against_baseline
    assert told is not None
    assert (told.score, told.seconds, told.changes, told.gained, told.lost) == (0, 0, [], [], [])
    assert found.not_comparable == []
    assert not any(row.best for row in found.metrics)
    assert all(row.comparable for row in found.metrics)
    assert "as A does, and takes 90 minutes in 3 sessions, the same; no muscle gets more or less." in told.statement


@pytest.mark.parametrize(
    ("value", "bound", "inside"),
    [(78.0, 79.0, False), (78.0, 80.0, True), (78.0, 81.0, True), (80.0, 80.0, False), (81.0, 81.0, True)],
)
def test_a_score_difference_inside_the_gaps_is_told(value: float, bound: float, inside: bool) -> None:
    """Against a plan that scores 80 and may reach 82: the one that scores less may reach the other, or not."""
    found = compared(scored(THREE_DAYS, 80.0, 80.0 if value == 80.0 else 82.0), scored(TWO_DAYS, value, bound))
    told = found.plans[1].against_baseline
    assert told is not None
    assert told.score_inside_gaps is inside
    assert ("lies inside the gaps" in told.statement) is inside
    if inside:
        reach = ("A", "82") if value > 80 else ("B", f"{bound:g}")
        assert f"weeks of {reach[0]}'s request may score up to {reach[1]}" in told.statement


def test_weeks_of_the_same_request_differ_exactly() -> None:
    found = compared(scored(THREE_DAYS, 80.0, 82.0), scored(THREE_DAYS, 79.0, 82.0, id="second"))
    told = found.plans[1].against_baseline
    assert told is not None
    assert (told.score, told.score_inside_gaps) == (-1, False)
    assert "inside the gaps" not in told.statement


def _aspects(found: Any) -> set[str]:
    return {note.about for note in found.not_comparable}


def test_other_slots_are_said_to_be_other() -> None:
    assert _aspects(FOUND) == {"bounds", "quality", "slots"}


def test_other_goals_have_other_scores() -> None:
    resolved = copy.deepcopy(STORED[TWO_DAYS].resolved)
    resolved["muscles"]["glutes"]["weekly_target_sets"] += 1
    found = compared(STORED[THREE_DAYS], plan(TWO_DAYS, resolved=resolved))
    told = found.plans[1].against_baseline
    assert told is not None
    assert _aspects(found) == {"score", "bounds", "quality", "slots", "rules"}
    assert (told.score, told.score_inside_gaps) == (None, None)
    assert "by its own goals" in told.statement
    assert next(row for row in found.metrics if row.metric == "score").best == []
    assert next(row for row in found.metrics if row.metric == "sessions").best == [TWO_DAYS]


def test_a_rule_of_another_limit_is_named() -> None:
    resolved = copy.deepcopy(STORED[TWO_DAYS].resolved)
    resolved["rules"]["row.retraction"]["sets"] = 3
    found = compared(STORED[THREE_DAYS], plan(TWO_DAYS, resolved=resolved))
    assert "limits for row.retraction:" in next(n for n in found.not_comparable if n.about == "rules").statement


def test_a_week_that_is_not_understood_any_more_is_compared_as_far_as_it_goes() -> None:
    """Of an exercise that no catalog knows neither fatigue nor likeness is known; what was measured then stays."""
    week = STORED[TWO_DAYS].model_dump(mode="json")["week"]
    week["sessions"][0]["entries"][0]["exercise"] = "long_gone"
    old = plan(TWO_DAYS, week=week, catalog="sha256:0")
    found = compared(STORED[THREE_DAYS], old)
    told = found.plans[1].against_baseline
    assert told is not None
    assert (told.changes, told.distance, told.fatigue) == (None, None, None)
    assert told.seconds == FOUND.plans[1].against_baseline.seconds
    assert next(row.values for row in found.metrics if row.metric == "fatigue") == [_figures(0)["fatigue"], None]
    assert _aspects(found) >= {"catalog", "score", "fatigue", "changes"}


def test_a_request_that_is_not_understood_any_more_is_no_obstacle() -> None:
    found = compared(STORED[THREE_DAYS], plan(TWO_DAYS, request={"week": {"moons": 2}}))
    assert found.plans[1].against_baseline is not None
    assert found.plans[1].against_baseline.changes is None


def test_labels_are_letters_unless_given() -> None:
    wish = ComparisonRequest(plans=["p", "q", "r"], labels={"r": "A"})
    assert labels_of(wish) == {"p": "D", "q": "B", "r": "A"}


def test_the_baseline_may_be_any_plan() -> None:
    found = compared(*STORED.values(), baseline=TWO_DAYS)
    back, forth = found.plans[0].against_baseline, FOUND.plans[1].against_baseline
    assert found.plans[1].against_baseline is None
    assert back is not None
    assert forth is not None
    assert (back.score, back.seconds, back.sets) == (-(forth.score or 0), -forth.seconds, -forth.sets)
    assert back.lost == forth.gained
