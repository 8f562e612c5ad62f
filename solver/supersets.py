"""Supersets on the decision variables: what pairing the entries of a slot can save.

Not pairs of entries are decided but pairs of kinds of work, and which entry of a kind takes part: of one kind only one
does. A variable for every pair of entries would make the model ten times as large. The rests that a pair shares flow
between its kinds, set by set: the second set of the two brings the shorter of their rests, the third again, as far as
both have it. So the saving is exact, without a product of variables.

An entry is done with the items that it prefers, unless it is in a superset: then with any of its alternatives, which is
a decision too.

Nothing here takes a week away. The flags and seconds may all be 0, whatever else is decided.

Names: `superset a|b@slot` is a pair of kinds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.pricing import SUPERSET_SAVING_PERCENT, PricedEntry, entry_price, superset_saving_seconds
from solver.domain.supersets import Claims, Items, Kind, claims, kind_of, pairable, waited_for, ways_to_do

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from solver.domain.problem import Slot
    from solver.variables import Choice, Expression, PlanVars


@dataclass(frozen=True)
class Pairing:
    """What a slot can be paired in. The sum of `saved` may be anything from 0 to what the chosen pairs save."""

    pairs: tuple[cp_model.IntVar, ...]
    saved: tuple[cp_model.IntVar, ...]
    """Seconds of one pair and one of its sets each."""
    instead: Mapping[Choice, Mapping[Items, cp_model.IntVar]]
    """1 where an entry is in a superset with these items and not with those that it prefers."""

    def saved_seconds(self) -> Expression:
        """What the slot's session is shorter by."""
        return cp_model.LinearExpr.sum(list(self.saved))


@dataclass(frozen=True, eq=False)
class _Member:
    """A choice that may take part, with two sets at least: `rounds[k]` is 1 only when it does with k + 1 or more."""

    choice: Choice
    claims: Claims
    rounds: tuple[cp_model.IntVar, ...]
    preferred: frozenset[str]
    """What it waits for when it is done as it would be alone."""
    instead: Mapping[Items, cp_model.IntVar]
    """The other ways to do it, of which one at most is taken."""

    def needing(self, item: str) -> Expression | None:
        """1 only where it takes part in a way that needs the item; None when no way does."""
        others = {way: item in way for way in self.instead}
        if item in self.preferred:
            return self.rounds[0] - self._taken(way for way, needs in others.items() if not needs)
        return self._taken(way for way, needs in others.items() if needs) if any(others.values()) else None

    def _taken(self, ways: Iterable[Items]) -> Expression:
        return cp_model.LinearExpr.sum([self.instead[way] for way in ways])

    @property
    def sets(self) -> range:
        """How many sets it can have."""
        return range(self.choice.smallest, len(self.rounds) + 1)

    def seconds(self) -> Expression:
        """The price of the entry where it takes part, 0 where it does not."""
        price = entry_price(self.choice.exercise)
        return price.fixed_seconds * self.rounds[0] + price.seconds_per_set * cp_model.LinearExpr.sum(self.rounds)


def state_pairing(plan: PlanVars, slot: Slot) -> Pairing:
    """The supersets of one slot, stated on its choices."""
    return _Statement(plan, slot).pairing()


class _Statement:
    """The pairing of one slot; to be stated once on a model."""

    def __init__(self, plan: PlanVars, slot: Slot) -> None:
        self._plan, self._slot, self._model = plan, slot, plan.model
        self._members = self._grouped(plan.in_slot(slot))
        self._flows: dict[tuple[Kind, int], list[cp_model.IntVar]] = defaultdict(list)
        self._pairs: dict[Kind, list[cp_model.IntVar]] = defaultdict(list)

    def pairing(self) -> Pairing:
        pairs: list[cp_model.IntVar] = []
        saved: list[cp_model.IntVar] = []
        for one, other in combinations(sorted(self._members), 2):
            compatible = list(self._compatible(one, other))
            if compatible:
                pair, seconds = self._state_pair(one, other, compatible)
                pairs.append(pair)
                saved += seconds
        for kind, members in self._members.items():
            self._state_kind(kind, members)
        instead = {m.choice: m.instead for members in self._members.values() for m in members if m.instead}
        return Pairing(tuple(pairs), tuple(saved), instead)

    def _name(self, what: str) -> str:
        return f"{what}@{self._slot.id}"

    def _grouped(self, choices: Iterable[Choice]) -> Mapping[Kind, list[_Member]]:
        groups: dict[Kind, list[_Member]] = defaultdict(list)
        for choice in choices:
            if pairable(choice.exercise) and choice.smallest + len(choice.further) > 1:
                groups[kind_of(choice.exercise)].append(self._member(choice))
        return groups

    def _member(self, choice: Choice) -> _Member:
        model, e = self._model, choice.exercise
        takes_part = model.new_bool_var(self._name(f"paired {e.id}"))
        model.add_implication(takes_part, choice.present if choice.smallest > 1 else choice.further[0])
        rounds = [takes_part] * max(2, choice.smallest)
        for sets, further in enumerate(choice.further[len(rounds) - choice.smallest :], start=len(rounds) + 1):
            more = model.new_bool_var(self._name(f"paired {e.id}:{sets}"))
            model.add_implication(more, rounds[-1])
            model.add_implication(more, further)
            rounds.append(more)
        preferred, *others = ways_to_do(self._plan.problem, e, choice.slot)
        instead = {way: model.new_bool_var(self._name(f"paired {e.id} with {'+'.join(way)}")) for way in others}
        if instead:
            model.add(cp_model.LinearExpr.sum(list(instead.values())) <= takes_part)
        return _Member(choice, claims(e), tuple(rounds), waited_for(preferred), instead)

    def _compatible(self, one: Kind, other: Kind) -> Iterator[tuple[_Member, _Member]]:
        for a, b in product(self._members[one], self._members[other]):
            ways = product((a.preferred, *map(waited_for, a.instead)), (b.preferred, *map(waited_for, b.instead)))
            if a.claims.bears(b.claims) and any(x.isdisjoint(y) for x, y in ways):
                yield a, b

    def _state_pair(
        self, one: Kind, other: Kind, compatible: Sequence[tuple[_Member, _Member]]
    ) -> tuple[cp_model.IntVar, Sequence[cp_model.IntVar]]:
        """A pair of kinds with the seconds that each of its sets after the first saves."""
        model = self._model
        name = f"superset {_word(one)}|{_word(other)}"
        pair = model.new_bool_var(self._name(name))
        most: dict[int, int] = {}
        for a, b in compatible:
            rest = min(a.choice.exercise.rest_seconds, b.choice.exercise.rest_seconds)
            for sets in range(2, min(len(a.rounds), len(b.rounds)) + 1):
                most[sets] = max(most.get(sets, 0), rest)
        saved = []
        for sets, rest in most.items():
            seconds = model.new_int_var(0, rest, self._name(f"{name}:{sets}"))
            model.add(seconds <= rest * pair)
            saved.append(seconds)
            for kind in (one, other):
                self._flows[kind, sets].append(seconds)
        for kind in (one, other):
            self._pairs[kind].append(pair)
        self._keep_apart(pair, self._members[one], self._members[other])
        if any(_is_capped(a, b) for a, b in compatible):
            together = [m.seconds() for m in (*self._members[one], *self._members[other])]
            share = SUPERSET_SAVING_PERCENT * cp_model.LinearExpr.sum(together)
            model.add(100 * cp_model.LinearExpr.sum(saved) <= share)
        return pair, saved

    def _keep_apart(self, pair: cp_model.IntVar, ones: Sequence[_Member], others: Sequence[_Member]) -> None:
        """No two members of the pair of which one holds what the other is touched by, and none that need one item."""
        stated = set()
        for holding, touched in ((ones, others), (others, ones)):
            for claim in sorted({c for m in holding for c in m.claims.held}):
                left = [m.rounds[0] for m in holding if claim in m.claims.held]
                right = [m.rounds[0] for m in touched if claim in m.claims.touched]
                indices = frozenset(v.index for v in (*left, *right))
                if right and indices not in stated:
                    stated.add(indices)
                    self._model.add(cp_model.LinearExpr.sum([*left, *right]) + pair <= 2)
        items = {item for m in ones for way in (m.preferred, *map(waited_for, m.instead)) for item in way}
        for item in sorted(items):
            needing, waiting = (_needing(item, members) for members in (ones, others))
            if waiting:
                self._model.add(cp_model.LinearExpr.sum([*needing, *waiting]) + pair <= 2)

    def _state_kind(self, kind: Kind, members: Sequence[_Member]) -> None:
        """One member of the kind at most takes part, in one pair; it shares the rests that it has."""
        model = self._model
        taking_part = cp_model.LinearExpr.sum([m.rounds[0] for m in members])
        model.add(taking_part <= 1)
        pairs = cp_model.LinearExpr.sum(self._pairs[kind])
        model.add(pairs <= taking_part)
        instead = [way for m in members for way in m.instead.values()]
        if instead:
            model.add(cp_model.LinearExpr.sum(instead) <= pairs)
        for (of, sets), flows in self._flows.items():
            if of == kind:
                having = [m for m in members if len(m.rounds) >= sets]
                rests = [m.choice.exercise.rest_seconds for m in having]
                bound = cp_model.LinearExpr.weighted_sum([m.rounds[sets - 1] for m in having], rests)
                model.add(cp_model.LinearExpr.sum(flows) <= bound)


def _needing(item: str, members: Iterable[_Member]) -> list[Expression]:
    return [needs for member in members if (needs := member.needing(item)) is not None]


def _word(kind: Kind) -> str:
    region, way, compound = kind
    return f"{region} {way} {'compound' if compound else 'isolation'}"


def _is_capped(a: _Member, b: _Member) -> bool:
    """Whether the two can ever share more rest than a superset may save.

    With one side's sets given, the other's fewest sets that share as many rests make the pair the shortest.
    """
    x, y = a.choice.exercise, b.choice.exercise
    rest = min(x.rest_seconds, y.rest_seconds)
    for shared in range(2, min(len(a.rounds), len(b.rounds)) + 1):
        sets = max(shared, a.sets.start), max(shared, b.sets.start)
        saving = superset_saving_seconds(PricedEntry(x, sets[0]), PricedEntry(y, sets[1]))
        if saving < rest * (shared - 1):
            return True
    return False
