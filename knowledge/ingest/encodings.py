"""From bytes to text: Unicode first, then the encodings that Moroccan newsrooms used before it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

# cp1256 holds the French accents at the places where cp1252 has them, so French alone reads the same in both.
LEGACY_ENCODINGS = ("cp1256", "cp1252", "iso8859_6")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EXPECTED_IN_UTF16 = re.compile("[\t\n\r -~\u00a0-\u017f\u0600-\u06ff\u2010-\u203a\u20ac]")
_LEAST_EXPECTED_SHARE = 0.95
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f]")
_MOST_CONTROLS_SHARE = 0.01
_SAMPLED = 200_000
_NAMED_PLACES = 3


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A file's text.

    Attributes:
        encoding: The name that Python gives the encoding.
        repairs: What could not be read, for the editor; empty where every byte was read.
    """

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


def decode(content: bytes) -> DecodedText | None:
    """Read bytes as text; None where they are none."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _if_text(_replacing(content[len(mark) :], encoding))
    for encoding in ("utf-16-le", "utf-16-be") if b"\x00" in content else ():
        if _reads_as_utf16(content, encoding):
            return _replacing(content, encoding)
    try:
        return _if_text(DecodedText(content.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        return _if_text(_legacy(content) or _replacing(content, "utf-8"))


def _replacing(content: bytes, encoding: str) -> DecodedText:
    text = content.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if not lost:
        return DecodedText(text, encoding)
    lines = [str(number) for number, line in enumerate(text.split("\n"), start=1) if "\ufffd" in line]
    shown = ", ".join(lines[:_NAMED_PLACES]) + (" …" if len(lines) > _NAMED_PLACES else "")
    repair = f"{lost} characters are not {encoding.upper()} and stand as \ufffd, in line {shown}"
    return DecodedText(text, encoding, (repair,))


def _reads_as_utf16(content: bytes, encoding: str) -> bool:
    sample = content[:4096]
    text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
    return len(_EXPECTED_IN_UTF16.findall(text)) >= _LEAST_EXPECTED_SHARE * len(text)


def _legacy(content: bytes) -> DecodedText | None:
    """A one-byte encoding, unless the bytes are UTF-8 but for a few."""
    if _is_mostly_utf8(content):
        return None
    # What a page declares is not asked: many declare latin-1 and are not, and the bytes tell.
    best = charset_normalizer.from_bytes(content[:_SAMPLED], cp_isolation=list(LEGACY_ENCODINGS)).best()
    return None if best is None else _replacing(content, best.encoding)


def _is_mostly_utf8(content: bytes) -> bool:
    """More of what lies beyond ASCII reads as UTF-8 than does not."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(1 for character in text if not character.isascii()) > 2 * broken


def _if_text(decoded: DecodedText) -> DecodedText | None:
    """Bytes that decode to control characters are a program or a picture, whatever their name says."""
    controls = len(_CONTROLS.findall(decoded.text))
    return decoded if controls <= _MOST_CONTROLS_SHARE * len(decoded.text) else None
