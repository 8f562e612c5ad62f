"""Names of exercises as words that can be compared: abbreviations spelt out, plurals and hyphens evened."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_NAME = 100
"""Characters of a name that are looked at; no exercise needs more."""

_ABBREVIATIONS = {
    "alt": "alternating",
    "bb": "barbell",
    "bi": "biceps",
    "bis": "biceps",
    "bicep": "biceps",
    "bor": "bentover row",
    "bp": "bench press",
    "bss": "bulgarian split squat",
    "bw": "bodyweight",
    "calve": "calf",
    "cg": "closegrip",
    "cgbp": "closegrip bench press",
    "db": "dumbbell",
    "dbs": "dumbbell",
    "dec": "decline",
    "delt": "deltoid",
    "delts": "deltoid",
    "dl": "deadlift",
    "er": "external rotation",
    "ext": "extension",
    "exts": "extension",
    "ez": "ezbar",
    "flies": "fly",
    "flye": "fly",
    "flyes": "fly",
    "flys": "fly",
    "ghd": "glute ham",
    "ghr": "glute ham raise",
    "gm": "good morning",
    "hams": "hamstring",
    "hspu": "handstand pushup",
    "inc": "incline",
    "incl": "incline",
    "iso": "isometric",
    "kb": "kettlebell",
    "kbs": "kettlebell",
    "lats": "lat",
    "mach": "machine",
    "mil": "military",
    "ng": "neutralgrip",
    "ohp": "overhead press",
    "oh": "overhead",
    "pecs": "pec",
    "prowler": "sled",
    "quads": "quad",
    "rdl": "romanian deadlift",
    "rdls": "romanian deadlift",
    "resistance": "band",
    "rfess": "bulgarian split squat",
    "sa": "onearm",
    "scap": "scapular",
    "scapula": "scapular",
    "sl": "oneleg",
    "sldl": "stiffleg deadlift",
    "slrdl": "oneleg romanian deadlift",
    "ssb": "safety bar",
    "supinated": "underhand",
    "pronated": "overhand",
    "tri": "triceps",
    "tricep": "triceps",
    "tris": "triceps",
    "trx": "suspension",
    "rings": "ring",
    "ups": "up",
    "wg": "widegrip",
    "wts": "weight",
    "t2b": "toe to bar",
}

_PHRASES = (
    (r"(?:push|press) ?ups?", "pushup"),
    (r"pull ?ups?", "pullup"),
    (r"chin ?ups?|chins", "chinup"),
    (r"sit ?ups?", "situp"),
    (r"step ?ups?", "stepup"),
    (r"get ?ups?", "getup"),
    (r"pull ?downs?", "pulldown"),
    (r"(?:push|press) ?downs?", "pushdown"),
    (r"pull ?overs?", "pullover"),
    (r"pull ?throughs?", "pullthrough"),
    (r"pull ?aparts?", "pullapart"),
    (r"pass ?throughs?", "passthrough"),
    (r"dead ?lifts?", "deadlift"),
    (r"face ?pulls?", "facepull"),
    (r"skull ?crushers?", "skullcrusher"),
    (r"roll ?outs?", "rollout"),
    (r"kick ?backs?", "kickback"),
    (r"cross ?overs?", "crossover"),
    (r"(?:single|one|1) ?arm(?:ed)?|unilateral arm", "onearm"),
    (r"(?:single|one|1) ?leg(?:ged)?", "oneleg"),
    (r"t ?bar", "tbar"),
    (r"(?:trap|hex) ?bar", "trapbar"),
    (r"ez ?bar|ez ?curl bar|ezbar", "ezbar"),
    (r"bent ?over|bent", "bentover"),
    (r"(?:stiff|straight) ?leg(?:ged)?", "stiffleg"),
    (r"straight ?arm(?:ed)?", "straightarm"),
    (r"bent ?arm(?:ed)?", "bentarm"),
    (r"wide ?grip|wide grip|wide", "widegrip"),
    (r"(?:close|narrow) ?grip|close|narrow", "closegrip"),
    (r"neutral ?grip|parallel ?grip|hammer ?grip", "neutralgrip"),
    (r"(?:reverse|underhand|supinated) ?grip", "underhand"),
    (r"over ?head", "overhead"),
    (r"t ?spine|thoracic spine", "thoracic"),
    (r"rear ?foot ?elevated split squat", "bulgarian split squat"),
    (r"body ?weight", "bodyweight"),
    (r"kettle ?bell", "kettlebell"),
    (r"dumb ?bell", "dumbbell"),
    (r"bar ?bell", "barbell"),
    (r"good ?morning", "good morning"),
    (r"land ?mine", "landmine"),
    (r"half kneeling", "halfkneeling"),
    (r"side ?lying", "sidelying"),
    (r"chest supported", "chestsupported"),
    (r"foam roller|foam rolling|foam roll", "foamroller"),
    (r"farmer(?:s)?", "farmer"),
    (r"rear delt(?:oid)?s?|posterior delt(?:oid)?s?", "rear deltoid"),
    (r"front delt(?:oid)?s?|anterior delt(?:oid)?s?", "front deltoid"),
    (r"side delt(?:oid)?s?|lateral delt(?:oid)?s?", "side deltoid"),
    (r"lat raises?", "lateral raise"),
    (r"pec ?deck|pec ?dec", "pecdeck"),
    (r"swiss ball|exercise ball|physio ?ball|stability ?ball|gym ball", "stability ball"),
    (r"med ?ball|medicine ?ball", "medicine ball"),
    (r"smith machine|multipower", "smith"),
    (r"band resisted|resistance band|banded|bands?", "band"),
    (r"band band", "band"),
    (r"cable machine|cable station|cables?", "cable"),
    (r"i ?t ?ys?|i y ts?", "ity"),
    (r"y ?t ?w(?: ?l)?s?|t ?y ?ws?", "ytw"),
)
"""Phrases that are written in one word or in several: pattern over a name in spaced lower-case words, and its form."""

_COMPILED = tuple((re.compile(rf"\b(?:{pattern})\b"), form) for pattern, form in _PHRASES)

# fmt: off
_SMALL_WORDS = frozenset({
    "a", "an", "and", "at", "by", "exercise", "exercises", "for", "in", "into", "my", "of", "on", "onto", "per", "some",
    "the", "then", "this", "to", "using", "via", "with", "your",
})
# fmt: on
_PLURAL_KEPT = frozenset({"triceps", "biceps", "abs", "press", "cross", "worlds", "bus", "less", "across"})
_APOSTROPHES = re.compile(r"['’‘`´]")
_NO_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The telling words of a name, in order: lower case, spelt out, in the singular, without articles."""
    folded = unicodedata.normalize("NFKD", name[:LONGEST_NAME].casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    spaced = _NO_WORD.sub(" ", _APOSTROPHES.sub("", plain.replace("&", " and ").replace("w/", " with "))).strip()
    spelt = " ".join(_ABBREVIATIONS.get(word, word) for word in spaced.split())
    for pattern, form in _COMPILED:
        spelt = pattern.sub(form, spelt)
    evened = (_singular(word) for word in spelt.split() if word not in _SMALL_WORDS)
    return tuple(dict.fromkeys(_ABBREVIATIONS.get(word, word) for word in evened))


def _singular(word: str) -> str:
    if word in _PLURAL_KEPT or len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-1]
