"""One POST: only to public addresses, to the one that was judged, without redirects, in limited time."""

from __future__ import annotations

import socket
import time
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest

from service.outbound.targets import TargetError, TargetRules, is_public
from service.webhooks.sending import post
from tests.service.webhooks.receiving import receiver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.service.webhooks.receiving import Receiver

STRICT, HERE = TargetRules(), TargetRules(loopback=True)

INTERNAL = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001::1",
    "2001:db8::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
PUBLIC = ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", INTERNAL)
def test_nothing_inside_is_connected_to(address: str) -> None:
    assert not STRICT.allows(address)
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(TargetError):
        STRICT.target_of(f"https://{host}/hooks")


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_network_is(address: str) -> None:
    assert STRICT.allows(address)


def test_loopback_alone_can_be_opened() -> None:
    opened = [address for address in INTERNAL if HERE.allows(address)]
    assert opened == ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"]
    assert not is_public(ip_address("127.0.0.1"))


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f000001", "2130706433", "017700000001", "localhost.", "0"])
def test_names_and_odd_forms_of_this_machine_are_found_out_by_looking_them_up(host: str) -> None:
    reply = post(f"https://{host}:9/", b"{}", {}, STRICT)
    assert reply.status is None
    assert reply.error in ("Not sent: the host has only internal addresses.", "Not sent: the host has no address.")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "ftp://example.com/",
        "gopher://example.com/",
        "https://",
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://example.com/#part",
        "https://example.com:99999/",
        "https://example.com/a b",
        "https://example.com/\r\nHost: other",
        "https://example.com\\@127.0.0.1/",
        "https://exämple.com/",
        "https://[::1/",
        "https://example.com/" + "x" * 2000,
    ],
)
def test_urls_that_can_be_misread_are_refused(url: str) -> None:
    with pytest.raises(TargetError):
        STRICT.target_of(url)


def test_a_name_is_looked_up_once_and_the_judged_address_connected_to(
    target: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that would lead inside when it is asked for again: it is not."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, *rest: object, **options: object) -> object:
        if host != "rebind.test":
            return real(host, *rest, **options)  # type: ignore[arg-type]
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "10.0.0.1", *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    port = target.url.split(":")[2]
    reply = post(f"http://rebind.test:{port}", b"{}", {}, HERE)
    assert (reply.status, reply.error, asked) == (204, None, ["rebind.test"])
    assert target.messages[0].headers["Host"] == f"rebind.test:{port.partition('/')[0]}"
    again = post(f"http://rebind.test:{port}", b"{}", {}, HERE)
    assert again.error == "Not sent: the host has only internal addresses."


@pytest.fixture
def target() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.mark.parametrize("status", ["301", "302", "307", "308"])
def test_redirects_are_not_followed(target: Receiver, status: str) -> None:
    target.answers = [status]
    reply = post(target.url, b"{}", {}, HERE)
    assert (reply.status, reply.error) == (int(status), f"Answered {status}; redirects are not followed.")
    assert [message.path for message in target.messages] == ["/hooks"]


@pytest.mark.parametrize("behaviour", ["hang", "drip"])
def test_who_answers_too_slowly_has_not_answered(target: Receiver, behaviour: str) -> None:
    target.answers = [behaviour]
    began = time.monotonic()
    reply = post(target.url, b"{}", {}, HERE, seconds=0.5)
    assert (reply.status, reply.error) == (None, "No answer in time.")
    assert 0.4 < time.monotonic() - began < 3


def test_a_large_answer_is_not_read(target: Receiver) -> None:
    target.answers = ["large"]
    began = time.monotonic()
    assert post(target.url, b"{}", {}, HERE).status == 200
    assert time.monotonic() - began < 3


def test_what_is_not_http_or_not_there_is_said(target: Receiver) -> None:
    target.answers = ["nonsense"]
    assert post(target.url, b"{}", {}, HERE).error == "The answer was not HTTP."
    assert post(target.url.replace("http:", "https:"), b"{}", {}, HERE).error == (
        "The TLS connection failed: certificate or protocol."
    )
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        port = unheard.getsockname()[1]
        assert post(f"http://127.0.0.1:{port}/", b"{}", {}, HERE).error == "The connection was refused."
