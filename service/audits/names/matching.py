"""From a name as written to an exercise: exact words first, then slips of the pen, and candidates for the rest.

A match is confident only when every word of the name is accounted for. A word that the vocabulary knows is never taken
for a slip of another one, so `decline` does not become `incline`; an unknown word is corrected only when one known word
is near enough and clearly nearer than any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from service.audits.names.index import Form
from service.audits.names.normal import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.audits.names.index import NameIndex, Words

How = Form | Literal["spelling"]
"""How a name was matched: `like` is an exercise outside the catalog that counts like one in it, `spelling` a slip."""

CONFIDENT = 75.0
"""Similarity, of 100, from which a corrected spelling is taken for what was meant."""
MARGIN = 8.0
"""A correction must be nearer than the next different one by this much of 100."""
PLAUSIBLE = 62.0
"""Similarity from which an exercise is offered as a candidate."""
MAX_CANDIDATES = 5
_SHORTEST_SLIP = 4
"""Words with fewer letters are not corrected: they are near too many others."""
_LONG_WORD = 9
"""From this length on a word may have two slips."""
_MOST_SLIPS = 2
_MOST_UNKNOWN = 3

# fmt: off
MANNERS = frozenset({
    "any", "basic", "beltless", "choice", "classic", "comp", "competition", "continental", "controlled",
    "conventional", "drop", "dynamic", "easy", "effort", "explosive", "finisher", "flat", "free", "hard", "heavy",
    "light", "main", "max", "normal", "olympic", "optional", "pause", "paused", "proper", "raw", "regular", "rep",
    "set", "slow", "speed", "standard", "standing", "strict", "tempo", "top", "touch", "traditional", "variation",
    "volume", "warmup", "weight", "working",
})
# fmt: on
"""Words about the manner of doing, which make no other exercise; dropped only where the full name says nothing."""

_IMPLEMENTS = {
    "barbell": ("barbell",),
    "dumbbell": ("dumbbells",),
    "kettlebell": ("kettlebell",),
    "cable": ("cable_machine",),
    "band": ("resistance_band", "mini_band"),
    "machine": (),
    "bodyweight": ("none",),
    "ezbar": ("ez_bar",),
    "smith": ("smith_machine",),
    "rope": ("cable_machine",),
    "suspension": ("suspension_trainer",),
    "ring": ("suspension_trainer",),
    "bench": ("flat_bench", "adjustable_bench"),
    "box": ("box",),
    "bar": ("pull_up_bar", "barbell", "dip_bars"),
    "floor": ("none",),
    "sled": ("sled",),
    "trapbar": ("trap_bar",),
    "landmine": ("landmine",),
}
"""A word for an implement says nothing new of an exercise that is done with it."""


@dataclass(frozen=True)
class Candidate:
    """An exercise that a name may have meant; `score` is the similarity, of 100."""

    exercise: str
    score: float


@dataclass(frozen=True)
class Match:
    """What a name means. `exercise` is None where that is not clear; `candidates` are then the nearest, best first."""

    exercise: str | None
    how: How | None
    score: float
    candidates: tuple[Candidate, ...] = ()
    ambiguous: bool = False
    """Whether the name fits several exercises, as against none."""


def match(name: str, index: NameIndex) -> Match:
    """The exercise that `name` means, or the candidates for it."""
    return _match(words(name), index)


@lru_cache(maxsize=8192)
def _match(name: Words, index: NameIndex) -> Match:
    if not name:
        return Match(None, None, 0.0)
    found = _clear(name, index)
    if found is not None:
        return found
    return _corrected(name, index) or _open(name, index)


def _clear(name: Words, index: NameIndex) -> Match | None:
    """A match without any correction; an empty one with candidates when the same words name several exercises."""
    for reading in _readings(name):
        spellings = [s for s in index.exactly(reading.words) if reading.fits(s.exercise, index)]
        if len(spellings) == 1:
            return Match(spellings[0].exercise, spellings[0].form, 100.0)
        if spellings:
            return Match(None, None, 100.0, tuple(Candidate(s.exercise, 100.0) for s in spellings), ambiguous=True)
    return None


@dataclass(frozen=True)
class _Reading:
    """A name without words that may say nothing new; `implements` are those of them that have to fit."""

    words: Words
    implements: Words = ()

    def fits(self, exercise: str, index: NameIndex) -> bool:
        items = {item for alternative in index.exercises[exercise].equipment for item in alternative}
        return all(
            any(item.endswith("_machine") for item in items) if word == "machine" else items & set(_IMPLEMENTS[word])
            for word in self.implements
        )


def _readings(name: Words) -> Iterator[_Reading]:
    """The name in full, then without manners, without one implement, and without both."""
    yield _Reading(name)
    calm = tuple(word for word in name if word not in MANNERS)
    if calm and calm != name:
        yield _Reading(calm)
    for base in dict.fromkeys((name, calm)):
        for implement in base:
            if implement in _IMPLEMENTS and len(base) > 1:
                yield _Reading(tuple(word for word in base if word != implement), (implement,))


def _corrected(name: Words, index: NameIndex) -> Match | None:
    """A match after correcting the words that nobody knows; None when that is not sure."""
    by_letters = _run_together(name, index)
    if by_letters is not None:
        return by_letters
    unknown = [word for word in name if not index.knows(word) and word not in MANNERS]
    if not 0 < len(unknown) <= _MOST_UNKNOWN:
        return None
    options = [_near_words(word, index) for word in unknown]
    if not all(options):
        return None
    scores: dict[str, float] = {}
    for choice in product(*options):
        better = dict(zip(unknown, (word for word, _ in choice), strict=True))
        found = _clear(tuple(better.get(word, word) for word in name), index)
        if found is not None and found.exercise is not None:
            score = min(score for _, score in choice)
            scores[found.exercise] = max(score, scores.get(found.exercise, 0.0))
    return _sure(scores)


def _run_together(name: Words, index: NameIndex) -> Match | None:
    """A slip in a name whose spaces are missing or misplaced; only where no word of it is known for another thing."""
    letters = "".join(name)
    if len(letters) < 2 * _SHORTEST_SLIP or any(index.knows(word) for word in name):
        return None
    hits = process.extract(letters, index.letters, scorer=OSA.distance, score_cutoff=_MOST_SLIPS, limit=20)
    scores: dict[str, float] = {}
    for known, distance, at in hits:
        exercise = index.spellings[at].exercise
        scores[exercise] = max(_percent(distance, letters, known), scores.get(exercise, 0.0))
    return _sure(scores)


def _sure(scores: dict[str, float]) -> Match | None:
    """The best of the scored exercises, when it is good enough and ahead of the next."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < CONFIDENT:
        return None
    candidates = tuple(Candidate(exercise, round(score, 1)) for exercise, score in ranked[:MAX_CANDIDATES])
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN:
        return Match(None, None, candidates[0].score, candidates, ambiguous=True)
    return Match(ranked[0][0], "spelling", candidates[0].score)


def _near_words(word: str, index: NameIndex) -> list[tuple[str, float]]:
    """Known words that `word` may be a slip of, with their similarity of 100; empty for short words."""
    doubled = f"{word}ss"
    if index.knows(doubled):
        # `pres` has lost its plural on the way here.
        return [(doubled, _percent(1, doubled, doubled))]
    if len(word) < _SHORTEST_SLIP:
        return []
    slips = _MOST_SLIPS if len(word) >= _LONG_WORD else 1
    hits = process.extract(word, index.vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=4)
    near = [(known, _percent(distance, word, known)) for known, distance, _ in hits if len(known) >= _SHORTEST_SLIP - 1]
    return sorted(near, key=lambda hit: (-hit[1], hit[0]))


def _percent(distance: int, one: str, other: str) -> float:
    """So many slips in words of this length as a similarity of 100."""
    return 100 * (1 - distance / max(len(one), len(other)))


def _open(name: Words, index: NameIndex) -> Match:
    """No match: the exercises whose spellings resemble the name most, each once."""
    asked = " ".join(name)
    hits = process.extract(asked, index.texts, scorer=fuzz.token_set_ratio, score_cutoff=PLAUSIBLE, limit=80)
    scores: dict[str, float] = {}
    for text, alike, at in hits:
        # Sharing a word is not enough: the whole length counts as well.
        score = 0.5 * alike + 0.5 * fuzz.token_sort_ratio(asked, text)
        exercise = index.spellings[at].exercise
        scores[exercise] = max(scores.get(exercise, 0.0), score)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    best = tuple(Candidate(e, round(score, 1)) for e, score in ranked[:MAX_CANDIDATES] if score >= PLAUSIBLE)
    return Match(None, None, best[0].score if best else 0.0, best, ambiguous=len(index.holding(name)) > 1)
