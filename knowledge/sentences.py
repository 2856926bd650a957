"""Where the sentences of a text begin and end, in three languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sentencex

from knowledge.language import Language

MOST_WEIGHT = 440
"""What a piece of text may weigh, so that with its heading it fits the 512 tokens that the model reads. `weigh` is at
least the number of tokens on the shipped passages, on tables of numbers and on text without a space (tested)."""

LETTERS_A_TOKEN = 3
LONGEST_WORD = 24
"""A longer run of letters is no word; it may have a token for each letter."""

_RUN = re.compile(r"[^\W\d_]+|\d|\S")
# sentencex ends the process's work with a panic where a no-break space follows an initial; a plain one is as long.
_WIDE_SPACE = re.compile(r"[^\S\n]")
# What sentencex takes for the end of a sentence: titles and posts, and an initial or an acronym with dots.
_ABBREVIATION = re.compile(
    r"(?:^|[\s('’«“\"/-])"
    r"(?:MM?|Mmes?|Mlles?|Me|Dr|Drs|Pr|Prof|St|Ste|Sté|Sts|av|art|al|cf|chap|éd|env|etc|ex|fig|hab|max|min|no|nos|"
    r"p\.d\.g|pp?|resp|tél|vol|vs|Mr|Mrs|Ms|Jr|Sr|Inc|Ltd|Co|Corp|e\.g|i\.e|a\.m|p\.m|"
    r"د|أ|م|ص|ج|هـ|ق\.م|[^\W\d_])\.\s*$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:^|[\s('’«“\"-])(?:[^\W\d_]\.)+\s*$")
_CUTS = (
    re.compile(r"(?<=[.!?؟…])[\"»”’)]*\s+"),
    re.compile(r"(?<=[;؛:])\s+"),
    re.compile(r"(?<=[,،–—])\s+"),
    re.compile(r"\s+"),
)
"""Where a sentence too long for the model is taken apart, the best places first."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A piece of a text by its offsets: ``text[start:end]``; never empty."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The piece."""
        return text[self.start : self.end]


def weigh(text: str) -> int:
    """About how many tokens a text has, rather too many than too few."""
    return sum(_weight(run) for run in _RUN.findall(unicodedata.normalize("NFKC", text)))


def _weight(run: str) -> int:
    return len(run) if len(run) > LONGEST_WORD else -(-len(run) // LETTERS_A_TOKEN)


def find_sentences(text: str, language: Language) -> tuple[Stretch, ...]:
    """Find the sentences of a text, in order; between them stands only white space.

    An abbreviation, an initial and the inside of quotation marks end no sentence. A sentence that weighs more than
    `MOST_WEIGHT` is taken apart at the best place it has, since nothing could find it as a whole.
    """
    offset = 0
    pieces: list[Stretch] = []
    for piece in sentencex.segment(language.value, _WIDE_SPACE.sub(" ", text)):
        pieces.append(Stretch(offset, offset + len(piece)))
        offset += len(piece)
    joined = (_trimmed(text, piece) for piece in _joined(text, pieces))
    return tuple(part for piece in joined if piece for part in _fitting(text, piece))


def find_lines(text: str) -> tuple[Stretch, ...]:
    """Find the lines of a text that hold anything; one that weighs more than `MOST_WEIGHT` is taken apart."""
    lines = (_trimmed(text, Stretch(match.start(), match.end())) for match in re.finditer(r"[^\n]+", text))
    return tuple(part for line in lines if line for part in _fitting(text, line))


def _joined(text: str, pieces: Sequence[Stretch]) -> Iterator[Stretch]:
    """Join what sentencex tore apart: behind an abbreviation, before a small letter, within quotation marks."""
    held: Stretch | None = None
    for piece in pieces:
        if held is None:
            held = piece
        elif _goes_on(held.of(text), piece.of(text)):
            held = Stretch(held.start, piece.end)
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _goes_on(held: str, following: str) -> bool:
    if not held.strip() or not following.strip():
        return False
    if not re.search(r"\w", following):
        return True
    if "\n" in held[len(held.rstrip()) :] + following[: len(following) - len(following.lstrip())]:
        return False
    if _ABBREVIATION.search(held) or _INITIALS.search(held) or following.lstrip()[0].islower():
        return True
    opened = held.count("«") > held.count("»") or held.count("“") > held.count("”")
    return opened and ("»" in following or "”" in following) and weigh(held + following) <= MOST_WEIGHT


def _fitting(text: str, piece: Stretch) -> Iterable[Stretch]:
    """A piece as it is where it fits, else in as few parts as its best places give."""
    if weigh(piece.of(text)) <= MOST_WEIGHT:
        return [piece]
    for cuts in _CUTS:
        places = [piece.start + match.end() for match in cuts.finditer(piece.of(text))]
        if places := [place for place in places if piece.start < place < piece.end]:
            middle = (piece.start + piece.end) / 2
            place = min(places, key=lambda place: abs(place - middle))
            break
    else:
        place = (piece.start + piece.end) // 2
    halves = (_trimmed(text, Stretch(piece.start, place)), _trimmed(text, Stretch(place, piece.end)))
    return [part for half in halves if half for part in _fitting(text, half)]


def _trimmed(text: str, piece: Stretch) -> Stretch | None:
    held = piece.of(text)
    start = piece.start + len(held) - len(held.lstrip())
    end = piece.end - len(held) + len(held.rstrip())
    return Stretch(start, end) if start < end else None
