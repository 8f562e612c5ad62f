"""What the figures of a week are made of, against the plan's own numbers and the calendar."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

import service.plans.examples as plan_examples
import service.variants.examples as variants_examples
from service.plans.schemas import PlanResponse
from service.variants.schemas import VariantsAnswer
from service.web.parts.body.figure import file, sides
from service.web.parts.body.shading import SHADES, shade_of
from service.web.parts.figures import figures_of
from service.web.parts.front import front_chart
from service.web.parts.tracing import Tracing

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.web.parts.figures import Figures
    from service.web.parts.volume import MuscleRow
    from tests.service.web.site import Site

HOURS = {"monday": 0, "tuesday": 24, "wednesday": 48, "thursday": 72, "friday": 96, "saturday": 120, "sunday": 144}


@pytest.fixture(params=["gym", "bands"])
def plan(request: pytest.FixtureRequest, site: Site) -> PlanResponse:
    """The documented week in a gym, and one without a bar or a rack."""
    if request.param == "gym":
        return PlanResponse.model_validate_json(
            (Path(plan_examples.__file__).parent / "examples/week.json").read_bytes()
        )
    return PlanResponse.model_validate(site.solved())


def _rows(figures: Figures) -> list[MuscleRow]:
    return [row for rows in figures.volume.regions.values() for row in rows]


def test_the_entries_behind_a_muscle_add_up_to_its_sets(plan: PlanResponse, catalog: Catalog) -> None:
    figures = figures_of(plan, catalog)
    assert {row.id: row.sets.value for row in _rows(figures)} == {v.muscle: v.sets for v in plan.volume}
    assert {m.id: m.sets for m in figures.volume.figure.muscles.values()} == {v.muscle: v.sets for v in plan.volume}
    for row in _rows(figures):
        assert sum(share.amount for share in row.sets.shares) == row.sets.value, row.name


def test_the_entries_behind_a_balance_add_up_to_what_the_verifier_measured(
    plan: PlanResponse, catalog: Catalog
) -> None:
    figures = figures_of(plan, catalog)
    assert len(figures.gauges) == 4
    for gauge in figures.gauges:
        for side in gauge.sides:
            assert side.adds_up, (gauge.rule, side)
    assert figures.ladder is not None
    assert figures.ladder.sets.adds_up
    assert [step.state for step in figures.ladder.steps].index("current") + 1 == figures.ladder.current


def test_every_trace_names_an_entry_of_the_week_by_its_place(plan: PlanResponse, catalog: Catalog) -> None:
    assert plan.week is not None
    names = {
        f"s{place}e{position}": entry.name
        for place, session in enumerate(plan.week.sessions)
        for position, entry in enumerate(session.entries)
    }
    for row in _rows(figures_of(plan, catalog)):
        for share in row.sets.shares:
            assert names[share.key] == share.name


def test_every_rule_of_the_guide_names_its_entries(plan: PlanResponse, catalog: Catalog) -> None:
    assert plan.week is not None
    shown = figures_of(plan, catalog).certificate
    entries = {
        f"s{place}e{position}": entry
        for place, session in enumerate(plan.week.sessions)
        for position, entry in enumerate(session.entries)
    }
    for lines in shown.mistakes.values():
        for line in lines:
            serving = {key for key, entry in entries.items() if line.rule in entry.serves}
            assert serving <= set(line.keys.split()), line.rule
    assert not any(line.shares for line in shown.others)


def test_rest_is_counted_from_session_to_session(plan: PlanResponse, catalog: Catalog) -> None:
    assert plan.week is not None
    recovery = figures_of(plan, catalog).recovery
    assert recovery is not None
    assert recovery.days == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    starts = {s.day: HOURS[s.day] + int(s.start[:2]) for s in plan.week.sessions}
    assert recovery.rows
    for row in recovery.rows:
        hours = [starts[load.day.lower()] for load in row.loads]
        apart = [min(abs(a - b), 168 - abs(a - b)) for a in hours for b in hours if a != b]
        assert row.gets == (min(apart) if apart else None), row.name
        assert sum(rest.length for rest in row.rests) * 168 == pytest.approx(row.needs * len(hours))
        for load in row.loads:
            assert sum(share.amount for share in load.sets.shares) == load.sets.value


def test_rest_that_reaches_beyond_sunday_goes_on_on_monday(site: Site, catalog: Catalog) -> None:
    slots = [{"id": "sun", "day": "sunday", "minutes": 30}, {"id": "wed", "day": "wednesday", "minutes": 30}]
    body = {
        "places": [{"id": "home", "equipment": "bands_only"}],
        "week": {"starts_on": "2026-11-23", "slots": slots},
        "solve": {"time_limit_seconds": 60, "gap": 0.5, "workers": 1},
    }
    recovery = figures_of(PlanResponse.model_validate(site.solved(body)), catalog).recovery
    assert recovery is not None
    wrapped = [row for row in recovery.rows if any(load.day == "Sunday" for load in row.loads)]
    assert wrapped
    for row in wrapped:
        assert any(rest.start == 0.0 for rest in row.rests), row.name


def test_a_plan_that_is_not_understood_any_more_keeps_its_figures_without_traces(
    plan: PlanResponse, catalog: Catalog
) -> None:
    forgotten = plan.model_copy(update={"request": {"athlete": {"favourites": ["no_such_exercise"]}}})
    assert Tracing(forgotten, catalog).facts is None
    figures = figures_of(forgotten, catalog)
    assert figures.recovery is None
    assert not any(row.sets.shares for row in _rows(figures))
    assert [gauge.sides[0].value for gauge in figures.gauges] == [
        gauge.sides[0].value for gauge in figures_of(plan, catalog).gauges
    ]


def test_the_certificate_tells_every_rule_once(plan: PlanResponse, catalog: Catalog) -> None:
    shown = figures_of(plan, catalog).certificate
    told = [line.rule for lines in shown.mistakes.values() for line in lines] + [line.rule for line in shown.others]
    assert sorted(told) == sorted(line.rule for line in plan.certificate)
    assert len(shown.mistakes) == 6
    assert shown.kept == shown.total == len(plan.certificate)


def test_what_is_waived_says_why_in_whole_sentences(site: Site, catalog: Catalog) -> None:
    plan = PlanResponse.model_validate(site.solved())
    ladder = figures_of(plan, catalog).ladder
    line = next(line for line in plan.certificate if line.rule == "progression.deadlift")
    assert ladder is not None
    assert line.waived is not None
    assert ladder.waived.startswith(line.waived.reason.rstrip("."))
    assert ladder.waived.endswith(f"{line.waived.restored_by[1:].rstrip('.')}.")
    assert ". To restore it: " in ladder.waived
    assert ".." not in ladder.waived


def test_the_figure_has_every_muscle_of_the_catalog_and_a_shape_for_each(catalog: Catalog) -> None:
    assert {muscle for side in sides() for muscle in side.muscles} == set(catalog.muscles)
    drawn = [*ElementTree.fromstring(file()).iter()]
    ids = [element.get("id") for element in drawn if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert {shape for side in sides() for shape in (side.skin, *side.muscles.values())} <= set(ids)
    assert {element.get("href") for element in drawn if element.tag.endswith("use")} <= {f"#{id_}" for id_ in ids}


@pytest.mark.parametrize(
    ("sets", "shade"), [(0, 0), (0.25, 1), (1.75, 1), (2, 2), (3.75, 2), (4, 3), (5.75, 3), (6, 4), (8.75, 4), (9, 5)]
)
def test_a_muscle_is_darker_the_nearer_it_is_to_its_target(sets: float, shade: int) -> None:
    assert shade_of(sets, 6) == shade < len(SHADES)


def test_a_muscle_without_a_target_has_nothing_to_go_beyond() -> None:
    assert [shade_of(sets, 0) for sets in (0, 0.5, 3)] == [0, 4, 4]


def test_the_chart_has_the_better_week_higher_and_the_cheaper_one_to_the_left() -> None:
    path = Path(variants_examples.__path__[0]) / "front.json"
    front = VariantsAnswer.model_validate(json.loads(path.read_text())["answer"]).front
    assert front is not None
    chart = front_chart(front.points)
    assert chart is not None
    assert [dot.plan for dot in chart.dots] == [point.plan for point in front.points]
    for better, cheaper in zip(chart.dots, chart.dots[1:], strict=False):
        assert better.y < cheaper.y
        assert better.x > cheaper.x
    for dot in chart.dots:
        assert chart.left < dot.x < chart.right
        assert chart.top < dot.bound <= dot.y < chart.bottom
    assert front_chart(front.points[:1]) is None
