"""How large a comparison may be. Published in the OpenAPI document."""

from __future__ import annotations

MIN_PLANS = 2
MAX_PLANS = 8
MAX_LABEL_CHARACTERS = 40
