"""A booking system that publishes an OpenActive feed over real HTTP, with the paging rules of its specification."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

GYM = "https://gym.example/api"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


PRICE = {"@type": "Offer", "@id": f"{GYM}/offers/1", "name": "Visit", "price": 4.5, "priceCurrency": "GBP"}
KINDS = {"Slot": "FacilityUse/Slot", "ScheduledSession": "ScheduledSession", "FacilityUse": "FacilityUse"}
"""Type of an opportunity -> kind of its item."""


def facility() -> dict[str, Any]:
    """The gym floor itself."""
    address = {
        "@type": "PostalAddress",
        "streetAddress": "1 High Street",
        "addressLocality": "Bristol",
        "addressRegion": "Somerset",
        "postalCode": "BS1 4SD",
        "addressCountry": "GB",
    }
    return {
        "@context": "https://openactive.io/",
        "@type": "FacilityUse",
        "@id": f"{GYM}/facility-uses/1",
        "name": "Gym floor",
        "url": "https://gym.example/floor",
        "facilityType": [
            {
                "@type": "Concept",
                "@id": "https://openactive.io/facility-types#3e0c4b6e-0b1c-4a5f-8ef1-5d3a1d4d7f3b",
                "prefLabel": "Gym",
                "inScheme": "https://openactive.io/facility-types",
            }
        ],
        "provider": {
            "@type": "Organization",
            "@id": f"{GYM}/organisations/1",
            "name": "The gym",
            "url": "https://gym.example",
        },
        "location": {
            "@type": "Place",
            "@id": f"{GYM}/places/1",
            "name": "The gym",
            "address": address,
            "geo": {"@type": "GeoCoordinates", "latitude": 51.454514, "longitude": -2.58791},
        },
        "offers": [PRICE],
    }


def slot(number: int, start: str, end: str, remaining: int = 3, **more: Any) -> dict[str, Any]:
    """A slot of the gym floor, for twelve."""
    return {
        "@context": "https://openactive.io/",
        "@type": "Slot",
        "@id": f"{GYM}/facility-uses/1/slots/{number}",
        "facilityUse": f"{GYM}/facility-uses/1",
        "startDate": start,
        "endDate": end,
        "duration": "PT1H",
        "remainingUses": remaining,
        "maximumUses": 12,
        "offers": [PRICE],
        **more,
    }


def session(number: int, start: str, **more: Any) -> dict[str, Any]:
    """A small class of an hour."""
    return {
        "@context": "https://openactive.io/",
        "@type": "ScheduledSession",
        "@id": f"{GYM}/session-series/1/sessions/{number}",
        "superEvent": f"{GYM}/session-series/1",
        "startDate": start,
        "duration": "PT1H",
        "eventStatus": "https://schema.org/EventScheduled",
        "maximumAttendeeCapacity": 8,
        "remainingAttendeeCapacity": 2,
        "url": f"{GYM}/sessions/{number}",
        **more,
    }


class BookingSystem:
    """Slots and sessions that change. Every change moves an item to the end of the feed."""

    def __init__(self, page_size: int = 2) -> None:
        self.page_size = page_size
        self.base = "http://127.0.0.1"
        self.asked: list[str] = []
        self.answers: list[int] = []
        """Statuses to answer with in turn, instead of pages."""
        self.rough: random.Random | None = None
        """With it, pages hold their items in any order, some twice, and older words of some among them."""
        self._items: dict[str, dict[str, Any]] = {}
        self._former: list[dict[str, Any]] = []
        self._clock = 1_000
        self._lock = threading.Lock()

    def put(self, *opportunities: dict[str, Any]) -> None:
        """Publish opportunities, or changes of them, all at one time: then their order is that of their ids."""
        with self._lock:
            self._clock += 1
            for data in opportunities:
                self._change(data, {"state": "updated", "data": data})

    def delete(self, data: dict[str, Any]) -> None:
        """Take an opportunity back."""
        with self._lock:
            self._clock += 1
            self._change(data, {"state": "deleted"})

    def _change(self, data: dict[str, Any], item: dict[str, Any]) -> None:
        if data["@id"] in self._items:
            self._former.append(self._items[data["@id"]])
        self._items[data["@id"]] = {"kind": KINDS[data["@type"]], "id": data["@id"], "modified": self._clock, **item}

    def page(self, query: str) -> dict[str, Any]:
        """The page for a query, by (modified, id)."""
        with self._lock:
            return self._page({name: values[0] for name, values in parse_qs(query).items()})

    def _page(self, asked: dict[str, str]) -> dict[str, Any]:
        since = (int(asked["afterTimestamp"]), asked["afterId"]) if asked else (-1, "")
        ordered = sorted(self._items.values(), key=lambda item: (item["modified"], item["id"]))
        items = [item for item in ordered if (item["modified"], item["id"]) > since][: self.page_size]
        if items:
            since = (items[-1]["modified"], items[-1]["id"])
        following = f"{self.base}/slots?afterTimestamp={since[0]}&afterId={since[1]}" if items or asked else self.base
        if items and self.rough is not None:
            former = self.rough.sample(self._former, min(2, len(self._former)))
            items = [*items, *former, self.rough.choice(items)]
            self.rough.shuffle(items)
        return {"next": following, "items": items, "license": LICENCE}


@contextmanager
def served(system: BookingSystem) -> Iterator[str]:
    """The feed on a free loopback port; yields the address of its first page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            system.asked.append(self.path)
            if system.answers:
                self.send_response(system.answers.pop(0))
                self.send_header("Retry-After", "1")
                self.end_headers()
                return
            body = json.dumps(system.page(urlsplit(self.path).query)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    system.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"{system.base}/slots"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
