"""Arithmetic over cited figures, shown with its operands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.answering.figures import DatedFigure
from knowledge.model import Unit

PERCENT_DIGITS = Decimal("0.1")
NOT_RELATIVE = frozenset({Unit.RANK, Unit.PLACES, Unit.PERCENT, Unit.PERCENT_OF_GROSS_TAXABLE_PAY, Unit.SCORE_0_TO_1})
"""Units in which a change in percent of the value says nothing, or is taken for points."""


class Operation(StrEnum):
    """What is computed."""

    DIFFERENCE = "difference"
    CHANGE = "change"
    """In percent of the earlier value."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A result over two figures.

    Attributes:
        earlier: The value that is subtracted, and the base of a change.
        later: The other one.
        result: In the figures' unit for a difference; in percent, to one decimal, for a change.
    """

    operation: Operation
    earlier: DatedFigure
    later: DatedFigure
    result: Decimal

    @property
    def expression(self) -> str:
        """The calculation without units, as a program or a person can repeat it."""
        first, second = Decimal(str(self.earlier.figure.value)), Decimal(str(self.later.figure.value))
        if self.operation is Operation.DIFFERENCE:
            return f"{_plain(second)} - {_plain(first)}"
        return f"({_plain(second)} - {_plain(first)}) / {_plain(first)} * 100"


def compare(earlier: DatedFigure, later: DatedFigure) -> tuple[Calculation, ...]:
    """The difference of two figures of one unit and, where that says something, the change in percent."""
    first, second = Decimal(str(earlier.figure.value)), Decimal(str(later.figure.value))
    difference = Calculation(Operation.DIFFERENCE, earlier, later, second - first)
    if earlier.figure.unit in NOT_RELATIVE or not first:
        return (difference,)
    change = ((second - first) / first * 100).quantize(PERCENT_DIGITS)
    return (difference, Calculation(Operation.CHANGE, earlier, later, change))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
