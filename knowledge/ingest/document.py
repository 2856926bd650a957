"""What reading a file gives: the article's text in blocks, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from knowledge.language import Language

BLOCK_GAP = "\n\n"
"""What stands between two blocks of a cleaned text."""


class BlockKind(StrEnum):
    """What a block is. Lists, tables and questions with their answers are never cut apart."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    QUESTION_ANSWER = "question_answer"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article's own text.

    Attributes:
        text: Cleaned, not empty; items of a list, rows of a table, and a question and its answer are lines of it.
    """

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article as a file holds it; what the file does not say is None, and never guessed.

    Attributes:
        path: The file.
        digest: SHA-256 of its bytes, as hexadecimal.
        blocks: The article, in reading order, without its title.
        dropped: What was left out because it is not the article (menus, teasers), for the editor to see.
        published: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        url: The canonical address.
        language: Of the article's text; None where it is none of the three.
        repairs: What could not be read, such as characters of a broken encoding, and how it stands in the text.
        found_in: For each field that was found, what it was found in, such as ``JSON-LD datePublished``.
    """

    path: Path
    digest: str
    blocks: tuple[Block, ...]
    dropped: tuple[str, ...] = ()
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: Language | None = None
    repairs: tuple[str, ...] = ()
    found_in: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The cleaned text: every quote is an exact substring of it."""
        return BLOCK_GAP.join(block.text for block in self.blocks)
