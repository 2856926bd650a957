"""From what a file gives to an article: its id, its passages, and what an editor said of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import urlsplit

from knowledge.corpus import Corpus
from knowledge.errors import DocumentError
from knowledge.ingest.document import Document
from knowledge.ingest.figures import propose_figures
from knowledge.ingest.passages import cut_passages
from knowledge.language import Language
from knowledge.library import text_digest
from knowledge.model import Article, Passage, PassageKind, Reliability, Source
from knowledge.names import BETWEEN_WORDS, NameIndex
from knowledge.text import fold, words

TOPICS_AT_MOST = 3
LONGEST_ID = 60
WORDS_OF_TITLE = 5
UNKNOWN_DATE = "the file gives no date"
_GIVEN = "given by the editor"


@dataclass(frozen=True, slots=True)
class Details:
    """What the editor says of an article; it overrules what its file says."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: Language | None = None
    url: str | None = None
    topics: tuple[str, ...] = ()
    reliability: Reliability | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it would be added.

    Attributes:
        text: The cleaned text that its passages quote.
        missing: The fields that nobody gave, and those that were suggested, for the editor to look at.
    """

    article: Article
    text: str
    missing: tuple[str, ...]


def draft_article(
    document: Document, details: Details, corpus: Corpus, used: AbstractSet[str], article_id: str | None = None
) -> Draft:
    """Write an article from a document.

    Args:
        document: What the file gives.
        details: What the editor says.
        corpus: The lists of topics and metrics, and the publishers that are known.
        used: Ids that a new article may not have.
        article_id: The id of an article that is replaced; None makes a new one.

    Raises:
        DocumentError: The text is in none of the three languages, and the editor names none.
    """
    language = details.language or document.language
    if language is None:
        message = "is in none of French, Arabic and English, as far as can be told."
        raise DocumentError(document.path, message, "name the language: --language fr")
    publisher = details.publisher or document.publisher
    published = details.published or document.published
    title = details.title or document.title
    reliability = details.reliability or _known_reliability(publisher, corpus)
    topics = details.topics or suggest_topics(document.text, corpus)
    found = {
        "title": title,
        "publisher": publisher,
        "author": details.author or document.author,
        "published": published,
        "url": details.url or document.url,
    }
    missing = [name for name, value in found.items() if value is None]
    missing += [] if details.topics else [f"topics (taken from its words: {', '.join(topics)})"]
    missing += [] if reliability else ["reliability (taken as press)"]
    text = document.text
    article = Article(
        id=article_id or make_id(publisher, published, title, document.digest, used | corpus.articles.keys()),
        **found,
        date_basis=_date_basis(document, details, published),
        language=language,
        reliability=reliability or Reliability.PRESS,
        topics=topics,
        passages=_passages(document, text, language, corpus),
        source=Source(
            file=str(document.path.name).encode("utf-8", "replace").decode(),
            digest=document.digest,
            text=text_digest(text),
        ),
    )
    return Draft(article, text, tuple(missing))


def _passages(document: Document, text: str, language: Language, corpus: Corpus) -> tuple[Passage, ...]:
    passages = tuple(
        Passage(
            id=f"q{number}",
            kind=PassageKind.VERBATIM,
            text={language: cut.stretch.of(text)},
            heading=cut.heading,
            start=cut.stretch.start,
            end=cut.stretch.end,
        )
        for number, cut in enumerate(cut_passages(document.blocks, language), start=1)
    )
    return propose_figures(passages, text, language, corpus)


def _date_basis(document: Document, details: Details, published: str | None) -> str:
    if published is None:
        return UNKNOWN_DATE
    return _GIVEN if details.published else document.found_in.get("published", _GIVEN)


def make_id(
    publisher: str | None, published: str | None, title: str | None, digest: str, used: AbstractSet[str]
) -> str:
    """A new id, ``publisher-2026-01-subject`` as far as these are known and have Latin letters."""
    subject = "-".join(_slug(title or "").split("-")[:WORDS_OF_TITLE]) or digest[:8]
    parts: tuple[str, ...] = (_slug(publisher or ""), (published or "")[: len("YYYY-MM")], subject)
    if not (title or publisher):
        parts = ("article", *parts[1:])
    wanted = "-".join(part for part in parts if part)[:LONGEST_ID].strip("-")
    number, name = 1, wanted
    while name in used:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def suggest_topics(text: str, corpus: Corpus) -> tuple[str, ...]:
    """The topics whose metrics or names a text speaks of most, or else the one that shares most words with it."""
    named: Counter[str] = Counter()
    for mention in NameIndex.of(corpus.metrics, BETWEEN_WORDS).find(text):
        named[corpus.metrics[mention.id].topic] += 1
    names = {topic: (each.names.fr, each.names.ar, each.names.en) for topic, each in corpus.topics.items()}
    for mention in NameIndex(names, BETWEEN_WORDS).find(text):
        named[mention.id] += 1
    if named:
        return tuple(topic for topic, _ in named.most_common(TOPICS_AT_MOST))
    held = {word.folded for word in words(text)} - BETWEEN_WORDS
    shared = {
        topic: len(held & {word.folded for name in group for word in words(name)}) for topic, group in names.items()
    }
    return (max(shared, key=lambda topic: shared[topic]),)


def known_publishers(corpus: Corpus) -> dict[str, str]:
    """The publisher by the domain of its site, where the knowledge has one publisher for the domain."""
    publishers: dict[str, set[str]] = {}
    for article in corpus.articles.values():
        for url in filter(None, (article.url, *article.alt_urls)):
            domain = (urlsplit(url).hostname or "").removeprefix("www.")
            publishers.setdefault(domain, set()).update({article.publisher} if article.publisher else set())
    return {domain: names.pop() for domain, names in publishers.items() if domain and len(names) == 1}


def _known_reliability(publisher: str | None, corpus: Corpus) -> Reliability | None:
    known = {each.reliability for each in corpus.articles.values() if publisher and each.publisher == publisher}
    return known.pop() if len(known) == 1 else None
