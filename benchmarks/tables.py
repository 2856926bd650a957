"""Tables on the console, and the same between the markers of a document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

DOCUMENT = Path(__file__).parents[1] / "docs" / "retrieval.md"

Rows = list[list[str]]
"""The first is the header."""


def show(console: Console, title: str, rows: Rows) -> None:
    """Print a table."""
    table = Table(*rows[0], title=title)
    for row in rows[1:]:
        table.add_row(*row)
    console.print(table)


def write(tables: Mapping[str, Rows], document: Path, script: str) -> None:
    """Put tables between the markers of the script that measured them, such as ``retrieval.py``."""
    begin, end = (f"<!-- benchmarks/{script} {what} -->" for what in ("begins", "ends"))
    before, rest = document.read_text(encoding="utf-8").split(begin)
    after = rest.split(end)[1]
    blocks = []
    for title, (header, *rows) in tables.items():
        rule = ["---", *("---:" for _ in header[1:])]
        lines = [f"| {' | '.join(row)} |" for row in (header, rule, *rows)]
        blocks.append(f"**{title}**\n\n" + "\n".join(lines))
    document.write_text(f"{before}{begin}\n\n" + "\n\n".join(blocks) + f"\n\n{end}{after}", encoding="utf-8")
