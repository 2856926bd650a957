"""Reads a DOCX document. The only module that imports python-docx."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from knowledge.errors import DocumentError
from knowledge.ingest.characters import clean_line, has_words
from knowledge.ingest.claims import Claim, Contents, Field
from knowledge.ingest.document import Block, BlockKind
from knowledge.ingest.lines import BULLET, block_of_line, ends_sentence

LARGEST_UNPACKED = 200_000_000
"""Bytes of all parts together, unpacked: an article with pictures has some tens of millions."""
LARGEST_TEXT_PART = 30_000_000
"""Bytes of one part that is text, unpacked: a book has three millions."""
MOST_PARTS = 5_000
# XML packs about tenfold; a bomb, a thousandfold.
_HIGHEST_RATIO = 200
_SMALL = 1_000_000
_TEXT_PARTS = (".xml", ".rels")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_DAMAGED = (
    OpcError, etree.LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError,
    IndexError, NotImplementedError, RuntimeError, EOFError, OSError,
)  # fmt: skip


def read_docx(path: Path, content: bytes) -> Contents:
    """Read the text of a DOCX document: its body with tracked insertions, without heads, feet and notes.

    What its properties say is not asked: they name the program's user more often than the author.

    Raises:
        DocumentError: It unpacks to more than an article can, declares entities, or is damaged.
    """
    try:
        _refuse_bomb(path, content)
        blocks, title = _blocks(docx.Document(io.BytesIO(content)))
    except _DAMAGED as error:
        raise DocumentError(
            path, "is a damaged DOCX document.", "open it in a word processor and save it again."
        ) from error
    claims = (Claim(Field.TITLE, title, "the paragraph with the style of a title", shown=True),) if title else ()
    return Contents(tuple(blocks), claims)


def _refuse_bomb(path: Path, content: bytes) -> None:
    """Look at the sizes that the archive states, and at what its parts declare, before anything is parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        large = [
            part for part in parts if part.file_size > _SMALL and part.file_size > _HIGHEST_RATIO * part.compress_size
        ]
        texts = [part for part in parts if part.filename.lower().endswith(_TEXT_PARTS)]
        if (
            len(parts) > MOST_PARTS
            or large
            or sum(part.file_size for part in parts) > LARGEST_UNPACKED
            or any(part.file_size > LARGEST_TEXT_PART for part in texts)
        ):
            message = "is a DOCX document that unpacks to far more than an article (a ZIP bomb)."
            raise DocumentError(path, message, "do not open it; ask whoever sent it.")
        for part in texts:
            if any(doctype in archive.read(part) for doctype in _DOCTYPES):
                message = "is a DOCX document that declares XML entities, which no word processor writes."
                raise DocumentError(path, message, "do not open it; ask whoever sent it.")


def _blocks(document: Any) -> tuple[list[Block], str | None]:
    blocks: list[Block] = []
    titles: list[str] = []
    headings: list[str] = []
    for element in document.element.body.iter(qn("w:p"), qn("w:tbl")):
        if any(parent.tag in {qn("w:tbl"), qn("w:txbxContent")} for parent in element.iterancestors()):
            continue
        if element.tag == qn("w:tbl"):
            blocks.append(Block(BlockKind.TABLE, "\n".join(_rows(element))))
            continue
        style = str(getattr(Paragraph(element, document).style, "name", None) or "").lower()
        for text in filter(has_words, map(clean_line, _text(element).split("\n"))):
            if style == "title":
                titles.append(text)
            elif style.startswith("heading"):
                headings += [text] if style == "heading 1" else []
                blocks.append(Block(BlockKind.HEADING, text))
            elif (
                element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
                or style.startswith("list")
                or BULLET.match(text)
            ):
                _add_item(blocks, BULLET.sub("", text))
            elif not style.startswith(("toc", "caption", "header", "footer")):
                blocks.append(Block(BlockKind.PARAGRAPH, text) if ends_sentence(text) else block_of_line(text))
    first = next((block for block in blocks if block.kind is not BlockKind.HEADING), None)
    if not titles and len(headings) == 1 and blocks and blocks[0].text == headings[0] and first is not None:
        titles = headings
    return blocks, " ".join(titles) or None


def _add_item(blocks: list[Block], item: str) -> None:
    if blocks and blocks[-1].kind is BlockKind.LIST:
        blocks[-1] = Block(BlockKind.LIST, f"{blocks[-1].text}\n{item}")
    else:
        blocks.append(Block(BlockKind.LIST, item))


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter(qn("w:tr")):
        cells = (clean_line(" ".join(map(_text, cell.iter(qn("w:p"))))) for cell in row.iterchildren(qn("w:tc")))
        if text := " | ".join(filter(has_words, cells)):
            yield text


def _text(paragraph: Any) -> str:
    """What a paragraph says with its changes accepted; a line break is one."""
    pieces: list[str] = []
    for element in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")):
        if any(parent.tag in {qn("w:txbxContent"), qn("w:tabs")} for parent in element.iterancestors()):
            continue
        signs = {qn("w:tab"): " ", qn("w:noBreakHyphen"): "-", qn("w:t"): element.text or ""}
        pieces.append(signs.get(element.tag, "\n"))
    return "".join(pieces)
