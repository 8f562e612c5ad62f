"""Which pairs of entries make a superset: what stands in the way of the others (`structure.order`), and what one saves.

Pairs work in different regions of the body or push against pull; neither strains the spine at level 3 or asks for skill
3; they do not need the same item, muscle, grip, spine or breath; and they belong to neighbouring parts of a session.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from solver.verifier.eligibility import listing, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.schema import Exercise
    from solver.verifier.facts import Placed, SessionFacts

PARTS = (4, 5, 6, 7)
"""Main, secondary, accessory, core."""
SHARED_BY_ALL = {"none", "wall"}
HALF_SET, THREE_QUARTERS = 2, 3
"""Quarters of a set: what counts as training a muscle, and what trains it directly."""


def supersets_of(session: SessionFacts) -> tuple[tuple[str, Placed, Placed], ...]:
    """Label and entries of every superset that is a pair, in order."""
    labels = Counter(placed.superset for placed in session.placed if placed.superset is not None)
    found = []
    for label in (label for label, count in labels.items() if count == 2):
        first, second = (placed for placed in session.placed if placed.superset == label)
        found.append((label, first, second))
    return tuple(found)


def unfit_pairs(session: SessionFacts) -> Iterator[str]:
    """A sentence for every pair that makes no superset, and for work that is paired twice."""
    pairs = supersets_of(session)
    for _, a, b in pairs:
        reason = next(_objections(a, b), None)
        if reason is not None:
            yield f"{a.exercise.name} and {words(b.exercise.id)} make no superset in '{session.slot.id}': {reason}."
    paired: dict[tuple[str, str, bool], Placed] = {}
    for placed in (placed for _, *both in pairs for placed in both):
        e = placed.exercise
        earlier = paired.setdefault((e.region, e.push_pull, e.mechanic == "compound"), placed)
        if earlier is not placed:
            yield (
                f"{earlier.exercise.name} and {words(e.id)} are the same kind of work in '{session.slot.id}'; one of "
                "them at most is in a superset."
            )


def saved_seconds(a: Placed, b: Placed) -> int:
    """The shorter rest once for every set after the first that both have, at most 35 % of the two entries' time."""
    shared = min(a.exercise.rest_seconds, b.exercise.rest_seconds) * (min(a.sets, b.sets) - 1)
    return min(shared, 35 * (_seconds(a) + _seconds(b)) // 100)


def _seconds(placed: Placed) -> int:
    e = placed.exercise
    return e.setup_seconds + placed.sets * e.seconds_per_set + (placed.sets - 1) * e.rest_seconds


def _objections(a: Placed, b: Placed) -> Iterator[str]:
    for placed in (a, b):
        objection = _never_paired(placed.exercise)
        if objection is not None:
            yield f"{words(placed.exercise.id)} {objection}"
    one, other = a.exercise, b.exercise
    if abs(one.session_slot - other.session_slot) > 1:
        yield "they belong to parts of the session that do not follow each other"
    items = (a.equipment & b.equipment) - SHARED_BY_ALL
    if items:
        yield f"both need {listing(items)}"
    if one.region == other.region and {one.push_pull, other.push_pull} != {"push", "pull"}:
        yield f"both work the {one.region} body the same way" if one.region != "trunk" else "both work the trunk"
    muscles = _fought_over(one, other) | _fought_over(other, one)
    if muscles:
        yield f"both train the {', '.join(words(m) for m in sorted(muscles))}"
    if one.axial_load > 0 and other.axial_load > 0:
        yield "both load the spine"
    if "forearms" in one.muscle_quarters and "forearms" in other.muscle_quarters:
        yield "both tax the grip"
    if one.systemic_fatigue >= 2 and other.systemic_fatigue >= 2:
        yield "both tire the whole body"


def _never_paired(e: Exercise) -> str | None:
    if e.is_drill or e.session_slot not in PARTS:
        return "is no main, secondary, accessory or core exercise"
    if e.axial_load == 3:
        return "loads the spine too much to be hurried"
    if e.skill_level == 3:
        return "asks for too much skill to be hurried"
    return None


def _fought_over(direct: Exercise, other: Exercise) -> set[str]:
    """Muscles that one trains directly and the other trains too."""
    mine, theirs = direct.volume_quarters, other.volume_quarters
    return {m for m, weight in mine.items() if weight >= THREE_QUARTERS and theirs.get(m, 0) >= HALF_SET}
