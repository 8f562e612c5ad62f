"""The frame of every long question but that for a plan: studies, which are durable jobs and kept with their answers.

To hang a question on it, write in a package of its own (`service/swaps/`, ...):

1. a request (`service.plans.schemas.request.RequestModel`, named `...Request`), an answer (`ResponseModel`, named
   `...Answer`: what is found, without id and status) and `class ...Response(StudyResponse[...Answer])`;
2. a function `run(question, control) -> Studied`: solve, tell `control` how far it is (JSON values), look at
   `control.is_cancelled`, and return the answer with the weeks that are to be kept as plans of their own (their ids,
   from `new_week`, may stand in the answer);
3. a `StudyKind` that puts these together, and its line in `service.studies.kinds.KINDS`.

A kind with `about_plan` is asked at `POST /v1/plans/{plan_id}/<name>` (or with another last word, `asked_as`), any
other at `POST /v1/<name>`. With `goes_on_from`, a request may name an earlier answer of its kind in `before`. From the
frame it gets `GET /v1/<name>`, `GET /v1/<name>/{id}`, `GET .../events`, `POST .../cancel` and `DELETE`, waiting
(`Prefer`), `Idempotency-Key`, answers to equal questions from storage, shares, tenants, retention and its place in the
OpenAPI document. Extra endpoints of a kind (say, to apply what was found) have a router of their own in `service.app`.
Documented answers are renewed with `python -m service.studies.examples`.

An answer has one of these statuses. `queued` and `running` until the work has ended; then `done` when everything asked
for is answered, `partial` when time ran out and the answer holds what was found by then, `infeasible` when it is proven
that there is no such week, `timed_out` when time ran out before anything was found, `cancelled` when it was stopped
from outside (the answer holds what was found by then, if anything), `failed` by a fault of ours. A run that was stopped
from outside need not know: it returns `partial` or `timed_out`, and the frame makes `cancelled` of it.
"""
