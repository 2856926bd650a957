"""From the lines of a page to its columns, its tables, and the lines of its margins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from knowledge.ingest.pdf_lines import Line

# Gaps in ems: wider than a blank in a justified line mostly is; between columns; between cells of neighbouring lines.
_WIDE = 1.5
_GUTTER = 0.9
_CELL_GAP = 0.35
_FEWEST_ROWS_OF_A_COLUMN = 4
_FEWEST_CHARACTERS_OF_A_COLUMN = 12
_FEWEST_WORDS_OF_A_COLUMN = 2.5
_FEWEST_ROWS_OF_A_TABLE = 3
_MOST_ROWS_BELOW_COLUMNS = 8
_MOST_ROWS = 400
_MARGIN = 0.1
_MARGIN_ROWS = 2
_SMALLER = 0.92
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|p\\.|صفحة|الصفحة)\s*)?[-–—]?\s*\d{1,4}(?:\s*(?:/|of|sur|من)\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A line where it stands in the order of reading.

    Attributes:
        cells: What it says, one text for each cell; one where it is no row of a table.
        column: Counts the columns of the document; a line of the next one may go on with a sentence.
        start: How far it stands in from the side where its column's lines begin, in points.
        short: How far it ends before the side where they end, in points.
    """

    line: Line
    cells: tuple[str, ...]
    column: int
    start: float
    short: float


def reading_order(pages: Sequence[Sequence[Line]]) -> Iterator[FlowLine]:
    """All lines of a document in the order in which they are read."""
    column = 0
    for lines in pages:
        for part in _columns(list(lines[:_MOST_ROWS])):
            column += 1
            yield from _column(part, column)


def without_margins(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> tuple[list[list[Line]], list[str]]:
    """Take running heads, feet and page numbers off; returns the pages without, and what was taken off."""
    body = body_size(line for lines in pages for line in lines)
    edges = [_edge(lines) for lines in pages]
    repeated = Counter(key for lines, edge in zip(pages, edges, strict=True) for key in {_key(lines[n]) for n in edge})
    kept: list[list[Line]] = []
    dropped: list[str] = []
    for lines, edge, height in zip(pages, edges, heights, strict=True):
        kept.append([])
        for number, line in enumerate(lines):
            small = line.size < _SMALLER * body and not _MARGIN * height <= line.base <= (1 - _MARGIN) * height
            often = repeated[_key(line)] > 1 and repeated[_key(line)] * 2 >= len(pages)
            if number in edge and (small or often or _PAGE_NUMBER.fullmatch(line.text)):
                dropped.append(line.text)
            else:
                kept[-1].append(line)
    return kept, dropped


def body_size(lines: Iterable[Line]) -> float:
    """The font size that most of a text is set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.glyphs)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _edge(lines: Sequence[Line]) -> set[int]:
    return {*range(min(_MARGIN_ROWS, len(lines))), *range(max(0, len(lines) - _MARGIN_ROWS), len(lines))}


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _columns(rows: list[Line]) -> Iterator[list[Line]]:
    """The columns of a page, each from top to bottom; what spans them stands alone, where it stands."""
    if not rows:
        return
    for start in range(len(rows)):
        for end in range(len(rows), max(start, len(rows) - _MOST_ROWS_BELOW_COLUMNS), -1):
            if (gutter := _gutter(rows[start:end])) is None:
                continue
            if start:
                yield rows[:start]
            sides = [_side(rows[start:end], gutter, right=False), _side(rows[start:end], gutter, right=True)]
            for side in sides if mean(row.is_rtl for row in rows) <= 0.5 else reversed(sides):  # noqa: PLR2004 - most
                yield from _columns(side)
            yield from _columns(rows[end:])
            return
    yield rows


def _gutter(rows: Sequence[Line]) -> float | None:
    """Where a white strip parts two columns of prose, as a place from the left; None where none does."""
    if len(rows) < _FEWEST_ROWS_OF_A_COLUMN:
        return None
    pieces = sorted((piece for row in rows for piece in row.pieces(_GUTTER)), key=lambda piece: piece.left)
    edge = pieces[0].right
    for piece in pieces[1:]:
        if piece.left - edge > _GUTTER * piece.size and all(
            _is_prose([part for part in pieces if (part.left > edge) is right]) for right in (False, True)
        ):
            return (piece.left + edge) / 2
        edge = max(edge, piece.right)
    return None


def _is_prose(pieces: Sequence[Line]) -> bool:
    rows = {round(piece.base) for piece in pieces}
    words = sum(len(piece.text.split()) for piece in pieces)
    characters = sum(len(piece.glyphs) for piece in pieces)
    return (
        len(rows) >= _FEWEST_ROWS_OF_A_COLUMN
        and words >= _FEWEST_WORDS_OF_A_COLUMN * len(rows)
        and characters >= _FEWEST_CHARACTERS_OF_A_COLUMN * len(rows)
    )


def _side(rows: Sequence[Line], gutter: float, *, right: bool) -> list[Line]:
    parts = (tuple(glyph for glyph in row.glyphs if (glyph.left > gutter) is right) for row in rows)
    return [Line(part) for part in parts if part]


def _column(rows: Sequence[Line], column: int) -> Iterator[FlowLine]:
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    place = 0
    while place < len(rows):
        end = place
        while end < len(rows) and len(rows[end].pieces(_WIDE)) > 1:
            end += 1
        table = rows[place:end]
        gutters = _cell_gutters(table) if len(table) >= _FEWEST_ROWS_OF_A_TABLE else []
        for row in table if gutters else rows[place : max(end, place + 1)]:
            cells = tuple(_cells(row, gutters)) if gutters else (row.text,)
            before, after = row.left - left, right - row.right
            yield FlowLine(row, cells, column, after if row.is_rtl else before, before if row.is_rtl else after)
        place = max(end, place + 1)


def _cell_gutters(rows: Sequence[Line]) -> list[float]:
    """Places from the left where no line of a table has a sign."""
    pieces = sorted((piece for row in rows for piece in row.pieces(_CELL_GAP)), key=lambda piece: piece.left)
    gutters: list[float] = []
    edge = pieces[0].right
    for piece in pieces[1:]:
        if piece.left - edge > _CELL_GAP * piece.size:
            gutters.append((piece.left + edge) / 2)
        edge = max(edge, piece.right)
    return gutters


def _cells(row: Line, gutters: Sequence[float]) -> Iterator[str]:
    edges = [float("-inf"), *gutters, float("inf")]
    spans = list(pairwise(edges))
    for low, high in reversed(spans) if row.is_rtl else spans:
        if part := tuple(glyph for glyph in row.glyphs if low < glyph.left <= high):
            yield Line(part).text
