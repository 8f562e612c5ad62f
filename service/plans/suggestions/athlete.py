"""Changes of what the athlete wishes, avoids and can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from catalog.schema import Experience
from service.plans.conflicts import AVOIDED_LISTS
from service.plans.phrases import name_of, sets_of
from service.plans.suggestions import costs
from service.plans.suggestions.asked import Asked, Change, Offers, each, offer
from service.plans.suggestions.patching import drop, put

if TYPE_CHECKING:
    from solver.domain.subject import Subject

LEVELS: tuple[Experience, ...] = get_args(Experience)


def allowed_again(asked: Asked, subject: Subject) -> Offers:
    """Something that is avoided is avoided no more."""
    name = AVOIDED_LISTS[subject.of]
    avoided = getattr(asked.request.athlete.avoid, name)
    # From the end, so that no removal moves what is still to be removed.
    places = [index for index, word in enumerate(avoided) if word == subject.id][::-1]
    if not places:
        return []  # one slot avoids it, today, and for a reason
    operations = tuple(drop(("athlete", "avoid", name, index)) for index in places)
    statement = f"no longer avoid the {subject.of} {name_of(subject.id)}"
    return offer(asked, f"exclusion of {subject}", Change(operations, statement, costs.EXCLUSIONS[subject.of]))


def less_of(asked: Asked, exercise: str) -> Offers:
    """Fewer sets of an exercise that was asked for, or none."""
    wanted = asked.request.athlete.must_include
    index = [item.exercise for item in wanted].index(exercise)
    now = wanted[index].min_sets
    steps = [
        Change(
            (put(asked.body, ("athlete", "must_include", index, "min_sets"), sets),),
            f"ask for {sets_of(sets)} of {name_of(exercise)} instead of {now}",
            costs.FEWER_SETS * (now - sets),
        )
        for sets in range(now - 1, 0, -1)
    ]
    without = Change(
        (drop(("athlete", "must_include", index)),), f"do without {name_of(exercise)}", costs.FEWER_SETS * (now + 1)
    )
    return offer(asked, f"wish for {exercise}", *steps, without)


def other_stage(asked: Asked, ladder: str) -> Offers:
    """Any other stage of a ladder: a higher one to be reached first, or a lower one to train at."""
    now = asked.problem.athlete.stages[ladder]
    changes = []
    for stage in range(1, len(asked.catalog.ladders[ladder].stages) + 1):
        if stage == now:
            continue
        statement = (
            f"reach stage {stage} of the {name_of(ladder)} ladder first, instead of {now}"
            if stage > now
            else f"train at stage {stage} of the {name_of(ladder)} ladder instead of {now}"
        )
        operation = put(asked.body, ("athlete", "ladder_stages", ladder), stage)
        changes.append(Change((operation,), statement, costs.STAGE * abs(stage - now)))
    return each(asked, f"stage of {ladder}", *changes)


def more_experience(asked: Asked) -> Offers:
    """A higher level of experience, with the skill and the volume that go with it."""
    now = asked.problem.athlete.experience
    changes = [
        Change(
            (put(asked.body, ("athlete", "experience"), level),),
            f"plan for {level} experience instead of {now}",
            costs.EXPERIENCE * (LEVELS.index(level) - LEVELS.index(now)),
        )
        for level in LEVELS[LEVELS.index(now) + 1 :]
    ]
    return each(asked, "experience", *changes)
