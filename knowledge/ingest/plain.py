"""Reads plain text as it was saved from a page or typed by hand: lines become blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.ingest.bylines import DATE, TIME, parse_date
from knowledge.ingest.characters import clean_line, has_words
from knowledge.ingest.claims import Claim, Contents, Field
from knowledge.ingest.document import Block, BlockKind
from knowledge.ingest.questions import with_questions

_BULLET = re.compile(r"^(?:[-–—•▪◦‣●■►▶➢✓✔*·o]|\(?[0-9٠-٩]{1,2}[.)]|[a-z]\))\s+(?=\S)")
_CELLS = re.compile(r"\s+\|\s+|^\|\s*|\s*\|$")
_FEWEST_CELLS = 2
_SENTENCE_END = re.compile(r"[.!?…؟۔]\s?['\"»”’)\]]*$")
_QUOTE_END = ("»", "”")
_FEWEST_WORDS_OF_A_SENTENCE = 8
_FEWEST_WORDS_OF_A_QUOTE = 15
_FEWEST_WORDS_WITHOUT_END = 20
_LINE_THAT_MAY_BE_BROKEN = 40
_WRAPPED_AT_MOST = 110
_WRAPPED_AT_LEAST = 0.6
_FEWEST_WRAPPED_LINES = 3
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
    return Contents(with_questions(blocks_of_lines(unwrapped(lines))), tuple(claims))


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Join the lines of one paragraph that were broken at the width of a page."""
    joined: list[str] = []
    for run in _runs(lines):
        if _is_wrapped(run):
            joined.append(" ".join(run))
        else:
            for line in run:
                if joined and joined[-1] and _goes_on(joined[-1], line):
                    joined[-1] = f"{joined[-1]} {line}"
                else:
                    joined.append(line)
        joined.append("")
    return joined


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
        block if block.kind is not BlockKind.TABLE or "\n" in block.text else _of_one_line(block.text)
        for block in blocks
    ]


def is_sentence(line: str) -> bool:
    """Whether a line says something, rather than names it."""
    words = len(line.split())
    if line.endswith(_QUOTE_END) and not _SENTENCE_END.search(line):
        return words >= _FEWEST_WORDS_OF_A_QUOTE
    ended = _SENTENCE_END.search(line) is not None or line.endswith(":")
    return words >= (_FEWEST_WORDS_OF_A_SENTENCE if ended else _FEWEST_WORDS_WITHOUT_END)


def _block(line: str) -> Block:
    if match := _BULLET.match(line):
        return Block(BlockKind.LIST, line[match.end() :])
    cells = [cell for cell in _CELLS.split(line) if cell]
    if len(cells) >= _FEWEST_CELLS and not _SENTENCE_END.search(line):
        return Block(BlockKind.TABLE, " | ".join(cells))
    return _of_one_line(line)


def _of_one_line(line: str) -> Block:
    return Block(BlockKind.PARAGRAPH if is_sentence(line) else BlockKind.HEADING, line)


def _cells_of_tabs(line: str) -> str:
    return line if "\t" not in line or is_sentence(line) or _BULLET.match(line) else line.replace("\t", " | ")


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


def _runs(lines: Sequence[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for line in [*lines, ""]:
        if line:
            run.append(line)
        elif run:
            yield run
            run = []


def _is_wrapped(run: list[str]) -> bool:
    """All lines but the last reach nearly to one width, and most of them end within a sentence."""
    if len(run) < _FEWEST_WRAPPED_LINES or any(_BULLET.match(line) for line in run):
        return False
    width = max(map(len, run))
    whole = run[:-1]
    return (
        _LINE_THAT_MAY_BE_BROKEN <= width <= _WRAPPED_AT_MOST
        and all(len(line) >= _WRAPPED_AT_LEAST * width for line in whole)
        and sum(1 for line in whole if not _SENTENCE_END.search(line)) * 2 > len(whole)
    )


def _goes_on(line: str, following: str) -> bool:
    return (
        len(line) >= _LINE_THAT_MAY_BE_BROKEN
        and not _SENTENCE_END.search(line)
        and not line.endswith((":", ";", "؛", *_QUOTE_END))
        and (following[:1].islower() or following[:1] in ",;.)»")
        and not _BULLET.match(following)
    )
