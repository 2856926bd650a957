"""What the times of figures mean for an answer: what is old, what belongs to an evolution, what is compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.answering.figure_answer import FigureAnswer
from bot.answering.figure_fit import A_YEAR, FULL_YEAR
from bot.answering.figures import REACHED, DatedFigure
from bot.answering.frame import Frame
from knowledge.periods import Span, year_span

OLD_AFTER_DAYS = 2 * 365
POINTS_AT_LEAST = 2
"""Times that an evolution, a change or a chart needs."""


def in_time(dated: DatedFigure, frame: Frame, answer: FigureAnswer) -> bool:
    """Whether a differing value is about a time that the answer is about; an undated one may be."""
    if dated.span is None:
        return not frame.periods
    spans = [line.shown.span for line in answer.lines if line.shown.span]
    return any(dated.span.end.year == span.end.year for span in spans)


def any_reached(side: Iterable[DatedFigure]) -> bool:
    """Whether any of the figures was reached, and is not only aimed at."""
    return any(dated.figure.status in REACHED for dated in side)


def is_old(dated: DatedFigure, frame: Frame) -> bool:
    """Whether a value is more than two years old, and no time was asked for that would explain it."""
    if dated.span is None or frame.periods:
        return False
    return (frame.today - dated.span.end).days > OLD_AFTER_DAYS


def within(span: Span, asked: Sequence[Span]) -> bool:
    """Whether days belong to an evolution over the time asked for; one year alone is its beginning."""
    if not asked:
        return True
    first = min(each.start for each in asked)
    last = max(each.end for each in asked) if len(endpoints(asked)) > 1 else date.max
    return first <= span.end <= last


def yearly(figures: Sequence[DatedFigure]) -> list[DatedFigure]:
    """Of a flow, whole years, and parts of the year behind the last of them: a half-year is no point among years."""
    years = [f for f in figures if f.span and f.span.days >= FULL_YEAR]
    last = max((f.span.end for f in years if f.span), default=date.min)
    if len({f.span for f in years}) < POINTS_AT_LEAST:
        return list(figures)
    return [f for f in figures if f in years or (f.span and f.span.end > last)]


def endpoints(periods: Sequence[Span]) -> tuple[Span, ...]:
    """The times named, earliest first; the first and last year of a single longer one."""
    if len(periods) == 1 and periods[0].days > A_YEAR:
        return (year_span(periods[0].start.year), year_span(periods[0].end.year))
    return tuple(sorted(periods))
