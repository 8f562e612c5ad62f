"""Programmes as people follow them, written as facts, and the problems that ask for the same slots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from solver.domain.change import WeekEntry
from tests.golden.asking import problem_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.domain.problem import Problem


@dataclass(frozen=True)
class Programme:
    """`days` maps a weekday to lines of `exercise sets`, one after another; a day without any is an empty session."""

    days: Mapping[str, str]
    minutes: int = 75
    equipment: str = "full_gym"
    experience: str = "intermediate"
    fewest_sessions: int | None = None
    athlete: Mapping[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """A request for a week in the same slots."""
        slots = [
            {"id": day[:3], "day": day, "start": "18:00", "minutes": self.minutes, "place": "here"} for day in self.days
        ]
        fewest = len(slots) if self.fewest_sessions is None else self.fewest_sessions
        return {
            "athlete": {"experience": self.experience, **self.athlete},
            "places": [{"id": "here", "equipment": self.equipment}],
            "week": {"slots": slots, "sessions": {"min": fewest, "max": len(slots)}},
        }

    def problem(self) -> Problem:
        return problem_of(self.body())

    def entries(self) -> tuple[WeekEntry, ...]:
        """The week as it is followed."""
        lines = [(day[:3], line.split()) for day, text in self.days.items() for line in text.split(", ") if line]
        return tuple(WeekEntry(slot, exercise, int(sets)) for slot, (exercise, sets) in lines)


PUSH_DAY = "barbell_bench_press 4, barbell_overhead_press 3, incline_dumbbell_press 3, dumbbell_lateral_raise 3"
LEG_DAY = "barbell_back_squat 4, romanian_deadlift 3, leg_press 3, lying_leg_curl 3, standing_calf_raise 4"

PROGRAMMES: dict[str, Programme] = {
    "bro split": Programme(
        {
            "monday": "barbell_bench_press 4, incline_dumbbell_press 4, cable_fly 3, parallel_bar_dip 3, "
            "triceps_pushdown 3",
            "tuesday": "lat_pulldown 4, barbell_bent_over_row 4, single_arm_cable_row 3, barbell_curl 3, "
            "dumbbell_hammer_curl 3",
            "wednesday": "barbell_back_squat 4, leg_press 4, leg_extension 3, lying_leg_curl 3, standing_calf_raise 4",
            "thursday": "barbell_overhead_press 4, dumbbell_lateral_raise 4, upright_row 3, barbell_shrug 4",
            "friday": "barbell_curl 4, incline_dumbbell_curl 3, close_grip_bench_press 4, "
            "overhead_triceps_extension 3, lying_triceps_extension 3",
        }
    ),
    "push, pull, legs": Programme(
        {
            "monday": f"{PUSH_DAY}, triceps_pushdown 3",
            "wednesday": "conventional_deadlift 3, pull_up 4, barbell_bent_over_row 4, face_pull 3, barbell_curl 3",
            "friday": LEG_DAY,
        }
    ),
    "push, pull, legs twice": Programme(
        {
            "monday": f"{PUSH_DAY}, triceps_pushdown 3",
            "tuesday": "conventional_deadlift 3, pull_up 4, wide_grip_cable_row 3, face_pull 3, barbell_curl 3",
            "wednesday": LEG_DAY,
            "thursday": "barbell_overhead_press 4, barbell_bench_press 3, incline_dumbbell_press 3, "
            "dumbbell_lateral_raise 3, overhead_triceps_extension 3",
            "friday": "barbell_bent_over_row 4, lat_pulldown 3, chin_up 3, face_pull 3, dumbbell_hammer_curl 3",
            "saturday": "barbell_front_squat 4, romanian_deadlift 3, leg_extension 3, seated_leg_curl 3, "
            "seated_calf_raise 4",
        }
    ),
    "upper, lower": Programme(
        {
            "monday": "barbell_bench_press 4, barbell_bent_over_row 4, barbell_overhead_press 3, lat_pulldown 3, "
            "barbell_curl 3, triceps_pushdown 3",
            "tuesday": LEG_DAY,
            "thursday": "incline_dumbbell_press 4, pull_up 4, dumbbell_lateral_raise 3, "
            "chest_supported_dumbbell_row 3, dumbbell_hammer_curl 3, overhead_triceps_extension 3",
            "friday": "conventional_deadlift 3, barbell_front_squat 3, walking_lunge 3, seated_leg_curl 3, "
            "seated_calf_raise 4",
        }
    ),
    "full body": Programme(
        {
            "monday": "barbell_back_squat 3, barbell_bench_press 3, barbell_bent_over_row 3, front_plank 3",
            "wednesday": "conventional_deadlift 3, barbell_overhead_press 3, lat_pulldown 3, curl_up 3",
            "friday": "barbell_front_squat 3, incline_dumbbell_press 3, pull_up 3, barbell_curl 3",
        },
        minutes=60,
    ),
    "five by five": Programme(
        {
            "monday": "barbell_back_squat 5, barbell_bench_press 5, barbell_bent_over_row 5",
            "wednesday": "barbell_back_squat 5, barbell_overhead_press 5, conventional_deadlift 1",
            "friday": "barbell_back_squat 5, barbell_bench_press 5, barbell_bent_over_row 5",
        },
        minutes=60,
    ),
    "body weight": Programme(
        {
            "monday": "push_up 4, bodyweight_squat 4, front_plank 3, inverted_row 3",
            "wednesday": "push_up 4, reverse_lunge 3, glute_bridge 3, pike_push_up 3",
            "friday": "push_up 4, bodyweight_squat 4, curl_up 3, superman_hold 2",
        },
        minutes=45,
        equipment="bodyweight",
        experience="beginner",
    ),
    "machines": Programme(
        {
            "monday": "machine_chest_press 3, lat_pulldown 3, leg_press 3, leg_extension 3, machine_shoulder_press 3",
            "wednesday": "pec_deck_fly 3, machine_chest_supported_row 3, lying_leg_curl 3, hip_abduction_machine 3, "
            "triceps_pushdown 3",
            "friday": "machine_chest_press 3, lat_pulldown 3, leg_press 3, seated_leg_curl 3, machine_shoulder_press 3",
        },
        minutes=60,
        experience="beginner",
    ),
    "deadlifts": Programme(
        {
            "monday": "conventional_deadlift 5, barbell_bent_over_row 4, barbell_shrug 4",
            "wednesday": "sumo_deadlift 5, barbell_back_squat 3, pull_up 3",
            "friday": "deficit_deadlift 5, good_morning 3, barbell_bench_press 3",
        }
    ),
    "dumbbells at home": Programme(
        {
            "monday": "dumbbell_bench_press 3, dumbbell_floor_press 3, dumbbell_lateral_raise 3, "
            "dumbbell_row_retraction 3",
            "wednesday": "goblet_squat 4, reverse_lunge 3, dumbbell_romanian_deadlift 3",
            "saturday": "push_up 4, dumbbell_fly 3, seated_dumbbell_shoulder_press 3, dumbbell_shrug 3",
        },
        minutes=45,
        equipment="home_dumbbells",
    ),
    "everything wrong": Programme(
        {
            "monday": "barbell_bench_press 10, incline_barbell_bench_press 8, barbell_bench_press 3, "
            "conventional_deadlift 8, barbell_shrug 9, upright_row 7",
            "tuesday": "barbell_bench_press 10, parallel_bar_dip 8, conventional_deadlift 8, barbell_shrug 9",
            "wednesday": "barbell_back_squat 10, leg_press 10, leg_extension 9, barbell_bench_press 5",
        },
        minutes=30,
        equipment="bodyweight",
        experience="beginner",
    ),
    "one day": Programme({"monday": "barbell_bench_press 5, barbell_back_squat 5, pull_up 5"}, minutes=90),
    "empty": Programme({"monday": "", "wednesday": "", "friday": ""}),
    "one session empty": Programme(
        {
            "monday": "barbell_back_squat 3, barbell_bench_press 3, barbell_bent_over_row 3",
            "wednesday": "",
            "friday": "pull_up 4, romanian_deadlift 4, face_pull 3",
        },
        minutes=60,
        fewest_sessions=2,
    ),
}
