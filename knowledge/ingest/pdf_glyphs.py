"""The signs on the pages of a PDF, with their places. The only module that imports pypdfium2."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from knowledge.errors import DocumentError

MOST_PAGES = 300
"""Pages of the longest PDF that is read: an article, a report, no book."""
_UPRIGHT = 0.1
# A sign drawn twice, a little aside, is how some programs make it bold.
_SAME_PLACE = 0.05
_LINE_END_HYPHEN = 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign as it stands on a page; lengths in points, from the page's lower left corner.

    Attributes:
        left: Where it begins.
        right: Where the next one may begin.
        base: The height of its base line.
        size: Of its font.
        weight: Of its font, from 100 to 900, or -1 where the font does not tell.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    weight: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        glyphs: In the order in which they are drawn, blanks left out: programs set them as they like.
        has_pictures: Whether it shows a picture, as scanned pages do.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    has_pictures: bool


def read_pages(path: Path, content: bytes) -> tuple[Page, ...]:
    """Read every page of a PDF.

    Raises:
        DocumentError: It needs a password, is damaged, or has too many pages.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            message = "is a PDF that opens with a password only."
            raise DocumentError(path, message, "save it without a password (print it to PDF).") from error
        raise DocumentError(path, "is a damaged PDF.", "save or copy the file again.") from error
    try:
        if len(document) > MOST_PAGES:
            message = f"has {len(document)} pages; {MOST_PAGES} are read at most."
            raise DocumentError(path, message, "give the article's pages alone.")
        return tuple(_page(document[number]) for number in range(len(document)))
    except pypdfium2.PdfiumError as error:
        raise DocumentError(path, "is a damaged PDF.", "save or copy the file again.") from error
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> Page:
    text = page.get_textpage()
    try:
        pictures = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))
        return Page(page.get_width(), page.get_height(), tuple(_glyphs(text)), pictures)
    finally:
        text.close()
        page.close()


def _glyphs(text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    box = raw.FS_RECTF()
    x, base = ctypes.c_double(), ctypes.c_double()
    last: Glyph | None = None
    for number in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, number)
        sign = "-" if code == _LINE_END_HYPHEN else chr(code) if code <= 0x10FFFF else ""  # noqa: PLR2004 - the last code point
        if not sign.strip() or (raw.FPDFText_IsGenerated(text, number) == 1 and sign != "-"):
            continue
        if abs(raw.FPDFText_GetCharAngle(text, number)) > _UPRIGHT:
            continue  # a watermark, or a note along the margin
        raw.FPDFText_GetLooseCharBox(text, number, box)
        raw.FPDFText_GetCharOrigin(text, number, x, base)
        size = abs(raw.FPDFText_GetFontSize(text, number))
        glyph = Glyph(sign, box.left, box.right, base.value, size, raw.FPDFText_GetFontWeight(text, number))
        if last is None or not _is_shadow(glyph, last):
            yield glyph
        last = glyph


def _is_shadow(glyph: Glyph, last: Glyph) -> bool:
    near = _SAME_PLACE * glyph.size
    return glyph.text == last.text and abs(glyph.left - last.left) < near and abs(glyph.base - last.base) < near
