"""Turns an evolution into what a chart shows, worded, so that drawing it needs no knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.answering.figure_answer import FigureAnswer
from bot.answering.figure_fit import A_MONTH, FULL_YEAR, FigureLine
from bot.answering.figure_times import POINTS_AT_LEAST
from bot.answering.figure_wording import FigureWording
from bot.localisation import Localiser
from knowledge.language import Language
from knowledge.model import FigureStatus
from knowledge.numbers import format_number


class ChartRefusal(StrEnum):
    """Why values cannot be drawn."""

    ONE_POINT = "chart-one-point"
    MIXED_UNITS = "chart-mixed-units"


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One value.

    Attributes:
        label: Its period, as short as can be.
        value: In the chart's scaled unit.
        written: The value as it stands beside its mark.
        target: Whether it is aimed at, and not reached.
    """

    label: str
    value: float
    written: str
    target: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that a chart shows, in one language.

    Attributes:
        unit: What the axis counts, such as ``milliards de dirhams``.
        points: From the oldest to the newest; at least two.
        reached: The legend's word for values that were reached.
        targets: The legend's word for values aimed at.
        source: Who publishes the values.
        alt: The chart in words, for those who cannot see it; at most a caption's length.
    """

    language: Language
    title: str
    unit: str
    points: tuple[ChartPoint, ...]
    reached: str
    targets: str
    source: str
    alt: str


CAPTION_LENGTH = 1024
"""Telegram's, in UTF-16 units: https://core.telegram.org/bots/api#sendphoto"""
_SCALES = ((Decimal(1_000_000_000), "billion"), (Decimal(1_000_000), "million"), (Decimal(1), "one"))


def draw_up(evolution: FigureAnswer, wording: FigureWording, locale: Localiser) -> Chart | ChartRefusal:
    """Word a chart of an evolution, or say why there is none."""
    lines = tuple(line for line in (*evolution.lines, *evolution.targets) if not _is_part_of_a_year(evolution, line))
    if len({line.shown.span for line in lines}) < POINTS_AT_LEAST:
        return ChartRefusal.ONE_POINT
    if len({line.shown.figure.unit for line in lines}) > 1:
        return ChartRefusal.MIXED_UNITS
    unit = lines[0].shown.figure.unit
    largest = max(abs(Decimal(str(line.shown.figure.value))) for line in lines)
    scale, name = next((scale, name) for scale, name in _SCALES if largest >= scale or scale == 1)
    title = wording.subject(lines[0].shown, locale)
    publishers = dict.fromkeys(line.shown.article.publisher for line in lines)
    separator = locale.text("list-separator")
    spoken = [wording.point(line, locale).removeprefix("• ") for line in lines]
    alt = locale.text("chart-alt", title=title, values=locale.text("value-separator").join(spoken))
    return Chart(
        language=locale.language,
        title=title,
        unit=locale.text(f"unit-{unit.value.lower().replace('_', '-')}", scale=name),
        points=tuple(_point(line, scale, locale) for line in lines),
        reached=locale.text("chart-reached"),
        targets=locale.text("chart-targets"),
        source=locale.text("chart-source", publishers=separator.join(publishers)),
        alt=_cut(alt),
    )


def _cut(text: str) -> str:
    """A text as long as a caption may be, counted as Telegram counts."""
    encoded = text.encode("utf-16-le")
    if len(encoded) // 2 <= CAPTION_LENGTH:
        return text
    return encoded[: 2 * (CAPTION_LENGTH - 1)].decode("utf-16-le", "ignore") + "…"


def _point(line: FigureLine, scale: Decimal, locale: Localiser) -> ChartPoint:
    figure, span = line.shown.figure, line.shown.span
    value = Decimal(str(figure.value)) / scale
    written = format_number(value, locale.language)
    label = ""
    if span is not None:
        label = str(span.end.year) if span.start.year == span.end.year else f"{span.start.year}–{span.end.year}"
        if A_MONTH < span.days < FULL_YEAR:
            label = f"{span.start:%m}–{span.end:%m}/{span.end.year}"
    return ChartPoint(label, float(value), written, figure.status is FigureStatus.TARGET)


def _is_part_of_a_year(evolution: FigureAnswer, line: FigureLine) -> bool:
    """A bar for half a year among bars for years would look like a fall; the text beside the chart has it."""
    spans = [each.shown.span for each in evolution.lines if each.shown.span]
    span = line.shown.span
    yearly = sum(each.days >= FULL_YEAR for each in spans) >= POINTS_AT_LEAST
    return yearly and span is not None and A_MONTH < span.days < FULL_YEAR
