"""The pages behind /figures, /chart and /latest, and the buttons under figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from bot.answering.charting import ChartRefusal
from bot.answering.composing import Composer
from bot.answering.figure_answer import FigureAnswer
from bot.answering.figure_choice import FigureChooser
from bot.answering.model import Answer, AnswerKind, Option
from bot.answering.reply import Reply, note
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus, passage_id
from knowledge.language import Language
from knowledge.model import Article
from knowledge.names import BETWEEN_WORDS, NameIndex

NEWEST = 3
"""Articles that /latest shows."""


class FigurePage(StrEnum):
    """A page's name, as actions have it; ``figures``, ``chart`` and ``latest`` are commands too."""

    FIGURES = "figures"
    FIGURE = "figure"
    EVOLUTION = "evolution"
    CHART = "chart"
    LATEST = "latest"


class FigurePages:
    """Composes them in one of the three languages."""

    def __init__(self, corpus: Corpus, chooser: FigureChooser, composer: Composer) -> None:
        self._corpus = corpus
        self._chooser = chooser
        self._composer = composer
        self._metrics = NameIndex.of(corpus.metrics, BETWEEN_WORDS)
        self._entities = NameIndex.of(corpus.entities)
        self._newest = sorted(
            (article for article in corpus.articles.values() if article.published),
            key=lambda article: (article.published or "", article.id),
            reverse=True,
        )

    def show(self, page: FigurePage, argument: str, language: Language, today: date) -> Answer:
        """Compose a page.

        Args:
            page: Which.
            argument: A topic's id, a metric's (``metric:entity`` where it is one entity's) or, for a chart, words.
            language: The reply's.
            today: The date.
        """
        locale = localiser(language)
        if page is FigurePage.LATEST:
            return self._latest(locale)
        if page is FigurePage.FIGURES:
            return self._browse(locale, argument, today)
        metric, entity = self._subject(argument)
        if metric is None:
            return self._picker(locale, today) if page is FigurePage.CHART else self._browse(locale, "", today)
        evolution = self._chooser.evolution(metric, entity, today, language)
        if page is FigurePage.EVOLUTION and evolution is not None:
            return self._composer.figures(evolution, language)
        latest = self._chooser.latest(metric, entity, today, language)
        if page is FigurePage.CHART:
            return self._chart(locale, evolution, latest, today)
        return self._composer.figures(latest, language) if latest else self._browse(locale, "", today)

    def _subject(self, argument: str) -> tuple[str | None, str | None]:
        """The metric and entity of an action, or of the words behind a command."""
        name, _, entity = argument.partition(":")
        if name in self._corpus.metrics:
            metrics, named = [name], [entity]
        else:
            metrics = list(dict.fromkeys(mention.id for mention in self._metrics.find(argument)))
            named = [mention.id for mention in self._entities.find(argument)]
        if len(metrics) != 1:
            return None, None
        held = {dated.figure.entity for dated in self._chooser.figures(metrics[0])}
        return metrics[0], next((each for each in named if each in held), None)

    def _chart(
        self, locale: Localiser, evolution: FigureAnswer | None, latest: FigureAnswer | None, today: date
    ) -> Answer:
        """The chart of an evolution; or why there is none, and the values as text."""
        shown = evolution or latest
        if shown is None:
            return self._picker(locale, today)
        answer = self._composer.figures(shown, locale.language)
        chart = self._composer.chart(shown, locale.language)
        return answer.prefaced(note(locale.text(chart))) if isinstance(chart, ChartRefusal) else answer

    def _browse(self, locale: Localiser, topic: str, today: date) -> Answer:
        """Topics, or the metrics of one."""
        language = locale.language
        by_topic: dict[str, list[str]] = {}
        for metric_id, metric in self._corpus.metrics.items():
            if self._chooser.latest(metric_id, None, today) is not None:
                by_topic.setdefault(metric.topic, []).append(metric_id)
        if topic not in by_topic:
            options = [Option(self._topic(each, language), f"{FigurePage.FIGURES}:{each}") for each in by_topic]
            return _page(locale.text("figures-title"), language, options)
        options = [self._metric_option(FigurePage.FIGURE, metric, locale) for metric in by_topic[topic]]
        options.append(Option(locale.text("figures-back"), FigurePage.FIGURES))
        return _page(locale.text("figures-of-topic", topic=self._topic(topic, language)), language, options)

    def _picker(self, locale: Localiser, today: date) -> Answer:
        """The metrics that can be drawn."""
        drawn = [metric for metric in self._corpus.metrics if self._is_drawable(metric, locale, today)]
        options = [self._metric_option(FigurePage.CHART, metric, locale) for metric in drawn]
        return _page(locale.text("chart-choose"), locale.language, options)

    def _is_drawable(self, metric: str, locale: Localiser, today: date) -> bool:
        evolution = self._chooser.evolution(metric, None, today)
        return evolution is not None and not isinstance(self._composer.chart(evolution, locale.language), ChartRefusal)

    def _latest(self, locale: Localiser) -> Answer:
        passages = [self._first_passage(article) for article in self._newest[:NEWEST]]
        answer = self._composer.passages(passages, locale.language)
        return answer.prefaced(note(locale.text("latest-title")))

    @staticmethod
    def _first_passage(article: Article) -> str:
        return passage_id(article, article.passages[0])

    def _topic(self, topic: str, language: Language) -> str:
        return self._corpus.topics[topic].names.in_language(language)

    def _metric_option(self, page: FigurePage, metric: str, locale: Localiser) -> Option:
        name = self._corpus.metrics[metric].names.in_language(locale.language)
        return Option(name[:1].upper() + name[1:], f"{page}:{metric}")


def _page(text: str, language: Language, options: Sequence[Option]) -> Answer:
    return Answer(AnswerKind.HELP, language, Reply((note(text),)), text, options=tuple(options))
