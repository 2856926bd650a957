"""Folding of text, so that spellings that a reader takes as the same compare as the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from pyarabic import araby

# Arabic-Indic and Persian digits, one character for one, so that offsets survive.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_APOSTROPHES_AND_DIGITS = {**str.maketrans("’ʼ‘`", "'" * 4), **_DIGITS}
# One table instead of a pass for each letter: folding is most of what checking the knowledge costs.
_ARABIC: Mapping[int, int | None] = {
    **str.maketrans("ىةؤئآأإٱ", "يهوياااا"),
    **dict.fromkeys(map(ord, (*araby.DIACRITICS, araby.TATWEEL))),
}
# Marks that stand on a letter: Latin accents typed apart, Arabic vowels. Python counts none of them as a letter.
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*(?:[.,٫٬](?=\d)\d+)*")


def western_digits(text: str) -> str:
    """Replace Arabic-Indic and Persian digits by Western ones; the length stays the same."""
    return text.translate(_DIGITS)


def fold(text: str) -> str:
    """Reduce a text to what a reader's eye keeps.

    NFKC, lower case, Western digits, no Latin accents, no Arabic vowels or tatweel, and one letter each
    for the forms of alef, ya, ta marbuta and hamza carriers.
    """
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES_AND_DIGITS).casefold()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.translate(_ARABIC))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and where it stood in the text before folding."""

    folded: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, folded, with their offsets; numbers keep their separators."""
    return tuple(
        Word(folded, match.start(), match.end()) for match in _WORD.finditer(text) if (folded := fold(match.group()))
    )


# Proclitics written together with an Arabic word: and, so, with, for, like, will; longest first.
_ARABIC_PROCLITICS = ("وبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال", "و", "ف", "ب", "ل", "ك")
_SHORTEST_ARABIC_STEM = 3


def arabic_stems(word: str) -> tuple[str, ...]:
    """A folded Arabic word followed by what is left when each possible proclitic is taken off.

    Words in other scripts come back alone. Nothing shorter than three letters is left over.
    """
    if not araby.is_arabicrange(word[:1]):
        return (word,)
    stems = [word]
    for clitic in _ARABIC_PROCLITICS:
        rest = word[len(clitic) :]
        if word.startswith(clitic) and len(rest) >= _SHORTEST_ARABIC_STEM and rest not in stems:
            stems.append(rest)
    return tuple(stems)
