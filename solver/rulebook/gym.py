"""The rules of the schedule of a gym, beside those of its members' weeks."""

from __future__ import annotations

from solver.rulebook.spec import RuleSpec

_SAID = (
    (
        "gym.weeks",
        "Every session has its times",
        "The times are those of the members' weeks: one for every entry of every session that is to come, in the "
        "order of doing.",
        "definition",
    ),
    (
        "gym.time",
        "The times suffice",
        "The general warm-up comes first, every entry lasts as long as its setting up, sets and rests, the next "
        "one leaves the time to change over, and all ends within the slot; the two of a superset share one time.",
        "definition",
    ),
    (
        "gym.stations",
        "Stations are shared",
        "At every moment no more of a station are held than there are; every entry holds from start to end what "
        "provides its equipment, and nothing else.",
        "definition",
    ),
    (
        "gym.places",
        "Slots have places",
        "In a slot with a limit no more members train than it has places left, those who are booked aside.",
        "definition",
    ),
    (
        "gym.booked",
        "What was told stands",
        "In a booked session, entries begin when and where the member was told, unless the answer names the "
        "session as moved.",
        "definition",
    ),
)

GYM_RULES: tuple[RuleSpec, ...] = tuple(RuleSpec(*said, suggestible=False, of="gym") for said in _SAID)
