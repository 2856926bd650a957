"""Reads an HTML page: trafilatura finds the article's text, this makes blocks of it."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from knowledge.ingest.characters import clean_line
from knowledge.ingest.claims import Contents
from knowledge.ingest.document import Block, BlockKind
from knowledge.ingest.html_claims import html_claims
from knowledge.ingest.questions import with_questions

# What never holds the article's own text, whatever trafilatura makes of the page around it.
_NEVER_THE_ARTICLE = (
    "//script|//style|//template|//svg|//iframe|//object|//noscript|//button|//input|//select|//textarea"
    "|//*[@hidden or @aria-hidden='true' or contains(translate(@style, ' ', ''), 'display:none')]"
)


def read_html(text: str) -> Contents:
    """Find the article of a page and what the page says of it. No link of it is followed."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        page = lxml.html.document_fromstring(text.replace("\x00", "").encode(), parser=parser)
    except etree.ParserError:
        return Contents(())
    claims = html_claims(page)
    for element in page.xpath(_NEVER_THE_ARTICLE):
        if element.getparent() is not None:
            element.drop_tree()
    found = trafilatura.bare_extraction(page, favor_recall=True, include_comments=False, include_tables=True)
    blocks = tuple(_blocks(found.body)) if found is not None and found.body is not None else ()
    return Contents(with_questions(blocks), claims)


def _blocks(body: HtmlElement) -> Iterator[Block]:
    for element in body:
        if element.tag == "list":
            items = [line for item in element.iter("item") if (line := clean_line(_text(item)))]
            yield Block(BlockKind.LIST, "\n".join(items))
        elif element.tag == "table":
            yield from _table(element)
        elif element.tag == "head":
            yield Block(BlockKind.HEADING, clean_line(_text(element)))
        elif element.tag in {"quote", "div"} and len(element):
            yield from _blocks(element)
        else:
            for line in _text(element).split("\n"):
                yield Block(BlockKind.PARAGRAPH, clean_line(line))


def _table(element: HtmlElement) -> Iterator[Block]:
    rows = [[clean_line(_text(cell)) for cell in row.iter("cell")] for row in element.iter("row")]
    rows = [[cell for cell in row if cell] for row in rows]
    if all(len(row) <= 1 for row in rows):  # a table that only places text on the page
        for row in rows:
            yield from (Block(BlockKind.PARAGRAPH, cell) for cell in row)
    else:
        yield Block(BlockKind.TABLE, "\n".join(" | ".join(row) for row in rows if row))


def _text(element: HtmlElement) -> str:
    """The text below an element; a line break is one."""
    pieces = [element.text or ""]
    for child in element:
        pieces.append("\n" if child.tag == "lb" else _text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
