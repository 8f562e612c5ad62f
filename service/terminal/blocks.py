"""A plain document on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text

from service.plans.formats.document import Bullets, Heading, Paragraph, Picture, Table
from service.terminal.report import bullets, heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from service.plans.formats.document import Block


def document(blocks: Iterable[Block]) -> RenderableType:
    """The blocks below each other."""
    return Group(*(part for block in blocks for part in _block(block)))


def _block(block: Block) -> Iterator[RenderableType]:
    match block:
        case Heading():
            if block.level > 1:
                yield Text()
            yield heading(block.text)
        case Paragraph():
            yield Text(block.text)
        case Picture():
            yield Text(block.words)
        case Bullets():
            yield bullets(block.items)
        case Table():
            grid = Grid(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
            for column in block.columns:
                grid.add_column(Text(column))
            for row in block.rows:
                grid.add_row(*(Text(cell) for cell in row))
            yield grid
        case _:
            assert_never(block)
