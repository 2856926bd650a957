"""Editorial rules for figures: their dates, units and values, and whether they contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from knowledge.corpus import Corpus, passage_id
from knowledge.errors import Problem
from knowledge.language import Language
from knowledge.model import Article, Bound, Figure, Period, Review, Unit
from knowledge.numbers import SMALL_NUMBER_WORDS, find_numbers
from knowledge.periods import parse_partial_date
from knowledge.sourcefile import FieldPath, SourceFile
from knowledge.text import arabic_stems, words

EARLIEST = date(1956, 1, 1)  # Morocco's independence; no source of ours is about an earlier year
LATEST_ABOUT = date(2050, 12, 31)
CURRENCIES = frozenset({Unit.MAD, Unit.USD, Unit.EUR})
"""An amount stands in the currency that its source gives; nothing is converted."""
RANGE = frozenset({Bound.RANGE_LOW, Bound.RANGE_HIGH})


@dataclass(frozen=True)
class TextNumbers:
    """The numbers of a text, read once for every figure of its passage.

    Attributes:
        text: The text.
        digits: The numbers that it gives in digits.
    """

    text: str
    digits: frozenset[Decimal]

    @classmethod
    def of(cls, text: str) -> TextNumbers:
        """Read the numbers of a text."""
        return cls(text, frozenset(number.value for number in find_numbers(text)))

    @cached_property
    def spelled(self) -> frozenset[Decimal]:
        """The small numbers that the text gives as words; read only where digits do not suffice, since it is slow."""
        return frozenset(
            Decimal(SMALL_NUMBER_WORDS[stem])
            for word in words(self.text)
            for stem in arabic_stems(word.folded)
            if stem in SMALL_NUMBER_WORDS
        )

    def __contains__(self, value: Decimal) -> bool:
        return value in self.digits or value in self.spelled


def check_figure(
    figure: Figure, numbers: Mapping[Language, TextNumbers], corpus: Corpus, source: SourceFile, path: FieldPath
) -> Iterator[Problem]:
    """Check one figure against the lists, the calendar and the numbers of its passage's texts."""
    metric = corpus.metrics.get(figure.metric)
    if metric is None:
        yield unknown(source, (*path, "metric"), figure.metric, "metric", "metrics.yaml")
    elif metric.unit != figure.unit and not {metric.unit, figure.unit} <= CURRENCIES:
        message = f"is {figure.unit}, but {figure.metric} is counted in {metric.unit}."
        yield source.problem((*path, "unit"), message, "convert the value or correct the metric.")
    for field in ("said_by", "entity"):
        named = getattr(figure, field)
        if named is not None and named not in corpus.entities:
            yield unknown(source, (*path, field), named, "entity", "entities.yaml")
    for field in ("start", "end"):
        yield from check_date(source, (*path, "period", field), getattr(figure.period, field), LATEST_ABOUT)
    if _runs_backwards(figure.period):
        yield source.problem((*path, "period"), "ends before it starts.", "exchange start and end.")
    value = abs(Decimal(str(figure.value)))  # a fall of 6% is written without its sign
    for language, held in numbers.items():
        if value not in held:
            message = f"{value:f} does not stand in the passage's {language.value} text."
            yield source.problem((*path, "value"), message, "write the figure in the text, or correct it.")


def check_date(source: SourceFile, path: FieldPath, text: str | None, latest: date) -> Iterator[Problem]:
    """Check that a partial date is one of the calendar and plausible; null is."""
    if text is None:
        return
    try:
        span = parse_partial_date(text)
    except ValueError as error:
        yield source.problem(path, f"is no date of the calendar: {error}.", "correct it, or write null.")
        return
    if span.start < EARLIEST or span.start > latest:
        message = f"{text} is not plausible: expected {EARLIEST.year} to {latest.isoformat()}."
        yield source.problem(path, message, "correct it, or write null when it is unknown.")


def check_contradictions(article: Article, corpus: Corpus, source: SourceFile) -> Iterator[Problem]:
    """Find figures of one article that give different values for the same thing, unless a disagreement says so."""
    known = {
        (figure.passage, figure.metric, figure.value)
        for disagreement in corpus.disagreements.values()
        for figure in disagreement.figures
    }
    first: dict[tuple[object, ...], float] = {}
    for position, passage in enumerate(article.passages):
        for place, figure in enumerate(passage.figures):
            if figure.period.end is None or figure.bound in RANGE or figure.review is Review.PROPOSED:
                continue
            key = (figure.metric, figure.entity, figure.status, figure.unit, figure.period.start, figure.period.end)
            value = first.setdefault(key, figure.value)
            told = (passage_id(article, passage), figure.metric, figure.value) in known
            if value != figure.value and not told:
                message = f"is {figure.value:g}, but the article also gives {value:g} for the same metric and period."
                path = ("passages", position, "figures", place, "value")
                yield source.problem(path, message, "correct one, or add both to disagreements.yaml.")


def check_disagreements(corpus: Corpus, source: SourceFile) -> Iterator[Problem]:
    """Check that each disagreement names figures that exist."""
    held = defaultdict(set)
    for global_id, (_, passage) in corpus.passages.items():
        for figure in passage.accepted_figures:
            held[global_id].add((figure.metric, figure.value))
    for disagreement_id, disagreement in corpus.disagreements.items():
        for position, reference in enumerate(disagreement.figures):
            path = (disagreement_id, "figures", position)
            if reference.passage not in corpus.passages:
                yield unknown(source, (*path, "passage"), reference.passage, "passage", "articles/")
            elif (reference.metric, reference.value) not in held[reference.passage]:
                message = f"{reference.passage} has no figure {reference.metric} of {reference.value:g}."
                yield source.problem((*path, "value"), message, "name a figure as its article gives it.")


def unknown(source: SourceFile, path: FieldPath, value: str, what: str, where: str) -> Problem:
    """The problem of an id that no list holds."""
    return source.problem(path, f"{value!r} is no known {what}.", f"correct it, or add it to {where}.")


def _runs_backwards(period: Period) -> bool:
    if period.start is None or period.end is None:
        return False
    try:
        return parse_partial_date(period.start).start > parse_partial_date(period.end).end
    except ValueError:
        return False  # reported as no date of the calendar
