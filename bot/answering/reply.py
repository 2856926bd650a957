"""A reply as a small document, before it is written as plain text or as a messenger's markup."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a span looks."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    """Something to be copied as it is."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; with ``url`` it is a link."""

    text: str
    style: Style = Style.PLAIN
    url: str | None = None


class BlockKind(StrEnum):
    """What a block is: a statement, a text that a messenger may fold, where they come from, or Dalil speaking."""

    STATEMENT = "statement"
    FOLDED = "folded"
    SOURCE = "source"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. A source line is never torn apart when a reply is split into messages.

    Attributes:
        context: Whether it says more than was asked, and is left out of a short reply.
    """

    spans: tuple[Span, ...]
    kind: BlockKind = BlockKind.NOTE
    context: bool = False

    @property
    def text(self) -> str:
        """The block without markup; a link's address follows its text."""
        return "".join(span.text if not span.url else f"{span.text} ({span.url})" for span in self.spans)


@dataclass(frozen=True, slots=True)
class Reply:
    """Paragraphs in reading order."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The reply as a reader sees it, without markup; source lines stand right under their statement."""
        text = ""
        for block in self.blocks:
            gap = "" if not text else "\n" if block.kind is BlockKind.SOURCE else "\n\n"
            text += gap + block.text
        return text


def note(text: str) -> Block:
    """A paragraph in which Dalil speaks for itself."""
    return Block((Span(text),), BlockKind.NOTE)
