"""A document as GitHub-flavoured Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from service.plans.formats.document import Bullets, Heading, Paragraph, Picture, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.plans.formats.document import Block

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#&~])")


def markdown(blocks: Iterable[Block]) -> str:
    """The document; no text of it can turn into markup."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_text(block.text)}"
        case Paragraph():
            return _text(block.text)
        case Picture():
            return _text(block.words)
        case Bullets():
            return "\n".join(f"- {_text(item)}" for item in block.items)
        case Table():
            rows = [_row(tuple(_text(cell) for cell in row)) for row in (block.columns, *block.rows)]
            return "\n".join([rows[0], _row(("---",) * len(block.columns)), *rows[1:]])
        case _:
            assert_never(block)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
