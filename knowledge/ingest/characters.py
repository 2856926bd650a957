"""The characters of a cleaned text: composed, visible, and with single blanks."""

from __future__ import annotations

import re
import unicodedata

# Signs that Unicode files under "format" although a reader sees them: Arabic number signs, the end of an ayah.
_VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2\u0890\u0891")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Blanks that typography sets on purpose stay where they stand alone: no-break and narrow no-break.
_KEPT_BLANKS = " \u00a0\u202f"
# What a typesetter draws as one sign and a reader reads as letters: Latin ligatures, Arabic letter shapes.
_SHAPES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefe]")
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co"})
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_BLANKS = re.compile(r"[^\S\n]+")
_AROUND_LINE_END = re.compile(r"\s*\n\s*")
_SPACE = " "


def clean_characters(text: str) -> str:
    """Make a text fit to be quoted: NFC, no control, format or private-use characters, no two blanks in a row.

    Line ends stay, one at a time; directional marks go, since whoever shows the text sets its direction.
    """
    text = _NONCHARACTERS.sub("", _LINE_ENDS.sub("\n", text))
    text = _SHAPES.sub(lambda shape: unicodedata.normalize("NFKC", shape.group()), text)
    if not text.isascii() or not text.isprintable():
        unwanted = {character for character in set(text) if _is_invisible(character)}
        text = text.translate({ord(character): None for character in unwanted})
    text = _BLANKS.sub(lambda blank: blank.group() if blank.group() in _KEPT_BLANKS else _SPACE, text)
    return _AROUND_LINE_END.sub("\n", unicodedata.normalize("NFC", text)).strip()


def clean_line(text: str) -> str:
    """The same on one line."""
    return clean_characters(" ".join(text.split("\n")) if "\n" in text else text).replace("\n", _SPACE)


def has_words(text: str) -> bool:
    """Whether a letter or digit stands in the text."""
    return any(map(str.isalnum, text))


def _is_invisible(character: str) -> bool:
    if character in "\n\t" or character in _VISIBLE_FORMATS:
        return False
    return unicodedata.category(character) in _INVISIBLE_CATEGORIES
