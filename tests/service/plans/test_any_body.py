"""Whatever JSON a caller sends, it is either understood or refused with faults that point into it."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.errors import ApiError, RequestError
from service.plans.examples import REQUESTS
from service.plans.mapping import resolve, to_problem
from service.plans.schemas import PlanRequest
from service.validation.parsing import parse

if TYPE_CHECKING:
    from catalog.catalog import Catalog

SAMPLE = {**REQUESTS["two places"]["value"], "supersets": False, "objective": {}}

odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(
        [0, -1, 10**20, 10**400, 0.5, 1e308, "", "x", "none", "mon", "pull_up", "glutes", "\x00", "é" * 300]
    ),
    st.integers(-5, 300),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=5),
    st.lists(st.one_of(st.integers(0, 3), st.text(max_size=3)), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(0, 3), max_size=2),
)


def _paths(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(inner for key, child in children for inner in _paths(child, (*path, key)))]


@st.composite
def bodies(draw: st.DrawFn) -> Any:
    """A sensible request with one to three odd spots."""
    body = copy.deepcopy(SAMPLE)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(_paths(body)[1:]))
        node: Any = body
        for part in path[:-1]:
            node = node[part]
        match draw(st.sampled_from(["replace", "remove", "add", "repeat"])):
            case "replace":
                node[path[-1]] = draw(odd_values)
            case "remove" if len(_paths(body)) > 3:
                del node[path[-1]]
            case "repeat" if isinstance(node, list):
                node.append(copy.deepcopy(node[path[-1]]))
            case _ if isinstance(node, dict):
                node[draw(st.text(max_size=4))] = draw(odd_values)
            case _:
                node.append(draw(odd_values))
    return body


def _resolved(raw: bytes, catalog: Catalog) -> dict[str, Any] | ApiError:
    try:
        request = parse(PlanRequest, raw)
        return resolve(request, to_problem(request, catalog), catalog)
    except ApiError as error:
        return error


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies())
def test_a_body_is_understood_or_refused(catalog: Catalog, body: Any) -> None:
    found = _resolved(json.dumps(body).encode(), catalog)
    if isinstance(found, dict):
        assert found["week"]["slots"]
        assert json.dumps(found, allow_nan=False)
        return
    assert found.code == ("invalid-request" if isinstance(found, RequestError) else "malformed-json")
    assert bool(found.faults) == isinstance(found, RequestError)
    for fault in found.faults:
        assert fault.pointer == "" or fault.pointer.startswith("/")
        assert fault.message
        json.dumps(fault.allowed)
