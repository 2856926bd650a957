"""The numbers that a question gives itself: those asked about, and those that were reached only later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answering.cues import Cues
from bot.answering.open_times import OpenTime
from knowledge.numbers import find_numbers
from knowledge.periods import Span


@dataclass(frozen=True, slots=True)
class NamedValues:
    """Numbers of a question, years and days excepted.

    Attributes:
        asked: Those it asks about: "who says 148,500?".
        outgrown: Those that came after what it asks for: "how much was it before it climbed to 17.9 billion?".
    """

    asked: frozenset[float]
    outgrown: frozenset[float]


def read_values(text: str, periods: Iterable[Span], cues: Cues) -> NamedValues:
    """Read the numbers of a question.

    Args:
        text: The question.
        periods: The times that it names, whose numbers are no values.
        cues: Hold the words for "before".
    """
    dates = {part for span in periods for day in (span.start, span.end) for part in (day.year, day.day)}
    numbers = [number for number in find_numbers(text) if number.value not in dates]
    before = min((m.start for m in cues.open_time.find(text) if m.id == OpenTime.BEFORE), default=len(text))
    return NamedValues(
        asked=frozenset(float(number.value) for number in numbers if number.start < before),
        outgrown=frozenset(float(number.value) for number in numbers if number.start > before),
    )
