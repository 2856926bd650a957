"""Figures that were chosen for a question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.answering.calculations import Calculation
from bot.answering.figure_fit import FigureLine
from bot.answering.figures import DatedFigure
from knowledge.model import Disagreement
from knowledge.periods import Span


class Shape(StrEnum):
    """How figures answer."""

    VALUE = "value"
    COMPARISON = "comparison"
    EVOLUTION = "evolution"
    BREAKDOWN = "breakdown"
    """One value for each entity of a metric."""


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """Figures chosen for one metric.

    Attributes:
        metric: Its id; a comparison may hold figures of several.
        lines: What is shown, the answer first; of an evolution from the oldest to the newest.
        targets: For an evolution: what is aimed at, apart from what was reached.
        latest: Whether no time was asked for, and the latest known is given.
        calculations: Over the lines of a comparison.
        incomparable: Whether a calculation was asked for and would mean nothing.
        differing: Values that other sources give for the same.
        disagreements: What the knowledge says of values that differ, by id.
        missing: Of several times asked for, those of which no figure is known.
        old: Whether the value shown is more than two years old.
        evolves: Whether there is an evolution to show of what a value is of.
    """

    shape: Shape
    metric: str
    lines: tuple[FigureLine, ...]
    targets: tuple[FigureLine, ...] = ()
    latest: bool = False
    calculations: tuple[Calculation, ...] = ()
    incomparable: bool = False
    differing: tuple[FigureLine, ...] = ()
    disagreements: tuple[tuple[str, Disagreement], ...] = ()
    missing: tuple[Span, ...] = ()
    old: bool = False
    evolves: bool = False

    @property
    def topic(self) -> str:
        """What it is of, as an action names it: ``offshoring_segment_revenue:crm``."""
        entity = self.lines[0].shown.figure.entity
        return f"{self.metric}:{entity}" if entity else self.metric

    @property
    def shown(self) -> tuple[DatedFigure, ...]:
        """Every figure that stands in the answer, the answer first, each once."""
        return tuple(dict.fromkeys(f for each in (*self.lines, *self.targets, *self.differing) for f in each.figures))

    @property
    def disputed(self) -> tuple[FigureLine, ...]:
        """The lines that the differing values are about: of a comparison those of their times, else the first."""
        if not self.differing:
            return ()
        if self.shape is not Shape.COMPARISON:
            return self.lines[:1]
        spans = [line.shown.span for line in self.differing if line.shown.span]
        return tuple(line for line in self.lines if line.shown.span and any(map(line.shown.span.overlaps, spans)))

    def holds(self, passage_id: str) -> bool:
        """Whether a figure of a passage stands in the answer."""
        return any(dated.passage_id == passage_id for dated in self.shown)
