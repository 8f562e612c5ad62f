"""Pictures of every view, to be looked at: `python -m tests.service.web.screenshots OUT`.

Each view in light, in dark and on a phone, as `OUT/<view>-<light|dark|phone>.png`; names after OUT choose views.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.replans.kind import REPLANS
from service.variants.kind import VARIANTS
from service.whatif.kind import WHAT_IFS
from tests.service.web.chromium import HOW_TO_GET_IT, NoChromiumError, launched
from tests.service.web.keeping import kept_answer, kept_week
from tests.service.web.site import GYM, Site, running
from tests.service.web.visiting import DESKTOP, PHONE, Visitor, visiting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STYLES: Mapping[str, tuple[str, dict[str, Any]]] = {
    "light": (DESKTOP, {"color_scheme": "light"}),
    "dark": (DESKTOP, {"color_scheme": "dark"}),
    "phone": (PHONE, {"color_scheme": "light"}),
}
View = Callable[[Visitor, Site], None]


def _form(visitor: Visitor, _: Site) -> None:
    visitor.go("/")


def _faults(visitor: Visitor, _: Site) -> None:
    visitor.go("/")
    visitor.page.locator("#avoid_exercises").fill("barbel shrug")
    visitor.page.locator(".send .primary").click()
    visitor.page.locator("#faults").wait_for()
    visitor.expects("422")


def _progress(visitor: Visitor, site: Site) -> None:
    visitor.go(f"/plans/{_asked(site)}")
    visitor.page.locator("[data-closing]:not([hidden])").wait_for(timeout=60_000)
    visitor.page.wait_for_timeout(5000)


def _week(visitor: Visitor, site: Site) -> None:
    visitor.go(f"/plans/{site.solved(GYM)['id']}")


def _traced(visitor: Visitor, site: Site) -> None:
    _week(visitor, site)
    muscle = visitor.page.locator(".muscle-map .muscle[data-muscle=glutes]")
    muscle.scroll_into_view_if_needed()
    muscle.dispatch_event("pointerover")


def _print(visitor: Visitor, site: Site) -> None:
    visitor.go(f"/plans/{site.solved(GYM)['id']}/print")


def _conflict(visitor: Visitor, site: Site) -> None:
    visitor.go(f"/plans/{site.solved(NO_WEEK)['id']}")


def _change(visitor: Visitor, site: Site) -> None:
    visitor.go(f"/plans/{site.solved(GYM)['id']}/change")


def _swaps(visitor: Visitor, site: Site) -> None:
    entry = site.solved(GYM)["week"]["sessions"][0]["entries"][-1]
    _change(visitor, site)
    visitor.page.get_by_role("button", name=f"Swap {entry['name']}").first.click()
    visitor.page.get_by_role("heading", name=f"Instead of {entry['name']}").wait_for()


def _proposal(visitor: Visitor, site: Site) -> None:
    _swaps(visitor, site)
    visitor.page.get_by_role("button", name="See the week").first.click()
    visitor.page.get_by_role("heading", name="Take this change?").wait_for()


def _replan(visitor: Visitor, site: Site) -> None:
    visitor.go(f"/replans/{kept_answer(site, REPLANS, 'missed', kept_week(site).id).id}")


def _compare(visitor: Visitor, site: Site) -> None:
    visitor.go(f"/compare?plans={kept_week(site).id},{site.solved(GYM)['id']}")


def _choices(visitor: Visitor, site: Site) -> None:
    visitor.go(f"/variants/{kept_answer(site, VARIANTS, 'variants').id}")


def _front(visitor: Visitor, site: Site) -> None:
    visitor.go(f"/variants/{kept_answer(site, VARIANTS, 'front').id}")


def _what_if(visitor: Visitor, site: Site) -> None:
    visitor.go(f"/what-ifs/{kept_answer(site, WHAT_IFS, 'minutes and a day', kept_week(site).id).id}")


def _audit(visitor: Visitor, site: Site) -> None:
    del site
    visitor.go("/audit?example")
    visitor.page.get_by_role("button", name="Find and mend").click()
    visitor.page.get_by_role("region", name="Mended").wait_for()


NO_WEEK: dict[str, Any] = {
    "places": [{"id": "home", "equipment": "bands_only"}],
    "athlete": {"must_include": [{"exercise": "barbell_back_squat", "min_sets": 3}]},
}
VIEWS: Mapping[str, View] = {
    "form": _form,
    "faults": _faults,
    "progress": _progress,
    "week": _week,
    "traced": _traced,
    "print": _print,
    "conflict": _conflict,
    "change": _change,
    "swaps": _swaps,
    "proposal": _proposal,
    "replan": _replan,
    "compare": _compare,
    "choices": _choices,
    "front": _front,
    "what-if": _what_if,
    "audit": _audit,
}


def _asked(site: Site) -> str:
    """A search that is on, and no other."""
    for plan in site.client.get("/v1/plans", params={"status": "running"}).json()["items"]:
        site.client.post(f"/v1/plans/{plan['id']}/cancel")
    body = {**GYM, "solve": {"time_limit_seconds": 60, "workers": 1}}
    answer = site.client.post("/v1/plans", json=body, headers={"Cache-Control": "no-cache"})
    return str(answer.json()["id"])


def main(out: Path, chosen: Sequence[str]) -> int:
    """0 when all pictures are made."""
    unknown = set(chosen) - set(VIEWS)
    if unknown:
        print(f"no such view: {', '.join(sorted(unknown))}; there are {', '.join(VIEWS)}", file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as site, launched() as browser:
        for name in chosen or VIEWS:
            for style, (size, options) in STYLES.items():
                with visiting(browser, site.url, size, **options) as visitor:
                    VIEWS[name](visitor, site)
                    path = out / f"{name}-{style}.png"
                    visitor.page.screenshot(path=path, full_page=name != "traced")
                    print(path)
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(f"usage: python -m tests.service.web.screenshots OUT [{'|'.join(VIEWS)}]...")
    try:
        sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
    except NoChromiumError:
        sys.exit(f"There is no Chromium here: {HOW_TO_GET_IT}.")
