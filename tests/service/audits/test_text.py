"""Whole programmes in plain lines: days, titles, rounds, supersets, remarks, and what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.catalog import default_catalog
from service.audits.names.index import standard_index
from service.audits.reading.text import read_text

if TYPE_CHECKING:
    from service.audits.reading.programme import ReadProgramme, ReadSession

INDEX = standard_index(default_catalog())


def read(text: str) -> ReadProgramme:
    return read_text(text, INDEX, "/programme/text")


def entries(session: ReadSession) -> list[tuple[str | None, int | None]]:
    return [(entry.match.exercise, entry.dose.sets) for entry in session.entries]


def test_the_line_of_the_contract() -> None:
    programme = read("Mon: bench press 4x8, pull-ups 3x6")
    (session,) = programme.sessions
    assert (session.day, session.start, session.minutes) == ("monday", None, None)
    assert entries(session) == [("barbell_bench_press", 4), ("pull_up", 3)]
    assert [entry.source.line for entry in session.entries] == [1, 1]
    assert programme.unread == programme.ignored == ()


@pytest.mark.parametrize(
    ("heading", "days"),
    [
        ("Mon:", ["monday"]),
        ("MONDAY", ["monday"]),
        ("## Tuesday", ["tuesday"]),
        ("**Weds**", ["wednesday"]),
        ("Thurs -", ["thursday"]),
        ("on Fridays", ["friday"]),
        ("Sat & Sun", ["saturday", "sunday"]),
        ("Mon/Wed/Fri", ["monday", "wednesday", "friday"]),
        ("Mon, Wed and Fri:", ["monday", "wednesday", "friday"]),
        ("Tue-Thu", ["tuesday", "wednesday", "thursday"]),
        ("Sat to Mon", ["saturday", "sunday", "monday"]),
        ("Day 2 (Thursday)", ["thursday"]),
        ("Push (Monday)", ["monday"]),
        ("Upper body - Tuesday", ["tuesday"]),
    ],
)
def test_headings_name_days(heading: str, days: list[str]) -> None:
    programme = read(f"{heading}\n- bench press 4x8")
    assert [session.day for session in programme.sessions] == days
    assert all(entries(session) == [("barbell_bench_press", 4)] for session in programme.sessions)


@pytest.mark.parametrize(
    ("heading", "start", "minutes"),
    [
        ("Monday 18:30", "18:30", None),
        ("Monday 6pm", "18:00", None),
        ("Monday 7:15 am", "07:15", None),
        ("Monday morning", "08:00", None),
        ("Mon (60 min)", None, 60),
        ("Mon 18:00, 45 minutes", "18:00", 45),
        ("Mon 6 pm: Push (75 mins)", "18:00", 75),
    ],
)
def test_headings_name_times(heading: str, start: str | None, minutes: int | None) -> None:
    (session,) = read(f"{heading}\nbench press 4x8").sessions
    assert (session.start, session.minutes) == (start, minutes)


@pytest.mark.parametrize("heading", ["Push", "PUSH DAY", "Upper A:", "# Full body", "Legs 1", "Chest & triceps:"])
def test_titles_open_sessions_without_a_day(heading: str) -> None:
    programme = read(f"{heading}\nsquat 3x5\n\nPull day\nRDL 3x8")
    assert [session.day for session in programme.sessions] == [None, None]
    assert len(programme.sessions) == 2


@pytest.mark.parametrize("part", ["Warm-up:", "Main lifts", "Accessories:", "Core:", "Superset:", "Cool-down"])
def test_parts_of_a_session_do_not_open_another(part: str) -> None:
    (session,) = read(f"Monday\nsquat 3x5\n{part}\nplank 3x30s").sessions
    assert entries(session) == [("barbell_back_squat", 3), ("front_plank", 3)]


def test_a_title_beside_a_day_is_its_label_and_not_an_exercise() -> None:
    programme = read("Friday: speed and squats\nfront squat 3x3\nMonday: heavy pulls\nRDL 3x8")
    assert [(s.day, s.label) for s in programme.sessions] == [("friday", "speed and squats"), ("monday", "heavy pulls")]
    assert entries(programme.sessions[0]) == [("barbell_front_squat", 3)]
    assert [line.reason for line in programme.ignored] == ["taken for a title, because exercises follow"]
    assert programme.unread == ()


def test_the_same_beside_a_day_with_nothing_beneath_is_an_exercise() -> None:
    (session,) = read("Friday: speed squats\nSat: off").sessions
    assert [entry.match.exercise for entry in session.entries] == ["barbell_back_squat"]


def test_two_lines_of_one_day_are_one_session_and_morning_and_evening_are_two() -> None:
    assert len(read("Mon: squat 3x5\nMon: plank 3x30s").sessions) == 1
    both = read("Mon am: squat 3x5\nMon pm: plank 3x30s").sessions
    assert [session.start for session in both] == ["08:00", "18:00"]


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "1. ", "2) ", "[ ] ", "– ", "a) "])
def test_bullets_are_no_part_of_a_name(bullet: str) -> None:
    (session,) = read(f"Monday\n{bullet}bench press 4x8").sessions
    assert entries(session) == [("barbell_bench_press", 4)]


@pytest.mark.parametrize(
    "lines",
    [
        "A1. bench press 3x8\nA2. barbell row 3x8\nB. squat 3x5",
        "A1 bench press 3x8\nA2 barbell row 3x8\nB1 squat 3x5",
        "1a) bench press 3x8\n1b) barbell row 3x8\n2a) squat 3x5",
        "bench press 3x8 + barbell row 3x8\nsquat 3x5",
        "bench press 3x8 superset with barbell row 3x8\nsquat 3x5",
    ],
)
def test_pairs_are_supersets(lines: str) -> None:
    (session,) = read(f"Monday\n{lines}").sessions
    first, second, alone = (entry.superset for entry in session.entries)
    assert first == second is not None
    assert alone is None


def test_three_in_a_group_are_no_pair() -> None:
    (session,) = read("Monday\nA1 squat 3x8\nA2 dips 3x8\nA3 plank 3x30s").sessions
    assert [entry.superset for entry in session.entries] == [None] * 3


def test_rounds_give_their_number_of_sets_to_what_follows() -> None:
    (session,) = read("Monday\n3 rounds:\n10 push-ups\nair squats x 15\nplank 45s\n\nbench press 4x8").sessions
    assert [sets for _, sets in entries(session)] == [3, 3, 3, 4]


def test_a_dose_on_the_next_line_belongs_to_the_name_above() -> None:
    (session,) = read("Monday\nSquat\n3x5\nBench press\n1x5\n3x8").sessions
    assert entries(session) == [("barbell_back_squat", 3), ("barbell_bench_press", 4)]


def test_without_a_number_of_sets_the_usual_one_is_taken_and_said() -> None:
    (session,) = read("Monday\nsquat\npush-ups x 20").sessions
    assert entries(session) == [("barbell_back_squat", 3), ("push_up", 1)]
    assert [entry.dose.remarks for entry in session.entries] == [
        ("no number of sets is given: 3 taken",),
        ("no number of sets is given: 1 taken",),
    ]


def test_lines_that_are_no_training_are_left_out_with_a_reason() -> None:
    programme = read(
        "My programme\n"
        "Mon: squat 3x5\n"
        "Tue: rest\n"
        "Wed: 30 min easy run\n"
        "Note: eat well\n"
        "Keep one or two repetitions in the tank all week long.\n"
        "(see the video)\n"
        "each side\n"
        "warm-up 5 min\n"
    )
    reasons = {line.source.line: line.reason for line in programme.ignored}
    assert reasons == {
        1: "the title",
        3: "a rest day",
        4: "endurance or stretching at large, which no rule counts",
        5: "a remark",
        6: "a remark",
        7: "a remark",
        8: "nothing to count",
        9: "a part of the session without an exercise",
    }
    assert programme.unread == ()
    assert len(programme.sessions) == 1


def test_farmers_walks_and_rows_are_training_all_the_same() -> None:
    (session,) = read("Mon: farmer's walk 3x40m, walking lunges 3x10, barbell row 3x8").sessions
    assert [e for e, _ in entries(session)] == ["farmers_carry", "walking_lunge", "barbell_bent_over_row"]


def test_what_cannot_be_read_is_told_with_its_line_and_its_place() -> None:
    programme = read("Mon: squat 3x5\nrows 3x10\nzorb press 4x8\nplank 3x30s\nTue: zumba 3x20")
    told = [(part.source.line, part.session, part.before, part.sets) for part in programme.unread]
    assert told == [(2, 0, 1, 3), (3, 0, 1, 4), (5, None, 0, 3)]
    assert programme.unread[0].reason == "several exercises fit 'rows'"
    assert programme.unread[1].reason == "no known exercise is called 'zorb press'"
    assert programme.unread[0].candidates[0].score >= programme.unread[0].candidates[-1].score
    assert entries(programme.sessions[0]) == [("barbell_back_squat", 3), ("front_plank", 3)]


def test_sets_that_nobody_does_are_not_counted() -> None:
    programme = read("Mon: squat 3x5, bench press 0x5, plank 40 sets")
    assert [part.reason for part in programme.unread] == [
        "0 sets: an exercise has 1 to 20 sets",
        "40 sets: an exercise has 1 to 20 sets",
    ]


def test_only_the_first_week_is_read() -> None:
    programme = read("Week 1\nMon: squat 3x5\nWeek 2\nMon: squat 5x5\nWed: bench press 3x5")
    assert [entries(session) for session in programme.sessions] == [[("barbell_back_squat", 3)]]
    assert [line.source.line for line in programme.ignored] == [3, 4, 5]


def test_a_name_with_its_dose_in_its_own_words_is_kept_for_the_answer() -> None:
    (session,) = read("Mon: Bench Press (Barbell) 4x8 @ RPE 8, rest 2 min").sessions
    (entry,) = session.entries
    assert entry.name == "Bench Press (Barbell)"
    assert entry.source.text == "Mon: Bench Press (Barbell) 4x8 @ RPE 8, rest 2 min"


pieces = st.sampled_from(
    [
        "Mon", "tuesday:", "Day 1", "Push", "bench press", "rows", "4x8", "3 sets of", "8-12", "zorb", "\n", "\n\n",
        ",", " + ", "A1.", "(60 min)", "rest", "3 rounds:", "18:00", "@ 80%", "- ", "##", "Week 2", "x", "30s", "plank",
        "\t", "é", "\x00", "squat", "AMRAP", ":", "/", "or", "superset with", "100kg x 5 x 3", "12/10/8",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(pieces, max_size=25).map(" ".join)))
def test_any_text_is_read_without_a_fault_and_no_line_is_lost(text: str) -> None:
    programme = read(text)
    for session in programme.sessions:
        assert session.entries
        for entry in session.entries:
            assert entry.match.exercise in INDEX.exercises
            assert entry.dose.sets is not None
            assert entry.dose.sets >= 1
    lines = text.splitlines()
    for source in (
        *(e.source for s in programme.sessions for e in s.entries),
        *(part.source for part in programme.unread),
        *(line.source for line in programme.ignored),
    ):
        assert source.line is not None
        assert source.text == lines[source.line - 1].strip()[:500]
    for part in programme.unread:
        assert part.session is None or 0 <= part.before <= len(programme.sessions[part.session].entries)
