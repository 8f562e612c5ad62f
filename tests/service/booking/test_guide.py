"""The guide from a booking system to a calendar, run word for word."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from tests.service.booking.feeds import BookingSystem, served
from tests.service.cli.commands import ROOT
from tests.service.running import on_a_socket
from tests.service.watches.members import evening

if TYPE_CHECKING:
    from pathlib import Path

    from service.settings import Settings

HEADING = "## From a booking system to a calendar\n"


def blocks() -> list[tuple[str, str]]:
    """(language, text) of every block of the section."""
    readme = (ROOT / "README.md").read_text("utf-8")
    section = readme[readme.index(HEADING) + len(HEADING) :]
    return re.findall(r"^```(\w+)\n(.*?)^```$", section[: section.index("\n## ")], flags=re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_guide_leads_from_a_feed_to_a_calendar(settings: Settings, tmp_path: Path) -> None:
    system = BookingSystem(page_size=10)
    slots = [evening(1, 0), evening(2, 2), evening(3, 4), evening(4, 5, 9), evening(5, 6, remaining=0)]
    system.put(*slots)
    (_, first), (language, program), (_, last) = blocks()
    assert language == "python"
    assert len([line for line in program.splitlines() if line]) == 10, "ten lines are promised"
    (tmp_path / "integrate.py").write_text(program, "utf-8")
    with served(system) as feed, on_a_socket(replace(settings, feed_loopback=True)) as url:
        path = os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"]))
        done = subprocess.run(
            ["sh", "-ec", first + last],
            cwd=tmp_path,
            env={**os.environ, "PATH": path, "COUNTERPULL": url, "FEED": feed},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    events = Calendar.from_ical(done.stdout[done.stdout.index("BEGIN:VCALENDAR") :]).walk("VEVENT")
    assert 2 <= len(events) <= 3
    usable = {one["@id"] for one in slots[:3]}
    assert {str(event["uid"])[37:].removesuffix("@counterpull") for event in events} <= usable
