"""Reads plain text as it was saved from a page or typed by hand: lines become blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ingest.bylines import DATE, TIME, parse_date
from knowledge.ingest.characters import clean_line, has_words
from knowledge.ingest.claims import Claim, Contents, Field
from knowledge.ingest.document import Block, BlockKind
from knowledge.ingest.lines import BULLET, block_of_line, ends_sentence, is_sentence, unwrapped

_CELLS = re.compile(r"\s+\|\s+|^\|\s*|\s*\|$")
_FEWEST_CELLS = 2
# Scrapers put the date before the first word: "date 2024-05 Le …", or glue it there: "29/05/2024 14:30Le …".
_LABELLED_DATE = re.compile(r"date\s*:?\s*(?P<date>(?:19|20)\d\d(?:-\d\d){0,2})\b\s*", re.IGNORECASE)
_GLUED_DATE = re.compile(rf"(?P<date>{DATE})(?:[\s,|–-]*{TIME}\s*(?=\S)|(?=[^\W\d_]))[\s|–-]*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:url|adresse|lien|link|source|permalink|الرابط|المصدر)\s*:\s*(https?://\S+)$", re.IGNORECASE)


def read_plain(text: str) -> Contents:
    """Make blocks of a text's lines: sentences are paragraphs, short lines between them headings."""
    lines = [clean_line(_cells_of_tabs(line.strip())) for line in text.splitlines()]
    claims: list[Claim] = []
    first = next((number for number, line in enumerate(lines) if line), None)
    if first is not None:
        lines[first], claims = _without_date(lines[first])
    for number, line in enumerate(lines):
        if match := _ADDRESS.match(line):
            claims.append(Claim(Field.URL, match[1], "a labelled address in the text"))
            lines[number] = ""
    return Contents(tuple(blocks_of_lines(unwrapped(lines))), tuple(claims))


def blocks_of_lines(lines: Sequence[str]) -> list[Block]:
    """Tell lists, tables, paragraphs and headings apart; empty lines part lists."""
    blocks: list[Block] = []
    parted = True
    for line in lines:
        if not line:
            parted = True
            continue
        block = _block(line)
        last = blocks[-1] if blocks else None
        if (
            last is not None
            and last.kind is block.kind
            and block.kind in {BlockKind.LIST, BlockKind.TABLE}
            and not parted
        ):
            blocks[-1] = Block(last.kind, f"{last.text}\n{block.text}")
        else:
            blocks.append(block)
        parted = False
    return [
        block if block.kind is not BlockKind.TABLE or "\n" in block.text else block_of_line(block.text)
        for block in blocks
    ]


def _block(line: str) -> Block:
    if match := BULLET.match(line):
        return Block(BlockKind.LIST, line[match.end() :])
    cells = [cell for cell in _CELLS.split(line) if cell]
    if len(cells) >= _FEWEST_CELLS and not ends_sentence(line):
        return Block(BlockKind.TABLE, " | ".join(cells))
    return block_of_line(line)


def _cells_of_tabs(line: str) -> str:
    return line if "\t" not in line or is_sentence(line) or BULLET.match(line) else line.replace("\t", " | ")


def _without_date(line: str) -> tuple[str, list[Claim]]:
    for pattern in (_LABELLED_DATE, _GLUED_DATE):
        match = pattern.match(line)
        if match is not None and has_words(line[match.end() :]):
            date = match["date"] if pattern is _LABELLED_DATE else parse_date(match["date"])
            claims = (
                [] if date is None else [Claim(Field.PUBLISHED, date, "the date before the first word", shown=True)]
            )
            return line[match.end() :], claims
    return line, []
