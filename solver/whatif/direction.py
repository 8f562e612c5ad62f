"""What a change of slots and equipment does to the weeks that are allowed, read off the two problems."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from solver.domain.eligibility import Eligibility
from solver.domain.supersets import Candidate, may_pair, ways_to_do
from solver.rulebook import RULE_BY_ID
from solver.verifier import certify

if TYPE_CHECKING:
    from solver.domain.outcome import CertificateLine
    from solver.domain.plan import Plan
    from solver.domain.problem import Avoidances, Problem
    from solver.whatif.outcome import Direction


def direction(before: Problem, after: Problem, plan: Plan, told: Direction = "either") -> Direction:
    """`looser` when every week that was allowed provably still is, `tighter` the other way round, else `either`.

    Longer slots, further slots that may stay unused, more equipment and a lifted exclusion allow more. `told` is what
    the caller knows of the rules whose numbers change. Nothing is taken for granted where a rule is waived for one of
    the two alone, where what is possible changes what a rule asks for, or where they pursue different goals. `plan` is
    any plan.
    """
    if _goals(before) != _goals(after) or _waived(before, plan) != _waived(after, plan):
        return "either"
    if told != "either":
        return told
    if _asked(before, plan) != _asked(after, plan):
        return "either"
    if _offers_more(before, after):
        return "looser"
    return "tighter" if _offers_more(after, before) else "either"


def changes_no_choice(before: Problem, after: Problem) -> bool:
    """Whether the same exercises can be done in the same slots, for as long, under the same rules, in the same
    supersets: then what the muscles can get is the same, whatever else stands at the places."""
    if replace(after, slots=before.slots) != before or len(after.slots) != len(before.slots):
        return False
    old, new = Eligibility.of(before), Eligibility.of(after)
    return all(
        (now.id, now.start_minute, now.limit_seconds) == (was.id, was.start_minute, was.limit_seconds)
        and all(old.possible(e, was) == new.possible(e, now) for e in before.exercises)
        for was, now in zip(before.slots, after.slots, strict=True)
    ) and _same_pairs(before, after)


def _same_pairs(one: Problem, other: Problem) -> bool:
    """Whether the same entries can make a superset in the two, which allow the same in the same slots.

    What else an exercise may be done with is of use only to a pair that cannot be done with what there was.
    """
    if not one.supersets:
        return True
    possible, there = Eligibility.of(one), other.slot_by_id
    for slot in one.open_slots:
        here = [e for e in one.exercises if possible.possible(e, slot)]
        was = {e.id: Candidate(e, e.sets.max, ways_to_do(one, e, slot)) for e in here}
        now = {e.id: Candidate(e, e.sets.max, ways_to_do(other, e, there[slot.id])) for e in here}
        changed = [name for name in was if was[name].ways != now[name].ways]
        for name, partner in product(changed, was):
            if name != partner and may_pair(was[name], was[partner]) != may_pair(now[name], now[partner]):
                return False
    return True


def _offers_more(less: Problem, more: Problem) -> bool:
    """Whether `more` has all that `less` has, and differs from it only in slots, in how many of them are used and in
    what is avoided."""
    rules = replace(
        more.rules, sessions_min=less.rules.sessions_min, sessions_max=less.rules.sessions_max, stated=less.rules.stated
    )
    athlete = replace(more.athlete, avoid=less.athlete.avoid)
    if replace(more, slots=less.slots, rules=rules, athlete=athlete) != less:
        return False
    if more.rules.sessions_min > less.rules.sessions_min or more.rules.sessions_max < less.rules.sessions_max:
        return False
    avoids_no_more = _avoids_no_more(more.athlete.avoid, less.athlete.avoid)
    return avoids_no_more and _slots_hold(less, more)


def _avoids_no_more(one: Avoidances, other: Avoidances) -> bool:
    return (
        one.exercises <= other.exercises
        and one.patterns <= other.patterns
        and one.equipment <= other.equipment
        and one.stress <= other.stress
    )


def _slots_hold(less: Problem, more: Problem) -> bool:
    """Whether every slot is there again, as long and as well equipped at least."""
    here = more.slot_by_id
    return all(
        slot.id in here
        and here[slot.id].start_minute == slot.start_minute
        and here[slot.id].limit_seconds >= slot.limit_seconds
        and here[slot.id].place.equipment >= slot.place.equipment
        and _avoids_no_more(here[slot.id].avoid, slot.avoid)
        for slot in less.slots
    )


def _goals(problem: Problem) -> list[tuple[int, int, int, int]]:
    """What scores are made of."""
    return [(g.weekly_min_sets, g.weekly_target_sets, g.weekly_max_sets, g.priority) for g in problem.muscles]


def _waived(problem: Problem, plan: Plan) -> list[object]:
    """Waivers and substitutions of every rule; that a number is loosened is no matter here."""
    return [
        (line.waived, [note for note in line.notes if not note.startswith("Loosened")])
        for line in certify(problem, plan)
    ]


def _asked(problem: Problem, plan: Plan) -> list[CertificateLine]:
    """The rules whose meaning depends on what is possible, all of them the guide's: measured on one plan they read the
    same exactly when they ask for the same."""
    return [line for line in certify(problem, plan) if RULE_BY_ID[line.rule].mistake is not None]
