"""Cuts an article's cleaned text into passages: whole sentences, about a paragraph each, under one heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.ingest.document import BLOCK_GAP, Block, BlockKind
from knowledge.language import Language
from knowledge.sentences import MOST_WEIGHT, Stretch, find_lines, find_sentences, weigh

FEWEST_WORDS, MOST_WORDS = 40, 120
"""What a passage holds where the text lets it: enough to stand alone, and few enough to be about one thing."""

# What a cut costs; a passage with half of the fewest words, or a third more than the most, costs 2.
_SHORT, _LONG = 4.0, 6.0
_WITHIN_PARAGRAPH = 0.5
_PARAGRAPHS_JOINED = 0.2
_WHOLE_BLOCK_JOINED = 1.0


@dataclass(frozen=True, slots=True)
class CutPassage:
    """A passage where it stands in the cleaned text.

    Attributes:
        heading: The last heading above it; context for finding it, never part of the quote.
    """

    stretch: Stretch
    heading: str | None


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: a sentence, or a list, table or answered question as a whole.

    Attributes:
        block: Number of the block that it stands in.
        whole: Whether it is a block that stays whole.
    """

    stretch: Stretch
    words: int
    weight: int
    block: int
    whole: bool


def cut_passages(blocks: Sequence[Block], language: Language) -> tuple[CutPassage, ...]:
    """Cut the blocks of a document.

    The passages cover every sentence outside headings once, in order. A list, table or answered question stays whole
    unless it is too long for the model; then it is cut between its lines.

    Returns:
        Passages with offsets into the blocks' texts joined by `BLOCK_GAP`, as `Document.text` joins them.
    """
    passages: list[CutPassage] = []
    heading: str | None = None
    section: list[_Unit] = []
    offset = 0
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            passages += _packed(section, heading)
            heading, section = block.text, []
        else:
            section += _units(block, number, offset, language)
        offset += len(block.text) + len(BLOCK_GAP)
    passages += _packed(section, heading)
    return tuple(passages)


def _units(block: Block, number: int, offset: int, language: Language) -> Iterator[_Unit]:
    whole = block.kind is not BlockKind.PARAGRAPH
    if not whole:
        pieces = find_sentences(block.text, language)
    elif weigh(block.text) <= MOST_WEIGHT:
        start = len(block.text) - len(block.text.lstrip())
        pieces = (Stretch(start, len(block.text.rstrip())),)
    else:
        pieces = find_lines(block.text)
    for piece in pieces:
        text = piece.of(block.text)
        stretch = Stretch(offset + piece.start, offset + piece.end)
        yield _Unit(stretch, len(text.split()), weigh(text), number, whole)


def _packed(units: Sequence[_Unit], heading: str | None) -> Iterator[CutPassage]:
    """The cheapest way to cut a section, found from its end."""
    least = [0.0] * (len(units) + 1)
    ends = [0] * len(units)
    for first in range(len(units) - 1, -1, -1):
        options = {end: cost + least[end] for end, cost in _costs(units, first)}
        ends[first] = min(options, key=lambda end: (options[end], end))
        least[first] = options[ends[first]]
    first = 0
    while first < len(units):
        last = units[ends[first] - 1]
        yield CutPassage(Stretch(units[first].stretch.start, last.stretch.end), heading)
        first = ends[first]


def _costs(units: Sequence[_Unit], first: int) -> Iterator[tuple[int, float]]:
    """Each place where a passage that begins here may end, with what that costs; one unit alone always may."""
    words = weight = 0
    joined = 0.0
    for place in range(first, len(units)):
        unit = units[place]
        if place > first and unit.block != units[place - 1].block:
            joined += _WHOLE_BLOCK_JOINED if unit.whole and units[place - 1].whole else _PARAGRAPHS_JOINED
        words, weight = words + unit.words, weight + unit.weight
        if place > first and weight > MOST_WEIGHT:
            return
        cost = joined + _SHORT * max(0, FEWEST_WORDS - words) / FEWEST_WORDS
        cost += _LONG * max(0, words - MOST_WORDS) / MOST_WORDS
        if place + 1 < len(units) and units[place + 1].block == unit.block:
            cost += _WITHIN_PARAGRAPH
        yield place + 1, cost
