"""Completes "and call centres?" behind a question about a figure: the same kind of figure, of another subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.answering.cues import Cues
from bot.answering.figures import FigureBook
from bot.answering.fragments import Fragment, FragmentReader, any_of
from bot.answering.frame import Frame, Intent, Quantity
from bot.answering.frame_reading import FrameReader, in_time_of
from bot.answering.model import PastTurn
from bot.answering.quantities import quantity_of
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.periods import Span


class OtherSubjects:
    """Keeps what was asked, and exchanges what it was asked of."""

    def __init__(
        self, corpus: Corpus, book: FigureBook, frames: FrameReader, fragments: FragmentReader, cues: Cues
    ) -> None:
        self._corpus = corpus
        self._book = book
        self._frames = frames
        self._fragments = fragments
        self._cues = cues

    def ways(self, fragment: Fragment, read: Frame, base: PastTurn, today: date) -> Iterator[Frame]:
        """What a subject alone may mean behind a turn about a metric, likeliest first.

        Of a subject that has no such metric, a passage must hold the words of both.

        Args:
            fragment: The message.
            read: The same, read as it stands.
            base: The turn that it follows, with the metric.
            today: The date.
        """
        language = read.language or base.language or Language.EN
        times = tuple(mention.span for mention in fragment.mentions.periods)
        subject = fragment.subjects[0]
        metric = self._metric(subject, base.slots.metrics)
        for spans in dict.fromkeys((times or base.slots.periods, times)):
            if metric is not None:
                yield self._frame(metric, spans, base, language, today)
        if metric is None:
            yield self._unmeasured(subject, times or base.slots.periods, base, language, today)

    def _metric(self, subject: str, asked: Sequence[str]) -> str | None:
        """The metric of a subject that counts what the metrics asked for count; of their own subject, one of them."""
        old = [self._corpus.metrics[each] for each in asked]
        own = next((each for each in asked if subject in self._subjects_of(each)), None)
        if own is not None:
            return own
        kinds = {(quantity_of(each.unit), each.kind) for each in old}
        alike = [
            name
            for name, metric in self._corpus.metrics.items()
            if (quantity_of(metric.unit), metric.kind) in kinds
            and subject in self._subjects_of(name)
            and self._book.of(name)
        ]
        near = [
            name
            for name in alike
            if name in asked
            or not set(asked).isdisjoint(self._corpus.metrics[name].related)
            or any(name in each.related for each in old)
        ]
        same_unit = [name for name in alike if any(self._corpus.metrics[name].unit is each.unit for each in old)]
        return next(iter(near or same_unit), None)

    def _subjects_of(self, metric: str) -> tuple[str, ...]:
        return self._fragments.subjects(self._corpus.metrics[metric].names.in_language(Language.EN))

    def _frame(self, metric: str, spans: tuple[Span, ...], base: PastTurn, language: Language, today: date) -> Frame:
        name = self._corpus.metrics[metric].names.in_language(language)
        frame = replace(
            self._frames.read_one(name, language, today),
            intent=base.slots.intent if spans else Intent.FACT,
            quantity=base.slots.quantity or Quantity.NUMBER,
            metrics=(metric,),
            completed=True,
        )
        return in_time_of(frame, spans, today, targets=base.slots.targets)

    def _unmeasured(
        self, subject: str, spans: tuple[Span, ...], base: PastTurn, language: Language, today: date
    ) -> Frame:
        metrics = [self._corpus.metrics[each] for each in base.slots.metrics]
        names = [each.names.in_language(language) for each in metrics]
        own = {each for metric in base.slots.metrics for each in self._subjects_of(metric)}
        told = any_of(name for each in own for name in self._cues.subject_names[each].values())
        counted = any_of(each.names.in_language(one) for each in metrics for one in Language) - told
        called = self._cues.subject_names[subject]
        frame = replace(
            self._frames.read_one(" ".join((*names, called[language])), language, today),
            quantity=base.slots.quantity or quantity_of(metrics[0].unit),
            metrics=(),
            required=(any_of(called.values()), counted),
            completed=True,
        )
        return in_time_of(frame, spans, today, targets=base.slots.targets)
