"""Isolation of foreign runs, so that a reply in two writing directions reads in its own order.

Without it, numbers, Latin names and links trade places with the Arabic words beside them. Each run stands
between U+2068 and U+2069, which Telegram keeps; the embeddings U+202A to U+202E it deletes.
"""

from __future__ import annotations

import re
import unicodedata

from knowledge.language import Language

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
LEFT_TO_RIGHT_MARK = "\u200e"
RIGHT_TO_LEFT_MARK = "\u200f"

_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# A text is read through its classes, one letter for each character, so that offsets agree: L left-to-right
# letter, R right-to-left letter, D digit, U link and C citation mark (their later characters small), | what no
# run crosses, o anything else, and these:
_CLASSES = {
    character: name
    for name, characters in {
        "|": "|·•،؛—\n\t",
        " ": " ",
        "_": "\u00a0\u2009\u202f",
        "-": "-\u2010\u2011–\u2212",
        "+": "+±~≈<>≤≥",
        "$": "$€£¥",
        "%": "%‰٪°",
        ".": ".,'’:/٫٬",
        "@": "@#",
        "(": "([{",
        ")": ")]}",
    }.items()
    for character in characters
}
_BIDI_CLASSES = {"L": "L", "R": "R", "AL": "R", "EN": "D", "AN": "D"}

_LINK = re.compile(r"https?://[^\s<>\"«»“”]*[^\s<>\"«»“”.,;:!?،؛؟)\]]")
_CITATION = re.compile(r"\[[0-9]{1,3}\]")
_UNIT = r"(?:M?MDH|MAD|DHS?|USD|EUR|[KMGT]Wh?|km|m|ha|Mds?|M)(?![^\W_])"
_SPACE_BEFORE_UNIT = re.compile(rf"(?<=[0-9]) (?={_UNIT})")
_QUOTED = re.compile(r"«[^«»\n]*»|“[^“”\n]*”|\"[^\"\n]*\"")

_NUMBER = r"(?:(?<![LRD])[-+$]{1,2})?(?:D{1,3}(?:[ _]D{3})+(?!D)|D+)(?:[.-]D+)*"
_SUFFIX = r"(?:[ _]?%|\+{1,2}|[ _]?\$)?"
# In an Arabic reply: links, citation marks, Latin text from its first letter to its last, numbers.
_FOREIGN_TO_ARABIC = re.compile(
    rf"Uu*|Cc+|(?:{_NUMBER}_?)?(?:(?<![LRD])[.@])?L(?:[^R|UuCc]*[LD])?{_SUFFIX}|{_NUMBER}{_SUFFIX}"
)
# In a French or English reply: Arabic text from its first letter to its last.
_FOREIGN_TO_LATIN = re.compile(r"R(?:[^L|UuCc]*R)?")


def strip_controls(text: str) -> str:
    """Remove every control of writing direction."""
    return _CONTROLS.sub("", text)


def isolate(text: str, language: Language) -> str:
    """Isolate what runs against a reply's direction, and mark the lines that begin with it.

    Controls that the text holds already are removed first, so that isolating twice is isolating once.

    Args:
        text: Plain text, possibly of several lines.
        language: The reply's.
    """
    return "\n".join(line_mark(line, language) + isolate_runs(line, language) for line in text.split("\n"))


def line_mark(line: str, language: Language) -> str:
    """What must stand before a line so that it is laid out in the reply's direction; possibly nothing."""
    if not line.strip():
        return ""
    strong = _first_strong(_classes(strip_controls(line)))
    if language is Language.AR:
        return "" if strong == "R" else RIGHT_TO_LEFT_MARK
    return LEFT_TO_RIGHT_MARK if strong == "R" else ""


def isolate_runs(text: str, language: Language) -> str:
    """Isolate foreign runs without marking lines, for text that stands inside a line."""
    return _isolate(strip_controls(text), right_to_left=language is Language.AR)


def _isolate(text: str, *, right_to_left: bool) -> str:
    """Isolate the runs of a text without controls; quoted foreign text as a whole, by its own direction."""
    classes = _classes(text)
    foreign = "L" if right_to_left else "R"
    pieces: list[str] = []
    end = 0
    for quoted in _QUOTED.finditer(text):
        start, stop = quoted.start() + 1, quoted.end() - 1
        inside_foreign = _last_strong(classes[:start]) == foreign
        if _first_strong(classes[start:stop]) == foreign and not inside_foreign:
            pieces.append(_isolate_runs(text[end:start], classes[end:start], right_to_left=right_to_left))
            pieces.append(_wrap(_isolate(text[start:stop], right_to_left=not right_to_left)))
            end = stop
    pieces.append(_isolate_runs(text[end:], classes[end:], right_to_left=right_to_left))
    return "".join(pieces)


def _isolate_runs(text: str, classes: str, *, right_to_left: bool) -> str:
    pattern = _FOREIGN_TO_ARABIC if right_to_left else _FOREIGN_TO_LATIN
    pieces: list[str] = []
    end = 0
    for run in pattern.finditer(classes):
        stop = _with_closing_brackets(classes, run.start(), run.end())
        pieces += [text[end : run.start()], _wrap(text[run.start() : stop])]
        end = stop
    return "".join([*pieces, text[end:]])


def _with_closing_brackets(classes: str, start: int, end: int) -> int:
    """The end of a run with the brackets that close those opened inside it."""
    unclosed = classes.count("(", start, end) - classes.count(")", start, end)
    while unclosed > 0 and classes[end : end + 1] == ")":
        unclosed -= 1
        end += 1
    return end


def _wrap(text: str) -> str:
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def _classes(text: str) -> str:
    classes: list[str] = []
    for character in text:
        bidirectional = unicodedata.bidirectional(character)
        if bidirectional == "NSM" and classes:  # an accent or vowel sign belongs to its letter
            classes.append(classes[-1])
        else:
            classes.append(_CLASSES.get(character) or _BIDI_CLASSES.get(bidirectional, "o"))
    for space in _SPACE_BEFORE_UNIT.finditer(text):
        classes[space.start()] = "_"
    for pattern, first in ((_CITATION, "C"), (_LINK, "U")):
        for found in pattern.finditer(text):
            classes[found.start() : found.end()] = first + first.lower() * (found.end() - found.start() - 1)
    return "".join(classes)


def _first_strong(classes: str) -> str | None:
    found = re.search("[LRU]", classes)
    return None if found is None else "R" if found.group() == "R" else "L"


def _last_strong(classes: str) -> str | None:
    """The direction of the text just before, as far as a run could reach back."""
    found = re.search("[LR|UuCc](?=[^LR|UuCc]*$)", classes)
    return found.group() if found else None
