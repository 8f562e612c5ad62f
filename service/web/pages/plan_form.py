"""The form of a plan with its choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from service.plans.limits import MAX_SESSION_MINUTES, MIN_SESSION_MINUTES
from service.plans.phrases import counted
from service.web.forms import OWN, form_of
from service.web.parts.body.figure import Side, sides
from solver.domain.kinds import DEADLIFT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalog.catalog import Catalog
    from service.web.forms import PlanForm

_EXPERIENCE = {
    "beginner": "Less than a year of regular training",
    "intermediate": "A year or more, the main lifts are familiar",
    "advanced": "Several years, recovers from a lot of work",
}
_GOALS = ("general", "hypertrophy", "strength", "endurance")
_PRIORITIES = {"0": "Not pursued", "1": "To its target", "2": "Before others", "3": "Past its target"}
_SEARCHES = {"5": "5 seconds: a quick look", "10": "10 seconds", "30": "30 seconds", "60": "A minute: for tight weeks"}
_REGIONS = {"upper": "Upper body", "trunk": "Trunk", "lower": "Lower body"}


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen: its value, its name, and a few words more."""

    value: str
    name: str
    words: str = ""


@dataclass(frozen=True)
class PlanFormPage:
    """The form as it is shown. `faults` are messages by field."""

    form: PlanForm
    faults: Mapping[str, Sequence[str]]
    labels: Mapping[str, str]
    """Field -> what it is called, for the summary of faults."""
    presets: tuple[Choice, ...]
    preset_items: Mapping[str, str]
    """Preset -> its items, with spaces between them."""
    equipment: tuple[Choice, ...]
    experience: tuple[Choice, ...]
    goals: tuple[Choice, ...]
    deadlift: tuple[Choice, ...]
    stress: tuple[Choice, ...]
    muscles: Mapping[str, tuple[Choice, ...]]
    """Region -> its muscles."""
    priorities: tuple[Choice, ...]
    searches: tuple[Choice, ...]
    exercises: tuple[str, ...]
    usual_priorities: Mapping[str, str]
    """Muscle -> the priority that it has where nothing is said."""
    shortest_minutes: int = MIN_SESSION_MINUTES
    longest_minutes: int = MAX_SESSION_MINUTES
    own: str = OWN
    sides: tuple[Side, Side] = field(default_factory=sides)
    """The figure on which muscles are chosen."""


def plan_form_page(form: PlanForm, faults: Mapping[str, Sequence[str]], catalog: Catalog) -> PlanFormPage:
    """The form with what was filled in and what is wrong with it."""
    defaults = catalog.defaults
    usual = {m: str(defaults.priorities.get(m, defaults.default_priority)) for m in catalog.muscles}
    return PlanFormPage(
        form=form,
        faults=faults,
        labels=_labels(form, catalog),
        presets=tuple(Choice(p.id, p.name, counted(len(p.equipment), "item")) for p in catalog.presets.values()),
        preset_items={p.id: " ".join(sorted(p.equipment)) for p in catalog.presets.values()},
        equipment=tuple(Choice(e.id, e.name, e.what_it_is) for e in catalog.equipment.values() if e.id != "none"),
        experience=tuple(Choice(value, value.capitalize(), words) for value, words in _EXPERIENCE.items()),
        goals=tuple(Choice(g.id, g.name, g.meaning) for g in map(catalog.goals.__getitem__, _GOALS)),
        deadlift=tuple(
            Choice(str(s.stage), catalog.exercises[s.exercises[0]].name, s.advance_criterion)
            for s in catalog.ladders[DEADLIFT].stages
        ),
        stress=tuple(Choice(t.id, t.name, t.meaning) for t in catalog.stress_tags.values()),
        muscles={
            name: tuple(Choice(m.id, m.name) for m in catalog.muscles.values() if m.region == region)
            for region, name in _REGIONS.items()
        },
        priorities=tuple(Choice(value, name) for value, name in _PRIORITIES.items()),
        searches=_searches(form.texts["time_limit"]),
        exercises=tuple(sorted(e.name for e in catalog.exercises.values())),
        usual_priorities=usual,
    )


def first_form(catalog: Catalog, today: date) -> PlanForm:
    """The form that nobody has touched: the defaults of the API, from the next Monday on."""
    return form_of({"week": {"starts_on": next_monday(today).isoformat()}}, catalog)


def next_monday(today: date) -> date:
    """When a week begins that nobody has given a date; today on a Monday."""
    return today + timedelta(days=-today.weekday() % 7)


def _searches(chosen: str) -> tuple[Choice, ...]:
    """How long to search; what a request of the API has chosen is among them."""
    other = {} if chosen in _SEARCHES or not chosen else {chosen: f"{chosen} seconds"}
    return tuple(Choice(value, name) for value, name in {**_SEARCHES, **other}.items())


def _labels(form: PlanForm, catalog: Catalog) -> dict[str, str]:
    slots = {
        f"slot-{slot.number}-{name}": f"{slot.day.capitalize()}, {label}"
        for slot in form.slots
        for name, label in (("on", "session"), ("start", "start"), ("minutes", "minutes"), ("place", "place"))
    }
    places = {
        f"place-{place.number}-{name}": f"Place {position}, {label}"
        for position, place in enumerate(form.places, start=1)
        for name, label in (("id", "name"), ("choice", "equipment"))
    }
    muscles = {f"priority-{muscle.id}": f"Emphasis on {muscle.name.lower()}" for muscle in catalog.muscles.values()}
    return {**slots, **places, **muscles, **_LABELS}


_LABELS = {
    "plan-form": "The request",
    "week-grid": "Days and times",
    "starts_on": "First day",
    "timezone": "Time zone",
    "sessions_min": "Fewest sessions",
    "sessions_max": "Most sessions",
    "per_day": "Sessions a day",
    "experience": "Level",
    "goal": "Goal",
    "deadlift": "Deadlift",
    "stress": "What hurts",
    "avoid_exercises": "Exercises to leave out",
    "favourites_exercises": "Favourite exercises",
    "dislikes_exercises": "Exercises you do not like",
    "supersets": "Supersets",
    "time_limit": "Time to search",
}
