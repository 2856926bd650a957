"""An own article as `dalil add` leaves it, for tests that then break one thing in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from knowledge.ingest.writing import article_yaml
from knowledge.language import Language
from knowledge.library import Library, text_digest
from knowledge.model import Article, Passage, PassageKind, Reliability, Source

TEXT = "Le secteur emploie 148 500 personnes.\n\nIl exporte pour 26,2 milliards de dirhams."
ADDED = date(2026, 11, 21)


def own_article(article_id: str = "own", text: str = TEXT, **fields: Any) -> Article:
    """An article whose paragraphs are its passages."""
    passages = []
    start = 0
    for number, quote in enumerate(text.split("\n\n"), start=1):
        stretch = {"start": start, "end": start + len(quote)}
        passages.append(
            Passage(id=f"q{number}", kind=PassageKind.VERBATIM, text={Language.FR: quote}, heading="Titre", **stretch)
        )
        start += len(quote) + 2
    made = Article(
        id=article_id,
        title="Un titre",
        publisher="H24info",
        published="2024-05",
        language=Language.FR,
        reliability=Reliability.PRESS,
        topics=("exports",),
        passages=tuple(passages),
        source=Source(file="a.html", digest="0" * 64, text=text_digest(text)),
    )
    return made.model_copy(update=fields)


def add_to(folder: Path, article: Article, text: str = TEXT) -> Library:
    """Write an article into the library in a folder."""
    library = Library(folder)
    with library.only_writer():
        library.write(article, article_yaml(article), text, ADDED)
    return library
