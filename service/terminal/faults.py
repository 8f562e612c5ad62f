"""Everything that is wrong with a request, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from service.plans.phrases import counted
from service.terminal.words import either

if TYPE_CHECKING:
    from rich.console import RenderableType

    from service.errors import ApiError, Fault


def faults(error: ApiError) -> RenderableType:
    """One heading, then each fault: where it is, what is wrong, and what was probably meant."""
    count = len(error.faults)
    title = f"{error.kind.title}: {counted(count, 'fault')}." if count else error.detail
    lines: list[RenderableType] = [Text(title, style="bold red")]
    for fault in error.faults:
        lines.append(Text(f"  {fault.pointer or 'the whole request'}", style="bold"))
        lines.append(Padding(Text(_sentence(fault)), (0, 0, 0, 4)))
    return Group(*lines)


def _sentence(fault: Fault) -> str:
    already_said = all(word in fault.message for word in fault.nearest)
    hint = "" if already_said else f"; did you mean {either(fault.nearest)}?"
    return fault.message + hint
