"""The engine's queue as we use it: a message stands for one delivery of a job, sent in the caller's transaction.

The engine is DBOS Transact. What a job is, how far it is and who may write to it is in our own table; the engine keeps
the messages, hands each to one process, and hands it out again when a process starts anew under its old name. Only this
module and `service.jobs.engine` know the engine.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy.exc import DBAPIError

from service.db.engine import database_url, open_engine

if TYPE_CHECKING:
    from collections.abc import Collection

    from dbos import EnqueueOptions
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from service.jobs.job import Job

APPLICATION = "counterpull"
PROTOCOL = "1"
"""Version of what a message means. A process takes only messages of its own, whatever the service's version is."""
QUEUE = "jobs"
LIGHT_QUEUE = "light-jobs"
"""Jobs without threads have a queue of their own: neither they nor searches wait for each other."""
LIGHT_AT_ONCE = 8
"""So many light jobs a process does at a time."""
_LIGHT_POLL_SECONDS = 0.2
WORKFLOW = "counterpull.job"
SCHEMA = "dbos"
_AHEAD = ["ENQUEUED", "DELAYED"]
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_FORGET_AT_ONCE = 500

# The engine logs through the standard library; without this it would add a handler of its own.
logging.getLogger("dbos").addHandler(logging.NullHandler())
logging.getLogger("dbos").setLevel(logging.WARNING)


class Messages:
    """Sending, and looking after what was sent; needs no running engine."""

    def __init__(self, engine: Engine) -> None:
        self._client = DBOSClient(
            system_database_engine=engine,
            dbos_system_schema=SCHEMA,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
            retry_connection_errors=False,
            lazy=True,
        )

    def send(self, session: Session, job: Job, delivery: str, *, delay_seconds: float = 0) -> None:
        """Queue a delivery of a job; it counts when the session's transaction is committed.

        Tenants take turns: of those with waiting messages one is drawn, and of its messages the oldest.
        """
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "queue_name": QUEUE if job.threads else LIGHT_QUEUE,
            "workflow_id": delivery,
            "workflow_id_reuse_policy": "reject",
            "app_version": PROTOCOL,
            "queue_partition_key": job.tenant,
        }
        if delay_seconds:
            options["delay_seconds"] = delay_seconds
        self._client.enqueue_in_transaction(session, options, job.id, delivery)

    def open_queue(self, seats: int, poll_seconds: float) -> None:
        """Say how many messages a process takes at once and how often it looks for new ones, for all processes."""
        for queue, most, poll in (
            (QUEUE, seats, poll_seconds),
            (LIGHT_QUEUE, LIGHT_AT_ONCE, max(poll_seconds, _LIGHT_POLL_SECONDS)),
        ):
            self._client.register_queue(
                queue,
                worker_concurrency=most,
                partition_worker_concurrency=most,
                polling_interval_sec=poll,
                on_conflict="always_update",
            )

    def waiting(self, deliveries: Collection[str]) -> set[str]:
        """Those of some deliveries that nobody has taken yet."""
        if not deliveries:
            return set()
        found = self._client.list_workflows(
            workflow_ids=list(deliveries), status=_AHEAD, load_input=False, load_output=False
        )
        return {workflow.workflow_id for workflow in found}

    def forget_ended(self, older_than: timedelta) -> int:
        """Delete messages that are dealt with; returns how many."""
        until = (datetime.now(UTC) - older_than).isoformat()
        deleted = 0
        while True:
            ended = self._client.list_workflows(
                status=_ENDED,
                end_time=until,
                limit=_FORGET_AT_ONCE,
                load_input=False,
                load_output=False,
                application_name=APPLICATION,
            )
            if not ended:
                return deleted
            self._client.delete_workflows([workflow.workflow_id for workflow in ended])
            deleted += len(ended)

    def close(self) -> None:
        """Let go of the engine; the database stays open."""
        self._client.destroy()


def make_engine_tables(url: str) -> None:
    """Make or renew the engine's own tables: in the schema `dbos` of PostgreSQL, beside ours in SQLite."""
    DBOS.migrate(database_url(url).render_as_string(hide_password=False), schema=SCHEMA)


def engine_tables_are_current(url: str) -> bool:
    """Whether the engine's tables are there and have every column that it asks for; it looks again when it starts."""
    engine = open_engine(url)
    client = Messages(engine)
    try:
        client.waiting(["none"])
    except DBAPIError:
        return False
    finally:
        client.close()
        engine.dispose()
    return True


def configuration(engine: Engine, worker: str) -> DBOSConfig:
    """How the engine runs in a process of this name: portable messages, no making of tables, no calls to others."""
    return {
        "name": APPLICATION,
        "system_database_engine": engine,
        "dbos_system_schema": SCHEMA,
        "serializer": DBOSPortableJSONSerializer(),
        "application_version": PROTOCOL,
        "executor_id": worker,
        "run_migrations": False,
        "use_listen_notify": False,
        # Nothing of ours is awaited there; the engine's end waits for a round of it.
        "notification_listener_polling_interval_sec": 0.1,
        "enable_otlp": False,
        "log_level": "WARNING",
    }
