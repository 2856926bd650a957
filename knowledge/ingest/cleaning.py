"""Takes out what is not the article, by where it stands and by how it is worded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.ingest.bylines import Byline, read_byline
from knowledge.ingest.characters import clean_characters, has_words
from knowledge.ingest.document import Block, BlockKind
from knowledge.ingest.wording import find_wording
from knowledge.ingest.wordings import Reach
from knowledge.language import Language
from knowledge.text import fold

# A menu or a box of related titles is several short lines in a row; headings come one, at most two, at a time.
_MOST_HEADINGS_IN_A_ROW = 2
# Items of a menu are words; items of an article's list say something.
_FEWEST_WORDS_OF_A_TELLING_ITEM = 4
_FEWEST_WORDS_OF_A_TITLE = 4
_MOST_WORDS_OF_A_TITLE = 40
# Other articles that follow a page are excerpts; a box of titles within one is followed by most of the article.
_MOST_AFTER_CLOSING_TEASERS = 0.4
_TRUNCATED = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|lire (?:la suite|plus)|read more|اقرأ المزيد)\s*$", re.IGNORECASE)
_LABEL = re.compile(r"^(?:EN BREF|L[’']ESSENTIEL|À RETENIR|A RETENIR|KEY POINTS)\s*:?\s+(?=[A-ZÀ-Ý«])")
_TELLING = frozenset({BlockKind.PARAGRAPH, BlockKind.QUESTION_ANSWER})


@dataclass(frozen=True, slots=True)
class Article:
    """What is left of a file's contents, and what it was told apart from.

    Attributes:
        blocks: The article without its title, in reading order.
        title: The line above the text that is its title, None where none or several can be.
        above: Every line above the first paragraph, kept or dropped: the publisher's name may be one.
        bylines: In reading order.
    """

    blocks: tuple[Block, ...]
    dropped: tuple[str, ...]
    title: str | None
    above: tuple[str, ...]
    bylines: tuple[Byline, ...]


def article_of(blocks: Sequence[Block], language: Language | None, title: str | None = None) -> Article:
    """Keep the article of a page's blocks.

    Args:
        blocks: All of the page, in reading order.
        language: Of the page, for its bylines.
        title: As the file gives it outside the blocks; a block that repeats it is no part of the article.
    """
    return _Cleaning(language, title).run([block for raw in blocks if (block := _cleaned(raw)) is not None])


def _cleaned(block: Block) -> Block | None:
    text = _LABEL.sub("", clean_characters(block.text))
    return Block(block.kind, text) if has_words(text) else None


class _Cleaning:
    """One pass over the blocks of one page, first the wording, then the structure of what it leaves."""

    def __init__(self, language: Language | None, title: str | None) -> None:
        self._language = language
        self._title = fold(title) if title else None
        self._dropped: list[tuple[int, str]] = []
        self._bylines: list[tuple[int, Byline]] = []

    def run(self, blocks: list[Block]) -> Article:
        kept = self._by_structure(self._by_wording(list(enumerate(blocks))))
        first = next((place for place, block in kept if block.kind in _TELLING), None)
        first = len(blocks) if first is None else first
        head = [(place, block) for place, block in kept if place < first and block.kind is BlockKind.HEADING]
        bylines = self._bylines_of_the_article(head[-1][0] if head else -1)
        title = self._title_line(head)
        for place, block in head:
            if block.text != title:
                self._drop(place, block)
        body = tuple(block for place, block in kept if place >= first or block.kind is not BlockKind.HEADING)
        above = tuple(block.text for block in blocks[:first])
        return Article(body, tuple(text for _, text in sorted(self._dropped)), title, above, bylines)

    def _title_line(self, head: list[tuple[int, Block]]) -> str | None:
        """The line above the text that can be its title; of several, one that a byline follows or that stands twice."""
        lines = [(place, block.text) for place, block in head if _can_be_title(block.text)]
        texts = [text for _, text in lines]
        twice = [text for number, text in enumerate(texts) if text in texts[:number]]
        if twice:
            return twice[0] if len(set(twice)) == 1 else None
        followed = [text for place, text in lines if any(place + 1 == after for after, _ in self._bylines)]
        if len(lines) == 1 or len(followed) == 1:
            return (followed or texts)[0]
        return None

    def _drop(self, place: int, block: Block) -> None:
        self._dropped.append((place, block.text))

    def _by_wording(self, blocks: list[tuple[int, Block]]) -> list[tuple[int, Block]]:
        kept: list[tuple[int, Block]] = []
        total = sum(len(block.text) for _, block in blocks if block.kind in _TELLING)
        read = 0
        teasers = closed = False
        for place, block in blocks:
            rule = None if closed or block.kind is BlockKind.QUESTION_ANSWER else find_wording(block.text)
            if closed:
                self._drop(place, block)
            elif rule is not None:
                self._drop(place, block)
                teasers = rule.reach is Reach.TEASERS and _announces(block.text)
                ends = rule.reach is Reach.REST or teasers
                share = _MOST_AFTER_CLOSING_TEASERS if teasers or not _is_comments(rule.reason) else 1.0
                closed = ends and read > 0 and read >= (1 - share) * total
            elif (byline := read_byline(block.text, self._language)) is not None and (byline.labelled or not read):
                self._drop(place, block)
                self._bylines.append((place, byline))
            elif (teasers and (block.kind not in _TELLING or _TRUNCATED.search(block.text))) or self._repeats_title(
                block
            ):
                self._drop(place, block)
            else:
                teasers = False
                read += len(block.text) if block.kind in _TELLING else 0
                kept.append((place, block))
        return kept

    def _repeats_title(self, block: Block) -> bool:
        return self._title is not None and fold(block.text) == self._title

    def _by_structure(self, blocks: list[tuple[int, Block]]) -> list[tuple[int, Block]]:
        """Drop short lines in rows, lists of single words beside the article, and headings with nothing below."""
        telling = [number for number, (_, block) in enumerate(blocks) if block.kind in _TELLING]
        if not telling:
            return blocks
        kept: list[tuple[int, Block]] = []
        row: list[tuple[int, Block]] = []
        for number, (place, block) in enumerate(blocks):
            beside = not telling[0] < number < telling[-1]
            if block.kind is BlockKind.HEADING:
                row.append((place, block))
                continue
            led = bool(kept) and kept[-1][1].text.endswith(":")
            if beside and block.kind is BlockKind.LIST and not led and not _is_telling_list(block):
                self._drop(place, block)
                continue
            kept += self._headings(row, first=number <= telling[0])
            row = []
            kept.append((place, block))
        for place, block in row:
            self._drop(place, block)
        return kept

    def _headings(self, row: list[tuple[int, Block]], *, first: bool) -> list[tuple[int, Block]]:
        if first or len(row) <= _MOST_HEADINGS_IN_A_ROW:
            return row
        for place, block in row[:-1]:
            self._drop(place, block)
        return row[-1:]

    def _bylines_of_the_article(self, title_place: int) -> tuple[Byline, ...]:
        """A bare date before the title is the day on which the page was saved, as many sites show it."""
        return tuple(
            byline
            for place, byline in sorted(self._bylines, key=lambda item: item[0])
            if byline.labelled or place > title_place
        )


def _can_be_title(text: str) -> bool:
    words = len(text.split())
    return _FEWEST_WORDS_OF_A_TITLE <= words <= _MOST_WORDS_OF_A_TITLE and "\n" not in text


def _announces(text: str) -> bool:
    """Whether titles follow: "Lire aussi :" alone, not "Lire aussi : a title"."""
    before, colon, after = text.partition(":")
    return not has_words(after) if colon else len(before.split()) <= 6  # noqa: PLR2004 - a label, not a title


def _is_comments(reason: str) -> bool:
    return reason.startswith("comments")


def _is_telling_list(block: Block) -> bool:
    items = block.text.split("\n")
    return sum(len(item.split()) for item in items) >= _FEWEST_WORDS_OF_A_TELLING_ITEM * len(items)
