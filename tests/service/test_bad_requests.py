"""Whatever is wrong with a request, the answer names the field, says what would be right, and stores nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from service.app import create_app
from service.settings import Settings
from tests.service.running import in_process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog
    from tests.service.running import Service

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    database = tmp_path_factory.mktemp("bad") / "plans.db"
    with in_process(
        create_app(Settings(database_url=f"sqlite:///{database}", requests_per_minute=0, run_jobs=False)), database
    ) as running:
        yield running


def _slots(*slots: dict[str, Any], **week: Any) -> dict[str, Any]:
    return {"week": {"slots": [{"id": f"s{i}", "day": "monday", **slot} for i, slot in enumerate(slots)], **week}}


def _rule(rule: str, **parameters: Any) -> dict[str, Any]:
    return {"rules": {rule: parameters}}


def _pins(*pins: dict[str, Any]) -> dict[str, Any]:
    return {"pins": [{"slot": "mon", **pin} for pin in pins]}


SHAPE: dict[str, tuple[Any, str, str]] = {
    "not an object": ([], "", "wrong_type"),
    "null": (None, "", "wrong_type"),
    "unknown field": ({"athlet": {}}, "/athlet", "unknown_field"),
    "unknown field inside": ({"athlete": {"avoid": {"exercise": []}}}, "/athlete/avoid/exercise", "unknown_field"),
    "unknown field in a list": (_slots({"mins": 60}), "/week/slots/0/mins", "unknown_field"),
    "unknown field in a pin": (_pins({"exercise": "pull_up", "sets": 3, "x/y~": 1}), "/pins/0/x~1y~0", "unknown_field"),
    "false for a number": ({"solve": {"seed": False}}, "/solve/seed", "wrong_type"),
    "text for a number": ({"solve": {"workers": "3"}}, "/solve/workers", "wrong_type"),
    "decimal for a whole number": (_slots({"minutes": 60.5}), "/week/slots/0/minutes", "wrong_type"),
    "number for a truth": ({"supersets": 1}, "/supersets", "wrong_type"),
    "number for a text": ({"week": {"timezone": 1}}, "/week/timezone", "wrong_type"),
    "object for a list": ({"pins": {}}, "/pins", "wrong_type"),
    "list for an object": ({"athlete": []}, "/athlete", "wrong_type"),
    "null for an object": ({"week": None}, "/week", "wrong_type"),
    "missing id": ({"week": {"slots": [{"day": "monday"}]}}, "/week/slots/0/id", "required"),
    "missing equipment": ({"places": [{"id": "home"}]}, "/places/0/equipment", "required"),
    "missing sets of a pin": (_pins({"exercise": "pull_up"}), "/pins/0/sets", "required"),
    "unknown experience": ({"athlete": {"experience": "expert"}}, "/athlete/experience", "unknown_choice"),
    "unknown day": (_slots({"day": "Monday"}), "/week/slots/0/day", "unknown_choice"),
    "equipment of no form": ({"places": [{"id": "a", "equipment": 5}]}, "/places/0/equipment", "wrong_type"),
    "equipment item not a text": (
        {"places": [{"id": "a", "equipment": ["wall", 5]}]},
        "/places/0/equipment/1",
        "wrong_type",
    ),
    "pin of no form": ({"pins": ["mon"]}, "/pins/0", "wrong_type"),
    "truth for pinned sets": (
        _pins({"entries": [{"exercise": "pull_up", "sets": True}]}),
        "/pins/0/entries/0/sets",
        "wrong_type",
    ),
    "rule not an object": ({"rules": {"mobility.thoracic": 3}}, "/rules/mobility.thoracic", "wrong_type"),
    "objective is reserved": ({"objective": {"tiers": []}}, "/objective/tiers", "unknown_field"),
    "no slots": ({"week": {"slots": []}}, "/week/slots", "wrong_size"),
    "no places": ({"places": []}, "/places", "wrong_size"),
    "22 slots": (_slots(*[{} for _ in range(22)]), "/week/slots", "wrong_size"),
    "13 places": ({"places": [{"id": f"p{i}", "equipment": []} for i in range(13)]}, "/places", "wrong_size"),
    "31 wanted exercises": (
        {"athlete": {"must_include": [{"exercise": "pull_up"}] * 31}},
        "/athlete/must_include",
        "wrong_size",
    ),
    "101 pins": (_pins(*[{"exercise": "pull_up", "sets": 3}] * 101), "/pins", "wrong_size"),
}

SENSE: dict[str, tuple[Any, str, str]] = {
    "unknown exercise": ({"athlete": {"favourites": ["face_pul"]}}, "/athlete/favourites/0", "unknown_id"),
    "empty text": ({"athlete": {"dislikes": [""]}}, "/athlete/dislikes/0", "unknown_id"),
    "unknown wanted exercise": (
        {"athlete": {"must_include": [{"exercise": "pullup"}]}},
        "/athlete/must_include/0/exercise",
        "unknown_id",
    ),
    "unknown muscle": ({"athlete": {"priorities": {"glute": 3}}}, "/athlete/priorities/glute", "unknown_id"),
    "unknown required muscle": (
        {"athlete": {"required_muscles": ["hamstring"]}},
        "/athlete/required_muscles/0",
        "unknown_id",
    ),
    "unknown pattern": ({"athlete": {"avoid": {"patterns": ["squats"]}}}, "/athlete/avoid/patterns/0", "unknown_id"),
    "unknown stress": ({"athlete": {"avoid": {"stress": ["knees"]}}}, "/athlete/avoid/stress/0", "unknown_id"),
    "unknown avoided item": (
        {"athlete": {"avoid": {"equipment": ["dumbell"]}}},
        "/athlete/avoid/equipment/0",
        "unknown_id",
    ),
    "unknown ladder": ({"athlete": {"ladder_stages": {"dedlift": 1}}}, "/athlete/ladder_stages/dedlift", "unknown_id"),
    "stage above the last": (
        {"athlete": {"ladder_stages": {"deadlift": 7}}},
        "/athlete/ladder_stages/deadlift",
        "out_of_range",
    ),
    "stage 0": ({"athlete": {"ladder_stages": {"deadlift": 0}}}, "/athlete/ladder_stages/deadlift", "out_of_range"),
    "priority 4": ({"athlete": {"priorities": {"glutes": 4}}}, "/athlete/priorities/glutes", "out_of_range"),
    "wanted 0 times": (
        {"athlete": {"must_include": [{"exercise": "pull_up", "min_sets": 0}]}},
        "/athlete/must_include/0/min_sets",
        "out_of_range",
    ),
    "wanted twice": (
        {"athlete": {"must_include": [{"exercise": "pull_up"}, {"exercise": "pull_up", "min_sets": 3}]}},
        "/athlete/must_include/1/exercise",
        "duplicate",
    ),
    "liked and disliked": (
        {"athlete": {"favourites": ["face_pull"], "dislikes": ["face_pull"]}},
        "/athlete/dislikes/0",
        "contradiction",
    ),
    "unknown preset": ({"places": [{"id": "a", "equipment": "gym"}]}, "/places/0/equipment", "unknown_id"),
    "item instead of a preset": (
        {"places": [{"id": "a", "equipment": "dumbbells"}]},
        "/places/0/equipment",
        "wrong_type",
    ),
    "unknown item": ({"places": [{"id": "a", "equipment": ["dumbells"]}]}, "/places/0/equipment/0", "unknown_id"),
    "place twice": (
        {"places": [{"id": "a", "equipment": []}, {"id": "a", "equipment": "full_gym"}]},
        "/places/1/id",
        "duplicate",
    ),
    "empty place id": ({"places": [{"id": "", "equipment": []}]}, "/places/0/id", "malformed"),
    "unknown place": (_slots({"place": "club"}), "/week/slots/0/place", "unknown_id"),
    "slot twice": (_slots({"id": "a"}, {"id": "a", "day": "friday"}), "/week/slots/1/id", "duplicate"),
    "slot id with a line break": (_slots({"id": "a\n"}), "/week/slots/0/id", "malformed"),
    "9 minutes": (_slots({"minutes": 9}), "/week/slots/0/minutes", "out_of_range"),
    "a 25-hour session": (_slots({"minutes": 25 * 60}), "/week/slots/0/minutes", "out_of_range"),
    "minutes beyond all measure": (_slots({"minutes": 10**400}), "/week/slots/0/minutes", "out_of_range"),
    "a ratio beyond all measure": (
        _rule("balance.lower_pull_push", min=10**400),
        "/rules/balance.lower_pull_push/min",
        "out_of_range",
    ),
    "truth for a largest ratio": (
        _rule("balance.lower_pull_push", max=True),
        "/rules/balance.lower_pull_push/max",
        "wrong_type",
    ),
    "start at 24:00": (_slots({"start": "24:00"}), "/week/slots/0/start", "malformed"),
    "start without minutes": (_slots({"start": "18"}), "/week/slots/0/start", "malformed"),
    "start in Arabic digits": (_slots({"start": "١٨:٠٠"}), "/week/slots/0/start", "malformed"),
    "overlap": (_slots({"start": "18:00"}, {"start": "18:59"}), "/week/slots/1", "overlap"),
    "overlap over midnight": (
        _slots({"start": "23:30"}, {"day": "tuesday", "start": "00:15"}),
        "/week/slots/1",
        "overlap",
    ),
    "overlap from the last into the first": (
        _slots({"start": "00:15"}, {"day": "sunday", "start": "23:30"}),
        "/week/slots/1",
        "overlap",
    ),
    "unknown time zone": ({"week": {"timezone": "Europe/Londn"}}, "/week/timezone", "unknown_id"),
    "time zone out of a folder": ({"week": {"timezone": "../../etc/passwd"}}, "/week/timezone", "unknown_id"),
    "the machine's own time zone": ({"week": {"timezone": "localtime"}}, "/week/timezone", "unknown_id"),
    "no such day": ({"week": {"starts_on": "2026-02-30"}}, "/week/starts_on", "malformed"),
    "date of another form": ({"week": {"starts_on": "23.11.2026"}}, "/week/starts_on", "malformed"),
    "year 9999": ({"week": {"starts_on": "9999-12-31"}}, "/week/starts_on", "malformed"),
    "min above max": ({"week": {"sessions": {"min": 3, "max": 2}}}, "/week/sessions/min", "contradiction"),
    "no session": ({"week": {"sessions": {"max": 0}}}, "/week/sessions/max", "out_of_range"),
    "unknown rule": ({"rules": {"balance.upper": {}}}, "/rules/balance.upper", "unknown_id"),
    "unknown parameter": (_rule("row.retraction", ratio=2), "/rules/row.retraction/ratio", "unknown_field"),
    "parameter of a rule without any": (
        _rule("structure.order", strict=1),
        "/rules/structure.order/strict",
        "unknown_field",
    ),
    "sessions in the wrong place": (
        _rule("structure.sessions", min=3),
        "/rules/structure.sessions/min",
        "unknown_field",
    ),
    "ratio 0": (_rule("balance.upper_pull_push", ratio=0), "/rules/balance.upper_pull_push/ratio", "out_of_range"),
    "ratio just above the bound": (
        _rule("balance.upper_pull_push", ratio=4.0001),
        "/rules/balance.upper_pull_push/ratio",
        "out_of_range",
    ),
    "truth for a ratio": (
        _rule("balance.upper_pull_push", ratio=True),
        "/rules/balance.upper_pull_push/ratio",
        "wrong_type",
    ),
    "text for a ratio": (_rule("scapula.lower_trap", ratio="1"), "/rules/scapula.lower_trap/ratio", "wrong_type"),
    "decimal for a count": (_rule("row.retraction", sets=2.5), "/rules/row.retraction/sets", "wrong_type"),
    "unknown basis": (
        _rule("balance.upper_pull_push", basis="reps"),
        "/rules/balance.upper_pull_push/basis",
        "unknown_choice",
    ),
    "list for a choice": (_rule("recovery.muscle", mode=[]), "/rules/recovery.muscle/mode", "unknown_choice"),
    "crossed ratios": (
        _rule("balance.lower_pull_push", min=3, max=2.5),
        "/rules/balance.lower_pull_push/min",
        "contradiction",
    ),
    "largest ratio below the default smallest": (
        _rule("balance.lower_pull_push", max=1.5),
        "/rules/balance.lower_pull_push/max",
        "contradiction",
    ),
    "hours not an object": (_rule("recovery.muscle", hours=48), "/rules/recovery.muscle/hours", "wrong_type"),
    "hours of an unknown muscle": (
        _rule("recovery.muscle", hours={"calfs": 24}),
        "/rules/recovery.muscle/hours/calfs",
        "unknown_id",
    ),
    "hours beyond bounds": (
        _rule("recovery.muscle", hours={"calves": 121}),
        "/rules/recovery.muscle/hours/calves",
        "out_of_range",
    ),
    "weekly maximum of an unknown muscle": (
        _rule("volume.weekly_max", calfs=10),
        "/rules/volume.weekly_max/calfs",
        "unknown_id",
    ),
    "weekly maximum beyond bounds": (
        _rule("volume.weekly_max", calves=41),
        "/rules/volume.weekly_max/calves",
        "out_of_range",
    ),
    "pin to an unknown slot": (
        {"pins": [{"slot": "x", "exercise": "pull_up", "sets": 3}]},
        "/pins/0/slot",
        "unknown_id",
    ),
    "pin of an unknown exercise": (_pins({"exercise": "x", "sets": 3}), "/pins/0/exercise", "unknown_id"),
    "pin of more sets than anybody does": (_pins({"exercise": "pull_up", "sets": 21}), "/pins/0/sets", "out_of_range"),
    "two counts for one entry": (
        _pins({"exercise": "pull_up", "sets": 3}, {"exercise": "pull_up", "sets": 4}),
        "/pins/1/sets",
        "contradiction",
    ),
    "entry against its session": (
        _pins({"exercise": "pull_up", "sets": 3}, {"entries": []}),
        "/pins/0/sets",
        "contradiction",
    ),
    "session pinned twice": (_pins({"entries": []}, {"entries": []}), "/pins/1", "contradiction"),
    "exercise twice in a session": (
        _pins({"entries": [{"exercise": "pull_up", "sets": 3}, {"exercise": "pull_up", "sets": 3}]}),
        "/pins/0/entries/1",
        "contradiction",
    ),
    "goal": ({"athlete": {"goal": "size"}}, "/athlete/goal", "unknown_choice"),
    "load of an unknown exercise": (
        {"athlete": {"working_loads": {"bench": {"kg": 80, "reps": 5}}}},
        "/athlete/working_loads/bench",
        "unknown_id",
    ),
    "load of a push-up": (
        {"athlete": {"working_loads": {"push_up": {"kg": 10, "reps": 5}}}},
        "/athlete/working_loads/push_up",
        "no_load",
    ),
    "load for eleven": (
        {"athlete": {"working_loads": {"leg_press": {"kg": 80, "reps": 11}}}},
        "/athlete/working_loads/leg_press/reps",
        "out_of_range",
    ),
    "load of a ton": (
        {"athlete": {"working_loads": {"leg_press": {"kg": 1000, "reps": 8}}}},
        "/athlete/working_loads/leg_press/kg",
        "out_of_range",
    ),
    "time limit 0": ({"solve": {"time_limit_seconds": 0}}, "/solve/time_limit_seconds", "out_of_range"),
    "time limit beyond a minute": ({"solve": {"time_limit_seconds": 61}}, "/solve/time_limit_seconds", "out_of_range"),
    "gap above a half": ({"solve": {"gap": 0.51}}, "/solve/gap", "out_of_range"),
    "nine workers": ({"solve": {"workers": 9}}, "/solve/workers", "out_of_range"),
    "seed of 32 bits": ({"solve": {"seed": 2**31}}, "/solve/seed", "out_of_range"),
}


@pytest.mark.parametrize(("body", "pointer", "code"), [*SHAPE.values(), *SENSE.values()], ids=[*SHAPE, *SENSE])
def test_the_field_is_named(service: Service, body: Any, pointer: str, code: str) -> None:
    response = service.post("/v1/plans", content=json.dumps(body), headers=JSON)
    problem = response.json()
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["type"] == "/problems/invalid-request"
    assert problem["instance"] == "/v1/plans"
    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [(pointer, code)]
    assert problem["errors"][0]["message"]
    assert service.stored() == 0


NOT_JSON: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n",
    "cut off": b'{"week": {',
    "trailing comma": b'{"supersets": false,}',
    "single quotes": b"{'week': {}}",
    "two documents": b"{} {}",
    "not UTF-8": b'{"week": {"timezone": "\xff"}}',
    "half a surrogate pair": b'{"\\ud800": 1}',
    "deep nesting": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "deep lists inside a rule": b'{"rules":{"row.retraction":{"sets":' + b"[" * 5_000 + b"]" * 5_000 + b"}}}",
    "a number of 5000 digits": b'{"solve": {"seed": ' + b"9" * 5_000 + b"}}",
    "UTF-16": "{}".encode("utf-16"),
}


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON.keys())
def test_what_is_not_json_is_400(service: Service, body: bytes) -> None:
    response = service.post("/v1/plans", content=body, headers=JSON)
    assert response.status_code == 400
    assert response.json()["type"] == "/problems/malformed-json"
    assert service.stored() == 0


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ('{"solve": {"gap": %s}}', "/solve/gap"),
        ('{"solve": {"seed": %s}}', "/solve/seed"),
        ('{"rules": {"balance.upper_pull_push": {"ratio": %s}}}', "/rules/balance.upper_pull_push/ratio"),
        ('{"rules": {"row.retraction": {"sets": %s}}}', "/rules/row.retraction/sets"),
        ('{"rules": {"volume.weekly_max": {"calves": %s}}}', "/rules/volume.weekly_max/calves"),
        ('{"rules": {"balance.lower_pull_push": {"min": %s}}}', "/rules/balance.lower_pull_push/min"),
    ],
)
def test_numbers_are_finite(service: Service, body: str, word: str, pointer: str) -> None:
    response = service.post("/v1/plans", content=(body % word).encode(), headers=JSON)
    assert response.status_code == 422
    assert [(e["pointer"], e["code"]) for e in response.json()["errors"]] == [(pointer, "wrong_type")]
    assert service.stored() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/json; charset=latin-1"},
        {"content-type": "application/json", "content-encoding": "gzip"},
    ],
    ids=["none", "text", "form", "latin-1", "gzip"],
)
def test_another_media_type_is_415(service: Service, headers: dict[str, str]) -> None:
    response = service.post("/v1/plans", content=b"{}", headers=headers)
    assert response.status_code == 415
    assert response.json()["type"] == "/problems/unsupported-media-type"
    assert service.stored() == 0


def test_a_large_body_is_413_by_its_announced_length(service: Service) -> None:
    response = service.post("/v1/plans", content=b'{"x": "' + b"x" * 10_000_000 + b'"}', headers=JSON)
    assert response.status_code == 413
    assert response.json()["type"] == "/problems/too-large"
    assert service.stored() == 0


def test_all_faults_are_reported_at_once(service: Service) -> None:
    body = {
        "athlete": {"favourites": ["face_pul"], "priorities": {"glutes": 9}},
        "week": {
            "timezone": "Mars",
            "slots": [{"id": "a", "day": "monday", "minutes": 5}],
            "sessions": {"min": 9, "max": 8},
        },
        "rules": {"balance.upper_pull_push": {"ratio": 0}, "nothing": {}},
        "pins": [{"slot": "b", "exercise": "x", "sets": 1}],
    }
    pointers = {e["pointer"] for e in service.post("/v1/plans", json=body).json()["errors"]}
    assert pointers == {
        "/athlete/favourites/0",
        "/athlete/priorities/glutes",
        "/week/timezone",
        "/week/slots/0/minutes",
        "/week/sessions/min",
        "/rules/balance.upper_pull_push/ratio",
        "/rules/nothing",
        "/pins/0/slot",
        "/pins/0/exercise",
    }


def test_an_unknown_id_comes_with_the_nearest_ones(service: Service) -> None:
    body = {"athlete": {"favourites": ["barbel_shrug", "RDL"], "avoid": {"stress": ["overhed"]}}}
    by_pointer = {e["pointer"]: e for e in service.post("/v1/plans", json=body).json()["errors"]}
    assert by_pointer["/athlete/favourites/0"]["nearest"][0] == "barbell_shrug"
    assert by_pointer["/athlete/favourites/1"]["nearest"][0] == "romanian_deadlift"
    assert by_pointer["/athlete/avoid/stress/0"]["nearest"] == ["overhead"]


def test_a_number_out_of_range_comes_with_the_range(service: Service) -> None:
    response = service.post("/v1/plans", json=_rule("balance.upper_pull_push", ratio=9))
    assert response.json()["errors"] == [
        {
            "pointer": "/rules/balance.upper_pull_push/ratio",
            "code": "out_of_range",
            "message": "ratio is between 1 and 4 pull per push, not 9",
            "allowed": {"minimum": 1.0, "maximum": 4.0},
        }
    ]


def test_an_item_goes_by_the_name_of_its_list(service: Service) -> None:
    plans = ["0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1", ""]
    errors = service.post("/v1/comparisons", json={"plans": plans}).json()["errors"]
    assert [(e["pointer"], e["message"].partition(" is ")[0]) for e in errors] == [("/plans/1", "each of plans")]


def test_where_nothing_is_like_an_unknown_id_a_short_list_is_told(service: Service, catalog: Catalog) -> None:
    body = {"athlete": {"ladder_stages": {"qqqq": 1}, "favourites": ["qqqq"]}}
    ladder, exercise = sorted(
        service.post("/v1/plans", json=body).json()["errors"], key=lambda e: "favourites" in e["pointer"]
    )
    assert set(ladder["allowed"]) == set(catalog.ladders)
    assert "squat" in ladder["message"]
    assert (exercise["message"], "allowed" in exercise) == ("unknown exercise 'qqqq'", False)


def test_a_choice_in_the_address_comes_with_the_choices(service: Service) -> None:
    (error,) = service.get("/v1/plans", params={"status": "optimum"}).json()["errors"]
    assert (error["parameter"], error["code"], error["nearest"][0]) == ("status", "unknown_choice", "optimal")
    assert "timed_out" in error["allowed"]
    assert "timed_out" in error["message"]


def test_messages_are_ours(service: Service) -> None:
    """No framework's words, links, classes or traces reach a caller."""
    bodies = [body for body, _, _ in (*SHAPE.values(), *SENSE.values())]
    answers = [service.post("/v1/plans", content=json.dumps(body), headers=JSON) for body in bodies]
    text = "".join(answer.text for answer in answers).lower()
    for word in ("pydantic", "http://", "https://", "traceback", "input should", "field required", "value_error"):
        assert word not in text


@pytest.mark.parametrize("item", ['"x"', "5", "{}", '{"id":1}'], ids=["texts", "numbers", "objects", "half slots"])
def test_a_body_full_of_faults_is_refused_briefly(service: Service, item: str) -> None:
    body = '{"week":{"slots":[' + ",".join([item] * (1_000_000 // (len(item) + 1))) + "]}}"
    response = service.post("/v1/plans", content=body.encode(), headers=JSON)
    assert response.status_code == 422
    assert len(response.content) < 2_000


def test_thousands_of_unknown_fields_are_not_listed(service: Service) -> None:
    response = service.post("/v1/plans", json={f"x{i}": i for i in range(20_000)})
    assert [e["code"] for e in response.json()["errors"]] == ["too_many_faults"]


def test_thousands_of_unknown_ids_stop_at_a_hundred(service: Service) -> None:
    session = {"entries": [{"exercise": f"x{i}", "sets": 1} for i in range(20)]}
    response = service.post("/v1/plans", content=json.dumps(_pins(*[session] * 100)).encode(), headers=JSON)
    assert len(response.json()["errors"]) == 100
