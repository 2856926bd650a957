"""Which figures fit what a Frame asks for: entity, status, speaker and period; and which of them say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from bot.answering.figures import REACHED, DatedFigure, agree, best_of
from bot.answering.frame import Frame
from knowledge.language import Language
from knowledge.model import Bound, FigureStatus
from knowledge.periods import Span

A_MONTH = 31
A_YEAR = 366
FULL_YEAR = 360
"""Days from which a flow counts as a year's."""
_ENDS = frozenset({Bound.RANGE_LOW, Bound.RANGE_HIGH})


class PeriodFit(IntEnum):
    """How a figure's days meet those asked for; higher is better."""

    NONE = 0
    STATEMENT = 1
    """Only the date of the statement falls into the time asked for."""
    AROUND = 2
    """A month or day was asked for, and the figure is a level of its year, or the sum up to the end of it."""
    INSIDE = 3
    """The figure is about a part of the time asked for."""
    SAME_END = 4
    """A target of a plan that ends with the time asked for."""
    EXACT = 5


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One value, with every figure that gives it.

    Attributes:
        shown: The figure whose value and words are shown.
        also: Others that agree with it for the same period.
        upper: The upper end, where a source gives a range.
    """

    shown: DatedFigure
    also: tuple[DatedFigure, ...] = ()
    upper: DatedFigure | None = None

    @property
    def figures(self) -> tuple[DatedFigure, ...]:
        """All of them, the one shown first."""
        return (self.shown, *((self.upper,) if self.upper else ()), *self.also)


def about(figures: Iterable[DatedFigure], entities: Sequence[str]) -> tuple[DatedFigure, ...]:
    """Those about the entities asked for; without one, those about the sector as a whole, or about every entity."""
    figures = tuple(figures)
    own = tuple(dated for dated in figures if dated.figure.entity in entities)
    if own:
        return own
    return tuple(dated for dated in figures if dated.figure.entity is None) or figures


def of_subject(figures: Iterable[DatedFigure], frame: Frame) -> tuple[DatedFigure, ...]:
    """Those about the entities asked for, by whom it says, and from before what it says was reached later."""
    return _outgrown(said_by(about(figures, frame.entities), frame), frame.outgrown)


def _outgrown(figures: tuple[DatedFigure, ...], later: frozenset[float]) -> tuple[DatedFigure, ...]:
    """What stands in one passage with a later value: "up from 14.7 billion to 17.9 billion"."""
    if not later:
        return figures
    passages = {dated.passage_id for dated in figures if dated.figure.value in later}
    return tuple(dated for dated in figures if dated.passage_id in passages and dated.figure.value not in later)


def of_status(figures: Iterable[DatedFigure], *, target: bool) -> tuple[DatedFigure, ...]:
    """Targets where they are asked for; else what is or was, or changes. Never the two together."""
    wanted = frozenset({FigureStatus.TARGET}) if target else REACHED | {FigureStatus.GROWTH}
    return tuple(dated for dated in figures if dated.figure.status in wanted)


def said_by(figures: Iterable[DatedFigure], frame: Frame) -> tuple[DatedFigure, ...]:
    """Those of the people and organisations named, where any of theirs is among them."""
    figures = tuple(figures)
    named = frozenset(frame.entities)
    return tuple(dated for dated in figures if dated.speakers & named) or figures


def in_period(figures: Iterable[DatedFigure], asked: Sequence[Span]) -> tuple[DatedFigure, ...]:
    """Those that fit a time asked for best; all of them where none is asked for."""
    figures = tuple(figures)
    if not asked:
        return figures
    fits = {dated: max(period_fit(dated, span) for span in asked) for dated in figures}
    best = max(fits.values(), default=PeriodFit.NONE)
    return tuple(dated for dated, fit in fits.items() if fit == best != PeriodFit.NONE)


def period_fit(dated: DatedFigure, asked: Span) -> PeriodFit:
    """How a figure's days meet the time asked for."""
    span = dated.span
    if span is None or not span.overlaps(asked):
        return PeriodFit.NONE
    shared = asked.overlap(span)
    if not dated.stated:
        return PeriodFit.STATEMENT if shared == min(span.days, asked.days) else PeriodFit.NONE
    is_target = dated.figure.status is FigureStatus.TARGET
    fits = {
        PeriodFit.EXACT: span == asked or (shared == span.days <= A_MONTH and asked.days <= A_YEAR),
        PeriodFit.SAME_END: is_target and span.end == asked.end,
        PeriodFit.INSIDE: shared == span.days,
        PeriodFit.AROUND: shared == asked.days and span.days <= A_YEAR and (not dated.summed or span.end == asked.end),
    }
    return max((fit for fit, holds in fits.items() if holds), default=PeriodFit.NONE)


def lines(figures: Iterable[DatedFigure], language: Language | None) -> tuple[FigureLine, ...]:
    """Put figures that agree about one period, entity and status into one line each, in the order of their dates.

    Args:
        figures: In any order.
        language: The reader's; of sources that agree, one in this language is shown first.
    """
    groups: list[list[DatedFigure]] = []
    ordered = sorted(figures, key=lambda dated: dated.order)
    for dated in (each for each in ordered if each.figure.bound is not Bound.RANGE_HIGH):
        group = next((group for group in groups if _same(group[0], dated)), None)
        if group is None:
            groups.append([dated])
        else:
            group.append(dated)
    found = []
    for group in groups:
        shown = best_of(group, language)
        others = tuple(dated for dated in group if dated is not shown)
        found.append(FigureLine(shown, others, _upper(shown, ordered)))
    return tuple(found)


def line_of(dated: DatedFigure, side: Sequence[DatedFigure], language: Language | None) -> FigureLine:
    """The line of a figure, with this very figure as the one shown."""
    line = next(line for line in lines(side, language) if dated in line.figures)
    return replace(line, shown=dated, also=tuple(each for each in line.figures if each is not dated))


def _same(one: DatedFigure, other: DatedFigure) -> bool:
    same_time = one.span == other.span or _same_year(one, other)
    same_subject = one.subject == other.subject and (one.figure.bound in _ENDS) == (other.figure.bound in _ENDS)
    return same_time and same_subject and agree(one.figure, other.figure)


def _same_year(one: DatedFigure, other: DatedFigure) -> bool:
    """Whether one gives the day and the other only its year: "148,500 at the end of 2024" and "in 2024"."""
    if one.span is None or other.span is None:
        return False
    shorter, longer = sorted((one.span, other.span), key=lambda span: span.days)
    return longer.days <= A_YEAR and shorter.days <= A_MONTH and longer.overlap(shorter) == shorter.days


def _upper(low: DatedFigure, figures: Iterable[DatedFigure]) -> DatedFigure | None:
    if low.figure.bound is not Bound.RANGE_LOW:
        return None
    same = (
        dated for dated in figures if dated.passage_id == low.passage_id and dated.figure.metric == low.figure.metric
    )
    return next((dated for dated in same if dated.figure.bound is Bound.RANGE_HIGH), None)
