"""What a visitor notices, shown on pages with a fault each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.service.web.visiting import Visitor

_PAGE = (
    "<!doctype html><html lang=en><head><title>Week</title><meta name=viewport content='width=device-width'></head>"
    "<body><main><h1>Week</h1>{}</main></body></html>"
)


def test_a_plain_page_has_no_fault(visitor: Visitor) -> None:
    visitor.page.set_content(_PAGE.format("<p>Three sessions.</p>"))
    visitor.check()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='>", "image-alt"),
        ("<p style='color:#999;background:#fff'>Three sessions.</p>", "light: .*color-contrast"),
        (
            "<style>@media (prefers-color-scheme: dark) {p {color: #111; background: #222}}</style><p>Sessions</p>",
            "dark: .*color-contrast",
        ),
        ("<a href=#a style='font-size:9px'>a</a><a href=#b style='font-size:9px'>b</a>", "target-size"),
        ("<div style='width:2000px'>wide</div>", "2008 wide"),
    ],
)
def test_a_fault_of_the_page_is_found(desktop: Visitor, content: str, fault: str) -> None:
    desktop.page.set_content(_PAGE.format(content))
    with pytest.raises(AssertionError, match=f"(?s){fault}"):
        desktop.check()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<script>console.error('the week is lost')</script>", "console: the week is lost"),
        ("<script>throw new Error('no such day')</script>", "uncaught: no such day"),
        ("<img alt='' src='http://elsewhere.example/a.png'>", "asked elsewhere: http://elsewhere.example/a.png"),
    ],
)
def test_what_goes_wrong_unseen_is_found(desktop: Visitor, content: str, fault: str) -> None:
    desktop.page.set_content(_PAGE.format(content), wait_until="load")
    with pytest.raises(AssertionError, match=fault):
        desktop.check()
    desktop.faults.clear()


def test_a_refusal_is_a_fault_unless_it_is_expected(desktop: Visitor) -> None:
    desktop.page.goto(f"{desktop.base}/no-such-page")
    assert desktop.faults
    desktop.expects("404")
    assert desktop.faults == []


def test_the_check_works_where_scripts_of_others_are_forbidden(desktop: Visitor) -> None:
    strict = {"Content-Security-Policy": "default-src 'none'; img-src data:", "Content-Type": "text/html"}
    body = _PAGE.format("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='>")
    desktop.page.route("**/strict", lambda route: route.fulfill(body=body, headers=strict))
    desktop.go("/strict")
    with pytest.raises(AssertionError, match="image-alt"):
        desktop.check()


def test_scripts_can_be_off(scriptless: Visitor) -> None:
    scriptless.page.set_content(_PAGE.format("<p>Plain</p><script>document.querySelector('p').remove()</script>"))
    scriptless.check()
    assert scriptless.page.locator("p").inner_text() == "Plain"
