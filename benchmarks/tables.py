"""Tables on the console, and the same between the markers of docs/retrieval.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

DOCUMENT = Path(__file__).parents[1] / "docs" / "retrieval.md"
BEGIN, END = "<!-- benchmarks/retrieval.py begins -->", "<!-- benchmarks/retrieval.py ends -->"

Rows = list[list[str]]
"""The first is the header."""


def show(console: Console, title: str, rows: Rows) -> None:
    """Print a table."""
    table = Table(*rows[0], title=title)
    for row in rows[1:]:
        table.add_row(*row)
    console.print(table)


def write(tables: Mapping[str, Rows], document: Path = DOCUMENT) -> None:
    """Put tables between the markers."""
    before, rest = document.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    blocks = []
    for title, (header, *rows) in sorted(tables.items()):
        rule = ["---", *("---:" for _ in header[1:])]
        lines = [f"| {' | '.join(row)} |" for row in (header, rule, *rows)]
        blocks.append(f"**{title}**\n\n" + "\n".join(lines))
    document.write_text(f"{before}{BEGIN}\n\n" + "\n\n".join(blocks) + f"\n\n{END}{after}", encoding="utf-8")
