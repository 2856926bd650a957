"""How values, and lines that hold them, are worded in the three languages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.answering.calculations import Calculation, Operation
from bot.answering.figure_fit import FigureLine
from bot.answering.figures import DatedFigure
from bot.answering.wording import is_publisher, period
from bot.localisation import Localiser
from knowledge.corpus import Corpus
from knowledge.model import Bound, EntityKind, FigureStatus, MetricKind, Unit
from knowledge.numbers import format_number
from knowledge.text import fold

MILLION = Decimal(1_000_000)
BILLION = Decimal(1_000_000_000)
_SPELLED = frozenset({Unit.MAD, Unit.USD, Unit.EUR, Unit.PEOPLE, Unit.COUNT})
"""Units whose millions and billions are written as words."""
_SPEAKERS = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION})
_SIGNED = frozenset({Unit.PERCENT})
_HEDGES: Mapping[Bound, str] = {
    Bound.ABOUT: "hedge-about",
    Bound.MORE_THAN: "hedge-more-than",
    Bound.NEARLY: "hedge-nearly",
    Bound.UP_TO: "hedge-up-to",
    Bound.AT_LEAST: "hedge-at-least",
    Bound.RANGE_LOW: "hedge-at-least",
    Bound.RANGE_HIGH: "hedge-up-to",
}


class FigureWording:
    """Words figures with the names that the knowledge has for them."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def subject(self, dated: DatedFigure, locale: Localiser) -> str:
        """What a figure is of: its metric, and its entity where it has one."""
        name = self.metric(dated.figure.metric, locale)
        entity = dated.figure.entity
        if entity is None:
            return name
        return locale.text("figure-of", metric=name, entity=self.entity(entity, locale))

    def metric(self, metric: str, locale: Localiser) -> str:
        """A metric's name as a line begins."""
        name = self._corpus.metrics[metric].names.in_language(locale.language)
        return name[:1].upper() + name[1:]

    def entity(self, entity: str, locale: Localiser) -> str:
        """An entity's name."""
        return self._corpus.entities[entity].names.in_language(locale.language)

    def line(self, line: FigureLine, locale: Localiser, *, latest: bool = False) -> str:
        """A whole line: what, whether it is a target, when, how much, and who says so."""
        dated = line.shown
        status = dated.figure.status
        kind = (
            ("plain" if self._calls_itself_target(dated, locale) else "target")
            if status is FigureStatus.TARGET
            else "estimate"
            if status is FigureStatus.ESTIMATE
            else "latest"
            if latest and dated.span is not None
            else "plain"
        )
        text = locale.text(
            f"figure-line-{kind}",
            subject=self.subject(dated, locale),
            period=self.when(dated, locale),
            value=self.value(line, locale),
        )
        return self._attributed(text, dated, locale)

    def _calls_itself_target(self, dated: DatedFigure, locale: Localiser) -> bool:
        """Whether the editors' words for the period say already that it is one."""
        return fold(locale.text("target-word")) in fold(self.when(dated, locale))

    def point(self, line: FigureLine, locale: Localiser) -> str:
        """A line under a heading that says what it is of: when, how much, and who says so."""
        text = locale.text("figure-point", period=self.when(line.shown, locale), value=self.value(line, locale))
        return self._attributed(text, line.shown, locale)

    def _attributed(self, text: str, dated: DatedFigure, locale: Localiser) -> str:
        """A line with its speaker, where that is not the publisher, whom the source line names."""
        speaker = dated.figure.said_by
        if speaker is None or self._corpus.entities[speaker].kind not in _SPEAKERS:
            return text  # a circular says nothing; the passage tells what it lays down
        if is_publisher(self._corpus.entities[speaker], dated.article):
            return text
        return locale.text("figure-said-by", line=text, speaker=self.entity(speaker, locale))

    def when(self, dated: DatedFigure, locale: Localiser) -> str:
        """The period, as the editors worded it."""
        words = dated.figure.period.words
        if words is not None:
            return words.in_language(locale.language)
        return period(dated.span, locale) if dated.span else locale.text("period-unknown")

    def value(self, line: FigureLine, locale: Localiser) -> str:
        """A value with its unit, hedged as its source hedges it; both ends of a range."""
        figure = line.shown.figure
        signed = self._corpus.metrics[figure.metric].kind is MetricKind.GROWTH
        if line.upper is not None:
            value = Decimal(str(figure.value))
            whole = figure.unit is Unit.PERCENT or (figure.unit in _SPELLED and value >= MILLION)
            low = amount(value, figure.unit, locale) if whole else format_number(value, locale.language)
            high = amount(Decimal(str(line.upper.figure.value)), figure.unit, locale)
            return locale.text("value-range", low=low, high=high)
        written = amount(Decimal(str(figure.value)), figure.unit, locale, signed=signed)
        return locale.text(_HEDGES[figure.bound], value=written) if figure.bound else written

    def calculation(self, calculation: Calculation, locale: Localiser) -> str:
        """A calculation with its operands: ``148 500 − 80 000 = 68 500 emplois``."""
        first, second = Decimal(str(calculation.earlier.figure.value)), Decimal(str(calculation.later.figure.value))
        unit = calculation.earlier.figure.unit
        if unit is Unit.RANK:  # the better place is the smaller number, and nobody gains minus eleven places
            first, second = min(first, second), max(first, second)
        if calculation.operation is Operation.CHANGE:
            return locale.text(
                "calculation-change", change=amount(calculation.result, Unit.PERCENT, locale, signed=True)
            )
        return locale.text(
            "calculation-difference",
            later=amount(second, unit, locale),
            earlier=amount(first, unit, locale),
            difference=_difference(calculation.result, unit, locale),
        )


def _difference(value: Decimal, unit: Unit, locale: Localiser) -> str:
    """Of ranks, places; of shares, points; of all else, the unit itself."""
    if unit is Unit.RANK:
        return amount(abs(value), Unit.PLACES, locale)
    if unit in {Unit.PERCENT, Unit.PERCENT_OF_GROSS_TAXABLE_PAY}:
        points = abs(value)
        return locale.text("value-points", number=float(points), written=format_number(value, locale.language))
    return amount(value, unit, locale)


def amount(value: Decimal, unit: Unit, locale: Localiser, *, signed: bool = False) -> str:
    """A value with its unit, without a hedge: ``26,2 milliards de dirhams``."""
    scale, scaled = "one", value
    if unit in _SPELLED and abs(value) >= BILLION:
        scale, scaled = "billion", value / BILLION
    elif unit in _SPELLED and abs(value) >= MILLION:
        scale, scaled = "million", value / MILLION
    written = format_number(scaled, locale.language)
    if signed and unit in _SIGNED and value > 0:
        written = f"+{written}"
    # Plural forms follow the number; a written one alone would not tell Fluent.
    key = f"value-{unit.value.lower().replace('_', '-')}"
    return locale.text(key, number=float(abs(scaled)), written=written, scale=scale)
