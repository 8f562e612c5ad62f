"""What the caller may have meant: the known words closest to an unknown one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_NEAREST = 3
_MIN_SIMILARITY = 60
_CLOSE_TO_BEST = 12
_LONGEST_WORD = 64


def nearest(word: str, known: Iterable[str] | Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Up to three known ids that resemble `word`, the closest first.

    A mapping gives every id's other names, which are compared as well.
    """
    others = known if isinstance(known, Mapping) else dict.fromkeys(known, ())
    names: dict[str, str] = {}
    for id_, also in others.items():
        for name in (id_, *also):
            names.setdefault(_plain(name), id_)
    hits = process.extract(_plain(word), list(names), scorer=fuzz.WRatio, limit=12, score_cutoff=_MIN_SIMILARITY)
    # The first hit is the best: what is much further from the word than that only distracts.
    ids = dict.fromkeys(names[name] for name, score, _ in hits if score > hits[0][1] - _CLOSE_TO_BEST)
    return tuple(ids)[:MAX_NEAREST]


def _plain(word: str) -> str:
    return word[:_LONGEST_WORD].strip().lower().replace("_", " ").replace("-", " ")
