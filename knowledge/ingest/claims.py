"""What a file says of its article, each claim with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.ingest.document import Block


class Field(StrEnum):
    """A field of a Document that a file may claim; the value is the Document's name for it."""

    TITLE = "title"
    PUBLISHER = "publisher"
    AUTHOR = "author"
    PUBLISHED = "published"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Claim:
    """One field as one place gives it.

    Attributes:
        value: Cleaned; a date is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        place: Where it stands, such as ``JSON-LD datePublished``.
        shown: Whether readers of the article see it, as a byline; otherwise machines alone do.
    """

    field: Field
    value: str
    place: str
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """What the reader of one format found, before what is not the article is taken out.

    Attributes:
        blocks: In reading order, the title among them where the format does not tell it apart.
        claims: The most trusted first.
        dropped: What the format itself marks as no part of the article.
        repairs: What could not be read.
    """

    blocks: tuple[Block, ...]
    claims: tuple[Claim, ...] = ()
    dropped: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
