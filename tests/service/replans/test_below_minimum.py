"""Muscles that a replanned week leaves below their weekly minimum."""

from __future__ import annotations

from service.replans.presenter import below_minimum
from service.studies.examples import documented_week


def test_only_muscles_that_newly_fall_short_are_told_with_their_sets() -> None:
    week = documented_week().response
    minima = week.tiers[0]
    term = (week.tiers[1].terms[0]).model_copy(update={"term": "calves", "tier": 1, "points": 8})
    short = minima.model_copy(update={"terms": [*minima.terms, term]})
    after = week.model_copy(update={"tiers": [short, *week.tiers[1:]]})
    (calves,) = [one for one in week.volume or [] if one.muscle == "calves"]
    assert below_minimum(week, after) == [
        f"Calves: {calves.stimulus:g} sets that count, less than the weekly {calves.min:g}."
    ]
    assert below_minimum(after, after) == []
