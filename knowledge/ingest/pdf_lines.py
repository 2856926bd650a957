"""From the signs of a page to lines of text in the order in which people read them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.ingest.pdf_glyphs import Glyph, Page

# In ems: a blank is wider.
_BLANK = 0.12
_SAME_LINE = 0.4
_BETWEEN_DIGITS = frozenset(".,:/٫٬'’- ")
_BRACKETS = str.maketrans("()[]{}«»‹›<>", ")(][}{»«›‹><")
_CLOSED_FIRST = re.compile(r"^[^«(]*»[^»]*«|^[^(«]*\)[^)]*\(")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line: all of it, or its part in one column or cell.

    Attributes:
        glyphs: From left to right.
    """

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """What it says, in logical order, from the first sign that is read to the last."""
        return _text(self.glyphs)

    @property
    def left(self) -> float:
        """Where it begins, in points."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where it ends, in points."""
        return max(glyph.right for glyph in self.glyphs)

    @property
    def base(self) -> float:
        """The height of its base line, in points from the bottom of the page."""
        return self.glyphs[0].base

    @property
    def size(self) -> float:
        """The font size of most of it."""
        return Counter(round(glyph.size, 1) for glyph in self.glyphs).most_common(1)[0][0]

    @property
    def weight(self) -> int:
        """The font weight of most of it."""
        return Counter(glyph.weight for glyph in self.glyphs).most_common(1)[0][0]

    @property
    def is_rtl(self) -> bool:
        """Whether it is read from right to left."""
        return _is_rtl("".join(glyph.text for glyph in self.glyphs))

    def first_word_width(self) -> float:
        """The width of the word that is read first, in points."""
        words = self.pieces(_BLANK)
        word = words[-1] if self.is_rtl else words[0]
        return word.right - word.left

    def pieces(self, gap: float) -> list[Line]:
        """Its parts between gaps wider than so many ems, from left to right."""
        parts = [[self.glyphs[0]]]
        edge = self.glyphs[0].right
        for glyph in self.glyphs[1:]:
            if glyph.left - edge > gap * glyph.size:
                parts.append([])
            parts[-1].append(glyph)
            edge = max(edge, glyph.right)
        return [Line(tuple(part)) for part in parts]


def page_lines(page: Page) -> list[Line]:
    """The lines of a page over its whole width, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(page.glyphs, key=lambda glyph: -glyph.base):
        if rows and rows[-1][0].base - glyph.base < _SAME_LINE * max(rows[-1][0].size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [Line(tuple(sorted(row, key=lambda glyph: glyph.left))) for row in rows]


def _text(glyphs: Sequence[Glyph]) -> str:
    """Signs from left to right with blanks where gaps are, then in logical order."""
    rtl = _is_rtl("".join(glyph.text for glyph in glyphs))
    # A vowel sign stands over its letter, which is read first: of two signs at one place the wider one.
    key = (lambda glyph: (-glyph.right, glyph.left)) if rtl else (lambda glyph: (glyph.left, -glyph.right))
    ordered = sorted(glyphs, key=key)
    parts = [ordered[0].text]
    for before, glyph in pairwise(ordered):
        gap = before.left - glyph.right if rtl else glyph.left - before.right
        parts += [" "] if gap > _BLANK * max(before.size, glyph.size) else []
        parts.append(glyph.text)
    return _with_brackets("".join(_with_runs(parts, rtl=rtl))) if rtl else "".join(_with_runs(parts, rtl=rtl))


def _with_runs(parts: list[str], *, rtl: bool) -> list[str]:
    """Turn the runs that are read against the line's direction: numbers and Latin in Arabic, Arabic in Latin."""
    kinds = [_direction(part) for part in parts]
    turned: list[str] = []
    place = 0
    while place < len(parts):
        if kinds[place] is None or kinds[place] is rtl:
            turned.append(parts[place])
            place += 1
            continue
        end = place + 1
        while end < len(parts):
            following = next((number for number in range(end, len(parts)) if kinds[number] is not None), None)
            inner = parts[end:following] if following is not None else []
            if following is None or kinds[following] is rtl or (inner and not _stays_inside(inner, parts, place)):
                break
            end = following + 1
        turned += reversed(parts[place:end])
        place = end
    return turned


def _stays_inside(inner: list[str], parts: list[str], place: int) -> bool:
    """Whether neutral signs between two parts of a run belong to it: of a number its separators, of Latin most."""
    if parts[place].isdigit():
        return len(inner) == 1 and inner[0] in _BETWEEN_DIGITS and inner[0] != " "
    return len(inner) <= 2  # noqa: PLR2004 - a sign and a blank


def _direction(part: str) -> bool | None:
    """True from right to left, False from left to right, None for signs that follow their neighbours."""
    kind = unicodedata.bidirectional(part[0])
    if kind in {"R", "AL"}:
        return True
    return False if kind in {"L", "EN", "AN"} else None


def _is_rtl(text: str) -> bool:
    kinds = Counter(map(_direction, (character for character in text if character.isalpha())))
    return kinds[True] > kinds[False]


def _with_brackets(text: str) -> str:
    """Fonts draw the opening bracket of Arabic with the sign of a closing one; some programs write down the sign."""
    return text.translate(_BRACKETS) if _CLOSED_FIRST.search(text) else text
