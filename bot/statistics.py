"""Counts what the knowledge holds, and finds what it lacks: where an editor should go on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from bot.answering.figures import DatedFigure, FigureBook
from knowledge.corpus import Corpus
from knowledge.model import Article, FigureStatus, Metric, MetricKind, Review
from knowledge.periods import Span, year_span

OLD_AFTER_DAYS = 2 * 365
"""A metric whose latest value reached ended longer ago wants a new source."""
ARTICLES_AT_LEAST = 2
"""A topic with fewer rests on one source."""
UNKNOWN = "unknown"
"""How a publisher is counted that an added article does not name."""
YEARLY = ("offshoring_export_revenue", "offshoring_jobs")
"""The two that readers ask for by year; a knowledge folder without them has no such gap."""


@dataclass(frozen=True, slots=True)
class Articles:
    """How many articles there are, and of which kinds; years are those of publication."""

    total: int
    by_year: Mapping[str, int]
    undated: int
    by_language: Mapping[str, int]
    by_publisher: Mapping[str, int]
    by_reliability: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Value:
    """A value with what it is about; dates as YYYY-MM-DD, null where no source gives them."""

    value: Decimal
    unit: str
    start: str | None
    end: str | None
    entity: str | None
    passage: str


@dataclass(frozen=True, slots=True)
class MetricFigures:
    """The accepted figures of a metric.

    Attributes:
        figures: All of them.
        targets: Of these, the values aimed at.
        undated: Of these, those whose period no source gives.
        first_year: The first year in which a period ends, targets included.
        last_year: The last one.
        latest: Of the values reached by today, the one of the latest period, as answers choose it.
    """

    figures: int
    targets: int
    undated: int
    first_year: int | None
    last_year: int | None
    latest: Value | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the knowledge lacks; ids of metrics, articles, topics and disagreements.

    Attributes:
        metrics_only_undated: No value that was reached has a period, so none can be called the latest.
        metrics_old: With the last day of the latest value reached.
        years_without_value: For each of `YEARLY`, the whole years after its first value that have none.
        topics_thin: With how many articles they have.
    """

    metrics_without_figure: tuple[str, ...]
    metrics_only_targets: tuple[str, ...]
    metrics_only_undated: tuple[str, ...]
    metrics_old: Mapping[str, str]
    years_without_value: Mapping[str, tuple[int, ...]]
    articles_without_date: tuple[str, ...]
    articles_without_title: tuple[str, ...]
    topics_thin: Mapping[str, int]
    disagreements_without_reason: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that `dalil stats` says.

    Attributes:
        figures_by_year: Accepted figures by the year in which their period ends.
        figures_undated: Those whose period no source gives.
        figures_proposed: Not accepted yet, so not counted elsewhere and never answered with.
        metrics: Every metric, in the order of its list.
    """

    today: str
    articles: Articles
    passages: int
    figures: int
    figures_by_year: Mapping[str, int]
    figures_undated: int
    figures_proposed: int
    metrics: Mapping[str, MetricFigures]
    gaps: Gaps

    def to_json(self) -> str:
        """All of it as one line of JSON; values are numbers."""
        return json.dumps(asdict(self), ensure_ascii=False, default=_number)


def gather(corpus: Corpus, today: date) -> Statistics:
    """Count a corpus.

    Args:
        corpus: What to count.
        today: What is old, and what lies in the future, is told by it.
    """
    book = FigureBook(corpus)
    by_metric = {name: book.of(name) for name in corpus.metrics}
    accepted = [figure for figures in by_metric.values() for figure in figures]
    reviews = [figure.review for _, passage in corpus.passages.values() for figure in passage.figures]
    return Statistics(
        today=today.isoformat(),
        articles=_articles(corpus.articles.values()),
        passages=len(corpus.passages),
        figures=len(accepted),
        figures_by_year=_ordered(str(figure.span.end.year) for figure in accepted if figure.span),
        figures_undated=sum(figure.span is None for figure in accepted),
        figures_proposed=reviews.count(Review.PROPOSED),
        metrics={name: _metric(figures, today) for name, figures in by_metric.items()},
        gaps=_gaps(corpus, by_metric, today),
    )


def _articles(articles: Iterable[Article]) -> Articles:
    articles = tuple(articles)
    return Articles(
        total=len(articles),
        by_year=_ordered(article.published[:4] for article in articles if article.published),
        undated=sum(article.published is None for article in articles),
        by_language=_ranked(article.language.value for article in articles),
        by_publisher=_ranked(article.publisher or UNKNOWN for article in articles),
        by_reliability=_ranked(article.reliability.value for article in articles),
    )


def _metric(figures: Sequence[DatedFigure], today: date) -> MetricFigures:
    years = [dated.span.end.year for dated in figures if dated.span]
    return MetricFigures(
        figures=len(figures),
        targets=sum(dated.figure.status is FigureStatus.TARGET for dated in figures),
        undated=len(figures) - len(years),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        latest=_value(latest) if (latest := _latest(figures, today)) else None,
    )


def _reached(figures: Iterable[DatedFigure]) -> list[DatedFigure]:
    """Values that are no targets; a change from one year to the next is reached too."""
    return [dated for dated in figures if dated.figure.status is not FigureStatus.TARGET]


def _latest(figures: Iterable[DatedFigure], today: date) -> DatedFigure | None:
    """A forecast lies in the future and is not the latest; of one and the same period, the whole before its parts."""
    begun = [dated for dated in _reached(figures) if dated.span is None or dated.span.start <= today]
    return max(begun, key=lambda dated: (dated.recency[0], dated.figure.entity is None, dated.recency), default=None)


def _value(dated: DatedFigure) -> Value:
    return Value(
        value=Decimal(str(dated.figure.value)),
        unit=dated.figure.unit.value,
        start=dated.span.start.isoformat() if dated.span else None,
        end=dated.span.end.isoformat() if dated.span else None,
        entity=dated.figure.entity,
        passage=dated.passage_id,
    )


def _gaps(corpus: Corpus, by_metric: Mapping[str, Sequence[DatedFigure]], today: date) -> Gaps:
    latest = {name: _latest(figures, today) for name, figures in by_metric.items()}
    ends = {name: dated.span.end for name, dated in latest.items() if dated and dated.span}
    carried = Counter(topic for article in corpus.articles.values() for topic in article.topics)
    return Gaps(
        metrics_without_figure=tuple(name for name, figures in by_metric.items() if not figures),
        metrics_only_targets=tuple(name for name, figures in by_metric.items() if figures and not _reached(figures)),
        metrics_only_undated=tuple(name for name, dated in latest.items() if dated and not dated.span),
        metrics_old={name: str(end) for name, end in ends.items() if (today - end).days > OLD_AFTER_DAYS},
        years_without_value={
            name: _years_without(corpus.metrics[name], by_metric[name], today)
            for name in YEARLY
            if name in corpus.metrics
        },
        articles_without_date=tuple(name for name, each in corpus.articles.items() if each.published is None),
        articles_without_title=tuple(name for name, each in corpus.articles.items() if each.title is None),
        topics_thin={topic: carried[topic] for topic in corpus.topics if carried[topic] < ARTICLES_AT_LEAST},
        disagreements_without_reason=tuple(name for name, each in corpus.disagreements.items() if each.reason is None),
    )


def _years_without(metric: Metric, figures: Iterable[DatedFigure], today: date) -> tuple[int, ...]:
    """The years between the first value and the last whole year for which the sector as a whole has none."""
    spans = [dated.span for dated in _reached(figures) if dated.span and dated.figure.entity is None]
    held = {span.end.year for span in spans if _speaks_of_its_year(span, metric.kind)}
    return tuple(year for year in range(min(held), today.year) if year not in held) if held else ()


def _speaks_of_its_year(span: Span, kind: MetricKind) -> bool:
    """A level holds for the year in which it was counted; a sum only if it covers the whole year and no other."""
    if kind is MetricKind.STOCK:
        return span.start.year == span.end.year
    return span == year_span(span.end.year)


def _ordered(keys: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(keys).items()))


def _ranked(keys: Iterable[str]) -> dict[str, int]:
    """Most frequent first, then by name."""
    return dict(sorted(Counter(keys).items(), key=lambda item: (-item[1], item[0])))


def _number(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no place in the statistics")
    return int(value) if value == value.to_integral_value() else float(value)
