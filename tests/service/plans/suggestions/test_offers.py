"""What may be changed: every offer is a patch that a library applies, as small as it can be, and told in words."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import jsonpatch
import pytest

from service.plans.phrases import with_article
from service.plans.schemas import PlanRequest
from service.plans.service import ask
from service.plans.suggestions import costs, numbers
from service.plans.suggestions.against import offers_against
from service.plans.suggestions.asked import Asked
from service.validation.parsing import parse
from solver.domain.outcome import Conflict, ConflictElement
from solver.model import build_model
from solver.rulebook import RULES
from tests.service.plans.test_wording import BODIES
from tests.solver.subjects import subject_of

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.plans.suggestions.asked import Trial
    from solver.guard import Name
    from solver.suggest import Offer

LACKING = (("cable_machine",), ("pull_up_bar",), ("resistance_band",))


def _asked(catalog: Catalog, body: dict[str, Any]) -> Asked:
    question = ask(parse(PlanRequest, json.dumps(body).encode()), catalog)
    return Asked.of(question.request, question.problem, question.catalog)


def _conflict(*names: tuple[str, str] | Name) -> Conflict:
    pairs = [(n[0], subject_of(*n)) if isinstance(n, tuple) else (n.rule, n.subject) for n in names]
    return Conflict(tuple(ConflictElement(*pair, "general", LACKING) for pair in pairs), minimal=True)


def _place(name: str, *lacking: tuple[str, ...]) -> ConflictElement:
    return ConflictElement("equipment.available", subject_of("equipment.available", name), "general", lacking)


def _offers(catalog: Catalog, body: dict[str, Any], *names: tuple[str, str] | Name) -> dict[str, list[Offer[Trial]]]:
    """What is offered against these, by family."""
    found: dict[str, list[Offer[Trial]]] = {}
    for one in offers_against(_asked(catalog, body), _conflict(*names)):
        found.setdefault(one.family, []).append(one)
    return found


def _operations(step: Trial) -> list[dict[str, Any]]:
    return list(step.change.operations)


@pytest.mark.parametrize("name", BODIES)
def test_whatever_collides_every_offer_is_a_request_again(catalog: Catalog, name: str) -> None:
    body = BODIES[name]
    asked = _asked(catalog, body)
    posted = build_model(asked.problem, explaining=True, with_facts=True).guard.literals
    seen: set[str] = set()
    for one in (one for at in posted for one in offers_against(asked, _conflict(at)) if one.family not in seen):
        seen.add(one.family)
        assert [step.cost for step in one.steps] == sorted(step.cost for step in one.steps)
        for step in (one.steps[0], one.steps[-1]):
            before = copy.deepcopy(body)
            changed = jsonpatch.apply_patch(body, json.loads(json.dumps(_operations(step))))
            assert body == before
            assert changed != body
            assert step.problem() is not None, step.change
            assert step.cost > 0
            assert step.change.statement[0].islower() or step.change.statement[0] == "'"
            assert not step.change.statement.endswith(".")
    assert len(seen) > 20


def test_the_default_week_is_written_out_only_when_a_slot_of_it_changes(catalog: Catalog) -> None:
    longer = _offers(catalog, {}, ("time.session", "wed"))["minutes"][0].steps[0]
    (operation,) = _operations(longer)
    assert (operation["op"], operation["path"]) == ("add", "/week")
    assert [(s["id"], s["minutes"]) for s in operation["value"]["slots"]] == [("mon", 60), ("wed", 65), ("fri", 60)]
    stated = {"week": {"slots": [{"id": "a", "day": "monday", "minutes": 42}]}}
    steps = _offers(catalog, stated, ("time.session", "a"))["minutes"][0].steps
    assert _operations(steps[0]) == [{"op": "replace", "path": "/week/slots/0/minutes", "value": 45}]
    assert _operations(steps[-1])[0]["value"] == 240
    assert [step.cost for step in steps[:3]] == [1, 2, 3]
    unsaid = {"week": {"slots": [{"id": "a", "day": "monday"}]}}
    first = _offers(catalog, unsaid, ("time.session", "a"))["minutes"][0].steps[0]
    assert _operations(first) == [{"op": "add", "path": "/week/slots/0/minutes", "value": 65}]


def test_a_slot_grows_no_further_than_to_the_next_one(catalog: Catalog) -> None:
    am = {"id": "am", "day": "monday", "start": "08:00", "minutes": 60}
    pm = {"id": "pm", "day": "monday", "start": "10:00", "minutes": 60}
    steps = _offers(catalog, {"week": {"slots": [am, pm]}}, ("time.session", "am"))["minutes"][0].steps
    assert _operations(steps[-1])[0]["value"] == 120
    assert steps[-1].problem() is not None


def test_a_new_session_is_far_from_the_others_and_allowed_for(catalog: Catalog) -> None:
    slots = [{"id": day[:3], "day": day, "start": "07:00"} for day in ("monday", "wednesday")]
    body = {"week": {"slots": slots, "sessions": {"max": 2}}}
    new = _offers(catalog, body, ("structure.sessions", "min"))["session"][0].steps[0]
    assert _operations(new) == [
        {
            "op": "add",
            "path": "/week/slots/2",
            "value": {"id": "fri", "day": "friday", "start": "07:00", "minutes": 30},
        },
        {"op": "replace", "path": "/week/sessions/max", "value": 3},
    ]
    taken = {"week": {"slots": [{"id": "thu", "day": "monday"}]}}
    again = _offers(catalog, taken, ("structure.sessions", "min"))["session"][0].steps[0]
    assert _operations(again)[0]["value"]["id"] == "thursday"


def test_equipment_is_added_to_a_list_and_a_preset_written_out(catalog: Catalog) -> None:
    listed = {"places": [{"id": "x", "equipment": []}, {"id": "shed", "equipment": ["dumbbells"]}]}
    body = {**listed, "week": {"slots": [{"id": "mon", "day": "monday", "place": "shed"}]}}
    offers = _offers(catalog, body, ("equipment.available", "shed"))
    items = {one.steps[0].change.statement: one.steps[0] for one in offers["equipment of shed"]}
    band = items["equip 'shed' with a resistance band"]
    assert _operations(band) == [{"op": "add", "path": "/places/1/equipment/1", "value": "resistance_band"}]
    assert "equip 'shed' like the preset home_dumbbells" in items
    assert "equip 'shed' like the preset bands_only" not in items  # it would take the dumbbells away
    assert {one.steps[0].change.statement for one in offers["place"]} == {"train 'mon' at 'x' instead of 'shed'"}

    pair = offers_against(_asked(catalog, body), Conflict((_place("shed", ("barbell", "rack")),), minimal=True))[
        0
    ].steps[0]
    assert pair.change.statement == "equip 'shed' with a barbell and plates and a power rack"
    assert jsonpatch.apply_patch(body, _operations(pair))["places"][1]["equipment"] == ["dumbbells", "barbell", "rack"]

    preset = {"places": [{"id": "hut", "equipment": "bands_only"}]}
    bar = _offers(catalog, preset, ("equipment.available", "hut"))["equipment of hut"][1].steps[0]
    (operation,) = _operations(bar)
    assert operation["path"] == "/places/0/equipment"
    assert set(operation["value"]) == {"wall", "dowel", "resistance_band", "mini_band", "pull_up_bar"}


def test_what_is_dear_and_what_is_cheap(catalog: Catalog) -> None:
    items = ("resistance_band", "pull_up_bar", "cable_machine", "leg_press_machine")
    assert [costs.of_item(catalog, item) for item in items] == [3, 5, 7, 9]
    assert costs.of_items(catalog, items[:2]) == 8
    stress = _offers(
        catalog, {"athlete": {"avoid": {"stress": ["overhead"]}}}, ("athlete.exclusions", "stress:overhead")
    )
    pattern = _offers(catalog, {"athlete": {"avoid": {"patterns": ["lunge"]}}}, ("athlete.exclusions", "pattern:lunge"))
    (one,), (other,) = stress.values(), pattern.values()
    assert one[0].steps[0].cost > other[0].steps[0].cost


def test_an_exclusion_goes_wherever_it_is_named(catalog: Catalog) -> None:
    body = {"athlete": {"avoid": {"patterns": ["lunge", "squat", "lunge"]}}}
    ((one,),) = _offers(catalog, body, ("athlete.exclusions", "pattern:lunge")).values()
    assert jsonpatch.apply_patch(body, _operations(one.steps[0])) == {"athlete": {"avoid": {"patterns": ["squat"]}}}


def test_a_wish_shrinks_set_by_set_and_goes_last(catalog: Catalog) -> None:
    body = {"athlete": {"must_include": [{"exercise": "face_pull"}, {"exercise": "pull_up", "min_sets": 3}]}}
    ((one,),) = _offers(catalog, body, ("athlete.must_include", "pull_up")).values()
    assert [_operations(step) for step in one.steps] == [
        [{"op": "replace", "path": "/athlete/must_include/1/min_sets", "value": 2}],
        [{"op": "replace", "path": "/athlete/must_include/1/min_sets", "value": 1}],
        [{"op": "remove", "path": "/athlete/must_include/1"}],
    ]
    assert [step.cost for step in one.steps] == [1, 2, 4]


def test_numbers_only_get_weaker_and_stay_inside_their_bounds(catalog: Catalog) -> None:
    body = {"rules": {"balance.upper_pull_push": {"ratio": 2.5}, "volume.weekly_max": {"calves": 38}}}
    offers = _offers(catalog, body, ("balance.upper_pull_push", "ratio"), ("volume.weekly_max", "calves"))
    ratio = offers["balance.upper_pull_push ratio"][0].steps
    assert [_operations(step)[0]["value"] for step in ratio] == [2.25, 2, 1.75, 1.5, 1.25, 1]
    # Back to the guide's 2 a step costs 1; below it the guide is loosened, which is dearer and said.
    assert [step.cost for step in ratio] == [1, 2, 10, 12, 14, 16]
    assert "weaker than the guide's 2" not in ratio[1].change.statement
    assert ratio[2].change.statement.endswith("to 1.75 instead of 2.5, weaker than the guide's 2")
    most = offers["volume.weekly_max *"][0].steps
    assert [_operations(step)[0]["value"] for step in most] == [39, 40]


def test_every_number_that_can_be_made_weaker_has_words() -> None:
    weaker = {(rule.id, p.name) for rule in RULES for p in rule.parameters if p.weaker != "none"}
    assert set(numbers.WORDS) == weaker


def test_a_required_muscle_is_asked_less_of_or_no_more(catalog: Catalog) -> None:
    body = {"athlete": {"required_muscles": ["calves", "glutes"]}, "rules": {"volume.weekly_min": {"glutes": 3}}}
    ((one,),) = (o for f, o in _offers(catalog, body, ("volume.weekly_min", "glutes")).items() if "weekly_min" in f)
    assert [_operations(step) for step in one.steps] == [
        [{"op": "replace", "path": "/rules/volume.weekly_min/glutes", "value": 2}],
        [{"op": "replace", "path": "/rules/volume.weekly_min/glutes", "value": 1}],
        [
            {"op": "remove", "path": "/athlete/required_muscles/1"},
            {"op": "remove", "path": "/rules/volume.weekly_min/glutes"},
        ],
    ]


def test_choices_go_back_to_their_defaults_only_where_the_request_made_them(catalog: Catalog) -> None:
    body = {"rules": {"recovery.muscle": {"mode": "conservative"}}}
    offers = _offers(catalog, body, ("recovery.muscle", "quadriceps"))
    assert _operations(offers["recovery.muscle mode"][0].steps[0]) == [
        {"op": "remove", "path": "/rules/recovery.muscle/mode"}
    ]
    assert "recovery.muscle mode" not in _offers(catalog, {}, ("recovery.muscle", "quadriceps"))


def test_the_warm_up_is_cut_only_where_the_request_made_it_longer(catalog: Catalog) -> None:
    assert "time.session warmup_seconds" not in _offers(catalog, {}, ("time.session", "mon"))
    body = {"rules": {"time.session": {"warmup_seconds": 400}}}
    steps = _offers(catalog, body, ("time.session", "mon"))["time.session warmup_seconds"][0].steps
    assert _operations(steps[0]) == [{"op": "replace", "path": "/rules/time.session/warmup_seconds", "value": 370}]


def test_an_inclusion_that_is_insisted_on_can_be_left_to_where_it_is_possible(catalog: Catalog) -> None:
    body = {"rules": {"pull.isometric_hold": {"sessions": 1}}}
    ((one,),) = _offers(catalog, body, ("pull.isometric_hold", "")).values()
    assert _operations(one.steps[0]) == [{"op": "remove", "path": "/rules/pull.isometric_hold/sessions"}]
    assert _offers(catalog, {}, ("pull.isometric_hold", "")) == {}  # one session is the least there is


def test_a_pinned_session_opens_for_more_without_losing_anything(catalog: Catalog) -> None:
    done = [
        {"exercise": "bird_dog", "sets": 2},
        {"exercise": "face_pull", "sets": 0},
        {"exercise": "pull_up", "sets": 3},
    ]
    body = {"pins": [{"slot": "mon", "entries": done}, {"slot": "wed", "exercise": "face_pull", "sets": 3}]}
    opened, released = _offers(catalog, body, ("plan.pinned", "mon"))["pin of mon"]
    assert jsonpatch.apply_patch(body, _operations(opened.steps[0]))["pins"] == [
        {"slot": "wed", "exercise": "face_pull", "sets": 3},
        {"slot": "mon", "exercise": "bird_dog", "sets": 2},
        {"slot": "mon", "exercise": "pull_up", "sets": 3},
    ]
    assert opened.steps[0].cost < released.steps[0].cost
    assert jsonpatch.apply_patch(body, _operations(released.steps[0]))["pins"] == body["pins"][1:]


def test_a_stage_is_offered_up_and_down(catalog: Catalog) -> None:
    offers = _offers(catalog, {}, ("progression.deadlift", "current stage"))["stage of deadlift"]
    assert {_operations(one.steps[0])[0]["value"]["ladder_stages"]["deadlift"] for one in offers} == {1, 2, 4, 5, 6}
    assert {one.steps[0].cost for one in offers} == {6, 12, 18}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Pull-up bar", "a pull-up bar"),
        ("EZ curl bar", "an EZ curl bar"),
        ("Ab wheel", "an ab wheel"),
        ("Dumbbells", "dumbbells"),
        ("Dip bars", "dip bars"),
    ],
)
def test_things_have_their_article(name: str, words: str) -> None:
    assert with_article(name) == words


def test_supersets_are_offered_where_sessions_are_too_short_and_have_none(catalog: Catalog) -> None:
    (offer,) = _offers(catalog, {}, ("time.session", "mon"))["supersets"]
    assert [_operations(step) for step in offer.steps] == [[{"op": "add", "path": "/supersets", "value": True}]]
    assert "supersets" not in _offers(catalog, {"supersets": True}, ("time.session", "mon"))
    assert "supersets" not in _offers(catalog, {}, ("volume.weekly_max", "glutes"))
