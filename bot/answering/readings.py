"""Offers what a message may mean that names a subject and no figure of it: "offshoring 2024?"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.answering.figure_choice import FigureChooser
from bot.answering.fragments import Fragment, FragmentReader
from bot.answering.frame import Frame, Quantity
from bot.answering.model import Option
from bot.answering.quantities import quantity_of
from bot.answering.wording import period
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.periods import Span

ASK = "ask"
"""The action of a reading: ``ask:offshoring_jobs`` or ``ask:offshoring_jobs:2024``."""
READINGS_AT_MOST = 3


class Readings:
    """Finds the metrics of a subject that have figures, one of each kind of quantity."""

    def __init__(self, corpus: Corpus, fragments: FragmentReader, chooser: FigureChooser) -> None:
        self._corpus = corpus
        self._fragments = fragments
        self._chooser = chooser

    def of(self, text: str, language: Language, today: date) -> tuple[Option, ...]:
        """Two or three readings to choose from; () for a message that says what it asks for.

        Args:
            text: The message.
            language: The reply's.
            today: The date.
        """
        fragment = self._fragments.read(text, today)
        if not _names_subject_alone(fragment):
            return ()
        spans = tuple(mention.span for mention in fragment.mentions.periods)
        found: dict[Quantity, str] = {}
        for metric in self._metrics_of(fragment.subjects[0]):
            if self._chooser.choose(Frame(text, language, metrics=(metric,), periods=spans, today=today)):
                found.setdefault(quantity_of(self._corpus.metrics[metric].unit), metric)
        locale = localiser(language)
        options = tuple(self._option(metric, spans, locale) for metric in found.values())
        return options[:READINGS_AT_MOST] if len(options) > 1 else ()

    def question(self, argument: str, language: Language) -> str | None:
        """The question behind an action; None where it names no metric.

        Args:
            argument: ``offshoring_jobs`` or ``offshoring_jobs:2024``.
            language: The question's.
        """
        name, _, time = argument.partition(":")
        metric = self._corpus.metrics.get(name)
        return f"{metric.names.in_language(language)} {time}".strip() if metric else None

    def _metrics_of(self, subject: str) -> Iterator[str]:
        for name, metric in self._corpus.metrics.items():
            if subject in self._fragments.subjects(metric.names.in_language(Language.EN)):
                yield name

    def _option(self, metric: str, spans: tuple[Span, ...], locale: Localiser) -> Option:
        name = self._corpus.metrics[metric].names.in_language(locale.language)
        year = f":{spans[0].start.year}" if spans else ""
        time = f" ({period(spans[0], locale)})" if spans else ""
        return Option(f"{name[:1].upper()}{name[1:]}{time}", f"{ASK}:{metric}{year}")


def _names_subject_alone(fragment: Fragment) -> bool:
    """Whether a message names one subject and at most one whole year, and asks nothing about it."""
    mentions = fragment.mentions
    years = [mention.span for mention in mentions.periods]
    whole = all(span.start.year == span.end.year and span.days > _HALF_A_YEAR for span in years)
    alone = not (mentions.entities or mentions.places) and len(fragment.subjects) == 1 and len(years) <= 1
    return fragment.names_only and alone and whole


_HALF_A_YEAR = 190
