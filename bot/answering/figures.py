"""Every accepted figure of the knowledge with its source and its days, and what it means that two agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import (
    Article,
    Bound,
    Disagreement,
    Figure,
    FigureStatus,
    Metric,
    MetricKind,
    Passage,
    PeriodBasis,
    Unit,
)
from knowledge.names import NameIndex
from knowledge.periods import Span, parse_partial_date

SIGNIFICANT_DIGITS = 2
"""A rounder figure agrees with a finer one from this many digits on: 17.9 and 18 billion, but not 10 and 10.5."""

_EXACT_UNITS = frozenset({Unit.RANK, Unit.PLACES, Unit.DEALS})
REACHED = frozenset({FigureStatus.ACTUAL, FigureStatus.ESTIMATE})
"""What is or was, as against what is aimed at."""


def is_summed(metric: Metric) -> bool:
    """Whether a metric is money summed over a period; the visitors of a fair in its year are those of its week."""
    return metric.kind is MetricKind.FLOW and metric.unit in {Unit.MAD, Unit.USD, Unit.EUR}


@dataclass(frozen=True, slots=True, eq=False)
class DatedFigure:
    """A figure where it stands.

    Attributes:
        passage_id: Global id, ``article#p3``.
        span: The days that it is about; None where no source says.
        speakers: Ids of everybody it can be attributed to: who says it, and who publishes it.
        summed: Whether it is money summed over its days, so that it says nothing about a part of them.
    """

    passage_id: str
    article: Article
    passage: Passage
    figure: Figure
    span: Span | None
    speakers: frozenset[str]
    summed: bool

    @property
    def subject(self) -> tuple[str, str | None, bool]:
        """What it is of: metric, entity, and whether it is aimed at."""
        return (self.figure.metric, self.figure.entity, self.figure.status is FigureStatus.TARGET)

    @property
    def stated(self) -> bool:
        """Whether the source gives the period of the value, and not only the date of the statement."""
        return self.figure.period.basis is PeriodBasis.STATED

    @property
    def recency(self) -> tuple[date, bool, str]:
        """What the later of two figures is sorted by: period, then a stated one, then the article's date."""
        end = self.span.end if self.span else date.min
        return (end, self.stated, self.article.published or "")

    @property
    def order(self) -> tuple[date, str, str, str]:
        """Order of a list of figures: by period, publication date, ``about``; undated ones last."""
        last = "9999"
        end = self.span.end if self.span else date.max
        return (end, self.article.published or last, self.article.about or last, self.passage_id)


def agree(one: Figure, other: Figure) -> bool:
    """Whether two values differ by no more than rounding."""
    if one.unit is not other.unit:
        return False
    if one.value == other.value:
        return True
    if one.unit in _EXACT_UNITS:
        return False
    first, second = Decimal(str(one.value)), Decimal(str(other.value))
    digits = max(SIGNIFICANT_DIGITS, min(_significant(first), _significant(second)))
    return _rounded(first, digits) == _rounded(second, digits)


def _significant(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _rounded(value: Decimal, digits: int) -> Decimal:
    if not value:
        return value
    step = Decimal(1).scaleb(value.adjusted() - digits + 1)
    return value.quantize(step, rounding=ROUND_HALF_UP)


class FigureBook:
    """All accepted figures, by metric."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        names = NameIndex.of(corpus.entities)
        self._by_metric: dict[str, list[DatedFigure]] = defaultdict(list)
        for passage_id, (article, passage) in corpus.passages.items():
            publisher = {mention.id for mention in names.find(article.publisher or "")}
            for figure in passage.accepted_figures:
                speakers = frozenset(filter(None, {figure.said_by, passage.said_by, *publisher}))
                summed = is_summed(corpus.metrics[figure.metric])
                dated = DatedFigure(passage_id, article, passage, figure, span_of(figure), speakers, summed)
                self._by_metric[figure.metric].append(dated)

    def of(self, metric: str) -> tuple[DatedFigure, ...]:
        """Every figure of a metric."""
        return tuple(self._by_metric.get(metric, ()))

    @cached_property
    def subjects(self) -> Mapping[str, frozenset[str]]:
        """The metrics in which an entity has figures of its own, by entity."""
        found: dict[str, set[str]] = defaultdict(set)
        for metric, figures in self._by_metric.items():
            for dated in figures:
                if dated.figure.entity:
                    found[dated.figure.entity].add(metric)
        return {entity: frozenset(metrics) for entity, metrics in found.items()}

    def disagreements_of(self, chosen: Iterable[DatedFigure]) -> tuple[tuple[str, Disagreement], ...]:
        """The disagreements that any of these figures takes part in, with their ids."""
        keys = {_key(dated) for dated in chosen}
        return tuple(
            (disagreement_id, disagreement)
            for disagreement_id, disagreement in self._corpus.disagreements.items()
            if any((each.passage, each.metric, each.value) in keys for each in disagreement.figures)
        )

    def members(self, disagreement: Disagreement) -> tuple[DatedFigure, ...]:
        """The figures of a disagreement."""
        keys = {(each.passage, each.metric, each.value) for each in disagreement.figures}
        metrics = dict.fromkeys(each.metric for each in disagreement.figures)
        return tuple(dated for metric in metrics for dated in self.of(metric) if _key(dated) in keys)

    def comparable(self, one: DatedFigure, other: DatedFigure) -> bool:
        """Whether a change between two figures means anything: one speaker's or one article's, or undisputed both."""
        if one.figure.unit is not other.figure.unit:
            return False
        said = one.figure.said_by
        if one.article.id == other.article.id or (said is not None and said == other.figure.said_by):
            return True
        return not (self.disagreements_of([one]) or self.disagreements_of([other]))

    def differs_over(self, disagreement: Disagreement, dated: DatedFigure) -> bool:
        """Whether a disagreement holds values that differ of the very thing that a figure is of."""
        values = [each.figure for each in self.members(disagreement) if each.subject == dated.subject and each.span]
        return any(not agree(values[0], each) for each in values)


def _key(dated: DatedFigure) -> tuple[str, str, float]:
    return (dated.passage_id, dated.figure.metric, dated.figure.value)


def span_of(figure: Figure) -> Span | None:
    """The days that a figure is about; None where no source says."""
    first, last = figure.period.start or figure.period.end, figure.period.end or figure.period.start
    if first is None or last is None:
        return None
    return Span(parse_partial_date(first).start, parse_partial_date(last).end)


def best_of(figures: Iterable[DatedFigure], language: Language | None) -> DatedFigure:
    """Of figures that agree, the one to show.

    The value that most of them give, or the finest; then one whose source gives its period, and does not hedge; then
    a source in the reader's language; then the latest published.
    """
    figures = tuple(figures)
    given = Counter(dated.figure.value for dated in figures)
    return max(
        figures,
        key=lambda dated: (
            given[dated.figure.value],
            _significant(Decimal(str(dated.figure.value))),
            dated.stated,
            dated.figure.bound in {None, Bound.RANGE_LOW},
            dated.article.language is language,
            dated.article.published or "",
        ),
    )
