"""Days, times and slots for sessions that name them and for those that do not."""

from __future__ import annotations

import pytest

from service.audits.reading.programme import ReadSession
from service.audits.reading.schedule import schedule
from service.errors import RequestError

DAY_MINUTES = 24 * 60


def session(**facts: object) -> ReadSession:
    return ReadSession(**{"pointer": "/programme/text", "entries": (), **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "days"),
    [
        (1, ["monday"]),
        (2, ["monday", "thursday"]),
        (3, ["monday", "wednesday", "friday"]),
        (4, ["monday", "tuesday", "thursday", "friday"]),
        (6, ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]),
    ],
)
def test_sessions_without_days_are_spread_over_the_week(count: int, days: list[str]) -> None:
    found = schedule([session(label=f"Day {n}") for n in range(1, count + 1)], None)
    assert [s.day for s in found.sessions] == days
    assert any("laid out over the week" in sentence for sentence in found.assumptions)


def test_numbered_days_with_gaps_are_days_of_the_week() -> None:
    """The days between are rest days; Day 1 to 3 without a gap merely count the sessions."""
    gaps = schedule([session(label=f"Day {n}: x") for n in (1, 2, 6)], None)
    assert [s.day for s in gaps.sessions] == ["monday", "tuesday", "saturday"]
    counted = schedule([session(label=f"Day {n}") for n in (1, 2, 3)], None)
    assert [s.day for s in counted.sessions] == ["monday", "wednesday", "friday"]


def test_nine_sessions_without_days_share_days_at_different_times() -> None:
    found = schedule([session() for _ in range(9)], None)
    assert len({s.start_minute for s in found.sessions}) == len({s.slot for s in found.sessions}) == 9


def test_sessions_without_days_take_those_that_are_free() -> None:
    found = schedule([session(day="monday"), session(label="extra"), session(day="tuesday")], None)
    assert [(s.day, s.read.label) for s in found.sessions] == [
        ("monday", None),
        ("tuesday", None),
        ("wednesday", "extra"),
    ]


def test_times_are_six_in_the_evening_or_apart_on_the_same_day() -> None:
    found = schedule([session(day="monday"), session(day="tuesday"), session(day="tuesday")], None)
    assert [s.start for s in found.sessions] == ["18:00", "08:00", "18:00"]
    assert found.assumptions == ("Sessions without a time of day start at 08:00 or 18:00.",)


def test_own_times_stand_and_others_keep_clear_of_them() -> None:
    found = schedule([session(day="monday", start="18:00"), session(day="monday")], None)
    assert [s.start for s in found.sessions] == ["18:00", "19:00"]


def test_the_week_starts_with_its_first_session_when_the_days_follow_one_another() -> None:
    """Sunday, Monday, Wednesday: Monday is one day after the first, not six days before it."""
    found = schedule([session(day="sunday"), session(day="monday"), session(day="wednesday")], None)
    assert [s.start_minute // DAY_MINUTES for s in found.sessions] == [0, 1, 3]


def test_days_out_of_order_make_a_week_from_monday() -> None:
    found = schedule([session(day="friday"), session(day="monday"), session(day="sunday")], None)
    assert [(s.day, s.start_minute // DAY_MINUTES) for s in found.sessions] == [
        ("monday", 0),
        ("friday", 4),
        ("sunday", 6),
    ]
    assert [s.index for s in found.sessions] == [1, 0, 2]


def test_a_start_date_sets_the_first_day() -> None:
    """26 November 2026 is a Thursday."""
    found = schedule([session(day="monday"), session(day="friday")], "2026-11-26")
    assert [(s.day, s.start_minute // DAY_MINUTES) for s in found.sessions] == [("friday", 1), ("monday", 4)]


def test_slots_are_named_after_days_unless_they_have_names() -> None:
    found = schedule([session(day="monday"), session(day="monday"), session(day="friday", slot="gym")], None)
    assert [s.slot for s in found.sessions] == ["mon", "mon_2", "gym"]


def test_an_own_name_is_not_taken_by_another() -> None:
    found = schedule([session(day="friday", slot="mon"), session(day="monday")], None)
    assert sorted(s.slot for s in found.sessions) == ["mon", "mon_2"]


def test_two_sessions_at_the_same_time_or_in_the_same_slot_are_refused() -> None:
    at_once = [session(day="monday", start="18:00"), session(day="monday", start="18:00")]
    with pytest.raises(RequestError) as caught:
        schedule(at_once, None)
    assert caught.value.faults[0].code == "overlap"
    with pytest.raises(RequestError) as caught:
        schedule([session(day="monday", slot="a"), session(day="friday", slot="a")], None)
    assert caught.value.faults[0].code == "duplicate"
