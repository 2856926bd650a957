"""Proposes the figures of quoted passages, each with the sentence that gives it; an editor accepts or rejects them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from knowledge.corpus import Corpus
from knowledge.figure_checks import CURRENCIES
from knowledge.language import Language
from knowledge.model import (
    Bound,
    Figure,
    FigureStatus,
    Metric,
    MetricKind,
    Offsets,
    Passage,
    Period,
    PeriodBasis,
    Review,
    Unit,
)
from knowledge.names import BETWEEN_WORDS, Mention, NameIndex
from knowledge.numbers import Number, find_numbers
from knowledge.periods import Span, find_periods
from knowledge.sentences import Stretch, find_sentences

REACH = 40
"""Characters around a number in which its unit stands."""

_CURRENCY_BEFORE: Mapping[Unit, re.Pattern[str]] = {
    Unit.MAD: re.compile(r"(?:\bMAD|\bDhs?|\bDH)\s?$", re.IGNORECASE),
    Unit.USD: re.compile(r"(?:\bUSD|US\$|\$)\s?$", re.IGNORECASE),
    Unit.EUR: re.compile(r"(?:\bEUR|€)\s?$", re.IGNORECASE),
}
_JOINT = r"^\s?(?:de\s|d'|d’|of\s|من\s)?\s?"
_UNIT_BEHIND: Mapping[Unit, re.Pattern[str]] = {
    Unit.MAD: re.compile(_JOINT + r"(?:MAD|MMDH|DHS?\b|dirhams?|درهما?|دراهم)", re.IGNORECASE),
    Unit.USD: re.compile(_JOINT + r"(?:USD|US\$|\$|dollars?|دولارا?)", re.IGNORECASE),
    Unit.EUR: re.compile(_JOINT + r"(?:EUR|€|euros?|أورو|يورو)", re.IGNORECASE),
    Unit.JOBS: re.compile(
        _JOINT + r"(?:nouveaux\s|nouvelles\s|new\s|direct\s)*(?:emplois|postes|jobs|positions|employees|salariés"
        r"|collaborateurs|منصبا?|مناصب|فرصة|وظيفة)",
        re.IGNORECASE,
    ),
    Unit.PEOPLE: re.compile(_JOINT + r"(?:personnes|people|persons|شخصا?|أشخاص)", re.IGNORECASE),
    Unit.MW: re.compile(_JOINT + r"(?:MW|mégawatts?|megawatts?|ميغاواط)", re.IGNORECASE),
    Unit.M2: re.compile(_JOINT + r"(?:m²|m2|mètres carrés|square metres|متر مربع)", re.IGNORECASE),
    Unit.DEALS: re.compile(_JOINT + r"(?:opérations|deals|transactions|صفقة|صفقات)", re.IGNORECASE),
    Unit.PLACES: re.compile(_JOINT + r"(?:places|rangs|مراتب|مرتبة)", re.IGNORECASE),
}
_RANK_NEAR = re.compile(r"\b(?:rang|place|position|rank(?:ed|s)?)\b|المرتبة|الرتبة|المركز", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:ème|eme|ère|er|e|st|nd|rd|th)$")
_AIMED = re.compile(
    r"\b(?:vise\w*|objectif\w*|ambitionne\w*|d'ici|horizon|prévoi\w*|devrai\w*|target\w*|aim\w*|by 20\d\d|plan\w* to)\b"
    r"|بحلول|أفق|يستهدف|تستهدف|هدف|يطمح|تطمح",
    re.IGNORECASE,
)
_BOUNDS: Sequence[tuple[Bound, re.Pattern[str]]] = (
    (
        Bound.MORE_THAN,
        re.compile(r"(?:plus de|plus d'|more than|over|أكثر من|ما يزيد عن)\s*(?:MAD |\$)?$", re.IGNORECASE),
    ),
    (Bound.NEARLY, re.compile(r"(?:près de|presque|nearly|almost|ما يقارب|زهاء)\s*(?:MAD |\$)?$", re.IGNORECASE)),
    (Bound.ABOUT, re.compile(r"(?:environ|quelque|about|around|some|حوالي|نحو)\s*(?:MAD |\$)?$", re.IGNORECASE)),
    (Bound.UP_TO, re.compile(r"(?:jusqu'à|up to|يصل إلى)\s*(?:MAD |\$)?$", re.IGNORECASE)),
    (Bound.AT_LEAST, re.compile(r"(?:au moins|at least|ما لا يقل عن)\s*(?:MAD |\$)?$", re.IGNORECASE)),
)
_FALL = re.compile(r"\b(?:baisse|recul\w*|chute|fell|decline\w*|drop\w*|decrease\w*)\b|انخف|تراجع", re.IGNORECASE)


def propose_figures(passages: Sequence[Passage], text: str, language: Language, corpus: Corpus) -> tuple[Passage, ...]:
    """Give quoted passages the figures that their sentences seem to state, none of them accepted.

    A number is proposed where its sentence names a metric that is counted in the number's unit. Its period is the one
    that the sentence names, if it names one alone.

    Args:
        passages: With their offsets in the text.
        text: The cleaned text.
        language: Its language.
        corpus: The metrics.
    """
    finder = _Finder(corpus)
    return tuple(
        passage.model_copy(update={"figures": tuple(finder.figures(passage, text, language))}) for passage in passages
    )


class _Finder:
    def __init__(self, corpus: Corpus) -> None:
        self._metrics = corpus.metrics
        self._names = NameIndex.of(corpus.metrics, BETWEEN_WORDS)

    def figures(self, passage: Passage, text: str, language: Language) -> Iterator[Figure]:
        if passage.start is None or passage.end is None:
            return
        seen = set()
        for sentence in find_sentences(text[passage.start : passage.end], language):
            place = Stretch(passage.start + sentence.start, passage.start + sentence.end)
            for figure in self._of_sentence(place.of(text), place):
                key = (figure.metric, figure.value, figure.unit)
                if key not in seen:
                    seen.add(key)
                    yield figure

    def _of_sentence(self, sentence: str, place: Stretch) -> Iterator[Figure]:
        named = self._names.find(sentence)
        if not named:
            return
        period = _period(find_periods(sentence))
        for number in find_numbers(sentence):
            unit = _unit(number, sentence)
            metric = self._metric(named, number, unit)
            if metric is None or unit is None:
                continue
            kind = self._metrics[metric].kind
            yield Figure(
                metric=metric,
                value=float(_signed(number, kind, sentence)),
                unit=unit,
                period=period,
                status=_status(kind, sentence),
                bound=next((bound for bound, words in _BOUNDS if words.search(sentence[: number.start])), None),
                review=Review.PROPOSED,
                sentence=Offsets(start=place.start, end=place.end),
            )

    def _metric(self, named: Sequence[Mention], number: Number, unit: Unit | None) -> str | None:
        """The metric named nearest to the number among those that are counted in its unit, or their growth."""
        if unit is None:
            return None
        fitting: dict[str, int] = {}
        for mention in named:
            metric = self._metrics[mention.id]
            for name, each in ((mention.id, metric), *self._growth(metric)):
                if _counted(each, unit):
                    distance = max(mention.start - number.end, number.start - mention.end, 0)
                    fitting[name] = min(distance, fitting.get(name, distance))
        return min(fitting, key=lambda name: (fitting[name], name)) if fitting else None

    def _growth(self, metric: Metric) -> Iterator[tuple[str, Metric]]:
        if metric.growth and metric.growth in self._metrics:
            yield metric.growth, self._metrics[metric.growth]


def _counted(metric: Metric, unit: Unit) -> bool:
    if metric.unit in CURRENCIES:
        return unit in CURRENCIES
    return metric.unit is unit


def _unit(number: Number, sentence: str) -> Unit | None:
    """The unit that stands at a number; None where none does, as behind a year."""
    if number.percent:
        return Unit.PERCENT
    before, behind = sentence[max(0, number.start - REACH) : number.start], sentence[number.end : number.end + REACH]
    for unit, words in _CURRENCY_BEFORE.items():
        if words.search(before):
            return unit
    for unit, words in _UNIT_BEHIND.items():
        if words.search(behind):
            return unit
    written = sentence[number.start : number.end]
    if _ORDINAL.search(written) or (number.value < Decimal(200) and _RANK_NEAR.search(before + " " + behind)):
        return Unit.RANK
    return None


def _signed(number: Number, kind: MetricKind, sentence: str) -> Decimal:
    return -number.value if kind is MetricKind.GROWTH and _FALL.search(sentence) else number.value


def _status(kind: MetricKind, sentence: str) -> FigureStatus:
    if kind is MetricKind.GROWTH:
        return FigureStatus.GROWTH
    return FigureStatus.TARGET if _AIMED.search(sentence) else FigureStatus.ACTUAL


def _period(spans: Sequence[Span]) -> Period:
    """The one period that a sentence names; of several, none is sure to be the figure's."""
    if len(set(spans)) != 1:
        return Period(basis=PeriodBasis.UNKNOWN)
    return Period(start=spans[0].start.isoformat(), end=spans[0].end.isoformat(), basis=PeriodBasis.STATED)
