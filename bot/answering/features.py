"""How well a passage fits a Frame, as numbers that the confidence model weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date

from bot.answering.frame import Frame, Intent, Quantity
from index.lexical import LexicalIndex, Term, terms
from index.model import Hit
from knowledge.countries import find_countries
from knowledge.model import Article, Corpus, EntityKind, FigureStatus, Passage, Unit
from knowledge.names import NameIndex
from knowledge.periods import Span, find_periods, parse_partial_date

NOT_ASKED = 0.5
"""The value of a fit that the question does not ask for: halfway between fitting and not."""

MONEY = frozenset({Unit.MAD, Unit.USD, Unit.EUR})
PERCENT = frozenset({Unit.PERCENT, Unit.PERCENT_OF_GROSS_TAXABLE_PAY})
RANKS = frozenset({Unit.RANK, Unit.PLACES})
QUANTITY_UNITS: Mapping[Quantity, frozenset[Unit]] = {
    Quantity.AMOUNT: MONEY,
    Quantity.SHARE: PERCENT,
    Quantity.RANK: RANKS,
    Quantity.COUNT: frozenset(Unit) - MONEY - PERCENT - {Unit.RANK},
}


@dataclass(frozen=True, slots=True)
class Features:
    """One passage against one Frame. All values lie between -1 and 1; higher fits better, but for ``unknown``.

    Attributes:
        dense: Inner product of the centred vectors.
        late: Late-interaction score.
        gap: How far ``late`` lies below the best hit's, 0 or less.
        covered: Weighted share of the question's words that the passage or its names hold.
        unknown: Weighted share of the question's words that no passage holds.
        metric: Whether a figure is of a metric asked for (1), of a related one, or not (0).
        period: How exactly a period of the passage meets the one asked for.
        entity: Share of the entities asked for that the passage is about.
        quantity: Whether the passage holds the kind of thing asked for.
        target: Whether targets meet a question about targets, and actuals one about actuals.
    """

    dense: float
    late: float
    gap: float
    covered: float
    unknown: float
    metric: float
    period: float
    entity: float
    quantity: float
    target: float

    def values(self) -> tuple[float, ...]:
        """The features in the order of `names`."""
        return astuple(self)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The features' names, in order."""
        return tuple(each.name for each in fields(cls))


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """What the features need to know of a passage, worked out once.

    Attributes:
        periods: Periods of its figures and text, without the date on which the article appeared.
        appeared: The days on which the article may have appeared.
        entities: Everything it names or is said by.
    """

    metrics: frozenset[str]
    related: frozenset[str]
    statuses: frozenset[FigureStatus]
    units: frozenset[Unit]
    periods: tuple[Span, ...]
    appeared: Span | None
    entities: frozenset[str]
    kinds: frozenset[EntityKind]
    countries: frozenset[str]
    names: frozenset[str]


class FeatureReader:
    """Compares Frames with passages."""

    def __init__(self, corpus: Corpus, lexical: LexicalIndex) -> None:
        self._corpus = corpus
        self._lexical = lexical
        self._entity_names = NameIndex.of(corpus.entities)
        self._facts = {
            passage_id: self._passage_facts(article, passage)
            for passage_id, (article, passage) in corpus.passages.items()
        }

    def facts(self, passage_id: str) -> PassageFacts:
        """What is known of a passage."""
        return self._facts[passage_id]

    def question_terms(self, frame: Frame) -> tuple[Term, ...]:
        """The content words of a question, misspelt ones corrected; words that only name a period left out."""
        years = {form for span in frame.periods for form in (f"#{span.start.year}", f"#{span.end.year}")}
        found = (self._lexical.correct(term) for term in terms(frame.text))
        return tuple(term for term in found if term.isdisjoint(years))

    def read(self, frame: Frame, question: Sequence[Term], hits: Sequence[Hit]) -> tuple[Features, ...]:
        """The features of each hit."""
        best = max((hit.late for hit in hits), default=0.0)
        named = frozenset(form for term in self._named_terms(frame) for form in term)
        unknown = self._lexical.unknown(question, named)
        return tuple(self._read_one(frame, question, hit, best, unknown) for hit in hits)

    def _read_one(
        self, frame: Frame, question: Sequence[Term], hit: Hit, best: float, unknown: float
    ) -> Features:
        facts = self._facts[hit.passage_id]
        return Features(
            dense=hit.score,
            late=hit.late,
            gap=hit.late - best,
            covered=self._lexical.covered(question, hit.passage_id, facts.names),
            unknown=unknown,
            metric=_metric_fit(frame, facts),
            period=period_fit(frame, facts),
            entity=_share(frame.entities, facts.entities),
            quantity=_quantity_fit(frame, facts),
            target=_target_fit(frame, facts),
        )

    def _named_terms(self, frame: Frame) -> list[Term]:
        """The words of every name of what the Frame recognised: known, though no passage may hold them."""
        groups = [self._corpus.metrics[m] for m in frame.metrics] + [self._corpus.entities[e] for e in frame.entities]
        return [term for item in groups for name in item.all_names for term in terms(name, keep_stopwords=True)]

    def _passage_facts(self, article: Article, passage: Passage) -> PassageFacts:
        corpus = self._corpus
        texts = list(passage.text.values())
        entities = set(passage.entities) | {each.id for text in texts for each in self._entity_names.find(text)}
        entities |= {speaker for speaker in (passage.said_by, *(f.said_by for f in passage.figures)) if speaker}
        metrics = {figure.metric for figure in passage.figures}
        appeared = parse_partial_date(article.published) if article.published else None
        spans = {span for text in texts for span in find_periods(text)}
        spans = {span for span in spans if appeared is None or not _same_time(span, appeared)}
        for figure in passage.figures:
            start, end = figure.period.start, figure.period.end
            if start or end:
                first, last = parse_partial_date(start or end or ""), parse_partial_date(end or start or "")
                spans.add(Span(first.start, last.end))
        items = [corpus.entities[e] for e in entities] + [corpus.metrics[m] for m in metrics]
        return PassageFacts(
            metrics=frozenset(metrics),
            related=frozenset(related for metric in metrics for related in corpus.metrics[metric].related),
            statuses=frozenset(figure.status for figure in passage.figures),
            units=frozenset(figure.unit for figure in passage.figures),
            periods=tuple(sorted(spans)),
            appeared=appeared,
            entities=frozenset(entities),
            kinds=frozenset(corpus.entities[entity].kind for entity in entities),
            countries=frozenset(code for text in texts for code in find_countries(text)),
            names=frozenset(
                form
                for item in items
                for name in item.all_names
                for term in terms(name, keep_stopwords=True)
                for form in term
            ),
        )


def _same_time(span: Span, appeared: Span) -> bool:
    """Whether a span only repeats when the article appeared (its day, its month), and not its whole year."""
    return span.overlaps(appeared) and (span.end - span.start).days <= 31


def _share(asked: Sequence[str], held: frozenset[str]) -> float:
    return sum(each in held for each in asked) / len(asked) if asked else NOT_ASKED


RELATED_METRIC = 0.7


def _metric_fit(frame: Frame, facts: PassageFacts) -> float:
    if not frame.metrics:
        return NOT_ASKED
    if facts.metrics.intersection(frame.metrics):
        return 1.0
    return RELATED_METRIC if facts.related.intersection(frame.metrics) else 0.0


ONLY_APPEARED = 0.5
"""Period fit where the passage names no period, but appeared in the one asked for."""


def period_fit(frame: Frame, facts: PassageFacts) -> float:
    """How exactly a passage's periods meet those asked for.

    1 where a period of the passage lies within the one asked for; for a longer one, the share of it that was asked
    for; `ONLY_APPEARED` where only the article's date fits; 0 where nothing does; `NOT_ASKED` without a period.
    """
    if not frame.periods:
        return NOT_ASKED
    fit = max((_overlap(asked, held) for asked in frame.periods for held in facts.periods), default=0.0)
    if fit == 0 and facts.appeared is not None and any(asked.overlaps(facts.appeared) for asked in frame.periods):
        return ONLY_APPEARED
    return fit


def _overlap(asked: Span, held: Span) -> float:
    start, end = max(asked.start, held.start), min(asked.end, held.end)
    return _days(start, end) / _days(held.start, held.end) if start <= end else 0.0


def _days(start: date, end: date) -> int:
    return (end - start).days + 1


def _quantity_fit(frame: Frame, facts: PassageFacts) -> float:
    match frame.quantity:
        case None:
            return NOT_ASKED
        case Quantity.DATE:
            return float(bool(facts.periods))
        case Quantity.PERSON:
            return float(EntityKind.PERSON in facts.kinds)
        case Quantity.PLACE:
            return float(EntityKind.PLACE in facts.kinds)
        case quantity:
            return float(bool(facts.units & QUANTITY_UNITS[quantity]))


def _target_fit(frame: Frame, facts: PassageFacts) -> float:
    if not facts.statuses:
        return NOT_ASKED
    return float((frame.intent is Intent.TARGET) == (FigureStatus.TARGET in facts.statuses))
