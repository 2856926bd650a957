"""Reads a PDF: its lines in reading order become paragraphs, headings, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

from knowledge.errors import DocumentError
from knowledge.ingest.characters import clean_line
from knowledge.ingest.claims import Claim, Contents, Field
from knowledge.ingest.document import Block, BlockKind
from knowledge.ingest.lines import BULLET, block_of_line, ends_sentence
from knowledge.ingest.pdf_glyphs import read_pages
from knowledge.ingest.pdf_layout import FlowLine, body_size, reading_order, without_margins
from knowledge.ingest.pdf_lines import page_lines

# Letters on a page below which pictures hold the text: a scanner's note or a stamp may be letters.
_FEWEST_LETTERS_OF_A_PAGE = 50
_LARGER_TITLE = 1.25
_OTHER_SIZE = 1.08
_OTHER_WEIGHT = 100
_LEADING = 1.3
_LOOSER = 1.25
_INDENT = 0.8
_BLANK = 0.35
_MOST_TITLE_LINES = 5
_BROKEN_WORD = re.compile(r"(?P<left>[^\W\d_]+)[-\u2010\u00ad]$")
_SECOND_HALF = re.compile(r"(?P<right>[^\W\d_]+)")
# Parts of words that French and English write with a hyphen, so that one at a line's end is their own.
_FIRST_PARTS = (
    "dix vingt trente quarante cinquante soixante quatre non semi demi mi quasi ex vice sous co anti micro pays porte "
    "chef est a peut dit sont celui celle ceux celles lui elle eux nous vous moi là rendez week end e well long short "
    "self half low high mid full part state two three"
)
_SECOND_PARTS = "même mêmes là ci il elle on ils elles t être dire huit sept neuf vous term based made"
_HYPHENATED, _HYPHENATED_BEFORE = frozenset(_FIRST_PARTS.split()), frozenset(_SECOND_PARTS.split())


def read_pdf(path: Path, content: bytes) -> Contents:
    """Read the text of a PDF in reading order, without running heads, feet and page numbers.

    What a PDF's properties say is not asked: they name the program's template or its user more often than the article.

    Raises:
        DocumentError: It needs a password, is damaged, is too long, or holds pictures of text only.
    """
    pages = read_pages(path, content)
    letters = sum(1 for page in pages for glyph in page.glyphs if glyph.text.isalpha())
    if not letters or (letters < _FEWEST_LETTERS_OF_A_PAGE * len(pages) and any(page.has_pictures for page in pages)):
        message = "is a scanned PDF: it holds pictures of pages and no text, and needs OCR."
        raise DocumentError(path, message, "run OCR on it (such as ocrmypdf), then add what that gives.")
    lines, dropped = without_margins([page_lines(page) for page in pages], [page.height for page in pages])
    flow = list(reading_order(lines))
    if not flow:
        return Contents((), dropped=tuple(dropped))
    size = body_size(line.line for line in flow)
    title, rest = _title(flow, size)
    claims = (Claim(Field.TITLE, title, "the largest line of the first page", shown=True),) if title else ()
    return Contents(tuple(_blocks(rest, size)), claims, tuple(dropped))


def _title(flow: list[FlowLine], size: float) -> tuple[str | None, list[FlowLine]]:
    """The lines in the largest type of the first page, where they stand together and are larger than the text."""
    first = [line for line in flow if line.column == flow[0].column]
    largest = max(line.line.size for line in first)
    lines = [place for place, line in enumerate(flow[: len(first)]) if line.line.size == largest]
    together = lines[-1] - lines[0] + 1 == len(lines) <= _MOST_TITLE_LINES
    if largest < _LARGER_TITLE * size or not together:
        return None, flow
    title = clean_line(" ".join(flow[place].cells[0] for place in lines))
    return title, flow[: lines[0]] + flow[lines[-1] + 1 :]


def _blocks(flow: Sequence[FlowLine], size: float) -> list[Block]:
    blocks: list[Block] = []
    groups = _groups(flow, size)
    for number, group in enumerate(groups):
        if len(group[0].cells) > 1:
            rows = "\n".join(" | ".join(map(clean_line, line.cells)) for line in group)
            blocks.append(Block(BlockKind.TABLE, rows))
            continue
        text = clean_line(joined([line.cells[0] for line in group]))
        led = blocks[-1].text.endswith(":") or blocks[-1].kind is BlockKind.LIST if blocks else False
        if (match := BULLET.match(text)) or (led and _is_indented(group, groups, number)):
            item = text[match.end() :] if match else text
            if blocks and blocks[-1].kind is BlockKind.LIST:
                blocks[-1] = Block(BlockKind.LIST, f"{blocks[-1].text}\n{item}")
            else:
                blocks.append(Block(BlockKind.LIST, item))
        else:
            blocks.append(block_of_line(text))
    return blocks


def joined(lines: Sequence[str]) -> str:
    """The lines of a paragraph as one; a word that was broken at a line's end is whole again."""
    text = lines[0]
    for line in lines[1:]:
        left, right = _BROKEN_WORD.search(text), _SECOND_HALF.match(line)
        if left is None or right is None:
            text = f"{text}{line}" if text.endswith("-") and line[:1].isdigit() else f"{text} {line}"
        elif line[0].isupper() or left["left"].lower() in _HYPHENATED or right["right"].lower() in _HYPHENATED_BEFORE:
            text += line
        else:
            text = text[:-1] + line
    return text


def _groups(flow: Sequence[FlowLine], size: float) -> list[list[FlowLine]]:
    """Lines that belong together: paragraphs, headings, items of a list, tables."""
    groups = [[flow[0]]]
    leading = _leading(flow, size)
    for before, line in pairwise(flow):
        if _is_new(before, line, leading):
            groups.append([])
        groups[-1].append(line)
    return groups


def _leading(flow: Sequence[FlowLine], size: float) -> float:
    """The usual distance from line to line of the text, in ems."""
    gaps = [
        first.line.base - second.line.base
        for first, second in pairwise(flow)
        if first.column == second.column and first.line.size == second.line.size == size
    ]
    close = [gap for gap in gaps if 0 < gap < 2 * size]
    return median(close) / size if close else _LEADING


def _is_new(before: FlowLine, line: FlowLine, leading: float) -> bool:
    """Whether a line begins a paragraph, heading, item or table of its own."""
    if (len(before.cells) > 1) != (len(line.cells) > 1):
        return True
    if len(line.cells) > 1:
        return before.column != line.column
    size = max(before.line.size, line.line.size)
    return (
        size > _OTHER_SIZE * min(before.line.size, line.line.size)
        or abs(before.line.weight - line.line.weight) >= _OTHER_WEIGHT
        or BULLET.match(line.cells[0]) is not None
        or (before.column == line.column and before.line.base - line.line.base > _LOOSER * leading * size)
        or _is_last(before, line, size)
    )


def _is_last(before: FlowLine, line: FlowLine, size: float) -> bool:
    """Whether a line closes its paragraph: it ends a sentence or item, early or before one that stands in."""
    ended = ends_sentence(before.cells[0]) or before.cells[0].endswith((";", "؛", ":"))
    standing_in = _INDENT * size
    early = before.short > line.line.first_word_width() + _BLANK * size
    item = before.start > standing_in and line.start > standing_in
    same = before.column == line.column
    return (ended and (early or (same and line.start - before.start > standing_in))) or (early and item and same)


def _is_indented(group: Sequence[FlowLine], groups: Sequence[Sequence[FlowLine]], number: int) -> bool:
    """Whether all lines of a group stand in, as items do whose bullets are drawn, not written."""
    usual = min(line.start for other in groups for line in other if line.column == group[0].column)
    return number > 0 and all(line.start - usual > _INDENT * line.line.size for line in group)
