"""The changes that a what-if tries: each as JSON Patch on the plan's request, in words, with the problem it makes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jsonpatch

from service.errors import Fault, MalformedJsonError, RequestError, pointer
from service.plans import limits
from service.plans.mapping import to_problem
from service.plans.mapping.week import slot_requests
from service.plans.phrases import name_of, with_article
from service.plans.schemas import PlanRequest
from service.plans.suggestions.asked import Asked, Change
from service.plans.suggestions.equipment import with_items
from service.plans.suggestions.numbers import WORDS, path_of, step_of, value_in_force
from service.plans.suggestions.patching import applied, put
from service.plans.suggestions.week import (
    days_over,
    free_days,
    more_allowed,
    new_id,
    room,
    slot_field,
    usual_start,
    with_slot,
)
from service.validation.nearest import nearest
from service.validation.parsing import parse
from solver.domain.subject import of_muscle
from solver.rulebook import RULE_BY_ID
from solver.whatif import Direction, Option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.plans.suggestions.patching import Operation
    from service.studies.weeks import KeptWeek
    from service.whatif.schemas import RuleTurnRequest, What, WhatIfRequest
    from solver.rulebook import Parameter


@dataclass(frozen=True)
class Tried:
    """A change that is tried."""

    what: What
    operations: tuple[Operation, ...]
    statement: str
    request: PlanRequest
    option: Option


class Trials:
    """The changes of one plan's request."""

    def __init__(self, about: KeptWeek) -> None:
        self._asked = Asked.of(about.request, about.problem, about.question.catalog)
        self._catalog = about.question.catalog

    def all(self, wish: WhatIfRequest) -> list[Tried]:
        """Every change that is wished for and makes a request.

        Raises RequestError for rules without numbers and for JSON Patches that cannot be applied.
        """
        return [
            *self._equipment(wish.equipment),
            *self._minutes(wish.minutes),
            *self._slots(wish.days),
            *self._stages(wish.stages),
            *self._rules(wish.rules),
            *self._changes(wish),
        ]

    def _tried(
        self, what: What, operations: Sequence[Operation], statement: str, direction: Direction = "either"
    ) -> Iterator[Tried]:
        changed = self._asked.after(Change(tuple(operations), statement, 0))
        if changed is not None:
            yield Tried(what, tuple(operations), statement, changed.request, Option(changed.problem, direction))

    def _equipment(self, items: Sequence[str] | None) -> Iterator[Tried]:
        places = {slot.place.id: slot.place for slot in self._asked.problem.open_slots}
        for place in places.values():
            for item in self._catalog.equipment if items is None else dict.fromkeys(items):
                if item not in place.equipment:
                    statement = f"equip '{place.id}' with {with_article(self._catalog.equipment[item].name)}"
                    yield from self._tried("equipment", with_items(self._asked, place.id, [item]), statement)

    def _minutes(self, more: Sequence[int]) -> Iterator[Tried]:
        slots = slot_requests(self._asked.request, self._catalog)
        for index, slot in enumerate(slots):
            if slot.id in self._asked.problem.done:
                continue
            for minutes in (slot.minutes + extra for extra in dict.fromkeys(more)):
                if minutes <= room(self._asked, slots, slot):
                    statement = f"give '{slot.id}' {minutes} minutes instead of {slot.minutes}"
                    operation = slot_field(self._asked, index, "minutes", minutes)
                    yield from self._tried("minutes", [operation], statement)

    def _slots(self, days: Sequence[str] | None) -> Iterator[Tried]:
        slots = slot_requests(self._asked.request, self._catalog)
        if len(slots) >= limits.MAX_SLOTS:
            return
        over = days_over(self._asked)
        for day in free_days(self._asked, slots)[:1] if days is None else dict.fromkeys(days):
            if day in over:
                continue
            new: dict[str, Any] = {
                "id": new_id(slots, day),
                "day": day,
                "start": usual_start(slots),
                "minutes": max(slot.minutes for slot in slots),
            }
            operations = [*with_slot(self._asked, new), *more_allowed(self._asked, len(slots) + 1)]
            if self._asked.request.week.sessions.min is None:
                # Left to its default, the smallest number of sessions would grow with the slots.
                body = applied(self._asked.body, tuple(operations))
                operations.append(put(body, ("week", "sessions", "min"), self._asked.problem.rules.sessions_min))
            statement = f"offer one more slot of {new['minutes']} minutes on {day.capitalize()}"
            yield from self._tried("slot", operations, statement)

    def _stages(self, ladders: Sequence[str] | None) -> Iterator[Tried]:
        stages = self._asked.problem.athlete.stages
        for ladder in self._catalog.ladders if ladders is None else dict.fromkeys(ladders):
            above = stages[ladder] + 1
            if above <= len(self._catalog.ladders[ladder].stages):
                operation = put(self._asked.body, ("athlete", "ladder_stages", ladder), above)
                statement = f"reach stage {above} of the {name_of(ladder)} ladder instead of {above - 1}"
                yield from self._tried("stage", [operation], statement)

    def _rules(self, turns: Sequence[RuleTurnRequest]) -> Iterator[Tried]:
        for index, turn in enumerate(turns):
            for parameter in self._numbers(index, turn):
                yield from self._turned(turn, parameter)

    def _numbers(self, index: int, turn: RuleTurnRequest) -> list[Parameter]:
        """The numbers of a rule. Raises RequestError when it has none of this kind."""
        spec, at = RULE_BY_ID.get(turn.rule), pointer("rules", index, "rule")
        if spec is None:
            message = f"there is no rule {turn.rule[:64]!r}"
            raise RequestError([Fault(at, "unknown_id", message, nearest=nearest(turn.rule, list(RULE_BY_ID)))])
        wanted = ("per_muscle",) if turn.muscle else ("integer", "ratio")
        found = [parameter for parameter in spec.parameters if parameter.kind in wanted]
        if not found:
            kind = "a number for a muscle" if turn.muscle else "a number that is not a muscle's"
            having = [rule.id for rule in RULE_BY_ID.values() if any(p.kind in wanted for p in rule.parameters)]
            raise RequestError([Fault(at, "no_number", f"{turn.rule} has not got {kind}", having)])
        return found

    def _turned(self, turn: RuleTurnRequest, parameter: Parameter) -> Iterator[Tried]:
        whose = turn.muscle or ""
        now = value_in_force(self._asked, turn.rule, parameter, whose)
        step = step_of(turn.rule, parameter)
        name = WORDS[turn.rule, parameter.name].format(muscle=name_of(whose))
        for sign in (1, -1):
            value = round(now + sign * step, 2)
            if not (parameter.minimum or 0) <= value <= (parameter.maximum or value):
                continue
            path = path_of(turn.rule, parameter, of_muscle(whose))
            operation = put(self._asked.body, path, value if parameter.kind == "ratio" else int(value))
            weaker = parameter.weaker == ("higher" if sign > 0 else "lower")
            verb = "raise" if sign > 0 else "lower"
            statement = f"{verb} {name} to {value:g} instead of {now:g}"
            yield from self._tried("rule", [operation], statement, "looser" if weaker else "tighter")

    def _changes(self, wish: WhatIfRequest) -> Iterator[Tried]:
        for index, wished in enumerate(wish.changes):
            operations = tuple(operation.model_dump(mode="json") for operation in wished.change)
            at = pointer("changes", index, "change")
            try:
                body = applied(self._asked.body, operations)
                request = parse(PlanRequest, json.dumps(body).encode())
                problem = to_problem(request, self._catalog)
            except (jsonpatch.JsonPatchException, jsonpatch.JsonPointerException) as error:
                raise RequestError([Fault(at, "bad_patch", f"it cannot be applied to the request: {error}")]) from None
            except (MalformedJsonError, RequestError) as error:
                message = f"the changed request makes no sense: {error.detail}"
                raise RequestError([Fault(at, "bad_request", message)]) from None
            statement = "; ".join(_said(operation) for operation in operations)
            yield Tried("change", operations, statement, request, Option(problem))


def _said(operation: Operation) -> str:
    value = f" {json.dumps(operation['value'])}" if "value" in operation else ""
    return f"{operation['op']} {operation['path']}{value}"
