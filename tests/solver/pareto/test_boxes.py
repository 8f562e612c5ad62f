"""Taking boxes apart: every limit is either taken out or left, exactly once."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from solver.domain.plan import Plan
from solver.pareto.boxes import Box, spread, taken_out, up_to
from solver.pareto.front import BEYOND, Bound, Front, Week

SIDE = range(6)


@st.composite
def _boxes(draw: st.DrawFn, axes: int) -> Box:
    ends = [sorted((draw(st.sampled_from(SIDE)), draw(st.sampled_from(SIDE)))) for _ in range(axes)]
    return Box(tuple(low for low, _ in ends), tuple(high for _, high in ends))


def _cells(box: Box) -> set[tuple[int, ...]]:
    return set(product(*(range(low, high + 1) for low, high in zip(box.low, box.high, strict=True))))


@given(st.data(), st.integers(1, 2))
def test_what_is_left_is_what_was_there_without_what_was_taken(data: st.DataObject, axes: int) -> None:
    closed = data.draw(st.lists(_boxes(axes), max_size=5))
    left = taken_out([Box((0,) * axes, (5,) * axes)], closed)
    cells = [cell for box in left for cell in _cells(box)]
    expected = set(product(SIDE, repeat=axes)) - {cell for box in closed for cell in _cells(box)}
    assert len(cells) == len(expected)
    assert set(cells) == expected


@given(st.data(), st.integers(1, 2), st.integers(1, 4))
def test_questions_are_open_and_none_answers_another(data: st.DataObject, axes: int, number: int) -> None:
    closed = data.draw(st.lists(_boxes(axes), max_size=3))
    left = taken_out([Box((0,) * axes, (5,) * axes)], closed)
    cells = {cell for box in left for cell in _cells(box)}
    chosen = spread(left, number, (3,) * axes)
    assert len(chosen) == len(set(chosen))
    assert set(chosen) <= cells
    assert len(chosen) == min(number, len(chosen)) >= (1 if cells else 0)


def test_asking_the_chosen_limits_again_and_again_comes_to_an_end() -> None:
    left = (Box((0, 0), (40, 10**6)),)
    asked = 0
    while left:
        (limits,) = spread(left, 1, (40, 30))
        left = taken_out(left, [up_to(limits)])
        asked += 1
    # Half-way along the longest side each time: far fewer than the 41 x 31 limits.
    assert asked < 60


def test_as_long_as_there_is_no_week_the_widest_limits_are_asked_about() -> None:
    front, widest = Front([0, 3, 5]), (BEYOND, BEYOND)
    assert (front.questions_left(), front.next(2)) == (1, [widest])
    front.ask(widest)
    assert front.next(2) == [], "set aside, for nothing was found"
    assert front.resume()
    assert front.next(2) == [widest]
    front.take(Week((7, 4, 9), Plan(()), ()))
    assert front.questions_left() > 1
    front.prove(Bound(widest, None))
    assert front.next(2) == []
