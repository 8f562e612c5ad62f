"""Random requests that are well formed: whatever they ask for, an answer has to be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from catalog.catalog import default_catalog
from solver.rulebook import RULES

if TYPE_CHECKING:
    from solver.rulebook import Parameter

CATALOG = default_catalog()
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EXERCISES, MUSCLES, ITEMS = sorted(CATALOG.exercises), sorted(CATALOG.muscles), sorted(CATALOG.equipment)
PARAMETERS = [(rule.id, parameter) for rule in RULES for parameter in rule.parameters]


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    """A request body: one to five days, one or two places, and every now and then each other wish."""
    places = draw(_places())
    slots = draw(_slots([place["id"] for place in places]))
    return {
        "athlete": draw(_athlete()),
        "places": places,
        "week": {"slots": slots, "sessions": draw(_sessions(len(slots))), "repeats": draw(st.booleans())},
        "rules": draw(_rules()),
        "pins": draw(_pins([slot["id"] for slot in slots])),
    }


def _sometimes(strategy: st.SearchStrategy[Any], otherwise: Any, *, one_in: int = 3) -> st.SearchStrategy[Any]:
    return st.integers(1, one_in).flatmap(lambda roll: strategy if roll == 1 else st.just(otherwise))


@st.composite
def _places(draw: st.DrawFn) -> list[dict[str, Any]]:
    equipment = st.one_of(
        st.sampled_from(sorted(CATALOG.presets)),
        st.lists(st.sampled_from(ITEMS), max_size=12, unique=True),
    )
    return [{"id": name, "equipment": draw(equipment)} for name in ("here", "there")[: draw(st.integers(1, 2))]]


@st.composite
def _slots(draw: st.DrawFn, places: list[str]) -> list[dict[str, Any]]:
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=5, unique=True))
    return [
        {
            "id": day[:3],
            "day": day,
            "start": draw(st.sampled_from(("06:30", "12:00", "18:00", "20:15"))),
            "minutes": 5 * draw(st.integers(4, 18)),
            "place": draw(st.sampled_from(places)),
        }
        for day in days
    ]


@st.composite
def _sessions(draw: st.DrawFn, offered: int) -> dict[str, int]:
    fewest = draw(st.integers(1, offered))
    return draw(_sometimes(st.just({"min": fewest, "max": draw(st.integers(fewest, offered))}), {}, one_in=2))


@st.composite
def _athlete(draw: st.DrawFn) -> dict[str, Any]:
    some = st.lists(st.sampled_from(EXERCISES), max_size=3, unique=True)
    liked = draw(_sometimes(some, []))
    stages = {name: st.integers(1, len(ladder.stages)) for name, ladder in CATALOG.ladders.items()}
    return {
        "experience": draw(st.sampled_from(("beginner", "intermediate", "advanced"))),
        "ladder_stages": {
            name: draw(stages[name])
            for name in draw(_sometimes(st.lists(st.sampled_from(sorted(stages)), max_size=3, unique=True), []))
        },
        "priorities": draw(_sometimes(st.dictionaries(st.sampled_from(MUSCLES), st.integers(0, 3), max_size=4), {})),
        "avoid": draw(_avoidances()),
        "favourites": liked,
        "dislikes": [exercise for exercise in draw(_sometimes(some, [])) if exercise not in liked],
        "must_include": [
            {"exercise": exercise, "min_sets": draw(st.integers(1, 4))}
            for exercise in draw(
                _sometimes(st.lists(st.sampled_from(EXERCISES), max_size=2, unique=True), [], one_in=4)
            )
        ],
        "required_muscles": draw(_sometimes(st.lists(st.sampled_from(MUSCLES), max_size=2, unique=True), [], one_in=4)),
    }


@st.composite
def _avoidances(draw: st.DrawFn) -> dict[str, list[str]]:
    def some(words: list[str]) -> list[str]:
        found: list[str] = draw(_sometimes(st.lists(st.sampled_from(words), max_size=2, unique=True), []))
        return found

    return {
        "exercises": some(EXERCISES),
        "patterns": some(sorted(CATALOG.patterns)),
        "stress": some(sorted(CATALOG.stress_tags)),
        "equipment": some(ITEMS),
    }


@st.composite
def _rules(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Up to three parameters inside their bounds; the two ratios of the lower body never crossed."""
    rules: dict[str, dict[str, Any]] = {}
    for rule, parameter in draw(_sometimes(st.lists(st.sampled_from(PARAMETERS), max_size=3), [], one_in=2)):
        if parameter.kind == "per_muscle":
            numbers = {draw(st.sampled_from(MUSCLES)): draw(_number(parameter))}
            rules.setdefault(rule, {}).update(numbers if parameter.name == "*" else {parameter.name: numbers})
        else:
            rules.setdefault(rule, {})[parameter.name] = draw(_number(parameter))
    lower = rules.get("balance.lower_pull_push", {})
    if lower.get("min", 2) > lower.get("max", 3):
        del rules["balance.lower_pull_push"]
    return rules


def _number(parameter: Parameter) -> st.SearchStrategy[Any]:
    if parameter.kind == "choice":
        return st.sampled_from(parameter.choices)
    assert parameter.minimum is not None
    assert parameter.maximum is not None
    if parameter.kind == "ratio":
        return st.integers(int(4 * parameter.minimum), int(4 * parameter.maximum)).map(lambda quarters: quarters / 4)
    return st.integers(int(parameter.minimum), int(parameter.maximum))


@st.composite
def _pins(draw: st.DrawFn, slots: list[str]) -> list[dict[str, Any]]:
    """Single entries, or one whole session."""
    if draw(st.integers(1, 3)) > 1:
        return []
    slot = draw(st.sampled_from(slots))
    chosen = draw(st.lists(st.sampled_from(EXERCISES), max_size=3, unique=True))
    if draw(st.booleans()):
        return [{"slot": slot, "entries": [{"exercise": e, "sets": draw(_sets_of(e))} for e in chosen]}]
    return [{"slot": slot, "exercise": e, "sets": draw(st.one_of(st.just(0), _sets_of(e)))} for e in chosen]


def _sets_of(exercise: str) -> st.SearchStrategy[int]:
    span = CATALOG.exercises[exercise].sets
    return st.integers(span.min, span.max)
