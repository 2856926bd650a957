"""What a file really is: its content decides, since names lie."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import Path

from knowledge.errors import DocumentError


class Kind(StrEnum):
    """A kind of file that can be read."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "DOCX"


READABLE = "give a text, Markdown, HTML, PDF or DOCX file."

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or WebP picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
    (b"bplist00", "a web archive of Safari"),
    (b"{\\rtf", "an RTF document"),
)
_PDF_HEADER_WITHIN = 1024
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
_SNIFFED = 20_000
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,5000}?-->\s*){0,3}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(r"</(?:p|div|span|article|section|h[1-6]|li|td|body)>|<br\s*/?>", re.IGNORECASE)
_LEAST_TAGS = 3
_MARKDOWN_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^#{1,4} \S",
        r"\[[^\]\n]{1,200}\]\(https?://[^)\s]{1,500}\)",
        r"\A---\n(?:[\w-]{1,40}:.*\n){1,40}---\n",
        r"\*\*[^*\n]{1,200}\*\*",
        r"^\|(?: ?:?-+:? ?\|)+$",
    )
)
_LEAST_MARKDOWN_SIGNS = 2


def binary_kind(path: Path, content: bytes) -> Kind | None:
    """PDF or DOCX by their first bytes; None where the content may be a text.

    Raises:
        DocumentError: The content is of a kind that holds no article, or one that is not read.
    """
    if b"%PDF-" in content[:_PDF_HEADER_WITHIN]:
        return Kind.PDF
    if content.startswith(_ZIP):
        return _zip_kind(path, content)
    if content.startswith(_OLD_OFFICE):
        message = "is a Word document of the old kind (.doc), or one with a password."
        raise DocumentError(path, message, "save it as DOCX, without a password.")
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise DocumentError(path, f"is {name}, whatever its name says.", READABLE)
    return None


def text_kind(path: Path, text: str) -> Kind:
    """Whether a text is HTML, Markdown or plain."""
    start = text[:_SNIFFED]
    if _HTML_START.match(start) or len(_HTML_TAG.findall(start)) >= _LEAST_TAGS:
        return Kind.HTML
    signs = sum(1 for sign in _MARKDOWN_SIGNS if sign.search(start))
    if path.suffix.lower() in _MARKDOWN_SUFFIXES or signs >= _LEAST_MARKDOWN_SIGNS:
        return Kind.MARKDOWN
    return Kind.TEXT


def _zip_kind(path: Path, content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        message = "begins as a ZIP archive (DOCX is one) and is damaged."
        raise DocumentError(path, message, "save or copy the file again.") from error
    if "word/document.xml" in names:
        return Kind.DOCX
    raise DocumentError(path, "is a ZIP archive and no DOCX document.", READABLE)
