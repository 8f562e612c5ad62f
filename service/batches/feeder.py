"""Giving the lines of batches their plans as room comes: a few ahead of the workers, and never more.

What waits is in the database, so that nothing is lost with a process and every worker can go on with it. Nobody is
starved: of every tenant only a few plans wait at a time, so that what is asked meanwhile comes soon, and tenants take
turns in the queue.
"""

from __future__ import annotations

import logging
import random
from dataclasses import replace
from typing import TYPE_CHECKING

from service import metrics
from service.batches.limits import AT_ONCE
from service.batches.repository import BatchRepository
from service.errors import ApiError
from service.plans.jobs import digest_of, keep
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanRequest
from service.plans.schemas.response import OriginResponse
from service.plans.service import ask
from service.problems import document_of, internal_error
from service.validation.parsing import parse

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog
    from service.db.session import SessionFactory
    from service.jobs.chores import Submit
    from service.kept.room import Ahead
    from service.plans.presenter import Question

_log = logging.getLogger("service.batches")


class BatchFeeder:
    """A `service.jobs.chores.Chore`."""

    def __init__(self, catalog: Catalog, sessions: SessionFactory, ahead: Ahead) -> None:
        self._catalog, self._sessions, self._ahead = catalog, sessions, ahead

    def see_to(self, submit: Submit) -> bool:
        """Give lines their plans, batch by batch in turn, while there is room; whether there were any."""
        with self._sessions() as session:
            batches = BatchRepository(session).unfed()
        # Drawn, so that none is always the first.
        random.shuffle(batches)
        done = 0
        while batches and done < AT_ONCE:
            batches = [
                (id_, tenant)
                for id_, tenant in batches
                if self._ahead.has_room(tenant) and self._feed(id_, tenant, submit)
            ]
            done += len(batches)
        return done > 0

    def tidy(self, session: Session, until: datetime) -> None:
        """Delete batches whose plans are deleted."""
        BatchRepository(session).forget(until)

    def _feed(self, batch_id: str, tenant: str, submit: Submit) -> bool:
        """Settle the next line, with all that are equal; False when this one has none for us now."""
        with self._sessions.begin() as session:
            batches = BatchRepository(session)
            line = batches.next_waiting(batch_id)
            if line is None:
                return False
            try:
                question, digest = self._question(batch_id, line.request_json)
            except ApiError as error:
                # It was fine when it was sent: the catalog or the rules have changed since.
                problem = document_of(error, f"/v1/batches/{batch_id}").model_dump_json(exclude_none=True)
                return batches.refuse(batch_id, line.digest, problem)
            known = PlanRepository(session).alike(digest, tenant)
            if not batches.give(batch_id, line.digest, question.id if known is None else known.id):
                return False
            if known is None:
                keep(session, question, tenant, digest, submit)
            else:
                metrics.count_reuse()
            return True

    def _question(self, batch_id: str, request_json: str) -> tuple[Question, str]:
        """Raises ApiError; a fault of ours is one as well, or it would come up again and again."""
        try:
            asked = ask(parse(PlanRequest, request_json.encode()), self._catalog)
            question = replace(asked, origin=OriginResponse(kind="batch", plan=None, question=batch_id))
            return question, digest_of(question)
        except ApiError:
            raise
        except Exception:
            _log.exception("a line of a batch cannot be asked")
            raise internal_error() from None
