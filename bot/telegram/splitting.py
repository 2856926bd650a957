"""Splits a reply into messages: between paragraphs, else sentences, else words, else graphemes."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from bot.answering.reply import Style

# Telegram keeps 100 entities of a message and drops the rest; those that it recognises by itself count too.
MOST_ENTITIES = 80

# A sentence ends with its closing quotes and its citation marks, which say where it comes from.
_SENTENCE_END = re.compile(r"(?:[.!?؟…]+[)\"»”’\]]*(?:\s*\[[0-9]+\])*\s+|\n+)(?=\S)")
_WORD_END = re.compile(r"\s+(?=\S)")
# An upper bound of what Telegram makes entities of by itself: two characters for each at least.
_RECOGNISABLE = re.compile(r"[/@#$]\w|\w[.@]\w")
_ZERO_WIDTH_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style; with ``url`` it is a link; ``folded`` in a quotation block that opens when touched."""

    text: str
    style: Style = Style.PLAIN
    url: str | None = None
    folded: bool = False

    @property
    def entities(self) -> int:
        """How many entities Telegram makes of it at most.

        Its tags are closed at the end of a line, and none stand around blanks; what is in no tag may hold
        addresses, commands and the like.
        """
        if tags := (self.style is not Style.PLAIN) + (self.url is not None) + self.folded:
            return tags * sum(1 for line in self.text.split("\n") if line.strip())
        return sum(1 for _ in _RECOGNISABLE.finditer(self.text))

    def continues(self, other: Run) -> bool:
        """Whether it looks the same, so that both may be one."""
        return (self.style, self.url, self.folded) == (other.style, other.url, other.folded)

    def with_text(self, text: str) -> Run:
        """Another text that looks the same."""
        return replace(self, text=text)


Runs = tuple[Run, ...]


class Grain(IntEnum):
    """How finely a piece was cut."""

    PARAGRAPH = 0
    ENDING = 1  # a statement's last sentence, with its sources
    SENTENCE = 2
    WORD = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays in one message if it can.

    Attributes:
        lines: A statement and its source lines, or a part of these.
        gap: What stands before it, unless it begins a message.
    """

    lines: tuple[Runs, ...]
    grain: Grain = Grain.PARAGRAPH
    gap: str = "\n\n"

    @property
    def runs(self) -> Runs:
        """The lines, one under the other."""
        return tuple(itertools.chain(self.lines[0], *((Run("\n"), *line) for line in self.lines[1:])))


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, which Telegram counts: a character beyond the basic plane is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(paragraphs: Sequence[Piece], limit: int) -> list[Runs]:
    """Fill messages with paragraphs.

    Args:
        paragraphs: In reading order.
        limit: The most UTF-16 units of a message.
    """
    filling = _Filling(limit)
    for paragraph in paragraphs:
        filling.add(paragraph)
    return filling.messages()


class _Filling:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._full: list[Runs] = []
        self._current: list[Run] = []
        self._length = 0
        self._entities = 0

    def add(self, piece: Piece) -> None:
        runs = piece.runs
        length = sum(utf16_length(run.text) for run in runs)
        entities = sum(run.entities for run in runs)
        fits_alone = length <= self._limit and entities <= MOST_ENTITIES
        gap = piece.gap if self._current else ""
        fits_here = self._length + len(gap) + length <= self._limit and self._entities + entities <= MOST_ENTITIES
        if not fits_here and not fits_alone:
            room = self._limit - self._length - len(gap)
            for finer in _cut(piece, room if room > 0 else self._limit, self._limit):
                self.add(finer)
            return
        if not fits_here:
            self._flush()
            gap = ""
        for run in (Run(gap), *runs) if gap else runs:
            self._append(run)
        self._length += len(gap) + length

    def _append(self, run: Run) -> None:
        if self._current and run.continues(self._current[-1]):
            last = self._current.pop()
            self._entities -= last.entities
            run = run.with_text(last.text + run.text)
        self._current.append(run)
        self._entities += run.entities

    def messages(self) -> list[Runs]:
        self._flush()
        return self._full

    def _flush(self) -> None:
        if self._current:
            self._full.append(tuple(self._current))
        self._current, self._length, self._entities = [], 0, 0


def _cut(piece: Piece, room: int, limit: int) -> Iterator[Piece]:
    """Cut a piece one grain finer; the first part keeps the gap, and fits into ``room`` if it is no word."""
    statement, *sources = piece.lines
    if piece.grain is Grain.PARAGRAPH:
        *sentences, last = _parts(statement, _SENTENCE_END)
        lines = [Piece((sentence,), Grain.SENTENCE, "") for sentence in sentences]
        lines.append(Piece((last, *sources), Grain.ENDING if sources else Grain.SENTENCE, ""))
    elif piece.grain is Grain.ENDING:
        lines = [Piece((statement,), Grain.SENTENCE, "")]
        lines += [Piece((source,), Grain.SENTENCE, "\n") for source in sources]
    elif piece.grain is Grain.SENTENCE:
        lines = [Piece((word,), Grain.WORD, "") for word in _parts(statement, _WORD_END)]
    else:
        if sum(run.entities for run in statement) > MOST_ENTITIES:
            room = limit = min(limit, 2 * MOST_ENTITIES)
        lines = [Piece((part,), Grain.WORD, "") for part in _graphemes(statement, room, limit)]
    yield Piece(lines[0].lines, lines[0].grain, piece.gap)
    yield from lines[1:]


def _parts(runs: Runs, end: re.Pattern[str]) -> list[Runs]:
    """Cut runs after every match."""
    text = "".join(run.text for run in runs)
    cuts = [0, *(found.end() for found in end.finditer(text)), len(text)]
    return _slices(runs, cuts)


def _graphemes(runs: Runs, room: int, limit: int) -> list[Runs]:
    """Cut runs into parts as long as allowed, the first by ``room``, not between a letter and its accents."""
    text = "".join(run.text for run in runs)
    cuts = [0]
    units, safe = 0, 0
    for i, character in enumerate(text):
        if i > cuts[-1] and _may_cut(text, i):
            safe = i
        units += utf16_length(character)
        if units > (limit if len(cuts) > 1 else room):
            # A letter with more accents than a message holds is cut where it must be.
            cuts.append(safe if safe > cuts[-1] else i)
            units = utf16_length(text[cuts[-1] : i + 1])
    return _slices(runs, [*cuts, len(text)])


def _may_cut(text: str, i: int) -> bool:
    before, after = text[i - 1], text[i]
    joined = unicodedata.category(after).startswith("M") or _ZERO_WIDTH_JOINER in {before, after}
    skin_tone = "\U0001f3fb" <= after <= "\U0001f3ff"
    flag = all("\U0001f1e6" <= letter <= "\U0001f1ff" for letter in (before, after))
    return not (joined or skin_tone or flag)


def _slices(runs: Runs, cuts: Sequence[int]) -> list[Runs]:
    """The runs between each two neighbouring cuts, which are ascending offsets into the whole text."""
    slices: list[Runs] = []
    for start, end in itertools.pairwise(cuts):
        part: list[Run] = []
        offset = 0
        for run in runs:
            text = run.text[max(start - offset, 0) : max(end - offset, 0)]
            if text:
                part.append(run.with_text(text))
            offset += len(run.text)
        slices.append(tuple(part))
    return slices
