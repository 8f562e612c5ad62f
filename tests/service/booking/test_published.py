"""What the tests' booking system publishes is OpenActive, says its validator: so the reader reads the real thing."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

from tests.leaving_out import Missing, leave_out
from tests.service.booking.feeds import BookingSystem, facility, session, slot
from tests.service.clients.test_clients import GENERATORS, HERE, MADE, NODE_MODULES

if TYPE_CHECKING:
    import pytest

NO_VALIDATOR = Missing(
    "validator of OpenActive data",
    "The tests of what a booking system publishes",
    f"install Node.js with npm (on Debian and Ubuntu: apt install nodejs npm) and run: make {MADE}",
)


def found_in(page: dict[str, Any], request: pytest.FixtureRequest) -> list[dict[str, str]]:
    """What is wrong with a page, without advice on what else could be said."""
    node = shutil.which("node")
    if node is None or not (NODE_MODULES / "@openactive").exists():
        leave_out(request.config, NO_VALIDATOR, request.node.nodeid)
    command = [node, HERE / "openactive.mjs"]
    done = subprocess.run(
        command, input=json.dumps(page), cwd=GENERATORS, capture_output=True, text=True, timeout=60, check=True
    )
    return [line for line in json.loads(done.stdout) if line["severity"] == "failure"]


def test_the_booking_system_publishes_what_openactive_asks_for(request: pytest.FixtureRequest) -> None:
    system = BookingSystem(page_size=9)
    system.base = "https://gym.example"
    cancelled = {"eventStatus": "https://schema.org/EventCancelled"}
    system.put(facility(), slot(1, "2099-11-23T18:00:00Z", "2099-11-23T19:00:00Z"), session(7, "2099-11-25T07:30:00Z"))
    system.put(session(8, "2099-11-25T07:30:00Z", **cancelled))
    gone = slot(2, "2099-11-24T18:00:00Z", "2099-11-24T19:00:00Z")
    system.put(gone)
    system.delete(gone)
    page = system.page("")
    assert [item["state"] for item in page["items"]] == ["updated"] * 4 + ["deleted"]
    assert found_in(page, request) == []
    page["items"][1]["data"].pop("startDate")
    (fault,) = found_in(page, request)
    assert fault["path"].endswith("startDate"), "the validator sees faults"
