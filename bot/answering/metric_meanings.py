"""Which metrics people may mean by the name of one: "the jobs of Capgemini" are not the sector's."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answering.figures import FigureBook
from bot.answering.frame import NUMERIC, Frame, Intent, Quantity
from bot.answering.quantities import quantity_of
from knowledge.corpus import Corpus
from knowledge.model import EntityKind, Metric

_OCCASIONS = frozenset({EntityKind.PROGRAMME, EntityKind.EVENT})


class MetricMeanings:
    """Reads the metrics that a Frame names by what else it pins down."""

    def __init__(self, corpus: Corpus, book: FigureBook) -> None:
        self._metrics: Mapping[str, Metric] = corpus.metrics
        self._book = book
        self._kinds = {name: entity.kind for name, entity in corpus.entities.items()}
        self._base = {metric.growth: name for name, metric in corpus.metrics.items() if metric.growth}

    def of(self, frame: Frame, metric: str) -> tuple[str, ...]:
        """The metric asked for, or the ones that people mean by its words, likeliest first."""
        known = self._metrics[metric]
        own = {entity for entity in frame.entities if entity in self._book.subjects}
        if own and not any(metric in self._book.subjects[entity] for entity in own):
            # "the jobs of Capgemini": not the sector's, but the metrics that have figures for Capgemini.
            kind = frame.quantity if frame.quantity in NUMERIC else quantity_of(known.unit)
            alike = (each for entity in sorted(own) for each in sorted(self._book.subjects[entity]))
            return tuple(each for each in alike if quantity_of(self._metrics[each].unit) is kind)
        asks_change = frame.intent is Intent.GROWTH or (
            frame.quantity is Quantity.SHARE and quantity_of(known.unit) is not Quantity.SHARE
        )
        growth = (known.growth,) if asks_change and known.growth else ()
        base = (self._base[metric],) if frame.intent is Intent.EVOLUTION and metric in self._base else ()
        named = self._named_with(frame, known)
        return tuple(dict.fromkeys((*growth, *base, *named, metric, *known.related)))

    def _named_with(self, frame: Frame, known: Metric) -> tuple[str, ...]:
        """Metrics of the same unit whose figures come with the programme or event named, where this one has none.

        "The jobs that Digital Morocco 2030 aims at" are those of the digital sector, not those of offshoring.
        """
        programmes = [each for each in frame.entities if self._kinds[each] in _OCCASIONS]
        if not programmes:
            return ()
        with_them = {
            metric
            for metric in self._metrics
            if self._metrics[metric].unit is known.unit
            and any(set(programmes) & set(dated.passage.entities) for dated in self._book.of(metric))
        }
        own = any(self._metrics[metric] is known for metric in with_them)
        return () if own else tuple(sorted(with_them))
