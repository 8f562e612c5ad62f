"""A week at a booking system: `python -m tests.bench.booking_week`, some minutes; a test runs a short one.

A double of a booking system publishes its slots as an OpenActive feed over real HTTP, items twice and in any order.
They fill up, move, are cancelled, taken back and come again, while workers are killed (SIGKILL), the feed answers with
errors and the receiver of webhooks is down. At the end every member's plan that counts is judged by the verifier and
against the slots as the booking system has them; every event must have arrived, under one id each.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from icalendar import Calendar
from standardwebhooks.webhooks import Webhook

from catalog.catalog import default_catalog
from service.db import schema
from service.plans.schemas import PlanResponse
from service.studies.weeks import week_of
from solver.verifier import verify
from tests.postgres import running_server
from tests.service.booking.feeds import BookingSystem, served
from tests.service.cli.commands import COMMAND, PLAIN, ROOT
from tests.service.running import WAITING
from tests.service.watches.members import evening, next_monday, request_for
from tests.service.webhooks.receiving import receiver

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.service.webhooks.receiving import Receiver

HOURS = (7, 12, 18)
OFF = "https://schema.org/EventCancelled"
SETTLED = ("current", "failed")
ANEW = {"Cache-Control": "no-cache"}
MOST_TRIES = 3
LONGEST_SECONDS = 240.0
"""After the last change everything has to be quiet again by then."""


def until(what: str, done: Callable[[], bool], seconds: float = LONGEST_SECONDS) -> None:
    """Wait for something. Raises AssertionError naming it when it does not come."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"not in {seconds:g} s: {what}"
        time.sleep(0.1)


class Installation:
    """One process for HTTP and workers that can be killed, on one database."""

    def __init__(self, stack: ExitStack, url: str, workers: int) -> None:
        self._stack = stack
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.environment = {
            **PLAIN,
            "COUNTERPULL_DATABASE_URL": url,
            "COUNTERPULL_MAX_CONCURRENT_SOLVES": "1",
            "COUNTERPULL_HEARTBEAT_SECONDS": "0.5",
            "COUNTERPULL_STALE_SECONDS": "3",
            "COUNTERPULL_REQUESTS_PER_MINUTE": "0",
            "COUNTERPULL_PLANS_PER_MINUTE": "0",
            "COUNTERPULL_WEBHOOK_LOOPBACK": "true",
            "COUNTERPULL_WEBHOOK_RETRY_SECONDS": "0.05",
            "COUNTERPULL_FEED_LOOPBACK": "true",
        }
        self.client = stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120))
        self._started("serve", "--no-jobs", "--port", str(port))
        self._workers = {f"worker-{n}": self._worker(f"worker-{n}") for n in range(workers)}
        until("the service is up", self._is_up, 120)
        self.killed = 0

    def kill_a_worker(self, draw: random.Random) -> None:
        """Kill one without warning, and start it again under its name."""
        name = draw.choice(sorted(self._workers))
        self._workers[name].send_signal(signal.SIGKILL)
        self._workers[name].wait()
        self._workers[name] = self._worker(name)
        self.killed += 1

    def _worker(self, name: str) -> subprocess.Popen[bytes]:
        return self._started("worker", COUNTERPULL_WORKER_ID=name)

    def _started(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [*COMMAND, *command], cwd=ROOT, env={**self.environment, **environment}, stderr=subprocess.DEVNULL
        )
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process

    def _is_up(self) -> bool:
        try:
            return self.client.get("/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    def get(self, path: str, **query: Any) -> Any:
        """The JSON at a path."""
        answer = self.client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()


class Gym:
    """The booking system's own book, which is the truth, and its feed."""

    def __init__(self, slots: int, draw: random.Random) -> None:
        self.system, self._draw = BookingSystem(page_size=4), draw
        self.system.rough = draw
        times = [(day, hour) for day in range(7) for hour in HOURS]
        self._free = draw.sample(times, len(times))
        self.book = {one["@id"]: one for one in (evening(n, *self._free.pop()) for n in range(slots))}
        self.taken_back: dict[str, dict[str, Any]] = {}
        self.changes = 0
        self.system.put(*self.book.values())

    def change(self, slot: str) -> None:
        """Let something become of a slot."""
        self.changes += 1
        if slot in self.taken_back:
            self.book[slot] = self.taken_back.pop(slot)
            self.system.put(self.book[slot])
            return
        now = self.book[slot]
        if now["remainingUses"] == 0 or now.get("eventStatus") == OFF:
            self._put({**{name: value for name, value in now.items() if name != "eventStatus"}, "remainingUses": 3})
            return
        what = self._draw.choice(("fills", "fills", "is cancelled", "moves", "is taken back"))
        if what == "fills":
            self._put({**now, "remainingUses": 0})
        elif what == "is cancelled":
            self._put({**now, "eventStatus": OFF})
        elif what == "moves":
            start = datetime.fromisoformat(now["startDate"])
            self._free.append(((start.date() - next_monday()).days, start.hour))
            number = int(slot.rpartition("/")[2])
            self._put(evening(number, *self._free.pop(0)))
        else:
            self.taken_back[slot] = self.book.pop(slot)
            self.system.delete(now)

    def _put(self, slot: dict[str, Any]) -> None:
        self.book[slot["@id"]] = slot
        self.system.put(slot)

    def has_room(self, slot: str) -> bool:
        """Whether a slot takes place and somebody more may come."""
        now = self.book.get(slot)
        return now is not None and now["remainingUses"] != 0 and now.get("eventStatus") != OFF

    def at(self, slot: str) -> datetime:
        """When a slot begins."""
        return datetime.fromisoformat(self.book[slot]["startDate"])


@dataclass
class Member:
    """Somebody who trains, with the plan that was made first and the address of the calendar."""

    plan: str
    calendar: str
    sequences: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a week came to; that it came to it is asserted."""

    members: int
    changes: int
    killed: int
    replanned: int
    failed: int
    """Members who have no week at the end, proven."""
    events: int
    messages: int
    seconds: float


class Week:
    """One run of it."""

    def __init__(self, home: Installation, gym: Gym, feed: str, told: Receiver, draw: random.Random) -> None:
        self.home, self.gym, self.told, self.draw = home, gym, told, draw
        made = home.client.post("/v1/webhooks", json={"url": told.url}).json()
        self.hook, self.secret = made["id"], made["secret"]
        answer = home.client.post("/v1/feeds", json={"name": "gym", "url": feed, "every_seconds": 1})
        self.feed = answer.json()["id"]
        until("the feed is read", lambda: home.get(f"/v1/feeds/{self.feed}")["status"] == "current", 60)

    def join(self, number: int) -> Member:
        """A new member books a week; `number` tells members apart, who would share the answer to one question."""
        offered = self.home.get("/v1/slots", after=f"{next_monday()}T00:00:00Z")["items"]
        body = request_for(offered, sessions=1 + number % 2)
        body["solve"] = {**body["solve"], "seed": number + 1}
        for _ in range(MOST_TRIES):  # on a busy machine the clock ends a search before it has found anything
            plan = self.home.client.post("/v1/plans", json=body, headers={**WAITING, **ANEW}).json()
            if plan["week"] is not None:
                break
        assert plan["week"] is not None, plan["status"]
        watch = self.home.client.put(f"/v1/plans/{plan['id']}/watch", json={"solve": body["solve"]})
        assert watch.status_code == 200, watch.text
        calendar = self.home.client.post(f"/v1/plans/{plan['id']}/calendar").json()["address"]
        return Member(plan["id"], calendar)

    def watch(self, member: Member) -> dict[str, Any]:
        found: dict[str, Any] = self.home.get(f"/v1/plans/{member.plan}/watch")
        return found

    def burst(self, members: list[Member], changes: int) -> None:
        """So much becomes of slots at a time; the first of them is one that somebody stands on."""
        plan = self.home.get(f"/v1/plans/{self.watch(self.draw.choice(members))['plan']}")
        self.gym.change(self.draw.choice(plan["week"]["sessions"])["slot"])
        known = [*self.gym.book, *self.gym.taken_back]
        for slot in self.draw.sample(known, min(changes - 1, len(known))):
            self.gym.change(slot)

    def replanning(self, members: list[Member]) -> bool:
        """Whether a replan is under way."""
        return any(self.watch(member)["status"] == "replanning" for member in members)

    def observe(self, members: list[Member]) -> None:
        """No event of a calendar ever goes back."""
        for member in members:
            for uid, event in self.calendar(member).items():
                sequence = int(event["sequence"])
                assert sequence >= member.sequences.get(uid, 0), uid
                member.sequences[uid] = sequence

    def calendar(self, member: Member) -> dict[str, Any]:
        """The events of a member's calendar by UID."""
        text = self.home.client.get(member.calendar).text
        return {str(event["uid"]): event for event in Calendar.from_ical(text).walk("VEVENT")}

    def settle(self, members: list[Member]) -> None:
        """Wait until nothing more follows from what has happened."""
        changed = datetime.now(UTC)

        def read() -> bool:
            at = self.home.get(f"/v1/feeds/{self.feed}")["current_at"]
            return at is not None and datetime.fromisoformat(at) > changed

        until("the feed is read to its end", read)
        until("every plan is looked at", lambda: all(self.watch(m)["status"] in SETTLED for m in members))
        pending = f"/v1/webhooks/{self.hook}/deliveries"
        until("every event is delivered", lambda: not self.home.get(pending, status="pending")["items"])

    def judge(self, members: list[Member]) -> tuple[int, int, int]:
        """(members without a week, plans replanned, events): all is as it should be. Raises AssertionError."""
        self._judge_slots()
        messages = self._judge_messages()
        failed = sum(self._judge_member(member, messages) for member in members)
        replanned = sum(1 for message in messages.values() if message["type"] == "plan.replanned")
        return failed, replanned, len(messages)

    def _judge_slots(self) -> None:
        """The service lists what the booking system has."""
        listed = self.home.get("/v1/slots", after=f"{next_monday()}T00:00:00Z")["items"]
        times = {one["id"]: (datetime.fromisoformat(one["starts_at"]), one["remaining"]) for one in listed}
        assert times == {slot: (self.gym.at(slot), now["remainingUses"]) for slot, now in self.gym.book.items()}

    def _judge_messages(self) -> dict[str, Any]:
        """Every event that was written down has arrived, signed, under one id with one content, each once."""
        found: dict[str, bytes] = {}
        for message in self.told.messages:
            Webhook(self.secret).verify(message.body, message.headers)
            assert found.setdefault(message.headers["webhook-id"], message.body) == message.body
        log: dict[str, Any] = {}
        cursor: str | None = None
        while True:
            more = {} if cursor is None else {"cursor": cursor}
            page = self.home.get(f"/v1/webhooks/{self.hook}/deliveries", limit=100, **more)
            log |= {one["event_id"]: one for one in page["items"]}
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert {one["status"] for one in log.values()} == {"delivered"}
        assert found.keys() == log.keys()
        told = [json.dumps([one["type"], one["payload"]["data"]]) for one in log.values()]
        assert len(told) == len(set(told)), "something was told under two ids"
        replans = self._all("/v1/replans")
        ended = {one["payload"]["data"]["replan"] for one in log.values() if "replan" in one["payload"]["data"]}
        assert ended >= {one["id"] for one in replans if one["status"] in ("done", "partial", "infeasible")}
        return {id_: one["payload"] for id_, one in log.items()}

    def _all(self, path: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            page = self.home.get(path, **({} if cursor is None else {"cursor": cursor}))
            items += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return items

    def _judge_member(self, member: Member, messages: dict[str, Any]) -> bool:
        """Whether a member has no week. One that there is keeps every rule, in slots that are there."""
        watch = self.watch(member)
        events = self.calendar(member).values()
        firm = [e for e in events if str(e["status"]) == "CONFIRMED"]
        told = {m["data"]["plan"]: m["data"]["replaces"] for m in messages.values() if m["type"] == "plan.replanned"}
        plan = watch["plan"]
        while plan != member.plan:
            plan = told[plan]  # every step from the first plan to the one that counts was told
        for event in events:
            slot = next(slot for slot in self._every_slot() if f"{slot}@" in str(event["uid"]))
            if str(event["status"]) != "CANCELLED":
                assert self.gym.has_room(slot), f"{slot} is in a calendar and cannot be used"
                assert event.decoded("dtstart") == self.gym.at(slot)
        failures = [m["data"] for m in messages.values() if m["type"] == "plan.failed" and m["data"].get("slots")]
        if watch["status"] == "failed":
            assert watch["failure"]["status"] == "infeasible"
            assert watch["failure"]["conflict"]
            assert any(one["plan"] == watch["plan"] for one in failures)
            assert firm == []
            return True
        text = json.dumps(self.home.get(f"/v1/plans/{watch['plan']}"))
        about = week_of(PlanResponse.model_validate_json(text), default_catalog())
        assert verify(about.problem, about.plan) == ()
        assert about.response.week is not None
        sessions = {one.slot: one for one in about.response.week.sessions}
        assert len(firm) == len(sessions)
        for slot, session in sessions.items():
            assert self.gym.has_room(slot), f"{slot} is in a plan and cannot be used"
            assert datetime.fromisoformat(session.starts_at or "") == self.gym.at(slot)
            until_ = datetime.fromisoformat(self.gym.book[slot]["endDate"])
            assert self.gym.at(slot) + timedelta(seconds=session.seconds) <= until_
        return False

    def _every_slot(self) -> list[str]:
        return [*self.gym.book, *self.gym.taken_back]


def run(url: str, *, members: int, bursts: int, slots: int = 8, workers: int = 1, seed: int = 1) -> Outcome:
    """A week; raises AssertionError when anything is not as it should be."""
    began, draw = time.monotonic(), random.Random(seed)
    schema.upgrade(url)
    gym = Gym(slots, draw)
    with ExitStack() as stack:
        feed, told = stack.enter_context(served(gym.system)), stack.enter_context(receiver())
        home = Installation(stack, url, workers)
        week = Week(home, gym, feed, told, draw)
        joined = [week.join(number) for number in range(members)]
        for number in range(bursts):
            week.burst(joined, changes=3)
            if number % 4 == 0:
                told.down = True
            if number % 4 == 1:
                # In the midst of a replan, where one begins in time; of reading pages otherwise.
                deadline = time.monotonic() + 5
                while time.monotonic() < deadline and not week.replanning(joined):
                    time.sleep(0.02)
                home.kill_a_worker(draw)
            if number % 4 == 2:
                gym.system.answers += [503, 500]
                told.down = False
            if number % 4 == 3:
                home.kill_a_worker(draw)
                week.settle(joined)
            week.observe(joined)
            time.sleep(draw.random())
        told.down = False
        week.settle(joined)
        week.observe(joined)
        failed, replanned, events = week.judge(joined)
        messages = len(told.messages)
    seconds = time.monotonic() - began
    return Outcome(members, gym.changes, home.killed, replanned, failed, events, messages, seconds)


def main() -> int:
    """Run weeks of several seeds on an SQLite file, or on a server's empty database, and print what they came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=12)
    parser.add_argument("--bursts", type=int, default=40)
    parser.add_argument("--slots", type=int, default=10)
    parser.add_argument("--weeks", type=int, default=3, help="seeds 1, 2, ...")
    parser.add_argument("--postgres", action="store_true", help="on a server of its own, with two workers")
    options = parser.parse_args()
    for seed in range(1, options.weeks + 1):
        with ExitStack() as stack:
            facts = {"members": options.members, "bursts": options.bursts, "slots": options.slots, "seed": seed}
            if options.postgres:
                server = stack.enter_context(contextmanager(running_server)())
                outcome = run(server.url(server.create()), workers=2, **facts)
            else:
                folder = stack.enter_context(tempfile.TemporaryDirectory())
                outcome = run(f"sqlite:///{Path(folder) / 'plans.db'}", **facts)
        print(f"seed {seed}: {outcome}", flush=True)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main())
