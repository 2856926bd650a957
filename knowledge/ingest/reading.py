"""Reads one file as one article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.errors import DocumentError
from knowledge.ingest.claims import Claim, Contents, Field
from knowledge.ingest.cleaning import Article, article_of
from knowledge.ingest.document import Block, BlockKind, Document
from knowledge.ingest.docx import read_docx
from knowledge.ingest.encodings import decode
from knowledge.ingest.html import read_html
from knowledge.ingest.kinds import READABLE, Kind, binary_kind, text_kind
from knowledge.ingest.markdown import read_markdown
from knowledge.ingest.metadata import choose
from knowledge.ingest.pdf import read_pdf
from knowledge.ingest.plain import read_plain
from knowledge.ingest.questions import with_questions
from knowledge.language import Language, detect_language
from knowledge.text import fold

MEGABYTE = 1_000_000
LARGEST_FILE = 100 * MEGABYTE
"""Bytes of the largest file that is opened at all; scanned PDFs reach tens of megabytes."""
LARGEST_TEXT = 20 * MEGABYTE
"""Bytes of the largest text or HTML file; a page saved with its pictures stays below 10."""
LARGEST_TEXT_ALONE = 2 * MEGABYTE
"""Characters of such a file without the pictures written into it: a page of news has a tenth of it."""
_PICTURE = re.compile(r"data:[\w/+.;=-]{1,100},[\w/+=%-]+")
_READ_FOR_LANGUAGE = 5_000
_TEXT_READERS = {Kind.TEXT: read_plain, Kind.MARKDOWN: read_markdown, Kind.HTML: read_html}


def read_document(path: Path, publishers: Mapping[str, str] | None = None) -> Document:
    """Read a text, Markdown, HTML, PDF or DOCX file as one article. Nothing is fetched from the network.

    Args:
        path: The file; what it is, its content decides.
        publishers: Known publishers by the domain of their site, such as ``{"h24info.ma": "H24info"}``.

    Raises:
        DocumentError: The file holds no article that can be read; the error says why and what to do.
    """
    content = _content(path)
    contents = _contents(path, content)
    language = _language(contents.blocks)
    known = publishers or {}
    title = choose(contents.claims, known, language).get(Field.TITLE)
    article = article_of(contents.blocks, language, title.value if title else None)
    if not article.blocks:
        message = "holds no article: without menus and the like, no sentence is left."
        raise DocumentError(path, message, "open it and see; save the page again, with its text.")
    chosen = choose((*contents.claims, *_claims(article, known)), known, language)

    def value(field: Field) -> str | None:
        return chosen[field].value if field in chosen else None

    return Document(
        path=path,
        digest=hashlib.sha256(content).hexdigest(),
        blocks=with_questions(article.blocks, value(Field.TITLE)),
        dropped=(*contents.dropped, *article.dropped),
        language=_language(article.blocks),
        repairs=contents.repairs,
        title=value(Field.TITLE),
        publisher=value(Field.PUBLISHER),
        author=value(Field.AUTHOR),
        published=value(Field.PUBLISHED),
        url=value(Field.URL),
        found_in={field.value: claim.place for field, claim in chosen.items()},
    )


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise _too_large(path, size, LARGEST_FILE)
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(path, f"cannot be read: {error.strerror}.", "check the file.") from error
    if not content:
        raise DocumentError(path, "is empty.", "save or copy the file again.")
    return content


def _too_large(path: Path, size: int, limit: int) -> DocumentError:
    message = f"has {size / MEGABYTE:.0f} MB; {limit // MEGABYTE} MB of this kind are read at most."
    return DocumentError(path, message, "give the article alone, without its pictures.")


def _contents(path: Path, content: bytes) -> Contents:
    binary = binary_kind(path, content)
    if binary is not None:
        return (read_pdf if binary is Kind.PDF else read_docx)(path, content)
    if len(content) > LARGEST_TEXT:
        raise _too_large(path, len(content), LARGEST_TEXT)
    decoded = decode(content)
    if decoded is None:
        raise DocumentError(path, "is no text: it holds bytes that no text has.", READABLE)
    text = _PICTURE.sub("", decoded.text)
    if len(text) > LARGEST_TEXT_ALONE:
        raise _too_large(path, len(text), LARGEST_TEXT_ALONE)
    contents = _TEXT_READERS[text_kind(path, text)](text)
    return replace(contents, repairs=(*decoded.repairs, *contents.repairs))


def _claims(article: Article, publishers: Mapping[str, str]) -> tuple[Claim, ...]:
    """What the article's own head says: its title, its bylines, and a known publisher's name on a line of its own."""
    claims = [Claim(Field.TITLE, article.title, "the line above the text", shown=True)] if article.title else []
    for byline in article.bylines:
        if byline.author:
            claims.append(Claim(Field.AUTHOR, byline.author, "the byline", shown=True))
        if byline.published:
            claims.append(Claim(Field.PUBLISHED, byline.published, "the byline", shown=True))
    lines = {fold(line) for line in article.above}
    named = {name for name in publishers.values() if fold(name) in lines}
    if len(named) == 1:
        claims.append(Claim(Field.PUBLISHER, named.pop(), "a line above the text", shown=True))
    return tuple(claims)


def _language(blocks: Sequence[Block]) -> Language | None:
    """The language of what the article tells, read from its beginning."""
    text = " ".join(block.text for block in blocks if block.kind is not BlockKind.HEADING)
    detected = detect_language(text[:_READ_FOR_LANGUAGE])
    return detected if isinstance(detected, Language) else None
