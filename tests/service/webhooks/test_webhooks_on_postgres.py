"""Deliveries with a server's database: the engine's delays are its own there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.app import create_app
from service.webhooks.events import announce
from tests.service.jobs.toys import wait_until
from tests.service.running import in_process
from tests.service.webhooks.receiving import receiver

if TYPE_CHECKING:
    from pathlib import Path

    from service.settings import Settings


def test_a_message_is_told_again(settings: Settings, postgres_url: str, tmp_path: Path) -> None:
    hurried = replace(settings, database_url=postgres_url, webhook_loopback=True, webhook_retry_seconds=0.05)
    with receiver() as target, in_process(create_app(hurried), tmp_path) as service:
        target.answers = ["503"]
        hook = service.post("/v1/webhooks", json={"url": target.url}).json()
        parts = service.app.state.parts
        with parts.sessions.begin() as session:
            for new in announce(session, "local", "plan.finished", {"plan": "x"}):
                parts.jobs.submit(session, new.id, new.tenant, new.kind, new.threads, datetime.now(UTC))
        address = f"/v1/webhooks/{hook['id']}"
        wait_until(lambda: not service.get(f"{address}/deliveries?status=pending").json()["items"], every=0.05)
        (delivery,) = service.get(f"{address}/deliveries").json()["items"]
        assert [attempt["status"] for attempt in delivery["attempts"]] == [503, 204]
        assert service.request("DELETE", address).status_code == 204
