"""Requests that meet in the database: all of them have read by the time that the first of them may write."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from service.db.session import engine_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.service.running import Service

_SECONDS_TO_READ = 0.7


def at_once(service: Service, *requests: tuple[str, str, Any]) -> list[httpx.Response]:
    """The answers to (method, path, body), which are sent while another connection writes."""
    return meeting(service, *(_asking(service, *request) for request in requests))


def _asking(service: Service, method: str, path: str, body: Any) -> Callable[[], httpx.Response]:
    return lambda: service.request(method, path, json=body)


def meeting(service: Service, *calls: Callable[[], Any], meanwhile: str | None = None) -> list[Any]:
    """What the calls return, which begin while another connection writes; it may leave something behind."""
    engine = engine_of(service.app.state.parts.sessions)
    with ThreadPoolExecutor(len(calls)) as pool:
        with engine.connect() as writer:
            writer.exec_driver_sql("BEGIN IMMEDIATE")
            answers = [pool.submit(call) for call in calls]
            threading.Event().wait(_SECONDS_TO_READ)
            if meanwhile is not None:
                writer.exec_driver_sql(meanwhile)
            writer.commit()
        return [answer.result() for answer in answers]
