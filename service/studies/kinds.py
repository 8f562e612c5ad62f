"""Every kind of study: the one list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.blocks.kind import BLOCKS
from service.gyms.kind import SCHEDULES
from service.replans.kind import REPLANS
from service.swaps.kind import SWAPS
from service.variants.kind import VARIANTS
from service.whatif.kind import WHAT_IFS

if TYPE_CHECKING:
    from service.studies.kind import AnyKind

KINDS: tuple[AnyKind, ...] = (SWAPS, WHAT_IFS, REPLANS, BLOCKS, VARIANTS, SCHEDULES)
