"""Supersets: which two entries of a session may be done in alternation, and the fewest pairs that save enough time.

The one home of the definition; the verifier has its own words for it. A pair is two working exercises that do not get
in each other's way:

- opposing or distant work: in one region of the body one pushes and one pulls, and no muscle that one trains directly
  is trained by the other. Agonist-antagonist pairs keep or raise repetitions (ROB10, ZHA25) at the same gains in a
  third less time (SUP-RCT); where work competes, strength is lost (IVE24 saw it in a pulldown).
- neither is of axial load 3 or skill 3, and no two of them load the spine, tax the grip or tire the whole body: such
  lifts need their rest (GRG18).
- both stations are available at once: each of the two has a way to be done that needs no item of the other's.
- they stand in the same or in neighbouring parts of a session, from main to core, as the later one moves forward.
- of one kind of work only one entry of a session is paired: a second one would meet muscles whose rest was cut short.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from solver.domain.eligibility import preferred_alternative, usable_alternatives
from solver.domain.kinds import compound
from solver.domain.pricing import PricedEntry, superset_saving_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from catalog.schema import Exercise
    from solver.domain.problem import Problem, Slot

FIRST_PART, LAST_PART = 4, 7
"""Parts of a session that are paired in: main, secondary, accessory, core."""
ALWAYS_AT_HAND = frozenset({"none", "wall"})
"""Equipment that two exercises never wait for."""
DIRECT_QUARTERS = 3
"""A muscle that gets three quarters of a set or more is trained directly."""
TIRING = 2
"""From this systemic fatigue on, an exercise takes the breath that the other one needs."""


@dataclass(frozen=True)
class Claims:
    """What an exercise asks for. It bears no partner that is touched by what it holds."""

    held: frozenset[str]
    touched: frozenset[str]

    def bears(self, other: Claims) -> bool:
        """Whether neither asks for what the other holds."""
        return self.held.isdisjoint(other.touched) and other.held.isdisjoint(self.touched)


def pairable(e: Exercise) -> bool:
    """Whether the exercise is ever part of a superset."""
    return (
        not e.is_drill
        and FIRST_PART <= e.session_slot <= LAST_PART
        and e.axial_load < 3
        and e.skill_level < 3
        and e.rest_seconds > 0
    )


Kind = tuple[str, str, bool]
"""Region, push or pull, compound or not: entries of one kind do the same work."""


def kind_of(e: Exercise) -> Kind:
    """The kind of work of an exercise."""
    return e.region, e.push_pull, compound(e)


Items = tuple[str, ...]
"""An equipment alternative of an exercise."""


def ways_to_do(problem: Problem, e: Exercise, slot: Slot) -> tuple[Items, ...]:
    """The equipment that an entry may be done with, at least one alternative.

    The first is the one that it is done with alone. The others leave more to a partner: one that needs all that another
    needs is left out.
    """
    preferred, usable = preferred_alternative(problem, e, slot), usable_alternatives(problem, e, slot.place)
    needs = {way: waited_for(way) for way in dict.fromkeys((preferred, *usable))}
    found = {preferred: needs[preferred]}
    for way, need in needs.items():
        if need not in found.values() and not any(other < need for other in needs.values()):
            found[way] = need
    return tuple(found)


def waited_for(items: Collection[str]) -> frozenset[str]:
    """The items of which there is one for both."""
    return frozenset(items) - ALWAYS_AT_HAND


def claims(e: Exercise) -> Claims:
    """The claims of an exercise, whatever it is done with."""
    ways = ("push", "pull") if e.push_pull == "neutral" else (e.push_pull,)
    shared = {f"{e.region} {way}" for way in ways}
    if e.axial_load:
        shared.add("spine")
    if "forearms" in e.muscle_quarters:
        shared.add("grip")
    if e.systemic_fatigue >= TIRING:
        shared.add("breath")
    volume = e.volume_quarters
    direct = {f"muscle {m}" for m, quarters in volume.items() if quarters >= DIRECT_QUARTERS}
    earlier = {f"part {part}" for part in range(FIRST_PART, e.session_slot - 1)}
    return Claims(
        held=frozenset(shared | direct | {f"part {e.session_slot}"}),
        touched=frozenset(shared | {f"muscle {m}" for m in volume} | earlier),
    )


@dataclass(frozen=True)
class Candidate:
    """An entry of a session that may be paired. `ways`: what it may be done with, what it is done with alone first."""

    exercise: Exercise
    sets: int
    ways: tuple[Items, ...]


@dataclass(frozen=True)
class Pair:
    """Two candidates by their position, the earlier first, what they are done with, and the seconds that this saves."""

    first: int
    second: int
    items: tuple[Items, Items]
    saving_seconds: int


def may_pair(a: Candidate, b: Candidate) -> bool:
    """Whether the two make a superset, done in one way or another."""
    return next(_together(a, b), None) is not None


def _together(a: Candidate, b: Candidate) -> Iterator[tuple[Items, Items]]:
    """Every way to alternate the two, the ways that they are done alone first."""
    if pairable(a.exercise) and pairable(b.exercise) and claims(a.exercise).bears(claims(b.exercise)):
        for one, other in product(a.ways, b.ways):
            if waited_for(one).isdisjoint(waited_for(other)):
                yield one, other


def fewest_pairs(
    entries: Sequence[Candidate], seconds: int, is_fine: Callable[[frozenset[str]], bool] = lambda _: True
) -> tuple[Pair, ...]:
    """The fewest supersets of a session that save so many seconds; none when not enough can be saved.

    A superset is work: rests are shared only where the minutes ask for it. Among equally few, pairs of antagonists and
    near neighbours come first, done as they would be alone if they can. `is_fine` judges the items of the session.
    """
    allowed = sorted(_allowed(entries), key=lambda pair: _preference(entries, pair))
    for number in range(len(entries) // 2 + 1):
        found = _chosen(entries, allowed, (), number, seconds, is_fine)
        if found is not None:
            return found
    return ()


def items_used(entries: Sequence[Candidate], pairs: Sequence[Pair]) -> tuple[Items, ...]:
    """What each entry is done with when these are paired."""
    used = [entry.ways[0] for entry in entries]
    for pair in pairs:
        used[pair.first], used[pair.second] = pair.items
    return tuple(used)


def _allowed(entries: Sequence[Candidate]) -> list[Pair]:
    found = []
    for second, b in enumerate(entries):
        for first, a in enumerate(entries[:second]):
            saving = superset_saving_seconds(PricedEntry(a.exercise, a.sets), PricedEntry(b.exercise, b.sets))
            if saving > 0:
                found += [Pair(first, second, items, saving) for items in _together(a, b)]
    return found


def opposed(a: Exercise, b: Exercise) -> bool:
    """Whether the two push and pull in the same half of the body."""
    return a.region == b.region and {a.push_pull, b.push_pull} == {"push", "pull"}


def _preference(entries: Sequence[Candidate], pair: Pair) -> tuple[bool, int, int, int, int]:
    """Smaller is better."""
    a, b = entries[pair.first], entries[pair.second]
    changes = (a.ways[0] != pair.items[0]) + (b.ways[0] != pair.items[1])
    one, other = a.exercise, b.exercise
    return (
        not opposed(one, other),
        other.session_slot - one.session_slot,
        -pair.saving_seconds,
        pair.first,
        changes,
    )


def _chosen(
    entries: Sequence[Candidate],
    allowed: Sequence[Pair],
    taken: tuple[Pair, ...],
    number: int,
    seconds: int,
    is_fine: Callable[[frozenset[str]], bool],
) -> tuple[Pair, ...] | None:
    """`taken` and `number` pairs of what is allowed that save enough, in the order of preference; None without any."""
    if number == 0:
        enough = seconds <= 0 and is_fine(frozenset().union(*items_used(entries, taken)))
        return taken if enough else None
    largest = sorted((pair.saving_seconds for pair in allowed), reverse=True)[:number]
    if len(largest) < number or sum(largest) < seconds:
        return None
    for index, pair in enumerate(allowed):
        kinds = _kinds(entries, pair)
        others = [other for other in allowed[index + 1 :] if kinds.isdisjoint(_kinds(entries, other))]
        found = _chosen(entries, others, (*taken, pair), number - 1, seconds - pair.saving_seconds, is_fine)
        if found is not None:
            return found
    return None


def _kinds(entries: Sequence[Candidate], pair: Pair) -> set[Kind]:
    return {kind_of(entries[pair.first].exercise), kind_of(entries[pair.second].exercise)}
