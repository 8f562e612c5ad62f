"""What is different from the schedule before, member by member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.gyms.answers import ChangedMemberResponse, MovedEntryResponse, ScheduleDiffResponse
from service.gyms.reading import plan_of
from service.plans.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from service.gyms.answers import ScheduledMemberResponse
    from solver.domain.plan import Plan


def differences(
    before_id: str,
    before: Mapping[str, ScheduledMemberResponse],
    members: Sequence[ScheduledMemberResponse],
    unplaced: Collection[str],
) -> ScheduleDiffResponse:
    """Every member whose week or times are others; `unplaced` are those that have none now."""
    changed = [_changed(before.get(one.member), one) for one in members if one.change != "kept"]
    placed = {one.member for one in members}
    missing = [one for one in before.values() if one.member not in placed]
    changed += [_without(one, still_member=one.member in unplaced) for one in missing]
    kept = sum(one.change == "kept" for one in members)
    told = [
        f"{len(found)} {words}"
        for kind, words in _WORDS.items()
        if (found := [one for one in changed if one.change == kind])
    ]
    said = f"{counted(kept, 'member')} kept week and times" + "".join(f", {words}" for words in told) + "."
    return ScheduleDiffResponse(before=before_id, kept=kept, changed=changed, statement=said)


_WORDS = {
    "times": "moved inside sessions only",
    "changed": "got another week",
    "new": "came new",
    "unplaced": "lost the week",
    "gone": "left",
}


def _changed(before: ScheduledMemberResponse | None, now: ScheduledMemberResponse) -> ChangedMemberResponse:
    assert now.change != "kept"
    return ChangedMemberResponse(
        member=now.member,
        change=now.change,
        plan_before=None if before is None else before.plan,
        plan=now.plan,
        score_before=None if before is None else before.score,
        score=now.score,
        entries=[]
        if before is None
        else list(_moved(sets_of(plan_of(before.sessions)), sets_of(plan_of(now.sessions)))),
    )


def _without(before: ScheduledMemberResponse, *, still_member: bool) -> ChangedMemberResponse:
    return ChangedMemberResponse(
        member=before.member,
        change="unplaced" if still_member else "gone",
        plan_before=before.plan,
        plan=None,
        score_before=before.score,
        score=None,
        entries=[],
    )


Sets = dict[tuple[str, str], int]
"""Slot and exercise -> sets."""


def sets_of(plan: Plan) -> Sets:
    """What is done in a week, in whatever order and with whatever equipment."""
    return {(session.slot, e.exercise): e.sets for session in plan.sessions for e in session.entries}


def _moved(before: Sets, after: Sets) -> Iterator[MovedEntryResponse]:
    for slot, exercise in dict.fromkeys((*before, *after)):
        had, has = before.get((slot, exercise), 0), after.get((slot, exercise), 0)
        if had != has:
            yield MovedEntryResponse(slot=slot, exercise=exercise, sets_before=had, sets_after=has)
