"""How large a gym may be."""

from __future__ import annotations

from service.plans import limits

MAX_GYMS = 100
"""Of a tenant."""
MAX_MEMBERS = 500
MAX_SLOTS = 300
MAX_PLACES = limits.MAX_PLACES // 2
"""As many again are left for a member's own."""
MAX_STATIONS = 60
"""At a place."""
MAX_COUNT = 200
"""Of one station."""
MAX_NAME_LETTERS = 200
MAX_TIME_LIMIT_SECONDS = 3600
MIN_EFFORT, MAX_EFFORT = 0.01, 20.0
