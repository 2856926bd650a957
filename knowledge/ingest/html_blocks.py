"""Makes blocks of an HTML element: paragraphs, headings, lists and tables as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from knowledge.ingest.characters import clean_line
from knowledge.ingest.document import Block, BlockKind
from knowledge.ingest.lines import block_of_line, ends_sentence, unwrapped

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"})
_BLOCK_TAGS = (
    "address article aside blockquote body center dd details div dl fieldset figure footer form header hr html li main "
    "nav ol p pre section table tbody td tfoot th thead tr ul"
)
# What shows a reader nothing, or not the article.
_SKIPPED_TAGS = (
    "script style template noscript svg iframe object embed audio video canvas map button input select textarea option "
    "figcaption amp-ad amp-sidebar amp-consent amp-social-share"
)
_BLOCKS, _SKIPPED = _HEADINGS | frozenset(_BLOCK_TAGS.split()), frozenset(_SKIPPED_TAGS.split())
# A cell that holds this much places text on the page, as old pages do; it does not give a value.
_LONGEST_CELL = 400
# A line of which this share is link text points elsewhere.
_LINKED = 0.85
_WHITE = re.compile(r"\s+")


def html_blocks(element: HtmlElement) -> tuple[Block, ...]:
    """The blocks below an element, in reading order; lines that are links alone are left out."""
    return tuple(_Walk().run(element))


def is_data_table(table: HtmlElement) -> bool:
    """Whether a table gives values, rather than a place on the page."""
    rows = [row.xpath("./td|./th") for row in table.iter("tr")]
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2 or table.xpath("boolean(.//table|.//h1|.//article|.//form)"):  # noqa: PLR2004 - a grid
        return False
    return all(len(cell.text_content()) <= _LONGEST_CELL for cell in cells)


class _Walk:
    """Walks over a tree without recursion, since pages nest without end, and gathers text between block tags."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._linked = 0
        self._links = 0
        self._open: list[str] = []
        self._items: list[str] = []
        self._items_linked = 0

    def run(self, root: HtmlElement) -> Iterator[Block]:
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            tag = element.tag
            if event in {"comment", "pi"}:
                self._add(element.tail)
            elif event == "start" and (tag in _SKIPPED or (tag == "table" and is_data_table(element))):
                if tag == "table":
                    yield from self._flush()
                    yield Block(BlockKind.TABLE, _table(element))
                walk.skip_subtree()
                self._open.append("skipped")
            elif event == "start":
                yield from self._start(tag, element)
            else:
                if self._open and self._open[-1] == "skipped" and (tag in _SKIPPED or tag == "table"):
                    self._open.pop()
                else:
                    yield from self._end(tag)
                if element is not root:
                    self._add(element.tail)
        yield from self._flush()
        yield from self._flush_list()

    def _start(self, tag: str, element: HtmlElement) -> Iterator[Block]:
        if tag in _BLOCKS:
            yield from self._flush()
            if tag != "li" and not self._in_list():
                yield from self._flush_list()
            self._open.append(tag)
        elif tag == "br":
            self._text.append("\n")
        elif tag == "a":
            self._links += 1
        self._add(element.text)

    def _end(self, tag: str) -> Iterator[Block]:
        if tag in _BLOCKS:
            yield from self._flush()
            if self._open:
                self._open.pop()
            if tag in {"ul", "ol"} and not self._in_list():
                yield from self._flush_list()
        elif tag == "a":
            self._links -= 1

    def _in_list(self) -> bool:
        return "li" in self._open

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(_WHITE.sub(" ", text))
            self._linked += len(text.strip()) if self._links else 0

    def _flush(self) -> Iterator[Block]:
        text, linked = "".join(self._text), self._linked
        self._text, self._linked = [], 0
        lines = [clean_line(line) for line in text.split("\n")]
        length = sum(map(len, lines))
        if not length:
            return
        if linked >= _LINKED * length and not self._in_list():
            return
        if self._in_list():
            self._items.append(" ".join(line for line in lines if line))
            self._items_linked += linked
            return
        yield from self._flush_list()
        for line in unwrapped(lines):
            if not line:
                continue
            if any(tag in _HEADINGS for tag in self._open[-2:]):
                yield Block(BlockKind.HEADING, line)
            elif "p" in self._open[-1:] and ends_sentence(line):
                yield Block(BlockKind.PARAGRAPH, line)
            else:
                yield block_of_line(line)

    def _flush_list(self) -> Iterator[Block]:
        items, linked = self._items, self._items_linked
        self._items, self._items_linked = [], 0
        if items and linked < _LINKED * sum(map(len, items)):
            yield Block(BlockKind.LIST, "\n".join(items))


def _table(table: HtmlElement) -> str:
    rows = ([clean_line(cell.text_content()) for cell in row.xpath("./td|./th")] for row in table.iter("tr"))
    return "\n".join(" | ".join(filter(None, row)) for row in rows if any(row))
