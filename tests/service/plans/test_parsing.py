"""Bodies are read strictly, and ids that resemble an unknown one are found."""

from __future__ import annotations

import pytest

from service.errors import MalformedJsonError, RequestError, pointer
from service.plans.schemas import PlanRequest
from service.validation.nearest import nearest
from service.validation.parsing import parse


def test_whole_numbers_pass_for_decimals() -> None:
    request = parse(PlanRequest, b'{"solve": {"time_limit_seconds": 5, "gap": 0}}')
    assert (request.solve.time_limit_seconds, request.solve.gap) == (5.0, 0.0)


def test_null_means_default_where_nothing_is_a_default() -> None:
    request = parse(PlanRequest, b'{"places": null, "week": {"slots": null, "starts_on": null}}')
    assert request.places is None
    assert request.week.slots is None


def test_the_place_of_a_syntax_error_is_told() -> None:
    with pytest.raises(MalformedJsonError, match="line 2"):
        parse(PlanRequest, b'{\n"week": }')


def test_a_fault_does_not_repeat_long_input() -> None:
    with pytest.raises(RequestError) as caught:
        parse(PlanRequest, b'{"' + b"x" * 10_000 + b'": 1, "pins": "' + b"y" * 10_000 + b'"}')
    assert all(len(fault.message) < 200 for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("glute", {"glutes": (), "calves": ()}, ("glutes",)),
        ("RDL", {"romanian_deadlift": ("RDL",), "leg_curl": ()}, ("romanian_deadlift",)),
        ("Face-Pull", ["face_pull", "pull_up"], ("face_pull",)),
        ("xyzzy", ["face_pull", "pull_up"], ()),
        ("", ["face_pull"], ()),
        ("pull_upp", ["pull_up", "pull_up_hold", "pull_ups", "pull_up_x", "squat"], 3),
    ],
)
def test_nearest(word: str, known: list[str] | dict[str, tuple[str, ...]], expected: tuple[str, ...] | int) -> None:
    found = nearest(word, known)
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_pointers_are_escaped() -> None:
    assert pointer("a/b", "c~d", 0) == "/a~1b/c~0d/0"
    assert pointer() == ""
