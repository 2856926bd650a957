"""Chooses the figures that answer a Frame: a value, a comparison, an evolution, or one value for each entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from bot.answering.calculations import compare
from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_disagreements import with_disagreements
from bot.answering.figure_fit import (
    A_YEAR,
    FULL_YEAR,
    FigureLine,
    about,
    in_period,
    line_of,
    lines,
    of_status,
    of_subject,
)
from bot.answering.figure_times import POINTS_AT_LEAST, any_reached, endpoints, is_old, within, yearly
from bot.answering.figures import DatedFigure, FigureBook
from bot.answering.frame import NUMERIC, Frame, Intent, Quantity
from bot.answering.metric_meanings import MetricMeanings
from bot.answering.open_times import is_open
from bot.answering.quantities import quantity_of
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Metric, MetricKind
from knowledge.periods import Span

_OF_VALUES = frozenset({Intent.FACT, Intent.COMPARISON})
"""Intents that ask for a value at each of several times."""

SIDES = 2
"""Times that a comparison has."""

LINES_OF_A_VALUE = 3
"""A value is shown with at most two more: a newer part of a year, or other targets ahead."""


class FigureChooser:
    """Looks figures up by what a Frame pins down; decides nothing about confidence."""

    def __init__(self, corpus: Corpus, book: FigureBook) -> None:
        self._metrics: Mapping[str, Metric] = corpus.metrics
        self._book = book
        self._meanings = MetricMeanings(corpus, book)

    def choose(self, frame: Frame) -> tuple[FigureAnswer, ...]:
        """The figures that answer, for each metric that the Frame names; () where none fits."""
        if not frame.metrics or frame.countries:  # every figure is about Morocco
            return ()
        frame = replace(frame, periods=frame.times)
        if frame.intent in _OF_VALUES and len(frame.periods) > 1 and len(frame.metrics) == 1:
            answers = {span: self._at(span, frame) for span in frame.periods}
            known = {span: answer for span, answer in answers.items() if answer is not None}
            missing = tuple(span for span in answers if span not in known)
            if len(known) > SIDES and len({answer.metric for answer in known.values()}) == 1:
                return (replace(self._row(frame, tuple(known.values())), missing=missing),)
            if known and missing:
                # What is left alone is compared with nothing: nobody asked for another time.
                intent = frame.intent if len(known) > 1 else Intent.FACT
                chosen = self.choose(replace(frame, periods=tuple(known), intent=intent))
                return tuple(replace(each, missing=missing) for each in chosen)
        compares = frame.intent is Intent.COMPARISON or (frame.intent is Intent.FACT and len(frame.periods) > 1)
        if compares and (compared := self._comparison(frame)):
            return (compared,)
        found: list[FigureAnswer] = []
        for metric in frame.metrics:
            answer = self._best(frame, metric)
            shown = {line.shown for each in found for line in each.lines}
            if answer is not None and answer.lines[0].shown not in shown:
                found.append(answer)
        return tuple(found)

    def _at(self, span: Span, frame: Frame) -> FigureAnswer | None:
        """The value at one of the times asked for; of a time that has not begun, what is aimed at."""
        ahead = span.end >= frame.today
        alone = replace(frame, periods=(span,), targets=frame.targets and ahead, ahead=frame.ahead and ahead)
        return self._best(alone, frame.metrics[0])

    def _row(self, frame: Frame, answers: Sequence[FigureAnswer]) -> FigureAnswer:
        """The values at more times than can be compared, as an evolution with what is aimed at apart."""
        shown = tuple(sorted((answer.lines[0] for answer in answers), key=lambda line: line.shown.order))
        reached = tuple(line for line in shown if any_reached((line.shown,)))
        if len(reached) < POINTS_AT_LEAST:
            return with_disagreements(self._book, frame, FigureAnswer(Shape.VALUE, answers[0].metric, shown))
        aims = tuple(line for line in shown if line not in reached)
        return with_disagreements(self._book, frame, FigureAnswer(Shape.EVOLUTION, answers[0].metric, reached, aims))

    def _best(self, frame: Frame, metric: str) -> FigureAnswer | None:
        """Of the metrics that a name may mean, the first that has figures; before it, one about that very time."""
        answers = (self._of_metric(frame, each) for each in self._meanings.of(frame, metric))
        fitting = [each for each in answers if each is not None and _is_of_the_kind(frame, each)]
        exact = (each for each in fitting if each.lines[0].shown.span in frame.periods)
        return next(exact, None) or next(iter(fitting), None)

    def evolution(
        self, metric: str, entity: str | None, today: date, language: Language | None = None
    ) -> FigureAnswer | None:
        """Everything known over time of a metric, or of an entity's; None where that is less than two values."""
        entities = (entity,) if entity else ()
        frame = Frame("", language, Intent.EVOLUTION, metrics=(metric,), entities=entities, today=today)
        return self._evolution(frame, metric, about(self._book.of(metric), entities))

    def latest(
        self, metric: str, entity: str | None, today: date, language: Language | None = None
    ) -> FigureAnswer | None:
        """The latest known value of a metric, of one of its entities, or of each."""
        entities = (entity,) if entity else ()
        return self._of_metric(Frame("", language, metrics=(metric,), entities=entities, today=today), metric)

    def figures(self, metric: str) -> tuple[DatedFigure, ...]:
        """Every figure of a metric."""
        return self._book.of(metric)

    def meant(self, frame: Frame) -> frozenset[str]:
        """Every metric that a Frame's words may mean."""
        return frozenset(each for metric in frame.metrics for each in self._meanings.of(frame, metric))

    def _of_metric(self, frame: Frame, metric: str) -> FigureAnswer | None:
        figures = of_subject(self._book.of(metric), frame)
        if frame.intent is Intent.EVOLUTION and (evolution := self._evolution(frame, metric, figures)):
            return evolution
        if frame.intent is Intent.GROWTH and self._metrics[metric].kind is not MetricKind.GROWTH:
            return self._growth(frame, metric, figures)
        if frame.values and (valued := tuple(f for f in figures if f.figure.value in frame.values)):
            fitting = in_period(valued, frame.periods)
        else:
            fitting = in_period(self._of_status(frame, figures), frame.periods)
        if not fitting and frame.ahead:  # of a year that is not over, what is aimed at may be all that is known
            fitting = in_period(of_status(figures, target=True), frame.periods)
        if not fitting:
            return None
        if len({dated.figure.entity for dated in fitting}) > 1:
            return self._breakdown(frame, metric, fitting)
        multi_year = any(span.days > A_YEAR for span in frame.periods)
        if multi_year and all(dated.span not in frame.periods for dated in fitting):
            evolution = self._evolution(frame, metric, fitting)
            # Of a plan's years one value says too little; a time that is open on one side may hold just one.
            if evolution is not None or not any(is_open(span) for span in frame.periods):
                return evolution
        return self._value(frame, metric, fitting)

    def _of_status(self, frame: Frame, figures: Sequence[DatedFigure]) -> tuple[DatedFigure, ...]:
        """Targets or what was reached; where only targets exist, they are what is known."""
        return of_status(figures, target=frame.targets) or of_status(figures, target=True)

    def _value(self, frame: Frame, metric: str, fitting: Sequence[DatedFigure]) -> FigureAnswer:
        main = self._main(frame, metric, fitting)
        own = [dated for dated in fitting if dated.span == main.span and dated.stated == main.stated]
        same, *_ = (each for each in lines(fitting, frame.language) if main in each.figures)
        differing = tuple(each for each in lines(own, frame.language) if main not in each.figures)
        more = self._more(frame, main, fitting)
        answer = FigureAnswer(
            Shape.VALUE,
            metric,
            (same, *more),
            latest=not frame.periods,
            differing=differing,
            old=is_old(main, frame),
            evolves=self.evolution(metric, main.figure.entity, frame.today) is not None,
        )
        return with_disagreements(self._book, frame, answer)

    def _main(self, frame: Frame, metric: str, fitting: Sequence[DatedFigure]) -> DatedFigure:
        dated = [each for each in fitting if each.span] or list(fitting)
        if not frame.periods:
            ahead = [each for each in dated if each.span and each.span.end >= frame.today]
            if frame.targets and ahead:
                dated = ahead
            if self._metrics[metric].kind is MetricKind.FLOW and not frame.targets:
                dated = [each for each in dated if each.span and FULL_YEAR <= each.span.days <= A_YEAR] or dated
        latest = max(dated, key=lambda each: each.recency)
        group = next(each for each in lines(dated, frame.language) if latest in each.figures)
        return group.shown

    @staticmethod
    def _more(frame: Frame, main: DatedFigure, fitting: Sequence[DatedFigure]) -> tuple[FigureLine, ...]:
        """Without a time asked for: a part of a later year, or the other targets that lie ahead."""
        if frame.periods or main.span is None:
            return ()
        end = main.span.end
        if frame.targets:
            others = [f for f in fitting if f.span and f.span.end != end and f.span.end >= frame.today]
        else:
            others = [f for f in fitting if f.span and f.stated and f.span.end > end]
        newest_first = sorted(lines(others, frame.language), key=lambda line: line.shown.recency, reverse=True)
        return tuple(newest_first[: LINES_OF_A_VALUE - 1])

    def _breakdown(self, frame: Frame, metric: str, fitting: Sequence[DatedFigure]) -> FigureAnswer:
        """One value for each entity: that of the latest time."""
        entities = dict.fromkeys(dated.figure.entity for dated in fitting)
        chosen = [
            self._value(replace(frame, periods=()), metric, [f for f in fitting if f.figure.entity == entity])
            for entity in entities
        ]
        shown = tuple(each.lines[0] for each in chosen)
        ordered = sorted(shown, key=lambda line: -line.shown.figure.value)
        return FigureAnswer(Shape.BREAKDOWN, metric, tuple(ordered), latest=not frame.periods)

    def _evolution(self, frame: Frame, metric: str, figures: Sequence[DatedFigure]) -> FigureAnswer | None:
        reached = [f for f in of_status(figures, target=False) if f.span and within(f.span, frame.periods)]
        if self._metrics[metric].kind is MetricKind.FLOW:
            reached = yearly(reached)
        shown = lines(reached, frame.language)
        if len({line.shown.span for line in shown}) < POINTS_AT_LEAST:
            return None
        targets = [f for f in of_status(figures, target=True) if f.span and f.span.end >= frame.today]
        answer = FigureAnswer(Shape.EVOLUTION, metric, shown, () if frame.periods else lines(targets, frame.language))
        return with_disagreements(self._book, frame, answer)

    def _growth(self, frame: Frame, metric: str, figures: Sequence[DatedFigure]) -> FigureAnswer | None:
        """A change that no source states: computed between two times, if both are known."""
        ends = endpoints(frame.periods)
        if len(ends) < POINTS_AT_LEAST:
            return None
        sides = [in_period(of_status(figures, target=False), (span,)) for span in (ends[0], ends[-1])]
        return self._compared(frame, metric, sides)

    def _comparison(self, frame: Frame) -> FigureAnswer | None:
        metric = next(iter(self._meanings.of(frame, frame.metrics[0])))
        if self._metrics[metric].kind is MetricKind.GROWTH:
            return None  # "growth 2024 against 2023" is one figure
        sides = self._sides(frame, metric)
        return self._compared(frame, metric, sides) if len(sides) > 1 else None

    def _sides(self, frame: Frame, metric: str) -> list[tuple[DatedFigure, ...]]:
        """The two groups that are compared: of entities, of metrics, of times, or what is and what is aimed at."""
        figures = of_subject(self._book.of(metric), frame)
        entities = [entity for entity in frame.entities if any(f.figure.entity == entity for f in figures)]
        if len(entities) > 1:
            same = in_period(self._of_status(frame, figures), frame.periods)
            return [tuple(f for f in same if f.figure.entity == entity) for entity in entities[:2]]
        if len(frame.metrics) > 1:
            return [in_period(self._of_status(frame, self._book.of(each)), frame.periods) for each in frame.metrics[:2]]
        reached, targets = of_status(figures, target=False), of_status(figures, target=True)
        ends = endpoints(frame.periods)
        if frame.targets:
            past = [span for span in ends if span.end < frame.today]
            ahead = [span for span in ends if span.end >= frame.today]
            return [in_period(reached, past), in_period(targets, ahead)]
        if len(ends) == 1:
            return [in_period(reached, ends), reached]
        return [in_period(reached, (span,)) for span in ends[:2]]

    def _compared(self, frame: Frame, metric: str, sides: Sequence[Sequence[DatedFigure]]) -> FigureAnswer | None:
        if not all(sides):
            return None
        undated = replace(frame, periods=())
        mains = [self._main(replace(undated, targets=not any_reached(side)), metric, side) for side in sides]
        pairs = [
            (one, other)
            for one, other in product(*sides)
            if one.span == mains[0].span and other.span == mains[1].span and self._book.comparable(one, other)
        ]
        one, other = (mains[0], mains[1]) if tuple(mains) in pairs or not pairs else pairs[0]
        if one is other:
            return None
        earlier, later = sorted((one, other), key=lambda dated: dated.recency)
        shown = tuple(line_of(dated, side, frame.language) for dated, side in zip((one, other), sides, strict=True))
        done = compare(earlier, later) if pairs else ()
        answer = FigureAnswer(Shape.COMPARISON, metric, shown, calculations=done, incomparable=not pairs)
        return with_disagreements(self._book, frame, answer)


def _is_of_the_kind(frame: Frame, answer: FigureAnswer) -> bool:
    """Whether figures are of the kind of number asked for: a share of women is no number of jobs."""
    if frame.quantity not in NUMERIC or frame.intent is Intent.GROWTH:
        return True
    kind = quantity_of(answer.lines[0].shown.figure.unit)
    how_much = {frame.quantity, kind} == {Quantity.AMOUNT, Quantity.SHARE}
    return kind is frame.quantity or (how_much and frame.quantity is Quantity.AMOUNT)
