"""Programmes as CSV: columns by many names, doses in cells, a row for each set, and what is no table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.catalog import default_catalog
from service.audits.names.index import standard_index
from service.audits.reading.table import looks_like_a_table, read_csv
from service.errors import RequestError

if TYPE_CHECKING:
    from service.audits.reading.programme import ReadProgramme, ReadSession

INDEX = standard_index(default_catalog())


def read(text: str) -> ReadProgramme:
    return read_csv(text, INDEX, "/programme/csv")


def entries(session: ReadSession) -> list[tuple[str | None, int | None]]:
    return [(entry.match.exercise, entry.dose.sets) for entry in session.entries]


def test_the_table_of_the_contract() -> None:
    (session,) = read("day,exercise,sets,reps\nmon,Bench press,4,8\nmon,Pull-ups,3,6-8\n").sessions
    assert session.day == "monday"
    assert entries(session) == [("barbell_bench_press", 4), ("pull_up", 3)]
    assert [entry.dose.reps for entry in session.entries] == [(8, 8), (6, 8)]
    assert [entry.source.line for entry in session.entries] == [2, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_parted_by_what_the_first_row_uses(delimiter: str) -> None:
    text = "Day,Exercise Name,# Sets,Repetitions\nMonday,Squat,5,5\n".replace(",", delimiter)
    assert entries(read(text).sessions[0]) == [("barbell_back_squat", 5)]


@pytest.mark.parametrize(
    ("cells", "sets", "reps", "hold"),
    [
        ("5,5", 5, (5, 5), None),
        ("3,8-12", 3, (8, 12), None),
        ("3,AMRAP", 3, None, None),
        ("3,30s", 3, (1, 1), 30),
        ("4x8,", 4, (8, 8), None),
        (",4x8", 4, (8, 8), None),
        ("3 sets,10", 3, (10, 10), None),
        ("3-4,10", 4, (10, 10), None),
        ("three,10", 3, (10, 10), None),
        ("many,10", None, None, None),
        (",12", 1, (12, 12), None),
        (",", 3, None, None),
    ],
)
def test_sets_and_repetitions_in_cells(
    cells: str, sets: int | None, reps: tuple[int, int] | None, hold: int | None
) -> None:
    programme = read(f"day,exercise,sets,reps\nmon,Squat,{cells}\nmon,Plank,2,30s\n")
    if sets is None:
        assert [part.reason for part in programme.unread] == ["the number of sets 'many' cannot be read"]
        return
    dose = programme.sessions[0].entries[0].dose
    assert (dose.sets, dose.reps, dose.hold_seconds) == (sets, reps, hold)


def test_seconds_supersets_times_and_places_have_columns() -> None:
    (session,) = read(
        "day,exercise,sets,seconds,superset,start,minutes,place\n"
        "monday,Plank,3,30,A,18:30,45,club\n"
        "monday,Side plank,3,20,A,18:30,45,club\n"
    ).sessions
    assert (session.start, session.minutes, session.place) == ("18:30", 45, "club")
    assert [(e.dose.hold_seconds, e.superset) for e in session.entries] == [(30, "A"), (20, "A")]


def test_an_empty_day_is_that_of_the_row_above() -> None:
    programme = read("day,exercise,sets\nmon,Squat,3\n,Plank,3\nDay 2,Dip,3\n,Push-up,3\n")
    assert [entries(session) for session in programme.sessions] == [
        [("barbell_back_squat", 3), ("front_plank", 3)],
        [("parallel_bar_dip", 3), ("push_up", 3)],
    ]
    assert [session.label for session in programme.sessions] == [None, "Day 2"]


def test_a_log_with_a_row_for_each_set() -> None:
    programme = read(
        "Workout Name,Exercise Name,Set Order,Weight,Reps\n"
        "Push,Bench Press (Barbell),1,80,8\nPush,Bench Press (Barbell),2,80,7\nPush,Face Pull (Cable),1,20,15\n"
    )
    assert entries(programme.sessions[0]) == [("barbell_bench_press", 2), ("face_pull", 1)]
    assert programme.assumptions == ("Every row of the table is taken for one set.",)
    assert programme.ignored[0].source.text == "Weight"


def test_a_table_without_column_names_is_taken_in_the_usual_order() -> None:
    programme = read("Mon,Squat,5,5\nTue,Bench press,5,5\n")
    assert [entries(session) for session in programme.sessions] == [
        [("barbell_back_squat", 5)],
        [("barbell_bench_press", 5)],
    ]
    assert programme.assumptions == ("The table names no columns: day, exercise, sets, reps taken, in this order.",)


def test_rows_that_cannot_be_read_are_told() -> None:
    programme = read(
        "day,exercise,sets\nmon,Squat,3\nmon,Rows,3\nmon,Zorb,2\nmon,Run,1\ntue,rest,\nmon,,3\nmon,Dip,25\n"
    )
    assert [(part.source.line, part.sets) for part in programme.unread] == [(3, 3), (4, 2), (8, None)]
    assert [(line.source.line, line.reason) for line in programme.ignored] == [
        (5, "endurance or stretching at large, which no rule counts"),
        (6, "a rest day"),
        (7, "no exercise in this row"),
    ]
    assert programme.unread[2].reason == "25 sets: an exercise has 1 to 20 sets"


@pytest.mark.parametrize("text", ["", "   \n", "hello", "a,b\n1,2", "day,sets\nmon,3"])
def test_what_has_no_exercises_is_refused_with_the_columns_there_are(text: str) -> None:
    with pytest.raises(RequestError) as caught:
        read(text)
    (fault,) = caught.value.faults
    assert (fault.pointer, fault.code) == ("/programme/csv", "csv_columns")
    assert "exercise" in fault.message


def test_a_table_is_told_from_plain_lines() -> None:
    assert looks_like_a_table("day,exercise,sets\nmon,Squat,3")
    assert looks_like_a_table("Exercise;Sets\nSquat;3")
    assert not looks_like_a_table("Mon: bench press 4x8, pull-ups 3x6")
    assert not looks_like_a_table("Exercise log\nMon: squat 3x5")


cells = st.sampled_from(
    ["mon", "exercise", "day", "sets", "squat", "3", "4x8", '"', "rows", "", "\n", "30s", "zorb", "18:00", "é", "rest"]
)
tables = st.lists(st.lists(cells, min_size=1, max_size=6).map(",".join), max_size=8).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(st.one_of(tables, st.text(max_size=100)))
def test_any_table_is_read_or_refused_by_name(text: str) -> None:
    try:
        programme = read(text)
    except RequestError as error:
        refused = error.faults
    else:
        refused = ()
        for session in programme.sessions:
            assert all(entry.dose.sets is not None and entry.dose.sets >= 1 for entry in session.entries)
    assert all(fault.pointer == "/programme/csv" and fault.message for fault in refused)
