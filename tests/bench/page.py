"""How light and how quick the page is: `python -m tests.bench.page`, under a minute.

Every page is visited several times with an empty cache on this machine. The exit code is 1 when one weighs too much, or
when its median takes too long to be seen or to be used. A busy machine makes the times worse, so no test holds them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.service.web.chromium import HOW_TO_GET_IT, NoChromiumError, launched
from tests.service.web.loading import MOST_BYTES, MOST_SENT_BYTES, loaded
from tests.service.web.site import GYM, running
from tests.service.web.visiting import DESKTOP, PHONE

VISITS = 7
MOST_VISIBLE, MOST_INTERACTIVE = 500, 800
"""Milliseconds."""


def main() -> int:
    """0 when every page keeps the limits."""
    kept = True
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as site, launched() as browser:
        week, other = site.solved(GYM)["id"], site.solved()["id"]
        pages = {
            "form": "/",
            "week": f"/plans/{week}",
            "print": f"/plans/{week}/print",
            "change": f"/plans/{week}/change",
            "compare": f"/compare?plans={week},{other}",
            "audit": "/audit",
        }
        print(f"{'page':10}{'window':10}{'kB':>8}{'sent kB':>10}{'visible ms':>12}{'usable ms':>12}")
        for name, path in pages.items():
            for size in (DESKTOP, PHONE):
                # The first visit makes the templates ready; it is not counted.
                visits = [loaded(browser, site.url, path, size) for _ in range(VISITS + 1)][1:]
                weight, sent = visits[0].weight, visits[0].sent
                visible = median(visit.visible for visit in visits)
                interactive = median(visit.interactive for visit in visits)
                light = weight <= MOST_BYTES and sent <= MOST_SENT_BYTES
                good = light and visible <= MOST_VISIBLE and interactive <= MOST_INTERACTIVE
                kept = kept and good
                line = f"{name:10}{size:10}{weight / 1000:8.1f}{sent / 1000:10.1f}{visible:12.0f}{interactive:12.0f}"
                print(line + ("" if good else "  too much"))
    print(
        f"limits: {MOST_BYTES / 1000:g} kB, {MOST_SENT_BYTES / 1000:g} kB sent, {MOST_VISIBLE} ms, "
        f"{MOST_INTERACTIVE} ms; medians of {VISITS} visits"
    )
    return int(not kept)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NoChromiumError:
        sys.exit(f"There is no Chromium here: {HOW_TO_GET_IT}.")
