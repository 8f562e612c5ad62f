"""A document as a page of its own: no script, nothing from elsewhere, readable on paper."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING, assert_never

from service.plans.formats.document import Bullets, Heading, Paragraph, Picture, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.plans.formats.document import Block

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;"
    "background:#fff}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:.3rem .6rem;"
    "text-align:left;vertical-align:top}img{max-width:100%}th{border-bottom-width:2px}@media print{body{margin:0}}"
)
POLICY = (
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    + "'"
)
"""Content-Security-Policy of the page: its own style and nothing else."""
PICTURES_POLICY = f"{POLICY}; img-src data:"
"""The same for a page that holds pictures."""


def html(blocks: Iterable[Block], title: str) -> str:
    """The page; no text of the document can turn into markup."""
    body = "\n".join(_block(block) for block in blocks)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n"
        "</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case Paragraph():
            return f"<p>{escape(block.text)}</p>"
        case Picture():
            data = base64.b64encode(block.svg.encode()).decode()
            return f'<p><img src="data:image/svg+xml;base64,{data}" alt="{escape(block.words)}"></p>'
        case Bullets():
            items = "".join(f"<li>{escape(item)}</li>" for item in block.items)
            return f"<ul>{items}</ul>"
        case Table():
            head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.columns)
            rows = "\n".join(_row(row) for row in block.rows)
            return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        case _:
            assert_never(block)


def _row(cells: tuple[str, ...]) -> str:
    shown = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<tr>{shown}</tr>"
