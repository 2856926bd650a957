"""Everything we know in one place: the articles with the controlled lists, and the texts that they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.language import Language
from knowledge.model import Article, Disagreement, Entity, Metric, Passage, Topic


@dataclass(frozen=True, slots=True)
class Rendering:
    """A passage's text in one language: a row of the index.

    Attributes:
        context: What stands above the passage in its source, such as its heading; found by, and never shown.
    """

    passage_id: str
    language: Language
    text: str
    context: str = ""

    @property
    def embedded(self) -> str:
        """What the index embeds."""
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True)
class AskedAs:
    """A question that a passage answers, in one language: a row of the index as well.

    Attributes:
        n: Its place among the passage's questions in that language, 0 or more.
    """

    passage_id: str
    language: Language
    n: int
    text: str


@dataclass(frozen=True)
class Corpus:
    """Everything we know, validated."""

    articles: Mapping[str, Article]
    metrics: Mapping[str, Metric]
    entities: Mapping[str, Entity]
    topics: Mapping[str, Topic]
    disagreements: Mapping[str, Disagreement] = field(default_factory=dict)

    @cached_property
    def passages(self) -> Mapping[str, tuple[Article, Passage]]:
        """Every passage with its article, by global id ``article#p3``."""
        return {
            passage_id(article, passage): (article, passage)
            for article in self.articles.values()
            for passage in article.passages
        }

    @cached_property
    def renderings(self) -> tuple[Rendering, ...]:
        """Every passage in every language it has."""
        return tuple(
            Rendering(global_id, language, text, passage.heading or "")
            for global_id, (_, passage) in self.passages.items()
            for language, text in passage.text.items()
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256, as hexadecimal, over what an index is built from: every text by which a passage is found.

        Names, figures, titles and dates may change without an index growing stale.
        """
        total = hashlib.sha256()
        rows = sorted((r.passage_id, r.language, -1, r.embedded) for r in self.renderings)
        rows += sorted((q.passage_id, q.language, q.n, q.text) for q in self.questions)
        for row in rows:
            total.update("\0".join(map(str, row)).encode() + b"\0\0")
        return total.hexdigest()

    @cached_property
    def questions(self) -> tuple[AskedAs, ...]:
        """Every question that the passages say they answer."""
        return tuple(
            AskedAs(global_id, language, n, text)
            for global_id, (_, passage) in self.passages.items()
            for language, texts in passage.questions.items()
            for n, text in enumerate(texts)
        )


def passage_id(article: Article, passage: Passage) -> str:
    """The global id of a passage, ``article#p3``."""
    return f"{article.id}#{passage.id}"
