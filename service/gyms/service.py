"""Keeping gyms and asking for their schedules."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from service.db.holding import hold_name
from service.errors import ApiError, Fault, RequestError, pointer
from service.gyms.answers import ScheduleResponse
from service.gyms.booked import as_booked
from service.gyms.kind import SCHEDULES
from service.gyms.limits import MAX_GYMS, MAX_MEMBERS
from service.gyms.mapping import faults_of_gym, faults_of_member
from service.gyms.repository import GymRepository
from service.gyms.resources import GymMemberResponse, GymResponse
from service.gyms.schemas import GymMemberRequest, GymRequest, ScheduleRequest
from service.plans.clock import rfc3339
from service.studies.asking import asked
from service.studies.repository import StudyRepository
from service.validation.parsing import MAX_FAULTS, parse
from service.validation.walk import marker_faults, unknown_fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog
    from service.dependencies import Parts
    from service.gyms.answers import ScheduleAnswer, ScheduledMemberResponse
    from service.gyms.repository import KeptGym, KeptMember
    from service.gyms.schemas import GymScheduleRequest
    from service.kept.repository import Kept


def require_gym(gym: GymRequest, catalog: Catalog) -> None:
    """Raises RequestError with everything that is wrong with a gym."""
    _require(list(islice(marker_faults(gym, catalog), MAX_FAULTS)))
    _require(faults_of_gym(gym, catalog))


def require_member(gym: GymRequest, member: GymMemberRequest, catalog: Catalog) -> None:
    """Raises RequestError with everything that is wrong with a member of a gym as it stands."""
    _require(list(islice(marker_faults(member, catalog), MAX_FAULTS)))
    _require(faults_of_member(gym, member, catalog))


def _require(faults: Sequence[Fault]) -> None:
    if faults:
        raise RequestError(faults)


def gym_of(session: Session, gym_id: str, tenant: str, *, to_change: bool = False) -> KeptGym:
    """A tenant's gym; `to_change` when it is to stay as it is read until the end of the transaction.

    Raises ApiError `not-found`, whoever else may have one under this id.
    """
    if to_change:
        GymRepository(session).hold(gym_id)
    found = GymRepository(session).find(gym_id, tenant)
    if found is None:
        raise ApiError("not-found", "There is no gym with this id.")
    return found


def member_of(session: Session, gym: KeptGym, member: str) -> KeptMember:
    """A member of a gym. Raises ApiError `not-found`."""
    found = GymRepository(session).member(gym.id, member)
    if found is None:
        raise ApiError("not-found", "There is no member of this name in this gym.")
    return found


def read_gym(gym: KeptGym) -> GymRequest:
    """The gym as it was sent."""
    return parse(GymRequest, gym.gym_json.encode())


def create(session: Session, gym_id: str, tenant: str, gym: GymRequest) -> KeptGym:
    """Keep a gym under this id, or return the one that is there. Raises ApiError `too-many`."""
    hold_name(session, f"gyms of {tenant}")
    gyms = GymRepository(session)
    known = gyms.find(gym_id, tenant)
    if known is not None:
        return known
    if gyms.count(tenant) >= MAX_GYMS:
        raise ApiError("too-many", f"A tenant has at most {MAX_GYMS} gyms.")
    gyms.add(gym_id, tenant, _text(gym), datetime.now(UTC))
    return gym_of(session, gym_id, tenant)


def change(session: Session, gym: KeptGym, wanted: GymRequest, tenant: str) -> KeptGym:
    """Put another form of a gym in its place."""
    GymRepository(session).change(gym.id, _text(wanted), datetime.now(UTC))
    return gym_of(session, gym.id, tenant)


def with_count(gym: GymRequest, place: str, station: str, count: int) -> GymRequest:
    """The gym with so many of a station. Raises ApiError `not-found`."""
    if not any(s.id == station for p in gym.places if p.id == place for s in p.stations):
        raise ApiError("not-found", "There is no such station at such a place of this gym.")
    document = gym.model_dump(mode="json", exclude_unset=True)
    for one in document["places"]:
        for other in one.get("stations", []):
            if (one["id"], other["id"]) == (place, station):
                other["count"] = count
    return parse(GymRequest, json.dumps(document).encode())


def put_member(session: Session, gym: KeptGym, member: GymMemberRequest, *, new: bool = False) -> bool:
    """Keep a member; whether there was none of this name.

    Raises ApiError `too-many`, and `exists` for one that was to be `new`.
    """
    gyms = GymRepository(session)
    known = gyms.member(gym.id, member.id) is not None
    if known and new:
        raise ApiError("exists", f"The gym has a member '{member.id}' already; PUT puts another in his place.")
    if not known and gym.members >= MAX_MEMBERS:
        raise ApiError("too-many", f"A gym has at most {MAX_MEMBERS} members.")
    return gyms.put_member(gym.id, member.id, _text(member), datetime.now(UTC))


def _text(model: GymRequest | GymMemberRequest) -> str:
    return model.model_dump_json(exclude_unset=True)


# schedules


def present_schedule(session: Session, gym_id: str, tenant: str) -> ScheduleResponse | None:
    """The newest schedule of a gym that came to its end with weeks."""
    schedule = GymRepository(session).present(gym_id)
    kept = None if schedule is None else StudyRepository(session, SCHEDULES.name).find(schedule, tenant)
    return None if kept is None else ScheduleResponse.model_validate_json(kept.answer_json)


def ask_schedule(
    schedule_id: str, gym_id: str, wish: GymScheduleRequest, tenant: str, parts: Parts, *, fresh: bool
) -> Kept:
    """The schedule of a gym and its members as they are: a new one, or the present one where nothing has changed.

    Blocks on the database. Raises ApiError `not-found`, `scheduling` while another is made, `rate-limited` and `busy`,
    and RequestError for a gym that cannot be scheduled.
    """
    with parts.sessions() as session:
        gyms, studies = GymRepository(session), StudyRepository(session, SCHEDULES.name)
        gym = gym_of(session, gym_id, tenant)
        mine = studies.find(schedule_id, tenant)
        if mine is not None:
            return mine
        _require_none_under_way(session, gym_id)
        present = present_schedule(session, gym_id, tenant)
        request = _question(gym, gyms.members(gym_id), wish, present)
        if present is not None and present.status == "done" and not fresh and wish.keep and _equal(request, present):
            kept = studies.find(present.id, tenant)
            assert kept is not None
            return kept

    def belongs(session: Session, schedule: str) -> None:
        # Another may have asked since we looked, or the gym be gone.
        gym_of(session, gym_id, tenant, to_change=True)
        _require_none_under_way(session, gym_id, but=schedule)
        GymRepository(session).add_schedule(gym_id, schedule)

    try:
        return asked(SCHEDULES, schedule_id, request, None, tenant, parts, fresh=fresh, also=belongs)
    except RequestError as error:
        raise RequestError([_told(fault, request, wish) for fault in error.faults]) from None


def _question(
    gym: KeptGym, members: Sequence[KeptMember], wish: GymScheduleRequest, present: ScheduleResponse | None
) -> ScheduleRequest:
    """The gym as it is, written out."""
    if not members:
        raise RequestError([Fault("", "wrong_size", "the gym has no members yet: there is nobody to schedule")])
    weeks = {} if present is None or present.answer is None else {one.member: one for one in present.answer.members}
    documents = [json.loads(member.member_json) for member in members]
    names = [member.id for member in members]
    faults = []
    for index, name in enumerate(wish.booked):
        if name not in names:
            faults.append(unknown_fault(pointer("booked", index), name, "member", names))
        elif name not in weeks:
            message = f"'{name}' has no week in the present schedule that could be booked"
            faults.append(Fault(pointer("booked", index), "contradiction", message))
        else:
            booked = [s.model_dump(mode="json", exclude_none=True) for s in as_booked(weeks[name].sessions)]
            documents[names.index(name)]["booked"] = booked
    _require(faults)
    whole: dict[str, Any] = {"gym": json.loads(gym.gym_json), "members": documents}
    if "solve" in wish.model_fields_set:
        whole["solve"] = wish.solve.model_dump(mode="json", exclude_unset=True)
    if wish.keep and present is not None:
        whole["before"] = present.id
    return parse(ScheduleRequest, json.dumps(whole).encode())


def _equal(request: ScheduleRequest, present: ScheduleResponse) -> bool:
    """Whether a schedule answers the same question, whatever it went on from."""
    asked_now, asked_then = request.model_dump(mode="json", exclude_unset=True), dict(present.request)
    asked_now.pop("before", None)
    asked_then.pop("before", None)
    return asked_now == asked_then


def _require_none_under_way(session: Session, gym_id: str, but: str | None = None) -> None:
    """Raises ApiError `scheduling` while a schedule of the gym is made that is not `but`."""
    under_way = GymRepository(session).under_way(gym_id)
    if under_way is not None and under_way != but:
        said = "A schedule of this gym is being made; wait until it is there, or stop it."
        raise ApiError("scheduling", said, (), {"Retry-After": "5"})


def _told(fault: Fault, request: ScheduleRequest, wish: GymScheduleRequest) -> Fault:
    """A fault of the whole question as one of the request that it was made from, which holds no members."""
    parts = fault.pointer.split("/")[1:]
    match parts:
        case ["members", index, *rest]:
            name = request.members[int(index)].id
            at = pointer("booked", wish.booked.index(name)) if rest[:1] == ["booked"] and name in wish.booked else ""
            return replace(fault, pointer=at, message=f"member '{name}', {pointer(*rest) or 'id'}: {fault.message}")
        case ["solve", *_]:
            return fault
        case _:
            return replace(fault, pointer="", message=f"{fault.pointer.lstrip('/')}: {fault.message}")


# what is told


def told_gym(session: Session, gym: KeptGym) -> GymResponse:
    """A gym with its present schedule."""
    return GymResponse(
        id=gym.id,
        created_at=rfc3339(gym.created_at),
        changed_at=rfc3339(gym.changed_at),
        gym=json.loads(gym.gym_json),
        members=gym.members,
        schedule=GymRepository(session).present(gym.id),
    )


def told_members(members: Sequence[KeptMember], answer: ScheduleAnswer | None) -> list[GymMemberResponse]:
    """Members with their weeks in a schedule."""
    weeks: dict[str, ScheduledMemberResponse] = {}
    unplaced: dict[str, str] = {}
    if answer is not None:
        weeks = {one.member: one for one in answer.members}
        unplaced = {one.member: one.reason for one in answer.unplaced}
    return [
        GymMemberResponse(
            id=member.id,
            created_at=rfc3339(member.created_at),
            changed_at=rfc3339(member.changed_at),
            member=json.loads(member.member_json),
            plan=weeks[member.id].plan if member.id in weeks else None,
            lost_percent=weeks[member.id].lost_percent if member.id in weeks else None,
            unplaced=unplaced.get(member.id),
        )
        for member in members
    ]
