"""A corpus made by hand, small enough that a test can say what stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from index.model import EmbeddedQuery, Hit, Likeness
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import (
    Aliases,
    Article,
    Bound,
    Disagreement,
    Entity,
    EntityKind,
    Figure,
    FigureStatus,
    Localized,
    Metric,
    MetricKind,
    Passage,
    PassageKind,
    Period,
    PeriodBasis,
    Reliability,
    Review,
    Topic,
    Unit,
)


def same(text: str) -> Localized:
    """One wording for all three languages."""
    return Localized(fr=text, ar=text, en=text)


METRICS: Mapping[str, Metric] = {
    "exports": Metric(
        topic="exports",
        unit=Unit.MAD,
        kind=MetricKind.FLOW,
        names=same("exports"),
        definitions=same("."),
        related=("turnover",),
    ),
    "turnover": Metric(
        topic="exports", unit=Unit.MAD, kind=MetricKind.FLOW, names=same("turnover"), definitions=same(".")
    ),
    "jobs": Metric(topic="jobs", unit=Unit.JOBS, kind=MetricKind.STOCK, names=same("jobs"), definitions=same(".")),
    "growth": Metric(
        topic="exports", unit=Unit.PERCENT, kind=MetricKind.GROWTH, names=same("growth"), definitions=same(".")
    ),
}
ENTITIES: Mapping[str, Entity] = {
    "morocco": Entity(kind=EntityKind.PLACE, names=same("Morocco")),
    "apebi": Entity(
        kind=EntityKind.ORGANISATION,
        names=same("APEBI"),
        aliases=Aliases(en=("Federation of technology",)),
    ),
    "cgem": Entity(kind=EntityKind.ORGANISATION, names=same("CGEM")),
    "le-matin": Entity(kind=EntityKind.ORGANISATION, names=same("Le Matin")),
    "mezzour": Entity(kind=EntityKind.PERSON, names=Localized(fr="Ghita Mezzour", ar="غيثة مزور", en="Ghita Mezzour")),
    "gitex": Entity(kind=EntityKind.EVENT, names=same("GITEX")),
}
TOPICS: Mapping[str, Topic] = {
    name: Topic(
        names=Localized(fr=f"{name} en français", ar=f"{name} بالعربية", en=f"{name} in English"),
        examples=Localized(fr=f"Combien, {name} ?", ar=f"كم {name}؟", en=f"How many {name}?"),
    )
    for name in ("jobs", "exports", "ranks", "parks", "training")
}


def make_figure(
    metric: str,
    value: float,
    *,
    start: str | None = None,
    end: str | None = None,
    status: FigureStatus = FigureStatus.ACTUAL,
    said_by: str | None = None,
    unit: Unit | None = None,
    basis: PeriodBasis | None = None,
    words: Localized | None = None,
    entity: str | None = None,
    bound: Bound | None = None,
    review: Review = Review.ACCEPTED,
) -> Figure:
    """A figure in the unit of its metric, of a stated period if it has one, unless the fields say otherwise."""
    basis = basis or (PeriodBasis.STATED if start else PeriodBasis.UNKNOWN)
    return Figure(
        metric=metric,
        value=value,
        unit=unit or METRICS[metric].unit,
        period=Period(start=start, end=end or start, basis=basis, words=words),
        status=status,
        said_by=said_by,
        entity=entity,
        bound=bound,
        review=review,
    )


def make_summary(text: str = "A sentence.", *, id: str = "p1", **fields: Any) -> Passage:  # noqa: A002 - the field's name
    """A summary with one text in all three languages, unless `texts` gives them."""
    texts = fields.pop("texts", dict.fromkeys(Language, text))
    return Passage(id=id, kind=PassageKind.SUMMARY, text=texts, **fields)


def make_quote(text: str, language: Language, *, id: str = "p1", **fields: Any) -> Passage:  # noqa: A002 - the field's name
    """A verbatim passage, in the source's language alone."""
    return Passage(id=id, kind=PassageKind.VERBATIM, text={language: text}, **fields)


def make_article(*passages: Passage, **fields: Any) -> Article:
    """A press article in French, published in May 2024 unless `fields` says otherwise."""
    defaults: dict[str, Any] = {
        "id": "a",
        "title": "Le titre",
        "publisher": "H24",
        "published": "2024-05",
        "language": Language.FR,
        "url": "https://example.org/a",
        "reliability": Reliability.PRESS,
        "topics": ("jobs",),
        "passages": passages or (make_summary(),),
    }
    return Article(**{**defaults, **fields})


def make_corpus(
    *articles: Article,
    metrics: Mapping[str, Metric] | None = None,
    disagreements: Mapping[str, Disagreement] | None = None,
) -> Corpus:
    """A corpus of these articles, with the metrics (unless others are given), entities and topics above."""
    held = {article.id: article for article in articles}
    return Corpus(held, metrics or METRICS, ENTITIES, TOPICS, disagreements or {})


def make_hit(passage_id: str, *, rank: int = 1, likeness: float = 0.5) -> Hit:
    """A hit that is as near in every respect."""
    near = Likeness(likeness, likeness, likeness)
    return Hit(passage_id, Language.EN, near, near, rank)


class KnownHits:
    """Stands where the Retriever stands, and finds what it was given."""

    def __init__(self, hits: Sequence[Hit] = ()) -> None:
        self.hits = tuple(hits)
        self.embedded: list[str] = []

    def embed(self, query: Any) -> EmbeddedQuery:
        self.embedded.append(query.text)
        return EmbeddedQuery(np.ones(2, dtype=np.float32), None)

    def token_vectors(self, passage_id: str, language: Language) -> None:
        """There are none: nothing was embedded."""

    def search(self, query: EmbeddedQuery, k: int, also: Iterable[str] = ()) -> tuple[Hit, ...]:
        assert query.vector.ndim == 1
        wanted = set(also)
        return (*self.hits[:k], *(hit for hit in self.hits[k:] if hit.passage_id in wanted))
