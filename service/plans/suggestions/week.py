"""Changes of when and where: minutes, days, places, and how many sessions there are.

Slots that a booking system offers are as they are: of those only the number that is used may change.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from service.plans import limits
from service.plans.mapping.week import DAYS, MINUTES_PER_DAY, clock_minutes, first_weekday, slot_requests
from service.plans.phrases import counted, listed
from service.plans.suggestions import costs
from service.plans.suggestions.asked import Asked, Change, Offers, each, offer
from service.plans.suggestions.patching import put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.plans.schemas.request import Day, SlotRequest
    from service.plans.suggestions.patching import Operation

STEP_MINUTES = 5
MOST_MORE_MINUTES = 60
"""No proposal makes all sessions longer by more than this."""
NEW_SESSION_MINUTES = (30, 45, 60, 75, 90)
MOST_DAYS = 2
"""So many days are tried for a new session, and for each session that might move."""
MOST_MOVES = 6
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY


def longer(asked: Asked, slot_id: str) -> Offers:
    """More minutes for one slot, in steps of five, up to where the next one starts."""
    if asked.request.week.offered is not None:
        return []
    slots = slot_requests(asked.request, asked.catalog)
    index = next(i for i, slot in enumerate(slots) if slot.id == slot_id)
    now = slots[index].minutes
    first = now - now % STEP_MINUTES + STEP_MINUTES
    steps = [
        Change(
            (slot_field(asked, index, "minutes", minutes),),
            f"give '{slot_id}' {minutes} minutes instead of {now}",
            -(-(minutes - now) // costs.MINUTES_PER_POINT),
        )
        for minutes in range(first, room(asked, slots, slots[index]) + 1, STEP_MINUTES)
    ]
    return offer(asked, "minutes", *steps)


def all_longer(asked: Asked, slot_ids: Sequence[str]) -> Offers:
    """The same number of minutes more for each of several slots."""
    if asked.request.week.offered is not None:
        return []
    slots = slot_requests(asked.request, asked.catalog)
    chosen = [i for i, slot in enumerate(slots) if slot.id in slot_ids]
    if len(chosen) < 2:
        return []
    spare = min(room(asked, slots, slots[i]) - slots[i].minutes for i in chosen)
    names = listed([f"'{slots[i].id}'" for i in chosen], "and")
    steps = []
    for more in range(STEP_MINUTES, min(spare, MOST_MORE_MINUTES) + 1, STEP_MINUTES):
        longer_slots = {i: {"minutes": slots[i].minutes + more} for i in chosen}
        cost = len(chosen) * more // costs.MINUTES_PER_POINT
        steps.append(Change(_slot_fields(asked, longer_slots), f"give {names} {more} minutes more each", cost))
    return offer(asked, "minutes of all", *steps)


def shared_rests(asked: Asked) -> Offers:
    """Supersets where there were none: sessions fit that did not."""
    if asked.request.supersets:
        return []
    change = Change((put(asked.body, ("supersets",), True),), "allow supersets", costs.SUPERSETS)
    return each(asked, "supersets", change)


def one_more(asked: Asked) -> Offers:
    """A session on a free day, of the usual time and place."""
    if asked.request.week.offered is not None:
        return []
    slots = slot_requests(asked.request, asked.catalog)
    if len(slots) >= limits.MAX_SLOTS:
        return []
    found: Offers = []
    for day in free_days(asked, slots)[:MOST_DAYS]:
        steps = []
        for minutes in NEW_SESSION_MINUTES:
            new = {"id": new_id(slots, day), "day": day, "start": usual_start(slots), "minutes": minutes}
            more = (*with_slot(asked, new), *more_allowed(asked, len(slots) + 1))
            cost = costs.MORE_SESSIONS + minutes // (2 * costs.MINUTES_PER_POINT)
            steps.append(Change(more, f"add a session of {minutes} minutes on {day.capitalize()}", cost))
        found += offer(asked, "session", *steps)
    return found


def moved(asked: Asked) -> Offers:
    """A session on another day, further from the others."""
    if asked.request.week.offered is not None:
        return []
    slots = slot_requests(asked.request, asked.catalog)
    moves: list[tuple[int, int, Change]] = []
    for index, slot in enumerate(slots):
        if slot.id in asked.problem.done:
            continue
        others = [other for other in slots if other is not slot]
        now = _apart(asked, slot.day, others)[0]
        for day in free_days(asked, slots, without=slot)[:MOST_DAYS]:
            statement = f"move '{slot.id}' from {slot.day.capitalize()} to {day.capitalize()}"
            change = Change((slot_field(asked, index, "day", day),), statement, costs.OTHER_DAY)
            moves.append((now - _apart(asked, day, others)[0], len(moves), change))
    return each(asked, "day", *(change for _, _, change in sorted(moves, key=lambda move: move[:2])[:MOST_MOVES]))


def elsewhere(asked: Asked, place: str) -> Offers:
    """A session at another of the request's places."""
    if asked.request.week.offered is not None:
        return []
    places = [other.id for other in asked.request.places or []]
    if len(places) < 2:
        return []
    slots = slot_requests(asked.request, asked.catalog)
    changes = []
    for index, slot in enumerate(slots):
        if (slot.place or places[0]) == place and slot.id not in asked.problem.done:
            for other in places:
                if other != place:
                    statement = f"train '{slot.id}' at '{other}' instead of '{place}'"
                    operation = slot_field(asked, index, "place", other)
                    changes.append(Change((operation,), statement, costs.OTHER_PLACE))
    return each(asked, "place", *changes[:MOST_MOVES])


def fewer_sessions(asked: Asked) -> Offers:
    """A smaller smallest number of sessions."""
    now = asked.problem.rules.sessions_min
    steps = [
        Change(
            (put(asked.body, ("week", "sessions", "min"), fewest),),
            f"ask for at least {counted(fewest, 'session')} a week instead of {now}"
            if fewest > 1
            else f"ask for at least one session a week instead of {now}",
            costs.FEWER_SESSIONS * (now - fewest),
        )
        for fewest in range(now - 1, 0, -1)
    ]
    return offer(asked, "fewer sessions", *steps)


def more_sessions(asked: Asked) -> Offers:
    """A larger largest number of sessions."""
    now = asked.problem.rules.sessions_max
    steps = [
        Change(
            (put(asked.body, ("week", "sessions", "max"), most),),
            f"allow {counted(most, 'session')} a week instead of {now}",
            costs.FEWER_SESSIONS * (most - now),
        )
        for most in range(now + 1, len(asked.problem.slots) + 1)
    ]
    return offer(asked, "more sessions", *steps)


def _slot_bodies(asked: Asked) -> list[dict[str, Any]]:
    """The slots as they stand in the request, or would."""
    slots = slot_requests(asked.request, asked.catalog)
    return [slot.model_dump(mode="json", exclude_unset=True) for slot in slots]


def _stated(asked: Asked) -> bool:
    return asked.request.week.slots is not None


def slot_field(asked: Asked, index: int, field: str, value: Any) -> Operation:
    """The operation that sets a field of a slot."""
    return _slot_fields(asked, {index: {field: value}})[0]


def _slot_fields(asked: Asked, changed: dict[int, dict[str, Any]]) -> tuple[Operation, ...]:
    """One operation a field; where the slots are the default ones, one that writes all of them out."""
    if _stated(asked):
        return tuple(
            put(asked.body, ("week", "slots", index, field), value)
            for index, fields in changed.items()
            for field, value in fields.items()
        )
    slots = [{**slot, **changed.get(index, {})} for index, slot in enumerate(_slot_bodies(asked))]
    return (put(asked.body, ("week", "slots"), slots),)


def with_slot(asked: Asked, new: dict[str, Any]) -> tuple[Operation, ...]:
    """The operations that add a slot."""
    slots = _slot_bodies(asked)
    if _stated(asked):
        return (put(asked.body, ("week", "slots", len(slots)), new),)
    return (put(asked.body, ("week", "slots"), [*slots, new]),)


def more_allowed(asked: Asked, sessions: int) -> tuple[Operation, ...]:
    """A stated largest number that would leave the new slot unused goes up by one."""
    most = asked.request.week.sessions.max
    if most is None or most >= sessions:
        return ()
    return (put(asked.body, ("week", "sessions", "max"), most + 1),)


def room(asked: Asked, slots: Sequence[SlotRequest], slot: SlotRequest) -> int:
    """The most minutes the slot can have before the next one starts."""
    starts = [_start(other) - _start(slot) for other in slots if other is not slot]
    if asked.request.week.repeats:
        starts = [start % MINUTES_PER_WEEK for start in starts]
    return min([limits.MAX_SESSION_MINUTES, *(start for start in starts if start > 0)])


def _start(slot: SlotRequest) -> int:
    return DAYS.index(slot.day) * MINUTES_PER_DAY + clock_minutes(slot.start)


def free_days(asked: Asked, slots: Sequence[SlotRequest], without: SlotRequest | None = None) -> list[str]:
    """Days without a session, the one furthest from the nearest others first."""
    others = [slot for slot in slots if slot is not without]
    over = days_over(asked)
    free = [day for day in DAYS if day not in over and all(slot.day != day for slot in slots)]
    return sorted(free, key=lambda day: ([-days for days in _apart(asked, day, others)], DAYS.index(day)))


def days_over(asked: Asked) -> set[Day]:
    """Days of the week up to the last one with a session that is over."""
    past = {slot.day for slot in asked.problem.slots if slot.id in asked.problem.done}
    first = first_weekday(asked.request.week.starts_on)
    return {day for number, day in _days_from(first) if number <= max(past, default=-1)}


def _days_from(first: int) -> list[tuple[int, Day]]:
    """The days of a week that begins on a weekday, numbered from 0, in the order of the calendar's week."""
    return [((number - first) % 7, day) for number, day in enumerate(DAYS)]


def _apart(asked: Asked, day: str, others: Sequence[SlotRequest]) -> list[int]:
    """Days to the two nearest of the other sessions, around the week when it repeats; 7 where there is none."""
    apart = [abs(DAYS.index(day) - DAYS.index(other.day)) for other in others]
    if asked.request.week.repeats:
        apart = [min(days, 7 - days) for days in apart]
    return sorted([*apart, 7, 7])[:2]


def usual_start(slots: Sequence[SlotRequest]) -> str:
    """The start that most slots have."""
    return Counter(slot.start for slot in slots).most_common(1)[0][0]


def new_id(slots: Sequence[SlotRequest], day: str) -> str:
    """A name for a new slot on a day."""
    taken = {slot.id for slot in slots}
    return next(name for name in (day[:3], day, *(f"{day}-{n}" for n in range(2, 99))) if name not in taken)
